//! Diagnostics with the source line beneath.

use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};

use super::text::clean;
use crate::diag::{Diagnostic, Level};

/// Bytes of a source line shown around the place meant.
const LONGEST: usize = 400;

/// A diagnostic and the text it is about.
pub(crate) struct Report<'a> {
    /// Path as the user knows it.
    pub(crate) path: &'a str,
    /// Decoded text of the whole file.
    pub(crate) text: &'a str,
    /// The diagnostic.
    pub(crate) diagnostic: &'a Diagnostic,
}

impl Report<'_> {
    /// Returns the diagnostic as text. Everything that comes from a document is cleaned first.
    pub(crate) fn render(&self, width: usize, color: bool) -> String {
        let diagnostic = self.diagnostic;
        let level = match diagnostic.level {
            Level::Note => Shown::NOTE,
            Level::Warning => Shown::WARNING,
            Level::Error => Shown::ERROR,
        };
        let path = clean(self.path);
        let group = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code);
        let mut group = match Excerpt::of(self.text, diagnostic) {
            Some(excerpt) => {
                let annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
                let line = Snippet::source(excerpt.text).line_start(diagnostic.line as usize).path(path);
                Group::with_title(group).element(line.annotation(annotation))
            }
            None => Group::with_title(group).element(Origin::path(path)),
        };
        if let Some(hint) = &diagnostic.hint {
            group = group.element(Shown::HELP.with_name("hint").message(clean(hint)));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(width).render(&[group])
    }
}

/// One cleaned source line and the bytes of it to underline.
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
}

impl Excerpt {
    fn of(text: &str, diagnostic: &Diagnostic) -> Option<Self> {
        let (line_start, line) = find_line(text, diagnostic.line)?;
        let span = diagnostic.span.and_then(|span| {
            let start = span.start.checked_sub(line_start).filter(|start| *start < line.len())?;
            Some((start, (span.end.max(span.start + 1) - line_start).min(line.len())))
        });
        let indent = line.len() - line.trim_start().len();
        let (start, end) = span.unwrap_or((indent, line.trim_end().len().max(indent)));
        let (start, end) = (floor(line, start), floor(line, end.min(start + LONGEST)));
        let from = floor(line, start.saturating_sub(LONGEST));
        let to = floor(line, (end + LONGEST).min(line.len()));
        let before = clean(&line[from..start]).into_owned();
        let marked = clean(&line[start..end.max(start)]);
        let after = clean(&line[end.max(start)..to]);
        let (start, end) = (before.len(), before.len() + marked.len());
        Some(Self { text: format!("{before}{marked}{after}"), start, end })
    }
}

/// Returns the byte at which line `number` (from 1) starts, and the line.
fn find_line(text: &str, number: u32) -> Option<(usize, &str)> {
    let mut start = 0;
    let skip = number.checked_sub(1)? as usize;
    for line in text.split_inclusive('\n').take(skip) {
        start += line.len();
    }
    let line = text[start..].split_inclusive('\n').next()?;
    Some((start, line.trim_end_matches(['\n', '\r'])))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn render(text: &str, diagnostic: &Diagnostic) -> String {
        Report { path: "a.md", text, diagnostic }.render(80, false)
    }

    #[test]
    fn shows_the_source_line() {
        let text = "---\ntitle: a: b\n---\n";
        let diagnostic =
            Diagnostic::new("yaml", Level::Warning, 2, "not YAML").span(Span::new(12, 13)).hint("quote it");
        insta::assert_snapshot!(render(text, &diagnostic), @r"
        warning[yaml]: not YAML
         --> a.md:2:9
          |
        2 | title: a: b
          |         ^
          |
          = hint: quote it
        ");
    }

    #[test]
    fn a_hostile_line_is_cleaned_and_still_marked() {
        let text = "x\n\u{1b}[31mä\u{202e}b: c\n";
        let at = text.find('b').expect("there is one");
        let diagnostic = Diagnostic::new("yaml", Level::Error, 2, "bad \u{1b}[0m").span(Span::new(at, at + 1));
        insta::assert_snapshot!(render(text, &diagnostic), @r"
        error[yaml]: bad �[0m
         --> a.md:2:15
          |
        2 | �[31mä<U+202E>b: c
          |               ^
        ");
    }

    #[test]
    fn places_outside_the_text_do_not_matter() {
        for line in [0, 1, 2, 99] {
            let diagnostic = Diagnostic::new("odd", Level::Note, line, "odd").span(Span::new(500, 2));
            assert!(render("äöü", &diagnostic).contains("odd"));
        }
    }
}
