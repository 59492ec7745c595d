//! What the pass tells of one file.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use git2::{Delta, ObjectType, Oid, Repository};

use super::lines;
use super::pass::{CommitInfo, Pass, Touch};

/// Commits told of one file.
const MAX_SHOWN: usize = 50;
/// Commits whose lines are counted: each costs the reading of two versions.
const MAX_COUNTED: usize = 20;

/// A commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCommit {
    /// The id in full.
    pub id: String,
    /// When it was written, in the author's zone.
    pub at: DateTime<FixedOffset>,
    /// When it was committed.
    pub committed: DateTime<Utc>,
    /// Name of the author.
    pub author: String,
    /// First line of the message.
    pub subject: String,
    /// Lines added and removed, where they were counted.
    pub lines: Option<(usize, usize)>,
    /// The file was deleted in it.
    pub deleted: bool,
    /// The file was called so before.
    pub renamed_from: Option<String>,
}

/// How a file on disk stands to the last commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkingState {
    /// As committed.
    Committed,
    /// Changed since.
    Changed,
    /// In no commit.
    Uncommitted,
}

/// Why the list of commits may not be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Older {
    /// It is whole.
    None,
    /// This many more are known and not told.
    Left(usize),
    /// The commits are still being read.
    Unread,
    /// The repository has more commits than are read.
    Capped,
    /// The clone is shallow: what is older is not in it.
    Shallow,
}

/// The history of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHistory {
    /// Newest first.
    pub commits: Vec<FileCommit>,
    /// Whether there may be more.
    pub older: Older,
    /// How the file on disk stands to the last commit.
    pub working: WorkingState,
}

impl FileHistory {
    /// Returns the history of a file that is in no commit.
    pub(super) fn uncommitted() -> Self {
        Self { commits: Vec::new(), older: Older::None, working: WorkingState::Uncommitted }
    }
}

/// Returns what the pass knows of the file at `path`; the working state is left to [`working_state`].
pub(super) fn of_file(repository: &Repository, pass: &Pass, path: &str) -> FileHistory {
    let chain = pass.chain(path);
    let commit = |(nth, touch): (usize, &&Touch)| {
        let lines = (nth < MAX_COUNTED).then(|| lines::count(repository, touch.before, touch.after)).flatten();
        let from = touch.from.as_deref().map(str::to_owned);
        file_commit(&pass.commits[touch.commit], lines, touch.kind == Delta::Deleted, from)
    };
    let commits = chain.iter().take(MAX_SHOWN).enumerate().map(commit).collect();
    let begins = chain.last().is_some_and(|touch| touch.kind == Delta::Added);
    let older = match chain.len() {
        length if length > MAX_SHOWN => Older::Left(length - MAX_SHOWN),
        _ if !pass.knows_beginning_of(path) => Older::Unread,
        _ if pass.is_capped() && !begins => Older::Capped,
        _ if repository.is_shallow() => Older::Shallow,
        _ => Older::None,
    };
    FileHistory { commits, older, working: WorkingState::Committed }
}

fn file_commit(
    commit: &CommitInfo,
    lines: Option<(usize, usize)>,
    deleted: bool,
    renamed_from: Option<String>,
) -> FileCommit {
    let offset = FixedOffset::east_opt(commit.offset.saturating_mul(60));
    let offset = offset.unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is an offset"));
    let at = offset.timestamp_opt(commit.seconds, 0).single();
    FileCommit {
        id: commit.id.to_string(),
        at: at.unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&offset)),
        committed: DateTime::from_timestamp(commit.committed, 0).unwrap_or_default(),
        author: commit.author.clone(),
        subject: commit.subject.clone(),
        lines,
        deleted,
        renamed_from,
    }
}

/// Compares the file on disk with the last commit. Git may turn line ends when it writes a file, so those are no
/// change.
pub(super) fn working_state(
    repository: &Repository,
    head: Oid,
    prefix: &str,
    path: &str,
    newest: Option<Oid>,
    bytes: &[u8],
) -> Result<WorkingState, git2::Error> {
    let is_blob = |id: Oid, bytes: &[u8]| Oid::hash_object(ObjectType::Blob, bytes).is_ok_and(|hash| hash == id);
    // The tree of a large folder is long to read, and the newest change mostly tells what is in it.
    if newest.is_some_and(|id| is_blob(id, bytes)) {
        return Ok(WorkingState::Committed);
    }
    let full = if prefix.is_empty() { path.to_owned() } else { format!("{prefix}/{path}") };
    let tree = repository.find_commit(head)?.tree()?;
    let Ok(committed) = tree.get_path(std::path::Path::new(&full)) else { return Ok(WorkingState::Uncommitted) };
    let same = is_blob(committed.id(), bytes) || is_blob(committed.id(), &without_carriage_returns(bytes));
    Ok(if same { WorkingState::Committed } else { WorkingState::Changed })
}

fn without_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if !(byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')) {
            out.push(byte);
        }
    }
    out
}
