//! What a document has in common with the one asked about, weighed, and said as reasons.

use super::best::Best;
use super::reference::{Target, reference};
use super::{DocumentSummary, Judged, Reason, RelatedDocument, SharedTag};
use crate::index::{Candidate, ClueKind, Evidence, Found, IndexError, Tie};
use crate::kb::KnowledgeBase;
use crate::model::{Document, Kind};
use crate::parse::{ParseOptions, parse};
use crate::related::{Weighed, weigh};

/// Most values named in one reason.
const MAX_NAMED: usize = 6;
/// Rarest facts that make a score large.
const MUCH: f32 = 2.0;
/// Part of its weight that a shared tag keeps which `ris` inferred in one document or both.
const INFERRED: f32 = 0.6;
/// Inferred tags that must agree before two incidents are said to have the same cause.
const FEWEST_INFERRED: usize = 2;
/// Where only the text ties, so many of what is shared must be names, or what one of the two documents is about; what
/// both are about counts twice.
const FEWEST_TELLING: usize = 2;

/// The document asked about.
pub(super) struct Subject<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) options: &'a ParseOptions,
    pub(super) document: &'a Document,
    pub(super) same_incident: &'a [DocumentSummary],
}

impl Subject<'_> {
    /// Returns the documents of the `limit` most related incidents, most related first. No more candidates are opened
    /// than may be among them.
    pub(super) fn best(&self, found: &Found<'_>, limit: usize) -> Result<Vec<Judged>, IndexError> {
        let mut candidates: Vec<(f32, &Candidate)> = Vec::new();
        for candidate in &found.candidates {
            let at_most = found.at_most(candidate);
            if !is_weak(candidate, &at_most) {
                candidates.push((most(found, candidate, &at_most), candidate));
            }
        }
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
        if is_weak(candidate, &evidence.shared) {
            return Ok(None);
        }
        let (mut reasons, same_cause) = self.reasons(found, candidate, &evidence);
        let words = weight_of(&evidence.shared, ClueKind::Word);
        // A word in passing brings two documents nearer to each other, but nobody takes it for a reason.
        let score = (reasons.iter().map(|it| it.0).sum::<f32>() + words) * standing(candidate.kind);
        let subjects = values(evidence.shared.iter().filter(|it| it.kind == ClueKind::Word && it.is_subject));
        reasons.extend((!subjects.is_empty()).then_some((words, Reason::Words { words: subjects })));
        if reasons.is_empty() {
            return Ok(None);
        }
        let earlier = began(&evidence.summary).zip(self.began()).is_some_and(|(other, own)| other < own);
        let related = RelatedDocument {
            document: evidence.summary,
            also: Vec::new(),
            score,
            reasons: reasons.into_iter().map(|it| it.1).collect(),
            earlier,
            incident_actions_open: 0,
            unfinished: 0,
            work_path: String::new(),
        };
        let warned = earlier && same_cause;
        Ok(Some(Judged { related, text: evidence.text, warned, incident: 0, may_be_joined: false }))
    }

    /// Returns the reasons besides words, and whether both have the same cause.
    fn reasons(&self, found: &Found<'_>, candidate: &Candidate, evidence: &Evidence<'_>) -> (Vec<(f32, Reason)>, bool) {
        let other = &evidence.summary;
        let (tags, same_cause) = self.tags(evidence).unzip();
        let mut reasons: Vec<(f32, Reason)> = Vec::new();
        reasons.extend(tags);
        let named = |kind| {
            let values = values(evidence.shared.iter().filter(|it| it.kind == kind));
            (!values.is_empty()).then(|| (weight_of(&evidence.shared, kind), values))
        };
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
    fn tags(&self, evidence: &Evidence<'_>) -> Option<((f32, Reason), bool)> {
        let other = &evidence.summary;
        let states = |tag: &str| self.document.tags.iter().any(|it| it.tag == tag && !it.is_inferred());
        let is_in = |tags: &[String], tag: &str| tags.iter().any(|it| it == tag);
        let both_state = |tag: &str| states(tag) && is_in(&other.tags, tag) && !is_in(&other.inferred_tags, tag);
        let of_kind = evidence.shared.iter().filter(|it| it.kind == ClueKind::Tag);
        let mut facts: Vec<Weighed<SharedTag>> = of_kind
            .map(|Tie { written: tag, weight, .. }| {
                let inferred = !both_state(tag);
                let weight = if inferred { weight * INFERRED } else { *weight };
                Weighed { value: SharedTag { tag: (*tag).to_owned(), inferred }, weight }
            })
            .collect();
        let weight = weigh(&mut facts);
        let tags: Vec<SharedTag> = facts.into_iter().map(|it| it.value).take(MAX_NAMED).collect();
        let causes = || tags.iter().filter(|it| self.kb.taxonomy().family(&it.tag).is_none());
        let same_cause = causes().any(|it| !it.inferred) || causes().count() >= FEWEST_INFERRED;
        (!tags.is_empty()).then_some(((weight, Reason::Tags { tags }), same_cause))
    }
}

/// Returns at least the score that a candidate will have once it has been opened.
fn most(found: &Found<'_>, candidate: &Candidate, at_most: &[Tie<'_>]) -> f32 {
    let kinds = [ClueKind::Tag, ClueKind::Service, ClueKind::Name, ClueKind::Word];
    let references = f32::from(u8::from(candidate.cited) + u8::from(candidate.cites));
    kinds.into_iter().map(|kind| weight_of(at_most, kind)).sum::<f32>() + references * found.reference_weight
}

/// A name or words in passing, such as those of a product that everybody uses, are no reason by themselves.
fn is_weak(candidate: &Candidate, shared: &[Tie<'_>]) -> bool {
    let is_fact = |it: &Tie<'_>| matches!(it.kind, ClueKind::Tag | ClueKind::Service);
    let telling = shared.iter().filter(|it| it.kind == ClueKind::Name || it.is_subject).count()
        + shared.iter().filter(|it| it.is_of_both).count();
    !(candidate.cited || candidate.cites || shared.iter().any(is_fact)) && telling < FEWEST_TELLING
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
fn weight_of(shared: &[Tie<'_>], kind: ClueKind) -> f32 {
    let of_kind = shared.iter().filter(|it| it.kind == kind);
    weigh(&mut of_kind.map(|it| Weighed { value: (), weight: it.weight }).collect::<Vec<_>>())
}

/// Returns what is named of what is shared.
fn values<'a>(shared: impl Iterator<Item = &'a Tie<'a>>) -> Vec<String> {
    shared.take(MAX_NAMED).map(|it| it.written.to_owned()).collect()
}
