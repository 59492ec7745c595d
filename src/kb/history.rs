//! The git history of documents, where the knowledge base lies in a git work tree.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::{KbError, KnowledgeBase};
use crate::store::git::{FileHistory, GitError, GitHistory};

/// How long one question reads on in the commits.
const BUDGET: Duration = Duration::from_millis(25);

/// The repository, once found.
#[derive(Default)]
pub(super) struct HistoryCell {
    repository: Mutex<Option<Arc<GitHistory>>>,
    /// Repositories within it (submodules), by the folder below the root in which they lie.
    within: Mutex<FxHashMap<String, Arc<GitHistory>>>,
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

    /// Returns the repository that the file at `path` belongs to, and its path there: that of `root`, or one within it.
    fn of_file<'p>(
        &self,
        root: &std::path::Path,
        path: &'p str,
    ) -> Result<Option<(Arc<GitHistory>, &'p str)>, GitError> {
        let folders = path.rmatch_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
        for (folder, rest) in folders.filter(|(folder, _)| root.join(folder).join(".git").exists()) {
            let mut within = self.within.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(git) = within.get(folder) {
                return Ok(Some((Arc::clone(git), rest)));
            }
            if let Some(git) = GitHistory::open(&root.join(folder))? {
                let git = Arc::new(git);
                within.insert(folder.to_owned(), Arc::clone(&git));
                return Ok(Some((git, rest)));
            }
        }
        Ok(self.get(root)?.map(|git| (git, path)))
    }

    /// Forgets the repositories, so that the next question opens them anew.
    fn forget(&self) {
        *self.repository.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.within.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl KnowledgeBase {
    /// Returns the git history of the document at `path`; `None` outside of a git work tree.
    ///
    /// # Errors
    /// Where the file or the repository cannot be read.
    pub fn history(&self, path: &str) -> Result<Option<FileHistory>, KbError> {
        let Some((git, within)) = self.history.of_file(self.root(), path)? else { return Ok(None) };
        let bytes = self.load_file(path).unwrap_or_default();
        let folder = path.strip_suffix(within).unwrap_or_default();
        let elsewhere = self.history.is_read_elsewhere.load(Ordering::Relaxed);
        let budget = if elsewhere { Duration::ZERO } else { BUDGET };
        // What is read elsewhere is the repository of the root.
        let budget = if folder.is_empty() { budget } else { BUDGET };
        let found = git.of_file(within, &bytes, budget, &|path| self.keeps(&format!("{folder}{path}")));
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

    /// Returns when each file was last changed by a commit, as far as the commits have been read: seconds since 1970.
    /// Nothing outside of a git work tree.
    pub(super) fn commit_times(&self) -> Result<FxHashMap<String, i64>, KbError> {
        let Some(git) = self.history.get(self.root())? else { return Ok(FxHashMap::default()) };
        if !self.history.is_read_elsewhere.load(Ordering::Relaxed) {
            git.read_on(BUDGET, &|path| self.keeps(path))?;
        }
        Ok(git.last_times())
    }

    /// Tells whether the repository of the root is a shallow clone: a file that an older commit changed last then has the
    /// day of the oldest commit that is there.
    pub(super) fn has_shallow_history(&self) -> Result<bool, KbError> {
        Ok(self.history.get(self.root())?.is_some_and(|git| git.is_shallow()))
    }

    fn keeps(&self, path: &str) -> bool {
        self.config.includes(path) && !self.config.excludes(path)
    }
}
