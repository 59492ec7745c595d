//! What earlier commits had as incidents of the period: a document is taken out of it by another day or kind as well as by
//! deleting it, and by writing another incident in its place.

use rustc_hash::FxHashSet;

use super::read::{Commit, parse_one};
use super::settings::Settings;
use crate::evidence::{Case, Content, Moved, Population, SourceFile, Standing, Window};
use crate::index::folded;
use crate::kb::KbError;
use crate::model::{Document, Kind};
use crate::store::git::{CommitFacts, Snapshot};

impl Commit {
    /// Returns the documents of which an earlier version was an incident of the period that is no more: they are none of
    /// it now, or tell of another. With each the commit that ended this. Those that are without a day now are told as such.
    pub(super) fn moved(
        &self,
        snapshot: &Snapshot,
        settings: &Settings,
        population: &Population<'_>,
    ) -> Result<Vec<Moved>, KbError> {
        let window = &population.window;
        let told = [Standing::InPeriod, Standing::Undated].into_iter().flat_map(|it| population.incidents(it));
        let told: FxHashSet<&str> =
            told.flat_map(|it| &it.case.documents).map(|document| document.path.as_str()).collect();
        let mut found = Vec::new();
        for file in &self.files {
            let now = file.document().filter(|_| told.contains(file.path.as_str()));
            if let Some(now) = now {
                let is_lost = |was: &Document| is_of(was, window) && is_another(was, now);
                let was = last_counted(snapshot, settings, window, &file.path, Some(&file.blob), is_lost)?;
                found.extend(was.map(|(was, until)| moved(file, &was, until, name)));
                continue;
            }
            // A document of its own day that belongs to an incident of another was of no other opinion before.
            if file.document().is_some_and(|document| is_of(document, window)) {
                continue;
            }
            let blob = file.document().map(|_| file.blob.as_str());
            let was = last_counted(snapshot, settings, window, &file.path, blob, |was| is_of(was, window))?;
            found.extend(was.map(|(was, until)| moved(file, &was, until, day_and_kind)));
        }
        Ok(found)
    }
}

/// Returns the newest version of the file at `path` that `counts`, and the commit that made another of it, or took it out by
/// the settings; versions that were over before the window began tell nothing of it. `now` is the blob that is known not to
/// count.
pub(super) fn last_counted(
    snapshot: &Snapshot,
    settings: &Settings,
    window: &Window,
    path: &str,
    now: Option<&str>,
    counts: impl Fn(&Document) -> bool,
) -> Result<Option<(Document, CommitFacts)>, KbError> {
    let versions = snapshot.versions(path);
    for (at, version) in versions.iter().enumerate() {
        let Some(blob) = version.blob.as_deref().filter(|blob| !(version.path == path && Some(*blob) == now)) else {
            continue;
        };
        let Some(until) = settings.ended(&versions, at) else { continue };
        if until.commit != version.commit && until.day < window.start {
            continue;
        }
        let document = parse_one(&version.path, &snapshot.read(blob)?, &settings.config).document;
        if counts(&document) {
            return Ok(Some((document, snapshot.commit_of(until)?)));
        }
    }
    Ok(None)
}

/// Tells whether a document alone may be an incident of `window`: it is one of it, or of no day.
pub(super) fn is_near(document: &Document, window: &Window) -> bool {
    let counts = matches!(document.kind.value, Kind::Incident | Kind::Rca | Kind::Resolution);
    let standing = Case { documents: vec![document] }.standing(window);
    counts && !matches!(standing, Standing::Earlier | Standing::Later)
}

/// Tells whether a document alone is an incident of `window`.
pub(super) fn is_of(document: &Document, window: &Window) -> bool {
    let counts = matches!(document.kind.value, Kind::Incident | Kind::Rca | Kind::Resolution);
    counts && Case { documents: vec![document] }.standing(window) == Standing::InPeriod
}

/// Tells whether two versions of a document tell of two incidents. A new title is a better one, and a new id with the same
/// title a new number.
fn is_another(was: &Document, now: &Document) -> bool {
    let title = |document: &Document| folded(document.display_title());
    let same_id = || match (&was.id, &now.id) {
        (Some(was), Some(now)) => was.value.eq_ignore_ascii_case(&now.value),
        _ => day(was) == day(now),
    };
    title(was) != title(now) && !same_id()
}

fn day(document: &Document) -> String {
    let membership = Case { documents: vec![document] }.membership().map(|(date, _)| date.to_string());
    membership.unwrap_or_else(|| "no day".to_owned())
}

fn day_and_kind(document: &Document) -> String {
    format!("of {}, kind `{}`", day(document), document.kind.value.as_str())
}

fn name(document: &Document) -> String {
    let id = document.id.as_ref().map_or_else(|| day(document), |id| id.value.clone());
    format!("{id}, “{}”", document.display_title())
}

fn moved(file: &SourceFile, was: &Document, until: CommitFacts, told_by: fn(&Document) -> String) -> Moved {
    let now = match &file.content {
        Content::NoDocument(reason) => format!("no document ({reason})"),
        Content::Document(document) => told_by(document),
    };
    Moved {
        path: file.path.clone(),
        id: was.id.as_ref().map(|id| id.value.clone()),
        told: was.several.clone(),
        was: told_by(was),
        now,
        day: until.committed.to_utc().date_naive(),
        author: until.author,
        commit: until.id,
    }
}
