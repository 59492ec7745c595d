//! Where the front matter ends and the body begins, and what the front matter says.
//!
//! The body is never lost: whatever is wrong with the block, reading goes on behind it.

mod problem;
pub(super) mod rescue;
pub(super) mod shape;
mod toml;
pub(super) mod yaml;

pub(super) use problem::Codes;

use crate::diag::{Diagnostic, Level, Span};
use crate::model::{FrontMatter, FrontMatterEntry, FrontMatterFormat, OFFER};
use crate::parse::lines::LineIndex;
use shape::{is_hash_line, key_and_value, may_be_yaml};
use std::ops::Range;

/// Larger blocks are not read.
const MAX_BLOCK: usize = 64 * 1024;
const CODES: Codes = Codes { invalid: "front-matter-invalid", too_complex: "front-matter-too-complex" };

/// A document cut in two.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    /// The block, if there is one.
    pub(crate) front_matter: Option<FrontMatter>,
    /// First byte of the body.
    pub(crate) body_start: usize,
    /// What is wrong with the block.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Split {
    fn none() -> Self {
        Self { front_matter: None, body_start: 0, diagnostics: Vec::new() }
    }
}

/// Finds and reads the front matter of `text`.
pub(crate) fn split(text: &str, lines: &LineIndex) -> Split {
    let start = skip_comments(text);
    let fence = line_from(text, start);
    let inner = start + fence.len();
    match fence.trim_end() {
        "---" => split_yaml(text, start, inner, lines),
        "+++" => split_toml(text, start, inner, lines),
        _ => Split::none(),
    }
}

/// Returns the first byte behind blank lines and HTML comments.
fn skip_comments(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start().len();
        let line = rest[..blank].rfind('\n').map_or(0, |newline| newline + 1);
        if !rest[blank..].starts_with("<!--") {
            return at + line;
        }
        let Some(end) = memchr::memmem::find(&rest.as_bytes()[blank..], b"-->") else { return at + line };
        at += blank + end + 3;
    }
}

/// Returns the line that begins at `at`, with its line feed.
fn line_from(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |newline| newline + 1);
    &rest[..end]
}

/// Returns the lines of `text` from `at` on, each with its first byte.
fn lines_from(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut next = at;
    std::iter::from_fn(move || {
        let start = next;
        let line = line_from(text, start);
        next += line.len();
        (!line.is_empty()).then_some((start, line))
    })
}

fn split_yaml(text: &str, start: usize, inner: usize, lines: &LineIndex) -> Split {
    if !begins_like_yaml(text, inner) {
        return Split::none();
    }
    let close = lines_from(text, inner).find(|(_, line)| matches!(line.trim_end(), "---" | "..."));
    let Some((end, fence)) = close else {
        return unclosed(text, start, inner, text.len(), lines);
    };
    let body_start = end + fence.len();
    if end - inner > MAX_BLOCK {
        return match first_foreign_line(text, inner..end) {
            Some(stop) if stop - inner <= MAX_BLOCK => unclosed(text, start, inner, stop, lines),
            _ => too_large(text, start, inner, body_start, lines),
        };
    }
    let read = yaml::read(text, inner..end, lines, CODES);
    let mut diagnostics = read.warnings;
    let Some(failure) = read.failure else {
        if let Some(stop) = first_heading(text, inner..end).filter(|&at| is_between_blanks(text, at)) {
            return unclosed(text, start, inner, stop, lines);
        }
        let valid = read.is_map || read.entries.iter().all(|entry| entry.value.is_empty());
        return match valid {
            true => found(FrontMatterFormat::Yaml, (start, body_start), true, read.entries, diagnostics),
            false => Split::none(),
        };
    };
    if failure.code == CODES.too_complex {
        diagnostics.push(failure);
        return found(FrontMatterFormat::Yaml, (start, body_start), false, read.entries, diagnostics);
    }
    if let Some(stop) = first_heading(text, inner..end) {
        return unclosed(text, start, inner, stop, lines);
    }
    if is_prose(&text[inner..end]) {
        return Split::none();
    }
    diagnostics.push(failure);
    let entries = rescue::rescue(text, inner..end, lines);
    found(FrontMatterFormat::Yaml, (start, body_start), false, entries, diagnostics)
}

fn split_toml(text: &str, start: usize, inner: usize, lines: &LineIndex) -> Split {
    let close = lines_from(text, inner).find(|(_, line)| line.trim_end() == "+++");
    let Some((end, fence)) = close else { return Split::none() };
    let body_start = end + fence.len();
    if end - inner > MAX_BLOCK {
        return too_large(text, start, inner, body_start, lines);
    }
    let read = toml::read(text, inner..end, lines);
    let valid = read.failure.is_none();
    let diagnostics = read.failure.into_iter().collect();
    found(FrontMatterFormat::Toml, (start, body_start), valid, read.entries, diagnostics)
}

fn found(
    format: FrontMatterFormat,
    (start, body_start): (usize, usize),
    valid: bool,
    entries: Vec<FrontMatterEntry>,
    diagnostics: Vec<Diagnostic>,
) -> Split {
    let front_matter = FrontMatter { format, span: Span::new(start, body_start), valid, entries };
    Split { front_matter: Some(front_matter), body_start, diagnostics }
}

/// Whether what follows the `---` is a key (perhaps under comments), what `ris` offers, or the end of an empty block. A banner
/// or a thematic break is followed by a heading, a paragraph, a list or nothing.
fn begins_like_yaml(text: &str, inner: usize) -> bool {
    if line_from(text, inner).trim_end() == OFFER {
        return true;
    }
    let mut commented = false;
    for (_, line) in lines_from(text, inner) {
        let content = line.trim();
        if content.is_empty() {
            // A `#` line with a blank line behind it is a heading, without one a comment.
            if commented {
                return false;
            }
        } else if line.starts_with('#') {
            commented = true;
        } else {
            let is_end = matches!(line.trim_end(), "---" | "...") && !commented;
            return is_end || content.starts_with('{') || key_and_value(line).is_some();
        }
    }
    false
}

/// Returns the first line in `range` that is a heading of Markdown rather than a comment between keys.
fn first_heading(text: &str, range: Range<usize>) -> Option<usize> {
    let mut after_blank = false;
    let block = &text.as_bytes()[range.clone()];
    // Most blocks have no such line at all.
    memchr::memchr_iter(b'#', block).find(|at| at.checked_sub(1).is_none_or(|before| block[before] == b'\n'))?;
    for (start, line) in lines_from(&text[..range.end], range.start) {
        if after_blank && is_hash_line(line) && !key_follows(text, start + line.len()..range.end) {
            return Some(start);
        }
        after_blank = line.trim().is_empty();
    }
    None
}

/// Whether the line at `at`, which has a blank line above it, has one below it too.
fn is_between_blanks(text: &str, at: usize) -> bool {
    lines_from(text, at).nth(1).is_none_or(|(_, line)| line.trim().is_empty())
}

/// Whether the next line that is neither blank nor a comment is a key.
fn key_follows(text: &str, range: Range<usize>) -> bool {
    lines_from(&text[..range.end], range.start)
        .map(|(_, line)| line)
        .take(20)
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .is_some_and(|line| key_and_value(line).is_some())
}

/// Whether most lines of what failed to be YAML look nothing like it: text between two thematic breaks.
fn is_prose(block: &str) -> bool {
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    let (like, unlike): (Vec<&str>, Vec<&str>) = lines.partition(|line| may_be_yaml(line));
    unlike.len() >= like.len()
}

/// Returns where lines that may be YAML stop.
fn first_foreign_line(text: &str, range: Range<usize>) -> Option<usize> {
    let heading = first_heading(text, range.clone()).unwrap_or(range.end);
    let foreign = lines_from(&text[..heading], range.start).find(|(_, line)| !may_be_yaml(line));
    foreign.map(|(start, _)| start).or((heading < range.end).then_some(heading))
}

/// The closing fence is missing: takes the lines up to the first that is no YAML.
fn unclosed(text: &str, start: usize, inner: usize, limit: usize, lines: &LineIndex) -> Split {
    let limit = first_foreign_line(text, inner..limit).unwrap_or(limit);
    let end = inner + text[inner..limit].trim_end().len();
    let end = end + line_from(text, end).len();
    let end = end.min(limit);
    if end - inner > MAX_BLOCK {
        return too_large(text, start, inner, end, lines);
    }
    let message = "the front matter is opened with `---` and never closed";
    let diagnostic = Diagnostic::new("front-matter-unclosed", Level::Error, lines.line(start), message)
        .hint(format!("put `---` on a line of its own after line {}", lines.line(end.saturating_sub(1))));
    let read = yaml::read(text, inner..end, lines, CODES);
    let entries = if read.failure.is_none() { read.entries } else { rescue::rescue(text, inner..end, lines) };
    let mut diagnostics = read.warnings;
    diagnostics.push(diagnostic);
    found(FrontMatterFormat::Yaml, (start, end), false, entries, diagnostics)
}

fn too_large(text: &str, start: usize, inner: usize, body_start: usize, lines: &LineIndex) -> Split {
    let message = format!("the front matter has more than {} KiB; only its first keys are read", MAX_BLOCK / 1024);
    let diagnostic = Diagnostic::new("front-matter-too-large", Level::Error, lines.line(start), message)
        .hint("move long values to the body");
    let mut end = inner + MAX_BLOCK;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let entries = rescue::rescue(text, inner..end, lines);
    found(FrontMatterFormat::Yaml, (start, body_start), false, entries, vec![diagnostic])
}

#[cfg(test)]
mod tests;
