//! One more entry in a document's timeline, in the form that the timeline has: a row, an item, a line or a heading.
//!
//! What an edit gives is read again: the entry must be there with its moment, and no other may read otherwise. Where
//! one form does not pass, the next one is tried, the last with day and zone written out.

mod clock;
mod form;
mod place;
mod row;

use chrono::{DateTime, FixedOffset, Timelike};

use super::{EditError, block, conflict, decoded};
use crate::model::{Document, FrontMatterFormat, TimelineEntry, one_line};
use crate::parse::{ParseOptions, parse};
use place::{Lines, Place};

/// An entry to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewEntry {
    /// When, in the zone in which it is written where the timeline has none of its own.
    pub at: DateTime<FixedOffset>,
    /// What happened.
    pub text: String,
}

/// A document with one entry more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryAdded {
    /// Its whole text.
    pub text: String,
    /// Line of the entry, counted from 1.
    pub line: usize,
    /// The entry as written, on one line.
    pub entry: String,
}

/// Lines to put in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Attempt {
    /// The line, counted from 0, before which they go.
    before: usize,
    lines: Vec<String>,
    /// Which of them holds the entry.
    entry: usize,
    /// Whether entries there are already must read as before; not where the document has no timeline of its own.
    among_others: bool,
}

/// Returns the document at `path` with the content `bytes` and one entry more, in the order of time.
///
/// # Errors
/// Where the file is no UTF-8, holds a merge conflict, is a YAML record, or has a timeline in a form that is not known.
pub(crate) fn add_entry(
    path: &str,
    bytes: &[u8],
    new: &NewEntry,
    options: &ParseOptions,
) -> Result<EntryAdded, EditError> {
    let (mark, body) = decoded(bytes)?;
    conflict(body)?;
    let text = one_line(&new.text);
    if text.is_empty() {
        return Err(refuse(0, "the entry says nothing", "write what happened"));
    }
    let document = parse(path, body.as_bytes(), options).document;
    if document.front_matter.as_ref().is_some_and(|it| it.format == FrontMatterFormat::Record) {
        return Err(refuse(0, "the timeline of a YAML record is not edited", "add the entry by hand"));
    }
    let new = NewEntry { at: new.at, text };
    let lines = Lines::new(body);
    let place = Place::find(&document, &lines);
    for attempt in place.attempts(&document, &lines, &new) {
        let edited = lines.with(&attempt, block::eol(body));
        let line = attempt.before + attempt.entry + 1;
        let after = parse(path, edited.as_bytes(), options).document;
        if is_there(&document, &after, &new, line, attempt.among_others) {
            let entry = attempt.lines[attempt.entry].trim().to_owned();
            return Ok(EntryAdded { text: format!("{mark}{edited}"), line, entry });
        }
    }
    let line = document.timeline.first().map_or(0, |entry| entry.line as usize);
    Err(refuse(line, "the timeline has a form that nothing is added to", "add the entry by hand"))
}

fn refuse(line: usize, message: &str, hint: &str) -> EditError {
    EditError { line, message: message.to_owned(), hint: hint.to_owned() }
}

/// Tells whether the entry can be read where it was written, and all others as before.
fn is_there(before: &Document, after: &Document, new: &NewEntry, line: usize, among_others: bool) -> bool {
    let is_new = |entry: &&TimelineEntry| entry.line as usize == line;
    let Some(entry) = after.timeline.iter().find(is_new) else { return false };
    if !is_at(entry, new.at) {
        return false;
    }
    let others = after.timeline.iter().filter(|entry| !is_new(entry));
    let same = |(a, b): (&TimelineEntry, &TimelineEntry)| a.at == b.at && a.raw == b.raw && a.text == b.text;
    let kept = others.clone().count() == before.timeline.len() && before.timeline.iter().zip(others).all(same);
    kept || !among_others
}

/// Tells whether the entry stands at the moment, to the minute. A time of unknown zone is one on the writer's clock.
fn is_at(entry: &TimelineEntry, at: DateTime<FixedOffset>) -> bool {
    let Some(moment) = entry.at.filter(|moment| !moment.approximate) else { return false };
    let wanted = if moment.offset.is_some() { at.naive_utc() } else { at.naive_local() };
    let minute = |time: chrono::NaiveDateTime| time.with_second(0).and_then(|time| time.with_nanosecond(0));
    moment.utc().is_some_and(|found| minute(found) == minute(wanted))
}

#[cfg(test)]
mod tests;
