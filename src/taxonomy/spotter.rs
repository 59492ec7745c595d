//! Finding the parts of phrases in folded text.
//!
//! Where words are separated by spaces a part is looked up by its first word, which takes a fraction of an automaton's
//! time: most words begin none. Scripts that do not separate words have an automaton, built when the first text in such
//! a script comes.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::clauses::{CLAUSE, SENTENCE};
use crate::words::{Lengths, is_unsegmented, is_whole_word};

/// Words that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Text {
    pub(super) folded: String,
    /// Any letters may follow.
    pub(super) open: bool,
}

/// A text found: its number and its place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) what: usize,
    pub(super) range: Range<usize>,
}

/// Many texts, found at word boundaries.
#[derive(Debug, Clone)]
pub(super) struct Spotter {
    texts: Vec<Text>,
    /// The texts by their first word, if that is whole.
    by_word: FxHashMap<String, Vec<usize>>,
    words: Lengths,
    /// The texts that are the beginning of one word, by its first two bytes.
    beginnings: Vec<Vec<usize>>,
    automaton: OnceLock<AhoCorasick>,
}

impl Spotter {
    pub(super) fn new(texts: Vec<Text>) -> Self {
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut beginnings = vec![Vec::new(); SLOTS];
        for (at, text) in texts.iter().enumerate() {
            match text.folded.split_once(' ') {
                Some((first, _)) => by_word.entry(first.to_owned()).or_default().push(at),
                None if text.open => slots(text.folded.as_bytes()).for_each(|slot| beginnings[slot].push(at)),
                None => by_word.entry(text.folded.clone()).or_default().push(at),
            }
        }
        let words = Lengths::of(by_word.keys().map(|word| word.as_bytes()));
        Self { texts, by_word, words, beginnings, automaton: OnceLock::new() }
    }

    /// Returns every text in `folded`, in the order in which they end as written, the longest first.
    pub(super) fn find(&self, folded: &str) -> Vec<Hit> {
        let is_segmented = folded.is_ascii() || !folded.contains(is_unsegmented);
        let mut hits = if is_segmented { self.by_words(folded) } else { self.by_letters(folded) };
        hits.retain(|hit| is_whole_word(folded, hit.range.start, hit.range.end));
        hits
    }

    fn by_words(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut start = 0;
        while start < folded.len() {
            let end = word_end(folded, start);
            if end > start {
                self.begin_at(folded, start..end, &mut hits);
            }
            start = end + 1;
        }
        let written = |hit: &Hit| hit.range.start + self.texts[hit.what].folded.len();
        hits.sort_by_key(|hit| (written(hit), hit.range.start, hit.what));
        hits
    }

    /// Notes the texts whose first word is `word`.
    fn begin_at(&self, folded: &str, word: Range<usize>, hits: &mut Vec<Hit>) {
        let first = &folded[word.clone()];
        let whole = if self.words.may_hold(first.as_bytes()) { self.by_word.get(first) } else { None };
        for &what in whole.into_iter().flatten().chain(&self.beginnings[slot(first.as_bytes())]) {
            let text = &self.texts[what];
            if folded[word.start..].starts_with(&text.folded) {
                let end = word.start + text.folded.len();
                let end = if text.open { word_end(folded, end) } else { end };
                hits.push(Hit { what, range: word.start..end });
            }
        }
    }

    fn by_letters(&self, folded: &str) -> Vec<Hit> {
        let automaton = self.automaton.get_or_init(|| automaton(&self.texts));
        let hit = |found: aho_corasick::Match| {
            let what = found.pattern().as_usize();
            let open = self.texts[what].open;
            let end = if open { word_end(folded, found.end()) } else { found.end() };
            Hit { what, range: found.start()..end }
        };
        automaton.find_overlapping_iter(folded).map(hit).collect()
    }
}

fn automaton(texts: &[Text]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(texts.iter().map(|text| &text.folded))
        .expect("a few thousand short phrases fit an automaton")
}

/// Returns where the word ends that `at` lies in.
fn word_end(folded: &str, at: usize) -> usize {
    let bytes = folded.as_bytes();
    let ends = |byte: &u8| *byte == b' ' || *byte == CLAUSE as u8 || *byte == SENTENCE as u8;
    bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length)
}

const SLOTS: usize = 32 * 32;

/// Returns where the beginnings of `word` are kept.
fn slot(word: &[u8]) -> usize {
    let low = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte & 0x1F));
    low(0) * 32 + low(1)
}

/// Returns where words that begin with `beginning` look: one place, or many where it is a single letter.
fn slots(beginning: &[u8]) -> Range<usize> {
    let first = slot(beginning);
    if beginning.len() == 1 { first..first + 32 } else { first..first + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [(&str, bool); 9] = [
        ("disk", false),
        ("disk was full", false),
        ("was fu", true),
        ("fu", true),
        ("f", true),
        ("full", false),
        ("full", true),
        ("ключ", true),
        ("設定", false),
    ];

    fn spotter() -> Spotter {
        Spotter::new(TEXTS.iter().map(|(folded, open)| Text { folded: (*folded).to_owned(), open: *open }).collect())
    }

    #[test]
    fn words_and_letters_find_the_same_in_the_same_order() {
        let spotter = spotter();
        for text in ["the disk was full\u{1}disks fuller fully", "disk\u{2}full", "f", "", "ключи ключ fu", "é disk "]
        {
            let mut letters = spotter.by_letters(text);
            letters.retain(|hit| is_whole_word(text, hit.range.start, hit.range.end));
            assert_eq!(format!("{:?}", spotter.find(text)), format!("{letters:?}"), "{text}");
        }
        assert_eq!(spotter.find("the disk was full").len(), 7);
    }

    #[test]
    fn scripts_without_spaces_have_texts_anywhere() {
        let found: Vec<&str> = spotter().find("原因は設定ミスdisk").iter().map(|hit| TEXTS[hit.what].0).collect();
        assert_eq!(found, ["設定", "disk"]);
    }
}
