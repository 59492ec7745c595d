//! The repository that holds a folder: found, opened, and opened anew when it changes under our feet.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use git2::{ErrorClass, ErrorCode, Oid, Repository};
use rustc_hash::FxHashMap;

use super::history::{self, FileHistory};
use super::pass::Pass;
use super::steps::{Blobs, Steps, steps, steps_of_file};
use super::uncommitted::uncommitted;
use crate::model::shell_path;

/// Commits after which the repository is opened anew: libgit2 keeps what it has read.
const COMMITS_A_HANDLE: usize = 2000;
/// Commits between two looks at the clock.
const COMMITS_A_STEP: usize = 4;
/// Files whose finished history is kept for the next reader.
const MAX_KEPT: usize = 256;

/// Why a history could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// Git refuses repositories of other users until told otherwise.
    #[error("git does not trust the repository in `{}`, because it belongs to another user", path.display())]
    NotOwned {
        /// Its work tree.
        path: PathBuf,
    },
    /// libgit2 failed.
    #[error("cannot read the git repository of `{}`", path.display())]
    Git {
        /// The folder asked about.
        path: PathBuf,
        /// The cause.
        source: git2::Error,
    },
}

impl GitError {
    /// Returns what to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotOwned { path } => {
                let path = shell_path(&path.display().to_string());
                Some(format!("if you trust it, run `git config --global --add safe.directory {path}`"))
            }
            Self::Git { .. } => None,
        }
    }
}

/// When files were last changed by a commit.
#[derive(Debug, Clone, Default)]
pub(crate) struct LastTimes {
    /// By path, as far as the commits have been read: seconds since 1970.
    pub times: FxHashMap<String, i64>,
    /// There is more to read.
    pub more: bool,
    /// There are more commits than are ever read.
    pub capped: bool,
    /// The clone is shallow: a file that an older commit changed last has the day of the oldest commit that is there.
    pub shallow: bool,
}

/// The history of the files below one folder. Can be shared between threads.
pub(crate) struct GitHistory {
    root: PathBuf,
    git_dir: PathBuf,
    /// The folder below the top of the work tree, `/` between names; empty where it is the top.
    prefix: String,
    state: Mutex<State>,
}

struct State {
    repository: Repository,
    /// Commits walked with this handle.
    walked: usize,
    pass: Pass,
    /// Finished histories, each of a head, and of all commits or the newest ones.
    kept: HashMap<String, ((Oid, bool), Arc<FileHistory>)>,
}

impl GitHistory {
    /// Opens the repository that `root` lies in; `None` where there is none with a work tree.
    ///
    /// # Errors
    /// Where there is one and git does not trust it, or it cannot be read.
    pub(crate) fn open(root: &Path) -> Result<Option<Self>, GitError> {
        let Some((repository, prefix)) = open(root)? else { return Ok(None) };
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let git_dir = repository.path().to_owned();
        let state = State { repository, walked: 0, pass: Pass::default(), kept: HashMap::new() };
        Ok(Some(Self { root, git_dir, prefix, state: Mutex::new(state) }))
    }

    /// Returns the history of the file at `path` (below the folder), whose bytes on disk are `bytes`. Reads on in the
    /// commits for at most `budget` where the beginning of the file is not known yet. `wanted` tells of which paths
    /// the history is kept.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn of_file(
        &self,
        path: &str,
        bytes: &[u8],
        budget: Duration,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<FileHistory, GitError> {
        let mut state = self.lock();
        let read = |state: &mut State| -> Result<FileHistory, git2::Error> {
            let Some(head) = head(&state.repository)? else { return Ok(FileHistory::uncommitted()) };
            state.pass.turn_to(&state.repository, head, &self.prefix, wanted)?;
            let deadline = Instant::now() + budget;
            while !state.pass.knows_beginning_of(path) && Instant::now() < deadline {
                state.pass.advance(&state.repository, wanted, COMMITS_A_STEP)?;
            }
            let of = (head, state.pass.is_done());
            let known = state.kept.get(path).filter(|(kept, _)| *kept == of).map(|(_, history)| history.clone());
            let history = match known {
                Some(history) => history,
                None => Arc::new(history::of_file(&state.repository, &state.pass, path)),
            };
            if state.kept.len() >= MAX_KEPT {
                state.kept.clear();
            }
            if state.pass.knows_beginning_of(path) {
                state.kept.insert(path.to_owned(), (of, history.clone()));
            }
            let newest = state.pass.chain(path).first().map(|touch| touch.after);
            let working = history::working_state(&state.repository, head, &self.prefix, path, newest, bytes)?;
            Ok(FileHistory { working, ..(*history).clone() })
        };
        read(&mut state).map_err(|source| self.fail(source))
    }

    /// Returns when the last change of each file was committed, as far as commits have been read.
    #[must_use]
    pub(crate) fn last_times(&self) -> LastTimes {
        let state = self.lock();
        let pass = &state.pass;
        let (more, capped, shallow) = (!pass.is_done(), pass.is_capped(), state.repository.is_shallow());
        LastTimes { times: pass.last_times(), more, capped, shallow }
    }

    /// Reads on in the commits for about `budget`; returns false once all are read.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn read_on(&self, budget: Duration, wanted: &dyn Fn(&str) -> bool) -> Result<bool, GitError> {
        let mut state = self.lock();
        let deadline = Instant::now() + budget;
        let mut read = || -> Result<bool, git2::Error> {
            let Some(head) = head(&state.repository)? else { return Ok(false) };
            let state = &mut *state;
            state.pass.turn_to(&state.repository, head, &self.prefix, wanted)?;
            while !state.pass.is_done() && Instant::now() < deadline {
                state.walked += state.pass.advance(&state.repository, wanted, COMMITS_A_STEP)?;
            }
            if state.walked > COMMITS_A_HANDLE || (state.pass.is_done() && state.walked > 0) {
                state.repository = Repository::open(&self.git_dir)?;
                state.walked = 0;
            }
            Ok(!state.pass.is_done())
        };
        read().map_err(|source| self.fail(source))
    }

    /// Returns what the commits that were read did to each file. The caller has read on until nothing was left.
    #[must_use]
    pub(crate) fn steps(&self) -> Steps {
        let state = self.lock();
        steps(&state.repository, &state.pass)
    }

    /// Returns what the commits did to the file at `path`, and of the commits those alone; `None` where its beginning is not read
    /// yet, or more than `most` did something to it.
    #[must_use]
    pub(crate) fn steps_of_file(&self, path: &str, most: usize) -> Option<Steps> {
        let state = self.lock();
        steps_of_file(&state.repository, &state.pass, path, most)
    }

    /// Returns a reader of blobs of its own.
    ///
    /// # Errors
    /// Where the repository cannot be opened.
    pub(crate) fn blobs(&self) -> Result<Blobs, GitError> {
        Blobs::open(&self.git_dir).map_err(|source| self.fail(source))
    }

    /// Returns what lies in the folder and is not as the commit checked out has it, sorted.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn uncommitted(&self) -> Result<Vec<String>, GitError> {
        uncommitted(&self.lock().repository, &self.prefix).map_err(|source| self.fail(source))
    }

    /// Returns the commit that is checked out; `None` in a repository without any.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn head(&self) -> Result<Option<String>, GitError> {
        let found = head(&self.lock().repository).map_err(|source| self.fail(source))?;
        Ok(found.map(|id| id.to_string()))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in between leaves at worst a pass that lacks a commit, and it is derived.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, source: git2::Error) -> GitError {
        if source.code() == ErrorCode::Owner {
            return GitError::NotOwned { path: self.root.clone() };
        }
        GitError::Git { path: self.root.clone(), source }
    }
}

/// Opens the repository that `root` lies in, and where `root` lies below the top of its work tree, `/` between names;
/// `None` where there is none with a work tree.
///
/// # Errors
/// Where there is one and git does not trust it, or it cannot be read.
pub(super) fn open(root: &Path) -> Result<Option<(Repository, String)>, GitError> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let repository = match Repository::discover(&root) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
        Err(error) if error.code() == ErrorCode::Owner => {
            let top = root.ancestors().find(|folder| folder.join(".git").exists());
            return Err(GitError::NotOwned { path: top.unwrap_or(&root).to_owned() });
        }
        Err(source) => return Err(GitError::Git { path: root, source }),
    };
    let top = repository.workdir().and_then(|top| top.canonicalize().ok());
    let Some(below) = top.and_then(|top| root.strip_prefix(top).ok().map(Path::to_owned)) else { return Ok(None) };
    let prefix: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(Some((repository, prefix.join("/"))))
}

/// Returns the top of the work tree that `root` lies in, and where `root` lies below it, `/` between names; `None` outside
/// of git.
///
/// # Errors
/// Where there is a repository and it cannot be read.
pub(crate) fn place(root: &Path) -> Result<Option<(PathBuf, String)>, GitError> {
    let top = |(repository, below): (Repository, String)| Some((repository.workdir()?.to_owned(), below));
    Ok(open(root)?.and_then(top))
}

/// Returns the commit that is checked out; `None` in a repository without any.
fn head(repository: &Repository) -> Result<Option<Oid>, git2::Error> {
    match repository.head().and_then(|head| head.peel_to_commit()) {
        Ok(commit) => Ok(Some(commit.id())),
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
        Err(error) if error.class() == ErrorClass::Reference => Ok(None),
        Err(error) => Err(error),
    }
}
