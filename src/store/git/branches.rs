//! Documents on other branches: what stands there and not in the commit that is checked out.

use std::collections::HashSet;
use std::path::Path;

use git2::{BranchType, Delta, DiffOptions, ErrorCode, ObjectType, Oid, Repository, Tree};

use super::GitError;
use super::repository::open;

/// Branches looked at, the most recently changed first, and files read of all of them.
const MAX_BRANCHES: usize = 500;
const MAX_FILES: usize = 5_000;
/// A larger file is no document.
const MAX_BYTES: usize = 4 << 20;

/// A file of another branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BranchFile {
    /// The branch (`origin/fix-7`).
    pub branch: String,
    /// Path below the folder asked about.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Returns the files below `root` that other branches, local and remote, add or change against the commit that is
/// checked out; nothing outside of a git work tree. `wanted` tells by the path below `root` which files matter.
///
/// # Errors
/// Where the repository cannot be read.
pub(crate) fn on_other_branches(root: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<BranchFile>, GitError> {
    let Some((repository, prefix)) = open(root)? else { return Ok(Vec::new()) };
    read(&repository, &prefix, wanted).map_err(|source| GitError::Git { path: root.to_owned(), source })
}

fn read(repository: &Repository, prefix: &str, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<BranchFile>, git2::Error> {
    let head = match repository.head().and_then(|head| head.peel_to_tree()) {
        Ok(tree) => Some(tree),
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => None,
        Err(error) => return Err(error),
    };
    let (mut files, mut blobs) = (Vec::new(), HashSet::new());
    for (name, tree) in trees(repository, head.as_ref())? {
        let mut options = DiffOptions::new();
        options.skip_binary_check(true);
        if !prefix.is_empty() {
            options.pathspec(prefix).disable_pathspec_match(true);
        }
        let diff = repository.diff_tree_to_tree(head.as_ref(), Some(&tree), Some(&mut options))?;
        for delta in diff.deltas().filter(|delta| matches!(delta.status(), Delta::Added | Delta::Modified)) {
            let file = delta.new_file();
            let Some(path) = file.path().and_then(|path| path.to_str()).and_then(|path| below(prefix, path)) else {
                continue;
            };
            if files.len() >= MAX_FILES {
                return Ok(files);
            }
            if wanted(path) && blobs.insert((path.to_owned(), file.id())) {
                let bytes = bytes_of(repository, file.id()).unwrap_or_default();
                files.push(BranchFile { branch: name.clone(), path: path.to_owned(), bytes });
            }
        }
    }
    Ok(files)
}

/// Returns the trees of the branches, each once, without that of the commit that is checked out.
fn trees<'a>(repository: &'a Repository, head: Option<&Tree<'a>>) -> Result<Vec<(String, Tree<'a>)>, git2::Error> {
    let mut commits = Vec::new();
    for branch in repository.branches(None)? {
        let (branch, kind) = branch?;
        // `origin/HEAD` is another name of a branch that comes anyway.
        let Ok(Some(name)) = branch.name().map(|name| name.map(str::to_owned)) else { continue };
        if kind == BranchType::Remote && name.ends_with("/HEAD") {
            continue;
        }
        if let Ok(commit) = branch.get().peel_to_commit() {
            commits.push((commit.time().seconds(), name, commit.tree_id()));
        }
    }
    commits.sort_by_key(|(seconds, ..)| std::cmp::Reverse(*seconds));
    let mut seen: HashSet<Oid> = head.iter().map(|tree| tree.id()).collect();
    let others = commits.into_iter().filter(|(.., tree)| seen.insert(*tree)).take(MAX_BRANCHES);
    others.map(|(_, name, tree)| Ok((name, repository.find_tree(tree)?))).collect()
}

fn bytes_of(repository: &Repository, id: Oid) -> Option<Vec<u8>> {
    let (size, kind) = repository.odb().ok()?.read_header(id).ok()?;
    if kind != ObjectType::Blob || size > MAX_BYTES {
        return None;
    }
    Some(repository.find_blob(id).ok()?.content().to_owned())
}

fn below<'a>(prefix: &str, path: &'a str) -> Option<&'a str> {
    if prefix.is_empty() { Some(path) } else { path.strip_prefix(prefix)?.strip_prefix('/') }
}
