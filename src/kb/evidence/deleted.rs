//! Incident documents that earlier commits had and that were deleted.

use rustc_hash::FxHashSet;

use super::moved::{is_near, is_of, last_counted};
use super::read::{Commit, parse_one};
use super::settings::Settings;
use crate::evidence::{Deleted, Window};
use crate::kb::KbError;
use crate::store::git::{Deletion, Snapshot};

impl Commit {
    /// Returns the incident documents of `window`, and those without a day, that commits deleted and that are not there
    /// under another name.
    pub(super) fn deleted(
        &self,
        snapshot: &Snapshot,
        settings: &Settings,
        window: &Window,
    ) -> Result<Vec<Deleted>, KbError> {
        let here: FxHashSet<&str> =
            self.files.iter().flat_map(|file| [file.path.as_str(), file.blob.as_str()]).collect();
        let mut told = FxHashSet::default();
        let mut found = Vec::new();
        for deletion in snapshot.deletions()? {
            let is_there = here.contains(deletion.path.as_str()) || here.contains(deletion.blob.as_str());
            if is_there || !told.insert(deletion.path.clone()) {
                continue;
            }
            let last = if was_document(snapshot, settings, &deletion) {
                Some(parse_one(&deletion.path, &snapshot.read(&deletion.blob)?, &settings.config).document)
            } else {
                None
            };
            let counted = match last.filter(|last| is_near(last, window)) {
                Some(last) => Some(last),
                // It may have been given another day or kind first, and deleted then.
                None => {
                    let (path, blob) = (&deletion.path, Some(deletion.blob.as_str()));
                    last_counted(snapshot, settings, window, path, blob, |was| is_of(was, window))?.map(|(was, _)| was)
                }
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

/// Tells whether the settings of its time made a document of the file that was deleted.
fn was_document(snapshot: &Snapshot, settings: &Settings, deletion: &Deletion) -> bool {
    let versions = snapshot.versions(&deletion.path);
    let last = versions.iter().position(|version| version.blob.as_ref() == Some(&deletion.blob));
    last.is_some_and(|at| settings.ended(&versions, at).is_some())
}
