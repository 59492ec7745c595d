//! A change of one file, and what two versions of a folder differ in.

use std::sync::Arc;

use git2::{Delta, DiffFindOptions, DiffOptions, Oid, Repository, Tree};

/// Additions times deletions in one commit above which renames are not looked for.
pub(super) const MAX_RENAME_PAIRS: usize = 10_000;

/// A change of one file.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) path: Box<str>,
    pub(super) kind: Delta,
    pub(super) before: Oid,
    pub(super) after: Oid,
    /// The path before, of a file that was renamed.
    pub(super) from: Option<Box<str>>,
    /// The blobs that further parents of a merge have, where it is neither of them.
    pub(super) also: Vec<Oid>,
}

/// A parent of a commit.
pub(super) struct Side<'r> {
    pub(super) id: Oid,
    /// Where the folder lies in it.
    pub(super) place: Arc<str>,
    /// The folder, where it has it.
    pub(super) tree: Option<Tree<'r>>,
}

/// Returns what changed between two versions of a folder; `renames` looks for files that were renamed.
pub(super) fn compare(
    repository: &Repository,
    before: Option<&Tree<'_>>,
    after: Option<&Tree<'_>>,
    renames: bool,
) -> Result<Vec<Change>, git2::Error> {
    if before.map(Tree::id) == after.map(Tree::id) {
        return Ok(Vec::new());
    }
    let mut options = DiffOptions::new();
    options.skip_binary_check(true).ignore_submodules(true);
    let mut diff = repository.diff_tree_to_tree(before, after, Some(&mut options))?;
    let count = |kind| diff.deltas().filter(|delta| delta.status() == kind).count();
    let (added, deleted) = (count(Delta::Added), count(Delta::Deleted));
    if renames && added > 0 && deleted > 0 && added * deleted <= MAX_RENAME_PAIRS {
        diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
    }
    let text = |path: Option<&[u8]>| -> Box<str> { String::from_utf8_lossy(path.unwrap_or_default()).into() };
    let change = |delta: git2::DiffDelta<'_>| {
        let (old, new) = (delta.old_file(), delta.new_file());
        let renamed = delta.status() == Delta::Renamed;
        Change {
            path: text(new.path_bytes().or(old.path_bytes())),
            kind: delta.status(),
            before: old.id(),
            after: new.id(),
            from: renamed.then(|| text(old.path_bytes())),
            also: Vec::new(),
        }
    };
    Ok(diff.deltas().map(change).collect())
}
