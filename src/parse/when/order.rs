//! Finds out which number of a numeric date is the month.

use std::cell::{Cell, OnceCell};

use super::cursor::Cursor;
use super::{DateOrder, DateReading, date_in_name};

/// The order of the numeric dates of a text, looked for when a date first asks: most texts have none that could be read
/// both ways.
#[derive(Debug)]
pub(crate) struct TextOrder<'a> {
    text: &'a str,
    /// Name of the file, whose date shows how the same day is written in the text.
    name: &'a str,
    found: OnceCell<Told>,
    /// The order that the team states.
    stated: Option<DateOrder>,
    /// The order where nothing else tells it.
    usual: Cell<DateOrder>,
}

/// What a text tells of its order.
#[derive(Debug, Clone, Copy)]
struct Told {
    /// By dates that can be read one way only; `Unknown` where they contradict each other.
    shown: Option<DateOrder>,
    /// By dots, else by the zone names of the United States.
    likely: Option<DateOrder>,
}

impl<'a> TextOrder<'a> {
    /// Returns that of `text`, which stands in a file called `name`.
    pub(crate) fn of(text: &'a str, name: &'a str) -> Self {
        Self { text, name, found: OnceCell::new(), stated: None, usual: Cell::new(DateOrder::Unknown) }
    }

    /// Takes the order that the team states, which holds where the text shows none, or shows two.
    pub(crate) fn stated(self, stated: Option<DateOrder>) -> Self {
        Self { stated, ..self }
    }

    fn order(&self) -> DateOrder {
        let told = self.told();
        match told.shown {
            Some(shown @ (DateOrder::MonthFirst | DateOrder::DayFirst)) => shown,
            Some(DateOrder::Unknown) => self.stated.unwrap_or(DateOrder::Unknown),
            None => self.stated.or(told.likely).unwrap_or(self.usual.get()),
        }
    }

    fn told(&self) -> Told {
        *self.found.get_or_init(|| by_evidence(self.text, self.name))
    }

    /// Takes `order` where nothing in the text speaks for one: what is usual in its language.
    pub(crate) fn presume(&self, order: DateOrder) {
        self.usual.set(order);
    }
}

/// The order of numeric dates, or who knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KnownOrder<'a> {
    Is(DateOrder),
    Of(&'a TextOrder<'a>),
}

impl KnownOrder<'_> {
    /// Returns the order.
    pub(super) fn get(self) -> DateOrder {
        match self {
            Self::Is(order) => order,
            Self::Of(text) => text.order(),
        }
    }

    /// Returns the order of dates with dots, which begin with the day unless dates of the text show that they do not.
    pub(super) fn of_dots(self) -> DateOrder {
        match self {
            Self::Of(text) => text.told().shown.unwrap_or(DateOrder::DayFirst),
            Self::Is(_) => DateOrder::DayFirst,
        }
    }
}

/// Returns the order by evidence alone.
#[cfg(test)]
pub(super) fn date_order(text: &str) -> DateOrder {
    TextOrder::of(text, "").order()
}

/// Returns the order that the numeric dates of a document have, by evidence: a number above 12, the day that the file is
/// called by, else dots, else the zone names of the United States.
fn by_evidence(text: &str, name: &str) -> Told {
    let bytes = text.as_bytes();
    let (mut month_first, mut day_first, mut dotted) = (false, false, false);
    let named = date_in_name(name);
    for separator in memchr::memchr3_iter(b'/', b'-', b'.', bytes) {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if !is_digit(separator.wrapping_sub(1)) || !is_digit(separator + 1) {
            continue;
        }
        let run = bytes[..separator].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let at = separator - run;
        let apart = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'/' | b'.' | b'-'));
        if run <= 2 && apart {
            match evidence(Cursor { text, at }, named) {
                Some(Evidence::Order(DateOrder::MonthFirst)) => month_first = true,
                Some(Evidence::Order(_)) => day_first = true,
                Some(Evidence::Dots) => dotted = true,
                None => {}
            }
        }
    }
    match (month_first, day_first) {
        (true, true) => Told { shown: Some(DateOrder::Unknown), likely: None },
        (true, false) => Told { shown: Some(DateOrder::MonthFirst), likely: None },
        (false, true) => Told { shown: Some(DateOrder::DayFirst), likely: None },
        (false, false) if dotted => Told { shown: None, likely: Some(DateOrder::DayFirst) },
        (false, false) => Told { shown: None, likely: has_us_zone(text).then_some(DateOrder::MonthFirst) },
    }
}

/// What one date tells.
enum Evidence {
    /// It can be read one way only.
    Order(DateOrder),
    /// It could be read both ways, and who writes dots mostly begins with the day.
    Dots,
}

/// Returns what one date tells: `4/21/23`, `21-04-2023`, `17.11.2025`.
fn evidence(mut c: Cursor<'_>, named: Option<DateReading>) -> Option<Evidence> {
    let (a, _) = c.digits()?;
    let sep = c.byte().filter(|b| matches!(b, b'/' | b'-' | b'.'))?;
    c.at += 1;
    let (b, 1..=2) = c.digits()? else { return None };
    if !c.eat(sep) {
        return None;
    }
    let (year, len) = c.digits()?;
    let is_year = len == 4 && (1970..2100).contains(&year) || len == 2 && sep == b'/' && (15..60).contains(&year);
    let ends = c.at_word_end() && !(c.byte() == Some(sep) && c.ahead(1).is_some_and(|b| b.is_ascii_digit()));
    if !is_year || !ends || a == 0 || b == 0 {
        return None;
    }
    let is_named = |month: u32, day: u32| {
        let same = |it: DateReading| {
            (it.month, it.day) == (month, Some(day)) && it.year.is_some_and(|it| it % 100 == year as i32 % 100)
        };
        month != day && named.is_some_and(same)
    };
    match (a, b, sep) {
        (13..=31, 1..=12, _) => Some(Evidence::Order(DateOrder::DayFirst)),
        (1..=12, 13..=31, _) => Some(Evidence::Order(DateOrder::MonthFirst)),
        (1..=12, 1..=12, _) if is_named(a, b) => Some(Evidence::Order(DateOrder::MonthFirst)),
        (1..=12, 1..=12, _) if is_named(b, a) => Some(Evidence::Order(DateOrder::DayFirst)),
        (1..=12, 1..=12, b'.') => Some(Evidence::Dots),
        _ => None,
    }
}

/// Returns whether a time of day stands in a zone of the United States somewhere.
fn has_us_zone(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'T', bytes).any(|at| {
        let end = bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_' && *b != b'-');
        end && [1, 2].into_iter().any(|back| is_us_zone_between(bytes, at, back))
    })
}

fn is_us_zone_between(bytes: &[u8], t: usize, back: usize) -> bool {
    let Some(start) = t.checked_sub(back) else { return false };
    let boundary = start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'_' | b'-'));
    if !boundary {
        return false;
    }
    match &bytes[start..=t] {
        b"PST" | b"PDT" | b"EDT" | b"CDT" | b"MDT" => true,
        // Also words and names of their own: only behind a time.
        b"EST" | b"CST" | b"MST" | b"PT" | b"ET" | b"CT" | b"MT" => {
            let before = bytes[..start].trim_ascii_end();
            before.len() < start && before.last().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'M' | b'm'))
        }
        _ => false,
    }
}
