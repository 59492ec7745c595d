//! A day, and the time of day where one is stated, as front matter has it.

use std::fmt;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::model::counted;
use crate::words::ZoneReading;

/// A moment as exact as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The zone of the time; where none is stated, that of the moment it is compared with.
    pub offset: Option<FixedOffset>,
}

impl Point {
    /// Reads `2026-01-10`, `2026-01-10 14:00`, `2026-01-10T14:00:00+01:00`, `2026-01-10 2:30 pm EST`. What stands behind is not
    /// looked at, but for what may be a time or a zone and is none (`25:00`, `14:00 XYZ`): such a moment is not read.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..10)?.parse().ok()?;
        let rest = text[10..].trim_start_matches(['T', 't', ' ']);
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(Self { day, time: None, offset: None });
        }
        let (clock, behind) = split_where(rest, |c| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
        let (word, further) = split_where(behind.trim_start(), |c| !c.is_ascii_alphabetic());
        let half = ["am", "pm"].into_iter().find(|half| word.eq_ignore_ascii_case(half));
        if half.is_none() && !clock.contains(':') {
            // `2026-01-10 3 people called`
            return Some(Self { day, time: None, offset: None });
        }
        let time = time_of_day(clock, half)?;
        let offset = offset(if half.is_some() { further } else { behind }, day, time)?;
        Some(Self { day, time: Some(time), offset })
    }

    /// Returns the moment `hours` later; from a day without a time, as if from its beginning, and again without one.
    #[must_use]
    pub fn plus_hours(self, hours: u32) -> Option<Self> {
        let end = self.local().checked_add_signed(Duration::hours(i64::from(hours)))?;
        Some(Self { day: end.date(), time: self.time.map(|_| end.time()), offset: self.offset })
    }

    /// Tells whether it is later than `other`: by the clock where both have one, otherwise by the day.
    #[must_use]
    pub fn is_after(self, other: Self) -> bool {
        if self.time.is_none() || other.time.is_none() {
            return self.day > other.day;
        }
        match (self.offset, other.offset) {
            (Some(one), Some(two)) => self.local() - one_of(one) > other.local() - one_of(two),
            _ => self.local() > other.local(),
        }
    }

    /// Returns the days from `other` to it; by the clock where both have one, and only those that are whole then.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.since(other).map_or_else(|| (self.day - other.day).num_days(), |by_clock| by_clock.num_days())
    }

    /// Returns how far it is from `other`, before or after, in words: days, and less than one in hours or minutes where both
    /// have a time of day. `None` on the same day where one has none.
    #[must_use]
    pub fn distance(self, other: Self) -> Option<String> {
        let days = self.days_since(other).unsigned_abs();
        let by_clock = self.since(other).map(|it| it.num_minutes().unsigned_abs());
        match (days, by_clock) {
            (1.., _) => Some(counted(days, "day", "days")),
            (0, Some(minutes @ 60..)) => Some(counted(minutes / 60, "hour", "hours")),
            (0, Some(minutes)) => Some(counted(minutes.max(1), "minute", "minutes")),
            (0, None) => None,
        }
    }

    /// Returns the time from `other` to it by the clock, where both have one.
    fn since(self, other: Self) -> Option<Duration> {
        self.time.and(other.time)?;
        Some(match self.offset.zip(other.offset) {
            Some((one, two)) => (self.local() - one_of(one)) - (other.local() - one_of(two)),
            None => self.local() - other.local(),
        })
    }

    fn local(self) -> NaiveDateTime {
        self.day.and_time(self.time.unwrap_or(NaiveTime::MIN))
    }
}

impl From<DateTime<FixedOffset>> for Point {
    /// Down to the minute.
    fn from(instant: DateTime<FixedOffset>) -> Self {
        let time = instant.time().with_second(0).and_then(|time| time.with_nanosecond(0));
        Self { day: instant.date_naive(), time, offset: Some(*instant.offset()) }
    }
}

impl From<NaiveDate> for Point {
    fn from(day: NaiveDate) -> Self {
        Self { day, time: None, offset: None }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(out, " {}", time.format("%H:%M"))?;
        }
        match self.offset {
            Some(offset) if offset.local_minus_utc() == 0 => write!(out, " UTC"),
            Some(offset) => write!(out, " {offset}"),
            None => Ok(()),
        }
    }
}

fn one_of(offset: FixedOffset) -> Duration {
    Duration::seconds(i64::from(offset.local_minus_utc()))
}

/// Splits before the first character that is `other`.
fn split_where(text: &str, other: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(other).unwrap_or(text.len()))
}

/// Reads `14:00`, `14:00:30.250`, and `2:30` or `2` of a half of the day.
fn time_of_day(clock: &str, half: Option<&str>) -> Option<NaiveTime> {
    let Some(half) = half else {
        return ["%H:%M", "%H:%M:%S", "%H:%M:%S%.f"]
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(clock, form).ok());
    };
    let whole = if clock.contains(':') { format!("{clock} {half}") } else { format!("{clock}:00 {half}") };
    ["%I:%M %p", "%I:%M:%S %p"].iter().find_map(|form| NaiveTime::parse_from_str(&whole, form).ok())
}

/// Reads `Z`, `+01:00`, `-0500`, `EST`, `(UTC)`, `UTC+2` behind a time; `None` where nothing but a name stands there that is
/// of no zone. Notes are passed over (`14:00 by phone`, `14:00 - DPO informed`).
#[expect(clippy::option_option, reason = "no zone and one that cannot be read are two things")]
fn offset(text: &str, day: NaiveDate, time: NaiveTime) -> Option<Option<FixedOffset>> {
    let text = text.trim_start().trim_start_matches(['(', '[']);
    let (name, behind) = split_where(text, |c| !c.is_ascii_alphabetic());
    let is_signed = |text: &str| matches!(text.as_bytes(), [b'+' | b'-', b'0'..=b'9', ..]);
    if name.is_empty() {
        return if is_signed(text) { signed_offset(text).map(Some) } else { Some(None) };
    }
    if ["Z", "UTC", "GMT"].iter().any(|zone| name.eq_ignore_ascii_case(zone)) {
        let offset = if is_signed(behind) { signed_offset(behind) } else { FixedOffset::east_opt(0) };
        return offset.map(Some);
    }
    if let Some(zone) = ZoneReading::named(name) {
        return Some(Some(zone.offset_on(Some(day), Some(time))));
    }
    let is_name = name.len() <= 5 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_alone = !behind.contains(char::is_alphanumeric);
    if is_name && is_alone { None } else { Some(None) }
}

/// Reads `+2`, `-05`, `-0500`, `+05:30`.
fn signed_offset(text: &str) -> Option<FixedOffset> {
    let (number, _) = split_where(&text[1..], |c| !c.is_ascii_digit() && c != ':');
    let (hours, minutes) = match number.split_once(':') {
        Some(parts) => parts,
        None if number.len() == 4 => number.split_at(2),
        None => (number, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = (hours * 60 + minutes) * 60;
    let known = hours <= 14 && minutes < 60;
    FixedOffset::east_opt(if text.starts_with('-') { -seconds } else { seconds }).filter(|_| known)
}

#[cfg(test)]
mod tests {
    use super::Point;

    fn shown(text: &str) -> Option<String> {
        Point::parse(text).map(|point| point.to_string())
    }

    #[test]
    fn reads_days_times_and_zones() {
        for (text, expected) in [
            ("2026-01-10", "2026-01-10"),
            (" 2026-01-10 14:00 UTC", "2026-01-10 14:00 UTC"),
            ("2026-01-10T14:00:30Z", "2026-01-10 14:00 UTC"),
            ("2026-01-10T14:00:30.250+01:00", "2026-01-10 14:00 +01:00"),
            ("2026-01-10 14:00 -0500 (by phone)", "2026-01-10 14:00 -05:00"),
            ("2026-01-10 14:00 CET", "2026-01-10 14:00 +01:00"),
            ("2026-07-10 23:00 EST", "2026-07-10 23:00 -05:00"),
            ("2026-07-10 23:00 ET", "2026-07-10 23:00 -04:00"),
            ("2026-01-10 2:30 pm", "2026-01-10 14:30"),
            ("2026-01-10 2:30pm EST", "2026-01-10 14:30 -05:00"),
            ("2026-01-10 12 AM UTC", "2026-01-10 00:00 UTC"),
            ("2026-01-10 14:00 UTC+2", "2026-01-10 14:00 +02:00"),
            ("2026-01-10 14:00 GMT+05:30", "2026-01-10 14:00 +05:30"),
            ("2026-01-10 14:00 utc", "2026-01-10 14:00 UTC"),
            ("2026-01-10 14:00 (EST)", "2026-01-10 14:00 -05:00"),
            ("2026-01-10 14:00 by phone", "2026-01-10 14:00"),
            ("2026-01-10 14:00 - by phone", "2026-01-10 14:00"),
            ("2026-01-10 14:00 DPO informed", "2026-01-10 14:00"),
            ("2026-01-10 3 people called", "2026-01-10"),
            ("2026-01-10, by letter", "2026-01-10"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["soon", "2026-13-01", "", "2026-01-10 25:00", "2026-01-10 14:00 XYZ", "2026-01-10 14:00 +99:00"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn is_compared_as_exactly_as_both_are_written() {
        let is_after = |a: &str, b: &str| Point::parse(a).unwrap().is_after(Point::parse(b).unwrap());
        assert!(is_after("2026-01-10 14:01", "2026-01-10 14:00"));
        assert!(!is_after("2026-01-10 14:01", "2026-01-10"), "the day itself is on time");
        assert!(is_after("2026-01-11", "2026-01-10 23:00"));
        assert!(!is_after("2026-01-10 15:00 +01:00", "2026-01-10 14:00 UTC"));
        assert!(is_after("2026-01-10 15:01 +01:00", "2026-01-10 14:00 UTC"));
    }

    #[test]
    fn days_between_moments_are_whole() {
        let days = |a: &str, b: &str| Point::parse(a).unwrap().days_since(Point::parse(b).unwrap());
        assert_eq!(days("2026-01-12 22:00 -05:00", "2026-01-13 02:00 UTC"), 0, "an hour late");
        assert_eq!(days("2026-01-15 01:00 UTC", "2026-01-13 02:00 UTC"), 1);
        assert_eq!(days("2026-01-15", "2026-01-13 02:00 UTC"), 2);
        assert_eq!(days("2026-01-10", "2026-01-13"), -3);
    }

    #[test]
    fn less_than_a_day_is_told_in_hours_where_a_clock_runs() {
        let distance = |a: &str, b: &str| Point::parse(a).unwrap().distance(Point::parse(b).unwrap());
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(
            distance("2026-11-22 09:37 UTC", "2026-11-21 14:00 UTC"),
            told("19 hours"),
            "no day of the calendar"
        );
        assert_eq!(distance("2026-11-21 13:15 UTC", "2026-11-21 14:00 UTC"), told("45 minutes"));
        assert_eq!(distance("2026-11-21 14:00 UTC", "2026-11-21 15:00 +01:00"), told("1 minute"));
        assert_eq!(distance("2026-11-23 14:00 UTC", "2026-11-21 15:00 UTC"), told("1 day"));
        assert_eq!(distance("2026-11-21 14:00 UTC", "2026-11-22"), told("1 day"));
        assert_eq!(distance("2026-11-21 14:00 UTC", "2026-11-21"), None);
    }

    #[test]
    fn hours_run_through_midnight() {
        let later = |text: &str, hours| Point::parse(text).unwrap().plus_hours(hours).unwrap().to_string();
        assert_eq!(later("2026-01-16 14:00 UTC", 72), "2026-01-19 14:00 UTC");
        assert_eq!(later("2026-01-16", 72), "2026-01-19");
        assert_eq!(later("2026-01-16 22:30", 4), "2026-01-17 02:30");
    }
}
