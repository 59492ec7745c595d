//! Finding the parts of phrases in folded text.
//!
//! Where words are separated by spaces a part is looked up by its longest word, which takes a fraction of an automaton's
//! time: most words of a text are none of those, and few parts share one. Scripts that do not separate words have an
//! automaton, built when the first text in such a script comes.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::words::{Head, Lengths, first_eight, is_unsegmented, is_whole_word};

/// A text of a few sentences has no more hits than this.
const USUAL_HITS: usize = 32;

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
    /// The texts, those next to each other that are looked up together: one look at memory finds them all.
    keys: Vec<Key>,
    /// Which of them are looked up by a word, their longest whole one.
    by_word: FxHashMap<Head, Range<u32>>,
    words: Lengths,
    /// Where those stand that are the beginning of one word, by its first two bytes, up to those of the next two.
    beginnings: Vec<u32>,
    automaton: OnceLock<AhoCorasick>,
}

/// A text, and where in it the word begins that it is looked up by.
#[derive(Debug, Clone)]
struct Key {
    what: u32,
    at: u32,
    length: u32,
    open: bool,
    /// The first eight bytes of the text: with most words of a document they tell that it does not stand there.
    eight: u64,
    /// The bits of those that the text has.
    has: u64,
}

impl Key {
    fn new(what: usize, at: usize, text: &Text) -> Self {
        let length = text.folded.len();
        let has = if length < 8 { !(u64::MAX << (8 * length)) } else { u64::MAX };
        let eight = first_eight(text.folded.as_bytes());
        Self { what: small(what), at: small(at), length: small(length), open: text.open, eight, has }
    }
}

/// Returns a number of texts or of their bytes, of which no taxonomy has so many.
fn small(number: usize) -> u32 {
    u32::try_from(number).expect("a taxonomy is a file of some megabytes at most")
}

impl Spotter {
    pub(super) fn new(texts: Vec<Text>) -> Self {
        let mut by_word: FxHashMap<Head, Vec<Key>> = FxHashMap::default();
        let mut by_start = vec![Vec::new(); SLOTS];
        let mut words = Vec::new();
        for (what, text) in texts.iter().enumerate() {
            match text.whole_words().max_by_key(|(_, word)| word.len()) {
                Some((at, word)) => {
                    words.push(word.as_bytes());
                    by_word.entry(Head::of(word.as_bytes(), word.len())).or_default().push(Key::new(what, at, text));
                }
                None => slots(text.folded.as_bytes()).for_each(|slot| by_start[slot].push(Key::new(what, 0, text))),
            }
        }
        let words = Lengths::of(words.into_iter());
        let mut keys = Vec::new();
        let mut place = |mut same: Vec<Key>| {
            let start = small(keys.len());
            keys.append(&mut same);
            start..small(keys.len())
        };
        let beginnings = by_start.into_iter().map(|same| place(same).start).collect::<Vec<_>>();
        let end = place(Vec::new()).end;
        let beginnings = beginnings.into_iter().chain([end]).collect();
        let by_word = by_word.into_iter().map(|(word, same)| (word, place(same))).collect();
        Self { texts, keys, by_word, words, beginnings, automaton: OnceLock::new() }
    }

    /// Returns every text in `folded`, in the order in which they end as written, the longest first.
    pub(super) fn find(&self, folded: &str) -> Vec<Hit> {
        let is_segmented = folded.is_ascii() || !folded.contains(is_unsegmented);
        if is_segmented { self.by_words(folded) } else { self.by_letters(folded) }
    }

    fn by_words(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(USUAL_HITS);
        let mut start = 0;
        while start < folded.len() {
            let word = Head::up_to_gap(&folded.as_bytes()[start..]);
            self.spot(folded, start, word, &mut hits);
            start += word.length + 1;
        }
        let written = |hit: &Hit| hit.range.start + self.texts[hit.what].folded.len();
        hits.sort_by_key(|hit| (written(hit), hit.range.start, hit.what));
        hits
    }

    /// Notes the texts that are looked up by the word at `start`.
    fn spot(&self, folded: &str, start: usize, word: Head, hits: &mut Vec<Hit>) {
        if self.words.may_hold(&folded.as_bytes()[start..start + word.length])
            && let Some(same) = self.by_word.get(&word)
        {
            let keys = &self.keys[same.start as usize..same.end as usize];
            keys.iter().filter_map(|key| self.hit_at(folded, start, key)).for_each(|hit| hits.push(hit));
        }
        // They lie in the word: its own bytes tell of most that they do not stand there.
        let slot = slot(&word.eight.to_le_bytes());
        let keys = &self.keys[self.beginnings[slot] as usize..self.beginnings[slot + 1] as usize];
        let likely = keys.iter().filter(|key| word.eight & key.has == key.eight);
        likely.filter_map(|key| self.hit_at(folded, start, key)).for_each(|hit| hits.push(hit));
    }

    /// Returns the text of a key if it stands as its word at `word` demands, at word boundaries.
    #[inline]
    fn hit_at(&self, folded: &str, word: usize, key: &Key) -> Option<Hit> {
        let start = word.checked_sub(key.at as usize)?;
        let bytes = folded.as_bytes();
        if first_eight(&bytes[start..]) & key.has != key.eight {
            return None;
        }
        let (what, end) = (key.what as usize, start + key.length as usize);
        // A short text is told by its first eight bytes.
        let is_there = end <= bytes.len()
            && begins_word(folded, start)
            && (key.length <= 8 || bytes[start..end] == *self.texts[what].folded.as_bytes());
        let ends = || key.open || bytes.get(end).is_none_or(is_gap) || is_whole_word(folded, start, end);
        let end_of_word = |end: usize| if key.open { word_end(folded, end) } else { end };
        (is_there && ends()).then(|| Hit { what, range: start..end_of_word(end) })
    }

    fn by_letters(&self, folded: &str) -> Vec<Hit> {
        let automaton = self.automaton.get_or_init(|| automaton(&self.texts));
        let hit = |found: aho_corasick::Match| {
            let what = found.pattern().as_usize();
            let open = self.texts[what].open;
            let end = if open { word_end(folded, found.end()) } else { found.end() };
            Hit { what, range: found.start()..end }
        };
        let is_whole = |hit: &Hit| is_whole_word(folded, hit.range.start, hit.range.end);
        automaton.find_overlapping_iter(folded).map(hit).filter(is_whole).collect()
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
            assert_eq!(format!("{:?}", spotter.find(text)), format!("{:?}", spotter.by_letters(text)), "{text}");
        }
        assert_eq!(spotter.find("the disk was full").len(), 7);
    }

    #[test]
    fn scripts_without_spaces_have_texts_anywhere() {
        let found: Vec<&str> = spotter().find("原因は設定ミスdisk").iter().map(|hit| TEXTS[hit.what].0).collect();
        assert_eq!(found, ["設定", "disk"]);
    }
}
