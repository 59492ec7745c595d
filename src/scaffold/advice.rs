//! What to do about a mistake in a template, where the engine names the mistake alone: which block is open, and what
//! there is instead of a name that is none.

use minijinja::{Error, ErrorKind};

use crate::model::nearest;

/// Statements of the engine; those up to `end…` hold a block.
const BLOCKS: [&str; 10] = ["if", "for", "macro", "call", "filter", "with", "block", "autoescape", "raw", "set"];
const STATEMENTS: [&str; 16] = [
    "if", "elif", "else", "for", "set", "include", "import", "from", "extends", "macro", "call", "filter", "with",
    "block", "raw", "do",
];
/// Filters that `ris` adds, and those of the engine that templates of documents use.
const FILTERS: [&str; 27] = [
    "yaml",
    "cell",
    "question",
    "code",
    "one_line",
    "capitalize",
    "count",
    "default",
    "first",
    "indent",
    "int",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "replace",
    "reverse",
    "round",
    "select",
    "sort",
    "title",
    "trim",
    "unique",
    "upper",
];
const TESTS: [&str; 12] = [
    "defined",
    "undefined",
    "none",
    "string",
    "number",
    "sequence",
    "mapping",
    "iterable",
    "boolean",
    "even",
    "odd",
    "in",
];

/// What the engine said, said better.
pub(super) struct Advice {
    /// The line that is to be changed, where it is another one.
    pub(super) line: Option<usize>,
    /// What is wrong, where it can be said more clearly.
    pub(super) message: Option<String>,
    pub(super) hint: String,
}

/// Returns advice on `error` in the template `source`; `templates` are those that it may include.
pub(super) fn advice<'a>(error: &Error, source: &str, templates: impl Iterator<Item = &'a str>) -> Option<Advice> {
    let detail = error.detail().unwrap_or_default();
    let hint = match error.kind() {
        ErrorKind::SyntaxError => return syntax(detail, error.line().unwrap_or(0), source),
        ErrorKind::UnknownFilter => instead(named(detail, "filter ", " is unknown")?, "filters", &FILTERS),
        ErrorKind::UnknownTest => instead(named(detail, "test ", " is unknown")?, "tests", &TESTS),
        ErrorKind::TemplateNotFound => {
            let names: Vec<&str> = templates.collect();
            let asked = detail.split(['\'', '"']).nth(1).unwrap_or_default();
            instead(asked.trim_end_matches(".md"), "templates, written without `.md`,", &names)
        }
        _ => return None,
    };
    Some(Advice { line: None, message: None, hint })
}

fn syntax(detail: &str, line: usize, source: &str) -> Option<Advice> {
    if let Some(word) = detail.strip_prefix("unknown statement ") {
        let hint = match (word.strip_prefix("end"), open_block(source, line)) {
            (None, _) if !["elif", "else"].contains(&word) => instead(word, "statements", &STATEMENTS),
            (_, Some((open, at))) => {
                format!("`{{% {open} %}}` of line {at} is open here; close it by `{{% end{open} %}}` first")
            }
            (_, None) => "no block is open here, so there is nothing that it could belong to".to_owned(),
        };
        return Some(Advice { line: None, message: None, hint });
    }
    if !detail.contains("end of ") {
        return None;
    }
    let (open, at) = open_block(source, usize::MAX)?;
    Some(Advice {
        line: Some(at),
        message: Some(format!("`{{% {open} %}}` is not closed")),
        hint: format!("close it by `{{% end{open} %}}`"),
    })
}

/// Returns the innermost block that is open at the end of the text, or before the first tag of line `before` that closes
/// what is not open: its word, and its line.
fn open_block(source: &str, before: usize) -> Option<(&str, usize)> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(found) = source[at..].find(['{', '\n']) {
        let start = at + found;
        at = start + 1;
        line += usize::from(source[start..].starts_with('\n'));
        let is_comment = source[start..].starts_with("{#");
        if !is_comment && !source[start..].starts_with("{%") {
            continue;
        }
        let close = if is_comment { "#}" } else { "%}" };
        // `{%}` opens a tag and does not close it.
        let Some(length) = source[start + 2..].find(close).map(|at| at + 2) else { break };
        let body = source[start + 2..start + length].trim_start_matches(['-', '+']).trim_start();
        at = start + length + 2;
        let begins = line;
        line += source[start..at].matches('\n').count();
        if is_comment {
            continue;
        }
        let word = body.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        match word.strip_prefix("end") {
            Some(block) if open.last().is_some_and(|it| it.0 == block) => {
                open.pop();
            }
            // What is between is no template.
            _ if open.last().is_some_and(|it| it.0 == "raw") => {}
            Some(_) if begins >= before => break,
            None if word == "set" && body.contains('=') => {}
            None if BLOCKS.contains(&word) => open.push((word, begins)),
            _ => {}
        }
    }
    open.last().copied()
}

fn named<'a>(detail: &'a str, before: &str, after: &str) -> Option<&'a str> {
    detail.strip_prefix(before)?.strip_suffix(after)
}

fn instead(name: &str, what: &str, all: &[&str]) -> String {
    let list = all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    match nearest(name, all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{what} are {list}"),
    }
}
