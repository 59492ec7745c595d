//! Starting and stopping the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::options::{ServeOptions, Watching};
use super::state::{AppState, Behind};
use super::{connections, router, watch as folder};
use crate::kb::{KbError, KnowledgeBase, SyncReport};
use crate::signals::asked_to_end;

/// How long a stop waits for answers that are under way.
const STOP_PATIENCE: Duration = Duration::from_secs(5);
/// How long the git history is read at a time; pages that ask for it meanwhile wait as long.
const HISTORY_SLICE: Duration = Duration::from_millis(3);
/// Pause between two slices, for whoever waits.
const HISTORY_PAUSE: Duration = Duration::from_millis(1);
/// How often to look for new commits, or a history that was rewritten, once all are read.
const HISTORY_REST: Duration = Duration::from_secs(1);
/// Threads that may read and search at the same time: the work is computing, and every thread keeps memory of its own.
const BLOCKING_THREADS: usize = 8;

/// A server that listens.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address of the home page.
    pub url: String,
    /// What the first sync did; `None` where there was an index already, which is compared with the folder while it
    /// answers.
    pub sync: Option<SyncReport>,
    /// Stops the server.
    pub stop: StopHandle,
}

/// Stops a server from another thread.
#[derive(Debug, Clone)]
pub struct StopHandle(Arc<watch::Sender<bool>>);

impl StopHandle {
    /// Asks the server to finish what is under way and return.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Someone listens there already.
    #[error("port {} of {} is taken by another program; choose another with `--port`, or `--port 0` for any free one", .0.port(), .0.ip())]
    PortTaken(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Cause.
        source: std::io::Error,
    },
    /// The knowledge base could not be brought up to date.
    #[error("cannot index the knowledge base")]
    Index(#[source] KbError),
    /// The operating system refused threads or signals.
    #[error("cannot start the server")]
    Runtime(#[source] std::io::Error),
}

/// Serves the knowledge base until SIGINT, SIGTERM or [`StopHandle::stop`]; calls `on_ready` once it listens.
///
/// # Errors
///
/// See [`ServeError`].
pub fn serve(kb: KnowledgeBase, options: ServeOptions, on_ready: impl FnOnce(&Ready)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(ServeError::Runtime)?;
    let outcome = runtime.block_on(listen(kb, options, on_ready));
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}

async fn listen(kb: KnowledgeBase, options: ServeOptions, on_ready: impl FnOnce(&Ready)) -> Result<(), ServeError> {
    let listener = bind(SocketAddr::new(options.address, options.port)).await?;
    let address = listener.local_addr().map_err(ServeError::Runtime)?;
    let wait = options.watch == Watching::Off || !kb.is_indexed();
    let sync = if wait { Some(kb.sync(&|_| {}).map_err(ServeError::Index)?) } else { None };
    let stop = StopHandle(Arc::new(watch::channel(false).0));
    let state = AppState::new(kb, &options, stop.0.subscribe());
    let report = options.report.clone();
    match &sync {
        Some(report) => state.note_sync(report),
        None => state.set_behind(Some(Behind::Comparing)),
    }
    let _watcher = match options.watch {
        Watching::Automatic => Some(folder::start(state.clone(), false, sync.is_none())),
        Watching::Scanning => Some(folder::start(state.clone(), true, sync.is_none())),
        Watching::Off => None,
    };
    let reader = read_history(state.clone());
    on_ready(&Ready { address, url: format!("http://{address}/"), sync, stop: stop.clone() });

    let signals = stop.clone();
    let mut stopped = stop.0.subscribe();
    let hurry = stop.0.subscribe();
    let mut over = stop.0.subscribe();
    tokio::spawn(async move {
        let _ = over.wait_for(|stop| *stop).await;
        reader.thread().unpark();
    });
    tokio::spawn(async move {
        asked_to_end().await;
        signals.stop();
    });
    let stopped = async move {
        // An error means that no sender is left, which is a stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    tokio::select! {
        () = connections::answer(listener, router(state), options.limits, report, stopped) => {}
        () = patience(hurry) => {}
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortTaken(address),
        _ => ServeError::Listen { address, source },
    })
}

/// Reads the git history in the background, so that no page waits for it, and what comes to it later. A failure shows on the
/// pages that need it. Whoever asks for a stop wakes the thread.
fn read_history(state: AppState) -> JoinHandle<()> {
    let stopping = state.stopping();
    std::thread::spawn(move || {
        while !*stopping.borrow() {
            if state.kb().read_history_ahead(HISTORY_SLICE).unwrap_or(false) {
                std::thread::sleep(HISTORY_PAUSE);
            } else {
                std::thread::park_timeout(HISTORY_REST);
            }
        }
    })
}

/// Ends some time after a stop was asked for: a client that never reads must not keep the process alive.
async fn patience(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
    tokio::time::sleep(STOP_PATIENCE).await;
}
