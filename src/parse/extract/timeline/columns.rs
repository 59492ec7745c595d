//! The columns of a timeline table.

use std::borrow::Cow;

use crate::parse::vocabulary::{ColumnRole, LabelRole, Vocabulary, fold};
use crate::parse::when::{self, DateReading, ZoneReading};

/// Which columns hold the time and which the event.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    times: Vec<usize>,
    event: Option<usize>,
    /// Columns that repeat the time in another zone.
    again: Vec<usize>,
    /// A zone in the header (`Time (UTC)`).
    pub(super) zone: Option<ZoneReading>,
    /// Unit of the numbers where the header says that they count from the start (`t+ (s)`).
    elapsed: Option<char>,
    /// A year in the header (`Date (2022)`).
    pub(super) year: Option<i32>,
    /// A day in the header (`Time (UTC, 19 Sep 2026)`).
    pub(super) day: Option<DateReading>,
    /// A column gives each row a severity: rows that have a day and no time are incidents, not entries.
    pub(super) has_severity: bool,
    /// The header says that the first column is a time.
    pub(super) is_certain: bool,
}

impl Columns {
    /// Reads a header row.
    pub(super) fn of_header<'a>(cells: impl Iterator<Item = &'a str>, cx: &when::Context<'_>) -> Self {
        let mut columns = Self {
            times: Vec::new(),
            event: None,
            again: Vec::new(),
            zone: None,
            elapsed: None,
            year: None,
            day: None,
            has_severity: false,
            is_certain: false,
        };
        let mut by_zone = false;
        for (index, cell) in cells.enumerate() {
            let roles = roles(cell);
            columns.has_severity |= Vocabulary::get().label_of(cell).means(LabelRole::Severity);
            let zone = if is_zone(cell) { when::find_zone(cell) } else { None };
            if by_zone && zone.is_some() {
                // The same times again in another zone.
                columns.again.push(index);
            } else if zone.is_some() && columns.times.is_empty() && index < 4 {
                by_zone = true;
                columns.times.push(index);
                columns.zone = zone;
            } else if roles.contains(&ColumnRole::Time)
                && index < 4
                && columns.times.len() == columns.times_until(index)
            {
                columns.times.push(index);
                columns.zone = columns.zone.or_else(|| when::find_zone(cell));
                columns.year = columns.year.or_else(|| year_in(cell));
            } else if index == 0 && roles.contains(&ColumnRole::Elapsed) {
                columns.times.push(index);
                columns.elapsed = Some(unit(cell));
            } else if roles.contains(&ColumnRole::Event) && columns.event.is_none() {
                columns.event = Some(index);
            }
            if columns.times.last() == Some(&index) {
                let day = || when::find_date(cell, cx).map(|(date, _)| date).filter(|date| date.day.is_some());
                columns.day = columns.day.or_else(day);
            }
        }
        columns.is_certain = columns.times.first() == Some(&0);
        if columns.times.is_empty() {
            columns.times.push(0);
        }
        columns
    }

    /// Whether the header names a column of events.
    pub(super) fn tells_events(&self) -> bool {
        self.event.is_some()
    }

    /// Returns a time as the scanner reads it: a bare number counts from the start where the header says so.
    pub(super) fn time<'a>(&self, raw: &'a str) -> Cow<'a, str> {
        let Some(unit) = self.elapsed else { return Cow::Borrowed(raw) };
        let number = raw.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
        let digits = number.bytes().skip(1).take_while(u8::is_ascii_digit).count() + 1;
        let bare = number
            .get(digits..)
            .is_some_and(|rest| !rest.starts_with([':', '.']) && !rest.starts_with(char::is_alphabetic));
        match number.chars().next() {
            Some('-') if bare => Cow::Owned(format!("T{}{unit}", &number[..digits])),
            Some(_) if bare => Cow::Owned(format!("T+{}{unit}", &number[..digits])),
            Some('0'..='9') => Cow::Owned(format!("T+{number}")),
            _ => Cow::Borrowed(raw),
        }
    }

    fn times_until(&self, index: usize) -> usize {
        self.times.iter().filter(|time| **time < index).count()
    }

    /// Splits a row into the text of its time and that of its event.
    pub(super) fn split<'a>(&self, cells: &[&'a str]) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
        let times = self.times.iter().filter_map(|index| cells.get(*index)).filter(|cell| !cell.is_empty());
        let raw = joined(times.copied(), " ");
        let is_time = |index: &usize| self.times.contains(index) || self.again.contains(index);
        let event = self.event.and_then(|index| cells.get(index).copied());
        let rest = cells.iter().enumerate().filter(|(index, _)| !is_time(index) && Some(*index) != self.event);
        let rest = rest.map(|(_, cell)| *cell);
        let text = joined(event.into_iter().chain(rest).filter(|cell| !cell.is_empty()), " — ");
        // `| T0 (first alert) | |`: what happened stands beside the time.
        if text.is_empty()
            && let Some((time, told)) = raw.strip_suffix(')').and_then(|raw| raw.split_once(" ("))
        {
            return Some((time.to_owned().into(), told.to_owned().into()));
        }
        (!raw.is_empty() && !text.is_empty()).then_some((raw, text))
    }
}

/// Joins cells that are not empty.
fn joined<'a>(mut cells: impl Iterator<Item = &'a str>, between: &str) -> Cow<'a, str> {
    let first = cells.next().unwrap_or_default();
    let Some(second) = cells.next() else { return Cow::Borrowed(first) };
    let mut all = [first, between, second].concat();
    for cell in cells {
        all.push_str(between);
        all.push_str(cell);
    }
    Cow::Owned(all)
}

/// A header says what it says with a zone, a year or a unit behind it (`Date and Time in CET`, `Date (2022)`).
fn roles(cell: &str) -> &'static [ColumnRole] {
    let words = Vocabulary::get();
    let folded = fold(cell);
    let mut head = folded.as_str();
    loop {
        let roles = words.column(head);
        if !roles.is_empty() {
            return roles;
        }
        match head.rsplit_once(' ') {
            Some((shorter, _)) => head = shorter,
            None => return &[],
        }
    }
}

/// Returns the unit that a header names; minutes where it names none.
fn unit(header: &str) -> char {
    match fold(header).rsplit(' ').next() {
        Some("s" | "sec" | "seconds") => 's',
        Some("h" | "hours") => 'h',
        _ => 'm',
    }
}

/// A header that is nothing but the name of a zone (`UTC`, `NZST`).
fn is_zone(cell: &str) -> bool {
    (3..=5).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn year_in(cell: &str) -> Option<i32> {
    let numbers = cell.split(|c: char| !c.is_ascii_digit());
    numbers
        .filter(|number| number.len() == 4)
        .find_map(|number| number.parse().ok().filter(|year| (1990..2100).contains(year)))
}
