//! Finds out which number of a numeric date is the month.

use std::cell::{Cell, OnceCell};

use super::DateOrder;
use super::cursor::Cursor;

/// The order of the numeric dates of a text, looked for when a date first asks: most texts have none that could be read
/// both ways.
#[derive(Debug)]
pub(crate) struct TextOrder<'a> {
    text: &'a str,
    found: OnceCell<Option<DateOrder>>,
    /// The order where no date of the text tells it.
    usual: Cell<DateOrder>,
}

impl<'a> TextOrder<'a> {
    /// Returns that of `text`.
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, found: OnceCell::new(), usual: Cell::new(DateOrder::Unknown) }
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
            Self::Of(text) => text.found.get_or_init(|| by_evidence(text.text)).unwrap_or(text.usual.get()),
        }
    }
}

/// Returns the order by evidence alone.
#[cfg(test)]
pub(super) fn date_order(text: &str) -> DateOrder {
    by_evidence(text).unwrap_or(DateOrder::Unknown)
}

/// Returns the order that the numeric dates of a document must have, by evidence: a number above 12, dots, else the
/// zone names of the United States. `Unknown` where the evidence contradicts itself, `None` without any.
fn by_evidence(text: &str) -> Option<DateOrder> {
    let bytes = text.as_bytes();
    let (mut month_first, mut day_first) = (false, false);
    for separator in memchr::memchr3_iter(b'/', b'-', b'.', bytes) {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if !is_digit(separator.wrapping_sub(1)) || !is_digit(separator + 1) {
            continue;
        }
        let run = bytes[..separator].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let at = separator - run;
        let apart = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'/' | b'.' | b'-'));
        if run <= 2 && apart {
            match evidence(Cursor { text, at }) {
                Some(DateOrder::MonthFirst) => month_first = true,
                Some(DateOrder::DayFirst) => day_first = true,
                _ => {}
            }
        }
    }
    match (month_first, day_first) {
        (true, false) => Some(DateOrder::MonthFirst),
        (false, true) => Some(DateOrder::DayFirst),
        (false, false) if has_us_zone(text) => Some(DateOrder::MonthFirst),
        (false, false) => None,
        (true, true) => Some(DateOrder::Unknown),
    }
}

/// Returns what one date tells: `4/21/23`, `21-04-2023`, `17.11.2025`.
fn evidence(mut c: Cursor<'_>) -> Option<DateOrder> {
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
    match (a, b, sep) {
        (1..=31, 1..=12, b'.') => Some(DateOrder::DayFirst),
        (13..=31, 1..=12, _) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31, b'/' | b'-') => Some(DateOrder::MonthFirst),
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
