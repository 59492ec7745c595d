//! A day, and the time of day where one is stated, as front matter has it.

use std::fmt;

use chrono::{Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

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
    /// Reads `2026-01-10`, `2026-01-10 14:00`, `2026-01-10T14:00:00+01:00`; what stands behind is not looked at.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..10)?.parse().ok()?;
        let rest = text[10..].trim_start_matches(['T', 't', ' ']);
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(rest.len());
        let forms = ["%H:%M", "%H:%M:%S", "%H:%M:%S%.f"];
        let time = forms.iter().find_map(|form| NaiveTime::parse_from_str(&rest[..end], form).ok());
        let offset = time.and_then(|_| offset(rest[end..].trim_start()));
        Some(Self { day, time, offset })
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

    fn local(self) -> NaiveDateTime {
        self.day.and_time(self.time.unwrap_or(NaiveTime::MIN))
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

/// Reads `Z`, `UTC`, `+01:00`, `-0500`.
fn offset(text: &str) -> Option<FixedOffset> {
    let word = text.split_whitespace().next()?;
    if ["Z", "UTC", "GMT"].iter().any(|it| word.eq_ignore_ascii_case(it)) {
        return FixedOffset::east_opt(0);
    }
    word.parse().ok()
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
            ("2026-01-10 14:00 CET", "2026-01-10 14:00"),
            ("2026-01-10, by letter", "2026-01-10"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!([shown("soon"), shown("2026-13-01"), shown("")], [None, None, None]);
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
    fn hours_run_through_midnight() {
        let later = |text: &str, hours| Point::parse(text).unwrap().plus_hours(hours).unwrap().to_string();
        assert_eq!(later("2026-01-16 14:00 UTC", 72), "2026-01-19 14:00 UTC");
        assert_eq!(later("2026-01-16", 72), "2026-01-19");
        assert_eq!(later("2026-01-16 22:30", 4), "2026-01-17 02:30");
    }
}
