//! Reads files on several threads and writes them into the index in one commit.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyError};

use crate::config::Config;
use crate::model::Document;
use crate::parse::{ParseOptions, Parsed, parse};
use crate::store::fs;

use super::answer::Progress;
use super::entry::{EntryMaker, FileStamp};
use super::error::IndexError;
use super::gate::Gate;
use super::guard::quietly;
use super::handover::Entry;
use super::hash::content_hash;
use super::merge::merge_small_segments;
use super::open::{OpenIndex, payload};
use super::plan::{Plan, ToRead};

/// Files from which a run counts as large: it gets more threads and memory.
const LARGE_RUN: usize = 200;
const MEMORY_PER_THREAD: usize = 56 << 20;
const MEMORY_SMALL: usize = 15 << 20;
const MAX_THREADS: usize = 4;
/// Bytes of documents read but not yet written.
const MAX_WAITING: usize = 12 << 20;
/// Documents handed to the engine at once: between two of them the indexing thread neither sleeps nor is woken, and keeps
/// what it needs of its dictionary at hand.
const BATCH: usize = 16;
/// A file changed this shortly before it was read may change again without a new time.
const CLOCK_TICK_NS: u64 = 20_000_000;
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// What became of the files of a plan.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) added: usize,
    pub(crate) changed: usize,
    pub(crate) removed: usize,
    pub(crate) unchanged: usize,
}

/// Carries out `plan`. With `fresh` the index is emptied first, in the same commit.
pub(crate) fn write(
    open: &OpenIndex,
    root: &Path,
    config: &Config,
    plan: &Plan,
    fresh: bool,
    progress: &dyn Fn(Progress),
) -> Result<Written, IndexError> {
    let fail = |error| IndexError::engine("write the index in", open.folder(), error);
    let large = plan.read.len() >= LARGE_RUN;
    let threads = if large { thread_count() } else { 1 };
    let memory = if large { MEMORY_PER_THREAD } else { MEMORY_SMALL };
    let mut writer: IndexWriter<Entry> = open.index.writer_with_num_threads(threads, threads * memory).map_err(fail)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    if fresh {
        writer.delete_all_documents().map_err(fail)?;
    }
    for path in &plan.remove {
        writer.delete_term(open.fields.path_term(path));
    }
    let job = Job {
        root,
        options: config.parse_options(),
        maker: EntryMaker::new(open.fields.clone()),
        open,
        writer: &writer,
        gate: Gate::new(MAX_WAITING),
        plan,
        next: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        failure: Mutex::new(None),
    };
    let (mut written, rewritten) = job.run(thread_count().min(plan.read.len().max(1)), progress);
    let failure = job.failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    written.removed += plan.remove.len();
    written.unchanged += plan.same;
    if rewritten == 0 && plan.remove.is_empty() && !fresh && failure.is_none() {
        return Ok(written);
    }
    let mut commit = writer.prepare_commit().map_err(|error| fail(failure_of(error)))?;
    if let Some(error) = failure {
        return Err(fail(error));
    }
    commit.set_payload(&payload(config.taxonomy_fingerprint()));
    commit.commit().map_err(fail)?;
    if !large {
        merge_small_segments(&mut writer, &open.index).map_err(fail)?;
    }
    writer.wait_merging_threads().map_err(fail)?;
    Ok(written)
}

fn thread_count() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS))
}

/// An indexing thread's panic message says nothing to people; what they can act on is that it ended.
fn failure_of(error: TantivyError) -> TantivyError {
    match error {
        TantivyError::ErrorInThread(_) => TantivyError::ErrorInThread("an indexing thread ended early".to_owned()),
        other => other,
    }
}

/// What happened to one file.
enum Fate {
    Added,
    Changed,
    /// Same content; written again only for its new time.
    Refreshed,
    Same,
    Gone,
}

/// Operations of one thread that wait to be handed on together.
type Batch = Vec<UserOperation<Entry>>;

struct Job<'a> {
    root: &'a Path,
    options: ParseOptions,
    maker: EntryMaker,
    open: &'a OpenIndex,
    writer: &'a IndexWriter<Entry>,
    gate: Arc<Gate>,
    plan: &'a Plan,
    next: AtomicUsize,
    stop: AtomicBool,
    failure: Mutex<Option<TantivyError>>,
}

impl Job<'_> {
    /// Runs the job on `threads` threads; returns the counts and how many files were written.
    fn run(&self, threads: usize, progress: &dyn Fn(Progress)) -> (Written, usize) {
        let total = self.plan.read.len();
        std::thread::scope(|scope| {
            let (done, finished) = mpsc::channel();
            for _ in 0..threads {
                let done = done.clone();
                scope.spawn(move || {
                    let counts = self.work();
                    // The receiver outlives every worker.
                    let _ = done.send(counts);
                });
            }
            drop(done);
            let (mut sum, mut rewritten) = (Written::default(), 0);
            loop {
                match finished.recv_timeout(PROGRESS_EVERY) {
                    Ok((counts, files)) => {
                        sum.added += counts.added;
                        sum.changed += counts.changed;
                        sum.removed += counts.removed;
                        sum.unchanged += counts.unchanged;
                        rewritten += files;
                    }
                    Err(mpsc::RecvTimeoutError::Timeout) => {
                        progress(Progress { done: self.next.load(Ordering::Relaxed).min(total), total });
                    }
                    Err(mpsc::RecvTimeoutError::Disconnected) => break,
                }
            }
            progress(Progress { done: total, total });
            (sum, rewritten)
        })
    }

    fn work(&self) -> (Written, usize) {
        let (mut counts, mut rewritten) = (Written::default(), 0);
        let mut batch = Vec::with_capacity(BATCH);
        while !self.stop.load(Ordering::Relaxed) {
            let Some(item) = self.plan.read.get(self.next.fetch_add(1, Ordering::Relaxed)) else { break };
            match self.take(item, &mut batch) {
                Ok(fate) => {
                    rewritten += usize::from(!matches!(fate, Fate::Same));
                    match fate {
                        Fate::Added => counts.added += 1,
                        Fate::Changed => counts.changed += 1,
                        Fate::Refreshed | Fate::Same => counts.unchanged += 1,
                        Fate::Gone => counts.removed += usize::from(item.known.is_some()),
                    }
                }
                Err(error) => self.fail(error),
            }
        }
        if let Err(error) = self.hand_on(&mut batch) {
            self.fail(error);
        }
        (counts, rewritten)
    }

    /// Keeps the first error and ends the run.
    fn fail(&self, error: TantivyError) {
        self.stop.store(true, Ordering::Relaxed);
        self.failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
    }

    fn take(&self, item: &ToRead, batch: &mut Batch) -> tantivy::Result<Fate> {
        let path = &item.file.path;
        let read_at = now_ns();
        let bytes = match fs::read(&self.root.join(path), self.options.max_bytes as u64) {
            Ok(bytes) => bytes,
            Err(fs::FsError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                self.replace(item, None, batch)?;
                return Ok(Fate::Gone);
            }
            Err(error) => return self.take_unreadable(item, &error, batch),
        };
        let trusted = item.file.modified.saturating_add(CLOCK_TICK_NS) < read_at;
        let modified = if trusted && bytes.len() as u64 == item.file.size { item.file.modified } else { 0 };
        let stamp = FileStamp { hash: content_hash(&bytes), size: item.file.size, modified };
        let fate = match item.known {
            None => Fate::Added,
            Some(known) if known == stamp => return Ok(Fate::Same),
            Some(known) if known.hash == stamp.hash => Fate::Refreshed,
            Some(_) => Fate::Changed,
        };
        let parsed = self.parse(path, &bytes);
        self.replace(item, Some(self.maker.entry(parsed, &stamp)), batch)?;
        Ok(fate)
    }

    /// Keeps a file that cannot be read as a rejected one, so that it is accounted for; it is tried again every time.
    fn take_unreadable(&self, item: &ToRead, error: &fs::FsError, batch: &mut Batch) -> tantivy::Result<Fate> {
        let stamp = FileStamp { hash: [0, 0], size: item.file.size, modified: 0 };
        if item.known == Some(stamp) {
            return Ok(Fate::Same);
        }
        let cause = std::error::Error::source(error).map_or_else(String::new, |cause| format!(": {cause}"));
        let parsed = rejected(&item.file.path, "unreadable", format!("cannot be read{cause}"));
        self.replace(item, Some(self.maker.entry(parsed, &stamp)), batch)?;
        Ok(if item.known.is_some() { Fate::Changed } else { Fate::Added })
    }

    /// Puts on the batch what makes `entry` the only document of its file.
    fn replace(&self, item: &ToRead, entry: Option<Entry>, batch: &mut Batch) -> tantivy::Result<()> {
        if item.known.is_some() {
            batch.push(UserOperation::Delete(self.open.fields.path_term(&item.file.path)));
        }
        if let Some(mut entry) = entry {
            let size = entry.size();
            let permit = self.gate.try_enter(size);
            if permit.is_none() {
                // What waits here would not be written meanwhile, and so make no room.
                self.hand_on(batch)?;
            }
            entry.permit = Some(permit.unwrap_or_else(|| self.gate.enter(size)));
            batch.push(UserOperation::Add(entry));
        }
        if batch.len() >= BATCH { self.hand_on(batch) } else { Ok(()) }
    }

    fn hand_on(&self, batch: &mut Batch) -> tantivy::Result<()> {
        self.writer.run(batch.drain(..)).map(drop)
    }

    /// Parses; a fault of the parser costs the document, never the run.
    fn parse(&self, path: &str, bytes: &[u8]) -> Parsed {
        quietly(|| parse(path, bytes, &self.options)).unwrap_or_else(|| {
            rejected(path, "internal-error", "the reader failed on it; please report this".to_owned())
        })
    }
}

fn rejected(path: &str, code: &'static str, reason: String) -> Parsed {
    Parsed { document: Document::rejected(path, code, reason), text: String::new() }
}

fn now_ns() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
