//! Diagnostics with the source line beneath.

use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};

use super::text::{Line, Span, clean};
use super::wrap::wrap;
use crate::diag::{Diagnostic, Level, SourceLine};

/// No title is wrapped below so many columns.
const NARROWEST: usize = 20;

/// A diagnostic and the line it is about.
pub(crate) struct Report<'a> {
    /// Path as the user knows it.
    pub(crate) path: &'a str,
    /// The line, where it is about one.
    pub(crate) source: Option<&'a SourceLine>,
    /// The diagnostic.
    pub(crate) diagnostic: &'a Diagnostic,
}

impl Report<'_> {
    /// Returns the diagnostic as text. Everything that comes from a document is cleaned first.
    pub(crate) fn render(&self, width: usize, title_width: usize, color: bool) -> String {
        let diagnostic = self.diagnostic;
        let level = match diagnostic.level {
            Level::Note => Shown::NOTE,
            Level::Warning => Shown::WARNING,
            Level::Error => Shown::ERROR,
        };
        let word = diagnostic.level.as_str();
        let path = clean(self.path);
        let head = word.len() + diagnostic.code.len() + "[]: ".len();
        let lines = wrap(&Line::plain(&diagnostic.message), title_width.saturating_sub(head).max(NARROWEST));
        let text = |line: &Line| line.spans().iter().map(Span::text).collect::<String>();
        let message = lines.iter().map(text).collect::<Vec<_>>().join("\n");
        let group = level.primary_title(message).id(diagnostic.code);
        let mut group = match self.source.map(Excerpt::of) {
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
    fn of(line: &SourceLine) -> Self {
        let before = clean(&line.text[..line.start]).into_owned();
        let marked = clean(&line.text[line.start..line.end]);
        let after = clean(&line.text[line.end..]);
        let (start, end) = (before.len(), before.len() + marked.len());
        Self { text: format!("{before}{marked}{after}"), start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn render(text: &str, diagnostic: &Diagnostic) -> String {
        let source = SourceLine::find(text, diagnostic.line, diagnostic.span);
        Report { path: "a.md", source: source.as_ref(), diagnostic }.render(80, 40, false)
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
    fn a_long_title_is_wrapped_below_itself() {
        let diagnostic = Diagnostic::new("yaml", Level::Note, 0, "no section or label tells why it happened");
        insta::assert_snapshot!(render("", &diagnostic), @r"
        note[yaml]: no section or label tells
                    why it happened
        --> a.md
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
