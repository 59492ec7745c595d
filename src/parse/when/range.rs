//! The end of a range behind a day or a time.

use super::Context;
use super::clock::{Clock, Place, clock_at};
use super::cursor::{Cursor, is_dash};
use super::scan::Scan;

/// Reads ` – 11:00 UTC`, ` to Oct 2, 2025`, `-2:00` behind a time or date.
///
/// `2025-12-17 - 08:00` is no range but a date with its time.
pub(super) fn range_at<'a>(scan: &mut Scan<'a, '_>, at: Cursor<'a>) -> Option<Cursor<'a>> {
    if scan.when.end_date.is_some() || scan.when.end_time.is_some() {
        return None;
    }
    let (start, by_dash) = separator(at, scan.cx)?;
    // Behind most times and a dash stands what is told.
    if start.ascii_word().is_some_and(|word| !word.is_empty() && scan.cx.words.is_foreign(word)) {
        return None;
    }
    let mut end = Scan::nested(scan.cx);
    end.run(start);
    if !end.has_any() {
        let (meaning, after) = scan.cx.words.read(start)?;
        return (meaning.unknown && after.at_word_end()).then(|| year_behind(scan, after));
    }
    let after = at.moved(end.end);
    let date = end.when.date;
    match (end.clock, scan.clock) {
        (Some(time), None) if date.is_none() && by_dash => {
            (scan.clock, scan.zone) = (Some(time), end.zone);
            return Some(after);
        }
        (Some(time), Some(mut first)) => {
            first.borrow_meridiem(&time);
            scan.clock = Some(first);
        }
        // `08:00 – 2025-12-17 …`: the date belongs to what is told, not to the time.
        (None, _) if scan.when.date.is_none() => return None,
        _ => {}
    }
    let times = scan.clock.is_some() || end.clock.is_none();
    if !times {
        return None;
    }
    merge_dates(scan, date);
    scan.when.end_time = end.clock.and_then(|c| c.time());
    if end.clock.is_some_and(|clock| clock.ends_day) {
        scan.when.end_date = scan.when.end_date.map(super::DateReading::next_day);
    }
    scan.zone = scan.zone.or(end.zone);
    scan.when.approximate |= end.when.approximate;
    Some(after)
}

/// Reads the year of `March 18 – ongoing, 2022`.
fn year_behind<'a>(scan: &mut Scan<'a, '_>, at: Cursor<'a>) -> Cursor<'a> {
    let Some(date) = scan.when.date.as_mut().filter(|date| date.year.is_none()) else { return at };
    let mut c = at;
    c.eat(b',');
    c.blanks();
    match c.digits().and_then(|(year, len)| i32::try_from(year).ok().filter(|_| len == 4)) {
        Some(year) if (1990..2100).contains(&year) && c.at_word_end() => {
            date.year = Some(year);
            c
        }
        _ => at,
    }
}

/// Gives both ends their dates: `Sep 30 – Oct 2, 2025` shares the year, `07:00–08:00 Sep 08` the day.
fn merge_dates(scan: &mut Scan<'_, '_>, end: Option<super::DateReading>) {
    let Some(end) = end else { return };
    match &mut scan.when.date {
        Some(first) => {
            let earlier = (first.month, first.day) <= (end.month, end.day);
            first.year = first.year.or(end.year.map(|year| if earlier { year } else { year - 1 }));
            // `Dec 31, 2025 – Jan 1`: more than half a year back is over New Year.
            let turns = i32::from(first.month >= end.month + 6);
            scan.when.end_date =
                Some(super::DateReading { year: end.year.or(first.year.map(|year| year + turns)), ..end });
        }
        None => scan.when.date = Some(end),
    }
}

/// Reads a dash, an arrow or a word such as `to`; tells whether it was a dash.
fn separator<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(Cursor<'a>, bool)> {
    let mut c = at;
    c.blanks();
    while matches!(c.peek(), Some('*' | '`')) {
        c.bump();
    }
    c.blanks();
    let by_dash = match c.peek()? {
        dash if is_dash(dash) => {
            c.bump();
            if dash == '-' && !c.eat(b'>') {
                c.eat(b'-');
            }
            true
        }
        '~' | '〜' | '～' | '→' | '⇒' | '➡' | '…' => {
            c.bump();
            false
        }
        '=' if c.ahead(1) == Some(b'>') => {
            c.at += 2;
            false
        }
        letter if letter.is_alphabetic() => {
            let (_, after) = cx.words.read(c).filter(|(meaning, _)| meaning.range)?;
            c = after;
            false
        }
        _ => return None,
    };
    c.blanks();
    while matches!(c.peek(), Some('*' | '`' | '~')) {
        c.bump();
    }
    Some((c, by_dash))
}

/// Reads the `3` of `3-4 PM`.
pub(super) fn bare_hours<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<Clock<'a>> {
    let mut c = at;
    let (hour, 1..=2) = c.digits()? else { return None };
    let after = c;
    c.blanks();
    if !c.dash() {
        return None;
    }
    c.blanks();
    let end = clock_at(c, cx, Place::Open).filter(|end| end.meridiem.is_some())?;
    (1..=12).contains(&hour).then(|| Clock::borrowed(hour, &end, after))
}
