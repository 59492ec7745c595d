//! Other documents: those of the same incident, those that a document refers to.

use super::summary::{Badge, SummaryView};
use super::words::kind_label;
use crate::kb::{Joined, ResolvedReference, Sibling};
use crate::web::links;

/// Another document of the same incident.
#[derive(Debug, Clone)]
pub(crate) struct SiblingView {
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) status: Option<Badge>,
    /// Why it belongs to the same incident.
    pub(crate) why: String,
}

impl From<&Sibling> for SiblingView {
    fn from(sibling: &Sibling) -> Self {
        let document = &sibling.document;
        Self {
            url: links::document(&document.path),
            title: document.title.clone(),
            kind: kind_label(document.kind),
            status: document.status.map(|status| Badge::status(status.as_str())),
            why: match &sibling.joined {
                Joined::Id(id) => format!("same incident id: {id}"),
                Joined::LinkTo(line) => format!("linked to on line {line}"),
                Joined::LinkFrom => "links to this document".to_owned(),
                Joined::Through(path) => format!("through {path}"),
            },
        }
    }
}

/// A mention of another document.
#[derive(Debug, Clone)]
pub(crate) struct ReferenceView {
    /// As written.
    pub(crate) target: String,
    /// The document meant; `None` where the reference dangles.
    pub(crate) document: Option<SummaryView>,
    /// Further documents with the same id.
    pub(crate) others: usize,
    pub(crate) line: u32,
    pub(crate) source: String,
}

impl ReferenceView {
    /// Returns the view of a reference in the document at `path`.
    pub(crate) fn new(path: &str, row: &ResolvedReference) -> Self {
        Self {
            target: row.reference.target.clone(),
            document: row.documents.first().map(SummaryView::of),
            others: row.documents.len().saturating_sub(1),
            line: row.reference.line,
            source: links::source(path, row.reference.line),
        }
    }
}
