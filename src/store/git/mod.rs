//! The git history of files, read through libgit2: which commits changed a file, and whether it has changed since.
//!
//! One pass over the commits serves every file, since asking git for one file costs as much as for all. The pass is
//! made in slices, newest commits first, so that nobody waits for the whole of it; a new commit extends it.

mod branches;
mod change;
mod changes;
mod commits;
mod facts;
mod folder;
mod history;
mod lines;
mod merges;
mod order;
mod pass;
mod repository;
mod snapshot;
mod steps;
mod uncommitted;
mod unverified;

#[cfg(test)]
mod tests;

pub(crate) use branches::{BranchFile, on_other_branches};
pub(crate) use commits::{CommitsError, GitEvent, Since, events};
pub(crate) use facts::{CommitFacts, user_name};
pub use history::{FileCommit, FileHistory, Older, WorkingState};
pub use repository::GitError;
pub(crate) use repository::{GitHistory, LastTimes, place};
pub(crate) use snapshot::{Change, Deletion, Snapshot, SnapshotError, TreeFile, Version};
pub(crate) use steps::{BlobId, BlobStep, Blobs, StepCommit, Steps, blob_of};
pub(crate) use unverified::Unverified;
