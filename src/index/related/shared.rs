//! Which clues a document shares.

use std::collections::{BTreeSet, HashMap};

use super::clues::{Clue, ClueKind};
use super::spot::body;
use crate::index::answer::DocumentSummary;
use crate::index::search::is_step;
use crate::index::text::{TokenKind, fold, pieces};

/// What a name or word gains that stands in the other's title.
const IN_TITLE: f32 = 1.5;
/// Bytes of a text of common length: longer ones share words by chance.
const COMMON_LENGTH: f32 = 5000.0;

/// What clues tell in one document.
pub(super) struct Scale {
    title: Vec<String>,
    length: f32,
}

impl Scale {
    pub(super) fn of(summary: &DocumentSummary, text: &str) -> Self {
        Self {
            title: pieces(&summary.title).into_iter().map(|piece| piece.text).collect(),
            length: 1.0 / (0.6 + 0.4 * text.len() as f32 / COMMON_LENGTH),
        }
    }

    pub(super) fn weight(&self, clue: &Clue) -> f32 {
        match clue.kind {
            ClueKind::Tag | ClueKind::Service => clue.weight,
            ClueKind::Name | ClueKind::Word if self.title.contains(&clue.term) => clue.weight * IN_TITLE,
            ClueKind::Name | ClueKind::Word => clue.weight * self.length,
        }
    }
}

/// Looks for clues in documents.
pub(super) struct Scan<'a> {
    clues: &'a [Clue],
    /// Clues that are names or words, by their first word: the words that follow it.
    by_first: HashMap<String, Vec<(usize, Vec<String>)>>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(clues: &'a [Clue]) -> Self {
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
        Self { clues, by_first }
    }

    /// Returns the clues that a document shares, and what each tells there.
    pub(super) fn shared(&self, summary: &DocumentSummary, text: &str) -> Vec<(&Clue, f32)> {
        let scale = Scale::of(summary, text);
        let clues = self.positions(summary, text).into_iter().map(|at| &self.clues[at]);
        clues.map(|clue| (clue, scale.weight(clue))).collect()
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
