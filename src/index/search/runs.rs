//! Words of a paste that follow one another in a document too: an error message that somebody quoted shows by them.

use std::collections::{HashMap, HashSet};

use super::paste::{Paste, is_step};
use crate::index::text::pieces;

/// Length of the runs of words that are compared.
const RUN: usize = 3;
/// So many runs with a word that tells are the message itself. Fewer come about by chance: "connect to the", "status code".
/// (Of 42 judged pastes all but one have three or more in common with the document that is meant.)
const QUOTED: usize = 3;
/// What a word that does not tell is worth within a run.
const DULL: f32 = 0.1;

/// What a run of the paste tells.
struct Run {
    worth: f32,
    /// Whether one of its words decides, and the run is as long as its line lets it be.
    tells: bool,
}

/// The runs of consecutive words of a paste.
pub(super) struct Runs<'w> {
    runs: HashMap<u64, Run>,
    /// The words that decide, with their weight.
    weights: HashMap<&'w str, f32>,
    /// Runs that make a document one that has the message.
    enough: usize,
    /// How many different words the paste has.
    words: usize,
}

/// What a document and a paste have in common.
pub(super) struct Compared {
    /// The deciding words that stand in the document.
    pub(super) shared: HashSet<String>,
    /// The worth of the runs that stand in it.
    pub(super) worth: f32,
    /// Whether it has the message, not merely some of its words.
    pub(super) same_message: bool,
}

impl<'w> Runs<'w> {
    /// Cuts `paste` into runs; `weights` are those of the words that decide.
    pub(super) fn new(paste: &Paste, weights: HashMap<&'w str, f32>) -> Self {
        let mut runs = HashMap::new();
        for line in &paste.lines {
            for run in line.windows(RUN.min(line.len())) {
                let worth = run.iter().map(|word| weights.get(word.as_str()).copied().unwrap_or(DULL)).sum::<f32>();
                let tells = run.iter().any(|word| weights.contains_key(word.as_str()));
                runs.insert(hash(run.iter().map(String::as_str)), Run { worth: worth / RUN as f32, tells });
            }
        }
        let words = paste.words.iter().filter(|word| is_step(word.kind)).count();
        Self { enough: QUOTED.min(runs.len()), runs, weights, words }
    }

    /// Compares the paste with `text`.
    pub(super) fn compare(&self, text: &str) -> Compared {
        let (mut shared, mut seen) = (HashSet::new(), HashSet::new());
        let mut last: Vec<String> = Vec::new();
        for piece in pieces(text) {
            if self.weights.contains_key(piece.text.as_str()) {
                shared.insert(piece.text.clone());
            }
            // Numbers are left out of the paste's lines too.
            if !is_step(piece.kind) || piece.text.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            last.push(piece.text);
            if last.len() > RUN {
                last.remove(0);
            }
            for length in 2..=last.len() {
                let run = hash(last[last.len() - length..].iter().map(String::as_str));
                if self.runs.contains_key(&run) {
                    seen.insert(run);
                }
            }
        }
        let found = || seen.iter().filter_map(|run| self.runs.get(run));
        let telling = found().filter(|run| run.tells).count();
        let same_message = match self.enough {
            // Nothing but single words: then it is all of them.
            0 => shared.len() >= self.words.max(1),
            enough => telling >= enough,
        };
        Compared { worth: found().map(|run| run.worth).sum(), shared, same_message }
    }
}

/// FNV-1a, with a mark between words.
fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = words.flat_map(|word| word.bytes().chain(std::iter::once(0xff)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(paste: &str, text: &str) -> bool {
        let paste = Paste::read(paste);
        let weights = paste.words.iter().map(|word| (word.term.as_str(), 1.0)).collect();
        Runs::new(&paste, weights).compare(text).same_message
    }

    #[test]
    fn a_quoted_message_is_the_same_and_a_few_of_its_words_are_not() {
        let paste = "12:00:01 panic: ledger: cannot take lock on segment 17\n\t/src/ledger/main.go:211 +0x1c\n";
        assert!(is_same(paste, "The log had `ledger: cannot take lock on segment 4`, once a second."));
        assert!(!is_same(paste, "We take care of the ledger; a segment of main.go had no lock."));
        assert!(!is_same(paste, "We cannot take a lock. The ledger cannot take more."));
    }

    #[test]
    fn a_short_paste_must_be_there_whole() {
        assert!(is_same("OOMKilled", "The pod was OOMKilled twice."));
        assert!(is_same("connection refused", "It said: connection refused."));
        assert!(!is_same("connection refused", "It refused every connection."));
        assert!(is_same("no space left", "no space left on device"));
        assert!(!is_same("zxqv", "nothing of the kind"));
    }

    #[test]
    fn words_that_do_not_decide_make_no_message() {
        let paste = Paste::read("could not connect to the server of the vendor");
        let runs = Runs::new(&paste, HashMap::from([("vendor", 3.0)]));
        assert!(!runs.compare("It could not connect to the server.").same_message);
    }
}
