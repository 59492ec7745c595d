//! Related incidents: what they have in common, who cites whom, and which files are the same incident.

mod best;
mod memory;
mod reference;
mod subject;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{DocumentSummary, KbError, KnowledgeBase, Parsed};
use crate::index::{self, Kin};
use crate::model::{Document, ReferenceKey, name_of};
use crate::parse::{ParseOptions, parse};
use crate::sensitive::Mask;

pub use crate::related::{Reason, SharedTag};
use memory::Question;
pub(super) use memory::RelatedMemory;
use subject::Subject;

/// A document that belongs with the one asked about, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedDocument {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentSummary,
    /// Its other documents that are related too, most related first.
    pub also: Vec<DocumentSummary>,
    /// Weight of the reasons; comparable only within one answer.
    pub score: f32,
    /// Why: causes, services, names, references, words.
    pub reasons: Vec<Reason>,
    /// True where it began before the one asked about.
    pub earlier: bool,
    /// Open action items in all documents of its incident.
    pub incident_actions_open: u32,
    /// The same, of an earlier incident with the same cause: the work that might have prevented this one. 0 for every
    /// other document.
    pub unfinished: u32,
    /// The document of its incident that has most of the open action items.
    #[serde(skip)]
    pub work_path: String,
}

/// The answer to "what is this like?".
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct RelatedResults {
    /// Other documents about the same incident.
    pub same_incident: Vec<DocumentSummary>,
    /// Documents about other incidents, most related first.
    pub related: Vec<RelatedDocument>,
    /// What a person should know about the answer; full sentences.
    pub notices: Vec<String>,
}

impl KnowledgeBase {
    /// Finds what is related to a document, which need not be in the knowledge base: a draft is welcome.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn related(&self, parsed: &Parsed, limit: usize) -> Result<RelatedResults, KbError> {
        let commit = self.commit()?;
        let question = Question::new(parsed, limit);
        if let Some(answer) = self.related.get(commit, &question) {
            return Ok(answer);
        }
        let answer = self.find_related(parsed, limit)?;
        self.related.keep(commit, question, &answer);
        Ok(answer)
    }

    fn find_related(&self, parsed: &Parsed, limit: usize) -> Result<RelatedResults, KbError> {
        let document = &parsed.document;
        let same_incident: Vec<DocumentSummary> =
            self.same_incident_as(document)?.into_iter().map(|it| it.document).collect();
        let options = self.current_config().parse_options();
        let subject = Subject { kb: self, options: &options, document, same_incident: &same_incident };
        let mut notice = None;
        let ask = |open: &index::OpenIndex| {
            let found = index::evidence(open, parsed, &kin(document))?;
            subject.best(&found, limit)
        };
        let judged = self.answer(ask, |_, it| notice = Some(it))?;
        let mut related = self.joined(judged, &options, limit)?;
        without_secrets(&mut related, &parsed.text);
        Ok(RelatedResults { same_incident, related, notices: notice.into_iter().collect() })
    }

    /// Lists every incident once: its most related document stands for it.
    fn joined(
        &self,
        judged: Vec<Judged>,
        options: &ParseOptions,
        limit: usize,
    ) -> Result<Vec<RelatedDocument>, KbError> {
        let mut incidents: Vec<Joined> = Vec::new();
        for Judged { related, text, warned, may_be_joined, .. } in judged {
            let path = &related.document.path;
            if let Some(first) = incidents.iter_mut().find(|it| it.paths.contains(path)) {
                first.warned |= warned;
                first.related.also.push(related.document);
                continue;
            }
            if incidents.len() == limit {
                continue;
            }
            let mut paths = Vec::new();
            if may_be_joined {
                let document = parse(path, text.as_bytes(), options).document;
                paths.extend(self.same_incident_as(&document)?.into_iter().map(|it| it.document.path));
            }
            incidents.push(Joined { related, paths, warned });
        }
        let paths: Vec<&str> = incidents.iter().map(|it| it.related.document.path.as_str()).collect();
        let open = self.open_work(&paths)?;
        let counted = incidents.into_iter().zip(open).map(|(it, (open, work_path))| RelatedDocument {
            incident_actions_open: open,
            work_path,
            unfinished: if it.warned { open } else { 0 },
            ..it.related
        });
        Ok(counted.collect())
    }
}

/// Takes shared names and words out of the reasons that are a password or the like in the document asked about: that two
/// documents share it is a reason, and no reason to print it.
fn without_secrets(related: &mut [RelatedDocument], text: &str) {
    let mask = Mask::of([text]);
    let is_told = |it: &String| mask.clean(it, &mut |_| {}) == *it;
    for document in related {
        document.reasons.retain_mut(|reason| match reason {
            Reason::Names { names: shared } | Reason::Words { words: shared } => {
                shared.retain(&is_told);
                !shared.is_empty()
            }
            _ => true,
        });
    }
}

/// An incident that is listed, by its most related document.
struct Joined {
    related: RelatedDocument,
    /// Its other documents, where any of them may be related too.
    paths: Vec<String>,
    /// It began earlier and had the same cause.
    warned: bool,
}

/// A related document that has been looked at.
struct Judged {
    related: RelatedDocument,
    text: String,
    /// It began earlier and had the same cause.
    warned: bool,
    /// Position of the first, among those looked at, of which it may be another document of the same incident.
    incident: usize,
    /// There is such a one.
    may_be_joined: bool,
}

/// What ties a document to others besides its text.
fn kin(document: &Document) -> Kin {
    let mut kin = Kin::default();
    for reference in &document.references {
        match reference.key(&document.path) {
            Some(ReferenceKey::Path(path)) => kin.paths.push(path),
            Some(ReferenceKey::Name(name)) => kin.names.push(name),
            None => {}
        }
    }
    let id = document.id.iter().map(|id| id.value.as_str());
    kin.own = id.chain([document.path.as_str(), name_of(&document.path)]).map(str::to_owned).collect();
    kin
}
