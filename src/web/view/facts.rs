//! The facts of a document, each with where it was read and whether a person wrote it.

use super::summary::Badge;
use super::words::{date_words, kind_label};
use crate::model::{Document, Extracted, Moment, Origin, OriginKind, RootCauseTag, ZoneOrigin};
use crate::web::links;

/// One fact: a name and its values.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) values: Vec<Value>,
}

/// One value of a fact.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) text: String,
    /// As written, where that differs.
    pub(crate) raw: Option<String>,
    pub(crate) badge: Option<Badge>,
    /// A search for the same value.
    pub(crate) url: Option<String>,
    pub(crate) origin: OriginView,
    /// The next value was read at the same place, which is named once.
    pub(crate) shares_origin: bool,
    /// The phrases that gave an inferred value.
    pub(crate) because: Vec<Because>,
}

/// Words that gave an inferred value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Because {
    pub(crate) words: String,
    /// Where they stand on the page.
    pub(crate) url: String,
}

/// Where a value was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OriginView {
    /// The kind of place.
    pub(crate) place: &'static str,
    /// The line there, in words; empty where there is none.
    pub(crate) line: String,
    pub(crate) url: Option<String>,
    pub(crate) inferred: bool,
}

impl OriginView {
    /// Returns the view of `origin` in the document at `path`.
    pub(crate) fn new(path: &str, origin: Origin) -> Self {
        let place = match origin.kind {
            OriginKind::FrontMatter => "front matter",
            OriginKind::Label => "label",
            OriginKind::Heading => "heading",
            OriginKind::Table => "table",
            OriginKind::List => "list",
            OriginKind::Timeline => "timeline",
            OriginKind::FileName => "file name",
            OriginKind::Git => "git history",
            OriginKind::Inferred => "inferred",
        };
        let inferred = origin.kind == OriginKind::Inferred;
        let line = if origin.line > 0 { format!("line {}", origin.line) } else { String::new() };
        let url = (origin.line > 0).then(|| links::source(path, origin.line));
        Self { place, line, url, inferred }
    }
}

/// Collects the facts of one document.
struct Facts<'a> {
    document: &'a Document,
    rows: Vec<Fact>,
}

/// Returns the facts that identify the incident and say how bad it was and who dealt with it.
pub(crate) fn facts(document: &Document) -> Vec<Fact> {
    let mut facts = Facts { document, rows: Vec::new() };
    facts.state();
    facts.identity();
    facts.people_and_parts();
    facts.rows
}

impl Facts<'_> {
    fn state(&mut self) {
        let document = self.document;
        let severity = document.severity.iter().map(|it| Value {
            badge: Some(Badge::severity(it.value)),
            url: Some(search("severity", it.value.word())),
            ..self.value(it.value.word().to_owned(), it)
        });
        let severity = severity.collect();
        let status = document.status.iter().chain(&document.other_statuses).map(|it| Value {
            badge: Some(Badge::status(it.value.as_str())),
            url: Some(search("status", it.value.as_str())),
            ..self.value(it.value.as_str().to_owned(), it)
        });
        let status = status.collect();
        let date = document.date.iter().map(|it| self.value(date_words(&it.value.to_string()), it)).collect();
        self.push("Severity", severity);
        self.push("Status", status);
        self.push("Date", date);
    }

    fn identity(&mut self) {
        let document = self.document;
        let kind = self.value(kind_label(document.kind.value).to_owned(), &document.kind);
        self.push("Kind", vec![kind]);
        self.push("Id", self.texts(&document.id, None));
        self.push("Incident", self.texts(&document.incident, None));
        self.push("Project", self.texts(&document.project, Some("project")));
    }

    fn people_and_parts(&mut self) {
        let document = self.document;
        self.push("Services", self.texts(&document.services, Some("service")));
        self.push("Owners", self.texts(&document.owners, Some("owner")));
        self.push("Tags", document.tags.iter().map(|tag| self.tag(tag)).collect());
    }

    fn push(&mut self, name: &str, mut values: Vec<Value>) {
        for index in 1..values.len() {
            let plain = values[index - 1].raw.is_none() && values[index - 1].because.is_empty();
            values[index - 1].shares_origin = plain && values[index - 1].origin == values[index].origin;
        }
        if !values.is_empty() {
            self.rows.push(Fact { name: name.to_owned(), values });
        }
    }

    fn texts<'v>(&self, values: impl IntoIterator<Item = &'v Extracted<String>>, field: Option<&str>) -> Vec<Value> {
        let view = |it: &'v Extracted<String>| Value {
            url: field.map(|field| search(field, &it.value)),
            ..self.value(it.value.clone(), it)
        };
        values.into_iter().map(view).collect()
    }

    fn value<T>(&self, text: String, from: &Extracted<T>) -> Value {
        value(&self.document.path, text, from)
    }

    fn tag(&self, tag: &RootCauseTag) -> Value {
        Value {
            text: tag.tag.clone(),
            raw: None,
            badge: None,
            url: Some(links::tag(&tag.tag)),
            origin: OriginView::new(&self.document.path, tag.origin),
            shares_origin: false,
            because: tag
                .because
                .iter()
                .map(|it| Because { words: it.words.clone(), url: links::passage(&self.document.path, it.line) })
                .collect(),
        }
    }
}

pub(super) fn value<T>(path: &str, text: String, from: &Extracted<T>) -> Value {
    let raw = from.raw.trim();
    let same = raw.is_empty() || raw.eq_ignore_ascii_case(&text) || date_words(raw) == text;
    let differs = !same && raw.chars().count() <= 120;
    Value {
        raw: differs.then(|| raw.to_owned()),
        text,
        badge: None,
        url: None,
        origin: OriginView::new(path, from.origin),
        shares_origin: false,
        because: Vec::new(),
    }
}

/// Returns the address of a search for every document with this value.
fn search(field: &str, value: &str) -> String {
    match field {
        "severity" | "status" | "service" | "tag" => format!("/search?{field}={}", links::encode(value)),
        field => format!("/search?q={}", links::encode(&format!("{field}:\"{}\"", value.replace('"', " ")))),
    }
}

/// Returns the moments that bound the incident.
pub(crate) fn times(document: &Document) -> Vec<Fact> {
    let times = &document.times;
    let named = [
        ("Started", times.started.as_ref()),
        ("Detected", times.detected.as_ref()),
        ("Mitigated", times.mitigated.as_ref()),
        ("Resolved", document.end()),
    ];
    let fact = |(name, at): (&str, Option<&Extracted<Moment>>)| {
        let at = at?;
        Some(Fact { name: name.to_owned(), values: vec![value(&document.path, moment_words(&at.value), at)] })
    };
    named.into_iter().filter_map(fact).collect()
}

/// Returns a moment as far as it is known, in UTC where its zone is.
fn moment_words(moment: &Moment) -> String {
    let about = if moment.approximate { "about " } else { "" };
    let zone = if moment.offset.is_some() { " UTC" } else { "" };
    let doubt = if moment.zone == ZoneOrigin::Unknown && moment.time.is_some() { " (zone not stated)" } else { "" };
    match (moment.utc(), moment.date, moment.time) {
        (Some(at), ..) => format!("{about}{}{zone}{doubt}", at.format("%-d %b %Y %H:%M")),
        (None, Some(date), _) => format!("{about}{}", date.format("%-d %b %Y")),
        (None, None, Some(time)) => format!("{about}{}{doubt}", time.format("%H:%M")),
        (None, None, None) => "unknown".to_owned(),
    }
}
