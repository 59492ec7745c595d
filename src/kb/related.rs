//! Related incidents: what they have in common, who cites whom, and which files are the same incident.

use std::cmp::Reverse;

use serde::Serialize;

use super::related_memory::Question;
use super::{DocumentSummary, KbError, KnowledgeBase, Parsed};
use crate::index::{self, ClueKind, Evidence, Kin, Tie};
use crate::model::{Document, Kind, ReferenceKey, Section, SectionRole, name_of};
use crate::parse::{ParseOptions, parse};
use crate::related::{Weighed, weigh};

pub use crate::related::{Reason, SharedTag};

/// Most values named in one reason.
const MAX_NAMED: usize = 6;
/// Below this part of the best score a document is only faintly related.
const FAINT: f32 = 0.15;
/// Part of its weight that a shared tag keeps which `ris` inferred in one document or both.
const INFERRED: f32 = 0.6;
/// Inferred tags that must agree before two incidents are said to have the same cause.
const FEWEST_INFERRED: usize = 2;
/// Shared words alone must be so many to mean something.
const FEWEST_WORDS: usize = 3;
/// Where only words of the text tie, so many must be names, or what one of the two documents is about.
const FEWEST_SUBJECTS: usize = 2;

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
    /// Open action items of an earlier incident with the same cause: the work that might have prevented this one.
    /// 0 for every other document.
    pub unfinished: u32,
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
        let commit = self.answer(|open| Ok(open.commit()), |_, _| {})?;
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
        let mut notice = None;
        let ask = |open: &index::OpenIndex| index::evidence(open, parsed, &kin(document));
        let found = self.answer(ask, |_, it| notice = Some(it))?;
        let same = self.same_incident_as(document)?.into_iter().map(|it| it.document);
        let mut results = RelatedResults {
            same_incident: same.collect(),
            related: Vec::new(),
            notices: notice.into_iter().collect(),
        };
        let options = self.current_config().parse_options();
        let subject = Subject { kb: self, options: &options, document, reference_weight: found.reference_weight };
        let is_same = |it: &Evidence| results.same_incident.iter().any(|other| other.path == it.summary.path);
        let others = found.candidates.into_iter().filter(|it| !is_same(it));
        let mut judged: Vec<Judged> = others.filter_map(|it| subject.judge(it)).collect();
        judged.sort_by(|a, b| {
            let (a, b) = (&a.related, &b.related);
            b.score.total_cmp(&a.score).then_with(|| a.document.path.cmp(&b.document.path))
        });
        let best = judged.first().map_or(0.0, |it| it.related.score);
        judged.retain(|it| it.related.score >= best * FAINT);
        results.related = self.joined(judged, limit)?;
        Ok(results)
    }

    /// Lists every incident once: its most related document stands for it.
    fn joined(&self, judged: Vec<Judged>, limit: usize) -> Result<Vec<RelatedDocument>, KbError> {
        let mut incidents: Vec<(RelatedDocument, Vec<String>)> = Vec::new();
        for Judged { related, document } in judged {
            let path = &related.document.path;
            if let Some((first, _)) = incidents.iter_mut().find(|(_, paths)| paths.contains(path)) {
                first.unfinished += related.unfinished;
                first.also.push(related.document);
            } else if incidents.len() < limit {
                let parts = self.same_incident_as(&document)?.into_iter().map(|it| it.document.path);
                incidents.push((related, parts.collect()));
            }
        }
        Ok(incidents.into_iter().map(|it| it.0).collect())
    }
}

/// A related document that has been read.
struct Judged {
    related: RelatedDocument,
    document: Document,
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

/// The document asked about.
struct Subject<'a> {
    kb: &'a KnowledgeBase,
    options: &'a ParseOptions,
    document: &'a Document,
    reference_weight: f32,
}

impl Subject<'_> {
    /// Weighs what a document has in common with this one; nothing where that is too little to mention.
    fn judge(&self, evidence: Evidence) -> Option<Judged> {
        let parsed = parse(&evidence.summary.path, evidence.text.as_bytes(), self.options);
        let document = parsed.document;
        let cited = reference(self.document, &document);
        let cites = reference(&document, self.document);
        let references = self.reference_weight * if cited.is_some() && cites.is_some() { 0.75 } else { 1.0 };
        let (tags, same_cause) = self.tags(&evidence, &document).unzip();
        let mut reasons: Vec<(f32, Reason)> = Vec::new();
        reasons.extend(tags);
        reasons.extend(gather(&evidence, ClueKind::Service).map(|(it, services)| (it, Reason::Services { services })));
        reasons.extend(gather(&evidence, ClueKind::Name).map(|(it, names)| (it, Reason::Names { names })));
        reasons.extend(cited.map(|(section, line)| (references, Reason::Cited { section, line })));
        reasons.extend(cites.map(|(section, line)| (references, Reason::Cites { section, line })));
        let words = gather(&evidence, ClueKind::Word);
        let enough = if reasons.is_empty() { FEWEST_WORDS } else { 1 };
        let words = words.filter(|(_, words)| words.len() >= enough);
        reasons.extend(words.map(|(weight, words)| (weight, Reason::Words { words })));
        if reasons.is_empty() || is_weak(&reasons, &evidence.shared) {
            return None;
        }
        let score = reasons.iter().map(|it| it.0).sum::<f32>() * standing(document.kind.value);
        let earlier = began(&document).zip(began(self.document)).is_some_and(|(other, own)| other < own);
        let unfinished = if earlier && same_cause == Some(true) { evidence.summary.actions_open } else { 0 };
        let reasons = reasons.into_iter().map(|it| it.1).collect();
        Some(Judged {
            related: RelatedDocument {
                document: evidence.summary,
                also: Vec::new(),
                score,
                reasons,
                earlier,
                unfinished,
            },
            document,
        })
    }

    /// The tags that both have, and whether they make it the same cause: a person stated one of them in both, and it
    /// is no mere family such as `configuration`, or several inferred ones agree. What `ris` only inferred tells less.
    fn tags(&self, evidence: &Evidence, other: &Document) -> Option<((f32, Reason), bool)> {
        let stated = |document: &Document, tag: &str| document.tags.iter().any(|it| it.tag == tag && !it.is_inferred());
        let of_kind = evidence.shared.iter().filter(|it| it.kind == ClueKind::Tag);
        let mut facts: Vec<Weighed<SharedTag>> = of_kind
            .map(|Tie { written: tag, weight, .. }| {
                let inferred = !(stated(self.document, tag) && stated(other, tag));
                let weight = if inferred { weight * INFERRED } else { *weight };
                Weighed { value: SharedTag { tag: tag.clone(), inferred }, weight }
            })
            .collect();
        let weight = weigh(&mut facts);
        let tags: Vec<SharedTag> = facts.into_iter().map(|it| it.value).take(MAX_NAMED).collect();
        let causes = || tags.iter().filter(|it| self.kb.taxonomy().family(&it.tag).is_none());
        let same_cause = causes().any(|it| !it.inferred) || causes().count() >= FEWEST_INFERRED;
        (!tags.is_empty()).then_some(((weight, Reason::Tags { tags }), same_cause))
    }
}

/// A name or words in passing, such as those of a product that everybody uses, are no reason by themselves.
fn is_weak(reasons: &[(f32, Reason)], shared: &[Tie]) -> bool {
    let by_text = reasons.iter().all(|it| matches!(it.1, Reason::Names { .. } | Reason::Words { .. }));
    let of = |kind| shared.iter().filter(move |it| it.kind == kind);
    let names = of(ClueKind::Name).count();
    let subjects = shared.iter().filter(|it| it.is_subject).count();
    by_text && names < 2 && names + subjects < FEWEST_SUBJECTS
}

fn began(document: &Document) -> Option<chrono::NaiveDate> {
    document.date.as_ref().map(|date| date.value.first_day())
}

/// An exercise or a plan is less like an incident than an incident is.
fn standing(kind: Kind) -> f32 {
    match kind {
        Kind::Incident | Kind::Resolution | Kind::Rca | Kind::NearMiss => 1.0,
        Kind::FixPlan | Kind::Drill => 0.9,
        Kind::Other => 0.5,
    }
}

/// Returns the weight and the values of what is shared of one kind, most telling first.
fn gather(evidence: &Evidence, kind: ClueKind) -> Option<(f32, Vec<String>)> {
    let of_kind = evidence.shared.iter().filter(|it| it.kind == kind);
    let mut facts: Vec<Weighed<&String>> =
        of_kind.map(|it| Weighed { value: &it.written, weight: it.weight }).collect();
    let weight = weigh(&mut facts);
    let values: Vec<String> = facts.into_iter().take(MAX_NAMED).map(|it| it.value.clone()).collect();
    (!values.is_empty()).then_some((weight, values))
}

/// Returns where `from` refers to `to`: in a section of references rather than in passing.
fn reference(from: &Document, to: &Document) -> Option<(Option<String>, u32)> {
    let same = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    let leads = |key: ReferenceKey| match key {
        ReferenceKey::Path(path) => path == to.path,
        ReferenceKey::Name(name) => {
            to.id.as_ref().is_some_and(|id| same(&id.value, &name)) || same(name_of(&to.path), &name)
        }
    };
    let lines = from.references.iter().filter(|it| it.key(&from.path).is_some_and(leads)).map(|it| it.line);
    let places = lines.map(|line| (section_of(from, line), line));
    let best = places.max_by_key(|(section, line)| {
        let in_list = section.is_some_and(|it| it.role == Some(SectionRole::References));
        (in_list, section.is_some(), Reverse(*line))
    });
    best.map(|(section, line)| (section.filter(|it| it.level > 1).map(|it| it.title.clone()), line))
}

/// Returns the innermost section that holds `line`.
fn section_of(document: &Document, line: u32) -> Option<&Section> {
    document.sections.iter().rev().find(|section| section.line <= line)
}
