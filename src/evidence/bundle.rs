//! The content of a bundle: which files it has, and what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::{BagFile, sha256};
use super::ledger::{CommitRow, Proofs};
use super::redact::redact_table;
use super::{
    About, Check, FileRow, Placed, Population, Profile, Reconciliation, Redaction, SourceFile, controls, oscal, readme,
    retention, reviews, summary, tables,
};
use crate::csv::{Cell, Table};

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
    /// What was found to be sensitive, and in the redacted profile taken out.
    pub redactions: Vec<Redaction>,
    /// The comparison with another system's list, where there was one.
    pub reconciliation: Option<Reconciliation>,
}

/// A file of an incident as it goes into the bundle.
#[derive(Debug, Clone)]
pub struct Enclosed {
    /// Path below the knowledge base.
    pub path: String,
    /// The document that it belongs to: itself, or the one that links to it.
    pub of: String,
    /// What it is to the incident.
    pub role: &'static str,
    /// What goes in; `None` where it is withheld.
    pub bytes: Option<Vec<u8>>,
    /// Something was taken out of it.
    pub is_redacted: bool,
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
    fn is_hidden(&self, path: &str) -> bool {
        self.about.profile == Profile::Redacted && self.redactions.iter().any(|it| it.path == path)
    }

    fn incident_files(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let blobs: BTreeMap<&str, &str> = self.files.iter().map(|it| (it.path.as_str(), it.blob.as_str())).collect();
        for it in self.sampled() {
            parts.extend(self.files_of(it, &blobs));
            parts.push(self.history_of(it));
        }
        parts
    }

    fn files_of(&self, it: &Placed<'_>, blobs: &BTreeMap<&str, &str>) -> Vec<Part> {
        let folder = folder_of(it);
        let is_own = |file: &&Enclosed| it.case.documents.iter().any(|document| document.path == file.of);
        let (mut names, mut attached, mut seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let part = |file: &Enclosed| {
            let bytes = file.bytes.clone().filter(|_| seen.insert(file.path.clone()))?;
            let path = match file.path == file.of {
                true => format!("{folder}/{}", free_name(&file.path, &mut names)),
                false => format!("{folder}/attachments/{}", free_name(&file.path, &mut attached)),
            };
            let blob = blobs.get(file.path.as_str()).filter(|_| !file.is_redacted);
            Some(Part {
                file: BagFile { path, bytes },
                role: file.role,
                incident: Some(it.case.name().to_owned()),
                source: blob.map(|blob| (file.path.clone(), (*blob).to_owned())),
            })
        };
        self.enclosed.iter().filter(is_own).filter_map(part).collect()
    }

    fn history_of(&self, it: &Placed<'_>) -> Part {
        let mut commits = Vec::new();
        for document in &it.case.documents {
            let of = self.histories.get(&document.path).into_iter().flatten();
            commits.extend(of.map(|commit| (document.path.clone(), commit.clone())));
        }
        let table = tables::history(&commits);
        let part = self.table(&format!("{}/history.csv", folder_of(it)), "history", table);
        Part { incident: Some(it.case.name().to_owned()), ..part }
    }

    fn lists(&self, digests: &BTreeMap<String, String>) -> Vec<Part> {
        let window = &self.population.window;
        let rows: Vec<FileRow<'_>> = self.population.account(self.files);
        let incidents = |placed: Vec<&Placed<'_>>| tables::incidents(placed.into_iter(), window, digests);
        let carried = self.population.placed.iter().filter(tables::is_carried_in).collect();
        let undated = self.population.incidents(super::Standing::Undated).collect();
        let records = self.population.records();
        let (coverage, citations) = (controls::coverage(&records), controls::citations(&records, |_, _| true));
        let compared = self.reconciliation.iter();
        let compared =
            compared.map(|it| self.table("data/population/reconciliation.csv", "reconciliation", it.table.clone()));
        let lists = vec![
            self.table("data/population/incidents.csv", "population", incidents(self.population.members().collect())),
            self.table("data/population/carried-in.csv", "population", incidents(carried)),
            self.table("data/population/undated.csv", "population", incidents(undated)),
            self.table(
                "data/population/near-misses-and-drills.csv",
                "population",
                incidents(self.population.others().collect()),
            ),
            self.table(
                "data/population/files.csv",
                "account",
                tables::files(&rows, self.files, &|path| self.is_hidden(path)),
            ),
            self.table(
                "data/actions/action-items.csv",
                "actions",
                tables::actions(self.population.members(), &self.proofs, self.about.as_of),
            ),
            self.table("data/controls/matrix.csv", "controls", controls::citation_table(&citations)),
            self.table("data/controls/coverage.csv", "controls", controls::table(&coverage.controls)),
            self.table("data/controls/invalid.csv", "controls", controls::fault_table(&coverage.faults)),
            self.table("data/retention/schedule.csv", "retention", retention::table(&self.retention())),
            self.table(
                "data/reviews/reviews.csv",
                "reviews",
                reviews::table(&reviews::rows(&records, self.about.as_of)),
            ),
            self.table("data/redactions.csv", "redactions", tables::redactions(&self.redactions)),
            self.table("data/custody/custody.csv", "custody", self.custody()),
        ];
        lists.into_iter().chain(compared).collect()
    }

    fn retention(&self) -> Vec<retention::RetentionRow> {
        let committed = |path: &str| Some(self.histories.get(path)?.first()?.day);
        retention::rows(&self.population.records(), &committed, self.about.as_of)
    }

    /// Returns the first row of the chain of custody; whoever hands the bundle on keeps the next ones.
    fn custody(&self) -> Table {
        let about = &self.about;
        let mut row = vec![
            about.bundle_id.as_str().into(),
            "collected".into(),
            about.by.as_str().into(),
            about.bagged.into(),
            Cell::from(format!("ris {}", about.tool_version)),
            Cell::from(about.source.commit.as_str()),
            Cell::from("the hash of tagmanifest-sha256.txt"),
        ];
        row.push(Cell::from(about.accepted_by.as_ref().map(|name| format!("{name} let sensitive text stay in"))));
        let head = vec!["evidence", "event", "by", "on", "with", "source_commit", "hash", "note"];
        Table { head, rows: vec![row] }
    }

    fn table(&self, path: &str, role: &'static str, mut table: Table) -> Part {
        if self.about.profile == Profile::Redacted {
            redact_table(&mut table);
        }
        text(path, role, table.csv())
    }
}

fn folder_of(it: &Placed<'_>) -> String {
    format!("data/incidents/{}", it.folder.as_deref().unwrap_or_default())
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

/// Returns the file name of `path`, or one beside it where another file of the folder has it already.
fn free_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').map_or((name, String::new()), |(stem, it)| (stem, format!(".{it}")));
    let names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{stem}-{number}{extension}")));
    let reserved = |name: &str| name.eq_ignore_ascii_case("history.csv") || name.eq_ignore_ascii_case("attachments");
    let mut free = names.filter(|name| !reserved(name) && taken.insert(name.to_lowercase()));
    free.next().unwrap_or_else(|| name.to_owned())
}
