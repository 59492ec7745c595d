//! The inverted index as scripts, each with the words that begin alike: a query loads the few that its words are in.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::json;

/// Bytes of a script above which its words are parted by one more letter.
const LARGEST: usize = 96 << 10;
/// Letters by which words are parted at most.
const MOST_LETTERS: usize = 16;
/// Levels that a weight is written in, one letter each.
const LEVELS: u8 = 26;
/// Levels in which a weight grows to e times what it was.
const STEPS: f32 = 3.0;
/// Digits of numbers in scripts.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The words of all documents so far.
#[derive(Debug, Default)]
pub(super) struct Inverted {
    /// In which documents a word stands: how far behind the last one, and a letter for what it counts there.
    postings: FxHashMap<String, (u32, String)>,
}

impl Inverted {
    /// Adds the words of a document; documents come in the order of their numbers.
    pub(super) fn add(&mut self, document: u32, words: Vec<(String, f32)>) {
        for (word, weight) in words {
            let (next, list) = self.postings.entry(word).or_default();
            let gap = document - *next;
            if gap > 0 {
                push_number(list, gap);
            }
            list.push(char::from(b'A' + level(weight)));
            *next = document + 1;
        }
    }

    /// Returns the scripts, each with what its words begin with.
    pub(super) fn shards(self) -> Vec<(String, String)> {
        let sorted: BTreeMap<String, String> =
            self.postings.into_iter().map(|(word, (_, list))| (word, list)).collect();
        let words: Vec<(String, String)> = sorted.into_iter().collect();
        let mut shards = Vec::new();
        part(&words, 1, &mut shards);
        shards
    }
}

/// Returns the name of the script with the words that begin with `prefix`.
pub(super) fn file(prefix: &str) -> String {
    let name: String = prefix.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("search/w/{name}.js")
}

/// Cuts sorted words by their first letters, until each part is small.
fn part(words: &[(String, String)], letters: usize, shards: &mut Vec<(String, String)>) {
    let mut rest = words;
    while let Some((first, _)) = rest.first() {
        let prefix = begin(first, letters);
        let (alike, others) = rest.split_at(rest.partition_point(|(word, _)| begin(word, letters) == prefix));
        rest = others;
        let size: usize = alike.iter().map(|(word, list)| word.len() + list.len() + 6).sum();
        if size <= LARGEST || letters >= MOST_LETTERS || alike.len() == 1 {
            shards.push((prefix.to_owned(), script(prefix, alike)));
            continue;
        }
        // The word that is the beginning itself has a script of its own.
        let (whole, longer) = alike.split_at(alike.partition_point(|(word, _)| word == prefix));
        if !whole.is_empty() {
            shards.push((prefix.to_owned(), script(prefix, whole)));
        }
        part(longer, letters + 1, shards);
    }
}

fn begin(word: &str, letters: usize) -> &str {
    &word[..word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at)]
}

fn script(prefix: &str, words: &[(String, String)]) -> String {
    let lists: serde_json::Map<_, _> = words.iter().map(|(word, list)| (word.clone(), json!(list))).collect();
    format!("ris.words({},{});\n", json!(prefix), json!(lists))
}

fn level(weight: f32) -> u8 {
    // As written by the cast: what is above the last level is the last.
    ((1.0 + weight).ln() * STEPS).round().clamp(0.0, f32::from(LEVELS - 1)) as u8
}

/// Writes a number in as few digits as it needs.
pub(super) fn push_number(out: &mut String, mut number: u32) {
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(DIGITS[(number % 36) as usize]);
        number /= 36;
    }
    out.extend(digits.iter().rev().map(|digit| char::from(*digit)));
}

/// Returns one digit for a number; what is larger is the last one.
pub(super) fn digit(number: usize) -> char {
    char::from(DIGITS[number.min(35)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_tells_its_documents_by_what_lies_between() {
        let mut inverted = Inverted::default();
        for document in [0, 1, 40] {
            inverted.add(document, vec![("redis".to_owned(), 1.0)]);
        }
        assert_eq!(inverted.shards(), [("r".to_owned(), "ris.words(\"r\",{\"redis\":\"CC12C\"});\n".to_owned())]);
    }

    #[test]
    fn large_parts_are_cut_and_nothing_is_lost() {
        let words: Vec<(String, String)> =
            (0..60).map(|at| (format!("re{}", "x".repeat(at)), "A".repeat(4 << 10))).collect();
        let mut shards = Vec::new();
        part(&words, 1, &mut shards);
        assert!(shards.len() > 3);
        let all: String = shards.iter().map(|(_, script)| script.as_str()).collect();
        assert!(words.iter().all(|(word, _)| all.contains(&format!("\"{word}\":"))));
        // Nothing but what cannot be cut any more is large.
        assert!(shards.iter().all(|(prefix, script)| script.len() < 2 * LARGEST || prefix.len() == MOST_LETTERS));
    }
}
