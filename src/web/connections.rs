//! Connections: taken, bounded in number and in patience, and ended in peace.

use std::convert::Infallible;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::client::{Client, Clients};
use super::options::{Limits, Report};
use super::patient::{Patient, Watched};

/// Pause after the system has refused a connection, as it does where too many files are open.
const REFUSED_PAUSE: Duration = Duration::from_secs(1);
/// Pause between two reports of that.
const TOLD_PAUSE: Duration = Duration::from_secs(60);
/// Clients that are sent away then, at most: pages need files as well.
const ROOM: usize = 16;
/// Pause between two looks for somebody who keeps the server waiting.
const LOOK: Duration = Duration::from_millis(50);

/// Answers whoever connects until `stop` ends; then finishes what is under way. Where all places are taken, whoever keeps the
/// server waiting gives up theirs.
pub(super) async fn answer(
    listener: TcpListener,
    pages: Router,
    limits: Limits,
    report: Report,
    stop: impl Future<Output = ()>,
) {
    let (places, clients) = (Arc::new(Semaphore::new(limits.connections)), Clients::default());
    let under_way = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    // Without a timer no limit holds, and half a head would keep its connection for ever.
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let mut refused = Refused { report, told: None };
    let mut stop = pin!(stop);
    loop {
        let taken = async {
            let stream = take(&listener, &clients, &mut refused).await;
            (place(&places, &clients).await, stream)
        };
        let (place, stream) = tokio::select! {
            taken = taken => taken,
            () = &mut stop => break,
        };
        let present = clients.welcome();
        let client = Arc::clone(&present.client);
        let stream = Patient::new(stream, Arc::clone(&client), limits.head);
        let pages = TowerToHyperService::new(pages.clone());
        let served = service_fn(move |request| page(&pages, request, &client));
        let connection = under_way.watch(http.serve_connection(TokioIo::new(stream), served));
        tokio::spawn(async move {
            // Whoever breaks off, takes too long or is sent away hears nothing of it.
            tokio::select! {
                _ = connection => {}
                () = present.client.sent_away() => {}
            }
            drop(place);
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

/// Answers one request of a client.
fn page<S>(
    pages: &TowerToHyperService<S>,
    request: Request<Incoming>,
    client: &Arc<Client>,
) -> impl Future<Output = Result<Response<Watched<Body>>, Infallible>> + use<S>
where
    TowerToHyperService<S>: Service<Request<Watched<Incoming>>, Response = Response<Body>, Error = Infallible>,
{
    let client = Arc::clone(client);
    let answer = pages.call(request.map(|body| Watched::request(body, Arc::clone(&client))));
    async move { Ok(answer.await?.map(|body| Watched::answer(body, client))) }
}

/// Waits for a place.
async fn place(places: &Arc<Semaphore>, clients: &Clients) -> OwnedSemaphorePermit {
    loop {
        if places.available_permits() == 0 {
            clients.make_room(Instant::now());
        }
        if let Ok(Ok(place)) = tokio::time::timeout(LOOK, Arc::clone(places).acquire_owned()).await {
            return place;
        }
    }
}

/// Takes the next connection; what fails is the client's, or passes.
async fn take(listener: &TcpListener, clients: &Clients, refused: &mut Refused) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_the_client(error.kind()) => {}
            Err(error) => {
                refused.tell(&error, Instant::now());
                let room = (0..ROOM).take_while(|_| clients.make_room(Instant::now())).count();
                tokio::time::sleep(if room > 0 { LOOK } else { REFUSED_PAUSE }).await;
            }
        }
    }
}

fn is_of_the_client(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// Tells that the system takes no more connections, now and then.
struct Refused {
    report: Report,
    told: Option<Instant>,
}

impl Refused {
    fn tell(&mut self, error: &io::Error, now: Instant) {
        if self.told.is_none_or(|told| now.saturating_duration_since(told) >= TOLD_PAUSE) {
            self.told = Some(now);
            (self.report)(&format!("No more connections can be taken for now: {error}."));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn what_the_system_refuses_is_told_now_and_then() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let report: Report = Arc::new(move |it| heard.lock().unwrap().push(it.to_owned()));
        let mut refused = Refused { report, told: None };
        let (error, now) = (io::Error::other("too many open files"), Instant::now());
        refused.tell(&error, now);
        refused.tell(&error, now + TOLD_PAUSE / 2);
        assert_eq!(*told.lock().unwrap(), ["No more connections can be taken for now: too many open files."]);
        refused.tell(&error, now + TOLD_PAUSE);
        assert_eq!(told.lock().unwrap().len(), 2);
    }
}
