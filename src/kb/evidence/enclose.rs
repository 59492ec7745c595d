//! What goes into a bundle of the documents of its incidents: their bytes, what they link to, who changed them when.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::EvidenceRequest;
use super::follow::Follower;
use super::read::{Commit, commit_row, parse_one};
use crate::compliance::Assessment;
use crate::config::Config;
use crate::evidence::breaches::BreachRow;
use crate::evidence::{
    CommitRow, DroppedItem, Enclosed, Population, Profile, Proofs, Redaction, SourceFile, Withheld, attachments,
    dropped, find_in_path, find_sensitive, proofs, redacted,
};
use crate::kb::KbError;
use crate::model::{Document, Outcome};
use crate::store::git::Snapshot;

/// Files above this many bytes are not attached to a document.
const MAX_ATTACHED: usize = 16 << 20;

/// What was collected of the incidents' documents.
#[derive(Default)]
pub(super) struct Enclosing {
    pub(super) enclosed: Vec<Enclosed>,
    pub(super) histories: BTreeMap<String, Vec<CommitRow>>,
    pub(super) proofs: BTreeMap<String, Proofs>,
    pub(super) dropped: Vec<DroppedItem>,
    pub(super) redactions: Vec<Redaction>,
    pub(super) breaches: Vec<BreachRow>,
}

/// What everything is collected from.
struct Sources<'a> {
    snapshot: &'a Snapshot,
    config: &'a Config,
    profile: Profile,
    follower: Follower<'a>,
    /// Files of the commit by path.
    files: FxHashMap<&'a str, &'a SourceFile>,
}

impl Enclosing {
    /// Collects the documents of the population, as far as they were asked for.
    pub(super) fn collect(
        snapshot: &Snapshot,
        config: &Config,
        commit: &Commit,
        population: &Population<'_>,
        request: &EvidenceRequest,
    ) -> Result<Self, KbError> {
        let files = commit.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let follower = Follower::new(snapshot, config);
        let sources = Sources { snapshot, config, profile: request.profile, follower, files };
        let mut collected = Self::default();
        // The lists of the bundle name every file of the commit.
        collected.redactions.extend(commit.files.iter().flat_map(|file| find_in_path(&file.path)));
        let wanted =
            |name: &str| request.sample.is_empty() || request.sample.iter().any(|it| it.eq_ignore_ascii_case(name));
        for it in population.members() {
            for document in &it.case.documents {
                collected.add_history(&sources, document)?;
                collected.add_assessment(&sources, it.case.name(), document)?;
                if wanted(it.case.name()) {
                    collected.add_document(&sources, document)?;
                }
            }
        }
        Ok(collected)
    }

    /// Adds the assessment of a possible breach; few documents hold one, so the file is read only for these.
    fn add_assessment(&mut self, sources: &Sources<'_>, incident: &str, document: &Document) -> Result<(), KbError> {
        if document.front_matter.as_ref().is_some_and(|it| Assessment::of(it).is_some()) {
            let text = parse_one(&document.path, &sources.read(&document.path)?, sources.config).text;
            self.breaches.extend(BreachRow::of(incident, document, &text));
        }
        Ok(())
    }

    fn add_document(&mut self, sources: &Sources<'_>, document: &Document) -> Result<(), KbError> {
        let bytes = sources.read(&document.path)?;
        let text = parse_one(&document.path, &bytes, sources.config).text;
        let is_text = document.outcome != Outcome::Rejected;
        self.add(sources, &document.path, &document.path, "incident", bytes, is_text.then_some(text.as_str()));
        for path in attachments(&document.path, &text) {
            let is_file = sources.files.get(path.as_str()).is_some_and(|file| file.document().is_none());
            if is_file {
                let bytes = sources.read(&path)?;
                let text = String::from_utf8(bytes.clone()).ok().filter(|text| !text.contains('\0'));
                self.add(sources, &path, &document.path, "attachment", bytes, text.as_deref());
            }
        }
        Ok(())
    }

    /// Adds a file; `text` is what can be searched in it, where there is any.
    fn add(
        &mut self,
        sources: &Sources<'_>,
        path: &str,
        of: &str,
        role: &'static str,
        bytes: Vec<u8>,
        text: Option<&str>,
    ) {
        let found = text.map(|text| find_sensitive(path, text)).unwrap_or_default();
        let takes_out = sources.profile == Profile::Redacted;
        let is_redacted = takes_out && !found.is_empty();
        let bytes = match text {
            None if takes_out => Err(Withheld::Unsearchable),
            _ if bytes.len() > MAX_ATTACHED && path != of => Err(Withheld::TooLarge),
            Some(text) if is_redacted => Ok(redacted(text).into_bytes()),
            _ => Ok(bytes),
        };
        // A file that two documents link to goes into two folders, and is told once.
        if !self.enclosed.iter().any(|it| it.path == path) {
            self.redactions.extend(found);
        }
        self.enclosed.push(Enclosed { path: path.to_owned(), of: of.to_owned(), role, bytes, is_redacted });
    }

    fn add_history(&mut self, sources: &Sources<'_>, document: &Document) -> Result<(), KbError> {
        let changes = sources.snapshot.changes(&document.path)?;
        let rows: Vec<CommitRow> = changes.iter().map(commit_row).collect();
        let told = sources.follower.stories(&document.path)?;
        let (stories, commits) = &*told;
        for mut item in dropped(&document.path, stories, commits) {
            sources.follower.follow(&mut item)?;
            self.dropped.push(item);
        }
        let proofs = proofs(stories, commits);
        if !proofs.is_empty() {
            self.proofs.insert(document.path.clone(), proofs);
        }
        self.histories.insert(document.path.clone(), rows);
        Ok(())
    }
}

impl Sources<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, KbError> {
        match self.files.get(path) {
            Some(file) => Ok(self.snapshot.read(&file.blob)?),
            None => Ok(Vec::new()),
        }
    }
}
