//! A document: its text, and beside it everything that was read from it, with where.

use std::ops::Range;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{Chrome, Located, locate, rendered};
use crate::diag::{Diagnostic, Level};
use crate::kb::notices::Point;
use crate::kb::{KnowledgeBase, Parsed};
use crate::model::{Document, FrontMatter};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::markdown::{self, SafeHtml, TocEntry};
use crate::web::page_memory::{Address, Stamp};
use crate::web::state::AppState;
use crate::web::svg::timeline::{Drawing, draw};
use crate::web::view::{
    ActionGroup, ActionsInShort, Badge, ComplianceView, DroppedView, Durations, Fact, HistoryView, Part, ReferenceView,
    RelatedView, SiblingView, SummaryView, TimelineDay, action_groups, date_words, durations, facts, held_names,
    kind_label, message, timeline, times,
};

/// Documents shown that mention this one.
const MAX_MENTIONS: usize = 10;

#[derive(Template)]
#[template(path = "web/document.html")]
struct DocumentPage {
    chrome: Chrome,
    title: String,
    /// The title, and which of its parts hold together.
    title_parts: Vec<(String, bool)>,
    path: String,
    language: &'static str,
    /// The text is read from right to left.
    from_right: bool,
    id: Option<String>,
    kind: &'static str,
    severity: Option<Badge>,
    status: Option<Badge>,
    date: Option<String>,
    date_words: String,
    source_url: String,
    raw_url: String,
    body: SafeHtml,
    too_large: bool,
    toc: Vec<TocEntry>,
    facts: Vec<Fact>,
    times: Vec<Fact>,
    durations: Vec<Durations>,
    compliance: Option<ComplianceView>,
    drawing: Option<Drawing>,
    timeline: Vec<TimelineDay>,
    timeline_length: usize,
    /// All entries, or all items, stand in the text as it is shown, so that paper need not have them twice.
    timeline_in_text: bool,
    actions_in_text: bool,
    actions: Vec<ActionGroup>,
    actions_in_short: Option<ActionsInShort>,
    /// Items that were taken out while they were open.
    dropped: Vec<DroppedView>,
    siblings: Vec<SiblingView>,
    references: Vec<ReferenceView>,
    mentions: Vec<SummaryView>,
    related: Vec<RelatedView>,
    front_matter: Vec<Key>,
    problems: Vec<Problem>,
    /// How many findings of each level there are, in words.
    problem_counts: Vec<(&'static str, usize)>,
    has_errors: bool,
    history: Option<HistoryView>,
}

/// One key of the front matter.
struct Key {
    path: String,
    value: String,
    /// The value is a day, which is not broken.
    is_day: bool,
    url: String,
    line: u32,
}

/// A diagnostic.
struct Problem {
    level: &'static str,
    message: Vec<Part>,
    hint: Option<Vec<Part>>,
    code: &'static str,
    line: u32,
    url: String,
}

/// What the address may ask for beside the path.
#[derive(Deserialize)]
pub(in crate::web) struct Asked {
    /// Line of the passage to mark.
    line: Option<u32>,
}

/// Shows a document.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Path(path): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let (chrome, now) = (Chrome::new(&app, "document").live(&path), app.now());
    let state = app.clone();
    app.read(move |kb| {
        let address = Address { path: path.clone(), line: asked.line };
        let (generation, asked_for) = (chrome.generation.clone(), path.clone());
        let stamp = Stamp::now(kb, &path, &generation, now);
        if let Some(html) = stamp.as_ref().and_then(|stamp| state.pages().get(&address, stamp)) {
            return Ok(rendered(html));
        }
        let path = match locate(kb, &path, links::document)? {
            Located::Here(path) => path,
            Located::Elsewhere(url) => return Ok(Redirect::to(&url).into_response()),
        };
        kb.locate_file(&path)?;
        let parsed = kb.read(&path)?;
        if let Some(line) = asked.line.filter(|line| is_above_the_text(&parsed, *line)) {
            return Ok(Redirect::to(&links::source(&path, line)).into_response());
        }
        let html = Bytes::from(fill(chrome, kb, &parsed, asked.line, now).render()?);
        // What changed meanwhile may be in the page or not.
        if let Some(stamp) = stamp.filter(|stamp| Stamp::now(kb, &asked_for, &generation, now).as_ref() == Some(stamp))
        {
            state.pages().keep(address, stamp, html.clone());
        }
        Ok(rendered(html))
    })
    .await
}

fn fill(chrome: Chrome, kb: &KnowledgeBase, parsed: &Parsed, line: Option<u32>, now: Point) -> DocumentPage {
    let document = &parsed.document;
    let rendered = render(kb, parsed, line);
    let date = document.date.as_ref().map(|it| it.value.to_string());
    let (siblings, references, mentions) = others(kb, document);
    let history = kb.history(&document.path);
    // The page is whole without it, and says why there is no history.
    let past = kb.items_past(parsed).ok().flatten().unwrap_or_default();
    let last = history.as_ref().ok().and_then(|it| it.as_ref()?.commits.first());
    let first_line = first_line(parsed);
    let is_in_text = |line: u32| !rendered.too_large && line >= first_line;
    let committed = last.map(|it| it.committed.date_naive());
    DocumentPage {
        title: document.display_title().to_owned(),
        title_parts: held_names(document.display_title()),
        path: document.path.clone(),
        language: document.language.unwrap_or(""),
        from_right: rendered.from_right,
        id: document.id.as_ref().map(|it| it.value.clone()),
        kind: kind_label(document.kind.value),
        severity: document.severity.as_ref().map(|it| Badge::severity(it.value)),
        status: document.status.as_ref().map(|it| Badge::status(it.value.as_str())),
        date_words: date.as_deref().map(date_words).unwrap_or_default(),
        date,
        source_url: links::source(&document.path, 0),
        raw_url: links::raw(&document.path),
        body: rendered.html,
        too_large: rendered.too_large,
        toc: rendered.toc.into_iter().filter(|entry| entry.level <= 3).collect(),
        facts: facts(document),
        times: times(document),
        durations: durations(document),
        compliance: ComplianceView::of(document, committed, now),
        drawing: draw(document),
        timeline: timeline(document),
        timeline_length: document.timeline.len(),
        timeline_in_text: document.timeline.iter().all(|it| is_in_text(it.line)),
        actions_in_text: document.action_items.iter().all(|it| is_in_text(it.line)),
        actions_in_short: ActionsInShort::of(document, now.day),
        actions: action_groups(document, &past, now.day),
        dropped: DroppedView::all(&past),
        siblings,
        references,
        mentions,
        related: RelatedView::of(kb, parsed),
        front_matter: document.front_matter.as_ref().map(|it| keys(&document.path, it)).unwrap_or_default(),
        has_errors: document.first_error().is_some(),
        problem_counts: problem_counts(document),
        problems: document.diagnostics.iter().map(|it| problem(&document.path, it)).collect(),
        history: HistoryView::of(history),
        chrome,
    }
}

fn render(kb: &KnowledgeBase, parsed: &Parsed, line: Option<u32>) -> markdown::Rendered {
    let body_start = parsed.document.body_start;
    let text = parsed.text.get(body_start..).unwrap_or_default();
    let head = &parsed.text[..parsed.text.len() - text.len()];
    let passage = line.and_then(|line| line_bytes(text, line, head));
    let title = Some(parsed.document.display_title());
    let path = &parsed.document.path;
    let first_line = Some(first_line(parsed));
    markdown::render(&markdown::Source { path, text, title, passage: passage.as_ref(), first_line, around: Some(kb) })
}

impl markdown::Surroundings for KnowledgeBase {
    /// The page is whole without the marks.
    fn missing(&self, keys: &[String]) -> Vec<String> {
        self.leading_nowhere(keys).unwrap_or_default()
    }

    fn has_file(&self, path: &str) -> bool {
        self.locate_file(path).is_ok()
    }
}

/// Returns the line of the file on which its text begins, behind the front matter.
fn first_line(parsed: &Parsed) -> u32 {
    let head = parsed.text.get(..parsed.document.body_start).unwrap_or_default();
    u32::try_from(head.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// Tells whether a line is one of the front matter, which the page does not show as it stands there.
fn is_above_the_text(parsed: &Parsed, line: u32) -> bool {
    (1..first_line(parsed)).contains(&line)
}

/// Returns the bytes in `body` of a line of the file, counted from 1; `head` is what stands before the body.
fn line_bytes(body: &str, line: u32, head: &str) -> Option<Range<usize>> {
    let skipped = head.matches('\n').count();
    let index = usize::try_from(line).ok()?.checked_sub(skipped + 1)?;
    let start = if index == 0 { 0 } else { body.match_indices('\n').nth(index - 1)?.0 + 1 };
    let length = body[start..].find('\n').unwrap_or(body.len() - start);
    Some(start..start + length)
}

fn keys(path: &str, front_matter: &FrontMatter) -> Vec<Key> {
    let key = |entry: &crate::model::FrontMatterEntry| Key {
        path: entry.path.clone(),
        value: entry.value.clone(),
        is_day: markdown::is_day(&entry.value),
        url: links::source(path, entry.line),
        line: entry.line,
    };
    front_matter.entries.iter().map(key).collect()
}

fn problem(path: &str, diagnostic: &Diagnostic) -> Problem {
    Problem {
        level: diagnostic.level.as_str(),
        message: message(&diagnostic.message),
        hint: diagnostic.hint.as_deref().map(message),
        code: diagnostic.code,
        line: diagnostic.line,
        url: links::source(path, diagnostic.line),
    }
}

fn problem_counts(document: &Document) -> Vec<(&'static str, usize)> {
    let levels = [("error", Level::Error), ("warning", Level::Warning), ("note", Level::Note)];
    let count = |level| document.diagnostics.iter().filter(|it| it.level == level).count();
    levels.into_iter().map(|(name, level)| (name, count(level))).filter(|(_, count)| *count > 0).collect()
}

/// Returns the documents of the same incident, those referred to and those that refer to this one; a document stands
/// in the first of these lists that it belongs to. The page is whole without them.
fn others(kb: &KnowledgeBase, document: &Document) -> (Vec<SiblingView>, Vec<ReferenceView>, Vec<SummaryView>) {
    let siblings = kb.same_incident_as(document).unwrap_or_default();
    let references = kb.references(document).unwrap_or_default();
    let mut mentions = kb.mentions(document, MAX_MENTIONS + siblings.len()).unwrap_or_default();
    mentions.retain(|it| !siblings.iter().any(|sibling| sibling.document.path == it.path));
    mentions.truncate(MAX_MENTIONS);
    let is_sibling = |path: &str| siblings.iter().any(|sibling| sibling.document.path == path);
    let outside = references.iter().filter(|row| !row.documents.first().is_some_and(|it| is_sibling(&it.path)));
    (
        siblings.iter().map(SiblingView::from).collect(),
        outside.map(|row| ReferenceView::new(&document.path, row)).collect(),
        mentions.iter().map(SummaryView::of).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::line_bytes;

    #[test]
    fn lines_are_found_by_number() {
        let (head, body) = ("---\n---\n", "three\n\n  five\n");
        let line = |number| line_bytes(body, number, head).map(|bytes| &body[bytes]);
        assert_eq!(line(3), Some("three"));
        assert_eq!(line(5), Some("  five"));
        assert_eq!(line(1), None);
        assert_eq!(line(0), None);
        assert_eq!(line(99), None);
        assert_eq!(line_bytes("", 1, ""), Some(0..0));
    }
}
