//! Small things that messages and pages are made of.

use std::fmt::{Display, Write as _};

/// Names less alike than this are not offered in place of one another.
const ALIKE: f64 = 0.8;

/// Returns `text` with a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns `text` on one line, with single blanks and without control characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// Adds to `list` what it does not have yet, in whatever case.
pub(crate) fn add_new<S: AsRef<str>>(list: &mut Vec<S>, more: impl IntoIterator<Item = S>) {
    for value in more {
        if !list.iter().any(|it| it.as_ref().eq_ignore_ascii_case(value.as_ref())) {
            list.push(value);
        }
    }
}

/// Returns `1 day`, `2 days`.
#[must_use]
pub fn counted<N: Display + PartialEq + From<bool>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(true) { one } else { many };
    format!("{number} {noun}")
}

/// Returns ` at line 7`; nothing for line 0, which means the whole file.
#[must_use]
pub fn at_line(line: usize) -> String {
    if line == 0 { String::new() } else { format!(" at line {line}") }
}

/// Returns `bytes` in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the id of a commit or a blob as it is shown.
#[must_use]
pub fn short_id(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// Returns the one of `names` that was probably meant by `name`, whatever its case.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let rated = names.into_iter().map(|it| (strsim::jaro_winkler(&it.to_lowercase(), &name), it));
    rated.filter(|it| it.0 > ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_reads_well() {
        assert_eq!([capitalised("örtlich x"), capitalised("")], ["Örtlich x", ""]);
        assert_eq!(one_line(" a\t\nb\u{1b}[1m  c "), "a b [1m c");
        assert_eq!([counted(1_i64, "day", "days"), counted(0_usize, "day", "days")], ["1 day", "0 days"]);
        assert_eq!([at_line(0).as_str(), at_line(7).as_str()], ["", " at line 7"]);
        assert_eq!(hex(&[0, 15, 255]), "000fff");
        assert_eq!([short_id("0123456789abcdef"), short_id("012")], ["0123456789", "012"]);
    }

    #[test]
    fn only_a_name_that_is_like_it_is_offered() {
        assert_eq!(nearest("Payments", ["search", "payment-api", "payment"]), Some("payment"));
        assert_eq!(nearest("xyz", ["search", "payment"]), None);
    }
}
