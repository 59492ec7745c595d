//! A document: its text, and beside it everything that was read from it, with where.

use std::ops::Range;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Chrome, Located, locate, page};
use crate::diag::{Diagnostic, Level};
use crate::kb::{Found, KnowledgeBase, Parsed, SearchRequest};
use crate::model::{ActionClass, Document, FrontMatter};
use crate::web::error::WebError;
use crate::web::links::{self, Target};
use crate::web::markdown::{self, SafeHtml, TocEntry};
use crate::web::state::AppState;
use crate::web::view::{
    ActionGroup, Badge, Durations, Fact, Part, Reference, RelatedView, SummaryView, TimelineDay, action_groups,
    compliance, date_words, durations, facts, kind_label, message, timeline, times,
};

/// References that are looked up for one page.
const MAX_REFERENCES: usize = 40;
/// Documents shown that mention this one.
const MAX_MENTIONS: usize = 10;

#[derive(Template)]
#[template(path = "web/document.html")]
struct DocumentPage {
    chrome: Chrome,
    title: String,
    path: String,
    language: &'static str,
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
    compliance: Vec<Fact>,
    timeline: Vec<TimelineDay>,
    timeline_length: usize,
    actions: Vec<ActionGroup>,
    actions_done: usize,
    actions_total: usize,
    references: Vec<Reference>,
    mentions: Vec<SummaryView>,
    related: Vec<RelatedView>,
    front_matter: Vec<Key>,
    problems: Vec<Problem>,
    has_errors: bool,
}

/// One key of the front matter.
struct Key {
    path: String,
    value: String,
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
    let (chrome, today) = (Chrome::new(&app, "document").live(&path), app.today());
    app.read(move |kb| {
        let path = match locate(kb, &path, links::document)? {
            Located::Here(path) => path,
            Located::Elsewhere(url) => return Ok(Redirect::to(&url).into_response()),
        };
        kb.locate_file(&path)?;
        page(&fill(chrome, kb, &kb.read(&path)?, asked.line, today))
    })
    .await
}

fn fill(chrome: Chrome, kb: &KnowledgeBase, parsed: &Parsed, line: Option<u32>, today: NaiveDate) -> DocumentPage {
    let document = &parsed.document;
    let rendered = render(parsed, line);
    let actions: Vec<_> = document.action_items.iter().filter(|it| it.class == ActionClass::Action).collect();
    let date = document.date.as_ref().map(|it| it.value.to_string());
    DocumentPage {
        title: document.display_title().to_owned(),
        path: document.path.clone(),
        language: document.language.unwrap_or(""),
        id: document.id.as_ref().map(|it| it.value.clone()),
        kind: kind_label(document.kind.value),
        severity: document.severity.as_ref().map(|it| Badge::severity(it.value)),
        status: document.status.as_ref().map(|it| Badge::status(it.value.state.as_str())),
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
        compliance: compliance(document),
        timeline: timeline(document),
        timeline_length: document.timeline.len(),
        actions_done: actions.iter().filter(|it| it.done).count(),
        actions_total: actions.len(),
        actions: action_groups(document, today),
        references: references(kb, document),
        mentions: mentions(kb, document),
        related: RelatedView::of(kb, parsed),
        front_matter: document.front_matter.as_ref().map(|it| keys(&document.path, it)).unwrap_or_default(),
        has_errors: document.first_error().is_some(),
        problems: document.diagnostics.iter().map(|it| problem(&document.path, it)).collect(),
        chrome,
    }
}

fn render(parsed: &Parsed, line: Option<u32>) -> markdown::Rendered {
    let body_start = parsed.document.body_start;
    let text = parsed.text.get(body_start..).unwrap_or_default();
    let passage = line.and_then(|line| line_bytes(text, line, &parsed.text[..parsed.text.len() - text.len()]));
    let title = Some(parsed.document.display_title());
    markdown::render(&markdown::Source { path: &parsed.document.path, text, title, passage: passage.as_ref() })
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
        url: links::source(path, entry.line),
        line: entry.line,
    };
    front_matter.entries.iter().map(key).collect()
}

fn problem(path: &str, diagnostic: &Diagnostic) -> Problem {
    Problem {
        level: match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        message: message(&diagnostic.message),
        hint: diagnostic.hint.as_deref().map(message),
        code: diagnostic.code,
        line: diagnostic.line,
        url: links::source(path, diagnostic.line),
    }
}

fn references(kb: &KnowledgeBase, document: &Document) -> Vec<Reference> {
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for reference in &document.references {
        if seen.contains(&reference.target.as_str()) || rows.len() == MAX_REFERENCES {
            continue;
        }
        seen.push(&reference.target);
        let key = match links::resolve(&document.path, &reference.target) {
            Target::Document { path, .. } => path,
            _ => reference.target.clone(),
        };
        let found = match kb.find(&key) {
            Ok(Found::One(found)) => Some((links::document(&found.path), found.title)),
            Ok(Found::Many(_)) => Some((links::document(&key), format!("{key}, several documents"))),
            // Without an answer the reference is shown as written.
            Ok(Found::None(_)) | Err(_) => None,
        };
        let (url, title) = found.unzip();
        if url.is_some() && rows.iter().any(|row: &Reference| row.url == url) {
            continue;
        }
        rows.push(Reference {
            target: reference.target.clone(),
            url,
            title,
            line: reference.line,
            source: links::source(&document.path, reference.line),
        });
    }
    rows
}

/// Returns the documents whose text names this one's id.
fn mentions(kb: &KnowledgeBase, document: &Document) -> Vec<SummaryView> {
    let Some(id) = document.id.as_ref().map(|it| it.value.replace('"', " ")) else { return Vec::new() };
    if id.trim().len() < 4 {
        return Vec::new();
    }
    let request = SearchRequest { limit: MAX_MENTIONS + 1, ..SearchRequest::new(format!("\"{id}\"")) };
    // The page is whole without this list.
    let Ok(results) = kb.search(&request) else { return Vec::new() };
    if !results.corrections.is_empty() {
        return Vec::new();
    }
    let others = results.hits.iter().filter(|hit| hit.document.path != document.path);
    others.map(|hit| SummaryView::of(&hit.document)).take(MAX_MENTIONS).collect()
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
