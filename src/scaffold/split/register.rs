//! A row of a register as a document: its cells as a list of fields.

use super::shape::{Cell, Row, Shape};
use super::splice::Splice;
use crate::model::ToldIncident;

/// A longer name is a sentence, of which the beginning does.
const LONGEST: usize = 80;
/// What ends the beginning of a sentence that is a name by itself.
const ENDS: [&str; 5] = [" — ", " – ", " - ", ". ", "; "];
/// Fewer characters name nothing.
const SHORTEST: usize = 12;

/// Returns the name of the incident of a row, cut where it is a sentence.
pub(super) fn name(told: &ToldIncident) -> String {
    let begun = beginning(&told.name);
    if begun.len() < told.name.len() && !ENDS.iter().any(|end| told.name[begun.len()..].starts_with(end)) {
        return format!("{begun}…");
    }
    begun.to_owned()
}

fn beginning(name: &str) -> &str {
    if name.chars().count() <= LONGEST {
        return name;
    }
    let longest = name.char_indices().nth(LONGEST).map_or(name.len(), |(at, _)| at);
    let ends = ENDS.iter().filter_map(|end| name.find(end)).filter(|at| (SHORTEST..longest).contains(at));
    let cut = || name[..longest].rfind(' ').filter(|at| *at >= SHORTEST).unwrap_or(longest);
    &name[..ends.min().unwrap_or_else(cut)]
}

/// Returns the text of a document for `row`.
pub(super) fn body(text: &str, shape: &Shape, row: &Row, name: &str, eol: &str) -> String {
    let mut body = format!("# {}{eol}{eol}", escaped(name));
    let header = shape.rows[row.header].cells.iter().map(|it| it.plain.trim().trim_end_matches(':'));
    for (cell, header) in row.cells.iter().zip(header.chain(std::iter::repeat(""))) {
        let value = written(text, cell);
        match (header, value.is_empty()) {
            (_, true) => {}
            ("", false) => body.push_str(&format!("- {value}{eol}")),
            (header, false) => body.push_str(&format!("- **{header}:** {value}{eol}")),
        }
    }
    body
}

/// Returns a cell as it is written outside of a table.
fn written(text: &str, cell: &Cell) -> String {
    text[cell.range.clone()].replace("\\|", "|")
}

/// Returns the change by which the row links to its document: where its name stands, or else in another cell.
pub(super) fn linked(text: &str, row: &Row, told: &ToldIncident, link: &str) -> Option<Splice> {
    let may_link = |it: &&Cell| {
        let source = &text[it.range.clone()];
        !source.is_empty() && !source.contains(['[', '<']) && !source.contains("://")
    };
    let named = row.cells.iter().find(|it| it.plain.trim() == told.name).filter(may_link);
    let cell = named.or_else(|| row.cells.iter().find(may_link))?;
    let source = &text[cell.range.clone()];
    let begun = if named.is_some() { in_source(source, beginning(&told.name)) } else { None };
    let (head, rest) = source.split_at(begun.unwrap_or(source.len()));
    Some(Splice { range: cell.range.clone(), text: format!("[{head}]({link}){rest}") })
}

/// Returns where `plain`, the beginning of the text of `source`, ends in it; `None` where that is within code or bold text.
fn in_source(source: &str, plain: &str) -> Option<usize> {
    let mut wanted = plain.chars().peekable();
    let mut marks = [0_usize; 3];
    let mut end = None;
    for (at, c) in source.char_indices() {
        if wanted.peek().is_none() && !(matches!(c, '`' | '*' | '_') && end == Some(at)) {
            break;
        }
        if wanted.peek() == Some(&c) {
            wanted.next();
        } else if c != '\\' {
            marks[['`', '*', '_'].iter().position(|mark| *mark == c)?] += 1;
        }
        end = Some(at + c.len_utf8());
    }
    (wanted.peek().is_none() && marks.iter().all(|count| count % 2 == 0)).then_some(end?)
}

/// Returns words so that Markdown shows them as they are.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let mut before = ' ';
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let in_word = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        let is_sign = matches!(c, '\\' | '`' | '*' | '[' | ']' | '<') || c == '_' && !in_word;
        if is_sign {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}
