//! What programs print whatever their fault is: it stands in pastes and documents alike and is no evidence that they are
//! about the same one.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::noise::{is_step, kept};
use crate::index::text::Piece;
use crate::words;

const BOILERPLATE: &str = include_str!("boilerplate.yaml");

/// The phrases by their first word.
static PHRASES: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let all: BTreeMap<&str, Vec<&str>> = words::from_str(BOILERPLATE).expect("a test reads the file");
    let mut phrases: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for phrase in all.into_values().flatten().map(steps) {
        if let Some(first) = phrase.first() {
            phrases.entry(first.clone()).or_default().push(phrase);
        }
    }
    phrases
});

/// The words of a phrase, read as those of a paste are.
fn steps(phrase: &str) -> Vec<String> {
    kept(phrase).into_iter().filter(|piece| is_step(piece.kind)).map(|piece| piece.text).collect()
}

/// Marks the words of a line, noise left out, that belong to such a phrase.
pub(super) fn marks(line: &[&Piece]) -> Vec<bool> {
    let mut marks = vec![false; line.len()];
    for (at, first) in line.iter().enumerate() {
        for phrase in PHRASES.get(&first.text).into_iter().flatten() {
            let there = &line[at..line.len().min(at + phrase.len())];
            if there.len() == phrase.len() && there.iter().zip(phrase).all(|(piece, word)| piece.text == *word) {
                marks[at..at + phrase.len()].fill(true);
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of a line that are none of its boilerplate.
    fn left(line: &str) -> Vec<String> {
        let pieces = kept(line);
        let steps: Vec<&Piece> = pieces.iter().filter(|it| is_step(it.kind)).collect();
        let marks = marks(&steps);
        steps.iter().zip(marks).filter(|&(_, mark)| !mark).map(|(piece, _)| piece.text.clone()).collect()
    }

    #[test]
    fn the_file_reads_as_yaml_and_no_phrase_of_it_is_too_short() {
        let all: BTreeMap<String, Vec<String>> = serde_yaml::from_str(BOILERPLATE).unwrap();
        let own: BTreeMap<String, Vec<String>> = words::from_str(BOILERPLATE).unwrap();
        assert_eq!(all, own);
        let phrases: Vec<&String> = all.values().flatten().collect();
        assert!(phrases.len() > 50, "{}", phrases.len());
        for phrase in phrases {
            // What noise leaves one word of would make that word boilerplate wherever it stands.
            let is_word = phrase.chars().all(char::is_alphanumeric);
            assert!(steps(phrase).len() > usize::from(!is_word) && left(phrase).is_empty(), "{phrase}");
        }
    }

    #[test]
    fn the_frame_of_a_message_is_told_from_what_it_is_about() {
        assert_eq!(left("TypeError: Cannot read properties of undefined (reading 'map')"), ["map"]);
        assert_eq!(left("note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace"), [""; 0]);
        assert_eq!(left("index out of bounds: the len is 3 but the index is 7"), [""; 0]);
        assert_eq!(left("KeyError: 'payer_route_v2'"), ["payer", "route", "v2"]);
        assert_eq!(left("the index of the main thread"), ["the", "index", "of", "the", "main", "thread"]);
    }
}
