//! The git history of documents, where the knowledge base lies in a git work tree.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::{KbError, KnowledgeBase};
use crate::config::Config;
use crate::store::git::{FileHistory, GitError, GitHistory, LastTimes};

/// How long one question reads on in the commits.
const BUDGET: Duration = Duration::from_millis(25);

/// The repository, once found.
#[derive(Default)]
pub(super) struct HistoryCell {
    repository: Mutex<Option<Arc<GitHistory>>>,
    /// Repositories within it (submodules), by the folder below the root in which they lie.
    within: Mutex<FxHashMap<String, Arc<GitHistory>>>,
    /// Somebody reads on in the background, so that questions need not; only they say so.
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
    pub(super) fn forget(&self) {
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
        if let Some(origin) = &self.origin {
            return origin.history(path);
        }
        let Some((git, within)) = self.history.of_file(self.root(), path)? else { return Ok(None) };
        let bytes = self.load_file(path).unwrap_or_default();
        let folder = path.strip_suffix(within).unwrap_or_default();
        let budget = if self.is_read_elsewhere() { Duration::ZERO } else { BUDGET };
        // What is read elsewhere is the repository of the root.
        let budget = if folder.is_empty() { budget } else { BUDGET };
        let config = self.config();
        let found = git.of_file(within, &bytes, budget, &|path| keeps(&config, &format!("{folder}{path}")));
        if found.is_err() {
            self.history.forget();
        }
        Ok(found.map(Some)?)
    }

    /// Returns the repository of the root where the file at `path` belongs to it, and not to one within.
    pub(super) fn repository_of(&self, path: &str) -> Result<Option<Arc<GitHistory>>, KbError> {
        let found = self.history.of_file(self.root(), path)?;
        Ok(found.filter(|(_, within)| *within == path).map(|(git, _)| git))
    }

    /// Reads on in the git history for about `budget`, for somebody who calls this again and again in the background:
    /// until there is nothing more to read questions leave it to them. Returns false then; commits that are made later
    /// and a history that was rewritten are more to read.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn read_history_ahead(&self, budget: Duration) -> Result<bool, KbError> {
        let more = self.read_on(budget).map(|git| git.is_some_and(|(_, more)| more));
        self.history.is_read_elsewhere.store(matches!(more, Ok(true)), Ordering::Relaxed);
        if more.is_err() {
            self.history.forget();
        }
        more
    }

    /// Reads on in the repository of the root, where there is one; returns it with whether there is more to read.
    fn read_on(&self, budget: Duration) -> Result<Option<(Arc<GitHistory>, bool)>, KbError> {
        let Some(git) = self.history.get(self.root())? else { return Ok(None) };
        // After the repository: one that was forgotten because the settings changed is not read by the old ones again.
        let config = self.config();
        let more = git.read_on(budget, &|path| keeps(&config, path))?;
        Ok(Some((git, more)))
    }

    /// Reads the commits to their end, in slices of about `slice`, and returns the repository; `None` outside of a git work tree.
    pub(super) fn history_read_whole(&self, slice: Duration) -> Result<Option<Arc<GitHistory>>, KbError> {
        loop {
            match self.read_on(slice)? {
                None => return Ok(None),
                Some((git, false)) => return Ok(Some(git)),
                Some((_, true)) => {}
            }
        }
    }

    /// Returns the commit that is checked out; `None` outside of a git work tree, or where there is no commit.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn head(&self) -> Result<Option<String>, KbError> {
        if let Some(origin) = &self.origin {
            return origin.head();
        }
        Ok(self.history.get(self.root())?.map(|git| git.head()).transpose()?.flatten())
    }

    /// Tells whether the knowledge base lies in a git work tree.
    pub(super) fn is_in_git(&self) -> Result<bool, KbError> {
        Ok(self.history.get(self.root())?.is_some())
    }

    /// Tells whether somebody reads the commits in the background, and has not come to their end.
    #[must_use]
    pub fn is_read_elsewhere(&self) -> bool {
        self.history.is_read_elsewhere.load(Ordering::Relaxed)
    }

    /// Returns when each file was last changed by a commit, as far as the commits have been read, after reading on for
    /// about `budget`, or somewhat longer where nobody does so in the background. Nothing outside of a git work tree.
    pub(super) fn commit_times(&self, budget: Duration) -> Result<LastTimes, KbError> {
        if let Some(origin) = &self.origin {
            return origin.commit_times();
        }
        let read = self.read_on(if self.is_read_elsewhere() { budget } else { budget.max(BUDGET) })?;
        Ok(read.map(|(git, _)| git.last_times()).unwrap_or_default())
    }
}

fn keeps(config: &Config, path: &str) -> bool {
    config.includes(path) && !config.excludes(path)
}
