//! The lines of a text that may hold a match, so that only these are cut into words.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input};

/// Finds lines with one of some words, quickly and with some to spare.
pub(super) struct Lines {
    /// `None` where no word can stand in a line of plain ASCII.
    finder: Option<AhoCorasick>,
}

impl Lines {
    pub(super) fn with(needles: Vec<&str>) -> Self {
        // Only characters beyond ASCII fold to anything but themselves in the other case, and lines that have any are
        // always looked at.
        let needles = needles.into_iter().filter(|needle| needle.is_ascii() && !needle.is_empty());
        let needles: Vec<&str> = needles.collect();
        let build = || AhoCorasick::builder().ascii_case_insensitive(true).build(&needles);
        Self { finder: (!needles.is_empty()).then(|| build().expect("the words of a query are few and short")) }
    }

    /// Returns runs of whole lines that hold all matches of `text`; a phrase may go on over line ends.
    pub(super) fn parts(&self, text: &str) -> Vec<Range<usize>> {
        let (bytes, ascii) = (text.as_bytes(), text.is_ascii());
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let start = if ascii {
                let Some(found) = self.finder.as_ref().and_then(|it| it.find(Input::new(text).range(at..))) else {
                    break;
                };
                memchr::memrchr(b'\n', &bytes[at..found.start()]).map_or(at, |end| at + end + 1)
            } else {
                at
            };
            let end = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |end| start + end + 1);
            let line = &text[start..end];
            if ascii || !line.is_ascii() || self.finder.as_ref().is_some_and(|it| it.is_match(line)) {
                match parts.last_mut() {
                    Some(last) if joins(&bytes[last.end..start]) => last.end = end,
                    _ => parts.push(start..end),
                }
            }
            at = end;
        }
        parts
    }
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
    }

    #[test]
    fn phrases_may_go_on_over_line_ends() {
        assert_eq!(parts(&["no", "such"], "a no\n---\n\nsuch b\nc"), ["a no\n---\n\nsuch b\n"]);
    }
}
