//! Days and instants as people write them: with or without a day, a time, a zone.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// Reads a day that somebody gives a command or an address, as 2026-01-15. A year has four digits: documents that state
/// another are not read so.
#[must_use]
pub fn calendar_day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok().filter(|day: &NaiveDate| (1..=9999).contains(&day.year()))
}

/// A calendar day, or a month where the day is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    first: NaiveDate,
    has_day: bool,
}

impl PartialDate {
    /// Returns a full date.
    #[must_use]
    pub fn day(date: NaiveDate) -> Self {
        Self { first: date, has_day: true }
    }

    /// Returns a month without a day, or `None` for an impossible month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, month, 1)?, has_day: false })
    }

    /// Returns the day itself, or the first of the month where only the month is known.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Reads a day or a month as it is displayed.
    #[must_use]
    pub fn from_displayed(text: &str) -> Option<Self> {
        let month = || {
            let (year, month) = text.split_once('-')?;
            Self::month(year.parse().ok()?, month.parse().ok()?)
        };
        text.parse().ok().map(Self::day).or_else(month)
    }

    /// Returns the day where it is known.
    #[must_use]
    pub fn known_day(self) -> Option<NaiveDate> {
        self.has_day.then_some(self.first)
    }
}

/// Returns the day that is so many working days, Monday to Friday, after `from`; no holiday is known.
#[must_use]
pub fn working_days_after(from: NaiveDate, days: u16) -> Option<NaiveDate> {
    let is_working_day = |day: &NaiveDate| day.weekday().number_from_monday() <= 5;
    from.iter_days().skip(1).filter(is_working_day).nth(usize::from(days).checked_sub(1)?)
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let format = if self.has_day { "%Y-%m-%d" } else { "%Y-%m" };
        write!(f, "{}", self.first.format(format))
    }
}

/// How the zone of a [`Moment`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneOrigin {
    /// Written beside the time.
    Stated,
    /// Declared for the section, the column or the document.
    Inherited,
    /// Not written anywhere: the time is a local time of an unknown zone.
    Unknown,
}

/// An instant as far as it is known: any of date, time and zone may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day, stated or inherited.
    pub date: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// Offset from UTC, where the zone is known.
    pub offset: Option<FixedOffset>,
    /// How the zone is known.
    pub zone: ZoneOrigin,
    /// Written with `~`, `ca.`, `about` or the like.
    pub approximate: bool,
}

impl Moment {
    /// Returns the local date and time where both are known.
    #[must_use]
    pub fn local(&self) -> Option<NaiveDateTime> {
        Some(self.date?.and_time(self.time?))
    }

    /// Returns the instant in UTC; times of unknown zone are taken as they stand.
    #[must_use]
    pub fn utc(&self) -> Option<NaiveDateTime> {
        let local = self.local()?;
        Some(match self.offset {
            Some(offset) => local - chrono::Duration::seconds(i64::from(offset.local_minus_utc())),
            None => local,
        })
    }

    /// Returns RFC 3339 in UTC (`2025-12-17T08:00:00Z`); without the `Z` where the zone is unknown; the bare date
    /// where no time is known; `None` where no date is known.
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        match (self.utc(), self.date, self.offset) {
            (Some(at), _, Some(_)) => Some(at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            (Some(at), _, None) => Some(at.format("%Y-%m-%dT%H:%M:%S").to_string()),
            (None, Some(date), _) => Some(date.format("%Y-%m-%d").to_string()),
            (None, None, _) => None,
        }
    }
}
