//! Diagnostics: what is wrong with the data, where, and what to do about it.
//!
//! Shared by every layer; does no I/O and never prints.

use serde::Serialize;

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

/// A byte range in the decoded text of one document.
///
/// The decoded text equals the file's bytes unless the file had a byte-order mark, was not UTF-8 or was
/// repaired; `decode` reports each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
