//! Incident documents that earlier commits had and that were deleted.

use rustc_hash::FxHashSet;

use super::moved::{is_of, last_counted};
use super::read::{Commit, parse_one};
use crate::config::Config;
use crate::evidence::{Case, Deleted, Standing, Window};
use crate::kb::KbError;
use crate::model::Kind;
use crate::store::fs::is_no_document;
use crate::store::git::Snapshot;

impl Commit {
    /// Returns the incident documents of `window`, and those without a day, that commits deleted and that are not there
    /// under another name.
    pub(super) fn deleted(
        &self,
        snapshot: &Snapshot,
        config: &Config,
        window: &Window,
    ) -> Result<Vec<Deleted>, KbError> {
        let here: FxHashSet<&str> =
            self.files.iter().flat_map(|file| [file.path.as_str(), file.blob.as_str()]).collect();
        let mut told = FxHashSet::default();
        let mut found = Vec::new();
        for deletion in snapshot.deletions()? {
            let is_there = here.contains(deletion.path.as_str()) || here.contains(deletion.blob.as_str());
            if is_there || is_no_document(&deletion.path, config).is_some() || !told.insert(deletion.path.clone()) {
                continue;
            }
            let last = parse_one(&deletion.path, &snapshot.read(&deletion.blob)?, config).document;
            let counts = matches!(last.kind.value, Kind::Incident | Kind::Rca | Kind::Resolution);
            let standing = Case { documents: vec![&last] }.standing(window);
            let counted = if counts && !matches!(standing, Standing::Earlier | Standing::Later) {
                Some(last)
            } else {
                // It may have been given another day or kind first, and deleted then.
                last_counted(snapshot, config, window, &deletion.path, Some(&deletion.blob), |was| is_of(was, window))?
                    .map(|(was, _)| was)
            };
            if let Some(document) = counted {
                found.push(Deleted {
                    path: deletion.path,
                    id: document.id.as_ref().map(|id| id.value.clone()),
                    day: deletion.commit.committed.to_utc().date_naive(),
                    author: deletion.commit.author,
                    commit: deletion.commit.id,
                });
            }
        }
        Ok(found)
    }
}
