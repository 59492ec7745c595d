//! Reads a whole time expression piece by piece: date, time, zone, weekday, the end of a range, in any order.

use chrono::{NaiveDate, NaiveTime};

use super::clock::{Clock, Place, clock_at};
use super::cursor::{Cursor, is_dash};
use super::date::{date_at, is_year_first};
use super::zone::{Zone, ZoneReading, has_four_digits, is_end_of_range, offset_at, zone_at};
use super::{Context, Scanned, When};

/// The state of reading one expression.
pub(super) struct Scan<'a, 'c> {
    pub(super) cx: &'c Context<'c>,
    pub(super) when: When,
    pub(super) clock: Option<Clock<'a>>,
    pub(super) zone: Option<ZoneReading>,
    /// Reading the end of a range: a further range is not part of it.
    nested: bool,
    /// The last piece was a date ended by the `T` of ISO 8601.
    iso: bool,
    /// The last piece was `kl` or the like.
    oclock: bool,
    /// `about` or the like stood just before: said of the next piece, of nothing where none follows.
    pending: bool,
    pub(super) end: usize,
}

impl<'a, 'c> Scan<'a, 'c> {
    pub(super) fn new(cx: &'c Context<'c>) -> Self {
        let when = When::default();
        Self { cx, when, clock: None, zone: None, nested: false, iso: false, oclock: false, pending: false, end: 0 }
    }

    /// Begins to read what may stand inside another expression.
    pub(super) fn nested(cx: &'c Context<'c>) -> Self {
        Self { nested: true, ..Self::new(cx) }
    }

    /// Reads pieces from `at` until none fits.
    pub(super) fn run(&mut self, at: Cursor<'a>) {
        let mut cursor = at;
        // Words such as "on" and weekdays may be many; ten steps hold every real expression.
        for _ in 0..10 {
            let Some((next, counts)) = self.step(cursor) else { break };
            if counts {
                self.end = next.at;
            }
            cursor = next;
        }
    }

    /// Returns what was read, if a date or a time was among it.
    pub(super) fn finish(mut self) -> Option<Scanned> {
        self.when.time = self.clock.and_then(|c| c.time());
        if self.clock.is_some_and(|clock| clock.ends_day) {
            self.when.date = self.when.date.map(super::DateReading::next_day);
            self.when.ends_day = self.when.date.is_none();
        }
        if self.when.time.is_none() && self.when.date.is_none() {
            return None;
        }
        if let Some(zone) = self.zone {
            self.when.zone_name = Some(zone.name);
            let date = self.when.date.and_then(|d| d.with_year(self.cx.year)).map(crate::model::PartialDate::first_day);
            self.when.offset = offset_of(zone, date, self.when.time);
        }
        Some(Scanned { when: self.when, end: self.end })
    }

    pub(super) fn has_any(&self) -> bool {
        self.clock.is_some() || self.when.date.is_some()
    }

    /// Reads one piece; the flag tells whether the expression reaches up to it whatever follows.
    fn step(&mut self, at: Cursor<'a>) -> Option<(Cursor<'a>, bool)> {
        if let Some(next) = self.attached(at) {
            return Some((next, true));
        }
        let mut c = at;
        self.separators(&mut c);
        if matches!(c.peek()?, '(' | '（') {
            return self.group(c).map(|next| (next, true));
        }
        if let Some(next) = self.piece(c) {
            self.when.approximate |= self.pending;
            return Some((next, true));
        }
        if !self.nested
            && self.has_any()
            && let Some(next) = super::range::range_at(self, at)
        {
            return Some((next, true));
        }
        self.word(c)
    }

    /// Reads what stands without a space at the time: an offset, the `~` of `10:45~`, the `?` of `20:03?`.
    fn attached(&mut self, at: Cursor<'a>) -> Option<Cursor<'a>> {
        let clock = self.clock.filter(|clock| clock.after.at == at.at)?;
        let mut c = at;
        if c.eat(b'?') {
            self.when.approximate = true;
            return Some(c);
        }
        if c.peek() == Some('~') && c.ahead(1) != Some(b'~') {
            c.bump();
            let mut next = c;
            next.blanks();
            if next.at_digit() {
                return None;
            }
            self.when.approximate = true;
            return Some(c);
        }
        let signed = c.byte() == Some(b'+') || clock.precise && self.iso || has_four_digits(c);
        let (offset, after) = signed.then(|| offset_at(c, 2)).flatten().filter(|_| self.zone.is_none())?;
        self.zone = Some(ZoneReading { name: "+", zone: Zone::Fixed(offset) });
        Some(after)
    }

    /// Steps over spaces, commas, emphasis; over `@`, and over a colon between a date and its time.
    fn separators(&self, c: &mut Cursor<'a>) {
        loop {
            c.blanks();
            match c.peek() {
                Some(',' | '*' | '`' | '、' | '，') if self.has_any() => c.bump(),
                Some('_') if self.has_any() && !c.ahead(1).is_some_and(|b| b.is_ascii_alphanumeric()) => c.bump(),
                Some('@') => c.bump(),
                Some(':' | '.') if self.is_before_time(*c) => c.bump(),
                _ => return,
            }
        }
    }

    /// Returns whether a date ended here and its time follows the colon: `Oct 29: 10:00`, `17/Nov/2025:10:00:12`.
    fn is_before_time(&self, c: Cursor<'a>) -> bool {
        let open = self.when.date.is_some() && self.clock.is_none();
        let next = c.ahead(1);
        open && (next == Some(b' ') || c.byte() == Some(b':') && next.is_some_and(|b| b.is_ascii_digit()))
    }

    /// Reads a zone, a time or a date, whichever is still missing.
    pub(super) fn piece(&mut self, c: Cursor<'a>) -> Option<Cursor<'a>> {
        let first = c.peek()?;
        if self.clock.is_some()
            && self.zone.is_none()
            && (first.is_ascii_uppercase() || matches!(first, 'z' | '+') || is_dash(first))
            && let Some((zone, after)) = self.zone_piece(c)
        {
            self.zone = Some(zone);
            return Some(after);
        }
        if self.clock.is_none()
            && let Some(next) = self.time_piece(c, first)
        {
            return Some(next);
        }
        if self.when.date.is_none() {
            let span = date_at(c, self.cx)?;
            (self.when.date, self.when.end_date) = (Some(span.first), span.last);
            return Some(span.after);
        }
        self.late_year(c)
    }

    fn zone_piece(&self, c: Cursor<'a>) -> Option<(ZoneReading, Cursor<'a>)> {
        let glued_z = c.byte() == Some(b'z') && self.clock.is_some_and(|clock| clock.after.at == c.at);
        let after = c.moved(c.at + usize::from(glued_z));
        if glued_z && after.at_word_end() {
            return Some((ZoneReading { name: "UTC", zone: Zone::Fixed(0) }, after));
        }
        let bare = || match c.byte() {
            Some(b'+') => offset_at(c, 2),
            _ => self.west_of_utc(c),
        };
        zone_at(c).or_else(|| {
            let (offset, after) = bare()?;
            Some((ZoneReading { name: "+", zone: Zone::Fixed(offset) }, after))
        })
    }

    /// Reads the `-0800` of `12:30:45 -0800` and the `-08:00` of `12:30 -08:00`. In `08:00 -09:30` and in `08:00 -09:30 UTC`
    /// the same place holds the end of a range.
    fn west_of_utc(&self, c: Cursor<'a>) -> Option<(i32, Cursor<'a>)> {
        let clock = self.clock.filter(|_| c.peek().is_some_and(is_dash))?;
        let (offset, after) = offset_at(c, 2).filter(|(_, after)| after.byte() != Some(b':'))?;
        if has_four_digits(c) {
            return Some((offset, after));
        }
        let mut end = c;
        end.bump();
        let end = clock_at(end, self.cx, Place::Open).filter(|end| end.after.at == after.at)?;
        let later = !clock.precise && end.time() > clock.time();
        (c.before() == Some(' ') && !later && !is_end_of_range(after)).then_some((offset, after))
    }

    fn time_piece(&mut self, c: Cursor<'a>, first: char) -> Option<Cursor<'a>> {
        let after_date = self.when.date.is_some() && self.end == c.at;
        if matches!(first, 'T' | 't') && after_date {
            return self.iso_time(c);
        }
        if is_year_first(c) {
            return None;
        }
        let place = match (self.oclock, self.when.date) {
            (true, _) => Place::AfterOclock,
            (_, Some(_)) => Place::AfterDate,
            _ => Place::Open,
        };
        let mut clock = match clock_at(c, self.cx, place) {
            Some(clock) => clock,
            None => super::range::bare_hours(c, self.cx)?,
        };
        self.iso = clock.precise && self.when.date.is_some();
        if clock.after.at == c.at {
            clock.after = c;
        }
        self.clock = Some(clock);
        Some(clock.after)
    }

    /// Reads `T08:00:00` or `T080000` behind a date.
    fn iso_time(&mut self, c: Cursor<'a>) -> Option<Cursor<'a>> {
        let start = c.moved(c.at + 1);
        let clock = clock_at(start, self.cx, Place::AfterDate).or_else(|| Clock::compact(start))?;
        (self.clock, self.iso) = (Some(clock.precisely()), true);
        Some(clock.after)
    }

    /// Reads the year of `Fri May 10 12:00:00 2024 +0200`, which stands behind the time.
    fn late_year(&mut self, mut c: Cursor<'a>) -> Option<Cursor<'a>> {
        let date = self.when.date.filter(|d| d.year.is_none() && self.clock.is_some())?;
        let (year, 4) = c.digits()? else { return None };
        let fits = (1970..2100).contains(&year) && c.at_word_end();
        let year = i32::try_from(year).ok().filter(|_| fits)?;
        self.when.date = Some(super::DateReading { year: Some(year), ..date });
        date.with_year(Some(year)).map(|_| c)
    }

    /// Reads `(Oct 29)`, `(UTC)`, `(UTC-3 Chile Time)`, and `(UTC+2)` behind `CEST`; nothing else in brackets.
    fn group(&mut self, open: Cursor<'a>) -> Option<Cursor<'a>> {
        if !self.has_any() {
            return None;
        }
        let mut c = open;
        c.bump();
        c.blanks();
        let mut sub = Scan::nested(self.cx);
        let zone = if self.clock.is_some() { self.zone_piece(c) } else { None };
        if let Some((zone, after)) = zone {
            let close = after.rest().find(|c: char| !(c.is_alphabetic() || c == ' ' || c == '.'))?;
            let mut end = after.moved(after.at + close);
            if !end.eat_char(&[')', '）']) {
                return None;
            }
            self.zone = Some(ZoneReading { name: self.zone.map_or(zone.name, |known| known.name), zone: zone.zone });
            return Some(end);
        }
        sub.run(c);
        let mut end = c.moved(sub.end.max(c.at));
        end.blanks();
        let takes_date = sub.clock.is_none() && self.when.date.is_none() && sub.when.date.is_some();
        let takes_time = sub.when.date.is_none() && self.clock.is_none() && sub.clock.is_some();
        let weekday = !sub.has_any()
            && self.cx.words.read(c).is_some_and(|(meaning, after)| {
                end = after;
                meaning.weekday
            });
        if !(takes_date || takes_time || weekday) || !end.eat_char(&[')', '）']) {
            return None;
        }
        self.when.date = self.when.date.or(sub.when.date);
        self.when.end_date = self.when.end_date.or(sub.when.end_date);
        self.clock = self.clock.or(sub.clock);
        self.zone = self.zone.or(sub.zone);
        Some(end)
    }

    /// Reads a weekday, `at`, `kl`, `about` between or before the pieces.
    fn word(&mut self, c: Cursor<'a>) -> Option<(Cursor<'a>, bool)> {
        if c.peek() == Some('~') && c.ahead(1) != Some(b'~') {
            self.pending = true;
            return Some((c.moved(c.at + 1), false));
        }
        let (meaning, mut after) = self.cx.words.read(c)?;
        if !c.peek()?.is_alphabetic() {
            return None;
        }
        self.oclock = meaning.oclock;
        if !(meaning.weekday || meaning.filler || meaning.oclock || meaning.approximate && self.clock.is_none()) {
            return None;
        }
        after.eat(b'.');
        if meaning.weekday {
            after.eat(b',');
        }
        self.pending |= meaning.approximate;
        Some((after, meaning.weekday && self.has_any() && is_weekday_alone(c, after)))
    }
}

/// Returns whether the weekday between `from` and `to` closes the expression: short ones are words of many languages
/// (`so`, `do`, `pt`), and `Monday deploys` belongs to what is told.
fn is_weekday_alone(from: Cursor<'_>, to: Cursor<'_>) -> bool {
    let mut c = to;
    c.blanks();
    to.at - from.at > 4 && matches!(c.peek(), None | Some(':' | '-' | '–' | '—' | ')' | '*' | '|' | '\n' | '\r'))
}

/// Returns the offset of `zone`; `None` where the date that decides it is missing.
fn offset_of(zone: ZoneReading, date: Option<NaiveDate>, time: Option<NaiveTime>) -> Option<chrono::FixedOffset> {
    (!zone.needs_date() || date.is_some()).then(|| zone.offset_on(date, time))
}
