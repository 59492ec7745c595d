//! What the incident that a new document belongs to gives to it: when it was, how severe, what it hit, who looks after
//! it, why, and what it states about compliance.

use super::NewRequest;
use crate::kb::{Found, KbError, KnowledgeBase};
use crate::model::{Document, Extracted, Kind, add_new};
use crate::taxonomy::Taxonomy;

/// The incident that a new document belongs to.
pub(super) struct Parent {
    /// Its documents, the one that stands for it first.
    pub(super) documents: Vec<Document>,
}

/// What a name that a person gave leads to.
pub(super) enum Named {
    /// An incident.
    Incident(Parent),
    /// Several of them: nobody knows which is meant.
    Several,
    /// Nothing; these names are near.
    Nothing(Vec<String>),
}

/// Looks up the incident that `key` names: by its id, or by the id, path or file name of one of its documents.
pub(super) fn find(kb: &KnowledgeBase, key: &str) -> Result<Named, KbError> {
    let path = match kb.find_report(key)? {
        Found::One(summary) => summary.path,
        Found::Many(_) => return Ok(Named::Several),
        Found::None(nearest) => return Ok(Named::Nothing(nearest)),
    };
    let parsed = kb.read(&path)?;
    let is_page = parsed.document.kind.value == Kind::Other;
    let documents = if is_page { Vec::new() } else { kb.documents_of(&parsed)? };
    Ok(Named::Incident(Parent { documents: documents.into_iter().map(|it| it.document).collect() }))
}

impl Parent {
    /// Says in `request` what it leaves open and the documents of the incident state, the one that stands for it first.
    pub(super) fn fill(&self, request: &mut NewRequest, taxonomy: &Taxonomy) {
        fn first<'a, T>(documents: &'a [Document], value: impl Fn(&'a Document) -> Option<T>) -> Option<T> {
            documents.iter().find_map(value)
        }
        let documents = self.documents.as_slice();
        // As the documents write it; where one of them was named by another name, the id of the one that stands for it.
        let lead = documents.first().and_then(|it| it.id.as_ref());
        let named = lead.into_iter().chain(documents.iter().filter_map(|it| it.incident.as_ref()));
        let is_asked = |id: &&Extracted<String>| {
            request.incident.as_ref().is_some_and(|asked| asked.trim().eq_ignore_ascii_case(id.value.trim()))
        };
        if let Some(id) = named.clone().find(is_asked).or(lead) {
            request.incident = Some(id.value.clone());
        }
        let day = || first(documents, |it| it.date.as_ref()).and_then(|it| it.value.known_day());
        request.date = request.date.or_else(day);
        request.severity = request.severity.or_else(|| first(documents, |it| it.severity.as_ref().map(|it| it.value)));
        let project = || first(documents, |it| it.project.as_ref().map(|it| it.value.clone()));
        request.project = request.project.take().or_else(project);
        self.fill_list(&mut request.services, |it| it.services.iter().map(|it| it.value.clone()).collect());
        self.fill_list(&mut request.owners, |it| it.owners.iter().map(|it| it.value.clone()).collect());
        // Only what a person stated is carried over.
        let stated = |it: &Document| it.tags.iter().filter(|tag| !tag.is_inferred()).map(|it| it.tag.clone()).collect();
        self.fill_list(&mut request.tags, stated);
        request.tags.iter_mut().for_each(|tag| *tag = taxonomy.canonical(tag));
    }

    fn fill_list(&self, list: &mut Vec<String>, values: impl Fn(&Document) -> Vec<String>) {
        if list.is_empty() {
            add_new(list, self.documents.iter().flat_map(values));
        }
    }
}

impl KnowledgeBase {
    /// Says in `request` what it leaves open and the incident that it names states: day, severity, services, owners,
    /// causes and project.
    ///
    /// # Errors
    /// Where there is no index, or a document of the incident cannot be read.
    pub fn fill_from_incident(&self, request: &mut NewRequest) -> Result<(), KbError> {
        if let Some(key) = &request.incident
            && let Named::Incident(parent) = find(self, key)?
        {
            parent.fill(request, &self.taxonomy());
        }
        Ok(())
    }
}
