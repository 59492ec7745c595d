//! The smallest edit of a document's front matter: what is not changed keeps every byte.
//!
//! Comments, order, quoting, indentation, line ends and byte-order marks stay. What cannot be edited safely is refused,
//! with the place: after each change the block is read again, and any other key that reads otherwise stops it.

mod block;
mod list;
mod scalar;
mod timeline;
mod tree;

use std::ops::Range;

use crate::model::FrontMatterEntry;
use crate::taxonomy::kebab;

use block::{Block, Found};

pub(crate) use timeline::{NewEntry, add_entry};

/// A change of the front matter. Keys are dotted paths (`compliance.retention`); case and `_` for `-` do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets the single value at `key`.
    Set {
        /// Where.
        key: String,
        /// The new value.
        value: String,
    },
    /// Adds true or false at `key`, where nothing stands yet.
    Flag {
        /// Where.
        key: String,
        /// What.
        value: bool,
    },
    /// Adds comments at the end, each line with its `#`.
    Comment {
        /// The lines.
        lines: Vec<String>,
    },
    /// Adds those of `values` to the list at `key` that are not in it.
    Extend {
        /// Where.
        key: String,
        /// What.
        values: Vec<String>,
    },
    /// Puts `to` in the place of `from` in the list, or the single value, at `key`; where `to` is in the list already,
    /// `from` is taken out of it.
    Replace {
        /// Where.
        key: String,
        /// What goes.
        from: String,
        /// What comes.
        to: String,
    },
}

impl Change {
    fn key(&self) -> &str {
        match self {
            Self::Set { key, .. } | Self::Flag { key, .. } | Self::Extend { key, .. } | Self::Replace { key, .. } => {
                key
            }
            Self::Comment { .. } => "",
        }
    }
}

/// Why a document is not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EditError {
    /// Line counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is in the way.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// A replacement of some bytes.
#[derive(Debug, PartialEq, Eq)]
struct Splice {
    range: Range<usize>,
    text: String,
}

/// Returns the document at `path` with the content `bytes` after `changes`; the same text where nothing is to be done.
///
/// # Errors
/// Where the file is no UTF-8, its front matter is broken or in TOML, or a change cannot be made safely.
pub(crate) fn edit(path: &str, bytes: &[u8], changes: &[Change]) -> Result<String, EditError> {
    let (mark, body) = decoded(bytes)?;
    conflict(body)?;
    let mut edited = body.to_owned();
    for change in changes {
        edited = apply(path, edited, change)?;
    }
    Ok(format!("{mark}{edited}"))
}

/// Splits the byte-order mark from the text.
fn decoded(bytes: &[u8]) -> Result<(&'static str, &str), EditError> {
    let text = utf8(bytes)?;
    Ok(text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body)))
}

/// Returns the text of a file that may be edited: written as characters, any other encoding would become other bytes.
///
/// # Errors
/// Where it is no UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, EditError> {
    std::str::from_utf8(bytes).map_err(|_| EditError {
        line: 0,
        message: "the file is not UTF-8".to_owned(),
        hint: "convert it first, as in `iconv -f WINDOWS-1252 -t UTF-8`; `ris inspect` names its encoding".to_owned(),
    })
}

/// Refuses a file with a merge conflict.
///
/// # Errors
/// Names the line where the conflict begins.
pub(crate) fn conflict_in(bytes: &[u8]) -> Result<(), EditError> {
    conflict(&String::from_utf8_lossy(bytes))
}

/// Refuses a text with a merge conflict: nobody can tell which side an edit belongs to.
fn conflict(text: &str) -> Result<(), EditError> {
    let mut begun = None;
    for (number, line) in text.lines().enumerate() {
        match begun {
            None if line.starts_with("<<<<<<< ") => begun = Some(number + 1),
            Some(line_of_begin) if line.starts_with(">>>>>>> ") => {
                return Err(EditError {
                    line: line_of_begin,
                    message: "a merge conflict is not resolved".to_owned(),
                    hint: "resolve it first: keep one side, remove the marks, then run the command again".to_owned(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn apply(path: &str, text: String, change: &Change) -> Result<String, EditError> {
    let block = Block::find(path, &text)?;
    let Some(splice) = splice(&text, &block, change)? else { return Ok(text) };
    let line = text[..splice.range.start].matches('\n').count() + 1;
    let mut edited = text.clone();
    edited.replace_range(splice.range, &splice.text);
    // What is not read as front matter stands in the text, where nothing is to change.
    let is_same = |after: Block| after.is_there() && others_are_same(&block.entries, &after.entries, change);
    let same = Block::find(path, &edited).is_ok_and(is_same);
    if same {
        return Ok(edited);
    }
    Err(EditError {
        line,
        message: format!("`{}` cannot be changed without changing what else the front matter says", change.key()),
        hint: "edit it by hand".to_owned(),
    })
}

fn splice(text: &str, block: &Block, change: &Change) -> Result<Option<Splice>, EditError> {
    if let Change::Comment { lines } = change {
        return comment(text, block, lines).map(Some);
    }
    Ok(match (change, block.locate(text, change.key())?) {
        (Change::Set { value, .. }, Found::Value(node)) => scalar::set(text, &node, value)?,
        (Change::Set { value, .. }, Found::Missing(place)) => Some(place.insert(text, &scalar::spell(value, None)?)),
        (Change::Flag { value, .. }, Found::Missing(place)) => Some(place.insert(text, &value.to_string())),
        (Change::Flag { .. } | Change::Comment { .. }, _) => None,
        (Change::Extend { values, .. }, Found::Value(node)) => list::extend(text, &node, values)?,
        (Change::Extend { values, .. }, Found::Missing(place)) => {
            list::flow(values)?.map(|list| place.insert(text, &list))
        }
        (Change::Replace { from, to, .. }, Found::Value(node)) => list::replace(text, &node, from, to)?,
        (Change::Replace { .. }, Found::Missing(_)) => None,
    })
}

/// Returns how `value` is written in YAML, in quotes where it needs them.
///
/// # Errors
/// Where it holds line breaks or control characters.
pub(crate) fn spell(value: &str) -> Result<String, EditError> {
    scalar::spell(value, None)
}

/// Returns how an item of a list is written in YAML.
///
/// # Errors
/// As [`spell`].
pub(crate) fn spell_item(value: &str) -> Result<String, EditError> {
    scalar::spell_item(value, None)
}

fn comment(text: &str, block: &Block, lines: &[String]) -> Result<Splice, EditError> {
    if lines.iter().any(|line| !line.starts_with('#') || line.chars().any(char::is_control)) {
        return Err(refuse(text, 0, "a comment is one line that begins with `#`"));
    }
    Ok(block.end(text).insert_lines(text, lines))
}

/// Tells whether all keys but that of the change read as before, and the change can be seen.
fn others_are_same(before: &[FrontMatterEntry], after: &[FrontMatterEntry], change: &Change) -> bool {
    let key = key_of(change.key());
    let others = |entries: &[FrontMatterEntry]| -> Vec<(String, String)> {
        let others = entries.iter().filter(|entry| key_of(&entry.path) != key);
        others.map(|entry| (entry.path.clone(), entry.value.clone())).collect()
    };
    let values: Vec<&str> =
        after.iter().filter(|entry| key_of(&entry.path) == key).map(|entry| entry.value.trim()).collect();
    let parts: Vec<String> = values.iter().flat_map(|value| list::parts(value)).map(kebab).collect();
    let is_there = |value: &str| values.contains(&value.trim()) || parts.contains(&kebab(value));
    let seen = match change {
        Change::Set { value, .. } => values == [value.trim()],
        Change::Flag { value, .. } => values == [value.to_string()],
        Change::Comment { .. } => true,
        Change::Extend { values, .. } => values.iter().all(|value| is_there(value)),
        Change::Replace { from, to, .. } => is_there(to) && (!is_there(from) || kebab(from) == kebab(to)),
    };
    seen && others(before) == others(after)
}

/// Returns a dotted path in the form in which paths are compared.
fn key_of(path: &str) -> String {
    path.split('.').map(kebab).collect::<Vec<_>>().join(".")
}

/// Returns an error at the line of byte `at`.
fn refuse(text: &str, at: usize, message: impl Into<String>) -> EditError {
    let line = text[..at.min(text.len())].matches('\n').count() + 1;
    EditError { line, message: message.into(), hint: "edit it by hand".to_owned() }
}

#[cfg(test)]
mod tests;
