//! Stems: which words are forms of one word, in the languages that the knowledge base is written in.
//!
//! The index holds words as written. A query word is widened to the indexed words that share its stem, so one index
//! serves every language, and a language can be added without indexing anew.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// The stemmers of the languages of a knowledge base.
pub(crate) struct Stemmers {
    stemmers: Vec<Stemmer>,
}

impl Stemmers {
    /// Returns the stemmers of `languages` (ISO 639-1 codes); languages without one are left out.
    pub(crate) fn new<'a>(languages: impl IntoIterator<Item = &'a str>) -> Self {
        let mut algorithms: Vec<Algorithm> = languages.into_iter().filter_map(algorithm).collect();
        algorithms.dedup();
        Self { stemmers: algorithms.into_iter().map(Stemmer::new).collect() }
    }

    /// Returns the distinct stems of a folded `word`.
    pub(crate) fn stems(&self, word: &str) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        for stemmer in &self.stemmers {
            let stem = stemmer.stem(word).into_owned();
            if !stem.is_empty() && !stems.contains(&stem) {
                stems.push(stem);
            }
        }
        stems
    }

    /// Tells whether two folded words are forms of one word in one of the languages.
    pub(crate) fn same_word(&self, a: &str, b: &str) -> bool {
        a == b || self.stemmers.iter().any(|stemmer| stemmer.stem(a) == stemmer.stem(b))
    }

    /// Returns for each of the folded words the position of the first that is a form of the same word in one of the
    /// languages.
    pub(crate) fn first_forms(&self, words: &[&str]) -> Vec<usize> {
        let mut first: Vec<usize> = (0..words.len()).collect();
        for stemmer in &self.stemmers {
            let mut known: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
            for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
                first[at] = first[at].min(*known.entry(stemmer.stem(word)).or_insert(first[at]));
            }
        }
        first
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Stemmers;

    #[test]
    fn joins_forms_of_a_word_in_the_languages_given() {
        let both = Stemmers::new(["en", "de", "xx"]);
        for (a, b) in [("connect", "connecting"), ("query", "queries"), ("datenbank", "datenbanken")] {
            assert!(both.same_word(a, b), "{a} {b}");
            assert_eq!(both.first_forms(&[a, b]), [0, 0], "{a} {b}");
        }
        assert!(!both.same_word("connect", "connector"));
        assert_eq!(both.first_forms(&["connector", "connect", "", "connecting", ""]), [0, 1, 2, 1, 4]);
        let english = Stemmers::new(["en"]);
        assert_eq!(english.first_forms(&["datenbank", "datenbanken"]), [0, 1]);
    }
}
