//! A row of a timeline table, made like another row or like the header alone.

use chrono::{DateTime, FixedOffset};

use super::clock::part;
use super::form::find;
use crate::model::TimelineEntry;

/// Tells whether a line is the line of dashes below the header of a table.
pub(super) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Tells whether a line can be a row of a table.
pub(super) fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|') || line.contains(" | ")
}

/// Returns the row of an entry at `new`, spelt `time`, that says `text`, made like the row `line` of the entry `like`;
/// `None` where the cells are not those of the entry.
pub(super) fn row(
    line: &str,
    like: &TimelineEntry,
    new: DateTime<FixedOffset>,
    time: &str,
    text: &str,
) -> Option<String> {
    let line = line.trim_end_matches(['\r', '\n']);
    let cells = cells(line);
    let is_time = |cell: &str| find(cell, &like.raw).is_some();
    let whole = cells.iter().position(|cell| is_time(cell));
    // A day and a time in cells of their own.
    let several = || {
        let joined = |cells: &[&str]| {
            let told: Vec<String> = cells.iter().map(|cell| plain(cell)).filter(|told| !told.is_empty()).collect();
            told.join(" ")
        };
        let ranges = (0..cells.len()).flat_map(|from| (from + 2..=cells.len().min(from + 4)).map(move |to| from..to));
        ranges.into_iter().find(|range| joined(&cells[range.clone()]) == like.raw)
    };
    let times = match whole {
        Some(at) => at..at + 1,
        None => several()?,
    };
    let says = |at: usize| {
        let told = plain(cells[at]);
        !told.is_empty() && like.text.starts_with(told.as_str())
    };
    let event = (0..cells.len()).filter(|at| !times.contains(at)).find(|at| says(*at))?;
    let told = |at: usize, cell: &str| match cell.trim() {
        _ if at == event => escaped(text),
        _ if times.contains(&at) && times.len() > 1 => part(&plain(cell), like.at.as_ref(), new),
        _ if at == times.start => emphasised(cell, time),
        dash @ ("-" | "–" | "—") => dash.to_owned(),
        _ => String::new(),
    };
    let made: Vec<String> = cells.iter().enumerate().map(|(at, cell)| padded(&told(at, cell), cell)).collect();
    Some(joined(line, &made))
}

/// Returns the first row of a table that has only `header`: time in its first cell, text in its second.
pub(super) fn first_row(header: &str, time: &str, text: &str) -> Option<String> {
    let cells = cells(header);
    let new = |at: usize| match at {
        0 => format!(" {time} "),
        1 => format!(" {} ", escaped(text)),
        _ => "  ".to_owned(),
    };
    (cells.len() > 1).then(|| joined(header, &(0..cells.len()).map(new).collect::<Vec<_>>()))
}

fn joined(line: &str, cells: &[String]) -> String {
    let indent = &line[..line.len() - line.trim_start().len()];
    let inner = cells.join("|");
    if line.trim_start().starts_with('|') { format!("{indent}|{inner}|") } else { format!("{indent}{}", inner.trim()) }
}

/// Splits a row at the bars that are not escaped.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim();
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let inner = inner.strip_suffix('|').filter(|it| !it.ends_with('\\')).unwrap_or(inner);
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, _) in inner.match_indices('|') {
        if !inner[..at].ends_with('\\') {
            cells.push(&inner[from..at]);
            from = at + 1;
        }
    }
    cells.push(&inner[from..]);
    cells
}

fn plain(cell: &str) -> String {
    cell.trim().replace("\\|", "|").replace(['*', '`'], "")
}

/// Keeps the emphasis of the time.
fn emphasised(cell: &str, time: &str) -> String {
    let cell = cell.trim();
    let mark = ["**", "`", "*", "_"]
        .into_iter()
        .find(|mark| cell.len() > 2 * mark.len() && cell.starts_with(mark) && cell.ends_with(mark));
    mark.map_or_else(|| time.to_owned(), |mark| format!("{mark}{time}{mark}"))
}

/// As wide as the cell above, so that columns that stand straight stay so.
fn padded(told: &str, like: &str) -> String {
    let lead = if like.starts_with(' ') || like.is_empty() { " " } else { "" };
    let width = if like.ends_with("  ") { like.chars().count() } else { 0 };
    let mut cell = format!("{lead}{told}");
    if like.ends_with(' ') || like.is_empty() {
        cell.push(' ');
    }
    let missing = width.saturating_sub(cell.chars().count());
    cell.push_str(&" ".repeat(missing));
    cell
}

fn escaped(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}
