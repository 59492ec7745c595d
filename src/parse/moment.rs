//! A moment as somebody types it while the clock runs: `17:40 UTC`, `yesterday 23:50`, `10 min ago`.

use chrono::{DateTime, Datelike, Days, Duration, FixedOffset, NaiveDate};

use super::vocabulary::Vocabulary;
use super::when::{Context, DateOrder, DateReading, KnownOrder, find_duration, scan_start};
use crate::model::PartialDate;

/// Clocks differ, and what is being done now may be written a little ahead.
const AHEAD_MINUTES: i64 = 5;

/// Why a text gives no moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentError {
    /// It is no time.
    Unreadable,
    /// It lies in the future.
    Future(DateTime<FixedOffset>),
}

/// Reads the moment that `text` means, at `now` in the zone of whoever typed it. A time without a day is the last such
/// time; without an `order` a day that could be read two ways is none.
///
/// # Errors
/// Where it is no time, or one that is still to come.
pub fn read_past_moment(
    text: &str,
    now: DateTime<FixedOffset>,
    order: Option<DateOrder>,
) -> Result<DateTime<FixedOffset>, MomentError> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("now") {
        return Ok(now);
    }
    let words = Vocabulary::get().calendar();
    let order = KnownOrder::Is(order.unwrap_or(DateOrder::Unknown));
    let cx = Context { words, order, year: Some(now.year()), dotted: false };
    if let Some(minutes) = text.strip_suffix("ago").and_then(|rest| find_duration(rest.trim(), &cx)?.minutes) {
        return now.checked_sub_signed(Duration::minutes(minutes)).ok_or(MomentError::Unreadable);
    }
    let (days_ago, rest) = relative_day(text);
    let scanned = scan_start(rest, &cx).ok_or(MomentError::Unreadable)?;
    let when = &scanned.when;
    let whole = rest[scanned.end..].trim_matches([' ', ')', ']', '.']).is_empty();
    let time = when.time.filter(|_| whole && when.end_time.is_none()).ok_or(MomentError::Unreadable)?;
    let dated = when.date.is_some();
    if dated && days_ago.is_some() || !dated && names_weekday(rest) {
        return Err(MomentError::Unreadable);
    }
    let zone = |day: NaiveDate| when.offset.or_else(|| Some(when.zone()?.offset_on(Some(day), Some(time))));
    let at = |day: NaiveDate| {
        let offset = zone(day).unwrap_or(*now.offset());
        day.and_time(time).and_local_timezone(offset).single().ok_or(MomentError::Unreadable)
    };
    let here = now.with_timezone(&zone(now.date_naive()).unwrap_or(*now.offset())).date_naive();
    let limit = now + Duration::minutes(AHEAD_MINUTES);
    let day = match (when.date, days_ago) {
        (Some(date), _) => stated_day(date, here).ok_or(MomentError::Unreadable)?,
        (None, Some(days)) => here.checked_sub_days(Days::new(days)).ok_or(MomentError::Unreadable)?,
        (None, None) if at(here)? > limit => here.pred_opt().ok_or(MomentError::Unreadable)?,
        (None, None) => here,
    };
    let found = at(day)?;
    if found > limit { Err(MomentError::Future(found)) } else { Ok(found) }
}

/// Splits `yesterday` or `today` off.
fn relative_day(text: &str) -> (Option<u64>, &str) {
    for (word, days) in [("yesterday", 1), ("today", 0)] {
        if text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            let rest = text[word.len()..].trim_start_matches([' ', ',']);
            return (Some(days), rest.strip_prefix("at ").unwrap_or(rest));
        }
    }
    (None, text)
}

/// A day without a year is the last such day.
fn stated_day(date: DateReading, today: NaiveDate) -> Option<NaiveDate> {
    let this_year = date.with_year(Some(today.year())).and_then(PartialDate::known_day)?;
    let later = date.year.is_none() && this_year > today;
    if later { date.with_year(Some(today.year() - 1)).and_then(PartialDate::known_day) } else { Some(this_year) }
}

/// Which Monday is meant is for whoever types it to say.
fn names_weekday(text: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_ascii_lowercase);
    words.into_iter().any(|word| WEEKDAYS.iter().any(|day| word.starts_with(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, MomentError> {
        let now = DateTime::parse_from_rfc3339("2026-11-21T00:10:30+01:00").unwrap();
        read_past_moment(text, now, None).map(|at| at.to_rfc3339())
    }

    #[test]
    fn a_moment_is_read_as_it_is_meant() {
        for (text, expected) in [
            ("now", "2026-11-21T00:10:30+01:00"),
            ("00:05", "2026-11-21T00:05:00+01:00"),
            ("23:50", "2026-11-20T23:50:00+01:00"),
            ("22:55 UTC", "2026-11-20T22:55:00+00:00"),
            ("11:30 pm", "2026-11-20T23:30:00+01:00"),
            ("yesterday 23:50", "2026-11-20T23:50:00+01:00"),
            ("Yesterday, 9:05", "2026-11-20T09:05:00+01:00"),
            ("today 00:01", "2026-11-21T00:01:00+01:00"),
            ("2026-11-19 17:40", "2026-11-19T17:40:00+01:00"),
            ("2026-11-19T17:40:12Z", "2026-11-19T17:40:12+00:00"),
            ("2026-11-19 17:40 PST", "2026-11-19T17:40:00-08:00"),
            ("12:30 -0800", "2026-11-20T12:30:00-08:00"),
            ("19 Nov 17:40", "2026-11-19T17:40:00+01:00"),
            ("24 Dec 17:40", "2025-12-24T17:40:00+01:00"),
            ("10 min ago", "2026-11-21T00:00:30+01:00"),
            ("2 hours ago", "2026-11-20T22:10:30+01:00"),
            ("00:14", "2026-11-21T00:14:00+01:00"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_past_moment_is_refused() {
        for text in
            ["", "soon", "17", "yesterday", "2026-11-19", "17:40 and more", "Monday 10:00", "25:00", "10:00-11:00"]
        {
            assert_eq!(read(text), Err(MomentError::Unreadable), "{text}");
        }
        for text in ["2026-11-21 01:00", "2027-01-01 10:00 UTC", "today 23:00"] {
            assert!(matches!(read(text), Err(MomentError::Future(_))), "{text}");
        }
    }

    #[test]
    fn a_day_in_numbers_goes_by_the_order_that_is_stated() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T00:10:30+01:00").unwrap();
        let read = |order| read_past_moment("02/05/2026 10:00", now, order).map(|at| at.date_naive().to_string());
        assert_eq!(read(None), Err(MomentError::Unreadable));
        assert_eq!(read(Some(DateOrder::DayFirst)).as_deref(), Ok("2026-05-02"));
        assert_eq!(read(Some(DateOrder::MonthFirst)).as_deref(), Ok("2026-02-05"));
    }
}
