//! Finding phrases in folded text.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::words::{fold, is_whole_word};

/// Many phrases, each with a value, found at word boundaries in one pass.
///
/// Phrases in the Latin script are in an automaton of their own: most documents need no other, and one that also holds
/// the other scripts takes several times as long to build.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    latin: Automaton<T>,
    other: OnceLock<Automaton<T>>,
    other_phrases: Vec<(String, T)>,
}

#[derive(Debug)]
struct Automaton<T> {
    found: AhoCorasick,
    values: Vec<T>,
}

impl<T: Copy> Phrases<T> {
    /// Builds the automaton; phrases are folded first.
    pub(crate) fn new<'a>(phrases: impl Iterator<Item = (&'a str, T)>) -> Self {
        Self::build(phrases, AhoCorasickKind::ContiguousNFA)
    }

    /// Builds an automaton that takes longer to make and finds faster: for phrases looked for in every entry.
    pub(crate) fn new_fast<'a>(phrases: impl Iterator<Item = (&'a str, T)>) -> Self {
        Self::build(phrases, AhoCorasickKind::DFA)
    }

    fn build<'a>(phrases: impl Iterator<Item = (&'a str, T)>, kind: AhoCorasickKind) -> Self {
        let (latin, other): (Vec<_>, Vec<_>) = phrases.partition(|(phrase, _)| phrase.chars().all(is_latin));
        Self {
            latin: Automaton::new(latin.into_iter(), kind),
            other: OnceLock::new(),
            other_phrases: other.into_iter().map(|(phrase, value)| (phrase.to_owned(), value)).collect(),
        }
    }

    /// Returns every phrase in `folded` at word boundaries: its value and where it begins and ends.
    pub(crate) fn all<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (T, usize, usize)> + 'a {
        let other = (!folded.chars().all(is_latin)).then(|| {
            let phrases = || self.other_phrases.iter().map(|(phrase, value)| (phrase.as_str(), *value));
            self.other.get_or_init(|| Automaton::new(phrases(), AhoCorasickKind::ContiguousNFA))
        });
        self.latin.all(folded).chain(other.into_iter().flat_map(|automaton| automaton.all(folded)))
    }

    /// Returns the phrase that begins first, the longest of those that begin together.
    pub(crate) fn first(&self, folded: &str) -> Option<(T, usize, usize)> {
        self.all(folded).min_by_key(|(_, start, end)| (*start, usize::MAX - *end))
    }
}

impl<T: Copy> Automaton<T> {
    fn new<'a>(phrases: impl Iterator<Item = (&'a str, T)>, kind: AhoCorasickKind) -> Self {
        let (patterns, values): (Vec<String>, Vec<T>) =
            phrases.map(|(phrase, value)| (fold(phrase), value)).filter(|(phrase, _)| !phrase.is_empty()).unzip();
        let found = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(&patterns)
            .expect("a few thousand short phrases fit an automaton");
        Self { found, values }
    }

    fn all<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (T, usize, usize)> + 'a {
        self.found
            .find_overlapping_iter(folded)
            .filter(move |found| is_whole_word(folded, found.start(), found.end()))
            .map(|found| (self.values[found.pattern().as_usize()], found.start(), found.end()))
    }
}

/// Tells whether a character is below the blocks of the other scripts, as the Latin letters and their marks are.
fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_and_longest_phrase_wins() {
        let phrases = Phrases::new([("progress", 1), ("in progress", 2), ("resolution in progress", 3)].into_iter());
        assert_eq!(phrases.first("resolution in progress today").map(|found| found.0), Some(3));
        assert_eq!(phrases.first("unprogressed"), None);
    }

    #[test]
    fn other_scripts_are_found_beside_latin() {
        let phrases = Phrases::new([("alert", 1), ("検知", 2), ("сбой", 3)].into_iter());
        let found: Vec<_> = phrases.all(&fold("alert 障害を検知 сбой")).map(|(value, _, _)| value).collect();
        assert_eq!(found, [1, 2, 3]);
        assert_eq!(phrases.first("検知 alert").map(|found| found.0), Some(2));
    }
}
