//! Stated durations: labels, tables and the opening text.

use chrono::{Datelike, NaiveDate};

use super::{Source, in_one_line, inferred, timeline, whose};
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, DurationKind, Extracted, Moment, OriginKind, StatedDuration, format_minutes};
use crate::parse::outline::{Block, BlockKind};
use crate::parse::vocabulary::{HeadingRole, LabelRole, fold};
use crate::parse::when;

/// So much of a paragraph is searched for a duration.
const PROSE_BYTES: usize = 400;

/// So many bytes stand at most between the two ends of a span.
const BETWEEN: usize = 24;

/// Days without a year are counted in one that has them all.
const LEAP_YEAR: i32 = 2024;

/// An end that lies so many days before its beginning is of the next year.
const HALF_A_YEAR: i64 = 180;

/// So many items back is the line that a list stands below.
const LONGEST_LIST: usize = 40;

/// A label of an item is at most so long.
const LONGEST_LABEL: usize = 40;

/// A longer value is kept as its duration alone.
const LONGEST_RAW: usize = 100;

const ROLES: [(LabelRole, DurationKind); 4] = [
    (LabelRole::DurationTotal, DurationKind::Total),
    (LabelRole::DurationDetect, DurationKind::Detect),
    (LabelRole::DurationMitigate, DurationKind::Mitigate),
    (LabelRole::DurationResolve, DurationKind::Resolve),
];

pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    for (role, kind) in ROLES {
        for label in source.labelled(role) {
            let found = when::find_duration(label.value, &source.when(None));
            let clock = || when::clock_duration(label.value, &source.when(None));
            let is_total = role == LabelRole::DurationTotal;
            let told = || span_minutes(source, label.value).or_else(|| told_span(source, label.value));
            let span = || told().filter(|_| is_total);
            let minutes = found.as_ref().and_then(|it| it.minutes).or_else(span).or_else(clock);
            let stated = found.is_some() || minutes.is_some();
            if stated {
                let raw = match &found {
                    // A line that goes on tells more than the duration.
                    Some(found) if label.value.len() > LONGEST_RAW => label.value[found.range.clone()].to_owned(),
                    _ => label.value.to_owned(),
                };
                let approximate = found.is_some_and(|it| it.approximate) || raw.contains(['~', '≈']);
                let origin = label.origin;
                document.durations.stated.push(StatedDuration { kind, raw, minutes, approximate, origin });
            }
        }
    }
    if !document.durations.stated.iter().any(|it| it.kind == DurationKind::Total) {
        document.durations.stated.extend(from_dates(source));
    }
    if !document.durations.stated.iter().any(|it| it.kind == DurationKind::Total) {
        let from_title = || {
            let title = document.title.as_ref()?;
            in_text(source, &title.value).map(|(raw, minutes, _)| stated(raw, minutes, title.origin.line))
        };
        let told = from_prose(source).or_else(from_title).or_else(|| from_sentences(source));
        document.durations.stated.extend(told);
    }
    timeline::compute(document);
    report_differences(document);
}

/// A duration in the opening text, the summary or the impact beside words such as `lasting`, `outage`, `for about`.
fn from_prose(source: &Source<'_>) -> Option<StatedDuration> {
    let outline = source.outline;
    let opening = outline.blocks.iter().filter(|block| {
        let section = outline.section_of(block);
        let early = section.roles.is_empty() && section.blocks.start < 8;
        let told = section.roles.has(HeadingRole::Summary) || section.own.has(HeadingRole::Impact);
        match block.kind {
            BlockKind::Paragraph => block.parent.is_none() && (early || told),
            BlockKind::Item { checked: None, .. } => {
                block.parent.is_none() && (told || early && tells_impact(source, block))
            }
            _ => false,
        }
    });
    opening.take(8).find_map(|block| {
        let text = outline.text(block);
        let text = &text[..text.floor_char_boundary(PROSE_BYTES)];
        let (raw, minutes, at) = in_text(source, text)?;
        let line = outline.line_at(block, block.text.start + at, source.lines);
        Some(stated(raw, minutes, line))
    })
}

/// Whether an item is labelled `Impact:`, or stands in a list below a line that is nothing else.
fn tells_impact(source: &Source<'_>, item: &Block) -> bool {
    let outline = source.outline;
    let names_impact = |text: &str| source.words.heading(&fold(text)).has(HeadingRole::Impact);
    let label = outline.text(item).split_once([':', '：']).map(|(label, _)| label);
    if label.is_some_and(|label| label.len() <= LONGEST_LABEL && names_impact(label)) {
        return true;
    }
    let before = outline.blocks.partition_point(|block| block.src.start < item.src.start);
    let above = outline.blocks[..before]
        .iter()
        .rev()
        .take(LONGEST_LIST)
        .find(|block| !matches!(block.kind, BlockKind::Item { .. }));
    let line = above.map_or("", |block| outline.text(block).trim_end().rsplit('\n').next().unwrap_or_default());
    line.trim_end().ends_with([':', '：']) && names_impact(line)
}

/// Returns the minutes from one time to another (`14:30 – 15:45 UTC`).
fn span_minutes(source: &Source<'_>, value: &str) -> Option<i64> {
    let when = when::scan_start(value, &source.when(None))?.when;
    let minutes = (when.end_time? - when.time?).num_minutes();
    let minutes = match when.date.zip(when.end_date).and_then(|(from, to)| days_between(from, to)) {
        Some((from, to)) => minutes + (to - from).num_days() * 24 * 60,
        None => minutes.rem_euclid(24 * 60),
    };
    (minutes > 0).then_some(minutes)
}

/// Returns both days of a span; one without a year is of that of the other, the last of the next where it is over New Year.
fn days_between(from: when::DateReading, to: when::DateReading) -> Option<(NaiveDate, NaiveDate)> {
    let year = from.year.or(to.year).unwrap_or(LEAP_YEAR);
    let day = |date: when::DateReading, year: i32| date.with_year(Some(year))?.known_day();
    let (first, last) = (day(from, year)?, day(to, year)?);
    match (first - last).num_days() > HALF_A_YEAR {
        true if to.year.is_none() => Some((first, day(to, first.year() + 1)?)),
        true if from.year.is_none() => Some((day(from, last.year() - 1)?, last)),
        _ => Some((first, last)),
    }
}

/// `It lasted from 2024-08-10 14:30 UTC to 2024-08-10 15:45 UTC`, `down from February 15, 10:00 AM to 2:30 PM`.
fn told_span(source: &Source<'_>, value: &str) -> Option<i64> {
    let cx = source.when(None);
    let (_, range) = when::find_date(value, &cx)?;
    let text = &value[range.start..];
    if let Some(minutes) = span_minutes(source, text) {
        return Some(minutes);
    }
    let from = when::scan_start(text, &cx)?;
    // `(EAT) to`
    let behind = &text[from.end..];
    let near = &behind[..behind.floor_char_boundary(BETWEEN)];
    let start = near.char_indices().find(|(at, c)| {
        let begins = !near[..*at].ends_with(char::is_alphanumeric);
        begins && c.is_alphanumeric() && when::scan_start(&behind[*at..], &cx).is_some_and(|it| it.when.time.is_some())
    })?;
    let to = when::scan_start(&behind[start.0..], &cx)?.when;
    let date = from.when.date?;
    let (first, last) = days_between(date, to.date.unwrap_or(date))?;
    let (begin, end) = (first.and_time(from.when.time?), last.and_time(to.time?));
    Some((end - begin).num_minutes()).filter(|minutes| *minutes > 0)
}

/// `The outage lasted 40 minutes` and `it was resolved within 2 hours`, wherever it is told.
fn from_sentences(source: &Source<'_>) -> Option<StatedDuration> {
    let outline = source.outline;
    let told = outline.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { checked: None, .. })
            && !outline.section_of(block).roles.has(HeadingRole::Actions)
            && source.words.spans.may_be_in(outline.text(block))
    });
    told.into_iter().find_map(|block| {
        let text = &*in_one_line(outline.text(block));
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| when::find_duration(rest, &source.when(None))) {
            let range = at + found.range.start..at + found.range.end;
            if let Some(kind) = whose::kind_by_verb(source, text, &range) {
                let line = outline.line_at(block, block.text.start + range.start, source.lines);
                return Some(StatedDuration { kind, ..stated(text[range].to_owned(), found.minutes, line) });
            }
            at = range.end.max(at + 1);
        }
        None
    })
}

/// `Date: 14:30 – 15:45 (75 minutes)`, `Time: ~2 hours on May 3`.
fn from_dates(source: &Source<'_>) -> Option<StatedDuration> {
    source.labelled(LabelRole::Date).chain(source.labelled(LabelRole::Started)).find_map(|label| {
        let find = |text| when::find_duration(text, &source.when(None));
        let bracketed = label.value.split_once(['(', '（']).map(|(_, inner)| inner);
        let first = || Some((label.value, find(label.value).filter(|found| found.range.start == 0)?));
        let (inner, found) = bracketed.and_then(|inner| Some((inner, find(inner)?))).or_else(first)?;
        Some(StatedDuration {
            kind: DurationKind::Total,
            raw: inner[found.range].to_owned(),
            minutes: found.minutes,
            approximate: found.approximate,
            origin: label.origin,
        })
    })
}

fn stated(raw: String, minutes: Option<i64>, line: u32) -> StatedDuration {
    StatedDuration { kind: DurationKind::Total, raw, minutes, approximate: false, origin: inferred(line) }
}

/// Returns the first duration of a text that is the incident's: as written, in minutes, and where it begins.
fn in_text(source: &Source<'_>, text: &str) -> Option<(String, Option<i64>, usize)> {
    // A line break is one byte, as a space is: places stay the same.
    let text = &*in_one_line(text);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| when::find_duration(rest, &source.when(None))) {
        let range = at + found.range.start..at + found.range.end;
        let long_enough = found.minutes.is_none_or(|minutes| minutes >= 2);
        if long_enough && whose::speaks_of_incident(source, text, &range) {
            return Some((text[range.clone()].to_owned(), found.minutes, range.start));
        }
        at = range.end.max(at + 1);
    }
    None
}

/// A stated duration that no reading of the timeline bears out is a finding.
fn report_differences(document: &mut Document) {
    for stated in &document.durations.stated {
        let computed = document.durations.computed.iter().find(|it| it.kind == stated.kind);
        let (Some(minutes), Some(computed)) = (stated.minutes, computed) else { continue };
        if document.contradicts(stated).is_some() && is_explicit(document, stated.kind) {
            let message = format!(
                "{} is stated as {}, but the timeline gives {}",
                name(stated.kind),
                format_minutes(minutes),
                format_minutes(computed.minutes)
            );
            let finding = Diagnostic::new("duration-contradiction", Level::Warning, stated.origin.line, message);
            document.diagnostics.push(finding.hint("correct the figure, or the time stamps it rests on"));
        }
    }
}

/// Only whole instants can contradict a figure; those of detection and mitigation only where they are labelled, since
/// the words of a timeline entry are too weak to say that a figure is wrong.
fn is_explicit(document: &Document, kind: DurationKind) -> bool {
    let times = &document.times;
    let full = |reading: &Option<Extracted<Moment>>| reading.as_ref().is_some_and(|it| it.value.local().is_some());
    let labelled = |reading: &Option<Extracted<Moment>>| {
        full(reading)
            && reading.as_ref().is_some_and(|it| !matches!(it.origin.kind, OriginKind::Timeline | OriginKind::Inferred))
    };
    match kind {
        DurationKind::Total => {
            let guessed = |reading: &Option<Extracted<Moment>>| {
                reading.as_ref().is_some_and(|it| it.origin.kind == OriginKind::Inferred)
            };
            // The first and last entry of a timeline may as well tell of what went before and came after.
            full(&times.started) && full(&times.resolved) && !(guessed(&times.started) && guessed(&times.resolved))
        }
        DurationKind::Detect => labelled(&times.started) && labelled(&times.detected),
        DurationKind::Mitigate => labelled(&times.detected) && labelled(&times.mitigated),
        DurationKind::Resolve => labelled(&times.detected) && labelled(&times.resolved),
    }
}

fn name(kind: DurationKind) -> &'static str {
    match kind {
        DurationKind::Detect => "time to detect",
        DurationKind::Mitigate => "time to mitigate",
        DurationKind::Resolve => "time to resolve",
        DurationKind::Total => "total duration",
    }
}
