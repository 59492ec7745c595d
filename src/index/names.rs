//! Names that documents have and that begin with what somebody has typed, from the dictionary of facts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED};

use super::entry::StoredData;
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::search::open_document;
use super::text::fold;

/// Most names compared with one that is none, in one segment.
const MAX_COMPARED: usize = 20_000;

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

impl NameField {
    /// Every kind of name.
    pub(crate) const ALL: [Self; 6] = [Self::Id, Self::Service, Self::Tag, Self::Owner, Self::Project, Self::Control];

    /// Returns the key of its facts.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Service => "service",
            Self::Tag => "tag",
            Self::Owner => "owner",
            Self::Project => "project",
            Self::Control => "control",
        }
    }
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

/// Returns the folded names of the kind `field`, sorted; of each segment at most so many that they can be compared. Some
/// may be those of documents that have gone.
pub(crate) fn known_names(open: &OpenIndex, field: NameField) -> tantivy::Result<Vec<String>> {
    let start = facts::document(field.key(), "");
    let mut names = BTreeSet::new();
    for reader in open.searcher().segment_readers() {
        let index = reader.inverted_index(open.fields.facts)?;
        let mut terms = index.terms().range().ge(start.as_bytes()).into_stream()?;
        let mut read = 0;
        while terms.advance() && terms.key().starts_with(start.as_bytes()) && read < MAX_COMPARED {
            read += 1;
            names.extend(std::str::from_utf8(&terms.key()[start.len()..]).map(str::to_owned));
        }
    }
    Ok(names.into_iter().collect())
}

/// Returns the name that is `folded`, as one of the documents writes it that have it; `None` where they have gone.
pub(crate) fn name(open: &OpenIndex, field: NameField, folded: &str) -> tantivy::Result<Option<String>> {
    let first = read(open, field, folded, 1)?.into_iter().next();
    Ok(first.map(|it| it.name).filter(|it| fold(it) == folded))
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
    let key = field.key();
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
