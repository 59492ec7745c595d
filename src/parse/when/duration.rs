//! Reads durations: `9 hours 10 minutes`, `2d 1h 29m`, `half an hour`, `PT4H`, `2時間10分`.

use std::ops::Range;

use super::Context;
use super::clock_duration::rest_of_day;
use super::cursor::{Cursor, is_dash, is_unspaced};
use super::number::{decimal, half_after_unit, number_at, thousands};
use super::words::{Meaning, Unit};

/// A duration as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DurationReading {
    /// Its length rounded to minutes; `None` where no number is named (`few hours`).
    pub(crate) minutes: Option<i64>,
    /// Where it stands, a marker such as `~` included.
    pub(crate) range: Range<usize>,
    /// Marked as not exact, a range, or counted in months or years.
    pub(crate) approximate: bool,
}

/// Longest duration that is taken for one, in minutes (about 190 years).
const LONGEST: f64 = 1e8;

/// Finds the first duration in `text`.
pub(crate) fn find_duration(text: &str, cx: &Context<'_>) -> Option<DurationReading> {
    let mut cursor = Cursor::new(text);
    let mut marker: Option<usize> = None;
    while let Some(byte) = cursor.byte() {
        if byte == b' ' {
            cursor.at += 1;
            continue;
        }
        if byte.is_ascii_alphabetic()
            && byte != b'P'
            && let Some(word) = cursor.ascii_word().filter(|word| cx.words.counts_nothing(word))
        {
            marker = None;
            cursor.at += word.len();
            if !cursor.eat(b' ') && cursor.at_digit() {
                skip_letters(&mut cursor);
            }
            continue;
        }
        let c = cursor.peek()?;
        if !c.is_alphanumeric() && c != '½' && !is_bare_fraction(cursor) {
            match c {
                '~' | '≈' | '<' | '>' | '±' | '≤' | '≥' => marker = marker.or(Some(cursor.at)),
                _ if super::cursor::is_blank(c) => {}
                _ => marker = None,
            }
            cursor.bump();
            continue;
        }
        let word = if c.is_alphabetic() { cx.words.read(cursor) } else { None };
        let likely = !c.is_alphabetic()
            || c == 'P'
            || word.is_some_and(|(meaning, after)| {
                (meaning.number.is_some() || meaning.vague) && !is_before_foreign(after, cx)
            });
        if let Some((sum, approximate)) = likely.then(|| duration_with_unit(cursor, cx)).flatten() {
            let minutes = sum.minutes.map(|m| m.round() as i64);
            let range = marker.unwrap_or(cursor.at)..sum.after.at;
            return Some(DurationReading { minutes, range, approximate: approximate || marker.is_some() });
        }
        match word {
            Some((meaning, after)) if meaning.approximate => {
                marker = marker.or(Some(cursor.at));
                cursor = after;
                cursor.eat(b'.');
            }
            Some((meaning, after)) if is_unspaced(c) => {
                marker = marker.filter(|_| meaning.filler);
                cursor = after;
            }
            _ => {
                marker = None;
                skip_word(&mut cursor);
            }
        }
    }
    None
}

/// Tells whether `.5` stands here, and no number before it.
fn is_bare_fraction(at: Cursor<'_>) -> bool {
    at.byte() == Some(b'.')
        && at.ahead(1).is_some_and(|byte| byte.is_ascii_digit())
        && at.before().is_none_or(char::is_whitespace)
}

fn skip_word(cursor: &mut Cursor<'_>) {
    let digits = cursor.at_digit() || is_bare_fraction(*cursor);
    cursor.bump();
    skip_letters(cursor);
    // `1.5`, `10:30`, `2025-12-17`: one thing, whose last part begins no duration.
    while digits
        && matches!(cursor.byte(), Some(b'.' | b',' | b':' | b'/' | b'-'))
        && cursor.ahead(1).is_some_and(|b| b.is_ascii_digit())
    {
        cursor.at += 1;
        skip_letters(cursor);
    }
}

/// Steps over letters and digits.
fn skip_letters(cursor: &mut Cursor<'_>) {
    while cursor.byte().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        cursor.at += 1;
    }
    while cursor.peek().is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c)) {
        cursor.bump();
    }
}

/// Reads a duration that begins at `at`, in minutes.
pub(super) fn duration_at<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(i64, Cursor<'a>)> {
    let (sum, _) = duration_with_unit(at, cx)?;
    Some((sum.minutes?.round() as i64, sum.after))
}

/// The pieces read so far.
struct Sum<'a> {
    minutes: Option<f64>,
    last: Unit,
    after: Cursor<'a>,
}

/// Reads a duration at `at`; tells whether it is not exact.
fn duration_with_unit<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(Sum<'a>, bool)> {
    if matches!(at.byte(), Some(b'P')) {
        return iso(at).map(|sum| (sum, false));
    }
    // `8時30分` is a time of day.
    if matches!(at.before(), Some('時' | '时' | '点' | '點' | '시')) {
        return None;
    }
    let (first, inexact) = first_piece(at, cx)?;
    let mut sum = first;
    let mut approximate = inexact || matches!(sum.last, Unit::Month | Unit::Year);
    while let Some(next) = further_piece(&sum, cx) {
        sum = next;
    }
    if let Some(minutes) = sum.minutes {
        if !(0.0..LONGEST).contains(&minutes) {
            return None;
        }
    } else {
        approximate = true;
    }
    Some((sum, approximate))
}

fn first_piece<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(Sum<'a>, bool)> {
    let number = number_at(at, cx).filter(|number| !is_before_foreign(number.after, cx))?;
    let mut value = number.value;
    let mut c = number.after;
    let mut inexact = false;
    if let (true, Some((upper, after))) = (number.word.is_none(), upper_bound(c, cx)) {
        value = value.map(|lower| f64::midpoint(lower, upper));
        (c, inexact) = (after, true);
    }
    // `2+ days`
    inexact |= number.word.is_none() && c.eat(b'+');
    let spaced = c.blanks();
    if !spaced {
        let _ = c.dash() || (number.word.is_some() && c.eat_char(&['\'', '’']));
    } else if value.is_none()
        && let Some((_, after)) = cx.words.read(c).filter(|(m, _)| m.filler && m.unit.is_none())
    {
        // "couple of hours"
        c = after;
        c.blanks();
    }
    // 1个半小时
    let mut halved = c;
    halved.eat_char(&['个', '個']);
    if halved.eat_char(&['半']) {
        value = value.map(|value| value + 0.5);
        c = halved;
    }
    let (unit, after) = unit_at(c, cx, number.word, spaced && number.word.is_none())?;
    if let (Unit::Minute, false) = (unit, inexact || is_english(&c.text[c.at..after.at])) {
        value = thousands(&at.text[at.at..number.after.at]).or(value);
    }
    // "a second peak", "one second": an ordinal as often as not.
    if unit == Unit::Second && number.word.is_some() {
        return None;
    }
    let (half, after) = half_after_unit(after, cx);
    let minutes = value.map(|v| (v + half) * unit.minutes());
    Some((Sum { minutes, last: unit, after }, inexact))
}

/// English parts thousands with a comma, and what it counts with a dot are fractions.
fn is_english(unit: &str) -> bool {
    ["minute", "minutes", "min", "mins"].iter().any(|it| unit.eq_ignore_ascii_case(it))
}

/// Tells that the word behind a number is none of ours, and so no unit: what most numbers of a text count.
fn is_before_foreign(number: Cursor<'_>, cx: &Context<'_>) -> bool {
    let mut c = number;
    c.blanks();
    c.ascii_word().is_some_and(|word| !word.is_empty() && cx.words.is_foreign(word))
}

/// Reads ` and 48 minutes`, ` 10m`, `, 28 minutes`, and the bare `30` of `1h30` behind a piece.
fn further_piece<'a>(sum: &Sum<'a>, cx: &Context<'_>) -> Option<Sum<'a>> {
    let total = sum.minutes?;
    let mut c = sum.after;
    let glued = c.at_digit();
    c.blanks();
    // The comma of `9 hours, 10 minutes`, the dot of `2 Std. 10 Min.`
    let set_off = c.eat(b',') || c.eat(b'.');
    if set_off {
        c.blanks();
    }
    if sum.last == Unit::Day
        && let Some((minutes, after)) = rest_of_day(c)
    {
        return Some(Sum { minutes: Some(total + minutes), last: Unit::Second, after });
    }
    if c.peek()?.is_alphabetic() {
        let (_, after) = cx.words.read(c).filter(|(meaning, _)| meaning.and)?;
        c = after;
        if !c.blanks() {
            return None;
        }
    }
    let number = number_at(c, cx)?;
    let value = number.value?;
    let mut next = number.after;
    next.blanks();
    if let Some((unit, after)) = unit_at(next, cx, number.word, false).filter(|(unit, _)| *unit < sum.last) {
        return Some(Sum { minutes: Some(total + value * unit.minutes()), last: unit, after });
    }
    let two_digits = number.word.is_none() && number.after.at == c.at + 2 && value < 60.0;
    let bare = if glued { number.after.at_word_end() } else { !set_off && closes(number.after) };
    (sum.last == Unit::Hour && two_digits && bare).then_some(Sum {
        minutes: Some(total + value),
        last: Unit::Minute,
        after: number.after,
    })
}

/// Tells whether nothing that could be counted follows: the bare `30` of `1 hour 30` ends what is told.
fn closes(at: Cursor<'_>) -> bool {
    let mut rest = at.rest().trim_start_matches(['*', '_', ' ']).chars();
    match rest.next() {
        None | Some('\n' | '\r' | ')' | ',' | ';' | '|') => true,
        Some('.') => rest.next().is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// Reads `–5` of `4–5 hours`, ` to 5`, ` bis 5`.
fn upper_bound<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(f64, Cursor<'a>)> {
    let mut c = at;
    let spaced = c.blanks();
    if c.peek().is_some_and(is_dash) || c.peek() == Some('~') || c.peek() == Some('〜') {
        c.bump();
    } else {
        let word = if spaced { cx.words.read(c) } else { None };
        c = word.filter(|(meaning, _)| meaning.range)?.1;
    }
    c.blanks();
    c.at_digit().then(|| decimal(c)).flatten()
}

/// Reads a unit. Single letters count only in lower case (`H` apart) and glued to digits, `h` and `d` also behind a space.
pub(super) fn unit_at<'a>(
    c: Cursor<'a>,
    cx: &Context<'_>,
    number: Option<&Meaning>,
    lone: bool,
) -> Option<(Unit, Cursor<'a>)> {
    let first = c.peek().filter(|first| first.is_alphabetic())?;
    let one_letter = first.is_ascii() && !c.ahead(1).is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    if one_letter
        && (number.is_some() || first.is_uppercase() && first != 'H' || lone && !matches!(first, 'h' | 'd' | 'H'))
    {
        return None;
    }
    let (meaning, after) = cx.words.read(c)?;
    let unit = meaning.unit.filter(|_| number.is_none_or(|number| number.counts(meaning)))?;
    let bounded =
        is_unspaced(first) || after.at_digit() || after.at_word_end() || after.peek().is_some_and(is_unspaced);
    if !bounded || after.byte() == Some(b'/') && after.ahead(1).is_some_and(|b| b.is_ascii_alphanumeric()) && one_letter
    {
        return None;
    }
    Some((unit, after))
}

/// Reads ISO 8601: `PT4H30M`, `P1DT2H`.
fn iso(at: Cursor<'_>) -> Option<Sum<'_>> {
    let mut c = at;
    c.eat(b'P');
    let mut clock = c.eat(b'T');
    let (mut minutes, mut last) = (0.0, None);
    while let Some((value, next)) = decimal(c).filter(|_| c.at_digit()) {
        c = next;
        let unit = match (c.byte()?, clock) {
            (b'Y', false) => Unit::Year,
            (b'M', false) => Unit::Month,
            (b'W', false) => Unit::Week,
            (b'D', false) => Unit::Day,
            (b'H', true) => Unit::Hour,
            (b'M', true) => Unit::Minute,
            (b'S', true) => Unit::Second,
            _ => return None,
        };
        c.at += 1;
        minutes += value * unit.minutes();
        last = Some(unit);
        clock |= c.eat(b'T');
    }
    let fits = c.at_word_end() && at.before().is_none_or(|b| !b.is_alphanumeric() && b != '-');
    last.filter(|_| fits).map(|last| Sum { minutes: Some(minutes), last, after: c })
}
