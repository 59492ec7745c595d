//! Taking secrets and data of patients out of what leaves the house.

use serde::Serialize;
use serde_json::Value;

use crate::csv::{Cell, Table};
use crate::sensitive;

/// What leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Without what a pattern can tell to be a secret or data of a patient: proof of process, not the data.
    #[default]
    Redacted,
    /// The bytes as git has them.
    Full,
}

impl Profile {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Redacted => "redacted",
            Self::Full => "full",
        }
    }
}

/// Something that was found, and in the redacted profile taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redaction {
    /// The file of the knowledge base.
    pub path: String,
    /// Line, counted from 1; `None` where it stands in the path.
    pub line: Option<usize>,
    /// What it is.
    pub what: &'static str,
}

/// Returns what is sensitive in `text`, the content of the file at `path`.
#[must_use]
pub fn find(path: &str, text: &str) -> Vec<Redaction> {
    // What is found comes in the order of the text, so that each line is counted once.
    let (mut line, mut counted) = (1, 0);
    let place = |it: sensitive::Sensitive| {
        let between = text.as_bytes().get(counted..it.span.start).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count();
        counted = it.span.start;
        Redaction { path: path.to_owned(), line: Some(line), what: it.what }
    };
    sensitive::scan(text).into_iter().map(place).collect()
}

/// Returns what is sensitive in the path of a file itself.
#[must_use]
pub fn find_in_path(path: &str) -> Vec<Redaction> {
    let found = sensitive::scan(path).into_iter();
    found.map(|it| Redaction { path: path.to_owned(), line: None, what: it.what }).collect()
}

/// Returns `text` with what is sensitive replaced by what it was.
#[must_use]
pub fn redacted(text: &str) -> String {
    sensitive::without(text, |_| true).0
}

/// Takes what is sensitive out of every cell.
pub(super) fn redact_table(table: &mut Table) {
    for cell in table.rows.iter_mut().flatten() {
        if let Cell::Text(text) = cell
            && !sensitive::scan(text).is_empty()
        {
            *text = redacted(text);
        }
    }
}

/// Takes what is sensitive out of every text of a page. Digests and ids are none, and must stay what they are.
pub(super) fn redact_page(page: &mut Value) {
    match page {
        Value::String(text) if !is_digest(text) => *text = redacted(text),
        Value::Array(values) => values.iter_mut().for_each(redact_page),
        Value::Object(values) => values.values_mut().for_each(redact_page),
        _ => {}
    }
}

/// Tells a SHA-1, a SHA-256 or a UUID.
fn is_digest(text: &str) -> bool {
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_hexadecimal && matches!(text.len(), 36 | 40 | 64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effort::effort;

    const TEXT: &str = "# Leak\n\nthe log had\npassword = hunter2-Xk9!vQ\nin it\n";

    #[test]
    fn what_is_found_is_told_by_place_and_taken_out() {
        let found = find("a.md", TEXT);
        assert_eq!(found.iter().map(|it| it.line).collect::<Vec<_>>(), [Some(4)]);
        assert!(!redacted(TEXT).contains("hunter2"));
        let mut table = Table { head: vec!["a"], rows: vec![vec![Cell::Text(TEXT.to_owned())]] };
        redact_table(&mut table);
        assert!(!table.csv().contains("hunter2"));
    }

    #[test]
    fn many_finds_cost_no_more_than_looking_for_them() {
        let text: String = (0..10_000).map(|at| format!("password=Kx7-wint{at}er\n")).collect();
        let looking = effort(|| assert_eq!(sensitive::scan(&text).len(), 10_000));
        let telling = effort(|| assert_eq!(find("a.md", &text).last().unwrap().line, Some(10_000)));
        assert!(telling < looking * 10, "{telling:?}, {looking:?} to look for them");
    }

    #[test]
    fn a_page_keeps_its_digests() {
        let digest = "4539578763621486".repeat(4);
        let mut page = serde_json::json!({ "sha256": digest, "names": [{ "of": TEXT }, "536-22-8726"] });
        redact_page(&mut page);
        assert_eq!(page["sha256"], digest);
        assert!(!page.to_string().contains("hunter2") && page["names"][1] != "536-22-8726", "{page}");
    }
}
