//! What differs from run to run, or stands in every log: dropped from pastes, and from what they are compared with.

use crate::index::text::{Piece, TokenKind, pieces};

/// Returns the tokens of a line that are no noise. A document must be read as the paste is: a word that only one of them
/// keeps would stand between words that follow one another in the other.
pub(super) fn kept(line: &str) -> Vec<Piece> {
    let all = pieces(line);
    let noise = noisy(line, &all);
    all.into_iter().zip(noise).filter(|&(_, noisy)| !noisy).map(|(piece, _)| piece).collect()
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
        let is_part = |piece: &&Piece| piece.span.start >= whole.span.start && piece.span.end <= whole.span.end;
        let first = at - all[..at].iter().rev().take_while(is_part).count();
        let end = at + all[at..].iter().take_while(is_part).count();
        let steps = all[first..end].iter().filter(|piece| is_step(piece.kind));
        let words: Vec<&str> = steps.map(|piece| piece.text.as_str()).collect();
        let is_id = is_uuid(&words) || words.iter().all(|word| is_moment_part(word) || is_moment_name(word));
        if is_id && !is_address(&line[whole.span.clone()]) {
            noise[first..end].fill(true);
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

/// Parts of dates and times with digits: `17t08`, `00z`, `5ms`, `2h30m`.
fn is_moment_part(word: &str) -> bool {
    if is_duration(word) {
        return true;
    }
    let bare = word.trim_end_matches("ms").trim_matches(|c| matches!(c, 't' | 'z' | 's'));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let starts_with_digit = word.as_bytes().first().is_some_and(u8::is_ascii_digit);
    starts_with_digit && (digits(bare) || bare.split_once('t').is_some_and(|(a, b)| digits(a) && digits(b)))
}

/// Tells whether a word is made of numbers that each have a unit of time.
fn is_duration(word: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut rest = word;
    while rest.starts_with(is_digit) {
        let unit = rest.trim_start_matches(is_digit);
        let end = unit.find(is_digit).unwrap_or(unit.len());
        if !matches!(&unit[..end], "d" | "h" | "m" | "s" | "ms" | "us" | "ns") {
            return false;
        }
        rest = &unit[end..];
    }
    rest.is_empty() && !word.is_empty()
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
        kept(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn durations_are_noise_and_sizes_are_not() {
        assert_eq!(words("5m 3m12s 2h 90ms 7d took 16gi s3 5 x"), ["took", "16gi", "s3", "x"]);
    }

    #[test]
    fn an_identifier_made_of_time_is_noise_with_its_parts() {
        assert_eq!(words("a 2025-12-17T08:00:12.345Z b 10.0.3.7 c"), ["a", "b", "10.0.3.7", "c"]);
    }
}
