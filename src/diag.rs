//! Diagnostics: what is wrong with the data, where, and what to do about it.
//!
//! Shared by every layer; does no I/O and never prints.

use serde::{Deserialize, Serialize};

/// How much a diagnostic weighs. (An incident has a *severity*; a finding has a *level*.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was repaired, guessed or contradicts something else.
    Warning,
    /// A part of the document could not be read.
    Error,
}

impl Level {
    /// Returns the name used in messages and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A byte range in the decoded text of one document.
///
/// The decoded text equals the file's bytes unless the file had a byte-order mark, was not UTF-8 or was
/// repaired; `decode` reports each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the span from `start` up to but excluding `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// One finding about one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// Weight.
    pub level: Level,
    /// What is wrong: lower case, no period, identifiers in backticks.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Line in the file, counted from 1; 0 where the file as a whole is meant.
    pub line: u32,
    /// Bytes to underline, where narrower than the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Diagnostic {
    /// Returns a diagnostic of `level` at `line` (1-based; 0 for the whole file).
    #[must_use]
    pub fn new(code: &'static str, level: Level, line: u32, message: impl Into<String>) -> Self {
        Self { code, level, message: message.into(), hint: None, line, span: None }
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the bytes to underline.
    #[must_use]
    pub fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// Bytes of a source line shown before and after the place meant.
const LONGEST: usize = 400;

/// One line of a document, or the part of a long one around the place meant, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// The text, without its line end.
    pub text: String,
    /// First byte of `text` meant.
    pub start: usize,
    /// One past the last byte of `text` meant.
    pub end: usize,
    /// Column in the whole line of the first character meant, counted in characters from 1.
    pub column: u32,
    /// Column behind the last character meant.
    pub end_column: u32,
}

impl SourceLine {
    /// Returns line `number` (from 1) of `text` with the part of `span` that lies in it; the whole line, but for its
    /// indentation, where there is none.
    #[must_use]
    pub fn find(text: &str, number: u32, span: Option<Span>) -> Option<Self> {
        let mut start = 0;
        let skip = number.checked_sub(1)? as usize;
        for line in text.split_inclusive('\n').take(skip) {
            start += line.len();
        }
        Self::at(text, start, span)
    }

    /// Returns the line that begins at byte `start` of `text`, as [`SourceLine::find`] does.
    #[must_use]
    pub fn at(text: &str, start: usize, span: Option<Span>) -> Option<Self> {
        let line = text.get(start..)?.split_inclusive('\n').next()?.trim_end_matches(['\n', '\r']);
        let inside = span.and_then(|span| {
            let from = span.start.checked_sub(start).filter(|from| *from < line.len())?;
            Some((from, (span.end.max(span.start + 1) - start).min(line.len())))
        });
        let indent = line.len() - line.trim_start().len();
        let (from, to) = inside.unwrap_or((indent, line.trim_end().len().max(indent)));
        let from = floor(line, from);
        let shown_to = floor(line, to.min(from + LONGEST)).max(from);
        let window = floor(line, from.saturating_sub(LONGEST))..floor(line, (shown_to + LONGEST).min(line.len()));
        let column = |at: usize| u32::try_from(line[..at].chars().count() + 1).unwrap_or(u32::MAX);
        Some(Self {
            column: column(from),
            end_column: column(floor(line, to).max(from)),
            start: from - window.start,
            end: shown_to - window.start,
            text: line[window].to_owned(),
        })
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
