//! The moments to be drawn: those of the entries and those that bound the incident, in one zone.

use chrono::{Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use crate::model::{Document, Moment, TimelineEntry, TimelineMark};

/// Entries drawn; a longer list is told, not drawn.
const MAX_ENTRIES: usize = 400;
/// Longest text of an entry in its tooltip.
const MAX_TEXT: usize = 160;

/// An entry with its place in time.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) at: NaiveDateTime,
    /// The entry does not state its time: it stands where its neighbours put it.
    pub(super) vague: bool,
    pub(super) mark: Option<TimelineMark>,
    pub(super) text: String,
}

/// A moment that bounds the incident.
#[derive(Debug, Clone)]
pub(super) struct Flag {
    pub(super) at: NaiveDateTime,
    pub(super) mark: TimelineMark,
    pub(super) approximate: bool,
}

/// Everything to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Points {
    /// By time.
    pub(super) points: Vec<Point>,
    /// By time.
    pub(super) flags: Vec<Flag>,
    /// Days are known, not only times of day.
    pub(super) dated: bool,
    zone: Option<FixedOffset>,
    /// Moments whose zone is not stated, though that of others is.
    unzoned: usize,
}

/// Returns what is to be drawn; `None` where that is less than two moments.
pub(super) fn gather(document: &Document) -> Option<Points> {
    let entries = document.timeline.get(..document.timeline.len().min(MAX_ENTRIES))?;
    let times = &document.times;
    let named = [
        (TimelineMark::Started, times.started.as_ref()),
        (TimelineMark::Detected, times.detected.as_ref()),
        (TimelineMark::Mitigated, times.mitigated.as_ref()),
        (TimelineMark::Resolved, document.end()),
    ];
    let bounds: Vec<(TimelineMark, Moment)> =
        named.into_iter().filter_map(|(mark, at)| Some((mark, at?.value))).collect();
    let moments = || entries.iter().filter_map(|it| it.at).chain(bounds.iter().map(|it| it.1));
    let zone = most_common_zone(moments());
    let timed = |moment: &Moment| moment.time.is_some();
    let unzoned = if zone.is_some() { moments().filter(|it| timed(it) && it.offset.is_none()).count() } else { 0 };
    let dated = moments().any(|it| it.date.is_some());
    let mut points = place(entries, zone, dated);
    let mut flags: Vec<Flag> = bounds
        .iter()
        .filter_map(|(mark, moment)| {
            let at = local(moment, zone).or_else(|| same_time(&points, moment))?;
            Some(Flag { at, mark: *mark, approximate: moment.approximate })
        })
        .collect();
    points.sort_by_key(|point| point.at);
    flags.sort_by_key(|flag| flag.at);
    let mut all: Vec<NaiveDateTime> = points.iter().map(|it| it.at).chain(flags.iter().map(|it| it.at)).collect();
    all.sort_unstable();
    all.dedup();
    (all.len() >= 2).then_some(Points { points, flags, dated, zone, unzoned })
}

fn most_common_zone(moments: impl Iterator<Item = Moment>) -> Option<FixedOffset> {
    let mut counts: Vec<(FixedOffset, usize)> = Vec::new();
    for offset in moments.filter_map(|moment| moment.offset) {
        match counts.iter_mut().find(|(it, _)| *it == offset) {
            Some((_, count)) => *count += 1,
            None => counts.push((offset, 1)),
        }
    }
    // The first of those that are equally common, which is the last in this order.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(offset, _)| offset)
}

/// Returns the moment in `zone`; one without a zone is taken as it stands.
fn local(moment: &Moment, zone: Option<FixedOffset>) -> Option<NaiveDateTime> {
    let local = moment.local()?;
    match (moment.offset, zone) {
        (Some(from), Some(to)) if from != to => {
            local.checked_add_signed(Duration::seconds(i64::from(to.local_minus_utc() - from.local_minus_utc())))
        }
        _ => Some(local),
    }
}

/// A bound without a day stands where an entry with its time of day stands.
fn same_time(points: &[Point], moment: &Moment) -> Option<NaiveDateTime> {
    let time = moment.time?;
    points.iter().map(|it| it.at).find(|at| at.time() == time)
}

/// Gives every entry a place: its own time; else that time on the day of the entry before; else noon of its day; else
/// the middle between its neighbours.
fn place(entries: &[TimelineEntry], zone: Option<FixedOffset>, dated: bool) -> Vec<Point> {
    let mut places: Vec<Option<NaiveDateTime>> = Vec::with_capacity(entries.len());
    let mut last: Option<NaiveDateTime> = None;
    for entry in entries {
        let at = entry.at.and_then(|moment| local(&moment, zone).or_else(|| on_a_day_near(last, &moment, dated)));
        last = at.or(last);
        places.push(at);
    }
    let whole_days: Vec<Option<NaiveDate>> = entries.iter().map(|entry| entry.at.and_then(|at| at.date)).collect();
    let mut points = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let found = places[index].or_else(|| between(&places, index, whole_days[index]));
        let Some(at) = found else { continue };
        let when = if entry.raw.is_empty() { String::new() } else { format!("{} · ", entry.raw) };
        points.push(Point {
            at,
            vague: places[index].is_none(),
            mark: entry.mark,
            text: clip(&format!("{when}{}", entry.text)),
        });
    }
    points
}

fn on_a_day_near(last: Option<NaiveDateTime>, moment: &Moment, dated: bool) -> Option<NaiveDateTime> {
    let time = moment.time.filter(|_| moment.date.is_none())?;
    match last {
        Some(last) if time >= last.time() => Some(last.date().and_time(time)),
        // Back by hours is the next day, back by less is an entry out of order.
        Some(last) if last.time() - time > Duration::hours(6) => last.date().succ_opt().map(|day| day.and_time(time)),
        Some(last) => Some(last.date().and_time(time)),
        None if dated => None,
        None => Some(NaiveDate::default().and_time(time)),
    }
}

fn between(places: &[Option<NaiveDateTime>], index: usize, day: Option<NaiveDate>) -> Option<NaiveDateTime> {
    let before = places[..index].iter().rev().flatten().next().copied();
    let after = places[index + 1..].iter().flatten().next().copied();
    let noon = day.map(|day| day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time")));
    let on_day = |at: &NaiveDateTime| day.is_none_or(|day| at.date() == day);
    match (before.filter(on_day), after.filter(on_day)) {
        (Some(before), Some(after)) => Some(before + (after - before) / 2),
        (Some(near), None) | (None, Some(near)) => Some(near),
        (None, None) => noon,
    }
}

fn clip(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match clean.char_indices().nth(MAX_TEXT) {
        Some((at, _)) => format!("{}…", clean[..at].trim_end()),
        None => clean,
    }
}

impl Points {
    /// Returns the zone of the drawing in words.
    pub(super) fn zone_words(&self) -> String {
        match self.zone {
            None => "Times as written; no zone is stated.".to_owned(),
            Some(zone) => {
                let name = if zone.local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{zone}") };
                match self.unzoned {
                    0 => format!("Times in {name}."),
                    1 => format!("Times in {name}; one without a zone is taken as such."),
                    count => format!("Times in {name}; {count} without a zone are taken as such."),
                }
            }
        }
    }

    /// Returns what is drawn without being stated.
    pub(super) fn note(&self) -> String {
        match self.points.iter().filter(|it| it.vague).count() {
            0 => String::new(),
            1 => "A hollow dot is an entry without a time, placed by its neighbours.".to_owned(),
            _ => "Hollow dots are entries without a time, placed by their neighbours.".to_owned(),
        }
    }

    /// Returns the drawing in a sentence.
    pub(super) fn description(&self) -> String {
        let flags: Vec<String> = self
            .flags
            .iter()
            .map(|flag| {
                format!(
                    "{} {}",
                    mark_word(flag.mark),
                    flag.at.format(if self.dated { "%-d %b %Y %H:%M" } else { "%H:%M" })
                )
            })
            .collect();
        let entries = match self.points.len() {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        if flags.is_empty() {
            format!("Timeline of {entries}.")
        } else {
            format!("Timeline of {entries}: {}.", flags.join(", "))
        }
    }
}

/// Returns what a mark is called.
pub(super) fn mark_word(mark: TimelineMark) -> &'static str {
    match mark {
        TimelineMark::Started => "started",
        TimelineMark::Detected => "detected",
        TimelineMark::Mitigated => "mitigated",
        TimelineMark::Resolved => "resolved",
    }
}
