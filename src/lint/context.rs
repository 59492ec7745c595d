//! What a rule may look at: one document and everything around it.

use std::cell::OnceCell;

use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::markdown::Markdown;
use crate::compliance::Point;
use crate::config::CheckConfig;
use crate::diag::Span;
use crate::model::{Document, Kind};
use crate::parse::LineIndex;
use crate::sensitive::{self, Sensitive};

/// One document as rules see it.
#[derive(Debug)]
pub struct LintContext<'a> {
    /// What was read.
    pub document: &'a Document,
    /// The decoded text that lines and spans refer to.
    pub text: &'a str,
    /// The bytes of the file.
    pub bytes: &'a [u8],
    /// The moment of the check; a day where no more is known.
    pub now: Point,
    /// The day of the check.
    pub today: NaiveDate,
    /// Thresholds.
    pub settings: &'a CheckConfig,
    lines: LineIndex,
    markdown: OnceCell<Markdown>,
    sensitive: OnceCell<Vec<Sensitive>>,
}

impl<'a> LintContext<'a> {
    /// Returns the context of a document that was read from `bytes`.
    #[must_use]
    pub fn new(
        document: &'a Document,
        text: &'a str,
        bytes: &'a [u8],
        now: impl Into<Point>,
        settings: &'a CheckConfig,
    ) -> Self {
        let lines = LineIndex::new(text);
        let (markdown, sensitive) = (OnceCell::new(), OnceCell::new());
        let now = now.into();
        Self { document, text, bytes, now, today: now.day, settings, lines, markdown, sensitive }
    }

    /// Returns the line, from 1, of the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> u32 {
        self.lines.line(offset)
    }

    /// Returns the first byte of `line` (from 1).
    #[must_use]
    pub fn line_start(&self, line: u32) -> usize {
        self.lines.start(line)
    }

    /// Returns the text of `line` (from 1) without its line end; empty for a line that is not there.
    #[must_use]
    pub fn line(&self, line: u32) -> &'a str {
        let range = self.lines.start(line)..self.lines.start(line.saturating_add(1));
        self.text.get(range).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// Returns every line of the body with its number and its first byte, code included.
    pub fn body_lines(&self) -> impl Iterator<Item = (u32, usize, &'a str)> + '_ {
        let first = self.lines.line(self.document.body_start);
        (first..=self.lines.count()).map(|number| (number, self.lines.start(number), self.line(number)))
    }

    /// Tells whether the byte at `offset` is code in the sense of Markdown.
    #[must_use]
    pub fn is_code(&self, offset: usize) -> bool {
        self.markdown().is_code(offset)
    }

    /// Returns the first place of `needle` on `line`, as a span of the text.
    #[must_use]
    pub fn find_on_line(&self, line: u32, needle: &str) -> Option<Span> {
        let start = self.line_start(line);
        let at = start + self.line(line).find(needle).filter(|_| !needle.is_empty())?;
        Some(Span::new(at, at + needle.len()))
    }

    /// Tells whether the document is about an incident, an exercise or a near miss (and no index page or process note).
    #[must_use]
    pub fn is_about_incident(&self) -> bool {
        self.document.kind.value != Kind::Other
    }

    /// Returns what links to this document may name behind `#`.
    pub(crate) fn anchors(&self) -> &FxHashSet<String> {
        &self.markdown().anchors
    }

    /// Returns what must not stand in the text, found when it is first asked for. No finding shows any of it.
    pub(crate) fn sensitive(&self) -> &[Sensitive] {
        self.sensitive.get_or_init(|| sensitive::scan(self.text))
    }

    /// Returns the Markdown of the body, read when it is first asked for.
    pub(crate) fn markdown(&self) -> &Markdown {
        self.markdown.get_or_init(|| Markdown::read(self.text, self.document.body_start.min(self.text.len())))
    }
}
