//! Related incidents: what they have in common, who cites whom, and which files are the same incident.

use std::cmp::Reverse;

use serde::Serialize;

use super::related_memory::Question;
use super::{DocumentSummary, KbError, KnowledgeBase, Parsed};
use crate::index::{self, Candidate, ClueKind, Evidence, Found, IndexError, Kin, Tie};
use crate::model::{Document, Kind, ReferenceKey, Section, SectionRole, name_of};
use crate::parse::{ParseOptions, parse};
use crate::related::{Weighed, weigh};

pub use crate::related::{Reason, SharedTag};

/// Most values named in one reason.
const MAX_NAMED: usize = 6;
/// Below this part of the best score a document is only faintly related.
const FAINT: f32 = 0.15;
/// Rarest facts that make the best score large: one that shares more than so many makes others no less related.
const MUCH: f32 = 2.0;
/// Part of its weight that a shared tag keeps which `ris` inferred in one document or both.
const INFERRED: f32 = 0.6;
/// Inferred tags that must agree before two incidents are said to have the same cause.
const FEWEST_INFERRED: usize = 2;
/// Where only the text ties, so many of what is shared must be names, or what one of the two documents is about; what
/// both are about counts twice.
const FEWEST_TELLING: usize = 2;

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
        let related = self.joined(judged, &options, limit)?;
        Ok(RelatedResults { same_incident, related, notices: notice.into_iter().collect() })
    }

    /// Lists every incident once: its most related document stands for it.
    fn joined(
        &self,
        judged: Vec<Judged>,
        options: &ParseOptions,
        limit: usize,
    ) -> Result<Vec<RelatedDocument>, KbError> {
        let mut incidents: Vec<(RelatedDocument, Vec<String>)> = Vec::new();
        for Judged { related, text, may_be_joined, .. } in judged {
            let path = &related.document.path;
            if let Some((first, _)) = incidents.iter_mut().find(|(_, paths)| paths.contains(path)) {
                first.unfinished += related.unfinished;
                first.also.push(related.document);
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
            incidents.push((related, paths));
        }
        Ok(incidents.into_iter().map(|it| it.0).collect())
    }
}

/// A related document that has been looked at.
struct Judged {
    related: RelatedDocument,
    text: String,
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

/// The document asked about.
struct Subject<'a> {
    kb: &'a KnowledgeBase,
    options: &'a ParseOptions,
    document: &'a Document,
    same_incident: &'a [DocumentSummary],
}

impl Subject<'_> {
    /// Returns the documents of the `limit` most related incidents, most related first. No more candidates are opened
    /// than may be among them.
    fn best(&self, found: &Found<'_>, limit: usize) -> Result<Vec<Judged>, IndexError> {
        let mut candidates: Vec<(f32, &Candidate)> = found.candidates.iter().map(|it| (most(found, it), it)).collect();
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
        let mut best = Best { limit, much: MUCH * found.reference_weight, judged: Vec::new() };
        let mut passed = Vec::new();
        for (most, candidate) in candidates {
            if most < best.least() {
                passed.push(candidate);
            } else {
                best.extend(self.judge(found, candidate)?.map(|it| (it, candidate)));
            }
        }
        best.cut();
        // Those that are no match for these may still be documents of the same incidents.
        for candidate in passed {
            if best.judged.iter().any(|(_, it)| it.may_belong_to(candidate)) {
                best.extend(self.judge(found, candidate)?.map(|it| (it, candidate)));
            }
        }
        best.cut();
        Ok(best.judged.into_iter().map(|it| it.0).collect())
    }

    /// Weighs what a document has in common with this one; nothing where that is too little to mention.
    fn judge(&self, found: &Found<'_>, candidate: &Candidate) -> Result<Option<Judged>, IndexError> {
        let evidence = found.look(candidate)?;
        if self.same_incident.iter().any(|it| it.path == evidence.summary.path) {
            return Ok(None);
        }
        let (mut reasons, same_cause) = self.reasons(found, candidate, &evidence);
        let words = weight_of(&evidence, ClueKind::Word);
        let subjects = evidence.shared.iter().filter(|it| it.kind == ClueKind::Word && it.is_subject);
        let subjects: Vec<String> = subjects.take(MAX_NAMED).map(|it| it.written.clone()).collect();
        if is_weak(&reasons, &evidence.shared) {
            return Ok(None);
        }
        // A word in passing brings two documents nearer to each other, but nobody takes it for a reason.
        let reason = if subjects.is_empty() { None } else { Some(Reason::Words { words: subjects }) };
        let score = (reasons.iter().map(|it| it.0).sum::<f32>() + words) * standing(candidate.kind);
        reasons.extend(reason.map(|it| (words, it)));
        if reasons.is_empty() {
            return Ok(None);
        }
        let earlier = began(&evidence.summary).zip(self.began()).is_some_and(|(other, own)| other < own);
        let unfinished = if earlier && same_cause { evidence.summary.actions_open } else { 0 };
        let related = RelatedDocument {
            document: evidence.summary,
            also: Vec::new(),
            score,
            reasons: reasons.into_iter().map(|it| it.1).collect(),
            earlier,
            unfinished,
        };
        Ok(Some(Judged { related, text: evidence.text, incident: 0, may_be_joined: false }))
    }

    /// Returns the reasons besides words, and whether both have the same cause.
    fn reasons(&self, found: &Found<'_>, candidate: &Candidate, evidence: &Evidence) -> (Vec<(f32, Reason)>, bool) {
        let other = &evidence.summary;
        let (tags, same_cause) = self.tags(evidence).unzip();
        let mut reasons: Vec<(f32, Reason)> = Vec::new();
        reasons.extend(tags);
        let named = |kind| Some((weight_of(evidence, kind), values(evidence, kind))).filter(|it| !it.1.is_empty());
        reasons.extend(named(ClueKind::Service).map(|(it, services)| (it, Reason::Services { services })));
        reasons.extend(named(ClueKind::Name).map(|(it, names)| (it, Reason::Names { names })));
        let target = Target { path: &other.path, id: other.id.as_deref() };
        let cited = candidate.cited.then(|| reference(self.document, &target)).flatten();
        let cites = candidate.cites.then(|| {
            let document = parse(&other.path, evidence.text.as_bytes(), self.options).document;
            let own = self.document.id.as_ref().map(|id| id.value.as_str());
            reference(&document, &Target { path: &self.document.path, id: own })
        });
        let cites = cites.flatten();
        let weight = found.reference_weight * if cited.is_some() && cites.is_some() { 0.75 } else { 1.0 };
        reasons.extend(cited.map(|(section, line)| (weight, Reason::Cited { section, line })));
        reasons.extend(cites.map(|(section, line)| (weight, Reason::Cites { section, line })));
        (reasons, same_cause == Some(true))
    }

    fn began(&self) -> Option<chrono::NaiveDate> {
        self.document.date.as_ref().map(|date| date.value.first_day())
    }

    /// The tags that both have, and whether they make it the same cause: a person stated one of them in both, and it
    /// is no mere family such as `configuration`, or several inferred ones agree. What `ris` only inferred tells less.
    fn tags(&self, evidence: &Evidence) -> Option<((f32, Reason), bool)> {
        let other = &evidence.summary;
        let states = |tag: &str| self.document.tags.iter().any(|it| it.tag == tag && !it.is_inferred());
        let both_state = |tag: &String| states(tag) && other.tags.contains(tag) && !other.inferred_tags.contains(tag);
        let of_kind = evidence.shared.iter().filter(|it| it.kind == ClueKind::Tag);
        let mut facts: Vec<Weighed<SharedTag>> = of_kind
            .map(|Tie { written: tag, weight, .. }| {
                let inferred = !both_state(tag);
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

/// The most related documents among those that were looked at.
struct Best<'a> {
    limit: usize,
    much: f32,
    judged: Vec<(Judged, &'a Candidate)>,
}

impl<'a> Best<'a> {
    fn extend(&mut self, judged: Option<(Judged, &'a Candidate)>) {
        let Some((judged, candidate)) = judged else { return };
        self.judged.push((judged, candidate));
        self.judged.sort_by(|(a, _), (b, _)| {
            let (a, b) = (&a.related, &b.related);
            b.score.total_cmp(&a.score).then_with(|| a.document.path.cmp(&b.document.path))
        });
        for at in 0..self.judged.len() {
            let (before, rest) = self.judged.split_at_mut(at);
            let (judged, candidate) = &mut rest[0];
            let first = before.iter().find(|(_, it)| it.may_belong_to(candidate)).map(|(it, _)| it.incident);
            judged.incident = first.unwrap_or(at);
        }
    }

    /// Returns the scores of the best document of each incident, best first.
    fn incidents(&self) -> impl Iterator<Item = f32> {
        let first = self.judged.iter().enumerate().filter(|(at, (it, _))| it.incident == *at);
        first.map(|(_, (it, _))| it.related.score)
    }

    /// Returns the score below which a document is only faintly related.
    fn faint(&self) -> f32 {
        self.incidents().next().map_or(0.0, |best| best.min(self.much) * FAINT)
    }

    /// Returns the score below which no further incident is listed.
    fn least(&self) -> f32 {
        let Some(last) = self.limit.checked_sub(1) else { return f32::INFINITY };
        self.incidents().nth(last).unwrap_or(0.0).max(self.faint())
    }

    /// Leaves what is listed: all documents of the best incidents but the faint ones.
    fn cut(&mut self) {
        let (least, faint) = (self.least(), self.faint());
        let scores: Vec<f32> = self.judged.iter().map(|(it, _)| it.related.score).collect();
        let mut listed = 0;
        let mut kept: Vec<usize> = Vec::new();
        for (at, (judged, _)) in self.judged.iter().enumerate() {
            if judged.incident == at && scores[at] >= least && listed < self.limit {
                listed += 1;
                kept.push(at);
            }
        }
        self.judged.retain(|(it, _)| kept.contains(&it.incident) && it.related.score >= faint);
        let incidents: Vec<usize> = self.judged.iter().map(|(it, _)| it.incident).collect();
        for (at, (judged, _)) in self.judged.iter_mut().enumerate() {
            judged.may_be_joined = incidents.iter().filter(|it| **it == incidents[at]).count() > 1;
        }
        for (judged, _) in &mut self.judged {
            judged.incident = incidents.iter().position(|it| *it == judged.incident).unwrap_or(0);
        }
    }
}

/// Returns at least the score that a candidate will have once it has been opened.
fn most(found: &Found<'_>, candidate: &Candidate) -> f32 {
    let weigh_kind = |kind: ClueKind| {
        let of_kind = found.most(candidate).filter(|it| it.0 == kind);
        weigh(&mut of_kind.map(|it| Weighed { value: (), weight: it.1 }).collect::<Vec<_>>())
    };
    let kinds = [ClueKind::Tag, ClueKind::Service, ClueKind::Name, ClueKind::Word];
    let references = f32::from(u8::from(candidate.cited) + u8::from(candidate.cites));
    kinds.into_iter().map(weigh_kind).sum::<f32>() + references * found.reference_weight
}

/// A name or words in passing, such as those of a product that everybody uses, are no reason by themselves.
fn is_weak(reasons: &[(f32, Reason)], shared: &[Tie]) -> bool {
    let by_text = reasons.iter().all(|it| matches!(it.1, Reason::Names { .. }));
    let telling = shared.iter().filter(|it| it.kind == ClueKind::Name || it.is_subject).count()
        + shared.iter().filter(|it| it.is_of_both).count();
    by_text && telling < FEWEST_TELLING
}

fn began(summary: &DocumentSummary) -> Option<chrono::NaiveDate> {
    let date = summary.date.as_deref()?;
    date.parse().or_else(|_| format!("{date}-01").parse()).ok()
}

/// An exercise or a plan is less like an incident than an incident is.
fn standing(kind: Kind) -> f32 {
    match kind {
        Kind::Incident | Kind::Resolution | Kind::Rca | Kind::NearMiss => 1.0,
        Kind::FixPlan | Kind::Drill => 0.9,
        Kind::Other => 0.5,
    }
}

/// Returns how much all that is shared of one kind tells.
fn weight_of(evidence: &Evidence, kind: ClueKind) -> f32 {
    let of_kind = evidence.shared.iter().filter(|it| it.kind == kind);
    weigh(&mut of_kind.map(|it| Weighed { value: (), weight: it.weight }).collect::<Vec<_>>())
}

/// Returns what is shared of one kind, most telling first.
fn values(evidence: &Evidence, kind: ClueKind) -> Vec<String> {
    let of_kind = evidence.shared.iter().filter(|it| it.kind == kind);
    of_kind.take(MAX_NAMED).map(|it| it.written.clone()).collect()
}

/// What a reference may lead to.
struct Target<'a> {
    path: &'a str,
    id: Option<&'a str>,
}

/// Returns where `from` refers to `to`: in a section of references rather than in passing.
fn reference(from: &Document, to: &Target<'_>) -> Option<(Option<String>, u32)> {
    let same = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    let leads = |key: ReferenceKey| match key {
        ReferenceKey::Path(path) => path == to.path,
        ReferenceKey::Name(name) => to.id.is_some_and(|id| same(id, &name)) || same(name_of(to.path), &name),
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
