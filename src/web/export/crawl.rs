//! Asks the router for one page after the other, makes each static and writes it; what a page links to comes next.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Request, StatusCode};
use rustc_hash::{FxHashMap, FxHashSet};
use tower::Service;

use super::ExportError;
use super::anchors::{Anchors, Wanted};
use super::lists;
use super::names::{From, Names, Place};
use super::page::{Pending, Surroundings, make};
use crate::kb::{Found, NewFolder, Progress};
use crate::web::links;
use crate::web::state::AppState;

/// Time between two looks at how far the work has come.
const PAUSE: Duration = Duration::from_millis(50);

/// What is still to be written.
#[derive(Debug, Clone)]
pub(super) enum Work {
    /// All files of the document at this path.
    Document(String),
    /// One page.
    Page(Place),
}

/// The folder while it is filled.
pub(super) struct Crawl {
    app: AppState,
    router: Router,
    names: Names,
    folder: NewFolder,
    queue: Mutex<Queue>,
    anchors: Mutex<FxHashMap<String, Arc<Anchors>>>,
    pending: Mutex<Vec<Pending>>,
    images: Mutex<FxHashMap<String, bool>>,
    /// Addresses that the server could not answer.
    failed: Mutex<Vec<String>>,
    bytes: AtomicUsize,
}

#[derive(Default)]
struct Queue {
    todo: VecDeque<Work>,
    seen: FxHashSet<String>,
    busy: usize,
    done: usize,
    error: Option<ExportError>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Crawl {
    pub(super) fn new(app: AppState, router: Router, names: Names, folder: NewFolder) -> Self {
        Self {
            app,
            router,
            names,
            folder,
            queue: Mutex::default(),
            anchors: Mutex::default(),
            pending: Mutex::default(),
            images: Mutex::default(),
            failed: Mutex::default(),
            bytes: AtomicUsize::default(),
        }
    }

    /// Writes all of `work` and whatever it leads to.
    pub(super) async fn run(self: &Arc<Self>, work: Vec<Work>, progress: &dyn Fn(Progress)) -> Result<(), ExportError> {
        lock(&self.queue).todo.extend(work);
        let processors = std::thread::available_parallelism().map_or(1, |it| it.get().min(4));
        let workers: Vec<_> = (0..processors)
            .map(|_| {
                let crawl = Arc::clone(self);
                tokio::spawn(async move { crawl.work().await })
            })
            .collect();
        while workers.iter().any(|it| !it.is_finished()) {
            tokio::time::sleep(PAUSE).await;
            let queue = lock(&self.queue);
            progress(Progress { done: queue.done, total: queue.done + queue.busy + queue.todo.len() });
        }
        for worker in workers {
            worker.await.map_err(|_| ExportError::Panicked)?;
        }
        lock(&self.queue).error.take().map_or(Ok(()), Err)
    }

    async fn work(&self) {
        loop {
            let next = {
                let mut queue = lock(&self.queue);
                if queue.error.is_some() || queue.todo.is_empty() && queue.busy == 0 {
                    return;
                }
                let next = queue.todo.pop_front();
                queue.busy += usize::from(next.is_some());
                next
            };
            let Some(next) = next else {
                // Whoever is busy may find more to do.
                tokio::time::sleep(PAUSE / 10).await;
                continue;
            };
            let ended = self.write(next).await;
            let mut queue = lock(&self.queue);
            queue.busy -= 1;
            queue.done += 1;
            if let Err(error) = ended {
                queue.error.get_or_insert(error);
            }
        }
    }

    async fn write(&self, work: Work) -> Result<(), ExportError> {
        match work {
            Work::Document(path) => {
                let (raw, source, page) = (self.names.raw(&path), self.names.source(&path), self.names.document(&path));
                // The source first: the page has a link to nearly every line of it.
                self.copy(&links::raw(&path), &raw.unwrap_or_default()).await?;
                self.copy(&links::source(&path, 0), &source.unwrap_or_default()).await?;
                self.copy(&links::document(&path), &page.unwrap_or_default()).await
            }
            Work::Page(Place { file, from }) => match from {
                From::Server(url) => self.copy(&url, &file).await,
                From::List { field, value } => {
                    let app = self.app.clone();
                    let made = tokio::task::spawn_blocking(move || lists::list_page(&app, &field, &value)).await;
                    self.put_page(&file, &made.map_err(|_| ExportError::Panicked)??)
                }
                From::Document(_) | From::Image(_) | From::Given => Ok(()),
            },
        }
    }

    /// Writes what the server answers at an address.
    async fn copy(&self, url: &str, file: &str) -> Result<(), ExportError> {
        let (is_page, bytes) = self.ask(url).await?;
        match std::str::from_utf8(&bytes) {
            Ok(html) if is_page => self.put_page(file, html),
            _ => self.put(file, &bytes),
        }
    }

    /// Makes a page static and writes it.
    pub(super) fn put_page(&self, file: &str, html: &str) -> Result<(), ExportError> {
        let made = make(self, file, html);
        self.put(file, made.html.as_bytes())?;
        lock(&self.anchors).insert(file.to_owned(), Arc::new(made.anchors));
        lock(&self.pending).extend(made.pending);
        self.enqueue(made.places);
        Ok(())
    }

    /// Adds what a page links to and nobody has written or begun to write.
    pub(super) fn enqueue(&self, places: Vec<Place>) {
        let mut queue = lock(&self.queue);
        for place in places {
            let is_asked = matches!(place.from, From::Server(_) | From::List { .. });
            if is_asked && queue.seen.insert(place.file.clone()) {
                queue.todo.push_back(Work::Page(place));
            }
        }
    }

    pub(super) fn put(&self, file: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
        Ok(self.folder.write(file, bytes)?)
    }

    /// Asks for an address; returns whether the answer is a page.
    async fn ask(&self, url: &str) -> Result<(bool, Bytes), ExportError> {
        let request = Request::get(url).header(HOST, "localhost").body(Body::empty());
        let mut router = self.router.clone();
        let Ok(answer) = router.call(request.map_err(|_| ExportError::Panicked)?).await;
        let (status, is_page) = (answer.status(), is_page(answer.headers().get(CONTENT_TYPE)));
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.map_err(|_| ExportError::Panicked)?;
        if status != StatusCode::OK {
            // The page says what went wrong; whoever exports is told of it.
            lock(&self.failed).push(url.to_owned());
        }
        Ok((is_page, bytes))
    }

    /// Mends links to places of pages that were not known when the link was written, and ends.
    pub(super) fn finish(self) -> Result<Finished, ExportError> {
        let mut pending = std::mem::take(&mut *lock(&self.pending));
        pending.sort_unstable_by(|a, b| (&a.file, &a.href).cmp(&(&b.file, &b.href)));
        for links in pending.chunk_by(|a, b| a.file == b.file) {
            let file = &links[0].file;
            let mut html = String::from_utf8_lossy(&self.folder.read(file)?).into_owned();
            for link in links {
                let address = |file: &str| super::names::relative(&link.file, file);
                let new = match self.fragment(&link.target, &link.wanted).flatten() {
                    Some((file, id)) => format!("{}#{}", address(&file), links::encode(&id)),
                    None => address(&link.target),
                };
                html = html.replace(&format!("href=\"{}\"", link.href), &format!("href=\"{new}\""));
            }
            self.folder.write(file, html.as_bytes())?;
        }
        let mut failed = std::mem::take(&mut *lock(&self.failed));
        failed.sort_unstable();
        let pages = lock(&self.anchors).len();
        Ok(Finished { folder: self.folder, bytes: self.bytes.into_inner(), pages, failed })
    }

    /// Returns the page of a document.
    pub(super) fn file_of(&self, path: &str) -> String {
        self.names.document(path).unwrap_or_default()
    }

    /// Returns the lines of the passages of a page that was written.
    pub(super) fn lines_of(&self, file: &str) -> Vec<u32> {
        lock(&self.anchors).get(file).map(|it| it.lines().to_vec()).unwrap_or_default()
    }

    pub(super) fn app(&self) -> &AppState {
        &self.app
    }
}

/// A folder that is whole.
pub(super) struct Finished {
    pub(super) folder: NewFolder,
    pub(super) bytes: usize,
    pub(super) pages: usize,
    pub(super) failed: Vec<String>,
}

fn is_page(kind: Option<&axum::http::HeaderValue>) -> bool {
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

impl Surroundings for Crawl {
    fn names(&self) -> &Names {
        &self.names
    }

    fn document_called(&self, name: &str) -> Option<String> {
        match self.app.kb().find(name) {
            Ok(Found::One(document)) => Some(document.path),
            _ => None,
        }
    }

    fn has_image(&self, path: &str, file: &str) -> bool {
        if let Some(known) = lock(&self.images).get(path) {
            return *known;
        }
        let image = self.app.kb().copied_image(path);
        let has = image.is_some_and(|bytes| self.put(file, &bytes).is_ok());
        lock(&self.images).insert(path.to_owned(), has);
        has
    }

    fn fragment(&self, file: &str, wanted: &Wanted) -> Option<Option<(String, String)>> {
        let anchors = lock(&self.anchors).get(file).cloned()?;
        Some(match wanted {
            Wanted::Id(id) => anchors.has(id).then(|| (file.to_owned(), id.clone())),
            Wanted::Line { path, line } => anchors.passage(*line).map(|id| (file.to_owned(), id)).or_else(|| {
                // Above the text stands the front matter, which only the source shows.
                let source = self.names.source(path)?;
                let id = format!("L{line}");
                lock(&self.anchors).get(&source).is_some_and(|it| it.has(&id)).then_some((source, id))
            }),
        })
    }
}
