//! Related incidents, as a page shows them.

use super::words::{begins_with, date_words, kind_label};
use crate::kb::{KnowledgeBase, Parsed, RelatedDocument};
use crate::model::capitalised;
use crate::web::links;

/// Related incidents shown on a page.
const MAX_RELATED: usize = 6;

/// A related incident.
#[derive(Debug, Clone)]
pub(crate) struct RelatedView {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) id: Option<String>,
    pub(crate) date: Option<(String, String)>,
    /// Kind and address of its other documents.
    pub(crate) also: Vec<(&'static str, String)>,
    pub(crate) reasons: Vec<String>,
    /// What is said in red: work left undone that might have prevented this incident.
    pub(crate) unfinished: Option<String>,
    /// Where that work is.
    pub(crate) work_url: String,
}

impl RelatedView {
    /// Returns what is related to a document; nothing where the index cannot tell, since the page is whole without.
    pub(crate) fn of(kb: &KnowledgeBase, parsed: &Parsed) -> Vec<Self> {
        let related = kb.related(parsed, MAX_RELATED).map(|results| results.related).unwrap_or_default();
        related.iter().map(Self::from).collect()
    }
}

impl From<&RelatedDocument> for RelatedView {
    fn from(it: &RelatedDocument) -> Self {
        let date = it.document.date.as_ref();
        Self {
            title: it.document.title.clone(),
            url: links::document(&it.document.path),
            id: it.document.id.clone().filter(|id| !begins_with(&it.document.title, id)),
            date: date.map(|date| (date.clone(), date_words(date))),
            also: it.also.iter().map(|it| (kind_label(it.kind), links::document(&it.path))).collect(),
            reasons: it.reasons.iter().map(|reason| capitalised(&reason.sentence())).collect(),
            work_url: format!("{}#ris-actions", links::document(&it.work_path)),
            unfinished: match it.unfinished {
                0 => None,
                1 => Some("Same cause, and 1 action item is still open".to_owned()),
                open => Some(format!("Same cause, and {open} action items are still open")),
            },
        }
    }
}
