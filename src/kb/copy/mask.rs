//! Taking out what must not leave the house, so that the text reads on and its lines keep their numbers.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::sensitive::scan;

/// Stands for a value. One word, and no sign of Markdown, YAML or TOML: what stands around it reads as before.
const MASK: &str = "(removed)";
/// A value of so few bytes is taken out where it was found alone: the same letters stand in too many other words.
const SHORT: usize = 4;

/// Returns `text` without what a pattern can tell to be a secret or data of a patient, there and wherever else in the text
/// it stands, and how many places that were.
#[must_use]
pub(in crate::kb) fn masked(text: &str) -> (String, usize) {
    let found = scan(text);
    if found.is_empty() {
        return (text.to_owned(), 0);
    }
    let (mut clean, mut at, mut places) = (String::with_capacity(text.len()), 0, 0);
    let mut values = Vec::new();
    for it in &found {
        let Some(value) = text.get(it.span.start.max(at)..it.span.end) else { continue };
        clean.push_str(&text[at..it.span.start.max(at)]);
        push_mask(&mut clean, value);
        at = it.span.end;
        places += 1;
        values.extend(Some(value).filter(|value| value.len() > SHORT));
    }
    clean.push_str(&text[at..]);
    let again = again(&mut clean, &values);
    (clean, places + again)
}

/// Tells whether a drawing (SVG) does more than draw: opened by itself it could act like a page.
pub(super) fn acts(drawing: &str) -> bool {
    let text = drawing.to_ascii_lowercase();
    let handles = text.split(char::is_whitespace).any(|word| word.starts_with("on") && word.contains('='));
    handles || ["<script", "javascript:", "<foreignobject", "<iframe", "<!entity"].iter().any(|it| text.contains(it))
}

/// Takes out `values` wherever they stand; returns how many places that were.
fn again(text: &mut String, values: &[&str]) -> usize {
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(values);
    let Ok(finder) = finder else { return 0 };
    let (mut clean, mut places) = (String::with_capacity(text.len()), 0);
    finder.replace_all_with(text, &mut clean, |_, value, out| {
        push_mask(out, value);
        places += 1;
        true
    });
    *text = clean;
    places
}

/// A value of several lines, such as a key, leaves as many.
fn push_mask(out: &mut String, value: &str) {
    out.push_str(MASK);
    out.extend(value.chars().filter(|c| *c == '\n'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_taken_out_everywhere_and_nothing_is_found_again() {
        let text = "---\npassword: Kx7-winter9!\n---\n# Leak\n\nWe typed Kx7-winter9! twice. SSN 536-22-8726.\n";
        let (clean, places) = masked(text);
        assert!(!clean.contains("winter9") && !clean.contains("8726"), "{clean}");
        assert_eq!(places, 3, "{clean}");
        assert!(clean.starts_with("---\npassword: (removed)\n---\n"), "{clean}");
        assert_eq!(masked(&clean), (clean.clone(), 0));
    }

    #[test]
    fn lines_keep_their_numbers() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nQ0hJ8x2kPz\n-----END RSA PRIVATE KEY-----";
        let text = format!("# Leak\n\n```\n{key}\n```\n\nEnd\n");
        let (clean, places) = masked(&text);
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
        assert_eq!(masked(text), (text.to_owned(), 0));
    }
}
