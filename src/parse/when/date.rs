//! Reads a date at a position, in words and in numbers.

use super::cursor::{Cursor, is_dash, is_unspaced};
use super::day::{is_day_end, last_by_word, last_day, ordinal, year_after, year_of};
use super::words::Meaning;
use super::{Context, DateOrder, DateReading, KnownOrder};

/// A date as written, the end of a range written with it (`Sep 09–12, 2025`), and the position after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateSpan<'a> {
    pub(super) first: DateReading,
    pub(super) last: Option<DateReading>,
    pub(super) after: Cursor<'a>,
}

impl<'a> DateSpan<'a> {
    fn one(year: Option<(i32, bool)>, month: u32, day: Option<u32>, after: Cursor<'a>) -> Option<Self> {
        let suspicious = year.is_some_and(|(_, odd)| odd);
        let first = DateReading { year: year.map(|(year, _)| year), month, day, suspicious };
        first.exists().then_some(Self { first, last: None, after })
    }
}

/// Reads a date at `at`. The caller has checked that no word or number runs into it.
pub(super) fn date_at<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    if !at.at_digit() {
        return month_first(at, cx);
    }
    let mut c = at;
    match c.digits()? {
        (value, 8) => compact(value, c),
        (value, len @ (4 | 5)) => year_first(year_of(value, len)?, c, cx),
        (month, 2) if at.byte() == Some(b'0') => month_and_day(month, c).or_else(|| day_first(month, 2, c, cx)),
        (value, len @ (1 | 2)) => day_first(value, len, c, cx),
        _ => None,
    }
}

/// Reads a text that is nothing but `2026-01-15`, as most values are.
pub(super) fn iso_day(text: &str) -> Option<DateReading> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |digits: &[u8]| {
        let mut digits = digits.iter().map(|byte| u32::from(byte.wrapping_sub(b'0')));
        digits.try_fold(0, |number, digit| (digit < 10).then(|| number * 10 + digit))
    };
    let [year @ .., b'-', _, _, b'-', _, _] = bytes else { return None };
    let (year, suspicious) = year_of(number(year)?, year.len())?;
    let (month, day) = (number(&bytes[5..7])?, number(&bytes[8..])?);
    Some(DateReading { year: Some(year), month, day: Some(day), suspicious }).filter(|date| date.exists())
}

/// Tells at a glance that a date such as `2026-01-15` may begin here, and no time.
pub(super) fn is_year_first(at: Cursor<'_>) -> bool {
    let digits = |year: &[u8]| year.iter().all(u8::is_ascii_digit);
    at.text.as_bytes()[at.at..].first_chunk::<5>().is_some_and(|it| it[4] == b'-' && digits(&it[..4]))
}

/// Reads `06-13` as the 13th of June: two digits each, a nought before the month, set off behind.
fn month_and_day(month: u32, mut c: Cursor<'_>) -> Option<DateSpan<'_>> {
    if !c.eat(b'-') {
        return None;
    }
    let (day, 2) = c.digits()? else { return None };
    let set_off = matches!(c.peek(), None | Some(' ' | '\n' | '*' | '|' | ')' | '）' | '~' | '：'));
    DateSpan::one(None, month, Some(day), c).filter(|span| set_off && span.first.exists())
}

/// Reads `20251217`.
pub(super) fn compact(value: u32, after: Cursor<'_>) -> Option<DateSpan<'_>> {
    let year = year_of(value / 10_000, 4)?;
    let ends = after.at_word_end() || after.byte() == Some(b'_') || is_iso_time(after);
    DateSpan::one(Some(year), value / 100 % 100, Some(value % 100), after).filter(|_| ends)
}

/// Returns whether the `T` of an ISO date-time stands here.
fn is_iso_time(c: Cursor<'_>) -> bool {
    matches!(c.byte(), Some(b'T' | b't')) && c.ahead(1).is_some_and(|b| b.is_ascii_digit())
}

fn year_first<'a>(year: (i32, bool), c: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    let mut next = c;
    match next.peek()? {
        '年' | '년' => return year_unspaced(year, c),
        '-' | '/' | '.' => next.bump(),
        dash if is_dash(dash) => next.bump(),
        sep if super::cursor::is_blank(sep) => return year_word(year, c, cx),
        _ => return None,
    }
    if !next.at_digit() {
        return if c.byte() == Some(b'.') && next.blanks() { year_spaced(year, next) } else { year_word(year, c, cx) };
    }
    let (month, month_len @ 1..=2) = next.digits()? else { return None };
    let month_end = next;
    if next.peek() == c.peek() {
        next.bump();
        if let Some((day, 1 | 2)) = next.digits() {
            let span = DateSpan::one(Some(year), month, Some(day), next)?;
            return if is_numeric_end(next) { Some(span) } else { slash_end(span) };
        }
    }
    let whole = month_len == 2 && c.byte() != Some(b'.') && !year.1 && is_numeric_end(month_end);
    whole.then(|| DateSpan::one(Some(year), month, None, month_end)).flatten()
}

/// Returns whether a numeric date may end here: no letter, digit or further part follows.
pub(super) fn is_numeric_end(c: Cursor<'_>) -> bool {
    match c.peek() {
        Some('.' | '/') => !c.ahead(1).is_some_and(|b| b.is_ascii_digit()),
        Some(dash) if is_dash(dash) => {
            let mut next = c;
            next.bump();
            // `2025-12-17-subscription` and `2025-12-17–18` end here; `2025-01-0042` is an id.
            next.digits().is_none_or(|(_, len)| len <= 2)
        }
        Some('_') | None => true,
        Some(other) => !other.is_alphanumeric() || is_unspaced(other) || is_iso_time(c),
    }
}

/// Reads `/20` behind `2025-12-19`: the last of the days.
fn slash_end(span: DateSpan<'_>) -> Option<DateSpan<'_>> {
    let mut after = span.after;
    let by_slash = after.eat(b'/');
    let (day, 1..=2) = after.digits().filter(|_| by_slash)? else { return None };
    let last = DateReading { day: Some(day), ..span.first };
    let later = span.first.day.is_some_and(|first| first < day) && last.exists();
    (later && is_numeric_end(after)).then_some(DateSpan { last: Some(last), after, ..span })
}

/// Reads `年12月17日` or `年12月` behind a year.
fn year_unspaced(year: (i32, bool), mut c: Cursor<'_>) -> Option<DateSpan<'_>> {
    c.bump();
    c.blanks();
    let (month, 1..=2) = c.digits()? else { return None };
    month_unspaced(Some(year), month, c)
}

/// Reads `月17日` or `月` behind the number of a month.
fn month_unspaced(year: Option<(i32, bool)>, month: u32, mut c: Cursor<'_>) -> Option<DateSpan<'_>> {
    if !c.eat_char(&['月', '월']) {
        return None;
    }
    let month_end = c;
    c.blanks();
    match c.digits() {
        Some((day, 1 | 2)) if c.eat_char(&['日', '号', '號', '일']) => DateSpan::one(year, month, Some(day), c),
        _ if year.is_some() => DateSpan::one(year, month, None, month_end),
        _ => None,
    }
}

/// Reads `12. 17.` behind `2025. `, the Korean way.
fn year_spaced(year: (i32, bool), mut c: Cursor<'_>) -> Option<DateSpan<'_>> {
    let (month, 1..=2) = c.digits()? else { return None };
    if !c.eat(b'.') || !c.blanks() {
        return None;
    }
    let (day, 1..=2) = c.digits()? else { return None };
    c.eat(b'.').then(|| DateSpan::one(Some(year), month, Some(day), c)).flatten()
}

/// Reads ` December 17`, `-Dec-17` behind a year.
fn year_word<'a>(year: (i32, bool), mut c: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    if !(c.blanks() || c.dash() || c.eat(b'/')) || !c.peek()?.is_alphabetic() {
        return None;
    }
    let (meaning, mut c) = cx.words.read(c)?;
    let month = meaning.month?;
    c.eat(b'.');
    if !(c.blanks() || c.dash() || c.eat(b'/')) {
        return None;
    }
    let (day, 1..=2) = c.digits()? else { return None };
    c.at_word_end().then(|| DateSpan::one(Some(year), month, Some(day), c)).flatten()
}

fn day_first<'a>(value: u32, len: usize, c: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    match c.peek()? {
        '月' | '월' => return month_unspaced(None, value, c),
        '/' | '.' | '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' => {
            if let Some(span) = numeric(value, len, c, cx) {
                return Some(span);
            }
        }
        _ => {}
    }
    day_then_word(value, c, cx)
}

/// Reads `/17/2025`, `.11.2025`, `. 11. 2025`, `/21/23` behind the first number.
fn numeric<'a>(a: u32, a_len: usize, mut c: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    let sep = c.peek()?;
    c.bump();
    let spaced = sep == '.' && c.blanks();
    let (b, b_len @ 1..=2) = c.digits()? else { return None };
    if c.peek() != Some(sep) {
        return without_year(a, b, sep, c, cx);
    }
    c.bump();
    let year_at = c;
    if spaced {
        c.blanks();
    }
    let year = match c.digits() {
        Some((value, len @ (4 | 5))) => year_of(value, len)?,
        Some((value, 2)) if sep == '/' || sep == '.' && !spaced && (a_len, b_len) == (2, 2) && value > 12 => {
            (2000 + i32::try_from(value).ok()?, false)
        }
        Some(_) => return None,
        // `17.11. 10:45`: the second dot closes the day.
        None => return without_year(a, b, sep, year_at, cx).filter(|_| sep == '.' && (a_len, b_len) == (2, 2)),
    };
    let (day, month) = order(a, b, sep, cx.order)?;
    DateSpan::one(Some(year), month, Some(day), c).filter(|_| is_numeric_end(c))
}

/// Reads `12/17` and `17.11.` as a date only where a time follows.
fn without_year<'a>(a: u32, b: u32, sep: char, after: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    let dotted = sep == '.' && after.before() == Some('.');
    let mut c = after;
    c.eat(b',');
    let followed = c.blanks() && c.digits().is_some_and(|(_, len)| len <= 2) && c.eat(b':') && c.at_digit();
    let (day, month) = order(a, b, sep, cx.order)?;
    (followed && (sep == '/' || dotted)).then(|| DateSpan::one(None, month, Some(day), after)).flatten()
}

/// Returns day and month; `None` where the numbers could be either.
pub(super) fn order(a: u32, b: u32, sep: char, known: KnownOrder<'_>) -> Option<(u32, u32)> {
    if a > 12 || a == b {
        return Some((a, b));
    }
    if b > 12 {
        return Some((b, a));
    }
    match if sep == '.' { known.of_dots() } else { known.get() } {
        DateOrder::DayFirst => Some((a, b)),
        DateOrder::MonthFirst => Some((b, a)),
        DateOrder::Unknown => (sep == '.').then_some((a, b)),
    }
}

/// Reads `. November 2025`, `th of March`, ` de octubre de 2025`, `-Nov-2025`, `–19 January` behind a day.
fn day_then_word<'a>(day: u32, mut c: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    ordinal(&mut c);
    let mut range = c;
    range.blanks();
    let mut last = if range.dash() && {
        range.blanks();
        range.at_digit()
    } {
        let (last, 1..=2) = range.digits()? else { return None };
        ordinal(&mut range);
        c = range;
        Some(last)
    } else {
        None
    };
    let month = |mut c: Cursor<'a>| {
        c.eat(b'.');
        let _ = c.blanks() || c.dash() || c.eat(b'/');
        month_word(c, cx)
    };
    let (meaning, word, after) = match month(c) {
        Some(found) => found,
        None if last.is_some() => return None,
        None => {
            let (day, behind) = last_by_word(c, cx)?;
            last = Some(day);
            month(behind)?
        }
    };
    let mut c = after;
    c.eat(b'.');
    let c_or_word = if c.rest().starts_with(|c: char| c.is_alphanumeric()) { after } else { c };
    let (year, end) = match year_after(c_or_word, cx) {
        Some((year, end)) => (Some(year), end),
        None => (None, after),
    };
    if !is_allowed(meaning, word, year.is_some()) || !end.at_word_end() {
        return None;
    }
    with_last(DateSpan::one(year, meaning.month?, Some(day), end)?, last)
}

/// Skips one or two words such as `of`, `de`, and reads a month.
fn month_word<'a, 'w>(at: Cursor<'a>, cx: &Context<'w>) -> Option<(&'w Meaning, &'a str, Cursor<'a>)> {
    let mut c = at;
    for _ in 0..2 {
        if !c.peek()?.is_alphabetic() {
            return None;
        }
        let (meaning, after) = cx.words.read(c)?;
        if meaning.month.is_some() {
            return Some((meaning, &c.text[c.at..after.at], after));
        }
        let filler = meaning.filler;
        c = after;
        if !filler || !(c.blanks() || c.eat_char(&['\'', '’'])) {
            return None;
        }
    }
    None
}

/// Returns whether the word may stand for a month here (`may`, `set`, `out` only with a year or a capital).
fn is_allowed(meaning: &Meaning, word: &str, has_year: bool) -> bool {
    has_year || !meaning.needs_year && (!meaning.needs_capital || word.starts_with(char::is_uppercase))
}

fn with_last(mut span: DateSpan<'_>, last: Option<u32>) -> Option<DateSpan<'_>> {
    let Some(last) = last else { return Some(span) };
    let end = DateReading { day: Some(last), ..span.first };
    span.last = Some(end);
    (end.exists() && span.first.day < end.day).then_some(span)
}

/// Reads ` 14th, 2022`, `. 1 2025`, ` 09–12, 2025`, ` 2025`, ` de 2025` behind a month.
fn month_first<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<DateSpan<'a>> {
    let (meaning, after) = cx.words.read(at)?;
    let month = meaning.month?;
    let word = &at.text[at.at..after.at];
    let mut c = after;
    c.eat(b'.');
    if !(c.blanks() || c.dash()) {
        return None;
    }
    if !c.at_digit() {
        let (year, end) = year_after(after, cx)?;
        return DateSpan::one(Some(year), month, None, end);
    }
    let (day, len) = c.digits()?;
    if len == 4 {
        let ends = c.at_word_end() && !(c.byte() == Some(b':') && c.ahead(1).is_some_and(|b| b.is_ascii_digit()));
        return DateSpan::one(Some(year_of(day, len)?), month, None, c).filter(|_| ends);
    }
    if len > 2 {
        return None;
    }
    ordinal(&mut c);
    if !is_day_end(c) {
        return None;
    }
    let (last, c) = last_day(c, cx);
    let (year, end) = year_after(c, cx).map_or((None, c), |(year, end)| (Some(year), end));
    if !is_allowed(meaning, word, year.is_some()) {
        return None;
    }
    with_last(DateSpan::one(year, month, Some(day), end)?, last)
}
