//! What one commit changed below a folder, and where that folder lay before it.

use std::sync::Arc;

use git2::{Commit, Oid, Repository, Tree};
use rustc_hash::FxHashMap;

use super::change::{Change, Side, compare};
use super::folder::{folder, place_before};
use super::merges::{dropped, follow, overruled};

/// Returns what a commit changed in the folder at `place`, and its parents. Of a merge, that is what it changed against every
/// parent, and what it dropped of one of them, files and changes.
pub(super) fn changes<'r>(
    repository: &'r Repository,
    commit: &Commit<'r>,
    place: &Arc<str>,
) -> Result<(Vec<Change>, Vec<Side<'r>>), git2::Error> {
    let after = folder(repository, commit, place);
    let sides = commit.parents().map(|parent| side(repository, &parent, commit, place, after.is_some()));
    let sides: Vec<Side<'r>> = sides.collect::<Result<_, _>>()?;
    let found = match sides.as_slice() {
        [] => compare(repository, None, after.as_ref(), true)?,
        [side] => compare(repository, side.tree.as_ref(), after.as_ref(), true)?,
        sides => of_merge(repository, sides, after.as_ref())?,
    };
    Ok((found, sides))
}

fn side<'r>(
    repository: &'r Repository,
    parent: &Commit<'r>,
    commit: &Commit<'r>,
    place: &Arc<str>,
    is_there: bool,
) -> Result<Side<'r>, git2::Error> {
    let (id, tree) = (parent.id(), folder(repository, parent, place));
    if tree.is_none()
        && is_there
        && let Some(earlier) = place_before(repository, parent, commit, place)?
    {
        let tree = folder(repository, parent, &earlier);
        return Ok(Side { id, place: earlier.into(), tree });
    }
    Ok(Side { id, place: Arc::clone(place), tree })
}

fn of_merge(repository: &Repository, sides: &[Side<'_>], after: Option<&Tree<'_>>) -> Result<Vec<Change>, git2::Error> {
    let against = sides.iter().map(|side| compare(repository, side.tree.as_ref(), after, false));
    let against: Vec<Vec<Change>> = against.collect::<Result<_, _>>()?;
    let Some((first, others)) = against.split_first() else { return Ok(Vec::new()) };
    let mut own = first.clone();
    for other in others {
        let before: FxHashMap<&str, Oid> = other.iter().map(|it| (&*it.path, it.before)).collect();
        own.retain(|change| before.contains_key(&*change.path));
        own.iter_mut().for_each(|change| change.also.extend(before.get(&*change.path).filter(|it| !it.is_zero())));
    }
    let lost = dropped(repository, sides, &against, &own)?;
    let overruled = overruled(repository, sides, &against, &own)?;
    follow(&mut own, &against);
    own.extend(lost.into_iter().chain(overruled));
    Ok(own)
}
