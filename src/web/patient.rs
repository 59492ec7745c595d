//! A connection and its bodies, watched for a client that is slow: what it sends, and whether it reads what is sent to it.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep_until};

use super::client::Client;

/// So much must be read within the patience, where not all of it is.
const LEAST: usize = 64 << 10;

/// A stream that ends where its client does not read for some time.
pub(super) struct Patient<S> {
    stream: S,
    client: Arc<Client>,
    patience: Duration,
    /// Runs while the client does not read.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Bytes that went out since.
    moved: usize,
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    pub(super) fn new(stream: S, client: Arc<Client>, patience: Duration) -> Self {
        Self { stream, client, patience, alarm: None, moved: 0 }
    }

    /// Takes down what became of writing `length` bytes.
    fn watched(
        &mut self,
        cx: &mut Context<'_>,
        length: usize,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(result) = written {
            self.moved += *result.as_ref().unwrap_or(&0);
            if self.alarm.is_some() && (result.as_ref().is_ok_and(|it| *it == length) || self.moved >= LEAST) {
                self.alarm = None;
                self.client.reads(true);
            }
            return Poll::Ready(result);
        }
        let alarm = self.alarm.get_or_insert_with(|| {
            self.moved = 0;
            let since = self.client.reads(false).unwrap_or_else(Instant::now);
            Box::pin(sleep_until((since + self.patience).into()))
        });
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = pin!(&mut self.stream).poll_write(cx, buf);
        self.watched(cx, buf.len(), written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = pin!(&mut self.stream).poll_write_vectored(cx, bufs);
        self.watched(cx, bufs.iter().map(|it| it.len()).sum(), written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_shutdown(cx)
    }
}

/// A body of a request or an answer; the client is told of its end.
pub(super) struct Watched<B> {
    body: B,
    client: Arc<Client>,
    /// What its end means.
    ended: fn(&Client),
}

impl<B: HttpBody + Unpin> Watched<B> {
    /// Returns the body of a request: once it is here as a whole, its client has asked.
    pub(super) fn request(body: B, client: Arc<Client>) -> Self {
        if body.is_end_stream() {
            client.has_asked();
        }
        Self { body, client, ended: Client::has_asked }
    }
}

impl Watched<Body> {
    /// Returns the body of an answer: once it is sent, or dropped, the client may ask again.
    pub(super) fn answer(body: Body, client: Arc<Client>) -> Self {
        Self { body, client, ended: Client::is_answered }
    }
}

impl<B: HttpBody<Data = Bytes> + Unpin> HttpBody for Watched<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        pin!(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Watched<B> {
    fn drop(&mut self) {
        (self.ended)(&self.client);
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::web::client::Clients;

    #[tokio::test]
    async fn whoever_reads_nothing_is_not_written_to_for_ever() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let present = Clients::default().welcome();
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = Patient::new(stream, Arc::clone(&present.client), Duration::from_millis(50));
        let error = loop {
            let written = poll_fn(|cx| Pin::new(&mut stream).poll_write(cx, &[0; 4096]));
            match tokio::time::timeout(Duration::from_secs(20), written).await.expect("it is given up") {
                Ok(length) => assert!(length > 0),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(silent);
    }
}
