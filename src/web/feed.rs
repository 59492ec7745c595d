//! New and changed incidents as an Atom feed (RFC 4287).

use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use super::error::WebError;
use super::state::AppState;
use super::view::count;
use super::{calendar, links};
use crate::kb::Incident;
use crate::model::{StatusState, capitalised};
use uuid::Builder;

/// Incidents in the feed.
const ENTRIES: usize = 50;

#[derive(Template)]
#[template(path = "web/feed.xml")]
struct Feed {
    name: String,
    id: String,
    root: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    url: String,
    updated: String,
    published: Option<String>,
    categories: Vec<String>,
    summary: String,
}

/// Gives the feed.
pub(super) async fn show(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, WebError> {
    let root = calendar::root(&headers);
    let (name, now) = (app.name().to_owned(), app.clock().now());
    app.read(move |kb| {
        let entries: Vec<Entry> = kb.last_changed(ENTRIES)?.iter().map(|it| entry(&name, &root, it, now)).collect();
        let feed = Feed {
            id: urn(&name, ""),
            updated: entries.iter().map(|it| it.updated.clone()).max().unwrap_or_else(|| instant(now)),
            name: clean(&name),
            root,
            entries,
        };
        let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
        Ok(([(CONTENT_TYPE, kind)], feed.render()?).into_response())
    })
    .await
}

fn entry(name: &str, root: &str, incident: &Incident, now: DateTime<Utc>) -> Entry {
    let document = &incident.document;
    let began = incident.date.map(|date| date.and_time(NaiveTime::MIN).and_utc());
    // Where the file's own time cannot be trusted yet it changed a moment ago.
    let updated = incident.updated.unwrap_or(now);
    Entry {
        id: urn(name, &document.path),
        title: clean(&document.title),
        url: format!("{root}{}", links::document(&document.path)),
        updated: instant(updated),
        published: began.filter(|began| *began <= updated).map(instant),
        categories: document.tags.iter().map(|tag| clean(tag)).filter(|tag| !tag.trim().is_empty()).collect(),
        summary: clean(&summary(incident)),
    }
}

/// Returns the facts of an incident in a line.
fn summary(incident: &Incident) -> String {
    let severity = incident.severity.map(|it| format!("severity {it}"));
    let facts = [
        incident.document.id.clone(),
        incident.document.date.as_ref().map(|date| format!("began {date}")),
        severity,
        incident.status.map(StatusState::as_str).map(str::to_owned),
        (incident.actions_total > 0).then(|| count(incident.actions_open as usize, "open action item")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() { "No facts are stated.".to_owned() } else { format!("{}.", capitalised(&facts.join(", "))) }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Returns an id made from the names alone (a UUID of version 8, RFC 9562), so that it stays the same on every machine
/// and after every restart.
fn urn(name: &str, path: &str) -> String {
    let digest = Sha256::digest(format!("ris feed\0{name}\0{path}").as_bytes());
    let bytes = std::array::from_fn(|at| digest[at]);
    Builder::from_custom_bytes(bytes).into_uuid().urn().to_string()
}

/// Returns text without the characters that XML cannot hold.
fn clean(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_uuids() {
        let id = urn("kb", "2025/a.md");
        assert_eq!(id, urn("kb", "2025/a.md"));
        assert_ne!(id, urn("kb", "2025/b.md"));
        assert_eq!((id.len(), &id[23..24], id.as_bytes()[9 + 14] as char), (45, "8", '8'));
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(clean("a\u{0}\u{1b}b\u{fffe}c\u{1F525}"), "abc\u{1F525}");
    }
}
