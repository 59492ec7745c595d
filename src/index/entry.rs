//! What a file becomes in the index: one index document.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::compliance::Assessment;
use crate::diag::Level;
use crate::model::{
    ActionClass, ActionItem, Compliance, Document, FrontMatterEntry, Outcome, OwnDays, name_of, without_questions,
};
use crate::parse::Parsed;

use super::actions;
use super::answer::{DocumentSummary, FileProblem, Shortfall};
use super::codes::{days, kind_code, severity_code, status_code};
use super::facts::{self, FactWriter};
use super::handover::Entry;
use super::hash::{ContentHash, path_key};
use super::overview;
use super::query;
use super::schema::Fields;
use super::text::{clip, fold};

/// Part of a root cause that weighs twice: what the cause is stands in its first sentences.
const CAUSE_BYTES: usize = 400;

/// What is known of a file besides its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileStamp {
    pub(crate) hash: ContentHash,
    pub(crate) size: u64,
    /// 0 where the time cannot be trusted to tell a later change.
    pub(crate) modified: u64,
}

/// What the store keeps of a file for answers, besides its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredData {
    pub(crate) summary: DocumentSummary,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) problem: Option<(u32, String)>,
    /// ISO 639-1 code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) language: Option<String>,
    #[serde(default)]
    pub(crate) has_resolution: bool,
    /// Only of documents that state something about compliance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) governed: Option<Box<Governed>>,
}

/// What evidence is made from, besides what the summary says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Governed {
    pub(crate) compliance: Compliance,
    pub(crate) days: OwnDays,
    /// The day on which the incident was resolved.
    pub(crate) resolved: Option<NaiveDate>,
    /// The record of a possible breach, key by key as the front matter has it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) assessment: Vec<(String, String)>,
}

impl Governed {
    fn of(document: &Document) -> Option<Box<Self>> {
        let governed = || Self {
            compliance: document.compliance.clone(),
            days: document.days,
            resolved: document.times.resolved.as_ref().and_then(|it| it.value.date),
            assessment: assessment(document).map(|it| (it.path.clone(), it.value.clone())).collect(),
        };
        is_governed(document).then(|| Box::new(governed()))
    }
}

/// Tells whether a document states something about compliance.
fn is_governed(document: &Document) -> bool {
    !document.compliance.is_empty() || assessment(document).next().is_some()
}

/// Returns what the record of a possible breach states.
fn assessment(document: &Document) -> impl Iterator<Item = &FrontMatterEntry> {
    let entries = document.front_matter.iter().flat_map(|it| &it.entries);
    entries.filter(|it| Assessment::has(&it.path))
}

/// Returns the summary of a document.
pub(crate) fn summary(document: &Document) -> DocumentSummary {
    let is_work = |item: &&ActionItem| item.class == ActionClass::Action && !item.carried && item.counts();
    let actions = document.action_items.iter().filter(is_work);
    let count = |items: usize| u32::try_from(items).unwrap_or(u32::MAX);
    DocumentSummary {
        path: document.path.clone(),
        kind: document.kind.value,
        outcome: document.outcome,
        id: document.id.as_ref().map(|id| id.value.clone()),
        title: document.display_title().to_owned(),
        date: document.date.as_ref().map(|date| date.value.to_string()),
        severity: document.severity.as_ref().map(|severity| severity.value),
        status: document.status.as_ref().map(|status| status.value),
        services: document.services.iter().map(|it| it.value.clone()).collect(),
        tags: document.tags.iter().map(|it| it.tag.clone()).collect(),
        inferred_tags: document.tags.iter().filter(|it| it.is_inferred()).map(|it| it.tag.clone()).collect(),
        owners: document.owners.iter().map(|it| it.value.clone()).collect(),
        project: document.project.as_ref().map(|it| it.value.clone()),
        actions_open: count(actions.clone().filter(|item| item.is_open()).count()),
        actions_total: count(actions.count()),
    }
}

/// Returns why a document is not fully parsed, where it is not.
pub(crate) fn problem(document: &Document) -> Option<FileProblem> {
    let outcome = Shortfall::of(document.outcome)?;
    let worst = document.first_error().or_else(|| document.diagnostics.iter().max_by_key(|it| it.level));
    let (line, reason) = match worst {
        Some(diagnostic) if diagnostic.level > Level::Note => (diagnostic.line, diagnostic.message.clone()),
        _ => (0, "no reason given".to_owned()),
    };
    Some(FileProblem { path: document.path.clone(), outcome, line, reason })
}

/// Makes index documents.
#[derive(Debug, Clone)]
pub(crate) struct EntryMaker {
    fields: Fields,
}

impl EntryMaker {
    pub(crate) fn new(fields: Fields) -> Self {
        Self { fields }
    }

    /// Returns the index document of a file.
    pub(crate) fn entry(&self, parsed: Parsed, stamp: &FileStamp) -> Entry {
        let Parsed { document, text } = parsed;
        let (fields, document) = (&self.fields, &document);
        let mut entry = Entry::new();
        entry.add_u64(fields.path, path_key(&document.path));
        entry.add_text(fields.file, &document.path);
        entry.add_u64(fields.hash[0], stamp.hash[0]);
        entry.add_u64(fields.hash[1], stamp.hash[1]);
        entry.add_u64(fields.size, stamp.size);
        entry.add_u64(fields.modified, stamp.modified);
        entry.add_u64(fields.outcome, document.outcome as u64);
        let summary = summary(document);
        if document.outcome == Outcome::Rejected {
            entry.add_written(fields.facts, |out| FactWriter(out).document("type", "rejected"));
        } else {
            self.add_values(&mut entry, document, &summary);
            self.add_facts(&mut entry, document, &summary);
            self.add_text(&mut entry, document, text, &summary);
            actions::add(&mut entry, fields, &document.action_items);
        }
        let problem = problem(document).map(|problem| (problem.line, problem.reason));
        let data = StoredData {
            summary,
            problem,
            language: document.language.map(str::to_owned),
            has_resolution: document.resolution.is_some(),
            governed: Governed::of(document),
        };
        entry.add_json(fields.data, &data);
        entry
    }

    fn add_values(&self, entry: &mut Entry, document: &Document, summary: &DocumentSummary) {
        let fields = &self.fields;
        entry.add_u64(fields.kind, kind_code(summary.kind));
        if let Some(severity) = summary.severity {
            entry.add_u64(fields.severity, severity_code(severity));
        }
        if let Some(state) = summary.status {
            entry.add_u64(fields.status, status_code(state));
        }
        if let Some(date) = &document.date {
            entry.add_i64(fields.date, days(date.value.first_day()));
        }
        for service in distinct(summary.services.iter().map(|service| fold(service))) {
            entry.add_text(fields.service, service);
        }
        for tag in distinct(summary.tags.iter().map(|tag| fold(tag))) {
            entry.add_text(fields.tag, tag);
        }
        for tag in &summary.inferred_tags {
            entry.add_text(fields.tag_inferred, tag);
        }
        if let Some(language) = document.language {
            entry.add_text(fields.language, language);
        }
        overview::marks(document).into_iter().for_each(|it| entry.add_u64(fields.marks, it));
        entry.add_u64(fields.actions_open, u64::from(summary.actions_open));
        entry.add_u64(fields.actions_total, u64::from(summary.actions_total));
    }

    fn add_facts(&self, entry: &mut Entry, document: &Document, summary: &DocumentSummary) {
        entry.add_written(self.fields.facts, |out| write_facts(&mut FactWriter(out), document, summary));
    }

    fn add_text(&self, entry: &mut Entry, document: &Document, text: String, summary: &DocumentSummary) {
        let fields = &self.fields;
        entry.add_text(fields.title, &summary.title);
        let ids = || document.id.iter().chain(&document.incident);
        ids().for_each(|id| entry.add_text(fields.id, &id.value));
        let labels = summary.tags.iter().chain(&summary.services).chain(&summary.owners).chain(&summary.project);
        labels.for_each(|label| entry.add_text(fields.labels, label));
        // One by one, so that a file's name is an identifier of its own; most files are named by their id, which is a
        // field of its own.
        let path = summary.path.rsplit_once('.').map_or(summary.path.as_str(), |(stem, _)| stem);
        let is_id = |part: &str| ids().any(|id| id.value.eq_ignore_ascii_case(part));
        path.split('/').filter(|part| !is_id(part)).for_each(|part| entry.add_text(fields.labels, part));
        let text = match without_questions(&text) {
            Cow::Owned(blanked) => blanked,
            Cow::Borrowed(_) => text,
        };
        entry.add_whole_text(fields.body, text);
        if let Some(cause) = &document.root_cause {
            entry.add_text(fields.body, clip(&cause.value, CAUSE_BYTES));
        }
    }
}

fn write_facts(writer: &mut FactWriter<'_>, document: &Document, summary: &DocumentSummary) {
    let mut add = |key: &str, value: &str| writer.document(key, value);
    add("type", "document");
    add("kind", summary.kind.as_str());
    if let Some(severity) = summary.severity {
        add("severity", &severity.level().to_string());
    }
    if let Some(state) = summary.status {
        add("status", state.as_str());
    }
    if let Some(date) = &document.date {
        add("year", &date.value.first_day().year().to_string());
    }
    let ids = || document.id.iter().chain(&document.incident);
    ids().for_each(|id| add("id", &id.value));
    // Whoever looks a name up looks among the ids too, and most files are named like what they tell of.
    let name = name_of(&document.path);
    if !ids().any(|id| fold(id.value.trim()) == fold(name)) {
        add("name", name);
    }
    for key in document.references.iter().filter_map(|it| it.key(&document.path)) {
        add("ref", key.as_str());
    }
    summary.tags.iter().for_each(|tag| add("tag", tag));
    if let Some(language) = document.language {
        add("language", language);
    }
    if document.resolution.is_some() {
        add("has", "resolution");
    }
    if document.has_root_cause {
        add("has", "cause");
    }
    if is_governed(document) {
        add("has", "compliance");
    }
    if assessment(document).next().is_some() {
        add("has", "assessment");
    }
    for control in &document.compliance.controls {
        add("control", facts::canonical_control(&control.framework, &control.id));
    }
    summary.services.iter().for_each(|service| add("service", service));
    summary.project.iter().for_each(|project| add("project", project));
    summary.owners.iter().for_each(|owner| writer.name("owner", owner));
    let stated = document.front_matter.iter().flat_map(|block| &block.entries);
    // Keys that are fields of the query language are filtered by what was understood, not by what was written.
    let free = stated.filter(|it| query::known_field(&it.path).is_none());
    free.for_each(|it| writer.front_matter(&it.path, &it.value));
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
