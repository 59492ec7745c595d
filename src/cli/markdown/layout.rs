//! Sets inline text into lines behind the marks of the quotes and lists around it.

use super::MAX_DEPTH;
use crate::cli::text::{Line, Span, Style};
use crate::cli::wrap::wrap;

/// What stands before every line of a quote or list item.
struct Prefix {
    first: Option<String>,
    rest: String,
    style: Style,
}

/// The lines so far and the inline text not yet set.
pub(super) struct Layout {
    width: usize,
    lines: Vec<Line>,
    prefixes: Vec<Prefix>,
    /// Prefixes beyond the deepest that is shown.
    hidden: usize,
    inline: Line,
    gap: bool,
}

impl Layout {
    pub(super) fn new(width: usize) -> Self {
        Self { width, lines: Vec::new(), prefixes: Vec::new(), hidden: 0, inline: Line::new(), gap: false }
    }

    /// Opens a quote or list item: `first` stands before its first line, `rest` before the others.
    pub(super) fn push_prefix(&mut self, first: &str, rest: &str, style: Style) {
        if self.prefixes.len() >= MAX_DEPTH {
            self.hidden += 1;
            return;
        }
        self.prefixes.push(Prefix { first: Some(first.to_owned()), rest: rest.to_owned(), style });
    }

    /// Puts a task box in the place of the bullet before the item that is open.
    pub(super) fn replace_marker(&mut self, marker: &str, style: Style) {
        match self.prefixes.last_mut().filter(|prefix| self.hidden == 0 && prefix.first.is_some()) {
            Some(prefix) => *prefix = Prefix { first: Some(marker.to_owned()), rest: " ".repeat(marker.len()), style },
            None => self.push(marker, style),
        }
    }

    pub(super) fn pop_prefix(&mut self) {
        if self.hidden > 0 {
            self.hidden -= 1;
        } else {
            self.prefixes.pop();
        }
    }

    /// Parts the block that begins from the one before it by an empty line.
    pub(super) fn start_block(&mut self) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            let mut line = Line::new();
            for prefix in self.prefixes.iter().filter(|prefix| prefix.first.is_none()) {
                if !prefix.rest.trim().is_empty() {
                    line.push(prefix.rest.trim_end(), prefix.style);
                }
            }
            self.lines.push(line);
        }
    }

    /// Sets what is open; the next block stands apart.
    pub(super) fn end_block(&mut self) {
        self.flush();
        self.gap = true;
    }

    pub(super) fn push(&mut self, text: &str, style: Style) {
        self.inline.push(text, style);
    }

    pub(super) fn inline_len(&self) -> usize {
        self.inline.spans().len()
    }

    /// Returns the open text from span `start` on.
    pub(super) fn inline_text(&self, start: usize) -> String {
        self.inline.spans().iter().skip(start).map(Span::text).collect()
    }

    pub(super) fn take_inline(&mut self) -> Line {
        std::mem::take(&mut self.inline)
    }

    /// Returns the columns beside the prefixes.
    pub(super) fn room(&self) -> usize {
        let taken: usize = self.prefixes.iter().map(|prefix| prefix.rest.chars().count()).sum();
        self.width.saturating_sub(taken).max(self.width.min(20))
    }

    /// Sets the open text into lines.
    pub(super) fn flush(&mut self) {
        let inline = self.take_inline();
        if inline.spans().iter().all(|span| span.text().trim().is_empty()) {
            return;
        }
        for line in wrap(&inline, self.room()) {
            self.line(line);
        }
    }

    /// Sets the open text, or the bare marker of an item without text.
    pub(super) fn flush_marker(&mut self) {
        self.flush();
        if self.hidden == 0 && self.prefixes.last().is_some_and(|prefix| prefix.first.is_some()) {
            self.line(Line::new());
        }
    }

    /// Adds a finished line behind the prefixes.
    pub(super) fn line(&mut self, line: Line) {
        self.start_block();
        let mut whole = Line::new();
        for prefix in &mut self.prefixes {
            let first = prefix.first.take();
            whole.push(first.as_deref().unwrap_or(&prefix.rest), prefix.style);
        }
        whole.append(line);
        self.lines.push(whole);
    }

    /// Adds a line that is not wrapped.
    pub(super) fn verbatim(&mut self, text: &str, indent: &str, style: Style) {
        let mut line = Line::new();
        if !text.is_empty() {
            line.push(indent, Style::Plain);
            line.push(text, style);
        }
        self.line(line);
    }

    /// Adds a line that is not wrapped and stands behind no prefix.
    pub(super) fn at_left_edge(&mut self, text: &str, style: Style) {
        self.start_block();
        self.lines.push(Line::styled(text, style));
    }

    pub(super) fn rule(&mut self) {
        self.start_block();
        self.line(Line::styled(&"─".repeat(self.room().min(40)), Style::Dim));
        self.gap = true;
    }

    pub(super) fn finish(self) -> Vec<Line> {
        self.lines
    }
}
