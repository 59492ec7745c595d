//! What is worth searching for in a pasted log: identifiers and words, without what differs from run to run.

use std::collections::HashMap;

use crate::index::text::{Piece, TokenKind, pieces};

/// Longest paste that is looked at.
const MAX_BYTES: usize = 1 << 20;

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
}

/// A paste, cleaned.
#[derive(Debug, Default)]
pub(crate) struct Paste {
    /// Distinct words worth looking up, in the order written.
    pub(crate) words: Vec<PasteWord>,
    /// The words of every distinct line, noise left out, for the comparison of consecutive words.
    pub(crate) lines: Vec<Vec<String>>,
}

impl Paste {
    /// Reads a paste; beyond a megabyte nothing is looked at.
    pub(crate) fn read(text: &str) -> Self {
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut paste = Self::default();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut known_lines: HashMap<Vec<String>, ()> = HashMap::new();
        for line in text[..end].lines() {
            let all = pieces(line);
            let noise = noisy(line, &all);
            let kept = all.iter().zip(&noise).filter(|&(_, &noisy)| !noisy).map(|(piece, _)| piece);
            let wholes: Vec<&Piece> = all.iter().filter(|it| it.kind == TokenKind::Whole).collect();
            for piece in kept.clone() {
                let is_part = piece.kind != TokenKind::Whole && is_within(piece, &wholes);
                if let Some(&at) = known.get(&piece.text) {
                    paste.words[at].is_part &= is_part;
                    continue;
                }
                known.insert(piece.text.clone(), paste.words.len());
                let written = line[piece.span.clone()].to_owned();
                paste.words.push(PasteWord { term: piece.text.clone(), written, kind: piece.kind, is_part });
            }
            let words: Vec<String> = kept.filter(|it| is_step(it.kind)).map(|piece| piece.text.clone()).collect();
            if words.len() > 1 && known_lines.insert(words.clone(), ()).is_none() {
                paste.lines.push(words);
            }
        }
        paste
    }
}

/// Tells whether a token stands within one of `wholes`, which are in the order written and do not overlap.
fn is_within(piece: &Piece, wholes: &[&Piece]) -> bool {
    let at = wholes.partition_point(|whole| whole.span.end < piece.span.end);
    wholes.get(at).is_some_and(|whole| whole.span.start <= piece.span.start)
}

/// Tells whether tokens of this kind follow one another (the others overlap them).
pub(crate) fn is_step(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Pair)
}

/// Marks the tokens of a line that are noise: by themselves, or as parts of an identifier that is.
fn noisy(line: &str, all: &[Piece]) -> Vec<bool> {
    let mut noise: Vec<bool> =
        all.iter().map(|piece| piece.kind != TokenKind::Whole && is_noise(&piece.text)).collect();
    for (at, whole) in all.iter().enumerate().filter(|(_, piece)| piece.kind == TokenKind::Whole) {
        let parts: Vec<usize> = (0..all.len())
            .filter(|&part| {
                part != at && all[part].span.start >= whole.span.start && all[part].span.end <= whole.span.end
            })
            .collect();
        let words: Vec<&str> =
            parts.iter().filter(|&&at| is_step(all[at].kind)).map(|&at| all[at].text.as_str()).collect();
        let is_id = is_uuid(&words) || words.iter().all(|word| is_moment_part(word) || is_moment_name(word));
        if is_id && !is_address(&line[whole.span.clone()]) {
            noise[at] = true;
            parts.into_iter().for_each(|part| noise[part] = true);
        }
    }
    noise
}

/// Numbers, hexadecimal ids, levels and the like.
pub(crate) fn is_noise(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return is_part_of_any_log(word) || is_moment_name(word);
    }
    let is_number = digits == bytes.len();
    let is_hex = bytes.len() >= 5 && bytes.iter().all(u8::is_ascii_hexdigit);
    let is_pointer = bytes.starts_with(b"0x") && bytes.len() > 2;
    // Random ids mix letters and digits; names such as `s3`, `p0` or `http2` have few.
    let is_random = bytes.len() >= 8 && digits * 3 >= bytes.len();
    is_number || is_hex || is_pointer || is_random || is_moment_part(word) || word == "lib64"
}

/// Words that stand in every log and tell nothing of the trouble: levels, and folders and words of stack frames and
/// listings.
fn is_part_of_any_log(word: &str) -> bool {
    matches!(word, "info" | "warn" | "warning" | "error" | "err" | "debug" | "trace" | "fatal" | "critical" | "notice")
        || matches!(word, "severe" | "alert" | "panic" | "pid" | "tid" | "at" | "in" | "line" | "file" | "traceback")
        || matches!(word, "most" | "recent" | "call" | "last" | "usr" | "lib" | "opt" | "bin" | "src" | "dist")
        || matches!(word, "packages" | "self" | "ago" | "args")
}

/// Names of months, days and time zones.
fn is_moment_name(word: &str) -> bool {
    matches!(word, "jan" | "feb" | "mar" | "apr" | "may" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec")
        || matches!(word, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "utc" | "gmt")
}

/// Parts of dates and times with digits: `17t08`, `00z`, `5ms`.
fn is_moment_part(word: &str) -> bool {
    let bare = word.trim_end_matches("ms").trim_matches(|c| matches!(c, 't' | 'z' | 's'));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let starts_with_digit = word.as_bytes().first().is_some_and(u8::is_ascii_digit);
    starts_with_digit && (digits(bare) || bare.split_once('t').is_some_and(|(a, b)| digits(a) && digits(b)))
}

fn is_uuid(parts: &[&str]) -> bool {
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Tells whether an identifier of digits is a network address, which names a machine.
fn is_address(text: &str) -> bool {
    let host = text.split(':').next().unwrap_or(text);
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
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
