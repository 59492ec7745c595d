//! Durations written like times of day: `1:30`, `0:45:10`, `12:30 min`.

use super::Context;
use super::cursor::Cursor;
use super::duration::unit_at;
use super::words::Unit;

/// Reads `01:30:00`, `1:30`, `0:45:10` as hours, minutes, seconds, where the label says that it is a duration; `12:30 min` as
/// minutes and seconds.
pub(crate) fn clock_duration(text: &str, cx: &Context<'_>) -> Option<i64> {
    let c = Cursor::new(text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '`')));
    let (clock, after) = clock_at(c)?;
    match clock {
        [minutes, seconds, None] if counts_minutes(after, cx) => Some(rounded(0, minutes?, seconds?)),
        [hours, minutes, seconds] => Some(rounded(hours?, minutes?, seconds.unwrap_or(0))),
    }
}

/// Reads the `2:15:00` of `1 day, 2:15:00`, in minutes: less than a day, and written to the second.
pub(super) fn rest_of_day(at: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let ([Some(hours), Some(minutes), Some(seconds)], mut after) = clock_at(at)? else { return None };
    // `1 day, 2:15:00.123`
    let mut fraction = after;
    if fraction.eat(b'.') && fraction.digits().is_some() {
        after = fraction;
    }
    let mut next = after;
    next.blanks();
    let is_time = super::zone::zone_at(next).is_some();
    (hours < 24 && !is_time).then(|| (f64::from(hours * 60 + minutes) + f64::from(seconds) / 60.0, after))
}

/// Reads two or three numbers with colons between them.
fn clock_at(mut c: Cursor<'_>) -> Option<([Option<u32>; 3], Cursor<'_>)> {
    let (first, _) = c.digits()?;
    if !c.eat(b':') {
        return None;
    }
    let (second, 2) = c.digits()? else { return None };
    let mut third = None;
    if c.eat(b':') {
        let (value, 2) = c.digits()? else { return None };
        third = Some(value);
    }
    let fits = second < 60 && third.is_none_or(|third| third < 60) && first < 100_000 && c.at_word_end();
    (fits && c.byte() != Some(b':')).then_some(([Some(first), Some(second), third], c))
}

/// Tells whether `min` or `(mm:ss)` stands behind a clock.
fn counts_minutes(mut c: Cursor<'_>, cx: &Context<'_>) -> bool {
    c.blanks();
    let named = c.rest().get(..7).is_some_and(|unit| unit.eq_ignore_ascii_case("(mm:ss)"));
    named || unit_at(c, cx, None, false).is_some_and(|(unit, _)| unit == Unit::Minute)
}

fn rounded(hours: u32, minutes: u32, seconds: u32) -> i64 {
    i64::from(hours) * 60 + i64::from(minutes) + i64::from(seconds >= 30)
}
