//! How a time is written: as the entry beside it is, or with day and zone in full.

use std::ops::Range;

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, Timelike};

use crate::model::Moment;
use crate::parse::leading_moment;
use crate::words::ZoneReading;

/// Forms of a day, tried one after the other: the day that is known is looked for in the text in each of them.
const DAYS: [&str; 22] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%-d.%-m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%-m/%-d/%Y",
    "%b %-d, %Y",
    "%B %-d, %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%-d %b %Y",
    "%-d %B %Y",
    "%d %b %Y",
    "%b %-d",
    "%B %-d",
    "%b %d",
    "%-d %b",
    "%-d %B",
    "%d %b",
    "%d.%m.",
];

/// Returns the ways in which `new` can be written beside an entry whose time is written `raw`, best first.
pub(super) fn spellings(raw: &str, beside: Option<&Moment>, new: DateTime<FixedOffset>) -> Vec<String> {
    let offset = beside.and_then(|moment| moment.offset).unwrap_or(*new.offset());
    let local = new.with_timezone(&offset);
    let mut ways = Vec::new();
    let day = beside.and_then(|moment| moment.date);
    if let Some(like) = like(raw, day, local) {
        let dated = format!("{} {like}", local.format("%Y-%m-%d"));
        // A time without a day means the day before it; one that cannot be told must be written.
        if day.is_some() { ways.extend([like, dated]) } else { ways.extend([dated, like]) }
    }
    ways.push(local.format("%Y-%m-%d %H:%M").to_string());
    ways.push(in_full(local));
    ways
}

/// Returns the time with its day and its zone.
pub(super) fn in_full(at: DateTime<FixedOffset>) -> String {
    let zone = if at.offset().fix().local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{}", at.offset()) };
    format!("{} {zone}", at.format("%Y-%m-%d %H:%M"))
}

/// Writes the part of the time that a cell of its own holds: the day, its name, or the time of day.
pub(super) fn part(written: &str, beside: Option<&Moment>, new: DateTime<FixedOffset>) -> String {
    let offset = beside.and_then(|moment| moment.offset).unwrap_or(*new.offset());
    let local = new.with_timezone(&offset);
    let Some(day) = beside.and_then(|moment| moment.date) else { return written.to_owned() };
    if let Some(time) = like(written, Some(day), local) {
        return time;
    }
    let new = dated(written, day, local);
    // The name of a day in a form that is not known (`Thur`) is left out rather than kept.
    let stale = new == written && day != local.date_naive() && !written.contains(|c: char| c.is_ascii_digit());
    if stale { String::new() } else { new }
}

/// Writes `local` as `raw` is written; `None` where that is not understood.
fn like(raw: &str, day: Option<NaiveDate>, local: DateTime<FixedOffset>) -> Option<String> {
    let (first, last) = (clocks(raw).first()?.clone(), clocks(raw).last()?.clone());
    let raw = &raw[..end_of_time(raw, &last, day)];
    let clock = &raw[first.clone()];
    let (before, after) = (&raw[..first.start], raw[last.end..].trim_end_matches(['?', '~']));
    let (meridiem, after) = meridiem(after);
    let sign = clock.chars().find(|c| !c.is_ascii_digit())?;
    let padded = clock.starts_with('0') || meridiem.is_none();
    let hour = match meridiem {
        Some(_) => local.hour12().1,
        None => local.hour(),
    };
    let mut time = if padded { format!("{hour:02}") } else { hour.to_string() };
    time.push_str(&format!("{sign}{:02}", local.minute()));
    if clock.matches(sign).count() > 1 {
        time.push_str(&format!("{sign}{:02}", local.second()));
    }
    if let Some(written) = meridiem {
        time.push_str(&half(written, local.hour() >= 12));
    }
    let before = before.trim_start_matches(['~', '≈']).trim_start();
    let day = day?;
    let (before, after) = (dated(before, day, local), dated(after, day, local));
    Some(format!("{before}{time}{after}"))
}

/// Returns where the time ends whose last clock is `last`: a zone or the day may stand behind it, but words that are said
/// of the entry (`10:15 (Maria)`) are not the time.
fn end_of_time(raw: &str, last: &Range<usize>, day: Option<NaiveDate>) -> usize {
    let end = leading_moment(&raw[last.start..], None).map_or(last.end, |(_, end)| last.end.max(last.start + end));
    let rest = &raw[end..];
    let mut words = rest.split(|c: char| !c.is_alphabetic());
    let tells_zone = words.any(|word| ZoneReading::named(word).is_some());
    let tells_day = || day.is_some_and(|day| DAYS.iter().any(|form| rest.contains(&day.format(form).to_string())));
    if !rest.contains(char::is_alphabetic) || tells_zone || tells_day() { raw.len() } else { end }
}

/// Returns the times of day in `raw`: those with colons, or else with an `h`, or else with a point.
fn clocks(raw: &str) -> Vec<Range<usize>> {
    let found = |sign: char| -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, _) in raw.match_indices(sign) {
            let digits = |c: char| c.is_ascii_digit();
            let before = raw[..at].len() - raw[..at].trim_end_matches(digits).len();
            let after = raw[at + sign.len_utf8()..].chars().take_while(|c| digits(*c)).count();
            let end = at + sign.len_utf8() + after;
            if let Some(open) = found.last_mut().filter(|open| open.end == at && after == 2) {
                open.end = end;
            } else if (1..=2).contains(&before) && after == 2 && !is_offset(raw, at - before) {
                found.push(at - before..end);
            }
        }
        found
    };
    [':', 'h', '.'].into_iter().map(found).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The hours of `+02:00` are none of the day.
fn is_offset(raw: &str, at: usize) -> bool {
    let sign = raw[..at].chars().next_back();
    sign == Some('+') || sign == Some('-') && raw[..at].contains(':')
}

/// Splits `am`, `PM`, ` p.m.` off the text behind a time.
fn meridiem(after: &str) -> (Option<&str>, &str) {
    let start = after.len() - after.trim_start().len();
    for word in ["a.m.", "p.m.", "am", "pm"] {
        let end = start + word.len();
        if after.get(start..end).is_some_and(|it| it.eq_ignore_ascii_case(word)) {
            return (Some(&after[..end]), &after[end..]);
        }
    }
    (None, after)
}

/// Writes the half of the day as it was written.
fn half(written: &str, afternoon: bool) -> String {
    let swap = |c: char| match (c, afternoon) {
        ('a' | 'p', _) => {
            if afternoon {
                'p'
            } else {
                'a'
            }
        }
        ('A' | 'P', _) => {
            if afternoon {
                'P'
            } else {
                'A'
            }
        }
        (c, _) => c,
    };
    written.chars().map(swap).collect()
}

/// Puts the new day in the place of the one that is written.
fn dated(text: &str, day: NaiveDate, local: DateTime<FixedOffset>) -> String {
    let new = local.date_naive();
    let written = DAYS.iter().map(|form| (day.format(form).to_string(), form));
    let found = written.into_iter().find(|(written, _)| text.contains(written.as_str()));
    let text = match found {
        Some((written, form)) => text.replacen(&written, &new.format(form).to_string(), 1),
        None => text.to_owned(),
    };
    let weekday = ["%A", "%a"].into_iter().map(|form| (day.format(form).to_string(), form));
    match weekday.into_iter().find(|(written, _)| text.contains(written.as_str())) {
        Some((written, form)) => text.replacen(&written, &new.format(form).to_string(), 1),
        None => text,
    }
}
