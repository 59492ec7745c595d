//! Finding phrases in folded text.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::fold::{fold_static, is_gap, is_unsegmented, is_whole_word};
use super::lengths::Lengths;
use super::letters::alphanumerics;

/// Longer words are taken for known.
const LONGEST: usize = 32;

/// At most so many last words are searched for together, in one pass over a text.
const FEW: usize = 48;
/// Such a word has at least so many bytes.
const SHORTEST_WORD: usize = 4;
/// A shorter text is read as quickly word by word.
const SHORTEST_TEXT: usize = 48;
/// A longer text is read word by word too.
const LONGEST_TEXT: usize = 1024;

/// Many phrases, each with a value, found at word boundaries.
///
/// Where words are separated by spaces a phrase is looked up by its last word: that takes a fraction of an automaton's
/// time to build and to search, and finds phrases in the order in which they end. Phrases in scripts that do not
/// separate words may begin anywhere: they have an automaton, built when the first text in such a script comes.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    /// The phrases that end in a word, the longest first.
    by_last_word: FxHashMap<&'static str, Vec<(&'static str, T)>>,
    last_words: Lengths,
    unsegmented: Vec<(&'static str, T)>,
    automaton: OnceLock<AhoCorasick>,
    /// Finds the last words anywhere, if they are few.
    searcher: OnceLock<Option<Searcher>>,
}

impl<T: Copy> Phrases<T> {
    /// Takes the phrases in; they are folded first.
    pub(crate) fn new(phrases: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_last_word: FxHashMap<&str, Vec<(&str, T)>> = FxHashMap::default();
        let mut unsegmented = Vec::new();
        for (phrase, value) in phrases {
            let phrase = fold_static(phrase);
            if !phrase.is_ascii() && phrase.contains(is_unsegmented) {
                unsegmented.push((phrase, value));
            } else if !phrase.is_empty() {
                let same = by_last_word.entry(last_word(phrase)).or_default();
                let at = same.partition_point(|(other, _)| other.len() >= phrase.len());
                same.insert(at, (phrase, value));
            }
        }
        let last_words = Lengths::of(by_last_word.keys().map(|word| word.as_bytes()));
        Self { by_last_word, last_words, unsegmented, automaton: OnceLock::new(), searcher: OnceLock::new() }
    }

    /// Tells whether a phrase may stand in text that is not folded yet: folding costs more than a look at its words.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        if let Some(found) = self.search(text) {
            return found;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let word = &bytes[at..][..alphanumerics(&bytes[at..])];
            if self.last_words.may_hold(word) && self.is_last_word(word) {
                return true;
            }
            at += word.len();
            // Most words end with a space, and the next one begins behind it.
            let Some(behind) = bytes.get(at) else { return false };
            if *behind == b' ' {
                at += 1;
            } else {
                // What is neither a gap nor a letter of ASCII takes folding.
                match text[at..].chars().next().filter(|c| is_gap(*c)) {
                    Some(gap) => at += gap.len_utf8(),
                    None => return true,
                }
            }
        }
        false
    }

    /// Tells the same of most texts, many bytes at once, where there are few last words.
    fn search(&self, text: &str) -> Option<bool> {
        let fits = (SHORTEST_TEXT..=LONGEST_TEXT).contains(&text.len());
        let searcher = fits.then(|| self.searcher()).flatten()?;
        // Where folding does more than to make letters small, it takes another look.
        let is_plain = text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_gap(c));
        if !is_plain || memchr::memchr(b'\'', text.as_bytes()).is_some() {
            return None;
        }
        let mut lower = [0; LONGEST_TEXT];
        let lower = &mut lower[..text.len()];
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        let Some(found) = searcher.find(&lower) else { return Some(false) };
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let inside = is_letter(lower[..found.start()].last()) || is_letter(lower.get(found.end()));
        (!inside).then_some(true)
    }

    /// Returns what finds the last words of the phrases, if they are few and none so short that it stands in others.
    fn searcher(&self) -> Option<&Searcher> {
        let words = || self.by_last_word.keys();
        let fits = |word: &&str| word.is_ascii() && word.len() >= SHORTEST_WORD;
        let are_few = || (1..=FEW).contains(&words().len()) && words().all(fits);
        self.searcher.get_or_init(|| are_few().then(|| Searcher::new(words())).flatten()).as_ref()
    }

    /// Tells whether a phrase may end with `word`, in any case; if not, no text of ASCII that ends with it is one.
    pub(crate) fn may_end(&self, word: &[u8]) -> bool {
        self.last_words.may_hold(word)
    }

    fn is_last_word(&self, word: &[u8]) -> bool {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()) else { return true };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(|word| self.by_last_word.contains_key(word))
    }

    /// Returns every phrase in `folded` at word boundaries: its value and where it begins and ends.
    pub(crate) fn all<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (T, usize, usize)> + 'a {
        let ending = move |word: Range<usize>| {
            let same = self.by_last_word.get(&folded[word.clone()]).map_or(&[][..], Vec::as_slice);
            same.iter().filter_map(move |(phrase, value)| {
                let start = word.end.checked_sub(phrase.len())?;
                let found = folded.as_bytes()[start..word.end] == *phrase.as_bytes() && begins_word(folded, start);
                found.then_some((*value, start, word.end))
            })
        };
        let is_likely = |word: &Range<usize>| self.last_words.may_hold(&folded.as_bytes()[word.clone()]);
        words(folded).filter(is_likely).flat_map(ending).chain(self.all_unsegmented(folded))
    }

    /// Returns the phrase that begins first, the longest of those that begin together.
    pub(crate) fn first(&self, folded: &str) -> Option<(T, usize, usize)> {
        self.all(folded).min_by_key(|(_, start, end)| (*start, usize::MAX - *end))
    }

    /// Returns the values of the phrase that is all of `folded`.
    pub(crate) fn whole<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = T> + 'a {
        let last = Some(last_word(folded)).filter(|word| self.last_words.may_hold(word.as_bytes()));
        let segmented = last.and_then(|word| self.by_last_word.get(word)).map_or(&[][..], Vec::as_slice);
        let unsegmented = if folded.is_ascii() { &[][..] } else { &self.unsegmented };
        segmented.iter().chain(unsegmented).filter(move |(phrase, _)| *phrase == folded).map(|(_, value)| *value)
    }

    fn all_unsegmented<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (T, usize, usize)> + 'a {
        let possible = !folded.is_ascii() && !self.unsegmented.is_empty() && folded.contains(is_unsegmented);
        let automaton = possible.then(|| self.automaton.get_or_init(|| automaton(&self.unsegmented)));
        let found = automaton.into_iter().flat_map(move |automaton| automaton.find_overlapping_iter(folded));
        found
            .filter(move |found| is_whole_word(folded, found.start(), found.end()))
            .map(|found| (self.unsegmented[found.pattern().as_usize()].1, found.start(), found.end()))
    }
}

fn automaton<T>(phrases: &[(&'static str, T)]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(phrases.iter().map(|(phrase, _)| phrase))
        .expect("a few thousand short phrases fit an automaton")
}

fn last_word(folded: &str) -> &str {
    memchr::memrchr(b' ', folded.as_bytes()).map_or(folded, |space| &folded[space + 1..])
}

/// Returns the words of folded text. Characters of scripts without spaces end a word as a space does.
fn words(folded: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let end = word_end(folded, start);
            let gap = gap_at(folded, end);
            at = end + gap.unwrap_or(0);
            if end > start || gap.is_none() {
                return (end > start).then_some(start..end);
            }
        }
    })
}

fn word_end(folded: &str, start: usize) -> usize {
    let bytes = folded.as_bytes();
    let mut end = start;
    while let Some(length) = bytes[end..].iter().position(|byte| *byte == b' ' || *byte >= UNSEGMENTED) {
        end += length;
        if gap_at(folded, end).is_some() {
            return end;
        }
        end += 1;
    }
    bytes.len()
}

/// The first byte of a character of a script without spaces is this one or a higher one.
const UNSEGMENTED: u8 = 0xE0;

/// Returns the length of what separates words at `at`, if something does.
fn gap_at(folded: &str, at: usize) -> Option<usize> {
    match folded.as_bytes().get(at)? {
        b' ' => Some(1),
        UNSEGMENTED.. => folded[at..].chars().next().filter(|c| is_unsegmented(*c)).map(char::len_utf8),
        _ => None,
    }
}

fn begins_word(folded: &str, start: usize) -> bool {
    match folded.as_bytes()[..start].last() {
        None | Some(b' ') => true,
        Some(byte) => !byte.is_ascii() && folded[..start].chars().next_back().is_some_and(is_unsegmented),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
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
        assert_eq!(found, [1, 3, 2]);
        assert_eq!(phrases.first("検知 alert").map(|found| found.0), Some(2));
    }

    #[test]
    fn phrases_come_in_the_order_in_which_they_end() {
        let phrases = Phrases::new([("incident", 1), ("post incident review", 2), ("incident review", 3)].into_iter());
        let found: Vec<_> = phrases.all("post incident review of an incident").collect();
        assert_eq!(found, [(1, 5, 13), (2, 0, 20), (3, 5, 20), (1, 27, 35)]);
        assert_eq!(phrases.whole("incident review").collect::<Vec<_>>(), [3]);
        assert_eq!(phrases.whole("an incident").next(), None);
    }

    #[test]
    fn a_text_is_looked_at_before_it_is_folded() {
        let phrases = Phrases::new([("back up", 1), ("didnt", 2)].into_iter());
        for (text, expected) in [
            ("We are BACK -- Up!", true),
            ("upper — «upset»", false),
            ("it didn't", true),
            ("… …", false),
            ("é", true),
            ("", false),
        ] {
            assert_eq!(phrases.may_be_in(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_looked_at_as_a_short_one_is() {
        let few = Phrases::new([("was resolved", 1), ("lasted", 2), ("didnt", 3), ("duró", 4)].into_iter());
        let short =
            Phrases::new([("was resolved", 1), ("lasted", 2), ("didnt", 3), ("duró", 4), ("up", 5)].into_iter());
        assert!(few.searcher().is_some() && short.searcher().is_none());
        for text in ["Resolved", "unresolved", "LASTED", "didn't", "durò", "é", "— lasting", "procedure", "re solved"]
        {
            for (before, behind) in [(60, 0), (0, 60), (30, 30), (2000, 0), (1024, 1024)] {
                let text = format!("{} {text} {}", "a bc, ".repeat(before / 6), "d. ".repeat(behind / 3));
                assert_eq!(few.may_be_in(&text), short.may_be_in(&text), "{text}");
            }
        }
    }

    #[test]
    fn words_end_where_a_script_without_spaces_begins() {
        let phrases = Phrases::new([("db", 1), ("障害", 2), ("the db", 3)].into_iter());
        let found: Vec<_> = phrases.all("障害db停止the db").map(|(value, _, _)| value).collect();
        assert_eq!(found, [1, 3, 1, 2]);
        assert_eq!(phrases.all("thedb").next(), None);
        assert_eq!(phrases.whole("障害").collect::<Vec<_>>(), [2]);
    }
}
