//! The lines of a text that may hold a match, so that only these are cut into words.

use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

/// Finds lines with one of some words, quickly and with some to spare.
pub(super) struct Lines {
    finders: Vec<Finder<'static>>,
}

impl Lines {
    pub(super) fn with(needles: Vec<&str>) -> Self {
        // Only characters beyond ASCII fold to anything but themselves in the other case, and lines that have any are
        // always looked at.
        let mut needles: Vec<&str> = needles.into_iter().filter(|it| it.is_ascii() && !it.is_empty()).collect();
        needles.sort_unstable_by_key(|needle| needle.len());
        let mut kept: Vec<&str> = Vec::new();
        for needle in needles {
            // Where the shorter word stands in no line, neither does the longer one.
            if !kept.iter().any(|shorter| needle.contains(shorter)) {
                kept.push(needle);
            }
        }
        Self { finders: kept.into_iter().map(|needle| Finder::new(needle).into_owned()).collect() }
    }

    /// Returns runs of whole lines that hold all matches of `text`; a phrase may go on over line ends.
    pub(super) fn parts(&self, text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        if !text.is_ascii() {
            gather(bytes, &mut lines, beyond_ascii);
        }
        let lower = bytes.to_ascii_lowercase();
        for finder in &self.finders {
            gather(&lower, &mut lines, |rest| finder.find(rest));
        }
        lines.sort_unstable_by_key(|line| line.start);
        let mut parts: Vec<Range<usize>> = Vec::new();
        for line in lines {
            match parts.last_mut() {
                Some(last) if last.end > line.start => {}
                Some(last) if joins(&bytes[last.end..line.start]) => last.end = line.end,
                _ => parts.push(line),
            }
        }
        parts
    }
}

/// Adds the lines in which `find` finds something; it is given what lies behind the last of them.
fn gather(bytes: &[u8], lines: &mut Vec<Range<usize>>, find: impl Fn(&[u8]) -> Option<usize>) {
    let mut at = 0;
    while let Some(found) = find(&bytes[at..]) {
        let start = memrchr(b'\n', &bytes[at..at + found]).map_or(at, |end| at + end + 1);
        let end = memchr(b'\n', &bytes[at + found..]).map_or(bytes.len(), |end| at + found + end + 1);
        lines.push(start..end);
        at = end;
    }
}

/// Returns where the first byte beyond ASCII stands; whole chunks are told at once.
fn beyond_ascii(bytes: &[u8]) -> Option<usize> {
    const CHUNK: usize = 64;
    let start = bytes.chunks(CHUNK).position(|chunk| !chunk.is_ascii())? * CHUNK;
    bytes[start..].iter().position(|byte| !byte.is_ascii()).map(|at| start + at)
}

/// Tells whether nothing that is a word stands between two lines.
fn joins(between: &[u8]) -> bool {
    between.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn parts<'a>(needles: &[&str], text: &'a str) -> Vec<&'a str> {
        Lines::with(needles.to_vec()).parts(text).into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn only_lines_with_a_word_are_looked_at() {
        let text = "one Redis\ntwo\nthree\nredisson four";
        assert_eq!(parts(&["redis"], text), ["one Redis\n", "redisson four"]);
        assert_eq!(parts(&["zebra"], text), [""; 0]);
        assert_eq!(parts(&[], text), [""; 0]);
        assert_eq!(parts(&["redis"], ""), [""; 0]);
    }

    #[test]
    fn lines_that_fold_are_always_looked_at() {
        assert_eq!(parts(&["strasse"], "plain\nStraße 7\nplain"), ["Straße 7\n"]);
        assert_eq!(parts(&["über"], "plain\nÜBER\n"), ["ÜBER\n"]);
        assert_eq!(parts(&["two", "one"], "ß\nx ONE\nTwo\nthree\nß"), ["ß\nx ONE\nTwo\n", "ß"]);
    }

    #[test]
    fn a_word_inside_another_stands_for_both() {
        let text = "reconnect\nnothing\nconnection connects\nconn";
        assert_eq!(parts(&["connection", "connect", "connects"], text), ["reconnect\n", "connection connects\n"]);
    }

    #[test]
    fn phrases_may_go_on_over_line_ends() {
        assert_eq!(parts(&["no", "such"], "a no\n---\n\nsuch b\nc"), ["a no\n---\n\nsuch b\n"]);
    }
}
