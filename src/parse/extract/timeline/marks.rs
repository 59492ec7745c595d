//! When the incident began, was noticed, mitigated and resolved, and what follows for its durations.

use chrono::{NaiveDate, TimeDelta};

use super::dates::Walker;
use super::direction::CROSSING;
use super::{Gathered, Piece};
use crate::model::{
    ComputedDuration, Document, DurationKind, Extracted, Moment, Origin, OriginKind, TimelineEntry, TimelineMark,
};
use crate::parse::extract::{Source, inferred};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::vocabulary::{LabelRole, fold};
use crate::parse::when::{self, When};

type Reading = Extracted<Moment>;

/// So many minutes, or the tenth part, an entry may be off what is stated of it.
const NEAR_MINUTES: i64 = 5;

/// Fills the times of `document` and computes durations from them.
pub(crate) fn finish(source: &Source<'_>, gathered: Gathered, document: &mut Document) {
    let events = key_events(source, &gathered, document);
    let pick = |mark: TimelineMark, role: LabelRole, start: Option<&Reading>| {
        from_label(source, document, role, start)
            .or_else(|| events.iter().find(|(of, _)| *of == mark).map(|it| it.1.clone()))
    };
    let entry = |mark: TimelineMark| document.timeline.iter().filter(move |entry| entry.mark == Some(mark));
    let (first, last) = ends(document);
    let started = pick(TimelineMark::Started, LabelRole::Started, None)
        .or_else(|| entry(TimelineMark::Started).find_map(reading))
        .or(first.filter(|it| !is_later_than_incident(document, it)));
    let start = started.as_ref();
    let detected = pick(TimelineMark::Detected, LabelRole::Detected, start)
        .or_else(|| entry(TimelineMark::Detected).find_map(reading));
    let mitigated = pick(TimelineMark::Mitigated, LabelRole::Mitigated, start)
        .or_else(|| entry(TimelineMark::Mitigated).find_map(reading));
    let told = document.timeline.iter().rev().filter(|it| it.mark == Some(TimelineMark::Resolved)).find_map(reading);
    // The only entry of a timeline is where it begins.
    let told = told.or(last).filter(|_| document.timeline.len() != 1 || !events.is_empty());
    let resolved = more_precise(pick(TimelineMark::Resolved, LabelRole::Resolved, start), told);
    document.times.started = started;
    document.times.detected = detected;
    document.times.mitigated = mitigated;
    document.times.resolved = resolved;
}

/// A label that names no more than the day (`**Resolved**: 2025-12-17`) leaves the time to the timeline of that day.
fn more_precise(label: Option<Reading>, told: Option<Reading>) -> Option<Reading> {
    let only_day = |it: &Reading| it.value.time.is_none() && it.value.date.is_some();
    let same_day = |a: &Reading, b: &Reading| a.value.date == b.value.date && b.value.time.is_some();
    match (label, told) {
        (Some(label), Some(told)) if only_day(&label) && same_day(&label, &told) => Some(told),
        (label, told) => label.or(told),
    }
}

/// The first and the last entry with a time; some people write the latest first.
fn ends(document: &Document) -> (Option<Reading>, Option<Reading>) {
    let first = document.timeline.iter().find_map(timed).map(|it| as_inferred(&it));
    let last = document.timeline.iter().rev().find_map(timed).map(|it| as_inferred(&it));
    let local = |reading: &Option<Reading>| reading.as_ref().and_then(|it| it.value.local());
    match (local(&first), local(&last)) {
        (Some(a), Some(b)) if a > b => (last, first),
        _ => (first, last),
    }
}

/// The first entry of a timeline that was begun days later tells no beginning.
fn is_later_than_incident(document: &Document, first: &Reading) -> bool {
    let stated = document.date.as_ref().filter(|date| date.origin.kind != OriginKind::Timeline);
    stated.and_then(|date| date.value.known_day()).zip(first.value.date).is_some_and(|(day, begun)| begun > day)
}

fn reading(entry: &TimelineEntry) -> Option<Reading> {
    let at = entry.at?;
    Some(Extracted::new(at, entry.raw.clone(), Origin::new(OriginKind::Timeline, entry.line)))
}

fn timed(entry: &TimelineEntry) -> Option<Reading> {
    reading(entry).filter(|it| it.value.time.is_some())
}

fn as_inferred(reading: &Reading) -> Reading {
    Extracted::new(reading.value, reading.raw.clone(), inferred(reading.origin.line))
}

/// Key events whose words before the time are nothing but a mark (`Resolved 2020-02-12 12:07`).
fn key_events(source: &Source<'_>, gathered: &Gathered, document: &Document) -> Vec<(TimelineMark, Reading)> {
    let mut walker = Walker::new(document.date.as_ref().map(|date| date.value));
    let mut events = Vec::new();
    let all = if gathered.key_events.is_empty() { &gathered.pieces } else { &gathered.key_events };
    if !all.iter().any(|piece| matches!(piece, Piece::Entry(found) if found.key_event)) {
        return events;
    }
    for (at, piece) in all.iter().enumerate() {
        let moment = walker.step(&all[at..]);
        let (Some(moment), Piece::Entry(found)) = (moment, piece) else { continue };
        if !found.key_event {
            continue;
        }
        let folded = fold(&found.text);
        if let Some(word) = source.words.marks.whole(&folded).next() {
            let origin = Origin::new(OriginKind::List, found.line);
            let raw = format!("{} {}", found.text, found.raw);
            events.push((crate::parse::extract::status::mark(word), Extracted::new(moment, raw, origin)));
        }
    }
    events
}

/// A labelled time (`**Start Time:** 08:00 UTC`) takes its date from the incident where it states none, and from the start
/// what that would put before it.
fn from_label(source: &Source<'_>, document: &Document, role: LabelRole, start: Option<&Reading>) -> Option<Reading> {
    let date = document.date.as_ref().and_then(|date| date.value.known_day());
    let read = |label: &Labelled<'_>| {
        let year = date.map(|date| chrono::Datelike::year(&date));
        let when = when::scan_start(label.value, &source.when(year))?.when;
        let day = when.date.and_then(|it| it.with_year(year)).and_then(crate::model::PartialDate::known_day);
        let moment = match day {
            None if when.time.is_some() => bare_time(&when, date, role, start),
            day => when.moment(day),
        };
        (moment.date.is_some() || moment.time.is_some()).then(|| Extracted::new(moment, label.value, label.origin))
    };
    let zones: &'static [Zone] = &[Zone::FrontMatter, Zone::Header, Zone::Body, Zone::Footer];
    source.labelled_in(role, zones).filter(|label| !label.means(LabelRole::Date)).find_map(read)
}

/// Returns a time that states no day on that of the incident; where the start is behind it, on that of the start or the next.
/// A detection a little before the start is one out of order.
fn bare_time(when: &When, date: Option<NaiveDate>, role: LabelRole, start: Option<&Reading>) -> Moment {
    let own = if when.ends_day { date.and_then(|date| date.succ_opt()) } else { date };
    let plain = when.moment(own);
    let Some((begin, day)) = start.and_then(|it| Some((it, it.value.date?))) else { return plain };
    let is_told = !matches!(begin.origin.kind, OriginKind::Inferred | OriginKind::Timeline);
    let least = if is_told && role != LabelRole::Detected { TimeDelta::minutes(1) } else { CROSSING };
    let fits = |moment: &Moment| before(moment, &begin.value).is_some_and(|by| by < least);
    let days = [own, Some(day), day.succ_opt()];
    days.into_iter().flatten().map(|day| when.moment(Some(day))).find(fits).unwrap_or(plain)
}

/// Returns by how much one moment is before another; as they stand where the zone of either is not known.
fn before(moment: &Moment, other: &Moment) -> Option<TimeDelta> {
    match (moment.offset, other.offset) {
        (Some(_), Some(_)) => Some(other.utc()? - moment.utc()?),
        _ => Some(other.local()? - moment.local()?),
    }
}

/// The last entry of a timeline is the end only of what does not go on.
pub(in crate::parse::extract) fn leave_open(document: &mut Document) {
    let goes_on = document.goes_on();
    document.times.resolved.take_if(|end| goes_on && end.origin.kind == OriginKind::Inferred);
}

/// The entry that comes nearest to how long the detection took as stated: one that seems to tell of it may be a little off,
/// any other stands at that very minute.
fn told_detection(document: &Document) -> Option<Reading> {
    let known = document.times.detected.as_ref();
    if known.is_some_and(|it| it.origin.kind != OriginKind::Timeline) {
        return None;
    }
    let took = document.durations.stated.iter().find(|it| it.kind == DurationKind::Detect)?.minutes?;
    let start = document.times.started.as_ref()?.value.utc()?;
    let off = |reading: &Reading| Some(((reading.value.utc()? - start).num_minutes() - took).abs());
    let near = |entry: &TimelineEntry| match entry.mark {
        Some(TimelineMark::Detected) => NEAR_MINUTES.max(took / 10),
        _ => 0,
    };
    let candidates = document.timeline.iter().filter_map(|entry| {
        let reading = timed(entry)?;
        let off = off(&reading)?;
        (off <= near(entry)).then_some((off, reading))
    });
    let (least, best) = candidates.min_by_key(|(off, _)| *off)?;
    known.is_none_or(|known| off(known).is_some_and(|off| least < off)).then_some(best)
}

/// Computes what both ends are known of; an end before its beginning gives nothing. Where no time of the detection is
/// known, how long it took may be stated (`Time to detect: 11 min`). A timeline that begins with the detection does not
/// tell how long that took.
pub(in crate::parse::extract) fn compute(document: &mut Document) {
    if let Some(told) = told_detection(document) {
        document.times.detected = Some(told);
    }
    let times = &document.times;
    let at = |reading: &Option<Reading>| reading.as_ref().and_then(|it| it.value.utc());
    let started = at(&times.started);
    let took = document.durations.stated.iter().find(|it| it.kind == DurationKind::Detect).and_then(|it| it.minutes);
    let told = || started.zip(took).and_then(|(at, minutes)| at.checked_add_signed(TimeDelta::try_minutes(minutes)?));
    let seen = at(&times.detected);
    let detected = seen.or_else(told);
    let (mitigated, resolved) = (at(&times.mitigated), document.end().and_then(|it| it.value.utc()));
    let begins_there = |started: &Reading, detected: &Reading| {
        started.origin.line == detected.origin.line
            && matches!(started.origin.kind, OriginKind::Timeline | OriginKind::Inferred)
    };
    let is_first = times.started.as_ref().zip(times.detected.as_ref()).is_some_and(|(a, b)| begins_there(a, b));
    let spans = [
        (DurationKind::Detect, started.filter(|_| !is_first), seen),
        (DurationKind::Mitigate, detected.or(started), mitigated),
        (DurationKind::Resolve, detected.or(started), resolved),
        (DurationKind::Total, started, resolved),
    ];
    for (kind, from, to) in spans {
        if let (Some(from), Some(to)) = (from, to)
            && to >= from
        {
            document.durations.computed.push(ComputedDuration { kind, minutes: (to - from).num_minutes() });
        }
    }
}
