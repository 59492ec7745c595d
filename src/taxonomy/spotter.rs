//! Finding the parts of phrases in folded text.
//!
//! Where words are separated by spaces a part is looked up by its longest word, which takes a fraction of an automaton's
//! time: most words of a text are none of those, and few parts share one. Scripts that do not separate words have an
//! automaton, built when the first text in such a script comes.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::words::{Lengths, is_unsegmented, is_whole_word};

/// Words that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Text {
    pub(super) folded: String,
    /// Any letters may follow.
    pub(super) open: bool,
}

impl Text {
    /// Returns the words that end where they are written to end, and where each begins.
    fn whole_words(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut next = 0;
        let words = self.folded.split(' ').map(move |word| {
            let at = next;
            next += word.len() + 1;
            (at, word)
        });
        words.filter(|(at, word)| !self.open || at + word.len() < self.folded.len())
    }
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
    /// The texts by their longest whole word.
    by_word: FxHashMap<String, Vec<Key>>,
    words: Lengths,
    /// The texts that are the beginning of one word, by its first two bytes.
    beginnings: Vec<Vec<usize>>,
    automaton: OnceLock<AhoCorasick>,
}

/// A text, and where in it the word begins that it is looked up by.
#[derive(Debug, Clone)]
struct Key {
    what: usize,
    at: usize,
}

impl Spotter {
    pub(super) fn new(texts: Vec<Text>) -> Self {
        let mut by_word: FxHashMap<String, Vec<Key>> = FxHashMap::default();
        let mut beginnings = vec![Vec::new(); SLOTS];
        for (what, text) in texts.iter().enumerate() {
            match text.whole_words().max_by_key(|(_, word)| word.len()) {
                Some((at, word)) => by_word.entry(word.to_owned()).or_default().push(Key { what, at }),
                None => slots(text.folded.as_bytes()).for_each(|slot| beginnings[slot].push(what)),
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
            self.spot(folded, start..end, &mut hits);
            start = end + 1;
        }
        let written = |hit: &Hit| hit.range.start + self.texts[hit.what].folded.len();
        hits.sort_by_key(|hit| (written(hit), hit.range.start, hit.what));
        hits
    }

    /// Notes the texts that are looked up by `word`.
    fn spot(&self, folded: &str, word: Range<usize>, hits: &mut Vec<Hit>) {
        let letters = &folded.as_bytes()[word.clone()];
        if self.words.may_hold(letters) {
            for key in self.by_word.get(&folded[word.clone()]).into_iter().flatten() {
                let hit = word.start.checked_sub(key.at).and_then(|start| self.hit_at(folded, start, key.what));
                hits.extend(hit);
            }
        }
        for what in &self.beginnings[slot(letters)] {
            hits.extend(self.hit_at(folded, word.start, *what));
        }
    }

    /// Returns the text `what` if it stands at `start`, at the beginning of a word.
    fn hit_at(&self, folded: &str, start: usize, what: usize) -> Option<Hit> {
        let text = &self.texts[what];
        let end = start + text.folded.len();
        let is_there = folded.as_bytes().get(start..end)? == text.folded.as_bytes() && begins_word(folded, start);
        is_there.then(|| Hit { what, range: start..if text.open { word_end(folded, end) } else { end } })
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
    bytes[at..].iter().position(is_gap).map_or(bytes.len(), |length| at + length)
}

fn begins_word(folded: &str, at: usize) -> bool {
    folded.as_bytes()[..at].last().is_none_or(is_gap)
}

/// The space and the marks between clauses come before all letters.
fn is_gap(byte: &u8) -> bool {
    *byte <= b' '
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
        for text in [
            "the disk was full\u{1}disks fuller fully",
            "disk\u{2}full",
            "f",
            "",
            "ключи ключ fu",
            "é disk ",
            "was full disk was full full",
            "xdisk was full",
        ] {
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
