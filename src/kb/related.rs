//! Related incidents: what they have in common, who cites whom, and which files are the same incident.

use serde::Serialize;

use super::{DocumentSummary, KbError, KnowledgeBase, Parsed};
use crate::index::{self, ClueKind, Evidence, Kin};
use crate::model::{Document, Kind};
use crate::parse::parse;
use crate::related::{Target, Weighed, same_incident, targets, weigh};

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

/// A document that belongs with the one asked about, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedDocument {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentSummary,
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
        let kin = kin(&parsed.document);
        let (found, notice) = {
            let mut notice = None;
            let found = self.answer(|open| index::evidence(open, parsed, &kin), |_, it| notice = Some(it))?;
            (found, notice)
        };
        let subject = Subject { kb: self, document: &parsed.document, reference_weight: found.reference_weight };
        let mut results = RelatedResults { notices: notice.into_iter().collect(), ..RelatedResults::default() };
        let (same, others) = subject.split(found.candidates, found.siblings);
        results.same_incident = same;
        results.related = others.into_iter().filter_map(|it| subject.judge(it)).collect();
        results.related.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.document.path.cmp(&b.document.path)));
        let best = results.related.first().map_or(0.0, |it| it.score);
        results.related.retain(|it| it.score >= best * FAINT);
        results.related.truncate(limit);
        Ok(results)
    }
}

/// What ties a document to others besides its text.
fn kin(document: &Document) -> Kin {
    let mut kin = Kin::default();
    for (target, _) in targets(document) {
        match target {
            Target::Path(path) => kin.paths.push(path),
            Target::Id(id) => kin.ids.push(id),
        }
    }
    kin.own_ids = document.id.iter().chain(&document.incident).map(|it| it.value.clone()).collect();
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    // `postmortem` and the like are names of many files.
    let is_telling = |name: &&str| name.len() > 4 && name.bytes().any(|byte| byte.is_ascii_digit());
    let id = document.id.iter().map(|it| it.value.as_str());
    kin.names = id.chain(std::iter::once(stem)).filter(is_telling).map(str::to_owned).collect();
    kin.names.dedup();
    kin
}

/// The document asked about.
struct Subject<'a> {
    kb: &'a KnowledgeBase,
    document: &'a Document,
    reference_weight: f32,
}

/// A candidate, read.
struct Other {
    evidence: Evidence,
    document: Document,
}

impl Subject<'_> {
    /// Parts the documents of the same incident from the others. A part of a part is of the same incident, too.
    fn split(&self, candidates: Vec<Evidence>, siblings: Vec<Evidence>) -> (Vec<DocumentSummary>, Vec<Other>) {
        let read = |evidence: Evidence| {
            let parsed = parse(&evidence.summary.path, evidence.text.as_bytes(), &self.kb.parse_options());
            Other { evidence, document: parsed.document }
        };
        let mut others: Vec<Other> = candidates.into_iter().map(read).collect();
        let first_sibling = others.len();
        others.extend(siblings.into_iter().map(read));
        let mut same = vec![false; others.len()];
        loop {
            let joined: Vec<usize> = (0..others.len())
                .filter(|&at| !same[at])
                .filter(|&at| {
                    let it = &others[at].document;
                    same_incident(self.document, it)
                        || (0..others.len()).any(|other| same[other] && same_incident(&others[other].document, it))
                })
                .collect();
            if joined.is_empty() {
                break;
            }
            joined.into_iter().for_each(|at| same[at] = true);
        }
        let mut parts = (Vec::new(), Vec::new());
        for (at, other) in others.into_iter().enumerate() {
            if same[at] {
                parts.0.push(other.evidence.summary);
            } else if at < first_sibling {
                parts.1.push(other);
            }
        }
        parts.0.sort_by(|a: &DocumentSummary, b| a.path.cmp(&b.path));
        parts
    }

    /// Weighs what a document has in common with this one; nothing where that is too little to mention.
    fn judge(&self, other: Other) -> Option<RelatedDocument> {
        let Other { evidence, document } = other;
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
        if reasons.is_empty() {
            return None;
        }
        let score = reasons.iter().map(|it| it.0).sum::<f32>() * standing(document.kind.value);
        let earlier = began(&document).zip(began(self.document)).is_some_and(|(other, own)| other < own);
        let unfinished = if earlier && same_cause == Some(true) { evidence.summary.actions_open } else { 0 };
        let reasons = reasons.into_iter().map(|it| it.1).collect();
        Some(RelatedDocument { document: evidence.summary, score, reasons, earlier, unfinished })
    }

    /// The tags that both have, and whether they make it the same cause: a person stated one of them in both, and it
    /// is no mere family such as `configuration`, or several inferred ones agree. What `ris` only inferred tells less.
    fn tags(&self, evidence: &Evidence, other: &Document) -> Option<((f32, Reason), bool)> {
        let stated = |document: &Document, tag: &str| document.tags.iter().any(|it| it.tag == tag && !it.is_inferred());
        let of_kind = evidence.shared.iter().filter(|(it, ..)| *it == ClueKind::Tag);
        let mut facts: Vec<Weighed<SharedTag>> = of_kind
            .map(|(_, tag, weight)| {
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
    let of_kind = evidence.shared.iter().filter(|(it, ..)| *it == kind);
    let mut facts: Vec<Weighed<&String>> =
        of_kind.map(|(_, value, weight)| Weighed { value, weight: *weight }).collect();
    let weight = weigh(&mut facts);
    let values: Vec<String> = facts.into_iter().take(MAX_NAMED).map(|it| it.value.clone()).collect();
    (!values.is_empty()).then_some((weight, values))
}

/// Returns where `from` refers to `to`: in a section of references rather than in passing.
fn reference(from: &Document, to: &Document) -> Option<(Option<String>, u32)> {
    let id = to.id.as_ref().map(|id| id.value.as_str());
    let lines = targets(from).into_iter().filter(|(target, _)| target.is(&to.path, id)).map(|(_, line)| line);
    let places = lines.map(|line| (section_of(from, line), line));
    places
        .max_by_key(|(section, line)| {
            (
                section.is_some_and(|it| it.role == Some(crate::model::SectionRole::References)),
                section.is_some(),
                std::cmp::Reverse(*line),
            )
        })
        .map(|(section, line)| (section.filter(|it| it.level > 1).map(|it| it.title.clone()), line))
}

/// Returns the innermost section that holds `line`.
fn section_of(document: &Document, line: u32) -> Option<&crate::model::Section> {
    document.sections.iter().rev().find(|section| section.line <= line)
}

impl KnowledgeBase {
    /// Returns the root-cause tags in force.
    #[must_use]
    pub fn taxonomy(&self) -> &'static crate::taxonomy::Taxonomy {
        crate::taxonomy::Taxonomy::builtin()
    }
}
