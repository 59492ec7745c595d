//! What every handler is given.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::{broadcast, oneshot, watch};

use super::error::WebError;
use super::export::CopyNote;
use super::options::{Report, ServeOptions};
use super::page_memory::PageMemory;
use crate::clock::Clock;
use crate::kb::notices::Point;
use crate::kb::{KbError, KnowledgeBase, SyncReport};

/// Changes that an open page may have missed before it is told to look again as a whole.
const CHANGE_BACKLOG: usize = 64;

/// The knowledge base and what belongs to one running server. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

struct Inner {
    kb: KnowledgeBase,
    name: String,
    /// Of a copy that is being written, what its pages say of it.
    copy: Option<CopyNote>,
    clock: Clock,
    allowed_hosts: Option<Vec<String>>,
    report: Report,
    started: i64,
    generation: AtomicU64,
    synced: AtomicI64,
    behind: Mutex<Option<Behind>>,
    healing: AtomicBool,
    reading_ledger: AtomicBool,
    pages: PageMemory,
    changes: broadcast::Sender<Change>,
    stop: watch::Receiver<bool>,
}

/// A change of the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Paths below the root; `None` where it is not known what changed.
    pub(super) paths: Option<Vec<String>>,
}

/// Why the index may not show the folder as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Behind {
    /// The folder is being compared with the index for the first time since the server started.
    Comparing,
    /// A change was heard of and is being read.
    Updating,
    /// The index could not be written; a full sentence says why.
    Stuck(String),
}

impl AppState {
    /// Returns the state of a server over `kb`, which must have an index.
    #[must_use]
    pub fn new(kb: KnowledgeBase, options: &ServeOptions, stop: watch::Receiver<bool>) -> Self {
        Self::made(kb, options, stop, None)
    }

    /// Returns the state of the pages of a copy.
    pub(super) fn of_copy(
        kb: KnowledgeBase,
        options: &ServeOptions,
        stop: watch::Receiver<bool>,
        note: CopyNote,
    ) -> Self {
        Self::made(kb, options, stop, Some(note))
    }

    fn made(kb: KnowledgeBase, options: &ServeOptions, stop: watch::Receiver<bool>, copy: Option<CopyNote>) -> Self {
        let root = kb.root().canonicalize().unwrap_or_else(|_| kb.root().to_owned());
        let name = root.file_name().map_or_else(|| "ris".to_owned(), |name| name.to_string_lossy().into_owned());
        let synced = kb.seen_at().unwrap_or_else(|| options.clock.now().timestamp());
        let guarded = options.address.is_loopback() || !options.allowed_hosts.is_empty();
        Self(Arc::new(Inner {
            kb,
            name,
            copy,
            clock: options.clock,
            allowed_hosts: guarded.then(|| options.allowed_hosts.clone()),
            report: options.report.clone(),
            started: options.clock.now().timestamp_millis(),
            generation: AtomicU64::new(0),
            synced: AtomicI64::new(synced),
            behind: Mutex::new(None),
            healing: AtomicBool::new(false),
            reading_ledger: AtomicBool::new(false),
            pages: PageMemory::default(),
            changes: broadcast::channel(CHANGE_BACKLOG).0,
            stop,
        }))
    }

    /// Runs a question to the knowledge base on a blocking thread, if somebody still waits for the answer by then: whoever
    /// breaks off must not keep the threads from the others.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&KnowledgeBase) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        let state = self.clone();
        let (waiting, answered) = oneshot::channel();
        tokio::task::spawn_blocking(move || {
            if !waiting.is_closed() {
                // An error means that nobody waits any more.
                let _ = waiting.send(question(&state.0.kb));
            }
        });
        let answer = answered.await.map_err(|_| WebError::Panicked)?;
        answer.inspect_err(|error| {
            if error.is_of_index() {
                self.heal();
            }
        })
    }

    /// Builds anew an index that is gone or damaged, in the background and once at a time.
    fn heal(&self) {
        if self.0.healing.swap(true, Ordering::Relaxed) {
            return;
        }
        let healing = Healing(self.clone());
        tokio::task::spawn_blocking(move || {
            // What stands in the way is told on every page.
            let _ = healing.0.sync(None);
        });
    }

    /// Returns the right to read the ledger, which one has at a time.
    pub(super) fn claim_ledger(&self) -> Option<LedgerClaim> {
        (!self.0.reading_ledger.swap(true, Ordering::Relaxed)).then(|| LedgerClaim(self.clone()))
    }

    /// Brings the index up to date, blocking; open pages hear of it if something changed or they say that it is behind.
    pub(super) fn sync(&self, paths: Option<Vec<String>>) -> Result<SyncReport, KbError> {
        let told = self.behind().is_some();
        if paths.is_some() {
            self.set_behind(Some(Behind::Updating));
        }
        let report = self.0.kb.sync(&|_| {}).inspect_err(|error| {
            self.set_behind(Some(Behind::Stuck(format!("The index could not be brought up to date: {error}."))));
        })?;
        self.note_sync(&report);
        if report.added + report.changed + report.removed > 0 || paths.is_some() || told {
            self.0.generation.fetch_add(1, Ordering::Relaxed);
            // An error means that no page is open.
            let _ = self.0.changes.send(Change { paths: named(paths, &report) });
        }
        Ok(report)
    }

    /// Takes down what a sync did: what could not be written is told on every page that lists documents.
    pub(super) fn note_sync(&self, report: &SyncReport) {
        let stuck = (report.behind > 0).then(|| Behind::Stuck(report.notices.join(" ")));
        if stuck.is_none() {
            self.0.synced.store(self.0.clock.now().timestamp(), Ordering::Relaxed);
        }
        self.set_behind(stuck);
    }

    /// Takes down whether, and why, the index may be behind the folder.
    pub(super) fn set_behind(&self, behind: Option<Behind>) {
        *self.0.behind.lock().unwrap_or_else(PoisonError::into_inner) = behind;
    }

    /// Tells whether, and why, the index may be behind the folder.
    pub(super) fn behind(&self) -> Option<Behind> {
        self.0.behind.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the knowledge base, for blocking threads.
    pub(super) fn kb(&self) -> &KnowledgeBase {
        &self.0.kb
    }

    /// Returns the pages that are kept.
    pub(super) fn pages(&self) -> &PageMemory {
        &self.0.pages
    }

    /// Returns what the pages of a copy say of it; nothing where they are served.
    pub(super) fn copy(&self) -> Option<&CopyNote> {
        self.0.copy.as_ref()
    }

    /// Returns the name of the root folder.
    pub(super) fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the moment, down to the minute.
    pub(super) fn now(&self) -> Point {
        self.0.kb.this_minute()
    }

    /// Returns today.
    pub(super) fn today(&self) -> chrono::NaiveDate {
        self.0.kb.today()
    }

    /// Returns the clock.
    pub(super) fn clock(&self) -> Clock {
        self.0.clock
    }

    /// Returns the names under which the server may be called, where it minds.
    pub(super) fn allowed_hosts(&self) -> Option<&[String]> {
        self.0.allowed_hosts.as_deref()
    }

    /// Tells the user of a failure.
    pub(super) fn report(&self, message: &str) {
        (self.0.report)(message);
    }

    /// Returns a name for the present state of the knowledge base in this server's life.
    pub(super) fn generation(&self) -> String {
        format!("{:x}-{}", self.0.started, self.0.generation.load(Ordering::Relaxed))
    }

    /// Returns when the index was last known to show the folder as it is: seconds since 1970.
    pub(super) fn synced(&self) -> i64 {
        self.0.synced.load(Ordering::Relaxed)
    }

    /// Returns the coming changes.
    pub(super) fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// Returns the sign that the server is to stop.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.clone()
    }
}

/// Somebody builds the index anew. Where that ends early, or never begins, the next failing question tries again.
struct Healing(AppState);

impl Drop for Healing {
    fn drop(&mut self) {
        self.0.0.healing.store(false, Ordering::Relaxed);
    }
}

/// Somebody reads the ledger.
pub(super) struct LedgerClaim(AppState);

impl LedgerClaim {
    /// Reads it, however long that takes.
    pub(super) async fn read(self) -> Result<(), WebError> {
        self.0.read(|kb| Ok(kb.ledger_book(&|_| {}).map(|_| ())?)).await
    }
}

impl Drop for LedgerClaim {
    fn drop(&mut self) {
        self.0.0.reading_ledger.store(false, Ordering::Relaxed);
    }
}

/// Returns what was heard of and what the sync itself found: what changed before the folder was watched was never heard
/// of.
fn named(heard: Option<Vec<String>>, report: &SyncReport) -> Option<Vec<String>> {
    let changes = report.added + report.changed + report.removed;
    if changes > 0 && report.paths.is_empty() {
        return None;
    }
    let mut paths = heard.unwrap_or_default();
    paths.extend(report.paths.iter().cloned());
    paths.sort_unstable();
    paths.dedup();
    (!paths.is_empty()).then_some(paths)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::kb::OpenOptions;

    #[test]
    fn what_nobody_waits_for_any_more_is_not_looked_up() {
        let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(1).enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let open = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let stop = watch::channel(false).0;
        let app = AppState::new(KnowledgeBase::open(&open).unwrap(), &ServeOptions::default(), stop.subscribe());
        let (begun, has_begun) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let (asker, waiting) = (app.clone(), app.clone());
        let first = runtime.spawn(async move {
            asker.read(move |_| Ok((begun.send(()).is_ok(), may_go_on.recv().is_ok()))).await.is_ok()
        });
        has_begun.recv().unwrap();
        let (made, was_made) = mpsc::channel::<()>();
        runtime.block_on(async {
            let left = waiting.read(move |_| Ok(made.send(()).is_ok()));
            assert!(tokio::time::timeout(std::time::Duration::from_millis(20), left).await.is_err(), "it waits");
        });
        go_on.send(()).unwrap();
        assert!(runtime.block_on(first).unwrap());
        assert!(runtime.block_on(app.read(|_| Ok(()))).is_ok(), "what was asked later is answered");
        assert!(was_made.try_recv().is_err(), "the work of whoever left was done");
    }

    #[test]
    fn a_change_that_was_not_heard_of_is_named() {
        let report = |changed, paths: &[&str]| SyncReport {
            changed,
            paths: paths.iter().map(|it| (*it).to_owned()).collect(),
            ..SyncReport::default()
        };
        let names = |names: &[&str]| Some(names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(None, &report(1, &["a.md"])), names(&["a.md"]));
        assert_eq!(named(names(&["2026", "a.md"]), &report(1, &["a.md"])), names(&["2026", "a.md"]));
        assert_eq!(named(names(&["2026"]), &report(0, &[])), names(&["2026"]));
        // So many that they are not named: anything may have changed.
        assert_eq!(named(names(&["2026"]), &report(500, &[])), None);
        assert_eq!(named(None, &report(0, &[])), None);
    }
}
