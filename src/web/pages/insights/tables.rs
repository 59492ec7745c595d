//! The figures behind each chart.

use crate::csv::{Cell, Table};
use crate::kb::{Bucket, ByName, Insights, Times, Unit};
use crate::model::{DurationKind, Severity};

/// Names of the tables, in the order of the charts.
pub(super) const NAMES: [&str; 8] = [
    "incidents-by-time",
    "causes",
    "services",
    "time-to-detect",
    "time-to-resolve",
    "duration",
    "open-actions-by-age",
    "actions-by-time",
];

/// Returns the table with this name.
pub(super) fn table(insights: &Insights, name: &str) -> Option<Table> {
    Some(match name {
        "incidents-by-time" => by_time(insights),
        "causes" => by_name(&insights.causes, "tag"),
        "services" => by_name(&insights.services, "service"),
        "open-actions-by-age" => by_age(insights),
        "actions-by-time" => completion(insights),
        name => times(insights.times.iter().find(|it| times_name(it.kind) == name)?),
    })
}

/// Tells whether the table has a row for each incident.
pub(super) fn has_dots(name: &str) -> bool {
    matches!(name, "time-to-detect" | "time-to-resolve" | "duration")
}

/// Returns the name of the table of a sort of time.
pub(super) fn times_name(kind: DurationKind) -> &'static str {
    match kind {
        DurationKind::Detect => "time-to-detect",
        DurationKind::Resolve => "time-to-resolve",
        DurationKind::Mitigate | DurationKind::Total => "duration",
    }
}

/// Returns what a stretch of time is called.
pub(in crate::web::pages) fn bucket_label(unit: Unit, from: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    match unit {
        Unit::Month => from.format("%b %Y").to_string(),
        Unit::Quarter => format!("Q{} {}", from.month0() / 3 + 1, from.year()),
        Unit::Year => from.year().to_string(),
    }
}

/// Returns what an age is called.
pub(super) fn age_label(from: Option<i32>, to: Option<i32>) -> String {
    match (from, to) {
        (None, _) => "Incident without a date".to_owned(),
        (Some(0), Some(to)) => format!("Under {to} days"),
        (Some(from), Some(to)) => format!("{from} to {} days", to - 1),
        (Some(from), None) => format!("{from} days and more"),
    }
}

fn by_time(insights: &Insights) -> Table {
    let row = |bucket: &Bucket| {
        let mut cells = vec![Cell::Text(bucket_label(insights.unit, bucket.from)), bucket.count().into()];
        cells.extend(bucket.by_severity.iter().map(|count| Cell::from(*count)));
        cells.push(bucket.unrated.into());
        cells
    };
    let mut head = vec!["period", "incidents"];
    head.extend(Severity::ALL.map(Severity::word));
    head.push("not stated");
    Table { head, rows: insights.buckets.iter().map(row).collect() }
}

fn by_name(by: &ByName, what: &'static str) -> Table {
    let mut rows: Vec<Vec<Cell>> =
        by.names.iter().map(|it| vec![it.name.as_str().into(), it.incidents.into()]).collect();
    rows.push(vec!["(none)".into(), by.without.into()]);
    if by.more > 0 {
        let left_out = format!("({} more, with no more incidents each, are not listed)", by.more);
        rows.push(vec![Cell::Text(left_out), Cell::Empty]);
    }
    Table { head: vec![what, "incidents"], rows }
}

fn by_age(insights: &Insights) -> Table {
    let row = |it: &crate::kb::AgeBucket| {
        vec![Cell::Text(age_label(it.from_days, it.to_days)), it.open.into(), it.incidents.into()]
    };
    let head = vec!["age of the incident", "open action items", "incidents"];
    Table { head, rows: insights.ages.iter().map(row).collect() }
}

fn completion(insights: &Insights) -> Table {
    let row = |it: &crate::kb::Completion| {
        vec![Cell::Text(bucket_label(insights.unit, it.from)), it.done.into(), it.open.into()]
    };
    Table { head: vec!["incidents of", "done", "open"], rows: insights.completion.iter().map(row).collect() }
}

fn times(times: &Times) -> Table {
    let row = |dot: &crate::kb::Dot| {
        vec![
            Cell::Text(dot.date.to_string()),
            dot.took.minutes.into(),
            (if dot.took.stated { "stated" } else { "worked out" }).into(),
            dot.title.as_str().into(),
            dot.path.as_str().into(),
        ]
    };
    let head = vec!["date", "minutes", "origin", "title", "file"];
    Table { head, rows: times.dots.iter().map(row).collect() }
}
