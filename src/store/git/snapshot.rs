//! One commit as evidence is taken from it: its files as git keeps them, who changed each, what was deleted before it.
//!
//! Files are the bytes of git's blobs, never those on disk: settings for line ends and filters change the latter.

use std::path::Path;

use chrono::{DateTime, NaiveDate};
use git2::{Delta, ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};
use rustc_hash::FxHashMap;

use super::facts::{CommitFacts, facts};
use super::pass::{Pass, Touch};
use super::repository::{GitError, open};
use super::steps::{BlobStep, steps_of};
use super::uncommitted::uncommitted;

/// Commits read between two looks at the progress.
const STEP: usize = 64;
/// The mode of a symbolic link.
const LINK: i32 = 0o120_000;

/// Why no snapshot was taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SnapshotError {
    /// The folder lies in no git work tree.
    #[error("`{0}` is in no git repository")]
    NoRepository(String),
    /// The revision names no commit.
    #[error("git knows no commit `{0}`")]
    NoRevision(String),
    /// The repository cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
}

/// A file of the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeFile {
    /// Path below the folder, `/` between names.
    pub path: String,
    /// Id of its blob.
    pub blob: String,
    /// A symbolic link.
    pub is_link: bool,
    /// A repository within, of which the commit holds only a reference.
    pub is_repository: bool,
}

/// A commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The commit.
    pub commit: CommitFacts,
    /// Id of the blob after it.
    pub blob: String,
    /// The path before, of a file that was renamed.
    pub renamed_from: Option<String>,
}

/// A file after a commit that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    /// Place of the commit in the history; a newer one has a smaller one.
    pub order: i64,
    /// The commit.
    pub commit: String,
    /// The day on which it was made.
    pub day: NaiveDate,
    /// Path below the folder.
    pub path: String,
    /// Id of the blob; `None` where the commit deleted the file.
    pub blob: Option<String>,
}

/// A file that a commit deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deletion {
    /// Its path below the folder.
    pub path: String,
    /// Id of its last blob.
    pub blob: String,
    /// The commit.
    pub commit: CommitFacts,
}

/// A commit, and all commits before it.
pub(crate) struct Snapshot {
    repository: Repository,
    root: std::path::PathBuf,
    prefix: String,
    commit: Oid,
    pass: Pass,
}

impl Snapshot {
    /// Opens the commit that `revision` names (the one checked out where there is none) of the repository that `root`
    /// lies in.
    ///
    /// # Errors
    /// Where there is no repository or no such commit, or it cannot be read.
    pub(crate) fn open(root: &Path, revision: Option<&str>) -> Result<Self, SnapshotError> {
        let none = || SnapshotError::NoRepository(root.display().to_string());
        let (repository, prefix) = open(root)?.ok_or_else(none)?;
        let name = revision.unwrap_or("HEAD");
        let found = repository.revparse_single(name).and_then(|it| it.peel_to_commit()).map(|it| it.id());
        let commit = found.map_err(|_| SnapshotError::NoRevision(name.to_owned()))?;
        Ok(Self { repository, root: root.to_owned(), prefix, commit, pass: Pass::default() })
    }

    /// Reads all commits up to this one, so that changes and deletions are known.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn read_history(&mut self) -> Result<(), GitError> {
        let Self { repository, prefix, commit, pass, .. } = self;
        let mut read = || {
            pass.turn_to(repository, *commit, prefix, &|_| true)?;
            while !pass.is_done() {
                pass.advance(repository, &|_| true, STEP)?;
            }
            Ok(())
        };
        let done = read();
        done.map_err(|source| self.fail(source))
    }

    /// Returns why the history before the commit is not whole, where it is not.
    #[must_use]
    pub(crate) fn lack_of_history(&self) -> Option<&'static str> {
        if self.repository.is_shallow() {
            Some("the clone is shallow: older commits are not in it")
        } else {
            self.pass.is_capped().then_some("the repository has more commits than are read")
        }
    }

    /// Returns the commit.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn commit(&self) -> Result<CommitFacts, GitError> {
        self.facts(self.commit)
    }

    /// Returns the id of the tree of the commit.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn tree(&self) -> Result<String, GitError> {
        let tree = self.repository.find_commit(self.commit).map(|commit| commit.tree_id().to_string());
        tree.map_err(|source| self.fail(source))
    }

    /// Returns where the folder lies below the top of the repository; empty where it is the top.
    #[must_use]
    pub(crate) fn folder(&self) -> &str {
        &self.prefix
    }

    /// Returns every file below the folder, sorted by path.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn files(&self) -> Result<Vec<TreeFile>, GitError> {
        let read = || {
            let mut tree = self.repository.find_commit(self.commit)?.tree()?;
            if !self.prefix.is_empty() {
                let below = tree.get_path(Path::new(&self.prefix))?.id();
                tree = self.repository.find_tree(below)?;
            }
            let mut files = Vec::new();
            tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                let kind = entry.kind();
                if kind != Some(ObjectType::Tree) {
                    files.push(TreeFile {
                        path: format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes())),
                        blob: entry.id().to_string(),
                        is_link: entry.filemode() == LINK,
                        is_repository: kind == Some(ObjectType::Commit),
                    });
                }
                TreeWalkResult::Ok
            })?;
            files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
            Ok(files)
        };
        read().map_err(|source| self.fail(source))
    }

    /// Returns the blob of the file at `path` below the folder at `folder` of the commit.
    #[must_use]
    pub(crate) fn blob_of(&self, folder: &str, path: &str) -> Option<String> {
        let full = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let tree = self.repository.find_commit(self.commit).and_then(|commit| commit.tree()).ok()?;
        Some(tree.get_path(Path::new(&full)).ok()?.id().to_string())
    }

    /// Returns the bytes of a blob.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read (of a partial clone, say).
    pub(crate) fn read(&self, blob: &str) -> Result<Vec<u8>, GitError> {
        let read = || Ok(self.repository.find_blob(Oid::from_str(blob)?)?.content().to_vec());
        read().map_err(|source| self.fail(source))
    }

    /// Returns the commits that changed the file at `path`, under its earlier names too, newest first.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn changes(&self, path: &str) -> Result<Vec<Change>, GitError> {
        let change = |touch: &Touch| {
            let commit = self.facts(self.pass.commits[touch.commit].id)?;
            let renamed_from = touch.from.as_deref().map(str::to_owned);
            Ok(Change { commit, blob: touch.after.to_string(), renamed_from })
        };
        self.pass.chain(path).into_iter().filter(|touch| touch.kind != Delta::Deleted).map(change).collect()
    }

    /// Returns what the commits did to the file at `path`, under its earlier names too, the newest first; the number of a
    /// commit is its place in the list.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn steps(&self, path: &str) -> Result<Vec<(BlobStep, CommitFacts)>, GitError> {
        let numbered = |(at, step): (usize, BlobStep)| {
            let commit = self.facts(self.pass.commits[step.commit].id)?;
            Ok((BlobStep { commit: at, ..step }, commit))
        };
        steps_of(&self.pass, path).into_iter().enumerate().map(numbered).collect()
    }

    /// Returns the file at `path` after each commit that changed or deleted it, under its earlier names too, newest first,
    /// without a look at the commits.
    #[must_use]
    pub(crate) fn versions(&self, path: &str) -> Vec<Version> {
        let mut path = path.to_owned();
        let mut versions = Vec::new();
        for touch in self.pass.chain(&path.clone()) {
            let commit = &self.pass.commits[touch.commit];
            versions.push(Version {
                order: touch.order,
                commit: commit.id.to_string(),
                day: DateTime::from_timestamp(commit.committed, 0).unwrap_or_default().date_naive(),
                path: path.clone(),
                blob: (touch.kind != Delta::Deleted).then(|| touch.after.to_string()),
            });
            if let Some(from) = &touch.from {
                path = from.to_string();
            }
        }
        versions
    }

    /// Returns the files that each commit changed, by its id, under the last names that they had.
    #[must_use]
    pub(crate) fn documents_by_commit(&self) -> FxHashMap<String, Vec<String>> {
        let mut changed: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut paths = self.pass.last_paths();
        paths.sort_unstable();
        for path in paths {
            for touch in self.pass.chain(path) {
                let of_commit = changed.entry(self.pass.commits[touch.commit].id.to_string()).or_default();
                if of_commit.last().is_none_or(|last| last != path) {
                    of_commit.push(path.to_owned());
                }
            }
        }
        changed
    }

    /// Returns what the commit of a version says of itself.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn commit_of(&self, version: &Version) -> Result<CommitFacts, GitError> {
        let id = Oid::from_str(&version.commit).map_err(|source| self.fail(source))?;
        self.facts(id)
    }

    /// Opens the commit of a repository within that `file` names, without its history; `None` where that is not there.
    #[must_use]
    pub(crate) fn within(&self, file: &TreeFile) -> Option<Self> {
        let root = self.root.join(&file.path);
        let repository = Repository::open(&root).ok()?;
        let commit = repository.find_commit(Oid::from_str(&file.blob).ok()?).ok()?.id();
        Some(Self { repository, root, prefix: String::new(), commit, pass: Pass::default() })
    }

    /// Returns every file that a commit deleted, in the order of their paths, the newest deletion of a path first.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn deletions(&self) -> Result<Vec<Deletion>, GitError> {
        let deletion = |(path, touch): (&str, &Touch)| {
            let commit = self.facts(self.pass.commits[touch.commit].id)?;
            Ok(Deletion { path: path.to_owned(), blob: touch.before.to_string(), commit })
        };
        self.pass.deletions().into_iter().map(deletion).collect()
    }

    /// Returns what lies in the folder and is not as the commit checked out has it: changed, new or deleted files that
    /// git does not ignore, sorted.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn uncommitted(&self) -> Result<Vec<String>, GitError> {
        uncommitted(&self.repository, &self.prefix).map_err(|source| self.fail(source))
    }

    fn facts(&self, id: Oid) -> Result<CommitFacts, GitError> {
        let commit = self.repository.find_commit(id).map_err(|source| self.fail(source))?;
        let is_signed = self.repository.extract_signature(&id, None).is_ok();
        Ok(facts(&commit, is_signed))
    }

    fn fail(&self, source: git2::Error) -> GitError {
        GitError::Git { path: self.root.clone(), source }
    }
}
