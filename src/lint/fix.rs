//! Safe edits that do away with a finding.

use crate::diag::Span;

/// One replacement in the decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

/// What does away with a finding, where that is safe: the meaning of the document stays or becomes what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order (`write "- [ ]"`).
    pub title: String,
    /// Replacements in the decoded text.
    pub edits: Vec<Edit>,
    /// The file is written as the text that the reader made of it: UTF-8, repaired.
    pub reencode: bool,
}

impl Fix {
    /// Returns a fix that replaces `span` by `text`.
    #[must_use]
    pub fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { span, text: text.into() }], reencode: false }
    }

    /// Returns a fix that writes the file as the reader reads it.
    #[must_use]
    pub fn reencode(title: impl Into<String>) -> Self {
        Self { title: title.into(), edits: Vec::new(), reencode: true }
    }
}

/// Returns `text` with the edits of `fixes` made, and how many fixes were: one that overlaps an earlier one waits for
/// the next run.
#[must_use]
pub(crate) fn apply(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let fits = |edit: &Edit| text.get(edit.span.start..edit.span.end).is_some();
        let free =
            |edit: &Edit| taken.iter().all(|it| edit.span.end <= it.span.start || it.span.end <= edit.span.start);
        if fix.edits.iter().all(|edit| fits(edit) && (free(edit) || taken.contains(&edit))) {
            let new: Vec<&Edit> = fix.edits.iter().filter(|edit| !taken.contains(edit)).collect();
            taken.extend(new);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    (out, applied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_where_they_do_not_overlap() {
        let fix = |start, end, text: &str| Fix::replace("x", Span::new(start, end), text);
        let (a, b, over) = (fix(0, 1, "A"), fix(2, 3, ""), fix(2, 4, "!"));
        assert_eq!(apply("abcde", &[&b, &a, &over]), ("Abde".to_owned(), 2));
        assert_eq!(apply("abcde", &[&a, &a]), ("Abcde".to_owned(), 2), "the same edit twice is one edit");
        assert_eq!(apply("ä", &[&fix(1, 2, "x"), &fix(5, 9, "y")]), ("ä".to_owned(), 0));
    }
}
