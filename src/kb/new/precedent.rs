//! What an earlier incident gives to a new one: causes, services, compliance, and the questions that helped.

use crate::kb::{DocumentSummary, Found, KbError, KnowledgeBase};
use crate::model::{Document, Kind};
pub(super) use crate::scaffold::link;
use crate::scaffold::questions_of;

/// An earlier incident.
pub(super) struct Precedent {
    pub(super) summary: DocumentSummary,
    pub(super) document: Document,
    pub(super) questions: Vec<String>,
}

/// Finds the incident that `key` names: by the document of it that says most, where there are several.
pub(super) fn find(kb: &KnowledgeBase, key: &str) -> Result<Precedent, KbError> {
    let summary = match kb.find(key)? {
        Found::One(summary) => *summary,
        Found::Many(mut all) => {
            all.sort_by_key(|it| (it.kind == Kind::Other, it.kind != Kind::Incident));
            all.swap_remove(0)
        }
        Found::None(nearest) => return Err(KbError::NoSuchDocument { key: key.to_owned(), nearest }),
    };
    let document = kb.read(&summary.path)?.document;
    let mut questions = questions_of(&document);
    for sibling in kb.same_incident_as(&document)? {
        for question in questions_of(&kb.read(&sibling.document.path)?.document) {
            if !questions.contains(&question) {
                questions.push(question);
            }
        }
    }
    Ok(Precedent { summary, document, questions })
}
