//! Numeric dates that can be read two ways, where nothing tells which is meant.

use chrono::NaiveDate;

use super::cursor::Cursor;
use super::date::{is_numeric_end, order};
use super::edge::scan_start;
use super::lead::skip_lead;
use super::scan::Scan;
use super::{Context, Scanned, When};

/// A date such as `02/05/2024` at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TwoWays {
    /// The day if the first number is the day, and if it is the month.
    pub(crate) days: [NaiveDate; 2],
    /// Byte after the date.
    pub(crate) date_end: usize,
    /// Byte after the time of day and its zone, where they follow.
    pub(crate) end: usize,
}

/// Reads a date at the start of `text` that could be two; spaces, emphasis and brackets before it are skipped.
pub(crate) fn two_ways(text: &str, cx: &Context<'_>) -> Option<TwoWays> {
    let mut c = skip_lead(Cursor::new(text), cx).after;
    let (a, 1..=2) = c.digits()? else { return None };
    let sep = c.peek().filter(|sep| matches!(sep, '/' | '-'))?;
    c.bump();
    let (b, 1..=2) = c.digits()? else { return None };
    let (year, 4) = c.eat(u8::try_from(sep).ok()?).then(|| c.digits())?? else { return None };
    if order(a, b, sep, cx.order).is_some() || !is_numeric_end(c) {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let days = [NaiveDate::from_ymd_opt(year, b, a)?, NaiveDate::from_ymd_opt(year, a, b)?];
    let mut clock = Scan::nested(cx);
    let mut behind = c;
    behind.eat(b',');
    clock.run(behind);
    let end = if clock.when.date.is_none() { clock.end.max(c.at) } else { c.at };
    Some(TwoWays { days, date_end: c.at, end })
}

/// Reads what [`scan_start`] reads; a date that can be read two ways stands in the place of a time.
pub(crate) fn scan_place(text: &str, cx: &Context<'_>) -> Option<Scanned> {
    scan_start(text, cx).or_else(|| {
        let when = When { two_ways: true, ..When::unknown() };
        two_ways(text, cx).map(|found| Scanned { when, end: found.end })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{DateOrder, KnownOrder};
    use super::*;
    use crate::parse::vocabulary::Vocabulary;

    fn read(text: &str, order: DateOrder) -> Option<(&str, [String; 2])> {
        let words = Vocabulary::get().calendar();
        let cx = Context { words, order: KnownOrder::Is(order), year: None, dotted: false };
        two_ways(text, &cx).map(|it| (&text[..it.end], it.days.map(|day| day.to_string())))
    }

    #[test]
    fn a_date_that_could_be_two_is_known_for_one() {
        let both = ["2024-05-02".to_owned(), "2024-02-05".to_owned()];
        for text in ["02/05/2024", "02/05/2024 09:15", "2/5/2024, 09:15 UTC", "02-05-2024 9:15 am"] {
            assert_eq!(read(text, DateOrder::Unknown), Some((text, both.clone())), "{text}");
        }
        for text in ["13/05/2024", "05/05/2024", "02.05.2024", "02/05", "02/05/2024/3", "12/13/14", "v02/05/2024"] {
            assert_eq!(read(text, DateOrder::Unknown), None, "{text}");
        }
        assert_eq!(read("02/05/2024", DateOrder::DayFirst), None);
    }
}
