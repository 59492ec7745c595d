//! Giving entries their date and zone: stated, inherited from what stands before them, or carried over midnight.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

use super::{Found, Gathered, Piece};
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, Extracted, Moment, PartialDate, TimelineEntry, TimelineMark, ZoneOrigin};
use crate::parse::extract::{Source, status};
use crate::parse::vocabulary::{MarkWord, fold};
use crate::parse::when::{DateReading, ZoneReading};

/// A time more than this much earlier than the one before it belongs to the next day; less is an entry out of order.
const MIDNIGHT_GAP_HOURS: i64 = 6;

/// Turns the pieces into timeline entries of `document`; `known` is the incident's date as stated elsewhere.
pub(crate) fn resolve(
    source: &Source<'_>,
    gathered: &mut Gathered,
    known: Option<&Extracted<PartialDate>>,
    document: &mut Document,
) {
    let named = crate::parse::when::date_in_name(source.file_stem()).and_then(|date| date.with_year(None));
    let known = known.map(|date| date.value).or(named);
    let mut walker = Walker::new(known);
    document.timeline.reserve(gathered.pieces.len());
    for piece in &mut gathered.pieces {
        let moment = walker.step(piece);
        let (Some(moment), Piece::Entry(found)) = (moment, piece) else { continue };
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
    date: Option<NaiveDate>,
    year: Option<i32>,
    zone: Option<ZoneReading>,
    last: Option<NaiveTime>,
    first: Option<(NaiveDate, NaiveTime)>,
}

impl Walker {
    pub(super) fn new(known: Option<PartialDate>) -> Self {
        let year = known.map(|date| date.first_day().year());
        let known = known.and_then(PartialDate::known_day);
        Self { known, date: None, year, zone: None, last: None, first: None }
    }

    /// Takes one piece in; returns the moment of an entry.
    pub(super) fn step(&mut self, piece: &Piece) -> Option<Moment> {
        match piece {
            Piece::Date(date) => {
                self.set_date(*date);
                None
            }
            Piece::Zone(zone) => {
                self.zone = Some(*zone);
                None
            }
            Piece::Year(year) => {
                self.year = Some(*year);
                None
            }
            Piece::Entry(found) => Some(self.moment(found)),
        }
    }

    fn set_date(&mut self, date: DateReading) {
        let Some(day) = date.with_year(self.year).and_then(PartialDate::known_day) else { return };
        // `Jan 2` after `Dec 30` without years is the next year.
        let rolled = match self.date {
            Some(before) if date.year.is_none() && (before - day).num_days() > 180 => {
                NaiveDate::from_ymd_opt(day.year() + 1, day.month(), day.day()).unwrap_or(day)
            }
            _ => day,
        };
        self.date = Some(rolled);
        self.year = Some(rolled.year());
        self.last = None;
    }

    fn moment(&mut self, found: &Found) -> Moment {
        let when = &found.when;
        if let Some(date) = when.date {
            self.set_date(date);
        }
        let mut time = when.time;
        // `T+15` where nothing says when T was: only the distances are known.
        let guessed = when.relative.is_some() && self.first.is_none();
        if let (Some(minutes), Some((date, start))) = (when.relative, self.first.or(self.base())) {
            let at = date.and_time(start) + Duration::minutes(minutes.clamp(-10_000_000, 10_000_000));
            self.date = Some(at.date());
            time = Some(at.time());
        } else if let (Some(time), Some(last)) = (time, self.last)
            && when.date.is_none()
            && (last - time).num_hours() >= MIDNIGHT_GAP_HOURS
        {
            self.date = self.date.or(self.known).and_then(|date| date.succ_opt());
        }
        let dated = when.date.is_some() || time.is_some();
        let stated = when.date.is_none_or(|date| date.day.is_some());
        let date = if dated && stated { self.date.or(self.known) } else { None };
        if let Some(time) = time {
            self.date = self.date.or(self.known);
            self.last = Some(time);
            self.first = self.first.or(date.map(|date| (date, time)));
        }
        let stated = when.zone().map(|zone| zone.offset_on(date));
        let (offset, zone) = match (stated.or(when.offset), &self.zone) {
            (Some(offset), _) => (Some(offset), ZoneOrigin::Stated),
            (None, Some(zone)) if time.is_some() => (Some(zone.offset_on(date)), ZoneOrigin::Inherited),
            _ => (None, ZoneOrigin::Unknown),
        };
        // A zone stated with one entry holds for those after it that state none.
        self.zone = self.zone.take().or_else(|| when.zone());
        Moment { date, time, offset, zone, approximate: when.approximate || guessed }
    }

    fn base(&self) -> Option<(NaiveDate, NaiveTime)> {
        Some((self.date.or(self.known)?, NaiveTime::MIN))
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
    let negated =
        |start: usize| words.negations.contains(folded[..start].trim_end().rsplit(' ').next().unwrap_or_default());
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
