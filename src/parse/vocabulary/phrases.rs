//! Finding phrases in folded text.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{fold, is_whole_word};

/// Many phrases, each with a value, found at word boundaries in one pass.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    automaton: AhoCorasick,
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
        let (patterns, values): (Vec<String>, Vec<T>) =
            phrases.map(|(phrase, value)| (fold(phrase), value)).filter(|(phrase, _)| !phrase.is_empty()).unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(&patterns)
            .expect("a few thousand short phrases fit an automaton");
        Self { automaton, values }
    }

    /// Returns every phrase in `folded` at word boundaries: its value and where it begins and ends.
    pub(crate) fn all<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (T, usize, usize)> + 'a {
        self.automaton
            .find_overlapping_iter(folded)
            .filter(move |found| is_whole_word(folded, found.start(), found.end()))
            .map(|found| (self.values[found.pattern().as_usize()], found.start(), found.end()))
    }

    /// Returns the phrase that begins first, the longest of those that begin together.
    pub(crate) fn first(&self, folded: &str) -> Option<(T, usize, usize)> {
        self.all(folded).min_by_key(|(_, start, end)| (*start, usize::MAX - *end))
    }
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
}
