//! The folder of a knowledge base in a commit, and where it lay before it was renamed.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{Commit, Delta, Diff, DiffFindOptions, DiffOptions, ObjectType, Oid, Repository, Tree};
use git2::{TreeWalkMode, TreeWalkResult};
use rustc_hash::FxHashMap;

use super::change::MAX_RENAME_PAIRS;

/// Returns the folder at `place` of a commit (`/` between names; all of it where that is empty).
pub(super) fn folder<'r>(repository: &'r Repository, commit: &Commit<'_>, place: &str) -> Option<Tree<'r>> {
    let tree = commit.tree().ok()?;
    if place.is_empty() {
        return repository.find_tree(tree.id()).ok();
    }
    let entry = tree.get_path(Path::new(place)).ok()?;
    repository.find_tree(entry.id()).ok()
}

/// Returns where the folder that `commit` has at `place` lay in its `parent`, which has none there: the folder that most of
/// its files came from, where that is gone or most of its files went here.
pub(super) fn place_before(
    repository: &Repository,
    parent: &Commit<'_>,
    commit: &Commit<'_>,
    place: &str,
) -> Result<Option<String>, git2::Error> {
    let (before, after) = (parent.tree()?, commit.tree()?);
    let mut options = DiffOptions::new();
    options.skip_binary_check(true).ignore_submodules(true);
    let mut diff = repository.diff_tree_to_tree(Some(&before), Some(&after), Some(&mut options))?;
    let mut came = origins(&diff, place);
    if came.is_empty() {
        came = similar(&mut diff, place)?;
    }
    let most = came.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    let Some((earlier, moved)) = most else { return Ok(None) };
    let is_gone = !earlier.is_empty() && after.get_path(Path::new(&earlier)).is_err();
    let went_here = || Some(files(&folder(repository, parent, &earlier)?) < 2 * moved);
    Ok((is_gone || went_here().unwrap_or(false)).then_some(earlier))
}

/// Returns how many files came to `place` as they were from each folder.
fn origins(diff: &Diff<'_>, place: &str) -> BTreeMap<String, usize> {
    let mut gone: FxHashMap<Oid, Vec<String>> = FxHashMap::default();
    for file in diff.deltas().filter(|delta| delta.status() == Delta::Deleted) {
        gone.entry(file.old_file().id()).or_default().push(text(file.old_file().path_bytes()));
    }
    let mut came = BTreeMap::new();
    for file in diff.deltas().filter(|delta| delta.status() == Delta::Added) {
        let path = text(file.new_file().path_bytes());
        let earlier = gone.get(&file.new_file().id()).into_iter().flatten();
        for folder in earlier.filter_map(|earlier| origin(earlier, &path, place)) {
            *came.entry(folder).or_default() += 1;
        }
    }
    came
}

/// Returns how many files came to `place` from each folder, and were changed on the way.
fn similar(diff: &mut Diff<'_>, place: &str) -> Result<BTreeMap<String, usize>, git2::Error> {
    let count = |kind| diff.deltas().filter(|delta| delta.status() == kind).count();
    let mut came = BTreeMap::new();
    if count(Delta::Added) * count(Delta::Deleted) <= MAX_RENAME_PAIRS {
        diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
        for file in diff.deltas().filter(|delta| delta.status() == Delta::Renamed) {
            let [earlier, path] = [file.old_file(), file.new_file()].map(|file| text(file.path_bytes()));
            if let Some(folder) = origin(&earlier, &path, place) {
                *came.entry(folder).or_default() += 1;
            }
        }
    }
    Ok(came)
}

/// Returns the folder that takes the part of `place` in the earlier path of a file.
fn origin(earlier: &str, path: &str, place: &str) -> Option<String> {
    let rest = path.strip_prefix(place)?.strip_prefix('/')?;
    let folder = earlier.strip_suffix(rest)?;
    if folder.is_empty() { Some(String::new()) } else { folder.strip_suffix('/').map(str::to_owned) }
}

fn files(tree: &Tree<'_>) -> usize {
    let mut count = 0;
    // What cannot be read is counted as less, which follows the folder rather than to lose it.
    let _ = tree.walk(TreeWalkMode::PreOrder, |_, entry| {
        count += usize::from(entry.kind() == Some(ObjectType::Blob));
        TreeWalkResult::Ok
    });
    count
}

fn text(path: Option<&[u8]>) -> String {
    String::from_utf8_lossy(path.unwrap_or_default()).into_owned()
}
