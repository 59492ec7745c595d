//! Names that documents have and that begin with what somebody has typed, from the dictionary of facts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tantivy::{DocAddress, DocId};

use super::entry::StoredData;
use super::error::IndexError;
use super::facts;
use super::living::Living;
use super::open::OpenIndex;
use super::search::{Snapshot, open_document};
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

/// Returns the folded names of the kind `field`, sorted.
pub(crate) fn known_names(open: &OpenIndex, field: NameField) -> tantivy::Result<Vec<String>> {
    let searcher = open.searcher();
    let start = facts::document(field.key(), "");
    let mut names = BTreeSet::new();
    Living::of(open, &searcher).words(&searcher, open.fields.facts, &start, |listed| {
        if let Ok(name) = std::str::from_utf8(&listed.key[start.len()..])
            && !names.contains(name)
            && listed.documents()? > 0
        {
            names.insert(name.to_owned());
        }
        Ok(true)
    })?;
    Ok(names.into_iter().collect())
}

/// Returns the name that is `folded`, as one of the documents writes it that have it; `None` where they have gone.
pub(crate) fn name(open: &OpenIndex, field: NameField, folded: &str) -> tantivy::Result<Option<String>> {
    let first = read(open, field, folded, 1)?.into_iter().next();
    Ok(first.map(|it| it.name).filter(|it| fold(it) == folded))
}

fn read(open: &OpenIndex, field: NameField, prefix: &str, limit: usize) -> tantivy::Result<Vec<KnownName>> {
    let searcher = open.searcher();
    let snapshot = Snapshot::of(open, &searcher)?;
    let (start, lead) = start_of(field, prefix);
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    // Each segment has its names in order, so the first of all are among the first of each.
    let mut read = (0, 0);
    snapshot.living.words(&searcher, open.fields.facts, &start, |listed| {
        if read.0 != listed.segment {
            read = (listed.segment, 0);
        }
        let Some(name) = std::str::from_utf8(listed.key).ok().and_then(|term| term.get(lead..)) else {
            return Ok(true);
        };
        let docs: Vec<DocId> = listed.docs()?.collect();
        // Which of them is first does not depend on where they stand in the index.
        let first = docs.iter().map(|doc| DocAddress::new(listed.segment, *doc)).min_by_key(|at| snapshot.file(*at));
        let Some(first) = first else { return Ok(true) };
        read.1 += 1;
        let entry = found.entry(name.to_owned()).or_insert(Found { documents: 0, at: first });
        entry.documents += u32::try_from(docs.len()).unwrap_or(u32::MAX);
        if snapshot.path(first) < snapshot.path(entry.at) {
            entry.at = first;
        }
        Ok(read.1 < limit)
    })?;
    let mut names = Vec::new();
    for (folded, Found { documents, at }) in found.into_iter().take(limit) {
        let opened = open_document(open, &searcher, at)?;
        let name = spelling(field, &opened.data, &opened.text, &folded);
        names.push(KnownName { name, documents, title: opened.data.summary.title });
    }
    Ok(names)
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
