//! Taking out what must not leave the house, so that the text reads on and its lines keep their numbers.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::sensitive::{SensitiveKind, scan};

/// Stands for a value. One word, and no sign of Markdown, YAML or TOML: what stands around it reads as before.
const MASK: &str = "(removed)";
/// A value of so few bytes is taken out where it was found alone: the same letters stand in too many other words.
const SHORT: usize = 4;

/// Takes out what a pattern can tell to be a secret or data of a patient, and wherever else it stands what was found to be one
/// somewhere: the title of a document says no word of what the password in it was one.
#[derive(Debug, Default)]
pub(in crate::kb) struct Masker {
    known: Option<AhoCorasick>,
}

impl Masker {
    /// Returns one that knows these values.
    pub(super) fn knowing(values: &BTreeSet<String>) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        let known = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(values);
        // Whoever went on without it would let the values out.
        Self { known: Some(known.expect("the parts of a few documents fit an automaton")) }
    }

    /// Returns `text` without them, and how many places were left empty.
    #[must_use]
    pub(in crate::kb) fn mask(&self, text: &str) -> (String, usize) {
        let (mut clean, mut at, mut places) = (String::with_capacity(text.len()), 0, 0);
        for it in scan(text) {
            let from = it.span.start.max(at);
            let Some(value) = text.get(from..it.span.end) else { continue };
            clean.push_str(&text[at..from]);
            push_mask(&mut clean, value);
            at = it.span.end;
            places += 1;
        }
        clean.push_str(&text[at..]);
        let Some(known) = self.known.as_ref().filter(|known| known.is_match(&clean)) else { return (clean, places) };
        let mut out = String::with_capacity(clean.len());
        known.replace_all_with(&clean, &mut out, |_, value, out| {
            push_mask(out, value);
            places += 1;
            true
        });
        (out, places)
    }

    /// Does the same, where it does not matter how many there were.
    #[must_use]
    pub(in crate::kb) fn clean(&self, text: &str) -> String {
        self.mask(text).0
    }
}

/// Returns the values in `text` that are taken out wherever they stand. A plain word may stand elsewhere as itself, and a day
/// of birth is a day on which other things happen.
pub(super) fn values(text: &str) -> Vec<String> {
    let is_telling = |value: &str| {
        let is_plain = value.chars().all(char::is_alphabetic);
        value.len() > SHORT && !is_plain && !value.contains('\n')
    };
    let found = scan(text).into_iter().filter(|it| it.kind != SensitiveKind::BirthDate);
    let values = found.filter_map(|it| text.get(it.span.start..it.span.end));
    values.filter(|value| is_telling(value)).map(str::to_owned).collect()
}

/// A value of several lines, such as a key, leaves as many.
fn push_mask(out: &mut String, value: &str) {
    out.push_str(MASK);
    out.extend(value.chars().filter(|c| *c == '\n'));
}

/// Tells whether a drawing (SVG) does more than draw: opened by itself it could act like a page.
pub(super) fn acts(drawing: &str) -> bool {
    let text = drawing.to_ascii_lowercase();
    let handles = text.split(char::is_whitespace).any(|word| word.starts_with("on") && word.contains('='));
    handles || ["<script", "javascript:", "<foreignobject", "<iframe", "<!entity"].iter().any(|it| text.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masker(text: &str) -> Masker {
        Masker::knowing(&values(text).into_iter().collect())
    }

    #[test]
    fn what_is_found_is_taken_out_everywhere_and_nothing_is_found_again() {
        let text = "---\npassword: Kx7-winter9!\n---\n# Leak\n\nWe typed Kx7-winter9! twice. SSN 536-22-8726.\n";
        let (clean, places) = masker(text).mask(text);
        assert!(!clean.contains("winter9") && !clean.contains("8726"), "{clean}");
        assert_eq!(places, 3, "{clean}");
        assert!(clean.starts_with("---\npassword: (removed)\n---\n"), "{clean}");
        assert_eq!(masker(&clean).mask(&clean), (clean.clone(), 0));
        assert_eq!(masker(text).clean("Kx7-winter9! leaked"), "(removed) leaked");
        assert_eq!(Masker::default().clean("Kx7-winter9! leaked"), "Kx7-winter9! leaked");
    }

    #[test]
    fn a_plain_word_and_a_day_stay_where_nothing_tells_what_they_are() {
        for text in ["url: mysql://app:rainbow@db.internal/app", "Patient born 1971-03-01 (DOB: 1971-03-01)"] {
            assert_eq!(values(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\naZ3kQ9rT1xWm7LdP5vBc2nYs8HfJ4gEu6\nQ0hJ8x2kPzaZ3kQ9rT1xWm7LdP5vBc2nY\n-----END RSA PRIVATE KEY-----";
        let text = format!("# Leak\n\n```\n{key}\n```\n\nEnd\n");
        let (clean, places) = masker(&text).mask(&text);
        assert!(places > 0 && !clean.contains("Q0hJ8x2kPz"), "{clean}");
        assert_eq!(clean.lines().count(), text.lines().count());
    }

    #[test]
    fn a_drawing_that_acts_is_told_from_one_that_draws() {
        assert!(!acts("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0' stroke='none'/></svg>"));
        for acting in ["<svg onload='x()'/>", "<svg><SCRIPT>x</SCRIPT></svg>", "<svg><a href='javascript:x'/></svg>"] {
            assert!(acts(acting), "{acting}");
        }
    }

    #[test]
    fn what_is_none_stays() {
        let text = "# Outage\n\nThe pool was full at 10.0.3.7.\n";
        assert_eq!(masker(text).mask(text), (text.to_owned(), 0));
    }
}
