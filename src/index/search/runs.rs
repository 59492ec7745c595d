//! Words of a paste that follow one another in a document too: an error message that somebody quoted shows by them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::noise::{is_step, kept};
use super::paste::{LineWord, Paste, PasteLine};

/// Length of the runs of words that are compared.
const RUN: usize = 3;
/// So many runs with a word that decides are the message itself. Fewer come about by chance: "connect to the", "status code".
/// (Of 42 judged pastes all but one have three or more in common with the document that is meant.)
const QUOTED: usize = 3;
/// So many words that say something, one after the other and with nothing but fillers between, are the message itself,
/// however many documents have it. Fewer are a common turn: "could not connect to the server".
const PHRASE: usize = 4;
/// So many are enough where they are a whole line: "no space left on device".
const LINE: usize = 3;
/// So many words are enough where they are a whole line with a word that says something.
const LONG_LINE: usize = 5;
/// What a word that does not tell is worth within a run.
const DULL: f32 = 0.1;
/// Places of a run in the paste that are followed further.
const MAX_PLACES: usize = 16;

/// What a run of the paste tells.
#[derive(Default)]
struct Run {
    worth: f32,
    /// Whether one of its words decides.
    tells: bool,
    /// Where it stands in lines that count: line and word.
    places: Vec<(usize, usize)>,
}

/// The runs of consecutive words of a paste.
pub(super) struct Runs<'w> {
    runs: HashMap<u64, Run>,
    /// The words that decide, with their weight.
    weights: HashMap<&'w str, f32>,
    lines: Vec<Line>,
    /// Words that do not decide, to be told of all the same.
    noted: HashSet<&'w str>,
    /// Lines that count and say something.
    saying: usize,
}

/// A line of the paste.
struct Line {
    /// How many words that say something stand before each of its words, and in all of it.
    says: Vec<usize>,
    /// From its first to its last word that is no boilerplate: who has these in a row has the line.
    core: Range<usize>,
}

impl Line {
    fn new(line: &PasteLine) -> Self {
        let mut says = vec![0];
        for word in &line.words {
            says.push(says[says.len() - 1] + usize::from(word.says()));
        }
        let own = |word: &LineWord| !word.is_boilerplate;
        let first = line.words.iter().position(own).unwrap_or_default();
        let end = line.words.iter().rposition(own).map_or(0, |last| last + 1);
        Self { says, core: first..end }
    }
}

/// What a document and a paste have in common.
pub(super) struct Compared {
    /// The words looked up that stand in the document.
    pub(super) shared: HashSet<String>,
    /// The worth of the runs that stand in it.
    pub(super) worth: f32,
    /// Whether it has the message, not merely some of its words.
    pub(super) same_message: bool,
}

/// A stretch of a line that stands in the document up to the word looked at.
#[derive(Clone, Copy)]
struct Stretch {
    line: usize,
    first: usize,
    /// First word of its last run.
    last: usize,
}

/// How much a stretch is.
struct Extent {
    words: usize,
    /// Words that say something.
    saying: usize,
    /// Whether it has all of its line that is no boilerplate.
    is_line: bool,
}

impl<'w> Runs<'w> {
    /// Cuts `paste` into runs; `weights` are those of the words that decide.
    pub(super) fn new(paste: &Paste, weights: HashMap<&'w str, f32>) -> Self {
        let says = |line: &PasteLine| line.words.iter().any(|word| word.says());
        // Where the message itself says nothing, what stands beside it must do.
        let all_count = !paste.lines.iter().any(|line| !line.is_beside && says(line));
        let counts = |line: &PasteLine| all_count || !line.is_beside;
        let saying = paste.lines.iter().filter(|line| counts(line) && says(line)).count();
        let mut runs = Self { runs: HashMap::new(), weights, lines: Vec::new(), noted: HashSet::new(), saying };
        for line in &paste.lines {
            runs.add(line, counts(line));
        }
        runs
    }

    /// Notes words that do not decide, so that [`Compared::shared`] has them too.
    pub(super) fn noting(mut self, words: impl Iterator<Item = &'w str>) -> Self {
        self.noted.extend(words);
        self
    }

    fn add(&mut self, line: &PasteLine, counts: bool) {
        let length = RUN.min(line.words.len());
        for (at, words) in line.words.windows(length).enumerate() {
            let weight = |term: &str| self.weights.get(term).copied();
            let run = self.runs.entry(hash(words.iter().map(|word| word.term.as_str()))).or_default();
            // A single word is no run: it is looked up as such.
            if length > 1 {
                run.worth = words.iter().map(|word| weight(&word.term).unwrap_or(DULL)).sum::<f32>() / RUN as f32;
                // Runs within one identifier are the package, host or folder that many messages name.
                let is_identifier = words[1..].iter().all(|word| word.is_further);
                run.tells |= counts
                    && !is_identifier
                    && words.iter().any(|word| !word.is_boilerplate && weight(&word.term).is_some());
            }
            if counts && run.places.len() < MAX_PLACES {
                run.places.push((self.lines.len(), at));
            }
        }
        self.lines.push(Line::new(line));
    }

    /// Compares the paste with `text`.
    pub(super) fn compare(&self, text: &str) -> Compared {
        let (mut shared, mut seen, mut whole) = (HashSet::new(), HashSet::new(), HashSet::new());
        let (mut last, mut stretches): (Vec<String>, Vec<Stretch>) = (Vec::new(), Vec::new());
        let mut is_quoted = false;
        for piece in text.lines().flat_map(kept) {
            if self.weights.contains_key(piece.text.as_str()) || self.noted.contains(piece.text.as_str()) {
                shared.insert(piece.text.clone());
            }
            if !is_step(piece.kind) {
                continue;
            }
            if last.len() == RUN {
                last.remove(0);
            }
            last.push(piece.text);
            let mut longer = Vec::new();
            for length in 1..=last.len() {
                let run = hash(last[last.len() - length..].iter().map(String::as_str));
                let Some(found) = self.runs.get(&run) else { continue };
                seen.insert(run);
                longer.extend(found.places.iter().map(|&place| extended(&stretches, place)));
            }
            stretches = longer;
            for stretch in &stretches {
                let Extent { words, saying, is_line } = self.extent(stretch);
                is_quoted |= saying >= PHRASE;
                if is_line && saying > 0 {
                    is_quoted |= saying >= LINE || words >= LONG_LINE;
                    whole.insert(stretch.line);
                }
            }
        }
        let found = || seen.iter().filter_map(|run| self.runs.get(run));
        let telling = found().filter(|run| run.tells).count();
        // A short paste must be there whole.
        let is_all = self.saying > 0 && whole.len() == self.saying;
        let same_message = telling >= QUOTED || is_quoted || is_all;
        // Always in one order: the sum of numbers with fractions depends on it.
        let mut worths: Vec<f32> = found().map(|run| run.worth).collect();
        worths.sort_unstable_by(f32::total_cmp);
        Compared { worth: worths.into_iter().sum(), shared, same_message }
    }

    fn extent(&self, stretch: &Stretch) -> Extent {
        let line = &self.lines[stretch.line];
        let end = (stretch.last + RUN).min(line.says.len() - 1);
        Extent {
            words: end - stretch.first,
            saying: line.says[end] - line.says[stretch.first],
            is_line: stretch.first <= line.core.start && end >= line.core.end,
        }
    }
}

/// Returns the stretch that the run at `place` is the end of.
fn extended(stretches: &[Stretch], (line, at): (usize, usize)) -> Stretch {
    let before = stretches.iter().find(|it| it.line == line && it.last + 1 == at);
    Stretch { line, first: before.map_or(at, |it| it.first), last: at }
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
    fn words_of_any_log_are_left_out_of_both() {
        let paste = "[ioredis] Unhandled error event: ReplyError: ERR max number of clients reached";
        assert!(is_same(paste, &format!("It printed:\n\n```\n{paste}\n```\n")));
        let paste = "FATAL:  the database system is in recovery mode";
        assert!(is_same(paste, &format!("2024-01-18 02:47:13.020 UTC [22903] {paste}\n")));
    }

    #[test]
    fn a_quoted_message_is_the_same_however_common_its_words_are() {
        let is_same = |paste: &str, text: &str| {
            Runs::new(&Paste::read(paste), HashMap::from([("gateway", 3.0)])).compare(text).same_message
        };
        let paste = "gateway: max number of clients reached\n    at Gateway.accept (gateway.js:3)";
        assert!(is_same(paste, "The log had `max number of clients reached`."));
        assert!(!is_same(paste, "The number of clients that the gateway accepts reached its maximum."));
        assert!(is_same("no space left on device", "cp: no space left on device (28)"));
        assert!(!is_same("no space left on device: gateway", "There is no space left for clients."));
    }

    #[test]
    fn what_is_printed_whatever_the_fault_is_makes_no_message() {
        let document = "2026-01-02 INFO ledger of the north started\nthread 'main' panicked at ledger/src/main.rs:119:5:\n\
                        note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\
                        Cannot read properties of undefined (reading 'memo')\n";
        let panic =
            "thread 'main' panicked at src/main.rs:5:10:\nindex out of bounds: the len is 3 but the index is 7\n";
        let note = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
        let undefined = "TypeError: Cannot read properties of undefined (reading 'map')";
        let after_start = "2026-01-03 INFO ledger of the north started\n2026-01-03 ERROR zyzzyva gone\n";
        for paste in [panic, note, &format!("{panic}{note}"), undefined, "TypeError", after_start] {
            assert!(!is_same(paste, document), "{paste}");
        }
        assert!(is_same("TypeError: Cannot read properties of undefined (reading 'memo')", document));
        let undefined = "Cannot read properties of undefined (reading 'memo')\nzyzzyva gone";
        assert!(is_same(undefined, document), "one line of several");
        assert!(is_same("2026-01-03 INFO ledger of the north started\n", document), "there is nothing else to go by");
    }

    #[test]
    fn a_package_that_both_name_is_no_message() {
        let paste =
            "org.apache.kafka.common.errors.RecordTooLargeException: The message is 2093411 bytes when serialized";
        assert!(is_same(paste, &format!("It was `{paste}`.")));
        let other = "org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed";
        assert!(!is_same(paste, other));
    }

    #[test]
    fn words_that_do_not_decide_make_no_message() {
        let paste = Paste::read("could not connect to the server of the vendor");
        let runs = Runs::new(&paste, HashMap::from([("vendor", 3.0)]));
        assert!(!runs.compare("It could not connect to the server.").same_message);
    }
}
