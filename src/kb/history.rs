//! The git history of documents, where the knowledge base lies in a git work tree.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{KbError, KnowledgeBase};
use crate::store::git::{FileHistory, GitError, GitHistory};

/// How long one question reads on in the commits.
const BUDGET: Duration = Duration::from_millis(25);

/// The repository, once found.
#[derive(Default)]
pub(super) struct HistoryCell {
    repository: Mutex<Option<Arc<GitHistory>>>,
    /// Someone reads on in the background, so that questions need not.
    is_read_elsewhere: AtomicBool,
}

impl HistoryCell {
    /// Returns the repository of `root`; looks again each time while there is none, since one may be made.
    fn get(&self, root: &std::path::Path) -> Result<Option<Arc<GitHistory>>, GitError> {
        let mut cell = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        if cell.is_none() {
            *cell = GitHistory::open(root)?.map(Arc::new);
        }
        Ok(cell.clone())
    }

    /// Forgets the repository, so that the next question opens it anew.
    fn forget(&self) {
        *self.repository.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl KnowledgeBase {
    /// Returns the git history of the document at `path`; `None` outside of a git work tree.
    ///
    /// # Errors
    /// Where the file or the repository cannot be read.
    pub fn history(&self, path: &str) -> Result<Option<FileHistory>, KbError> {
        let Some(git) = self.history.get(self.root())? else { return Ok(None) };
        let bytes = self.load_file(path).unwrap_or_default();
        let elsewhere = self.history.is_read_elsewhere.load(Ordering::Relaxed);
        let budget = if elsewhere { Duration::ZERO } else { BUDGET };
        let found = git.of_file(path, &bytes, budget, &|path| self.keeps(path));
        if found.is_err() {
            self.history.forget();
        }
        Ok(found.map(Some)?)
    }

    /// Reads on in the git history for about `budget`, so that later questions need not wait; returns false once
    /// there is nothing more to read.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn read_history(&self, budget: Duration) -> Result<bool, KbError> {
        let read = || -> Result<bool, KbError> {
            match self.history.get(self.root())? {
                Some(git) => Ok(git.read_on(budget, &|path| self.keeps(path))?),
                None => Ok(false),
            }
        };
        self.history.is_read_elsewhere.store(true, Ordering::Relaxed);
        let more = read();
        self.history.is_read_elsewhere.store(matches!(more, Ok(true)), Ordering::Relaxed);
        more
    }

    fn keeps(&self, path: &str) -> bool {
        self.config.includes(path) && !self.config.excludes(path)
    }
}
