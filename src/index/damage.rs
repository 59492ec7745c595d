//! What to do where reading the index finds damage. A commit of another process takes files away from under whoever is
//! opening the one before it: that looks like damage and is none.

use std::time::Duration;

use super::check::{CommitMark, commit_mark};
use super::directory::META;
use super::error::IndexError;
use super::lock;
use super::sync::IndexStore;

/// How often the next commit is tried where each is replaced while it is read.
const ATTEMPTS: usize = 20;

impl IndexStore {
    /// Runs `work`, once more for each commit that takes the place of the one that it finds damaged. Returns also the mark
    /// of the commit that it ended with.
    pub(crate) fn settled<T>(
        &self,
        work: impl Fn() -> Result<T, IndexError>,
    ) -> (Result<T, IndexError>, Option<CommitMark>) {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mark = commit_mark(self.folder());
            let done = work();
            let replaced = || attempt < ATTEMPTS && commit_mark(self.folder()) != mark;
            match done {
                Err(IndexError::Damaged { .. } | IndexError::Missing { .. }) if replaced() => self.forget(),
                done => return (done, mark),
            }
        }
    }

    /// Takes the commit with this mark away after reading it has failed, so that nobody answers from it. Tells whether it
    /// was still there: whoever finds another commit in its place leaves that alone.
    ///
    /// # Errors
    /// Where another process is writing the index for longer than `patience`.
    pub(crate) fn discard_damaged(&self, mark: Option<CommitMark>, patience: Duration) -> Result<bool, IndexError> {
        self.forget();
        let lock = match lock::acquire(&self.state_folder(), patience, &|| {}) {
            // Where no lock can be kept, nothing can be taken away either.
            Err(IndexError::Io { .. }) => None,
            other => Some(other?),
        };
        if lock.is_none() || commit_mark(self.folder()) != mark {
            return Ok(lock.is_none());
        }
        // Without this file the index counts as damaged when it is opened.
        let _ = std::fs::remove_file(self.folder().join(META));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Returns a store with a file that stands for its last commit.
    fn store(root: &std::path::Path) -> IndexStore {
        let store = IndexStore::new(root);
        std::fs::create_dir_all(store.folder()).unwrap();
        commit(&store, "one");
        store
    }

    fn commit(store: &IndexStore, text: &str) {
        let new = store.folder().join("meta.new");
        std::fs::write(&new, text).unwrap();
        std::fs::rename(new, store.folder().join(META)).unwrap();
    }

    fn damaged() -> IndexError {
        IndexError::Damaged { path: "x".into(), reason: "files are missing".into() }
    }

    #[test]
    fn a_commit_that_was_replaced_while_it_was_read_is_not_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let runs = Cell::new(0);
        let work = || {
            runs.set(runs.get() + 1);
            if runs.get() == 1 {
                commit(&store, "another");
                return Err(damaged());
            }
            Ok(runs.get())
        };
        assert!(matches!(store.settled(work), (Ok(2), _)));
        runs.set(1);
        let again = || -> Result<(), _> {
            runs.set(runs.get() + 1);
            Err(damaged())
        };
        let (failed, mark) = store.settled(again);
        assert!(matches!(failed, Err(IndexError::Damaged { .. })));
        assert_eq!((runs.get(), mark), (2, commit_mark(store.folder())), "what stays as it is is damaged");
    }

    #[test]
    fn only_the_damaged_commit_is_discarded_and_only_under_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let meta = store.folder().join(META);
        let seen = commit_mark(store.folder());
        commit(&store, "another");
        assert!(!store.discard_damaged(seen, Duration::ZERO).unwrap());
        assert!(meta.exists(), "another commit is left alone");
        let seen = commit_mark(store.folder());
        let writer = lock::acquire(&store.state_folder(), Duration::ZERO, &|| {}).unwrap();
        assert!(matches!(store.discard_damaged(seen, Duration::ZERO), Err(IndexError::Busy { .. })));
        assert!(meta.exists(), "another process is writing");
        drop(writer);
        assert!(store.discard_damaged(seen, Duration::ZERO).unwrap());
        assert!(!meta.exists());
    }
}
