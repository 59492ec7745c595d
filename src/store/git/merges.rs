//! What a merge leaves out of one of its parents, files and changes: nobody's commit deleted it, and yet it is gone.

use std::collections::HashSet;
use std::path::Path;

use git2::{Delta, ErrorCode, Oid, Repository, Tree};
use rustc_hash::FxHashMap;

use super::change::{Change, Side};

/// Returns the files that one of `sides` has and the merge does not, and that no other side deleted since their common
/// ancestor, as deletions. `against` is what the merge changed against each side, `own` what it changed against all.
pub(super) fn dropped(
    repository: &Repository,
    sides: &[Side<'_>],
    against: &[Vec<Change>],
    own: &[Change],
) -> Result<Vec<Change>, git2::Error> {
    let mut told: HashSet<&str> = own.iter().map(|change| &*change.path).collect();
    let mut bases = Bases { repository, found: FxHashMap::default() };
    let mut lost = Vec::new();
    for (side, changes) in sides.iter().zip(against) {
        // What stands in the merge under another name was moved.
        let new: HashSet<Oid> = of_kind(changes, Delta::Added).map(|change| change.after).collect();
        for change in of_kind(changes, Delta::Deleted).filter(|change| !new.contains(&change.before)) {
            if told.contains(&*change.path) {
                continue;
            }
            let lacks = |other: &&Side<'_>| other.id != side.id && !has(other, &change.path);
            let mut is_deletion_of_others = false;
            for other in sides.iter().filter(lacks) {
                is_deletion_of_others |= bases.have(side, other, &change.path)?;
            }
            if !is_deletion_of_others {
                told.insert(&change.path);
                lost.push(change.clone());
            }
        }
    }
    Ok(lost)
}

/// Returns what the merge made of files that one of `sides` changed since their common ancestor, and of which it has the version
/// of another side whole: what was changed there is gone.
pub(super) fn overruled(
    repository: &Repository,
    sides: &[Side<'_>],
    against: &[Vec<Change>],
    own: &[Change],
) -> Result<Vec<Change>, git2::Error> {
    let own: HashSet<&str> = own.iter().map(|change| &*change.path).collect();
    let mut bases = Bases { repository, found: FxHashMap::default() };
    let mut found = Vec::new();
    for (side, changes) in sides.iter().zip(against) {
        for change in of_kind(changes, Delta::Modified).filter(|change| !own.contains(&*change.path)) {
            let mut others = sides.iter().filter(|other| other.id != side.id);
            let taken = others.find(|other| blob_of(other.tree.as_ref(), &change.path) == Some(change.after));
            let Some(other) = taken else { continue };
            // A side that has what a common ancestor has changed nothing.
            let blobs = bases.blobs(side, other, &change.path)?;
            if !blobs.is_empty() && !blobs.contains(&change.before) {
                found.push(change.clone());
            }
        }
    }
    Ok(found)
}

/// Makes a rename of each file that is new against every parent and that one of them has under another name.
pub(super) fn follow(own: &mut [Change], against: &[Vec<Change>]) {
    let gone = against.iter().flat_map(|changes| of_kind(changes, Delta::Deleted));
    let gone: FxHashMap<Oid, &Change> = gone.map(|change| (change.before, change)).collect();
    for change in own.iter_mut().filter(|change| change.kind == Delta::Added) {
        if let Some(earlier) = gone.get(&change.after) {
            (change.kind, change.before) = (Delta::Renamed, earlier.before);
            change.from = Some(earlier.path.clone());
        }
    }
}

fn of_kind(changes: &[Change], kind: Delta) -> impl Iterator<Item = &Change> {
    changes.iter().filter(move |change| change.kind == kind)
}

fn has(side: &Side<'_>, path: &str) -> bool {
    blob_of(side.tree.as_ref(), path).is_some()
}

fn blob_of(tree: Option<&Tree<'_>>, path: &str) -> Option<Oid> {
    Some(tree?.get_path(Path::new(path)).ok()?.id())
}

/// The common ancestors of two parents, looked for once.
struct Bases<'r> {
    repository: &'r Repository,
    found: FxHashMap<(Oid, Oid), Vec<Oid>>,
}

impl Bases<'_> {
    /// Tells whether a common ancestor of the two has the file.
    fn have(&mut self, one: &Side<'_>, other: &Side<'_>, path: &str) -> Result<bool, git2::Error> {
        Ok(!self.blobs(one, other, path)?.is_empty())
    }

    /// Returns the versions of the file that common ancestors of the two have.
    fn blobs(&mut self, one: &Side<'_>, other: &Side<'_>, path: &str) -> Result<Vec<Oid>, git2::Error> {
        let key = (one.id, other.id);
        if !self.found.contains_key(&key) {
            let bases = match self.repository.merge_bases(one.id, other.id) {
                Ok(ids) => ids.to_vec(),
                // Histories without a common beginning have no ancestor.
                Err(error) if error.code() == ErrorCode::NotFound => Vec::new(),
                Err(error) => return Err(error),
            };
            self.found.insert(key, bases);
        }
        let mut blobs = Vec::new();
        for base in &self.found[&key] {
            let tree = self.repository.find_commit(*base)?.tree()?;
            let full = |place: &str| if place.is_empty() { path.to_owned() } else { format!("{place}/{path}") };
            blobs.extend([one, other].iter().filter_map(|side| blob_of(Some(&tree), &full(&side.place))));
        }
        Ok(blobs)
    }
}
