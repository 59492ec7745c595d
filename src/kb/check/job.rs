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
    /// Tells its bytes from others.
    pub(super) digest: u64,
}

/// A checked document, and what others may ask of it.
pub(super) type Known = (CheckedFile, Facts);

/// Sorts documents by path.
pub(super) fn sort(all: &mut [Known]) {
    all.sort_by(|(a, _), (b, _)| a.checked.path().cmp(b.checked.path()));
}

/// Returns what tells `bytes` from others within one run.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl Job<'_> {
    /// Checks every document; returns them sorted by path.
    pub(super) fn run(&self, progress: &dyn Fn(Progress)) -> Vec<Known> {
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
        let mut all: Vec<Known> = on_threads(threads, meanwhile, work).into_iter().flatten().collect();
        sort(&mut all);
        all
    }

    fn check(&self, path: &str) -> Known {
        let (bytes, parsed) = self.read(path);
        // A fault of a rule costs the document, never the run.
        quietly(|| self.check_parsed(&bytes, &parsed)).unwrap_or_else(|| {
            let reason = "a rule failed on it; please report this".to_owned();
            self.check_parsed(&[], &rejected(path, "internal-error", reason))
        })
    }

    /// Checks a file that the walk found and could not take; `None` for one that is left out on purpose.
    pub(super) fn check_left_out(&self, left: &LeftOut) -> Option<Known> {
        Some(self.check_parsed(&[], &rejected(&left.path, left.rejected?, left.reason.to_string())))
    }

    fn check_parsed(&self, bytes: &[u8], parsed: &Parsed) -> Known {
        let cx = LintContext::new(&parsed.document, &parsed.text, bytes, self.now, self.settings);
        (CheckedFile { checked: lint::check(&cx), digest: digest(bytes) }, Facts::of(&cx))
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
