//! What stands behind the day of a date: its ending, the last day, the year.

use super::Context;
use super::cursor::{Cursor, is_unspaced};

/// Reads `–12` behind a day. With spaces (`Jan 14 - 20 pods`) only before a year.
pub(super) fn last_day<'a>(at: Cursor<'a>, cx: &Context<'_>) -> (Option<u32>, Cursor<'a>) {
    let mut c = at;
    let spaced = c.blanks();
    if !c.dash() {
        return (None, at);
    }
    let spaced = c.blanks() || spaced;
    let Some((day, 1 | 2)) = c.digits() else { return (None, at) };
    ordinal(&mut c);
    let fits = is_day_end(c) && (!spaced || year_after(c, cx).is_some());
    if fits { (Some(day), c) } else { (None, at) }
}

/// Reads ` to 21`, ` and 21`, `. bis zum 21` behind a day; an article may stand before the second.
pub(super) fn last_by_word<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(u32, Cursor<'a>)> {
    let mut c = at;
    c.eat(b'.');
    if !c.blanks() || !c.peek()?.is_alphabetic() {
        return None;
    }
    let (_, after) = cx.words.read(c).filter(|(meaning, _)| meaning.range || meaning.and)?;
    c = after;
    c.blanks();
    if let Some(article @ 1..=3) = c.ascii_word().map(<[u8]>::len) {
        c = c.moved(c.at + article);
        c.blanks();
    }
    let (last, 1..=2) = c.digits()? else { return None };
    ordinal(&mut c);
    Some((last, c))
}

/// Returns whether the number just read can be a day: no time, amount or longer number goes on here.
pub(super) fn is_day_end(c: Cursor<'_>) -> bool {
    match c.peek() {
        Some(':' | '.' | '/') => !c.ahead(1).is_some_and(|b| b.is_ascii_digit()),
        Some('%') => false,
        _ => c.at_word_end() || c.byte() == Some(b'_'),
    }
}

/// Steps over `st`, `nd`, `rd`, `th`, `er`, `º`.
pub(super) fn ordinal(c: &mut Cursor<'_>) {
    if c.eat_char(&['º', 'ª', '°']) {
        return;
    }
    let Some(two) = c.text.as_bytes().get(c.at..c.at + 2) else { return };
    let known = [b"st", b"nd", b"rd", b"th", b"er"].iter().any(|s| two.eq_ignore_ascii_case(*s));
    let after = c.moved(c.at + 2 * usize::from(known));
    if known && after.at_word_end() {
        *c = after;
    }
}

/// Reads `, 2025`, ` 2025`, ` de 2025`, `-2025`, ` '25` behind a day or month.
pub(super) fn year_after<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<((i32, bool), Cursor<'a>)> {
    let mut c = at;
    c.blanks();
    let slashed = c.eat(b'/');
    let _ = slashed || c.eat(b',') || c.eat(b'.') || c.dash();
    c.blanks();
    if c.peek()?.is_alphabetic() {
        let (_, after) = cx.words.read(c).filter(|(m, _)| m.filler)?;
        c = after;
        c.blanks();
    }
    let short = c.eat_char(&['\'', '’']);
    let start = c.at;
    let (value, len) = c.digits()?;
    let year = match len {
        2 if short && start > at.at => (2000 + i32::try_from(value).ok()?, false),
        _ => year_of(value, len)?,
    };
    // `Oct 1 2025-10-01`, `Oct 1 2025.5`, `Oct 1 2000:00` go on as something else; `17/Nov/2025:10:00:12` does not.
    let goes_on =
        matches!(c.byte(), Some(b':' | b'.' | b'-')) && !slashed && c.ahead(1).is_some_and(|b| b.is_ascii_digit());
    (c.at_word_end() && !goes_on || c.peek().is_some_and(is_unspaced)).then_some((year, c))
}

/// Returns the year of a number; one of five digits is a slip of the key if leaving one out gives a year.
pub(super) fn year_of(value: u32, len: usize) -> Option<(i32, bool)> {
    let year = match len {
        4 => (1970..2100).contains(&value).then_some((value, false)),
        5 => {
            let without = |place: u32| value / (place * 10) * place + value % place;
            [10_000, 1000, 100, 10, 1].into_iter().map(without).find(|y| (2000..2060).contains(y)).map(|y| (y, true))
        }
        _ => None,
    };
    year.and_then(|(year, odd)| Some((i32::try_from(year).ok()?, odd)))
}
