//! Reads and checks documents on several threads.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::facts::Facts;
use crate::compliance::Point;
use crate::config::{CheckConfig, Config};
use crate::index::{on_threads, parse_or_reject, quietly, rejected, unreadable};
use crate::kb::Progress;
use crate::lint::{self, Checked, LintContext};
use crate::parse::Parsed;
use crate::store::fs::{self, LeftOut};

/// Documents to check and what is needed for it.
pub(super) struct Job<'a> {
    pub(super) root: &'a Path,
    pub(super) config: &'a Config,
    pub(super) settings: &'a CheckConfig,
    pub(super) now: Point,
    pub(super) paths: &'a [String],
}

/// A document on which the rules have run.
pub(super) struct CheckedFile {
    pub(super) checked: Checked,
    pub(super) facts: Facts,
    /// Tells its bytes from others.
    pub(super) digest: u64,
}

/// Returns the documents without their facts, and the facts.
pub(super) fn split(files: Vec<CheckedFile>) -> (Vec<CheckedFile>, Vec<Facts>) {
    let facts = files.iter().map(|file| file.facts.clone()).collect();
    (files, facts)
}

/// Returns what tells `bytes` from others within one run.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl Job<'_> {
    /// Checks every document; returns them sorted by path.
    pub(super) fn run(&self, progress: &dyn Fn(Progress)) -> Vec<CheckedFile> {
        let total = self.paths.len();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(total);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut files = Vec::with_capacity(total / threads.max(1) + 1);
            while let Some(path) = self.paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                files.push(self.check(path));
            }
            files
        };
        if threads <= 1 {
            return work();
        }
        let meanwhile = || progress(Progress { done: next.load(Ordering::Relaxed).min(total), total });
        let mut all: Vec<CheckedFile> = on_threads(threads, meanwhile, work).into_iter().flatten().collect();
        all.sort_by(|a, b| a.checked.path().cmp(b.checked.path()));
        all
    }

    fn check(&self, path: &str) -> CheckedFile {
        let (bytes, parsed) = self.read(path);
        // A fault of a rule costs the document, never the run.
        quietly(|| self.check_parsed(&bytes, &parsed)).unwrap_or_else(|| {
            let reason = "a rule failed on it; please report this".to_owned();
            self.check_parsed(&[], &rejected(path, "internal-error", reason))
        })
    }

    /// Checks a file that the walk found and could not take; `None` for one that is left out on purpose.
    pub(super) fn check_left_out(&self, left: &LeftOut) -> Option<CheckedFile> {
        Some(self.check_parsed(&[], &rejected(&left.path, left.rejected?, left.reason.to_string())))
    }

    fn check_parsed(&self, bytes: &[u8], parsed: &Parsed) -> CheckedFile {
        let cx = LintContext::new(&parsed.document, &parsed.text, bytes, self.now, self.settings);
        CheckedFile { checked: lint::check(&cx), facts: Facts::of(&cx), digest: digest(bytes) }
    }

    /// Reads a document; one that cannot be read is a document too.
    pub(super) fn read(&self, path: &str) -> (Vec<u8>, Parsed) {
        match fs::read(&self.root.join(path), self.config.max_file_size) {
            Ok(bytes) => {
                let parsed = parse_or_reject(path, &bytes, &self.config.parse_options());
                (bytes, parsed)
            }
            Err(error) => (Vec::new(), unreadable(path, &error)),
        }
    }

    /// Returns the facts of a document that is not checked itself.
    pub(super) fn facts(&self, path: &str) -> Facts {
        let (bytes, Parsed { document, text }) = self.read(path);
        Facts::of(&LintContext::new(&document, &text, &bytes, self.now, self.settings))
    }
}
