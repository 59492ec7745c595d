//! The documents of one incident: joined by `incident:` in front matter, by the same id, or by a link between files of
//! one folder.

use super::incidents::{Tie, id_joins};
use super::{DocumentSummary, KbError, KnowledgeBase, Parsed};
use crate::index;
use crate::model::{Document, Extracted, Kind, ReferenceKey, folder_of};

/// Most documents told of one incident.
const MAX_SIBLINGS: usize = 20;

/// What joins a document to another of the same incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// Both carry this id, as their own or in `incident:`.
    Id(String),
    /// This document links to the other, on this line.
    LinkTo(u32),
    /// The other links to this document.
    LinkFrom,
    /// The other is joined to the document with this path, which is joined to this one.
    Through(String),
}

/// Another document of the same incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Sibling {
    /// The document.
    pub document: DocumentSummary,
    /// Why it belongs to the same incident.
    pub joined: Joined,
}

impl KnowledgeBase {
    /// Returns the other documents of the incident that the document at `path` belongs to.
    ///
    /// # Errors
    /// Where the document or the index cannot be read.
    pub fn same_incident(&self, path: &str) -> Result<Vec<Sibling>, KbError> {
        self.same_incident_as(&self.read(path)?.document)
    }

    /// Returns the other documents of the incident that `document` belongs to.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn same_incident_as(&self, document: &Document) -> Result<Vec<Sibling>, KbError> {
        if document.kind.value == Kind::Other {
            return Ok(Vec::new());
        }
        let own = Member { path: &document.path, tie: Tie::of(document) };
        let mut siblings = Siblings { path: &document.path, rows: Vec::new() };
        for id in document.id.iter().chain(&document.incident) {
            let found = self.sharing_id(own, &id.value)?;
            found.into_iter().for_each(|it| siblings.add(it, Joined::Id(id.value.clone())));
        }
        for reference in &document.references {
            let Some(key @ ReferenceKey::Path(path)) = &reference.key(&document.path) else { continue };
            if folder_of(path) == folder_of(&document.path) {
                let found = self.ask(|open| index::resolve(open, key))?;
                let found = found.into_iter().filter(|it| own.tie.link_joins(Tie::of_summary(it)));
                found.for_each(|it| siblings.add(it, Joined::LinkTo(reference.line)));
            }
        }
        self.linking_to(own).into_iter().for_each(|it| siblings.add(it, Joined::LinkFrom));
        for at in 0..siblings.rows.len() {
            let near = siblings.rows[at].document.clone();
            let member = Member { path: &near.path, tie: Tie::of_summary(&near) };
            let mut next = self.linking_to(member);
            if let Some(id) = &near.id {
                next.extend(self.sharing_id(member, id)?);
            }
            next.into_iter().for_each(|it| siblings.add(it, Joined::Through(near.path.clone())));
        }
        Ok(siblings.rows)
    }

    /// Returns all documents of the incident that `found` belongs to, the one that stands for it first.
    pub(super) fn documents_of(&self, found: &Parsed) -> Result<Vec<Parsed>, KbError> {
        let mut all = vec![found.clone()];
        for sibling in self.same_incident_as(&found.document)? {
            all.push(self.read(&sibling.document.path)?);
        }
        let key = |id: Option<&Extracted<String>>| id.map(|id| index::id_key(&id.value));
        let ids: Vec<u64> = all.iter().filter_map(|it| key(it.document.id.as_ref())).collect();
        all.sort_by_cached_key(|it| {
            let document = &it.document;
            let named = key(document.incident.as_ref()).filter(|it| Some(*it) != key(document.id.as_ref()));
            let names_another = named.is_some_and(|it| ids.contains(&it));
            (document.kind.value.precedence(names_another), index::path_key(&document.path))
        });
        Ok(all)
    }

    /// Returns the documents that `id`, which `member` carries or names as that of its incident, joins to it.
    fn sharing_id(&self, member: Member<'_>, id: &str) -> Result<Vec<DocumentSummary>, KbError> {
        let mut found = self.ask(|open| index::with_id(open, id))?;
        found.retain(|it| it.path != member.path && it.kind != Kind::Other);
        let key = index::id_key(id);
        let is_own = |it: &DocumentSummary| it.id.as_deref().map(index::id_key) == Some(key);
        let carriers = found.iter().filter(|it| is_own(it)).map(|it| it.kind);
        let carries = member.tie.id == Some(key);
        if !id_joins(carriers.chain(carries.then_some(member.tie.kind))) {
            // Nobody knows which of them a document with `incident:` belongs to.
            found.retain(|it| !carries && !is_own(it));
        }
        Ok(found)
    }

    /// Returns the documents of the same folder whose link joins them to `member`. The page is whole without them.
    fn linking_to(&self, member: Member<'_>) -> Vec<DocumentSummary> {
        let ask = || self.ask(|open| index::referring(open, &[member.path], MAX_SIBLINGS));
        let found = ask().unwrap_or_default();
        let is_beside = |it: &DocumentSummary| folder_of(&it.path) == folder_of(member.path);
        found.into_iter().filter(|it| is_beside(it) && member.tie.link_joins(Tie::of_summary(it))).collect()
    }
}

/// A document, and what joins it to others.
#[derive(Clone, Copy)]
struct Member<'a> {
    path: &'a str,
    tie: Tie,
}

struct Siblings<'a> {
    path: &'a str,
    rows: Vec<Sibling>,
}

impl Siblings<'_> {
    fn add(&mut self, document: DocumentSummary, joined: Joined) {
        let known = document.path == self.path || self.rows.iter().any(|it| it.document.path == document.path);
        if !known && document.kind != Kind::Other && self.rows.len() < MAX_SIBLINGS {
            self.rows.push(Sibling { document, joined });
        }
    }
}
