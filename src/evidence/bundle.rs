//! The content of a bundle: which files it has, and what stands in them.

use std::collections::BTreeMap;

use super::bag::{BagFile, sha256};
use super::breaches::BreachRow;
use super::ledger::CommitRow;
use super::redact::redact_table;
use super::{
    About, Check, Enclosed, Placed, Population, Profile, Proofs, Reconciliation, Redaction, SourceFile, oscal, readme,
    summary,
};
use crate::csv::Table;

/// Everything that evidence is made from.
pub struct Evidence<'a> {
    /// What it is about.
    pub about: About,
    /// Every file of the commit.
    pub files: &'a [SourceFile],
    /// The incidents.
    pub population: Population<'a>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// Documents and other files of the incidents that go into the bundle.
    pub enclosed: Vec<Enclosed>,
    /// The commits that changed each enclosed document, newest first.
    pub histories: BTreeMap<String, Vec<CommitRow>>,
    /// When action items were done, by document.
    pub proofs: BTreeMap<String, Proofs>,
    /// The assessments of possible breaches.
    pub breaches: Vec<BreachRow>,
    /// What was found to be sensitive, and in the redacted profile taken out.
    pub redactions: Vec<Redaction>,
    /// The comparison with another system's list, where there was one.
    pub reconciliation: Option<Reconciliation>,
}

/// A file of the bundle and what it is.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) file: BagFile,
    pub(super) role: &'static str,
    pub(super) incident: Option<String>,
    /// The path and the blob that it is a copy of.
    pub(super) source: Option<(String, String)>,
}

impl Evidence<'_> {
    /// Returns the payload of the bag, sorted by path.
    ///
    /// # Errors
    /// Where a page cannot be rendered, which would be a fault of the program.
    pub fn payload(&self) -> Result<Vec<BagFile>, askama::Error> {
        let mut parts = self.incident_files();
        let digests = digests(&parts);
        parts.extend(self.lists(&digests));
        parts.push(json("data/population/population.json", "population", &summary::population(self)));
        parts.push(json("data/oscal/assessment-results.json", "oscal", &oscal::results(self, &parts)));
        parts.push(text("data/README.md", "readme", readme::markdown(self)?));
        parts.push(text("data/README.html", "readme", readme::html(self)?));
        parts.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        let index = json("data/bundle.json", "index", &summary::index(self, &parts));
        parts.push(index);
        parts.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        Ok(parts.into_iter().map(|part| part.file).collect())
    }

    /// Returns the members whose documents were asked for.
    pub(super) fn sampled(&self) -> impl Iterator<Item = &Placed<'_>> {
        let wanted = |it: &&Placed<'_>| {
            let names = &self.about.sample;
            names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(it.case.name()))
        };
        self.population.members().filter(wanted)
    }

    /// Tells whether the blob of a file is not told: from it, what was taken out could be guessed and tried.
    pub(super) fn is_hidden(&self, path: &str) -> bool {
        self.about.profile == Profile::Redacted && self.redactions.iter().any(|it| it.path == path)
    }

    pub(super) fn table(&self, path: &str, role: &'static str, mut table: Table) -> Part {
        if self.about.profile == Profile::Redacted {
            redact_table(&mut table);
        }
        text(path, role, table.csv())
    }
}

fn digests(parts: &[Part]) -> BTreeMap<String, String> {
    let of = |part: &Part| part.source.as_ref().map(|(path, _)| (path.clone(), sha256(&part.file.bytes)));
    parts.iter().filter_map(of).collect()
}

fn text(path: &str, role: &'static str, text: String) -> Part {
    let file = BagFile { path: path.to_owned(), bytes: text.into_bytes() };
    Part { file, role, incident: None, source: None }
}

fn json(path: &str, role: &'static str, value: &serde_json::Value) -> Part {
    text(path, role, format!("{value:#}\n"))
}
