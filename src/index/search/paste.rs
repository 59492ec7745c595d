//! What is worth searching for in a pasted log: identifiers and words, without what differs from run to run.

use std::collections::{HashMap, HashSet};

use super::boilerplate;
use super::noise::{is_step, kept};
use crate::index::text::{Piece, TokenKind};
use crate::parse::is_filler;

/// Longest paste that is looked at.
const MAX_BYTES: usize = 1 << 20;
/// Words before the level of a line, at most: host, program, thread.
const BEFORE_LEVEL: usize = 5;

/// A word of a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PasteWord {
    /// Folded, as the index has it.
    pub(crate) term: String,
    /// As first written.
    pub(crate) written: String,
    pub(crate) kind: TokenKind,
    /// It stands nowhere but in longer identifiers.
    pub(crate) is_part: bool,
    /// It stands nowhere but in what is printed whatever the fault is.
    pub(crate) is_boilerplate: bool,
}

/// A line of a paste.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PasteLine {
    /// Its words that follow one another, noise left out.
    pub(crate) words: Vec<LineWord>,
    /// It tells of work that goes well, or where in the code the fault came up, not which one.
    pub(crate) is_beside: bool,
}

/// A word in its line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct LineWord {
    /// Folded.
    pub(crate) term: String,
    /// It belongs to what is printed whatever the fault is.
    pub(crate) is_boilerplate: bool,
    /// The word before it belongs to the same identifier.
    pub(crate) is_further: bool,
}

impl LineWord {
    /// Tells whether the word says something of a fault, in whatever knowledge base. An identifier says one thing.
    pub(crate) fn says(&self) -> bool {
        !self.is_boilerplate && !self.is_further && !is_filler(&self.term)
    }
}

/// A paste, cleaned.
#[derive(Debug, Default)]
pub(crate) struct Paste {
    /// Distinct words worth looking up, in the order written.
    pub(crate) words: Vec<PasteWord>,
    /// Every distinct line, for the comparison of consecutive words.
    pub(crate) lines: Vec<PasteLine>,
}

impl Paste {
    /// Reads a paste; beyond a megabyte nothing is looked at.
    pub(crate) fn read(text: &str) -> Self {
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut paste = Self::default();
        let mut known = HashMap::new();
        let mut known_lines = HashSet::new();
        for line in text[..end].lines() {
            let pieces = kept(line);
            let steps: Vec<&Piece> = pieces.iter().filter(|it| is_step(it.kind)).collect();
            let marks = boilerplate::marks(&steps);
            paste.add_words(line, &pieces, &|piece| is_marked(piece, &steps, &marks), &mut known);
            let wholes: Vec<&Piece> = pieces.iter().filter(|it| it.kind == TokenKind::Whole).collect();
            let words = steps.iter().zip(&marks).map(|(piece, &is_boilerplate)| LineWord {
                term: piece.text.clone(),
                is_boilerplate,
                is_further: whole_of(piece, &wholes).is_some_and(|it| it.span.start < piece.span.start),
            });
            let line = PasteLine { words: words.collect(), is_beside: is_frame(line) || is_calm(line) };
            if !line.words.is_empty() && known_lines.insert(line.clone()) {
                paste.lines.push(line);
            }
        }
        paste
    }

    /// Adds the words of a line; `known` has the places of those that stood in earlier ones.
    fn add_words(
        &mut self,
        line: &str,
        pieces: &[Piece],
        is_boilerplate: &dyn Fn(&Piece) -> bool,
        known: &mut HashMap<String, usize>,
    ) {
        let wholes: Vec<&Piece> = pieces.iter().filter(|it| it.kind == TokenKind::Whole).collect();
        for piece in pieces {
            let is_part = piece.kind != TokenKind::Whole && whole_of(piece, &wholes).is_some();
            let is_boilerplate = is_boilerplate(piece);
            if let Some(&at) = known.get(&piece.text) {
                self.words[at].is_part &= is_part;
                self.words[at].is_boilerplate &= is_boilerplate;
                continue;
            }
            known.insert(piece.text.clone(), self.words.len());
            let written = line[piece.span.clone()].to_owned();
            self.words.push(PasteWord { term: piece.text.clone(), written, kind: piece.kind, is_part, is_boilerplate });
        }
    }
}

/// Tells whether all of `steps` that a token covers, or lies in, are marked.
fn is_marked(piece: &Piece, steps: &[&Piece], marks: &[bool]) -> bool {
    let first = steps.partition_point(|step| step.span.end <= piece.span.start);
    let end = steps.partition_point(|step| step.span.start < piece.span.end);
    first < end && marks[first..end].iter().all(|&mark| mark)
}

/// Returns which of `wholes`, which are in the order written and do not overlap, a token stands in.
fn whole_of<'p>(piece: &Piece, wholes: &[&'p Piece]) -> Option<&'p Piece> {
    let at = wholes.partition_point(|whole| whole.span.end < piece.span.end);
    wholes.get(at).copied().filter(|whole| whole.span.start <= piece.span.start)
}

/// Tells whether a line is a frame of a stack trace: any fault in the same code has it.
fn is_frame(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("File \"") || line.strip_prefix("at ").is_some_and(|place| place.contains([':', '(']))
}

/// Tells whether the level of a line says that nothing is wrong.
fn is_calm(line: &str) -> bool {
    let mut before = "";
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    for word in words.filter(|word| word.starts_with(|c: char| c.is_alphabetic())).take(BEFORE_LEVEL) {
        match (before, word) {
            ("", first) if is_calm_letter(line, first) => return true,
            (_, "INFO" | "DEBUG" | "TRACE" | "NOTICE") | ("", "Normal") => return true,
            ("" | "level" | "severity", "info" | "debug" | "trace" | "notice") => return true,
            (_, "WARN" | "WARNING" | "ERROR" | "FATAL" | "CRITICAL" | "SEVERE" | "ALERT" | "PANIC") => return false,
            _ => before = word,
        }
    }
    false
}

/// Tells whether a level of one letter says so: `[I 2025-12-17 …]`, `I1217 08:00:12`.
fn is_calm_letter(line: &str, first: &str) -> bool {
    let Some(rest) = first.strip_prefix(['I', 'D']) else { return false };
    let is_date = rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit());
    is_date || rest.is_empty() && line.trim_start().starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Paste::read(text).words.into_iter().map(|word| word.written).collect()
    }

    #[test]
    fn drops_what_differs_from_run_to_run() {
        let text = "2025-12-17T08:00:12.345Z [pid 4711] ERROR worker-3 7040e948-6926-4c07-9655-9acc737ee468 0xdeadbeef took 153ms";
        assert_eq!(words(text), ["worker", "worker-3", "took"]);
        assert_eq!(words("Dec 17 08:00:12 host sshd[812]: deadbeef12"), ["host", "sshd"]);
        assert_eq!(words("17/Dec/2025:10:00:00 +0000 GET"), ["GET"]);
        assert_eq!(words("a1b2c3d4e5f6 1700000000 12.5 3,000"), [""; 0]);
    }

    #[test]
    fn keeps_identifiers_addresses_and_short_names() {
        let found = words("redis.exceptions.ConnectionError: Error -2 connecting to credmate-redis:6379.");
        for word in ["redis.exceptions.ConnectionError", "ConnectionError", "credmate-redis:6379", "connecting"] {
            assert!(found.iter().any(|it| it == word), "{word} is not among {found:?}");
        }
        assert!(!found.iter().any(|it| it == "6379" || it == "Error" && found.len() < 3));
        assert_eq!(words("10.0.3.7 s3 http2"), ["10.0.3.7", "s3", "http2"]);
    }

    #[test]
    fn folders_of_stack_frames_tell_nothing_and_parts_are_told_from_words() {
        let found = words("File \"/usr/lib/ledger/posting.py\", line 12, in post\n    self.queue(args)");
        assert!(!["usr", "lib", "self", "args"].iter().any(|it| found.iter().any(|word| word == it)), "{found:?}");
        let paste = Paste::read("redis.ConnectionError: gone\nredis says goodbye to ledger-main");
        let is_part = |term: &str| paste.words.iter().find(|word| word.term == term).map(|word| word.is_part);
        assert_eq!((is_part("redis"), is_part("ledger"), is_part("goodbye")), (Some(false), Some(true), Some(false)));
    }

    #[test]
    fn frames_and_calm_lines_stand_beside_the_message() {
        let is_beside = |line: &str| Paste::read(line).lines[0].is_beside;
        assert!(is_beside("    at DataHandler.returnError (/srv/app/DataHandler.js:49:34)"));
        assert!(is_beside("  File \"/srv/app/queue.py\", line 88, in enqueue"));
        assert!(is_beside("2026-11-20 03:00:00 [worker-2] INFO upload started"));
        assert!(is_beside("level=info msg=\"upload started\"") && is_beside("[info] upload started"));
        assert!(is_beside("Normal   Scheduled  5m  default-scheduler  Successfully assigned api"));
        assert!(is_beside("[I 2026-11-20 03:00:00 JupyterHub log:186] 200 GET /hub") && is_beside("I1120 03:00 sync"));
        assert!(!is_beside("I/O of the disk") && !is_beside("[W 2026-11-20 JupyterHub log:186] 403 GET /hub"));
        assert!(!is_beside("at the third upload the disk was full"));
        assert!(!is_beside("2026-11-20 ERROR no INFO of the upload") && !is_beside("upload of info to Normal failed"));
    }

    #[test]
    fn what_is_printed_whatever_the_fault_is_is_told_from_the_rest() {
        let paste = Paste::read("thread 'main' panicked at feature/src/main.rs:5:10:\nledger gone from main");
        let is_boilerplate = |term: &str| paste.words.iter().find(|it| it.term == term).map(|it| it.is_boilerplate);
        assert_eq!((is_boilerplate("panicked"), is_boilerplate("main")), (Some(true), Some(false)));
        assert_eq!((is_boilerplate("ledger"), is_boilerplate("feature")), (Some(false), Some(false)));
    }

    #[test]
    fn reads_repeated_lines_once() {
        let paste = Paste::read(&"2025-01-01 00:00:00 disk full on db1\n".repeat(1000));
        assert_eq!(paste.lines.len(), 1);
    }

    #[test]
    fn looks_at_no_more_than_a_megabyte() {
        let text = format!("{}é marker", "x ".repeat(MAX_BYTES / 2));
        assert!(!words(&text).contains(&"marker".to_owned()));
    }
}
