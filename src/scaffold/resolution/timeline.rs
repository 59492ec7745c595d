//! The timelines of all documents as one, in the order of time, and what follows from it.

use std::fmt::Write;

use chrono::{Duration, NaiveDateTime, Timelike};

use super::Resolves;
use crate::model::{DurationKind, Extracted, Moment, TimelineEntry, TimelineMark, Times, format_minutes};

/// An entry and where it comes from.
struct Row<'a> {
    /// What it is sorted by.
    at: Option<NaiveDateTime>,
    entry: &'a TimelineEntry,
    source: usize,
}

/// Returns the merged timeline with the durations that it gives; empty where no document has one.
pub(super) fn table(of: &Resolves<'_>) -> String {
    let rows = rows(of);
    if rows.is_empty() {
        return String::new();
    }
    let zoned = |row: &Row<'_>| row.entry.at.is_some_and(|moment| moment.offset.is_some() || moment.time.is_none());
    let all_zoned = rows.iter().all(|row| row.entry.at.is_none() || zoned(row));
    let several = rows.iter().any(|row| row.source != rows[0].source);
    let mut text = format!("| Time{} | What happened |", if all_zoned { " (UTC)" } else { "" });
    text.push_str(if several { " Source |\n|---|---|---|\n" } else { "\n|---|---|\n" });
    for row in &rows {
        let _ = write!(text, "| {} | {} |", time(row.entry, all_zoned), told(row.entry));
        if several {
            let _ = write!(text, " {} |", of.sources[row.source].link(of.path));
        }
        text.push('\n');
    }
    if !all_zoned {
        text.push_str(
            "\nTimes without a zone are those of whoever wrote them down; no document says which zone it is.\n",
        );
    }
    let durations = durations(of);
    if !durations.is_empty() {
        let _ = write!(text, "\n{durations}\n");
    }
    text
}

/// Entries without a time keep their place behind the one before them; the same entry of two documents is one.
fn rows<'a>(of: &'a Resolves<'_>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (source, of) in of.sources.iter().enumerate() {
        let mut last = None;
        for entry in &of.document.timeline {
            let at = entry
                .at
                .and_then(|moment| moment.utc().or_else(|| Some(moment.date?.and_time(chrono::NaiveTime::MIN))));
            last = at.or(last);
            let same = |row: &Row<'_>| row.at == last && row.entry.text.eq_ignore_ascii_case(&entry.text);
            if !rows.iter().any(same) {
                rows.push(Row { at: last, entry, source });
            }
        }
    }
    // Stable: what has no time at all stays in front, in the order written.
    rows.sort_by_key(|row| row.at);
    rows
}

fn time(entry: &TimelineEntry, all_zoned: bool) -> String {
    let Some(moment) = entry.at else { return cell(&entry.raw) };
    let about = if moment.approximate { "~" } else { "" };
    match (moment.utc(), moment.date) {
        (Some(at), _) => {
            let zone = if moment.offset.is_some() && !all_zoned { " UTC" } else { "" };
            let clock = if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
            format!("{about}{}{zone}", at.format(clock))
        }
        (None, Some(date)) => format!("{about}{date}"),
        (None, None) => cell(&entry.raw),
    }
}

/// A dash in another column of the table says nothing.
fn told(entry: &TimelineEntry) -> String {
    let text = cell(&entry.text);
    let empty = [" — -", " — –", " — —"];
    empty.into_iter().fold(text.clone(), |text, dash| text.strip_suffix(dash).map(str::to_owned).unwrap_or(text))
}

pub(super) fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The moments that bound the incident: the first that any document tells of as its beginning and its detection, the
/// end as the report tells it, or else another document.
pub(super) fn times(of: &Resolves<'_>) -> Times {
    let first = |get: &dyn Fn(&Times) -> Option<Extracted<Moment>>| {
        of.sources.iter().find_map(|source| get(&source.document.times))
    };
    let earliest = |get: &dyn Fn(&Times) -> Option<Extracted<Moment>>| {
        let told = of.sources.iter().filter_map(|source| get(&source.document.times));
        let told = told.filter(|it| it.value.utc().is_some()).min_by_key(|it| it.value.utc());
        told.or_else(|| first(get))
    };
    let mut times = Times {
        started: earliest(&|times| times.started.clone()),
        detected: earliest(&|times| times.detected.clone()),
        mitigated: first(&|times| times.mitigated.clone()),
        resolved: first(&|times| times.resolved.clone().filter(|it| !it.is_inferred())),
    };
    // The end of the effect stands for the end of all where nothing else is known; a resolution claims no such thing,
    // nor that the last entry is the end, which is read so once the report is called resolved.
    let entries = || of.sources.iter().flat_map(|source| &source.document.timeline);
    let told = entries().any(|entry| entry.mark == Some(TimelineMark::Resolved));
    let moment = |it: &Option<Extracted<Moment>>| it.as_ref().and_then(|it| it.value.utc());
    if !told && times.mitigated.is_some() && moment(&times.mitigated) == moment(&times.resolved) {
        times.resolved = None;
    }
    times
}

/// Returns a line for each duration: as the timeline gives it, and as the report states it where the two differ.
fn durations(of: &Resolves<'_>) -> String {
    let times = times(of);
    let at = |moment: &Option<Extracted<Moment>>| moment.as_ref().map(|it| it.value);
    let (started, detected) = (at(&times.started), at(&times.detected));
    let begun = detected.or(started);
    let kinds = [
        (DurationKind::Detect, "Time to detect", started, detected),
        (DurationKind::Mitigate, "Time to mitigate", begun, at(&times.mitigated)),
        (DurationKind::Resolve, "Time to resolve", begun, at(&times.resolved)),
        (DurationKind::Total, "Total duration", started, at(&times.resolved)),
    ];
    let mut lines = Vec::new();
    for (kind, name, from, to) in kinds {
        let ends_open = times.resolved.is_none() && matches!(kind, DurationKind::Resolve | DurationKind::Total);
        // One timeline has been computed when it was read, several together have not.
        let mut told = of.sources.iter().filter(|source| !source.document.timeline.is_empty());
        let only = told.next().filter(|_| told.next().is_none());
        let read = only.into_iter().flat_map(|source| &source.document.durations.computed);
        let read = read.filter(|it| it.kind == kind && !ends_open).map(|it| it.minutes).next();
        let computed = read.or_else(|| between(from?, to?));
        let stated =
            of.sources.iter().flat_map(|source| source.document.durations.stated.iter().map(move |it| (source, it)));
        let stated = stated.into_iter().find(|(_, it)| it.kind == kind);
        match (computed, stated) {
            (Some(minutes), Some((source, it))) if it.minutes != Some(minutes) => {
                let stated = format!("{} states {}, line {}", source.name(), it.raw.trim(), it.origin.line);
                lines.push(format!("- **{name}:** {} by the timeline ({stated})", format_minutes(minutes)));
            }
            (Some(minutes), _) => lines.push(format!("- **{name}:** {}", format_minutes(minutes))),
            (None, Some((source, it))) => {
                lines.push(format!("- **{name}:** {} (as {} states)", it.raw.trim(), source.name()));
            }
            (None, None) => {}
        }
    }
    lines.join("\n")
}

/// Moments of different zones are compared only where both zones are known.
fn between(from: Moment, to: Moment) -> Option<i64> {
    let comparable = from.offset.is_some() == to.offset.is_some();
    let length: Duration = to.utc()? - from.utc()?;
    (comparable && length >= Duration::zero()).then(|| length.num_minutes())
}

/// Returns the moments as people read them, with their names, in the order of time.
pub(super) fn named_times(of: &Resolves<'_>) -> Vec<(&'static str, String)> {
    let times = times(of);
    let named = [
        ("Began", times.started),
        ("Detected", times.detected),
        ("Mitigated", times.mitigated),
        ("Resolved", times.resolved),
    ];
    let shown = |moment: Extracted<Moment>| {
        let Some(at) = moment.value.utc() else { return moment.value.date.map(|date| date.to_string()) };
        let zone = if moment.value.offset.is_some() { " UTC" } else { "" };
        Some(format!("{}{zone}", at.format("%Y-%m-%d %H:%M")))
    };
    named.into_iter().filter_map(|(name, moment)| Some((name, shown(moment?)?))).collect()
}
