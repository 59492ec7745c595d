//! How hits and snippets look.

use super::facts::summary_line;
use super::paths::PathView;
use super::text::{Line, Style, truncate};
use super::wrap::wrap;
use crate::kb::{Hit, Snippet};

/// Lines that a snippet may take.
const SNIPPET_LINES: usize = 2;
/// Columns that a heading needs to say something.
const SHORTEST_HEADING: usize = 8;
/// Columns before everything under a title.
const INDENT: usize = 3;

/// Returns the lines of one hit: title, facts, place, snippet.
pub(crate) fn render(hit: &Hit, number: usize, paths: &PathView, width: usize) -> Vec<Line> {
    let mut title = Line::styled(&format!("{number}. "), Style::Dim);
    title.append(highlight(&hit.title_snippet, Style::Title));
    let mut lines = clip(wrap(&title, width), 2);
    let facts = wrap(&summary_line(&hit.document), width.saturating_sub(INDENT));
    lines.extend(facts.into_iter().map(|line| line.indented(INDENT)));
    lines.push(place(hit, paths, width.saturating_sub(INDENT)).indented(INDENT));
    if let Some(passage) = &hit.passage {
        let snippet = wrap(&highlight(&passage.snippet, Style::Plain), width.saturating_sub(INDENT));
        lines.extend(clip(snippet, SNIPPET_LINES).into_iter().map(|line| line.indented(INDENT)));
    }
    lines
}

/// Returns `path:line` of the best passage and, in the room left of `width`, the heading it stands under.
pub(crate) fn place(hit: &Hit, paths: &PathView, width: usize) -> Line {
    let passage = hit.passage.as_ref();
    let path = paths.at(&hit.document.path, passage.map_or(0, |it| it.line));
    let mut line = Line::styled(&path, Style::Link);
    if let Some(section) = passage.and_then(|it| it.section.as_deref()) {
        let room = width.saturating_sub(line.width() + 2);
        if room >= SHORTEST_HEADING {
            line.push(&format!("  {}", truncate(section, room)), Style::Dim);
        }
    }
    line
}

/// Returns the text of `snippet` with its matches marked.
pub(crate) fn highlight(snippet: &Snippet, base: Style) -> Line {
    let mut line = Line::new();
    let mut at = 0;
    for range in &snippet.highlights {
        let (Some(before), Some(matched)) = (snippet.text.get(at..range.start), snippet.text.get(range.clone())) else {
            continue;
        };
        line.push(before, base);
        line.push(matched, Style::Match);
        at = range.end;
    }
    line.push(snippet.text.get(at..).unwrap_or_default(), base);
    line
}

/// Keeps the first `most` lines and marks the cut.
pub(crate) fn clip(mut lines: Vec<Line>, most: usize) -> Vec<Line> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push(" …", Style::Dim);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::text::Span;

    #[test]
    fn marks_the_matches_only() {
        let snippet = Snippet { text: "to credmate-redis:6379".into(), highlights: std::iter::once(3..17).collect() };
        let line = highlight(&snippet, Style::Plain);
        let marked: Vec<&str> =
            line.spans().iter().filter(|span| span.style() == Style::Match).map(Span::text).collect();
        assert_eq!(marked, ["credmate-redis"]);
    }

    #[test]
    fn ranges_outside_the_text_lose_nothing() {
        let snippet = Snippet { text: "häh".into(), highlights: vec![2..3, 50..60] };
        let text: String = highlight(&snippet, Style::Plain).spans().iter().map(Span::text).collect();
        assert_eq!(text, "häh");
    }
}
