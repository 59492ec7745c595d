//! Dates, times of day, zones and durations as people write them. Reads text only: no I/O, no clock, no guesses
//! beyond what [`Context`] says.
//!
//! Everything works on a copyable [`cursor::Cursor`] and one table of words; nothing is allocated while scanning.

mod clock;
mod clock_duration;
mod cursor;
mod date;
mod day;
mod duration;
mod edge;
mod find;
mod lead;
mod name;
mod number;
mod order;
mod range;
mod relative;
mod scan;
#[cfg(test)]
mod tests;
mod two_ways;
mod words;
mod zone;

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime};

pub(crate) use clock_duration::clock_duration;
pub(crate) use duration::find_duration;
pub(crate) use edge::{scan_end, scan_start};
pub(crate) use find::find_date;
pub(crate) use name::{date_in_name, is_placeholder, short_date_in_name};
pub(crate) use order::{KnownOrder, TextOrder};
pub(crate) use two_ways::{scan_place, two_ways};
pub(crate) use words::{CalendarWords, LanguageCalendar};
pub(crate) use zone::{ZoneReading, find_zone};

use crate::model::{Moment, PartialDate, ZoneOrigin};

/// Which number of `10/01/2025` is the month.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateOrder {
    /// No evidence: dates that could be read both ways are none.
    Unknown,
    /// Month, day, year.
    MonthFirst,
    /// Day, month, year.
    DayFirst,
}

/// What a scanner must know besides the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The words of all languages.
    pub(crate) words: &'a CalendarWords,
    /// Order of numeric dates in this document.
    pub(crate) order: KnownOrder<'a>,
    /// Year of dates that state none; only used to find a zone's offset.
    pub(crate) year: Option<i32>,
    /// Lines of this list begin with times like `11.07`.
    pub(crate) dotted: bool,
}

/// A date as read: the year may be missing (`Jan 14`), the day may be missing (`September 2025`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DateReading {
    pub(crate) year: Option<i32>,
    pub(crate) month: u32,
    pub(crate) day: Option<u32>,
    /// Read as the likely date of a mistyped one (a year of five digits).
    pub(crate) suspicious: bool,
}

impl DateReading {
    /// Returns the date with its own year, else with `year`; `None` without either or for an impossible date.
    pub(crate) fn with_year(self, year: Option<i32>) -> Option<PartialDate> {
        let year = self.year.or(year)?;
        match self.day {
            Some(day) => NaiveDate::from_ymd_opt(year, self.month, day).map(PartialDate::day),
            None => PartialDate::month(year, self.month),
        }
    }

    /// Returns the day after, where the day is known; without a year, that of a common year.
    fn next_day(self) -> Self {
        let year = self.year.unwrap_or(2023);
        let next = self.day.and_then(|day| NaiveDate::from_ymd_opt(year, self.month, day)?.succ_opt());
        let Some(next) = next else { return self };
        Self { year: self.year.map(|_| next.year()), month: next.month(), day: Some(next.day()), ..self }
    }

    /// Returns whether such a day exists; without a year, in a leap year.
    fn exists(self) -> bool {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2024), self.month, self.day.unwrap_or(1)).is_some()
    }
}

/// A time expression as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct When {
    pub(crate) date: Option<DateReading>,
    pub(crate) time: Option<NaiveTime>,
    pub(crate) end_date: Option<DateReading>,
    pub(crate) end_time: Option<NaiveTime>,
    /// Offset from UTC; `None` where a zone such as `PT` is named but the date that decides it is not.
    pub(crate) offset: Option<FixedOffset>,
    /// Name of the zone; `UTC` for `UTC+3` and for `Z`, `+` for a bare offset.
    pub(crate) zone_name: Option<&'static str>,
    pub(crate) approximate: bool,
    /// `24:00` without a day: the time is the first one of the next.
    pub(crate) ends_day: bool,
    /// `Unknown`, `--:--`, `Ongoing`: stands in the place of a time.
    pub(crate) unknown: bool,
    /// What stands there is a date that can be read two ways.
    pub(crate) two_ways: bool,
    /// `T+15`: minutes after the start.
    pub(crate) relative: Option<i64>,
}

impl When {
    /// Returns an expression that stands in the place of a time and says nothing.
    pub(crate) fn unknown() -> Self {
        Self { unknown: true, ..Self::default() }
    }

    /// Returns the moment on `date`.
    pub(crate) fn moment(&self, date: Option<NaiveDate>) -> Moment {
        let offset = self.offset.or_else(|| self.zone().map(|zone| zone.offset_on(date, self.time)));
        let zone = if offset.is_some() { ZoneOrigin::Stated } else { ZoneOrigin::Unknown };
        Moment { date, time: self.time, offset, zone, approximate: self.approximate }
    }

    /// Returns the zone, for times whose date only the caller knows.
    pub(crate) fn zone(&self) -> Option<ZoneReading> {
        match (self.zone_name, self.offset) {
            (Some(name), Some(offset)) => Some(ZoneReading::fixed(name, offset)),
            (Some(name), None) => ZoneReading::named(name),
            (None, _) => None,
        }
    }
}

/// A time expression and where it ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scanned {
    pub(crate) when: When,
    /// Byte after the last piece that belongs to the time; closing brackets and emphasis are not included.
    pub(crate) end: usize,
}
