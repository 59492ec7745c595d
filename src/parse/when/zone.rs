//! Zones and offsets where they stand beside times.

use super::cursor::{Cursor, is_dash};
use crate::words::Zone::Fixed;
pub(crate) use crate::words::{Zone, ZoneReading};

/// Reads a zone name with an optional offset (`CET`, `UTC-3`, `GMT+02:00`) at `at`.
pub(super) fn zone_at(at: Cursor<'_>) -> Option<(ZoneReading, Cursor<'_>)> {
    let bytes = at.text.as_bytes();
    let len = bytes[at.at..].iter().take(6).take_while(|b| b.is_ascii_uppercase()).count();
    let after = at.moved(at.at + len);
    if len == 1 && bytes[at.at] == b'Z' && after.at_word_end() {
        return Some((ZoneReading { name: "UTC", zone: Fixed(0) }, after));
    }
    // Every other name has two letters or more.
    let zone = (len > 1).then(|| ZoneReading::named(&at.text[at.at..after.at])).flatten()?;
    if matches!(zone.name, "UTC" | "GMT")
        && let Some((offset, after)) = attached_offset(after)
    {
        return Some((ZoneReading { name: zone.name, zone: Fixed(offset) }, after));
    }
    let mut next = after;
    let compound = next.dash() && next.peek().is_some_and(char::is_alphabetic);
    (after.at_word_end() && !compound).then_some((zone, after))
}

/// Reads the `-3` of `UTC-3`. In `10:00 UTC-11:00 UTC` the same place holds the end of a range.
fn attached_offset(at: Cursor<'_>) -> Option<(i32, Cursor<'_>)> {
    let mut sign = at;
    let spaced = sign.blanks();
    if spaced && sign.byte() != Some(b'+') {
        return None;
    }
    let (offset, after) = offset_at(sign, 1)?;
    (!is_end_of_range(after)).then_some((offset, after))
}

/// Tells whether a zone or a half of the day stands behind what looks like an offset.
pub(super) fn is_end_of_range(mut at: Cursor<'_>) -> bool {
    at.blanks();
    let word: &str = at.rest().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") || ZoneReading::named(word).is_some()
}

/// Reads `+02:00`, `-0300`, `+2` at `at`, in minutes; the hours have at least `min_digits` digits.
pub(super) fn offset_at(at: Cursor<'_>, min_digits: usize) -> Option<(i32, Cursor<'_>)> {
    let mut c = at;
    let negative = match c.peek()? {
        '+' => false,
        sign if is_dash(sign) => true,
        _ => return None,
    };
    c.bump();
    let (value, len) = c.digits()?;
    let (hours, minutes) = match len {
        1 | 2 if len >= min_digits => {
            let mut colon = c;
            match (colon.eat(b':'), colon.digits()) {
                (true, Some((minutes, 2))) => {
                    c = colon;
                    (value, minutes)
                }
                (true, _) => return None,
                (false, _) => (value, 0),
            }
        }
        4 => (value / 100, value % 100),
        _ => return None,
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    let possible = hours <= 14 && minutes < 60 && minutes % 15 == 0 && c.at_word_end();
    possible.then_some((if negative { -total } else { total }, c))
}

/// Tells whether `-0800` stands here: a sign and four digits that no time has.
pub(super) fn has_four_digits(at: Cursor<'_>) -> bool {
    let mut c = at;
    c.dash() && c.digits().is_some_and(|(_, len)| len == 4)
}

/// Finds a declared zone: `All times in PST`, `Timeline (UTC-3 Chile Time)`, `CEST (UTC+2)`.
///
/// For headings, column headings and lines about the times; prose that names a zone by the way declares none.
/// Where a name and an offset stand side by side the offset counts.
pub(crate) fn find_zone(text: &str) -> Option<ZoneReading> {
    let bytes = text.as_bytes();
    let mut found: Option<ZoneReading> = None;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let starts = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'_' | b'-' | b'/'));
        let cursor = Cursor { text, at };
        let read = match byte {
            b'A'..=b'Y' if starts => {
                zone_at(cursor).filter(|(zone, _)| is_plain_name(zone.name) || is_declared(cursor))
            }
            b'+' | b'-' if text[..at].ends_with(['(', '（']) => {
                offset_at(cursor, 2).map(|(offset, after)| (ZoneReading { name: "+", zone: Fixed(offset) }, after))
            }
            _ => None,
        };
        let Some((zone, after)) = read else {
            at += 1;
            continue;
        };
        match found {
            None => found = Some(zone),
            Some(first) => return Some(merge(first, zone)),
        }
        let mut next = after;
        next.blanks();
        if !next.eat_char(&['(', '（']) {
            return found;
        }
        at = next.at;
    }
    found
}

/// Takes the offset from `second` where that is written as one, the name from `first`.
fn merge(first: ZoneReading, second: ZoneReading) -> ZoneReading {
    match (first.name, second.name) {
        ("UTC" | "GMT" | "+", "UTC" | "GMT" | "+") | (_, "UTC" | "GMT" | "+") => {
            ZoneReading { name: first.name, zone: second.zone }
        }
        _ => first,
    }
}

/// Names that are nothing else in upper case; the others (`ET`, `ART`, `PET` …) need a place where zones stand.
fn is_plain_name(name: &str) -> bool {
    !matches!(
        name,
        "ART" | "CAT" | "MSK" | "COT" | "CT" | "EAT" | "ET" | "MT" | "PET" | "PT" | "WAT" | "WET" | "WEST" | "ICT"
    )
}

/// Returns whether `at` follows a bracket, a digit, `in`, `time(s)` or a meridiem.
fn is_declared(at: Cursor<'_>) -> bool {
    let before = at.text[..at.at].trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    before.ends_with(['(', '（', '[', ':', ',', '|', '=']) && !before.is_empty()
        || before.ends_with(|c: char| c.is_ascii_digit())
        || ["in", "time", "times", "am", "pm", "timezone", "zone"].iter().any(|w| last.eq_ignore_ascii_case(w))
}
