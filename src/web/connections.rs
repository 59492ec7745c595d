//! Connections: taken, bounded in number and in patience, and ended in peace.

use std::future::Future;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::options::Limits;

/// Pause after the system has refused a connection, as it does where too many files are open.
const REFUSED_PAUSE: Duration = Duration::from_secs(1);

/// Answers whoever connects until `stop` ends; then finishes what is under way.
pub(super) async fn answer(listener: TcpListener, pages: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let under_way = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    // Without a timer no limit holds, and half a head would keep its connection for ever.
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let mut stop = pin!(stop);
    loop {
        let taken = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, take(&listener).await)
        };
        let (place, stream) = tokio::select! {
            taken = taken => taken,
            () = &mut stop => break,
        };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(pages.clone()));
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            // Whoever breaks off, or takes too long, hears nothing of it.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

/// Takes the next connection; what fails is the client's, or passes.
async fn take(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_the_client(error.kind()) => {}
            Err(_) => tokio::time::sleep(REFUSED_PAUSE).await,
        }
    }
}

fn is_of_the_client(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}
