//! A document in a list of hits.

use super::words::{begins_with, date_words, kind_label};
use crate::kb::{DocumentSummary, Hit, Snippet};
use crate::model::{Kind, Severity, capitalised};
use crate::web::links;

/// A piece of text that matched or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) marked: bool,
}

/// Cuts a snippet at its highlights; highlights that do not fit the text are left out.
pub(crate) fn parts(snippet: &Snippet) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            parts.push(Part { text: text.to_owned(), marked });
        }
    };
    let mut done = 0;
    for range in &snippet.highlights {
        let (Some(before), Some(inside)) = (snippet.text.get(done..range.start), snippet.text.get(range.clone()))
        else {
            continue;
        };
        push(before, false);
        push(inside, true);
        done = range.end;
    }
    push(snippet.text.get(done..).unwrap_or_default(), false);
    parts
}

/// Cuts a message at its backticks: what stands between two is code.
pub(crate) fn message(text: &str) -> Vec<Part> {
    let closed = text.matches('`').count().is_multiple_of(2);
    if !closed {
        return vec![Part { text: text.to_owned(), marked: false }];
    }
    let pieces =
        text.split('`').enumerate().map(|(index, piece)| Part { text: piece.to_owned(), marked: index % 2 == 1 });
    pieces.filter(|part| !part.text.is_empty()).collect()
}

/// The best passage of a hit.
#[derive(Debug, Clone)]
pub(crate) struct PassageView {
    pub(crate) url: String,
    pub(crate) line: u32,
    pub(crate) section: Option<String>,
    pub(crate) parts: Vec<Part>,
}

/// A document in a list.
#[derive(Debug, Clone)]
pub(crate) struct SummaryView {
    pub(crate) url: String,
    pub(crate) title: Vec<Part>,
    pub(crate) path: String,
    pub(crate) id: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) date_words: String,
    pub(crate) severity: Option<Badge>,
    pub(crate) status: Option<Badge>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) services: Vec<String>,
    pub(crate) actions_open: u32,
    pub(crate) passage: Option<PassageView>,
}

/// A short labelled mark; `class` chooses its looks, the text says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Badge {
    pub(crate) class: String,
    pub(crate) text: String,
}

impl Badge {
    /// Returns the badge of a severity.
    pub(crate) fn severity(severity: Severity) -> Self {
        Self { class: format!("severity-{}", severity.level()), text: capitalised(severity.word()) }
    }

    /// Returns the badge of a status.
    pub(crate) fn status(name: &str) -> Self {
        Self { class: format!("status-{name}"), text: capitalised(name) }
    }
}

impl SummaryView {
    /// Returns the view of a document without a hit in it.
    pub(crate) fn of(document: &DocumentSummary) -> Self {
        let title = Part { text: document.title.clone(), marked: false };
        Self {
            url: links::document(&document.path),
            title: vec![title],
            path: document.path.clone(),
            id: document.id.clone().filter(|id| !begins_with(&document.title, id)),
            date_words: document.date.as_deref().map(date_words).unwrap_or_default(),
            date: document.date.clone(),
            severity: document.severity.map(Badge::severity),
            status: document.status.map(|status| Badge::status(status.as_str())),
            kind: (document.kind != Kind::Incident).then(|| kind_label(document.kind)),
            services: document.services.clone(),
            actions_open: document.actions_open,
            passage: None,
        }
    }
}

impl From<&Hit> for SummaryView {
    fn from(hit: &Hit) -> Self {
        let shown = hit.passage.as_ref().filter(|passage| !passage.snippet.text.is_empty());
        let passage = shown.map(|passage| PassageView {
            url: links::passage(&hit.document.path, passage.line),
            line: passage.line,
            section: passage.section.clone().filter(|section| !section.is_empty()),
            parts: parts(&passage.snippet),
        });
        let title = parts(&hit.title_snippet);
        let plain = Self::of(&hit.document);
        Self { title: if title.is_empty() { plain.title.clone() } else { title }, passage, ..plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_outside_the_text_are_left_out() {
        let snippet = Snippet { text: "Störung der DB".into(), highlights: vec![0..8, 3..4, 13..15, 90..95] };
        let parts: Vec<_> = parts(&snippet).into_iter().map(|it| (it.text, it.marked)).collect();
        assert_eq!(parts, [("Störung".to_owned(), true), (" der ".to_owned(), false), ("DB".to_owned(), true)]);
    }
}
