//! Styled text: spans and lines that hold nothing a terminal could obey.
//!
//! Documents, paths and log pastes are other people's text. Every span is cleaned when it is made, and
//! [`Ui`](super::ui::Ui) prints nothing but spans, so no escape sequence of a document reaches a terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// What a piece of text means; `ui` decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Style {
    /// Running text.
    #[default]
    Plain,
    /// The title of a document or a block.
    Title,
    /// Emphasised text and the names of fields.
    Strong,
    /// Slightly emphasised text.
    Italic,
    /// What is there for orientation: paths, lines, rules.
    Dim,
    /// A part that matched.
    Match,
    /// Code.
    Code,
    /// The target of a link.
    Link,
    /// Good news: done, resolved.
    Good,
    /// Something to look at: inferred, open, medium.
    Warn,
    /// Something bad: critical, rejected, overdue.
    Bad,
}

/// A run of text in one style, free of control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    text: String,
    style: Style,
}

impl Span {
    /// Returns a span of the cleaned `text`.
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self { text: clean(text).into_owned(), style }
    }

    /// Returns the cleaned text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the style.
    pub(crate) fn style(&self) -> Style {
        self.style
    }

    /// Returns the columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.text.width()
    }
}

/// One line of spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    spans: Vec<Span>,
}

impl Line {
    /// Returns an empty line.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Returns a line of plain text.
    pub(crate) fn plain(text: &str) -> Self {
        Self::new().with(text, Style::Plain)
    }

    /// Returns a line of text in one style.
    pub(crate) fn styled(text: &str, style: Style) -> Self {
        Self::new().with(text, style)
    }

    /// Adds a span.
    pub(crate) fn with(mut self, text: &str, style: Style) -> Self {
        self.push(text, style);
        self
    }

    /// Adds a span.
    pub(crate) fn push(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            self.spans.push(Span::new(text, style));
        }
    }

    /// Adds the spans of `other`.
    pub(crate) fn append(&mut self, other: Self) {
        self.spans.extend(other.spans);
    }

    /// Returns the spans in order.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns the columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }

    /// Tells whether there is no text in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds blanks up to `width` columns.
    pub(crate) fn pad(&mut self, width: usize) {
        let missing = width.saturating_sub(self.width());
        self.push(&" ".repeat(missing), Style::Plain);
    }

    /// Returns the line behind `columns` blanks.
    pub(crate) fn indented(self, columns: usize) -> Self {
        if self.is_empty() {
            return self;
        }
        let mut line = Self::plain(&" ".repeat(columns));
        line.append(self);
        line
    }
}

/// Returns `text` without what a terminal could take for a command or a trick: line ends and tabs become blanks,
/// other control characters the replacement character; characters that reorder or hide text are named (`<U+202E>`).
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '\r' => {}
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c if is_hostile(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Tells whether a terminal could obey `c` or a reader be deceived by it: C0, C1, line separators, bidirectional
/// controls and tag characters. Joiners stay: emoji and several scripts need them.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{206F}')
        || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Returns the longest start of `text` of at most `width` columns, with an ellipsis where something was cut.
pub(crate) fn truncate(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let (start, _) = split_at_width(text, width.saturating_sub(1));
    Cow::Owned(format!("{}…", start.trim_end()))
}

/// Splits `text` after at most `width` columns, but after at least one character.
pub(crate) fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if columns > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_a_document_do_not_survive() {
        let hostile = "a\u{1b}[31mred\u{9b}2J\u{7}b\u{202e}c\u{7f}\u{0}\td\ne";
        let cleaned = clean(hostile);
        assert_eq!(cleaned, "a\u{fffd}[31mred\u{fffd}2J\u{fffd}b<U+202E>c\u{fffd}\u{fffd} d e");
        assert!(!cleaned.chars().any(is_hostile));
    }

    #[test]
    fn joiners_of_emoji_and_scripts_stay() {
        let text = "👩\u{200d}🚒 می\u{200c}خواهم";
        assert_eq!(clean(text), text);
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(Span::new("障害 ok", Style::Plain).width(), 7);
        assert_eq!(truncate("障害報告", 5), "障害…");
        assert_eq!(split_at_width("障害", 1), ("障", "害"));
    }
}
