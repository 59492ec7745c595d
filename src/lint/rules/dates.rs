//! Days and times that contradict each other.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::lint::{Findings, LintContext};
use crate::model::{Extracted, FrontMatterEntry, Moment, OriginKind, Section, TimelineEntry};

/// Entries this far back, in minutes, are out of order; less is a matter of noting things down.
const OUT_OF_ORDER: i64 = 1;

/// Returns the day of a front-matter key, with its entry.
fn day<'a>(cx: &'a LintContext<'_>, keys: &[&str]) -> Option<(NaiveDate, &'a FrontMatterEntry)> {
    let block = cx.document.front_matter.as_ref()?;
    keys.iter().find_map(|key| {
        let entry = block.get(key)?;
        Some((entry.value.get(..10)?.parse().ok()?, entry))
    })
}

/// Last changed before it was made.
pub(in crate::lint) fn updated_before_created(cx: &LintContext<'_>, out: &mut Findings) {
    let created = day(cx, &["created", "created-at", "date-created"]);
    let updated = day(cx, &["updated", "updated-at", "last-updated", "last-modified", "modified"]);
    let (Some((created, _)), Some((updated, entry))) = (created, updated) else { return };
    if updated < created {
        out.push(entry.line, format!("updated on {updated}, before it was created on {created}"))
            .span(entry.span)
            .hint("correct the day that is wrong: retention and reviews are counted from them");
    }
}

/// The document was made before the incident began.
pub(in crate::lint) fn created_before_incident(cx: &LintContext<'_>, out: &mut Findings) {
    let Some((created, entry)) = day(cx, &["created", "created-at", "date-created"]) else { return };
    let Some(date) = cx.document.date.as_ref().filter(|_| cx.is_about_incident()) else { return };
    let Some(incident) = date.value.known_day() else { return };
    // A day apart may be the zone.
    if (incident - created).num_days() > 1 {
        out.push(entry.line, format!("created on {created}, before the incident began on {incident}"))
            .span(entry.span)
            .hint(format!("line {} gives the day of the incident; check the year of both", date.origin.line));
    }
}

/// Detected, mitigated or resolved before the incident began, or resolved before it was mitigated. What is over before
/// anybody detects it may well be so.
pub(in crate::lint) fn end_before_start(cx: &LintContext<'_>, out: &mut Findings) {
    let times = &cx.document.times;
    let pairs = [
        ("it began", &times.started, "detected", &times.detected),
        ("it began", &times.started, "mitigated", &times.mitigated),
        ("it began", &times.started, "resolved", &times.resolved),
        ("it was mitigated", &times.mitigated, "resolved", &times.resolved),
    ];
    let mut told = "";
    for (before, first, name, then) in pairs.into_iter() {
        let (Some(first), Some(then)) =
            (first.as_ref().filter(|it| is_stated(it)), then.as_ref().filter(|it| is_stated(it)))
        else {
            continue;
        };
        let Some((from, to)) = comparable(&first.value, &then.value).filter(|(from, to)| to < from) else { continue };
        if told == name {
            continue;
        }
        told = name;
        let message = format!("{name} at {}, before {before} at {}", shown(to), shown(from));
        out.push(then.origin.line, message)
            .span(cx.find_on_line(then.origin.line, &then.raw))
            .subject(name)
            .hint(format!("line {} says when {before}; check day, year and zone of both", first.origin.line));
    }
}

/// The words of a timeline are too weak to say that two times contradict each other.
fn is_stated(reading: &Extracted<Moment>) -> bool {
    !matches!(reading.origin.kind, OriginKind::Timeline | OriginKind::Inferred)
}

/// Returns both as instants, or both as days where one has no time; zones must be known of both or of none.
fn comparable(from: &Moment, to: &Moment) -> Option<(NaiveDateTime, NaiveDateTime)> {
    if from.time.is_some() && to.time.is_some() && from.offset.is_some() == to.offset.is_some() {
        return Some((from.utc()?, to.utc()?));
    }
    let midnight = |moment: &Moment| moment.date.and_then(|date| date.and_hms_opt(0, 0, 0));
    let (from, to) = (midnight(from)?, midnight(to)?);
    // A day apart may be the zone.
    ((from - to).num_days().abs() != 1).then_some((from, to))
}

fn shown(at: NaiveDateTime) -> String {
    let format = if at.time() == chrono::NaiveTime::MIN { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    at.format(format).to_string()
}

/// An entry stands below a later one.
pub(in crate::lint) fn timeline_order(cx: &LintContext<'_>, out: &mut Findings) {
    let entries: Vec<(&TimelineEntry, NaiveDateTime)> =
        cx.document.timeline.iter().filter_map(|entry| Some((entry, entry.at?.utc()?))).collect();
    let pairs: Vec<_> = entries.windows(2).filter(|pair| belong(cx, pair[0].0, pair[1].0)).collect();
    let back = |pair: &&&[(&TimelineEntry, NaiveDateTime)]| (pair[0].1 - pair[1].1).num_minutes() >= OUT_OF_ORDER;
    let wrong: Vec<_> = pairs.iter().filter(back).collect();
    // Newest first is an order too, and where much is out of order the list is no timeline.
    if wrong.is_empty() || wrong.len() * 4 > pairs.len() {
        return;
    }
    for pair in wrong {
        let ((before, earlier), (entry, at)) = (pair[0], pair[1]);
        out.push(entry.line, format!("{} stands below {}", shown(at), shown(earlier)))
            .span(cx.find_on_line(entry.line, &entry.raw))
            .hint(format!("move it above line {}, or correct the time", before.line));
    }
}

/// Entries of one list: near each other, in one section, both exact and in the same zone.
fn belong(cx: &LintContext<'_>, before: &TimelineEntry, entry: &TimelineEntry) -> bool {
    let section = |line: u32| -> Option<&Section> {
        let at = cx.line_start(line);
        cx.document.sections.iter().rfind(|it| it.span.start <= at && at < it.span.end)
    };
    let exact = |entry: &TimelineEntry| entry.at.is_some_and(|at| at.time.is_some() && !at.approximate);
    let zone = |entry: &TimelineEntry| entry.at.map(|at| (at.offset, at.zone));
    // Another rule tells of years that cannot be meant.
    let same_year =
        || before.at.and_then(|at| at.date).map(|it| it.year()) == entry.at.and_then(|at| at.date).map(|it| it.year());
    before.line < entry.line
        && same_year()
        && exact(before)
        && exact(entry)
        && zone(before).map(|it| it.0) == zone(entry).map(|it| it.0)
        && section(before.line).map(|it| it.line) == section(entry.line).map(|it| it.line)
}
