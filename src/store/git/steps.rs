//! What every commit did to each file: the blob before and after it.

use std::path::Path;

use chrono::{DateTime, Utc};
use git2::{Delta, ObjectType, Oid, Repository};

use super::pass::{CommitInfo, Pass};

/// What names a version of a file.
pub(crate) type BlobId = Oid;

/// Returns what names a version of a file with these bytes.
#[must_use]
pub(crate) fn blob_of(bytes: &[u8]) -> Option<BlobId> {
    Oid::hash_object(ObjectType::Blob, bytes).ok()
}

/// A commit, as far as lists tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepCommit {
    /// The id in full.
    pub id: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Who wrote the change.
    pub author: String,
    /// The history that is there begins with it.
    pub is_first: bool,
}

/// What one commit did to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BlobStep {
    /// Number of the commit in [`Steps::commits`].
    pub commit: usize,
    /// The path after it.
    pub path: String,
    /// The path before it.
    pub path_before: String,
    /// The blob before, zero where there was no file.
    pub before: BlobId,
    /// The blob after, zero where it was deleted.
    pub after: BlobId,
}

/// What the commits did to the files of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Steps {
    /// The commits, in no order.
    pub commits: Vec<StepCommit>,
    /// By path, those of a file the newest first, under its earlier names too. Files that were deleted are among them.
    pub files: Vec<(String, Vec<BlobStep>)>,
    /// Why they may not be all, where they may not.
    pub lack: Option<&'static str>,
}

/// Reads blobs; one for each thread.
pub(crate) struct Blobs(Repository);

impl Blobs {
    pub(super) fn open(git_dir: &Path) -> Result<Self, git2::Error> {
        Repository::open(git_dir).map(Self)
    }

    /// Returns the bytes of a blob; `None` where it is not there, as in a partial clone.
    #[must_use]
    pub(crate) fn read(&self, blob: BlobId) -> Option<Vec<u8>> {
        Some(self.0.find_blob(blob).ok()?.content().to_vec())
    }
}

/// Returns what the commits that were read did to each file.
pub(super) fn steps(repository: &Repository, pass: &Pass) -> Steps {
    let of_path = |path: &str| (path.to_owned(), steps_of(pass, path));
    let mut files: Vec<(String, Vec<BlobStep>)> = pass.last_paths().into_iter().map(of_path).collect();
    files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Steps { commits: pass.commits.iter().map(commit).collect(), files, lack: lack(repository, pass) }
}

/// Returns what the commits did to the file at `path`, and of the commits those alone; `None` where its beginning is not read
/// yet, or more than `most` did something to it.
pub(super) fn steps_of_file(repository: &Repository, pass: &Pass, path: &str, most: usize) -> Option<Steps> {
    let mut steps = Some(steps_of(pass, path)).filter(|it| it.len() <= most && pass.knows_beginning_of(path))?;
    let mut commits: Vec<usize> = steps.iter().map(|step| step.commit).collect();
    commits.sort_unstable();
    commits.dedup();
    for step in &mut steps {
        step.commit = commits.partition_point(|&commit| commit < step.commit);
    }
    let commits = commits.into_iter().map(|number| commit(&pass.commits[number])).collect();
    Some(Steps { commits, files: vec![(path.to_owned(), steps)], lack: lack(repository, pass) })
}

fn commit(of: &CommitInfo) -> StepCommit {
    StepCommit {
        id: of.id.to_string(),
        at: DateTime::from_timestamp(of.committed, 0).unwrap_or_default(),
        author: of.author.clone(),
        is_first: of.is_first,
    }
}

/// Returns why the steps may not be all, where they may not.
fn lack(repository: &Repository, pass: &Pass) -> Option<&'static str> {
    match (repository.is_shallow(), pass.is_capped()) {
        (true, _) => Some("the clone is shallow: older commits are not in it"),
        (_, true) => Some("the repository has more commits than are read"),
        _ => None,
    }
}

/// Returns what the commits did to the file at `path`, the newest first, under its earlier names too; of a merge, what it did to
/// the version of each parent.
pub(super) fn steps_of(pass: &Pass, path: &str) -> Vec<BlobStep> {
    let mut at = path.to_owned();
    let mut steps = Vec::new();
    for touch in pass.chain(path) {
        let after = if touch.kind == Delta::Deleted { Oid::ZERO_SHA1 } else { touch.after };
        let path = at.clone();
        if let Some(from) = &touch.from {
            at = from.to_string();
        }
        let step = |before: &Oid| {
            let (path, path_before) = (path.clone(), at.clone());
            BlobStep { commit: touch.commit, path, path_before, before: *before, after }
        };
        steps.extend(touch.also.iter().chain([&touch.before]).map(step));
    }
    steps
}
