//! Which clues a document shares.

use std::collections::{BTreeSet, HashMap};

use super::clues::{Clue, ClueKind};
use crate::index::answer::DocumentSummary;
use crate::index::search::is_step;
use crate::index::text::{TokenKind, fold, pieces};

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

    /// Returns the positions of the clues that a document shares. A word that is part of a shared name says nothing
    /// beside it.
    pub(super) fn shared(&self, summary: &DocumentSummary, text: &str) -> BTreeSet<usize> {
        let mut shared = BTreeSet::new();
        let words = steps(text);
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
