//! The facts of a document that others may share, with how rare they are.

use tantivy::query::{Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::Kin;
use super::spot::{Spotted, spot};
use crate::index::facts;
use crate::index::open::OpenIndex;
use crate::index::search::{Statistics, Wanted};
use crate::index::text::{TokenKind, fold};
use crate::parse::Parsed;

/// A name or word in more than this part of the documents is no tie.
const FREQUENT: f32 = 0.05;
/// The same for those of the title and the cause, which are what it is about.
const FREQUENT_SUBJECT: f32 = 0.2;
/// In a small knowledge base nothing in so few documents is frequent.
const NEVER_FREQUENT: u64 = 4;
/// However large the knowledge base: what more documents have is no tie, and too dear to follow.
const ALWAYS_FREQUENT: u64 = 2000;
/// Names and words that are followed, each.
const MAX_NAMES: usize = 32;
const MAX_WORDS: usize = 32;

/// What kind of fact a clue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClueKind {
    Tag,
    Service,
    Name,
    Word,
}

impl ClueKind {
    /// How much a fact of this kind tells beside one of another kind that is as rare: a cause is what makes incidents
    /// alike, a service is only where they happened, a word may mean anything.
    fn worth(self) -> f32 {
        match self {
            Self::Tag => 1.0,
            Self::Service => 0.5,
            Self::Name => 0.8,
            Self::Word => 0.3,
        }
    }
}

/// A fact that others may share.
#[derive(Debug, Clone)]
pub(crate) struct Clue {
    pub(super) kind: ClueKind,
    /// Folded tag or service; folded name or word as the index has it.
    pub(super) term: String,
    pub(super) written: String,
    pub(super) token: TokenKind,
    pub(super) weight: f32,
    /// It is what the document is about: a cause, a service, or a name or word of its title or root cause.
    pub(super) is_subject: bool,
}

impl Clue {
    /// Returns the query for the documents that have it.
    pub(super) fn query(&self, open: &OpenIndex) -> Box<dyn Query> {
        let fact = |key| {
            let term = Term::from_field_text(open.fields.facts, &facts::document(key, &self.term));
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        };
        match self.kind {
            ClueKind::Tag => fact("tag"),
            ClueKind::Service => fact("service"),
            ClueKind::Name | ClueKind::Word => Wanted::new(open, &self.term, self.token).query(),
        }
    }
}

/// Returns the clues of a document that at least one other document may share.
pub(super) fn clues(
    open: &OpenIndex,
    searcher: &Searcher,
    parsed: &Parsed,
    kin: &Kin,
    statistics: &Statistics<'_>,
) -> tantivy::Result<Vec<Clue>> {
    let document = &parsed.document;
    let mut clues = Vec::new();
    let tags = document.tags.iter().map(|it| (ClueKind::Tag, "tag", &it.tag));
    let services = document.services.iter().map(|it| (ClueKind::Service, "service", &it.value));
    for (kind, key, value) in tags.chain(services) {
        let term = Term::from_field_text(open.fields.facts, &facts::document(key, value));
        let weight = statistics.weight(searcher.doc_freq(&term)?) * kind.worth();
        let term = fold(value.trim());
        clues.push(Clue { kind, term, written: value.clone(), token: TokenKind::Word, weight, is_subject: true });
    }
    let known = |it: &Spotted| kin.names.iter().chain(&kin.own).any(|id| fold(id) == it.term);
    let (names, words): (Vec<Spotted>, Vec<Spotted>) =
        spot(parsed).into_iter().filter(|it| !known(it)).partition(|it| it.is_name);
    clues.extend(rarest(open, searcher, names, ClueKind::Name, statistics)?);
    clues.extend(rarest(open, searcher, words, ClueKind::Word, statistics)?);
    Ok(clues)
}

/// Returns those of `spotted` that are rare but not alone, the most telling ones.
fn rarest(
    open: &OpenIndex,
    searcher: &Searcher,
    spotted: Vec<Spotted>,
    kind: ClueKind,
    statistics: &Statistics<'_>,
) -> tantivy::Result<Vec<Clue>> {
    let part_of_all =
        |part: f32| ((statistics.documents() as f32 * part) as u64).clamp(NEVER_FREQUENT, ALWAYS_FREQUENT);
    let (frequent, frequent_subject) = (part_of_all(FREQUENT), part_of_all(FREQUENT_SUBJECT));
    let limit = if kind == ClueKind::Name { MAX_NAMES } else { MAX_WORDS };
    let mut counted = 0;
    let mut clues = Vec::new();
    for it in spotted {
        let wanted = Wanted::new(open, &it.term, it.token);
        // The rarest part of a name may be frequent where the name is not; only then is it counted truly.
        let rarest = wanted.rarest(searcher)?;
        if !(2..=ALWAYS_FREQUENT).contains(&rarest) {
            continue;
        }
        let documents = wanted.documents(searcher, &mut counted)?;
        let is_subject = it.place > 1.0;
        let most = if is_subject { frequent_subject } else { frequent };
        if (2..=most).contains(&documents) {
            let often = 1.0 + (it.count as f32).ln().min(1.5) / 3.0;
            let weight = statistics.weight(documents) * kind.worth() * it.place * often;
            clues.push(Clue { kind, term: it.term, written: it.written, token: it.token, weight, is_subject });
        }
    }
    clues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    clues.truncate(limit);
    Ok(clues)
}
