//! Names that documents have and that begin with what somebody has typed, from the dictionary of facts.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED};

use super::entry::StoredData;
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::search::open_document;
use super::text::fold;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameField {
    /// Documents and incidents.
    Id,
    /// Affected services.
    Service,
    /// Root-cause tags, stated or inferred.
    Tag,
    /// Owners and authors.
    Owner,
    /// Projects.
    Project,
    /// Controls, below any framework.
    Control,
}

/// A name that documents have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownName {
    /// The name as one of them writes it.
    pub name: String,
    /// Documents that have it.
    pub documents: u32,
    /// Title of one of them.
    pub title: String,
}

/// Where a name was found.
struct Found {
    documents: u32,
    at: DocAddress,
}

/// Returns at most `limit` names of the kind `field` that begin with `prefix`, without regard to case, sorted.
pub(crate) fn names(
    open: &OpenIndex,
    field: NameField,
    prefix: &str,
    limit: usize,
) -> Result<Vec<KnownName>, IndexError> {
    read(open, field, &fold(prefix), limit).map_err(|error| open.fail(error))
}

fn read(open: &OpenIndex, field: NameField, prefix: &str, limit: usize) -> tantivy::Result<Vec<KnownName>> {
    let searcher = open.searcher();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        gather(open, field, prefix, limit, (segment, reader), &mut found)?;
    }
    let mut names = Vec::new();
    for (folded, Found { documents, at }) in found.into_iter().take(limit) {
        let opened = open_document(open, &searcher, at)?;
        let name = spelling(field, &opened.data, &opened.text, &folded);
        names.push(KnownName { name, documents, title: opened.data.summary.title });
    }
    Ok(names)
}

/// Reads the names of one segment, which stand in order, up to the limit.
fn gather(
    open: &OpenIndex,
    field: NameField,
    prefix: &str,
    limit: usize,
    (segment, reader): (u32, &SegmentReader),
    found: &mut BTreeMap<String, Found>,
) -> tantivy::Result<()> {
    let index = reader.inverted_index(open.fields.facts)?;
    let (start, lead) = start_of(field, prefix);
    let mut terms = index.terms().range().ge(start.as_bytes()).into_stream()?;
    let mut read = 0;
    while terms.advance() && terms.key().starts_with(start.as_bytes()) && read < limit {
        let Some(name) = std::str::from_utf8(terms.key()).ok().and_then(|term| term.get(lead..)) else {
            continue;
        };
        let mut docs = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
        while docs.doc() != TERMINATED && reader.is_deleted(docs.doc()) {
            docs.advance();
        }
        if docs.doc() == TERMINATED {
            continue;
        }
        read += 1;
        let at = DocAddress::new(segment, docs.doc());
        let entry = found.entry(name.to_owned()).or_insert(Found { documents: 0, at });
        entry.documents += terms.value().doc_freq;
    }
    Ok(())
}

/// Returns what the terms of `field` begin with, and where the name begins in them.
fn start_of(field: NameField, prefix: &str) -> (String, usize) {
    let key = match field {
        NameField::Id => "id",
        NameField::Service => "service",
        NameField::Tag => "tag",
        NameField::Owner => "owner",
        NameField::Project => "project",
        NameField::Control => "control",
    };
    (facts::document(key, prefix), facts::document(key, "").len())
}

/// Returns the name as the document writes it: terms are folded.
fn spelling(field: NameField, stored: &StoredData, text: &str, folded: &str) -> String {
    let summary = &stored.summary;
    let ids: Vec<String> = summary.id.iter().cloned().collect();
    let projects: Vec<String> = summary.project.iter().cloned().collect();
    let written = match field {
        NameField::Id => &ids,
        NameField::Service => &summary.services,
        NameField::Tag => &summary.tags,
        NameField::Owner => &summary.owners,
        NameField::Project => &projects,
        NameField::Control => &Vec::new(),
    };
    let known = written.iter().find(|name| fold(name.trim()) == folded).map(|name| name.trim().to_owned());
    let in_text = || {
        // Bytes of both are the same where the text is ASCII there, as ids and controls are.
        let at = text.to_ascii_lowercase().find(folded)?;
        text.get(at..at + folded.len()).map(str::to_owned)
    };
    let control =
        || Some(facts::canonical_control("", folded)).filter(|it| field == NameField::Control && *it != folded);
    known.or_else(|| control().map(str::to_owned)).or_else(in_text).unwrap_or_else(|| folded.to_owned())
}
