//! Reads a time of day at a position.

use chrono::NaiveTime;

use super::Context;
use super::cursor::Cursor;
use super::words::{Meridiem, Unit};

/// A time of day as written, and the position after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock<'a> {
    hour: u32,
    minute: u32,
    second: u32,
    milli: u32,
    pub(super) meridiem: Option<Meridiem>,
    /// Seconds were written: an offset may follow without a space.
    pub(super) precise: bool,
    /// `24:00`: midnight at the end of the day.
    pub(super) ends_day: bool,
    pub(super) after: Cursor<'a>,
}

impl<'a> Clock<'a> {
    fn new(hour: u32, minute: u32, after: Cursor<'a>) -> Self {
        Self { hour, minute, second: 0, milli: 0, meridiem: None, precise: false, ends_day: false, after }
    }

    /// Returns the same time, `24:00` as the first one of the next day.
    fn perhaps_end_of_day(self) -> Self {
        let ends_day = (self.hour, self.minute, self.second, self.milli) == (24, 0, 0, 0);
        Self { hour: if ends_day { 0 } else { self.hour }, ends_day, ..self }
    }

    /// Returns the time; a meridiem is ignored where the hour is one of 24 (`13:55 PM`).
    pub(super) fn time(&self) -> Option<NaiveTime> {
        let hour = match (self.meridiem, self.hour) {
            (Some(Meridiem::Am), 12) => 0,
            // 午後0時 is the hour behind noon.
            (Some(Meridiem::Pm), 0..=11) if !self.ends_day => self.hour + 12,
            (_, hour) => hour,
        };
        NaiveTime::from_hms_milli_opt(hour, self.minute, self.second, self.milli)
    }

    /// Returns the same time, as one that an offset may follow directly.
    pub(super) fn precisely(self) -> Self {
        Self { precise: true, ..self }
    }

    /// Returns the first hour of `3-4 PM`, in the half of the day that its end names.
    pub(super) fn borrowed(hour: u32, end: &Self, after: Cursor<'a>) -> Self {
        let mut clock = Self::new(hour, 0, after);
        clock.borrow_meridiem(end);
        clock
    }

    /// Reads `080000` or `0800`, the time of day of compact ISO 8601.
    pub(super) fn compact(at: Cursor<'a>) -> Option<Self> {
        let mut c = at;
        let (value, len) = c.digits()?;
        let clock = match len {
            6 => Self { second: value % 100, ..Self::new(value / 10_000, value / 100 % 100, c) },
            4 => Self::new(value / 100, value % 100, c),
            _ => return None,
        };
        (is_bounded(c) && clock.time().is_some()).then_some(clock)
    }

    /// Gives the first time of `07:00–08:00 AM` the half of the day that puts it before the second.
    pub(super) fn borrow_meridiem(&mut self, end: &Self) {
        if self.meridiem.is_some() || self.hour > 12 {
            return;
        }
        self.meridiem = end.meridiem;
        if self.time() > end.time() {
            self.meridiem = end.meridiem.map(|m| if m == Meridiem::Am { Meridiem::Pm } else { Meridiem::Am });
        }
    }
}

/// How much a place makes a time likely.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing says that a time stands here.
    Open,
    /// After a date: `15.26` and `9h` are times.
    AfterDate,
    /// After `kl`, `klo` and the like.
    AfterOclock,
}

/// Reads a time of day at `at`.
pub(super) fn clock_at<'a>(at: Cursor<'a>, cx: &Context<'_>, place: Place) -> Option<Clock<'a>> {
    if at.at_digit() {
        return digits_first(at, cx, place);
    }
    // 午後3時, 오후 3시: the half of the day comes first.
    at.peek().filter(|first| super::cursor::is_unspaced(*first))?;
    let (meaning, mut next) = cx.words.read(at)?;
    let meridiem = meaning.meridiem?;
    next.blanks();
    let mut clock = next.at_digit().then(|| digits_first(next, cx, place)).flatten()?;
    clock.meridiem = Some(meridiem);
    clock.time().map(|_| clock)
}

fn digits_first<'a>(at: Cursor<'a>, cx: &Context<'_>, place: Place) -> Option<Clock<'a>> {
    let mut c = at;
    let (value, len) = c.digits()?;
    let mut clock = match (len, c.peek()?) {
        (1 | 2, ':' | '：') => colon(value, c)?.perhaps_end_of_day(),
        (1 | 2, '.') => return dotted(value, c, cx, place),
        (1 | 2, 'h' | 'H') => return french(value, len, c, place),
        (1 | 2, '時' | '时' | '点' | '點' | '시') => unspaced(value, c)?.perhaps_end_of_day(),
        (1 | 2, _) => return bare_hour(value, c, cx, place),
        (4, _) => return military(value, c, cx),
        _ => return None,
    };
    suffix(&mut clock, cx);
    let bound = is_bounded(clock.after) && !counts_units(&clock, cx);
    (bound && clock.time().is_some()).then_some(clock)
}

/// Reads `:40`, `:40:12`, `:40:12.123` behind the hour.
fn colon(hour: u32, mut c: Cursor<'_>) -> Option<Clock<'_>> {
    c.bump();
    let (minute, 2) = c.digits()? else { return None };
    let mut clock = Clock::new(hour, minute, c);
    // The colon of `10:15: paged` closes the time.
    if c.ahead(1).is_some_and(|b| b.is_ascii_digit()) && c.eat(b':') {
        let (second, 2) = c.digits()? else { return None };
        (clock.second, clock.precise, clock.after) = (second, true, c);
        if (c.eat(b'.') || c.eat(b',')) && c.at_digit() {
            let (value, len) = c.digits()?;
            let scale = 10_u32.pow(u32::try_from(len).ok()?);
            clock.milli = u32::try_from(u64::from(value) * 1000 / u64::from(scale)).ok()?;
            clock.after = c;
        }
    }
    Some(clock)
}

/// Reads `.26` behind the hour, which is a time only where something says so.
fn dotted<'a>(hour: u32, mut c: Cursor<'a>, cx: &Context<'_>, place: Place) -> Option<Clock<'a>> {
    c.bump();
    let (minute, 2) = c.digits()? else { return None };
    let mut clock = Clock::new(hour, minute, c);
    let marked = suffix(&mut clock, cx) || place == Place::AfterOclock;
    let likely = place == Place::AfterDate && is_followed_by_prose(clock.after) || cx.dotted;
    ((marked || likely) && is_bounded(clock.after) && clock.time().is_some()).then_some(clock)
}

/// Returns whether the text goes on as behind a time, not as behind an amount (`10.25 GB`, `10.25 %`).
fn is_followed_by_prose(mut c: Cursor<'_>) -> bool {
    let spaced = c.blanks();
    let mut letters = c.rest().chars();
    match letters.next() {
        None => true,
        Some(first) if spaced && first.is_alphabetic() => {
            first.is_uppercase()
                && (letters.next().is_some_and(char::is_lowercase) || super::zone::zone_at(c).is_some())
        }
        Some(other) => matches!(other, ':' | ',' | ';' | '|' | ')' | ']' | '*' | '_' | '~' | '-' | '–' | '—' | '→'),
    }
}

/// Reads `h30` or `h` behind the hour. `2h`, `1h50m` are durations; so is `14h` before a word.
fn french(hour: u32, len: usize, mut c: Cursor<'_>, place: Place) -> Option<Clock<'_>> {
    c.bump();
    let minute = match c.digits() {
        Some((minute, 2)) => Some(minute),
        Some(_) => return None,
        None => None,
    };
    let clock = Clock::new(hour, minute.unwrap_or(0), c);
    let mut next = c;
    let spaced = next.blanks();
    let likely = minute.is_some()
        || place != Place::Open
        || len == 2 && !(spaced && next.peek().is_some_and(char::is_alphanumeric));
    (likely && c.at_word_end() && !is_part_of_duration(next) && clock.time().is_some()).then_some(clock)
}

/// Returns whether `16m` or the like follows.
fn is_part_of_duration(mut c: Cursor<'_>) -> bool {
    c.digits().is_some() && {
        c.blanks();
        matches!(c.byte(), Some(b'm' | b's'))
    }
}

/// Reads `時30分`, `点30`, `시 30분` behind the hour; `時間` and `시간` count hours instead.
fn unspaced(hour: u32, mut c: Cursor<'_>) -> Option<Clock<'_>> {
    c.bump();
    if c.eat_char(&['間', '间', '간']) {
        return None;
    }
    let mut clock = Clock::new(hour, 0, c);
    c.blanks();
    if c.eat_char(&['半']) {
        (clock.minute, clock.after) = (30, c);
    } else if let Some((minute, 1 | 2)) = c.digits()
        && c.eat_char(&['分', '분'])
    {
        (clock.minute, clock.after) = (minute, c);
    }
    Some(clock)
}

/// Reads `PM` or `Uhr` behind a bare hour, or nothing after `kl`.
fn bare_hour<'a>(hour: u32, c: Cursor<'a>, cx: &Context<'_>, place: Place) -> Option<Clock<'a>> {
    let mut clock = Clock::new(hour, 0, c);
    let marked = suffix(&mut clock, cx);
    // One letter behind a bare number is rather a unit: `2 h`, `3 u`.
    let is_word = marked && clock.after.at - c.at > 2 || clock.meridiem.is_some();
    let possible = clock.meridiem.is_none() || (1..=24).contains(&hour);
    let likely = is_word || place == Place::AfterOclock;
    (likely && possible && is_bounded(clock.after) && clock.time().is_some()).then_some(clock)
}

/// Reads `0800Z`, `0800 UTC`, `1430 hrs`.
fn military<'a>(value: u32, c: Cursor<'a>, cx: &Context<'_>) -> Option<Clock<'a>> {
    let clock = Clock::new(value / 100, value % 100, c).perhaps_end_of_day();
    let mut next = c;
    next.blanks();
    let zoned = super::zone::zone_at(next).is_some_and(|(zone, _)| matches!(zone.name, "UTC" | "GMT"));
    if zoned {
        return clock.time().map(|_| clock);
    }
    let (meaning, after) = cx.words.read(next)?;
    let counted = meaning.oclock || meaning.unit == Some(Unit::Hour);
    (counted && after.at - next.at > 1 && clock.time().is_some()).then_some(Clock { after, ..clock })
}

/// Reads `AM`, `p.m.`, `Uhr`, `h` behind a time; returns whether one stood there.
fn suffix(clock: &mut Clock<'_>, cx: &Context<'_>) -> bool {
    let mut c = clock.after;
    c.blanks();
    if let Some((meridiem, after)) = latin_meridiem(c).or_else(|| glued_letter(clock.after)) {
        (clock.meridiem, clock.after) = (Some(meridiem), after);
        return true;
    }
    if !c.peek().is_some_and(char::is_alphabetic) {
        return false;
    }
    let Some((meaning, after)) = cx.words.read(c) else { return false };
    let twelve = meaning.twelve.filter(|_| (clock.hour, clock.minute) == (12, 0));
    let hit = meaning.oclock || meaning.meridiem.is_some() || twelve.is_some();
    if hit {
        clock.meridiem = twelve.or(meaning.meridiem);
        clock.after = after;
    }
    hit
}

/// Reads the `a` of `11:21a`.
fn glued_letter(mut c: Cursor<'_>) -> Option<(Meridiem, Cursor<'_>)> {
    let meridiem = match c.byte()? {
        b'a' | b'A' => Meridiem::Am,
        b'p' | b'P' => Meridiem::Pm,
        _ => return None,
    };
    // `2.10a` is a version.
    let minutes = c.text.as_bytes().get(c.at.wrapping_sub(3)) == Some(&b':');
    c.bump();
    (minutes && c.at_word_end()).then_some((meridiem, c))
}

/// Reads `am`, `PM`, `a.m.`, `P.M.`.
fn latin_meridiem(mut c: Cursor<'_>) -> Option<(Meridiem, Cursor<'_>)> {
    let meridiem = match c.byte()?.to_ascii_lowercase() {
        b'a' => Meridiem::Am,
        b'p' => Meridiem::Pm,
        _ => return None,
    };
    c.bump();
    let dotted = c.eat(b'.');
    if dotted {
        c.blanks();
    }
    if !(c.eat(b'm') || c.eat(b'M')) {
        return None;
    }
    let end = c.at_word_end();
    if dotted {
        c.eat(b'.');
    }
    end.then_some((meridiem, c))
}

/// Returns whether nothing follows that would make the digits part of something longer.
fn is_bounded(c: Cursor<'_>) -> bool {
    match c.peek() {
        Some(':' | '.' | '/') => !c.ahead(1).is_some_and(|b| b.is_ascii_digit()),
        Some('Z' | 'z') => c.ahead(1).is_none_or(|b| !b.is_ascii_alphanumeric()),
        Some('%') => false,
        Some(other) => !other.is_alphanumeric() || super::cursor::is_unspaced(other) || is_zone_glued(c),
        None => true,
    }
}

/// Returns whether a zone stands directly at the time: `10:00UTC`.
fn is_zone_glued(c: Cursor<'_>) -> bool {
    c.peek().is_some_and(|c| c.is_ascii_uppercase()) && super::zone::zone_at(c).is_some()
}

/// Returns whether a unit follows: `1:30 hours` is a duration.
fn counts_units(clock: &Clock<'_>, cx: &Context<'_>) -> bool {
    let mut c = clock.after;
    if clock.meridiem.is_some() || !c.blanks() || !c.peek().is_some_and(|c| c.is_lowercase()) {
        return false;
    }
    let unit = cx.words.read(c).filter(|(m, _)| !m.oclock && !m.filler && !m.range).and_then(|(m, after)| {
        let long = after.at - c.at > 1;
        m.unit.filter(|_| long)
    });
    matches!(unit, Some(Unit::Second | Unit::Minute | Unit::Hour))
}
