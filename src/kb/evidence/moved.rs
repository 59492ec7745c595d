//! What earlier commits had as incidents of the period: a document is taken out of it by another day or kind as well as by
//! deleting it.

use rustc_hash::FxHashSet;

use super::read::{Commit, parse_one};
use crate::config::Config;
use crate::evidence::{Case, Content, Moved, Population, SourceFile, Standing, Window};
use crate::kb::KbError;
use crate::model::{Document, Kind};
use crate::store::fs::is_no_document;
use crate::store::git::{CommitFacts, Snapshot};

impl Commit {
    /// Returns the documents of no incident of the period that an earlier version made one of it, and the commit that
    /// ended this. Those that are without a day now are told as such.
    pub(super) fn moved(
        &self,
        snapshot: &Snapshot,
        config: &Config,
        population: &Population<'_>,
    ) -> Result<Vec<Moved>, KbError> {
        let window = &population.window;
        let told = [Standing::InPeriod, Standing::Undated].into_iter().flat_map(|it| population.incidents(it));
        let told: FxHashSet<&str> =
            told.flat_map(|it| &it.case.documents).map(|document| document.path.as_str()).collect();
        let mut found = Vec::new();
        for file in self.files.iter().filter(|file| !told.contains(file.path.as_str())) {
            // A document of its own day that belongs to an incident of another was of no other opinion before.
            if file.document().is_some_and(|document| is_of(document, window)) {
                continue;
            }
            let blob = file.document().map(|_| file.blob.as_str());
            if let Some((was, until)) = last_counted(snapshot, config, window, &file.path, blob)? {
                found.push(moved(file, &was, until));
            }
        }
        Ok(found)
    }
}

/// Returns the newest version of the file at `path` that was an incident of `window`, and the commit that made another of
/// it; versions that were over before the window began tell nothing of it. `now` is the blob that is known to be none.
pub(super) fn last_counted(
    snapshot: &Snapshot,
    config: &Config,
    window: &Window,
    path: &str,
    now: Option<&str>,
) -> Result<Option<(Document, CommitFacts)>, KbError> {
    let versions = snapshot.versions(path);
    let differs = |(of, blob): &(String, String)| !(of == path && Some(blob.as_str()) == now);
    if !versions.iter().any(differs) {
        return Ok(None);
    }
    let changes = snapshot.changes(path)?;
    for (at, version) in versions.iter().enumerate().filter(|(_, version)| differs(version)) {
        let until = &changes[at.saturating_sub(1)].commit;
        let is_over = at > 0 && until.committed.to_utc().date_naive() < window.start;
        if is_over || is_no_document(&version.0, config).is_some() {
            continue;
        }
        let document = parse_one(&version.0, &snapshot.read(&version.1)?, config).document;
        if is_of(&document, window) {
            return Ok(Some((document, until.clone())));
        }
    }
    Ok(None)
}

/// Tells whether a document alone is an incident of `window`.
fn is_of(document: &Document, window: &Window) -> bool {
    let counts = matches!(document.kind.value, Kind::Incident | Kind::Rca | Kind::Resolution);
    counts && Case { documents: vec![document] }.standing(window) == Standing::InPeriod
}

fn moved(file: &SourceFile, was: &Document, until: CommitFacts) -> Moved {
    let day = |document: &Document| {
        let membership = Case { documents: vec![document] }.membership().map(|(date, _)| date.to_string());
        membership.unwrap_or_else(|| "no day".to_owned())
    };
    let now = match &file.content {
        Content::NoDocument(reason) => format!("no document ({reason})"),
        Content::Document(document) => format!("of {}, kind `{}`", day(document), document.kind.value.as_str()),
    };
    Moved {
        path: file.path.clone(),
        id: was.id.as_ref().map(|id| id.value.clone()),
        was: format!("of {}, kind `{}`", day(was), was.kind.value.as_str()),
        now,
        day: until.committed.to_utc().date_naive(),
        author: until.author,
        commit: until.id,
    }
}
