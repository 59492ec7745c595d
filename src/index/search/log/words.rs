//! The words of a paste that are looked up, and what each tells.

use tantivy::Searcher;

use super::super::noise::is_step;
use super::super::paste::{Paste, PasteWord};
use super::super::statistics::Statistics;
use super::super::wanted::Wanted;
use crate::index::open::OpenIndex;
use crate::index::search::highlight::Matcher;
use crate::index::text::{TokenKind, pieces};
use crate::parse::is_filler;

/// Words that decide: the rarest.
const MAX_WORDS: usize = 48;
/// Words shown of them.
const MAX_SHOWN: usize = 16;
/// A word in more than this part of the documents is frequent.
const FREQUENT: f32 = 0.25;
/// In a small knowledge base no word in so few documents is frequent.
const NEVER_FREQUENT: u64 = 4;
/// A word in so few documents may be a message on its own.
const HANDFUL: u64 = 5;

/// A word of the paste that the index knows.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) term: String,
    pub(super) written: String,
    pub(super) kind: TokenKind,
    pub(super) documents: u64,
    /// What it tells beside another word that is as rare.
    pub(super) worth: f32,
    pub(super) weight: f32,
    /// It stands nowhere but beside the message.
    is_beside: bool,
    /// It is what every program prints.
    is_boilerplate: bool,
}

impl Shared {
    /// Tells whether the word is a message on its own: a name, or a word in hardly any document.
    pub(super) fn is_naming(&self) -> bool {
        let is_inner_capital =
            self.written.chars().skip(1).any(char::is_uppercase) && self.written.chars().any(char::is_lowercase);
        let is_name = self.kind == TokenKind::Whole
            || is_inner_capital
            || self.written.contains(|c: char| c == '_' || c.is_ascii_digit());
        is_name || self.documents <= HANDFUL
    }

    /// A name of one letter (an option of a command, a unit) tells nothing.
    fn is_letter(word: &PasteWord) -> bool {
        word.term.len() == 1
    }
}

/// What is looked up of a paste.
pub(super) struct Chosen {
    /// The words that decide, rarest first.
    pub(super) words: Vec<Shared>,
    /// More words that might have.
    pub(super) others: Vec<Shared>,
    /// Words that do not, since too many documents have them.
    pub(super) frequent: Vec<Shared>,
    /// Whether the words that decide are frequent, as all are.
    pub(super) only_frequent: bool,
}

impl Chosen {
    /// Tells the words that decide from those that do not.
    pub(super) fn of(
        open: &OpenIndex,
        searcher: &Searcher,
        paste: &Paste,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<Self> {
        let mut words = known_words(open, searcher, paste, statistics)?;
        if words.iter().any(|word| !word.is_boilerplate) {
            words.retain(|word| !word.is_boilerplate);
        }
        let most = NEVER_FREQUENT.max((statistics.documents() as f32 * FREQUENT) as u64);
        let only_frequent = words.iter().all(|word| word.documents > most);
        let mut frequent = Vec::new();
        if !only_frequent {
            (words, frequent) = words.into_iter().partition(|word| word.documents <= most);
        }
        weightiest_first(&mut words);
        weightiest_first(&mut frequent);
        let others = words.split_off(words.len().min(MAX_WORDS));
        words.sort_by(|a, b| a.documents.cmp(&b.documents).then_with(|| b.weight.total_cmp(&a.weight)));
        Ok(Self { words, others, frequent, only_frequent })
    }

    /// Returns every word that may decide.
    pub(super) fn telling(&self) -> impl Iterator<Item = &Shared> {
        self.words.iter().chain(&self.others)
    }

    /// Returns the words that decide, as written, rarest first.
    pub(super) fn looked_up(&self) -> Vec<String> {
        shown(self.words.iter().collect())
    }

    /// Returns the words that `has` tells of, as written, rarest first: of those that decide, or else of the frequent
    /// ones.
    pub(super) fn shown(&self, has: &dyn Fn(&Shared) -> bool) -> Vec<String> {
        let mut telling: Vec<&Shared> = self.telling().filter(|word| has(word)).collect();
        telling.sort_by_key(|word| word.documents);
        let frequent = || self.frequent.iter().filter(|word| has(word)).collect();
        shown(if telling.is_empty() { frequent() } else { telling })
    }
}

/// Puts the words that weigh most first, those beside the message behind all others; those of one weight stay in the
/// order written.
fn weightiest_first(words: &mut [Shared]) {
    words.sort_by(|a, b| a.is_beside.cmp(&b.is_beside).then_with(|| b.weight.total_cmp(&a.weight)));
}

/// Returns the words that stand in documents.
fn known_words(
    open: &OpenIndex,
    searcher: &Searcher,
    paste: &Paste,
    statistics: &Statistics<'_>,
) -> tantivy::Result<Vec<Shared>> {
    let mut words = Vec::new();
    let mut counted = 0;
    let has_others = paste.words.iter().any(|word| !word.is_boilerplate && !Shared::is_letter(word));
    for word in paste.words.iter().filter(|word| !has_others || !Shared::is_letter(word)) {
        let documents =
            Wanted::new(open, &word.term, word.kind).documents(statistics.living(), searcher, &mut counted)?;
        if documents == 0 {
            continue;
        }
        let worth = match word.kind {
            TokenKind::Whole => 1.5,
            TokenKind::Hump => 0.5,
            _ if word.is_part => 0.7,
            _ => 1.0,
        };
        words.push(Shared {
            term: word.term.clone(),
            written: word.written.clone(),
            kind: word.kind,
            documents,
            worth,
            weight: statistics.weight(documents) * worth,
            is_beside: word.is_beside,
            is_boilerplate: word.is_boilerplate,
        });
    }
    Ok(words)
}

/// Returns words as written; parts of an identifier that is shown itself and words of any report are left out.
fn shown(present: Vec<&Shared>) -> Vec<String> {
    let wholes: Vec<&str> =
        present.iter().filter(|word| word.kind == TokenKind::Whole).map(|word| word.written.as_str()).collect();
    let is_covered = |word: &Shared| {
        word.kind == TokenKind::Hump
            || word.kind != TokenKind::Whole && wholes.iter().any(|whole| whole.contains(&word.written))
    };
    let left: Vec<&&Shared> = present.iter().filter(|word| !is_covered(word) && !is_filler(&word.term)).collect();
    let left = if left.is_empty() { present.iter().collect() } else { left };
    left.into_iter().take(MAX_SHOWN).map(|word| word.written.clone()).collect()
}

/// Returns what finds the words in a text.
pub(super) fn matcher<'w>(words: impl Iterator<Item = &'w Shared>) -> Matcher {
    let mut matcher = Matcher::default();
    for word in words {
        match word.kind {
            TokenKind::Whole => {
                let parts = pieces(&word.term).into_iter().filter(|piece| is_step(piece.kind));
                matcher.add_phrase(parts.map(|part| part.text).collect(), false, word.weight);
            }
            _ => matcher.add_word(&word.term, word.weight),
        }
    }
    matcher
}
