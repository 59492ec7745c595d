//! Which clues a document shares.

use std::collections::{BTreeSet, HashMap};

use super::Tie;
use super::clues::{Clue, ClueKind};
use super::spot::{SHORTEST, body};
use crate::index::answer::DocumentSummary;
use crate::index::search::is_step;
use crate::index::text::{Stemmers, TokenKind, fold, pieces};

/// What a name or word gains that stands in the other's title.
const IN_TITLE: f32 = 1.5;
/// What a name gains of which a word stands there: `redis_client` where the title says Redis.
const NAMED_IN_TITLE: f32 = 1.6;
/// Bytes of a text of common length: longer ones share words by chance.
const COMMON_LENGTH: f32 = 5000.0;

/// Looks for clues in documents.
pub(super) struct Scan<'a> {
    clues: &'a [Clue],
    /// Clues that are names or words, by their first word: the words that follow it.
    by_first: HashMap<String, Vec<(usize, Vec<String>)>>,
    stemmers: &'a Stemmers,
}

impl<'a> Scan<'a> {
    pub(super) fn new(clues: &'a [Clue], stemmers: &'a Stemmers) -> Self {
        let mut by_first: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
        for (at, clue) in clues.iter().enumerate() {
            if !matches!(clue.kind, ClueKind::Name | ClueKind::Word) {
                continue;
            }
            let mut words = match clue.token {
                TokenKind::Whole => steps(&clue.term),
                _ => vec![clue.term.clone()],
            };
            if !words.is_empty() {
                let first = words.remove(0);
                by_first.entry(first).or_default().push((at, words));
            }
        }
        Self { clues, by_first, stemmers }
    }

    /// Returns what a document shares, most telling first. A word ties only where it is what one of the two is about,
    /// and two forms of a word tie once.
    pub(super) fn shared(&self, summary: &DocumentSummary, text: &str) -> Vec<Tie> {
        let title: Vec<String> = pieces(&summary.title).into_iter().map(|piece| piece.text).collect();
        let length = 1.0 / (0.6 + 0.4 * text.len() as f32 / COMMON_LENGTH);
        let positions = self.positions(summary, text);
        let clues: Vec<(&Clue, bool)> =
            positions.into_iter().map(|at| &self.clues[at]).map(|clue| (clue, title.contains(&clue.term))).collect();
        let is_subject = |clue: &Clue, in_title: bool| clue.is_subject || in_title;
        let of_title = |clue: &Clue| steps(&clue.term).iter().any(|it| it.len() >= SHORTEST && title.contains(it));
        let tie = |&(clue, in_title): &(&Clue, bool)| Tie {
            kind: clue.kind,
            written: clue.written.clone(),
            weight: match clue.kind {
                ClueKind::Tag | ClueKind::Service => clue.weight,
                ClueKind::Name if of_title(clue) => clue.weight * NAMED_IN_TITLE * length,
                ClueKind::Name | ClueKind::Word if in_title => clue.weight * IN_TITLE,
                ClueKind::Name | ClueKind::Word => clue.weight * length,
            },
            is_subject: is_subject(clue, in_title),
        };
        let mut ties: Vec<(Tie, &str)> = clues.iter().map(|it| (tie(it), it.0.term.as_str())).collect();
        ties.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
        let mut words: Vec<&str> = Vec::new();
        ties.retain(|(tie, term)| {
            let is_again = tie.kind == ClueKind::Word && words.iter().any(|it| self.stemmers.same_word(it, term));
            if tie.kind == ClueKind::Word {
                words.push(term);
            }
            !is_again
        });
        ties.into_iter().map(|it| it.0).collect()
    }

    /// Returns the positions of the clues that a document shares. A word that is part of a shared name says nothing
    /// beside it.
    fn positions(&self, summary: &DocumentSummary, text: &str) -> BTreeSet<usize> {
        let mut shared = BTreeSet::new();
        let words = steps(body(text));
        for (at, word) in words.iter().enumerate() {
            for (clue, rest) in self.by_first.get(word).into_iter().flatten() {
                if words[at + 1..].starts_with(rest) {
                    shared.insert(*clue);
                }
            }
        }
        let names: Vec<&str> = shared
            .iter()
            .map(|&at| &self.clues[at])
            .filter(|it| it.kind == ClueKind::Name)
            .map(|it| it.term.as_str())
            .collect();
        let within = |at: usize| {
            let clue = &self.clues[at];
            names.iter().any(|name| *name != clue.term && name.contains(clue.term.as_str()))
        };
        let mut kept: BTreeSet<usize> = shared.iter().copied().filter(|&at| !within(at)).collect();
        for (at, clue) in self.clues.iter().enumerate() {
            let values = match clue.kind {
                ClueKind::Tag => &summary.tags,
                ClueKind::Service => &summary.services,
                ClueKind::Name | ClueKind::Word => continue,
            };
            if values.iter().any(|value| fold(value.trim()) == clue.term) {
                kept.insert(at);
            }
        }
        kept
    }
}

fn steps(text: &str) -> Vec<String> {
    pieces(text).into_iter().filter(|piece| is_step(piece.kind)).map(|piece| piece.text).collect()
}
