//! The facts of a document that others may share, with how rare they are.

use tantivy::{Searcher, Term};

use super::Kin;
use super::speaking::{Flat, Speaking};
use super::spot::{Place, Spotted, spot};
use crate::index::facts;
use crate::index::frequencies::Frequencies;
use crate::index::living::Living;
use crate::index::open::OpenIndex;
use crate::index::postings::addresses;
use crate::index::search::{Snapshot, Statistics, Wanted, is_step};
use crate::index::text::{TokenKind, fold, pieces};
use crate::parse::Parsed;

/// A name or word in more than this part of the documents is no tie.
const FREQUENT: f32 = 0.05;
/// The same for those of the title and the cause, which are what it is about.
const FREQUENT_SUBJECT: f32 = 0.2;
/// In a small knowledge base nothing in so few documents is frequent.
const NEVER_FREQUENT: u64 = 4;
/// The same for those of the title: what a few reports are all about ties them.
const NEVER_FREQUENT_TITLE: u64 = 10;
/// In a smaller knowledge base a fact is as rare as in one of so many documents: its own counts tell too little.
pub(super) const FEWEST_DOCUMENTS: u64 = 20;
/// However large the knowledge base: what more documents have is no tie, and too dear to follow.
const ALWAYS_FREQUENT: u64 = 2000;
/// Names and words that are followed, each.
const MAX_NAMES: usize = 32;
const MAX_WORDS: usize = 32;
/// Names whose documents are looked up.
const MAX_COUNTED: usize = 200;

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
#[derive(Debug)]
pub(super) struct Clue {
    pub(super) kind: ClueKind,
    /// Folded tag or service; folded name or word as the index has it.
    pub(super) term: String,
    pub(super) written: String,
    pub(super) weight: f32,
    /// It is what the document is about: a cause, a service, a name or word of its title, or one of its root cause that it
    /// says more than once.
    pub(super) is_about: bool,
    /// Few documents have it.
    pub(super) is_rare: bool,
    pub(super) in_title: bool,
    /// The words that it is made of, where it is a name or a word.
    pub(super) steps: Vec<String>,
    /// The documents that have it.
    pub(super) documents: Speaking,
}

impl Clue {
    /// Tells whether another clue is a part of this one.
    pub(super) fn has_part(&self, other: &Self) -> bool {
        self.term != other.term && self.term.contains(&other.term)
    }
}

/// Returns the term of a fact.
pub(super) fn fact(open: &OpenIndex, key: &str, value: &str) -> Term {
    Term::from_field_text(open.fields.facts, &facts::document(key, value))
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
        let documents = addresses(searcher, &fact(open, key, value))?;
        let weight = statistics.weight(documents.len() as u64) * kind.worth();
        let documents = documents.into_iter().map(|it| (it, 1.0)).collect();
        let term = fold(value.trim());
        if !clues.iter().any(|it: &Clue| it.kind == kind && it.term == term) {
            let (written, steps) = (value.clone(), Vec::new());
            let (is_about, is_rare, in_title) = (true, true, false);
            clues.push(Clue { kind, term, written, weight, is_about, is_rare, in_title, steps, documents });
        }
    }
    let known: Vec<String> = kin.names.iter().chain(&kin.own).map(|id| fold(id)).collect();
    let (names, words): (Vec<Spotted>, Vec<Spotted>) =
        spot(parsed).into_iter().filter(|it| !known.contains(&it.term)).partition(|it| it.is_name);
    let snapshot = Snapshot::of(open, searcher)?;
    let flat = Flat::new(searcher, &snapshot, open.fields.body)?;
    let frequencies = open.frequencies.get(searcher, || tantivy::Result::Ok(Frequencies::default()))?;
    let living = &snapshot.living;
    let choice = Choice { open, searcher, living, statistics, flat, frequencies: &frequencies };
    clues.extend(choice.names(names)?);
    clues.extend(choice.words(words)?);
    Ok(clues)
}

/// Chooses the most telling of what was spotted: rare, but not alone.
struct Choice<'a> {
    open: &'a OpenIndex,
    searcher: &'a Searcher,
    living: &'a Living,
    statistics: &'a Statistics<'a>,
    flat: Flat,
    frequencies: &'a Frequencies,
}

impl Choice<'_> {
    /// Returns the number of documents that have the rarest part.
    fn rarest(&self, wanted: &Wanted) -> tantivy::Result<u64> {
        let mut rarest = u64::MAX;
        for (_, term) in wanted.terms() {
            rarest = rarest.min(self.frequencies.of(self.living, self.searcher, term)?);
        }
        Ok(rarest)
    }

    fn names(&self, spotted: Vec<Spotted>) -> tantivy::Result<Vec<Clue>> {
        let mut clues = Vec::new();
        let mut counted = 0;
        for it in spotted {
            let wanted = Wanted::new(self.open, &it.term, it.token);
            // The rarest part of a name may be frequent where the name is not; only then is it counted truly.
            let is_rare = (2..=ALWAYS_FREQUENT).contains(&self.rarest(&wanted)?);
            if is_rare && counted < MAX_COUNTED {
                counted += 1;
                let documents = self.flat.speaking(self.searcher, wanted)?;
                clues.extend(self.clue(ClueKind::Name, it, documents.len() as u64).map(|it| Clue { documents, ..it }));
            }
        }
        let mut clues = most_telling(clues, MAX_NAMES);
        for clue in &mut clues {
            let steps = pieces(&clue.term).into_iter().filter(|piece| is_step(piece.kind));
            clue.steps = steps.map(|piece| piece.text).collect();
        }
        Ok(clues)
    }

    fn words(&self, spotted: Vec<Spotted>) -> tantivy::Result<Vec<Clue>> {
        let mut clues = Vec::new();
        for it in spotted {
            let documents = self.rarest(&Wanted::new(self.open, &it.term, it.token))?;
            clues.extend(self.clue(ClueKind::Word, it, documents));
        }
        let mut clues = most_telling(clues, MAX_WORDS);
        for clue in &mut clues {
            // A word is one term, whatever it is made of.
            let wanted = Wanted::new(self.open, &clue.term, TokenKind::Word);
            clue.documents = self.flat.speaking(self.searcher, wanted)?;
            clue.steps = vec![clue.term.clone()];
        }
        Ok(clues)
    }

    /// Returns the clue that a name or word in so many documents is; `None` where it tells nothing.
    fn clue(&self, kind: ClueKind, it: Spotted, documents: u64) -> Option<Clue> {
        let all = self.statistics.documents() as f32;
        let part = |part: f32, least| ((all * part) as u64).clamp(least, ALWAYS_FREQUENT);
        let most = match it.place {
            Place::Title => part(FREQUENT_SUBJECT, NEVER_FREQUENT_TITLE),
            Place::Cause => part(FREQUENT_SUBJECT, NEVER_FREQUENT),
            Place::Rest => part(FREQUENT, NEVER_FREQUENT),
        };
        let often = 1.0 + (it.count as f32).ln().min(1.5) / 3.0;
        let weight = self.statistics.weight(documents) * kind.worth() * it.place.weight() * often;
        let in_title = it.place == Place::Title;
        let clue = Clue {
            kind,
            term: it.term,
            written: it.written,
            weight,
            is_about: in_title || it.place == Place::Cause && it.count > 1,
            is_rare: documents <= part(FREQUENT, NEVER_FREQUENT),
            in_title,
            steps: Vec::new(),
            documents: Vec::new(),
        };
        (2..=most).contains(&documents).then_some(clue)
    }
}

fn most_telling(mut clues: Vec<Clue>, limit: usize) -> Vec<Clue> {
    clues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    clues.truncate(limit);
    clues
}
