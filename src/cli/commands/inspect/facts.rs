//! The single values of a document, each with where it was read and whether a person stated it.

use super::Place;
use crate::cli::facts::{severity_style, status_style};
use crate::cli::markdown;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style, truncate};
use crate::model::{Document, Extracted, Moment, Origin, OriginKind, StatusState, TagWords};

/// Columns of a longer text that are shown; the document has the rest.
const EXCERPT: usize = 160;

/// Returns the facts of the header: what it is, when, how bad, how far.
pub(super) fn facts(document: &Document, place: &Place) -> Table {
    let mut rows = Rows { table: Table::new().flexible(1), place };
    rows.add("kind", Line::plain(document.kind.value.as_str()), document.kind.origin);
    rows.text("id", document.id.as_ref());
    rows.text("incident", document.incident.as_ref());
    if let Some(date) = &document.date {
        rows.add("date", written(Line::plain(&date.value.to_string()), &date.raw), date.origin);
    }
    if let Some(severity) = &document.severity {
        let text = format!("{} ({})", severity.value, severity.value.level());
        let line = Line::styled(&text, severity_style(severity.value));
        rows.add("severity", written(line, &severity.raw), severity.origin);
    }
    rows.statuses(document);
    rows.list("services", &document.services);
    rows.list("owners", &document.owners);
    rows.text("project", document.project.as_ref());
    for (at, tag) in document.tags.iter().enumerate() {
        let mut line = Line::plain(&tag.tag);
        if !tag.because.is_empty() {
            line.push(&format!(", because of {}", quoted(&tag.because)), Style::Dim);
        }
        rows.add(if at == 0 { "tags" } else { "" }, line, tag.origin);
    }
    rows.excerpt("root cause", document.root_cause.as_ref());
    rows.excerpt("resolution", document.resolution.as_ref());
    if document.checkboxes.total > 0 {
        let boxes = format!("{} of {} ticked", document.checkboxes.checked, document.checkboxes.total);
        rows.table.row(vec![Line::styled("boxes", Style::Strong), Line::plain(&boxes)]);
    }
    rows.table
}

/// Returns the moments that bound the incident.
pub(super) fn times(document: &Document, place: &Place) -> Table {
    let mut rows = Rows { table: Table::new().flexible(1), place };
    let times = &document.times;
    let moments = [
        ("started", &times.started),
        ("detected", &times.detected),
        ("mitigated", &times.mitigated),
        ("resolved", &times.resolved),
    ];
    for (name, moment) in moments {
        if let Some(moment) = moment {
            let mut shown = format_moment(&moment.value);
            if moment.value.time.is_some() && moment.value.offset.is_none() {
                shown.push_str(" (zone unknown)");
            }
            rows.add(name, written(Line::plain(&shown), &moment.raw), moment.origin);
        }
    }
    rows.table
}

/// Returns a moment as people read it; what is not known is left out.
pub(super) fn format_moment(moment: &Moment) -> String {
    let mut parts = Vec::new();
    if let Some(date) = moment.date {
        parts.push(date.format("%Y-%m-%d").to_string());
    }
    if let Some(time) = moment.time {
        let approximate = if moment.approximate { "~" } else { "" };
        let seconds = chrono::Timelike::second(&time) > 0;
        parts.push(format!("{approximate}{}", time.format(if seconds { "%H:%M:%S" } else { "%H:%M" })));
        parts.extend(moment.offset.map(|offset| match offset.local_minus_utc() {
            0 => "UTC".to_owned(),
            _ => offset.to_string(),
        }));
    }
    parts.join(" ")
}

struct Rows<'a> {
    table: Table,
    place: &'a Place,
}

impl Rows<'_> {
    fn add(&mut self, name: &str, value: Line, origin: Origin) {
        self.table.row(vec![Line::styled(name, Style::Strong), value, origin_line(origin), self.place.at(origin.line)]);
    }

    fn text(&mut self, name: &str, value: Option<&Extracted<String>>) {
        if let Some(value) = value {
            self.add(name, Line::plain(&value.value), value.origin);
        }
    }

    /// Adds the values on one row as long as they were read in one place.
    fn list(&mut self, name: &str, values: &[Extracted<String>]) {
        let same = |a: &Extracted<String>, b: &Extracted<String>| {
            (a.origin.kind, a.origin.line) == (b.origin.kind, b.origin.line)
        };
        for (at, group) in values.chunk_by(same).enumerate() {
            let names: Vec<&str> = group.iter().map(|it| it.value.as_str()).collect();
            self.add(if at == 0 { name } else { "" }, Line::plain(&names.join(", ")), group[0].origin);
        }
    }

    fn statuses(&mut self, document: &Document) {
        let line = |status: &Extracted<StatusState>| {
            written(Line::styled(status.value.as_str(), status_style(status.value)), &status.raw)
        };
        if let Some(status) = &document.status {
            self.add("status", line(status), status.origin);
        }
        for status in &document.other_statuses {
            self.add("but also", line(status), status.origin);
        }
    }

    fn excerpt(&mut self, name: &str, text: Option<&Extracted<String>>) {
        if let Some(text) = text {
            let plain: String = markdown::inline(&text.value).spans().iter().map(|span| span.text()).collect();
            self.add(name, Line::plain(&truncate(&plain, EXCERPT)), text.origin);
        }
    }
}

/// Adds the text as written, where it says something else than the value.
fn written(mut line: Line, raw: &str) -> Line {
    let value: String = line.spans().iter().map(|span| span.text()).collect();
    let raw = raw.trim();
    if !raw.is_empty() && !value.to_lowercase().contains(&raw.to_lowercase()) {
        line.push(&format!(", written `{}`", truncate(raw, 60)), Style::Dim);
    }
    line
}

fn origin_line(origin: Origin) -> Line {
    match origin.kind {
        OriginKind::Inferred => Line::styled("inferred", Style::Warn),
        kind => {
            Line::styled("stated", Style::Good).with(&format!(" ({})", kind.as_str().replace('-', " ")), Style::Dim)
        }
    }
}

fn quoted(evidence: &[TagWords]) -> String {
    let phrases: Vec<String> = evidence.iter().map(|it| format!("`{}`", it.words)).collect();
    phrases.join(", ")
}
