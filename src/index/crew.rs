//! The threads of a run: they share the files of a plan among them, and the first failure ends them all.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use tantivy::TantivyError;

use super::answer::Progress;
use super::guard::quietly;
use super::plan::ToRead;

/// More than this many threads would rather wait for each other.
const MAX_THREADS: usize = 4;
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// Files to read, given out one by one.
pub(super) struct Crew<'a> {
    files: &'a [ToRead],
    next: AtomicUsize,
    stop: AtomicBool,
}

impl<'a> Crew<'a> {
    pub(super) fn new(files: &'a [ToRead]) -> Self {
        Self { files, next: AtomicUsize::new(0), stop: AtomicBool::new(false) }
    }

    /// Returns the next file; none once all are given out or a thread has failed.
    pub(super) fn next(&self) -> Option<&'a ToRead> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        self.files.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Runs `work` on each of `threads` threads and tells of the progress meanwhile; returns what each made.
    ///
    /// # Errors
    /// The first error of a thread; a panic counts as one.
    pub(super) fn run<T: Send>(
        &self,
        threads: usize,
        progress: &dyn Fn(Progress),
        work: impl Fn() -> tantivy::Result<T> + Sync,
    ) -> tantivy::Result<Vec<T>> {
        let total = self.files.len();
        let taken = || self.next.load(Ordering::Relaxed);
        let made = on_threads(
            threads,
            || progress(Progress { done: taken().min(total), total }),
            || {
                let result = quietly(&work).unwrap_or_else(|| Err(ended_early()));
                if result.is_err() {
                    self.stop.store(true, Ordering::Relaxed);
                }
                result
            },
        );
        progress(Progress { done: total, total });
        made.into_iter().collect()
    }
}

/// Runs `work` on each of `threads` threads, and `meanwhile` now and then; returns what each made.
pub(crate) fn on_threads<T: Send>(threads: usize, meanwhile: impl Fn(), work: impl Fn() -> T + Sync) -> Vec<T> {
    let (done, finished) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (done, work) = (done.clone(), &work);
            // The receiver outlives every thread.
            scope.spawn(move || done.send(work()).is_ok());
        }
        drop(done);
        let mut made = Vec::with_capacity(threads);
        loop {
            match finished.recv_timeout(PROGRESS_EVERY) {
                Ok(one) => made.push(one),
                Err(mpsc::RecvTimeoutError::Timeout) => meanwhile(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return made,
            }
        }
    })
}

/// Returns how many threads a run is worth in which each is to have `share` files or more.
pub(super) fn thread_count(files: usize, share: usize) -> usize {
    let most = std::thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
    files.div_ceil(share).clamp(1, most)
}

/// A panic's message says nothing to people; what they can act on is that the thread ended.
pub(super) fn ended_early() -> TantivyError {
    TantivyError::ErrorInThread("an indexing thread ended early".to_owned())
}
