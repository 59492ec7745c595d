//! Watching the folder: a change on disk becomes a sync, and a sync becomes news for open pages.
//!
//! What the operating system reports is a hint, never the truth: every hint ends in a full sync, and so does the
//! passing of time, since network folders report nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

use super::state::AppState;
use crate::kb::slashed;

/// Editors write a file in several steps: wait until they are done.
const DEBOUNCE: Duration = Duration::from_millis(150);
/// How often to look at the folder as a whole while it is watched.
const RECONCILE: Duration = Duration::from_secs(60);
/// How often to look where it cannot be watched.
const SCAN: Duration = Duration::from_secs(3);
/// How long after the start the folder is left alone where answers are wanted first: the first page has the processors.
const FIRST_PAGE: Duration = Duration::from_millis(250);

type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

enum News {
    Changed(Vec<PathBuf>),
    FoldersChanged(Vec<PathBuf>),
    Stop,
}

/// Ends the watching when dropped.
pub(super) struct Guard(Sender<News>);

impl Drop for Guard {
    fn drop(&mut self) {
        // An error means that the thread is gone already.
        let _ = self.0.send(News::Stop);
    }
}

/// Watches from now on, or reads the folder now and then; what is heard is worked off on a thread of its own, which
/// begins by comparing the folder with the index: what changed before it was watched must not be lost. Where answers are
/// `wanted` first, finding the folders to watch, which takes its time in a large tree, is left to that thread too.
pub(super) fn start(app: AppState, scan_only: bool, wanted: bool) -> Guard {
    let (sender, news) = mpsc::channel();
    let guard = Guard(sender.clone());
    let root = app.kb().root().canonicalize().unwrap_or_else(|_| app.kb().root().to_owned());
    let begin = move |app: &AppState, root: &Path, sender: &Sender<News>| {
        if scan_only { None } else { watch(app, root, sender.clone()) }
    };
    let early = (!wanted).then(|| begin(&app, &root, &sender));
    thread::spawn(move || {
        if wanted {
            thread::sleep(FIRST_PAGE);
        }
        let watcher = early.unwrap_or_else(|| begin(&app, &root, &sender));
        sync(&app, None);
        run(&app, &root, watcher, &sender, &news);
    });
    guard
}

fn run(app: &AppState, root: &Path, mut watcher: Option<Watcher>, sender: &Sender<News>, news: &Receiver<News>) {
    loop {
        let wait = if watcher.is_some() { RECONCILE } else { SCAN };
        let paths = match news.recv_timeout(wait) {
            Ok(News::Changed(paths)) => relative(root, &paths),
            Ok(News::FoldersChanged(paths)) => {
                watcher = watch(app, root, sender.clone());
                relative(root, &paths)
            }
            Err(RecvTimeoutError::Timeout) => None,
            Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        };
        sync(app, paths);
    }
}

fn sync(app: &AppState, paths: Option<Vec<String>>) {
    match app.sync(paths) {
        Ok(report) => report.notices.iter().for_each(|notice| app.report(notice)),
        Err(error) => app.report(&format!("The index could not be brought up to date: {error}.")),
    }
}

/// Watches every folder that is not hidden; `None` where the operating system refuses.
fn watch(app: &AppState, root: &Path, sender: Sender<News>) -> Option<Watcher> {
    let seen_from = root.to_owned();
    let forward = move |result: DebounceEventResult| {
        if let Some(news) = digest(&seen_from, result) {
            // An error means that the server is stopping.
            let _ = sender.send(news);
        }
    };
    let attempt = || {
        let mut watcher = new_debouncer(DEBOUNCE, None, forward)?;
        for folder in folders(root) {
            watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        Ok::<_, notify_debouncer_full::notify::Error>(watcher)
    };
    attempt()
        .inspect_err(|error| {
            let seconds = SCAN.as_secs();
            app.report(&format!("The folder cannot be watched ({error}); it is read every {seconds} seconds instead."));
        })
        .ok()
}

/// Returns the folders to watch: `.ris` (which every sync writes) and git's own are hidden, and so not among them.
fn folders(root: &Path) -> Vec<PathBuf> {
    ignore::WalkBuilder::new(root)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()))
        .map(ignore::DirEntry::into_path)
        .collect()
}

fn digest(root: &Path, result: DebounceEventResult) -> Option<News> {
    let Ok(events) = result else { return Some(News::FoldersChanged(Vec::new())) };
    let events: Vec<DebouncedEvent> = events.into_iter().filter(|event| matters(root, event)).collect();
    if events.is_empty() {
        return None;
    }
    let folders_changed = events.iter().any(touches_folders);
    let paths = events.into_iter().flat_map(|event| event.event.paths).collect();
    Some(if folders_changed { News::FoldersChanged(paths) } else { News::Changed(paths) })
}

fn matters(root: &Path, event: &DebouncedEvent) -> bool {
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| is_visible(root, path))
}

fn is_visible(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|inside| !inside.iter().any(|part| part.as_encoded_bytes().starts_with(b".")))
}

/// A folder that came, went or was renamed means that the list of watched folders is old.
fn touches_folders(event: &DebouncedEvent) -> bool {
    use notify_debouncer_full::notify::event::{CreateKind, ModifyKind, RemoveKind};
    match event.kind {
        EventKind::Create(CreateKind::File) | EventKind::Remove(RemoveKind::File) => false,
        EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => event.paths.iter().any(|path| path.is_dir()),
        EventKind::Other => true,
        _ => event.need_rescan(),
    }
}

/// Returns the visible paths below the root; `None` (meaning anything) where there are none.
fn relative(root: &Path, paths: &[PathBuf]) -> Option<Vec<String>> {
    let inside: Vec<String> = paths
        .iter()
        .filter(|path| is_visible(root, path))
        .filter_map(|path| path.strip_prefix(root).ok())
        .map(slashed)
        .collect();
    (!inside.is_empty()).then_some(inside)
}
