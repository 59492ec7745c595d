//! Generated parts of a document that is there: those that nobody changed are made anew, all else stays as it is.

use super::ResolutionPart;
use crate::model::{PartMark, fingerprint, part_mark};
use crate::store::edit::EditError;

/// A document with its parts made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refreshed {
    /// Its text.
    pub text: String,
    /// Names of the parts that are others now.
    pub changed: Vec<String>,
    /// Names and lines of the parts that a person changed, which were left as they are.
    pub kept: Vec<(String, usize)>,
    /// The generated parts that it has.
    pub parts: usize,
}

/// A part of the document: its name, the lines of its marks, and whether somebody changed what is between.
struct Found<'t> {
    name: &'t str,
    begin: usize,
    end: usize,
    by_hand: bool,
}

/// Puts `parts` in the place of the parts of the same names in `text`. One that a person changed stays, unless its name
/// is among `overwrite`.
///
/// # Errors
/// Where a mark has no counterpart, or a name occurs twice.
pub(crate) fn refresh(text: &str, parts: &[ResolutionPart], overwrite: &[String]) -> Result<Refreshed, EditError> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let found = find(&lines)?;
    let eol = if lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let mut refreshed = Refreshed { text: String::new(), changed: Vec::new(), kept: Vec::new(), parts: found.len() };
    let mut at = 0;
    for it in &found {
        let Some(new) = parts.iter().find(|part| part.name == it.name) else { continue };
        if fingerprint(&content(&lines[it.begin + 1..it.end])) == fingerprint(&new.body) {
            continue;
        }
        if it.by_hand && !overwrite.iter().any(|name| name == it.name) {
            refreshed.kept.push((it.name.to_owned(), it.begin + 1));
            continue;
        }
        refreshed.text.extend(lines[at..it.begin].iter().copied());
        let marked = new.marked();
        refreshed.text.push_str(&marked.lines().map(str::trim_end).collect::<Vec<_>>().join(eol));
        refreshed.text.push_str(if lines[it.end].ends_with('\n') { eol } else { "" });
        refreshed.changed.push(it.name.to_owned());
        at = it.end + 1;
    }
    refreshed.text.extend(lines[at..].iter().copied());
    Ok(refreshed)
}

fn content(lines: &[&str]) -> String {
    lines.concat().replace("\r\n", "\n")
}

fn find<'t>(lines: &[&'t str]) -> Result<Vec<Found<'t>>, EditError> {
    let fail = |line: usize, message: String| EditError {
        line,
        message,
        hint: "mend the marks by hand, or take both out: what stands between them is yours then".to_owned(),
    };
    let mut found: Vec<Found<'t>> = Vec::new();
    let mut open: Option<(&str, &str, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        match (part_mark(line), open) {
            (Some(PartMark::Begin { name, .. }), _) if found.iter().any(|it| it.name == name) => {
                return Err(fail(at + 1, format!("the part `{name}` begins twice")));
            }
            (Some(PartMark::Begin { name, fingerprint }), None) => open = Some((name, fingerprint, at)),
            (Some(PartMark::Begin { .. }), Some((name, _, from))) => {
                return Err(fail(from + 1, format!("the part `{name}` does not end")));
            }
            (Some(PartMark::End { name }), Some((of, print, begin))) if name == of => {
                let by_hand = fingerprint(&content(&lines[begin + 1..at])) != print;
                found.push(Found { name, begin, end: at, by_hand });
                open = None;
            }
            (Some(PartMark::End { name }), _) => return Err(fail(at + 1, format!("the part `{name}` does not begin"))),
            (None, _) => {}
        }
    }
    match open {
        Some((name, _, from)) => Err(fail(from + 1, format!("the part `{name}` does not end"))),
        None => Ok(found),
    }
}
