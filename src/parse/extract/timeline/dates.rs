//! Giving entries their date and zone: stated, inherited from what stands before them, or carried over midnight.

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveTime};

use super::direction::{Direction, crosses_midnight};
use super::{Found, Gathered, Piece};
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, Extracted, Moment, PartialDate, TimelineEntry, TimelineMark, ZoneOrigin};
use crate::parse::extract::{Source, status};
use crate::parse::vocabulary::{MarkWord, fold};
use crate::parse::when::{self, DateReading, When, ZoneReading};

/// A first day without a year lies at most so many days behind that of the incident, where it is in the year after.
const NEW_YEAR_DAYS: i64 = 60;

/// Two days without years that follow each other at such a distance are of two years.
const HALF_A_YEAR: i64 = 180;

/// So far ahead is the day before, where the latest entry stands first: `Jan 1`, `Dec 31`.
const NEARLY_A_YEAR: i64 = 350;

/// Turns the pieces into timeline entries of `document`; `known` is the incident's date as stated elsewhere.
pub(crate) fn resolve(
    source: &Source<'_>,
    gathered: &mut Gathered,
    known: Option<&Extracted<PartialDate>>,
    document: &mut Document,
) {
    let stem = source.file_stem();
    let named =
        when::date_in_name(stem).or_else(|| when::short_date_in_name(stem)).and_then(|date| date.with_year(None));
    let known = known.map(|date| date.value).or(named);
    let mut walker = Walker::new(known);
    document.timeline.reserve(gathered.pieces.len());
    for at in 0..gathered.pieces.len() {
        let moment = walker.step(&gathered.pieces[at..]);
        let (Some(moment), Piece::Entry(found)) = (moment, &mut gathered.pieces[at]) else { continue };
        if found.when.date.is_some_and(|date| date.suspicious) {
            let message = format!("`{}` is no date; read as {}", found.raw, moment.date.unwrap_or_default());
            document.diagnostics.push(Diagnostic::new("odd-date", Level::Warning, found.line, message));
        }
        let has_time = moment.date.is_some() || moment.time.is_some();
        let mark = mark(source, &found.text);
        // The words of key events are read once more.
        let words = |words: &mut String| if found.key_event { words.clone() } else { std::mem::take(words) };
        let (raw, text) = (words(&mut found.raw), words(&mut found.text));
        document.timeline.push(TimelineEntry { at: has_time.then_some(moment), raw, text, line: found.line, mark });
    }
}

/// What the entries inherit.
pub(super) struct Walker {
    known: Option<NaiveDate>,
    /// The first day that the incident may be of.
    near: Option<NaiveDate>,
    date: Option<NaiveDate>,
    year: Option<i32>,
    zone: Option<ZoneReading>,
    last: Option<NaiveTime>,
    /// What times such as `T+15` are counted from.
    base: Option<(NaiveDate, NaiveTime)>,
    /// Nothing says when that was: only the distances are known.
    guessed: bool,
    /// The earliest entry since the last day that was stated.
    earliest: Option<(NaiveDate, NaiveTime)>,
    /// A section or table has begun, and no time of it was read yet.
    begun: bool,
    direction: Option<Direction>,
}

impl Walker {
    pub(super) fn new(known: Option<PartialDate>) -> Self {
        let near = known.map(PartialDate::first_day);
        Self {
            known: known.and_then(PartialDate::known_day),
            near,
            date: None,
            year: near.map(|day| day.year()),
            zone: None,
            last: None,
            base: None,
            guessed: false,
            earliest: None,
            begun: false,
            direction: None,
        }
    }

    /// Takes the first of `pieces` in; returns the moment of an entry. Those behind it tell how the times run.
    pub(super) fn step(&mut self, pieces: &[Piece]) -> Option<Moment> {
        match pieces.first()? {
            Piece::Begin => {
                self.direction = None;
                self.begun = self.last.is_some();
            }
            Piece::Date(date) => self.set_date(*date),
            Piece::Zone(zone) => self.zone = Some(*zone),
            Piece::Year(year) => (self.year, self.near) = (Some(*year), None),
            Piece::Entry(found) => return Some(self.moment(found, pieces)),
        }
        None
    }

    fn set_date(&mut self, date: DateReading) {
        let Some(day) = date.with_year(self.year).and_then(PartialDate::known_day) else { return };
        let day = if date.year.is_some() { day } else { self.of_nearest_year(day) };
        self.date = Some(day);
        self.year = Some(day.year());
        (self.last, self.earliest, self.direction, self.begun) = (None, None, None, false);
    }

    /// Returns a day that states no year in the year that goes with what is known: `Jan 2` after `Dec 30` is of the next, and
    /// `Dec 31` before an incident of January of the one before.
    fn of_nearest_year(&self, day: NaiveDate) -> NaiveDate {
        let ahead = |from: NaiveDate| (day - from).num_days();
        let years = match (self.date, self.near) {
            (Some(before), _) if ahead(before) < -HALF_A_YEAR => 1,
            (Some(before), _) if ahead(before) > NEARLY_A_YEAR => -1,
            (None, Some(near)) if ahead(near) > HALF_A_YEAR => -1,
            (None, Some(near)) if ahead(near) + 365 <= NEW_YEAR_DAYS => 1,
            _ => 0,
        };
        day.with_year(day.year() + years).unwrap_or(day)
    }

    fn moment(&mut self, found: &Found, pieces: &[Piece]) -> Moment {
        let when = &found.when;
        if let Some(date) = when.date {
            self.set_date(date);
        }
        let mut time = when.time;
        if let Some(minutes) = when.relative {
            time = self.counted(minutes);
        } else if let Some(time) = time {
            self.place(time, when, pieces);
        }
        let guessed = when.relative.is_some() && self.guessed;
        let dated = when.date.is_some() || time.is_some();
        let stated = when.date.is_none_or(|date| date.day.is_some());
        let date = if dated && stated { self.date.or(self.known) } else { None };
        if let Some(time) = time {
            self.date = self.date.or(self.known);
            self.last = Some(time);
            let at = date.map(|date| (date, time));
            self.base = self.base.or(at);
            self.earliest = self.earliest.map_or(at, |earliest| at.map(|at| at.min(earliest)));
        }
        let stated = when.zone().map(|zone| zone.offset_on(date, time));
        let (offset, zone) = match (stated.or(when.offset), &self.zone) {
            (Some(offset), _) => (Some(offset), ZoneOrigin::Stated),
            (None, Some(zone)) if time.is_some() => (Some(zone.offset_on(date, time)), ZoneOrigin::Inherited),
            _ => (None, ZoneOrigin::Unknown),
        };
        // A zone stated with one entry holds for those after it that state none.
        self.zone = self.zone.take().or_else(|| when.zone());
        Moment { date, time, offset, zone, approximate: when.approximate || guessed }
    }

    /// Returns the time so many minutes after the base, and sets its day; `T` is the beginning of the day where nothing says
    /// when it was.
    fn counted(&mut self, minutes: i64) -> Option<NaiveTime> {
        if self.base.is_none() {
            self.base = self.date.or(self.known).map(|day| (day, NaiveTime::MIN));
            self.guessed = true;
        }
        let (date, start) = self.base?;
        let at = date.and_time(start) + Duration::minutes(minutes.clamp(-10_000_000, 10_000_000));
        self.date = Some(at.date());
        Some(at.time())
    }

    /// Finds the day of a time without one: it goes on behind the last, perhaps over midnight, or begins anew with a further
    /// section or table that tells the same from its beginning.
    fn place(&mut self, time: NaiveTime, when: &When, pieces: &[Piece]) {
        let first = self.direction.is_none();
        let direction = *self.direction.get_or_insert_with(|| Direction::of(pieces));
        let Some(day) = self.date.or(self.known).filter(|_| when.date.is_none()) else { return };
        let begun = std::mem::take(&mut self.begun);
        let again = self.earliest.filter(|(_, earliest)| begun && time >= *earliest).map(|(day, _)| day);
        let fresh = first && (again.is_some() || self.last.is_none());
        let forwards = first || direction == Direction::Forwards;
        self.date = match (direction, self.last) {
            (Direction::Backwards(midnights), _) if fresh => {
                again.unwrap_or(day).checked_add_days(Days::new(midnights))
            }
            (Direction::Forwards, last) if when.ends_day && last != Some(time) => again.unwrap_or(day).succ_opt(),
            _ if again.is_some() => again,
            (_, Some(last)) if forwards && crosses_midnight(last, time) => day.succ_opt(),
            (_, Some(last)) if !forwards && crosses_midnight(time, last) => day.pred_opt(),
            _ => return,
        };
    }
}

/// Returns what the words of an entry mark; `not resolved`, `until resolved` and the like mark nothing.
fn mark(source: &Source<'_>, text: &str) -> Option<TimelineMark> {
    let mut end = text.len().min(140);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if !source.words.marks.may_be_in(&text[..end]) {
        return None;
    }
    let folded = fold(&text[..end]);
    let words = source.words;
    let negated = |start: usize| words.negates(&folded[..start]);
    // `sends resolved notifications`, `resolved to an address`: another word for another thing.
    let other =
        |end: usize| words.not_after_marks.contains(folded[end..].trim_start().split(' ').next().unwrap_or_default());
    let mut found = [false; MarkWord::COUNT];
    for (word, start, end) in words.marks.all(&folded) {
        found[word as usize] |= !negated(start) && !other(end);
    }
    [MarkWord::Resolved, MarkWord::Started, MarkWord::Mitigated, MarkWord::Detected]
        .into_iter()
        .find(|word| found[*word as usize])
        .map(status::mark)
}
