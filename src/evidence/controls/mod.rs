//! Which controls documents cite, and what they cite that is no control.

mod tables;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{Record, record::name};
use crate::compliance::{Control, Framework, Group, Lookup, controls, look_up};
use crate::model::{Control as Cited, Document};

pub(crate) use tables::{citation_table, fault_table, table};

/// A control of a catalogue and who cites it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlRow {
    /// Key of its framework.
    pub framework: &'static str,
    /// Id as the framework writes it.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// Incidents of which a document cites it.
    pub incidents: usize,
    /// Documents that cite it, policies and exercises among them.
    pub documents: usize,
    /// The newest of the incidents.
    pub newest: Option<Newest>,
}

/// The newest incident that cites a control.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Newest {
    /// The day it began.
    pub date: NaiveDate,
    /// Path of the document.
    pub path: String,
    /// Its id, or its path where it has none.
    pub name: String,
}

/// What is wrong with a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The framework has no such control.
    Unknown,
    /// It is of an edition that is no longer in force.
    Superseded,
    /// It stands for a family or a whole framework.
    TooBroad,
    /// It stands for some paragraphs of one section: narrow enough to be evidence, but no single control.
    Paragraphs,
    /// It belongs to what no catalogue here has: another framework, a clause, another section of the law.
    Unchecked,
}

impl Fault {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Superseded => "superseded",
            Self::TooBroad => "too-broad",
            Self::Paragraphs => "paragraphs",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Something cited that is no control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaultRow {
    /// What is wrong.
    pub fault: Fault,
    /// The key it stands under, as written.
    pub framework: String,
    /// As written.
    pub id: String,
    /// What to cite instead: the nearest control, what took its place, or the first of those it stands for.
    pub instead: Vec<&'static str>,
    /// Controls it stands for; 0 where it stands for none or for a whole framework.
    pub members: usize,
    /// Where it is cited.
    pub places: Vec<Place>,
}

impl FaultRow {
    /// Returns what to cite instead, in words; empty where nothing can be said.
    #[must_use]
    pub fn advice(&self) -> String {
        let named = self.instead.join(", ");
        match self.fault {
            Fault::Unknown if !named.is_empty() => format!("nearest: {named}"),
            Fault::Superseded => format!("now {named}"),
            Fault::TooBroad | Fault::Paragraphs if self.members > self.instead.len() => {
                format!("one of {}: {named}, …", self.members)
            }
            Fault::TooBroad | Fault::Paragraphs if !named.is_empty() => format!("one of {named}"),
            _ => String::new(),
        }
    }
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// Every control of every catalogue, and what is cited and is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Coverage {
    /// Every control, cited or not, framework by framework in the order of its catalogue.
    pub controls: Vec<ControlRow>,
    /// What is cited and is no control.
    pub faults: Vec<FaultRow>,
}

impl Coverage {
    /// Adds what `other` says of other incidents.
    pub fn merge(&mut self, other: Self) {
        if self.controls.is_empty() {
            self.controls = other.controls;
        } else {
            self.controls.iter_mut().zip(other.controls).for_each(|(row, other)| row.merge(other));
        }
        for of in other.faults {
            let key = |it: &FaultRow| (it.fault, it.framework.clone(), it.id.clone());
            match self.faults.binary_search_by_key(&key(&of), key) {
                Ok(at) => {
                    self.faults[at].places.extend(of.places);
                    self.faults[at].places.sort_unstable();
                }
                Err(at) => self.faults.insert(at, of),
            }
        }
    }

    /// Returns it with every control, also where there was no document.
    #[must_use]
    pub fn completed(self) -> Self {
        if self.controls.is_empty() { coverage(&[]) } else { self }
    }
}

impl ControlRow {
    fn merge(&mut self, other: Self) {
        self.incidents += other.incidents;
        self.documents += other.documents;
        let rank = |it: &Option<Newest>| it.as_ref().map(|it| (it.date, Reverse(it.path.clone())));
        if rank(&self.newest) < rank(&other.newest) {
            self.newest = other.newest;
        }
    }
}

/// A citation of a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Path of the document.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// As written.
    pub written: String,
    /// Id of the document, or its path where it has none.
    pub name: String,
    /// Title of the document.
    pub title: String,
    /// What the document is.
    pub kind: &'static str,
    /// Path of the document that stands for its incident.
    pub incident: String,
    /// The day the incident began.
    pub date: Option<NaiveDate>,
    /// It counts for an incident, not for a policy, an exercise or a near miss.
    pub counts: bool,
}

/// Examples that are named of what a citation stands for.
const MOST_NAMED: usize = 4;

/// Returns every control with who cites it, and what is cited and is none.
#[must_use]
pub fn coverage(records: &[Record<'_>]) -> Coverage {
    let by_path = by_path(records);
    let mut known = Known::default();
    let mut cited: FxHashMap<(Framework, &str), Citing<'_>> = FxHashMap::default();
    let mut faults: BTreeMap<(Fault, &str, &str), FaultRow> = BTreeMap::new();
    for record in records {
        for control in &record.document.compliance.controls {
            let lookup = known.look_up(control);
            if let Lookup::Known { control: of, .. } = lookup {
                cited.entry((of.framework, of.id)).or_default().add(record, &by_path);
            } else if let Some(fault) = fault(lookup) {
                let key = (fault, control.framework.as_str(), control.id.as_str());
                let row = faults.entry(key).or_insert_with(|| fault_row(fault, control, lookup));
                row.places.push(Place { path: record.document.path.clone(), line: control.line });
            }
        }
    }
    let all = Framework::ALL.into_iter().flat_map(controls);
    let controls = all.map(|control| row(control, cited.get(&(control.framework, control.id)))).collect();
    let mut faults: Vec<FaultRow> = faults.into_values().collect();
    faults.iter_mut().for_each(|row| row.places.sort_unstable());
    Coverage { controls, faults }
}

/// Returns every citation that `is_meant` says yes to, newest incident first.
#[must_use]
pub fn citations(records: &[Record<'_>], is_meant: impl Fn(&Lookup, &str) -> bool) -> Vec<Citation> {
    let by_path = by_path(records);
    let mut known = Known::default();
    let mut found = Vec::new();
    for record in records {
        for control in &record.document.compliance.controls {
            if is_meant(known.look_up(control), &control.id) {
                found.push(citation(record, control, date(record, &by_path)));
            }
        }
    }
    sort_citations(&mut found);
    found
}

/// Puts citations of the newest incident first.
pub fn sort_citations(citations: &mut [Citation]) {
    citations.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line))));
}

/// What was looked up: documents cite the same few hundred controls over and over.
#[derive(Default)]
struct Known<'a>(FxHashMap<(&'a str, &'a str), Lookup>);

impl<'a> Known<'a> {
    fn look_up(&mut self, control: &'a Cited) -> &Lookup {
        let key = (control.framework.as_str(), control.id.as_str());
        self.0.entry(key).or_insert_with(|| look_up(key.0, key.1))
    }
}

/// Who cites one control.
#[derive(Default)]
struct Citing<'a> {
    documents: FxHashSet<&'a str>,
    incidents: FxHashSet<&'a str>,
    newest: Option<(NaiveDate, &'a Document)>,
}

impl<'a> Citing<'a> {
    fn add(&mut self, record: &Record<'a>, by_path: &ByPath<'a>) {
        let document = record.document;
        self.documents.insert(&document.path);
        if !record.is_of_incident() {
            return;
        }
        self.incidents.insert(record.incident);
        let Some(date) = date(record, by_path) else { return };
        // The document that stands for the incident is the one to name.
        let document = by_path.get(record.incident).copied().unwrap_or(document);
        // Of two of one day the one with the lower path, whatever the order of the records.
        let rank = |(day, of): (NaiveDate, &'a Document)| (day, Reverse(of.path.as_str()));
        if self.newest.is_none_or(|newest| rank(newest) < rank((date, document))) {
            self.newest = Some((date, document));
        }
    }
}

/// Documents by their path.
type ByPath<'a> = FxHashMap<&'a str, &'a Document>;

fn by_path<'a>(records: &[Record<'a>]) -> ByPath<'a> {
    records.iter().map(|it| (it.document.path.as_str(), it.document)).collect()
}

/// Returns the day of the record's incident: by its own document, or else by the one that stands for the incident.
fn date(record: &Record<'_>, by_path: &ByPath<'_>) -> Option<NaiveDate> {
    let own = record.document.date.as_ref();
    own.or_else(|| by_path.get(record.incident)?.date.as_ref()).map(|it| it.value.first_day())
}

fn row(control: &Control, citing: Option<&Citing<'_>>) -> ControlRow {
    let newest = citing.and_then(|it| it.newest);
    ControlRow {
        framework: control.framework.key(),
        id: control.id,
        title: control.title,
        incidents: citing.map_or(0, |it| it.incidents.len()),
        documents: citing.map_or(0, |it| it.documents.len()),
        newest: newest.map(|(date, document)| Newest {
            date,
            path: document.path.clone(),
            name: name(document).to_owned(),
        }),
    }
}

fn fault(lookup: &Lookup) -> Option<Fault> {
    Some(match lookup {
        Lookup::Known { .. } => return None,
        Lookup::Unknown { .. } => Fault::Unknown,
        Lookup::Superseded { .. } => Fault::Superseded,
        Lookup::TooBroad { group: Group::Paragraphs, .. } => Fault::Paragraphs,
        Lookup::TooBroad { .. } => Fault::TooBroad,
        Lookup::Unchecked => Fault::Unchecked,
    })
}

fn fault_row(fault: Fault, control: &Cited, lookup: &Lookup) -> FaultRow {
    let (instead, members) = match lookup {
        Lookup::Unknown { nearest, .. } => (nearest.iter().map(|it| it.id).collect(), 0),
        Lookup::Superseded { by, .. } => (by.iter().map(|it| it.id).collect(), 0),
        Lookup::TooBroad { members, .. } => (members.iter().take(MOST_NAMED).map(|it| it.id).collect(), members.len()),
        Lookup::Known { .. } | Lookup::Unchecked => (Vec::new(), 0),
    };
    let (framework, id) = (control.framework.clone(), control.id.clone());
    FaultRow { fault, framework, id, instead, members, places: Vec::new() }
}

fn citation(record: &Record<'_>, control: &Cited, date: Option<NaiveDate>) -> Citation {
    let document = record.document;
    Citation {
        path: document.path.clone(),
        line: control.line,
        written: control.id.clone(),
        name: name(document).to_owned(),
        title: document.display_title().to_owned(),
        kind: document.kind.value.as_str(),
        incident: record.incident.to_owned(),
        date,
        counts: record.is_of_incident(),
    }
}

#[cfg(test)]
mod tests;
