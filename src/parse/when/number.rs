//! Numbers before units of time: in digits, as words, with a half behind them.

use super::Context;
use super::cursor::Cursor;
use super::words::Meaning;

/// Begin the endings that 반, a half, may have (`1시간 반 동안` has none).
const BEHIND_HALF: [char; 5] = ['만', '쯤', '가', '정', '간'];

/// A number, or a word that counts.
pub(super) struct Number<'a, 'w> {
    /// `None` for `few`, `several`.
    pub(super) value: Option<f64>,
    /// The word; `None` for digits.
    pub(super) word: Option<&'w Meaning>,
    pub(super) after: Cursor<'a>,
}

pub(super) fn number_at<'a, 'w>(at: Cursor<'a>, cx: &Context<'w>) -> Option<Number<'a, 'w>> {
    if at.at_digit() || at.byte() == Some(b'.') {
        let (value, after) = decimal(at)?;
        return Some(Number { value: Some(value), word: None, after });
    }
    let mut c = at;
    if c.eat_char(&['½']) {
        return Some(Number { value: Some(0.5), word: None, after: c });
    }
    if !at.peek()?.is_alphabetic() {
        return None;
    }
    let (meaning, after) = cx.words.read(at)?;
    if meaning.vague {
        return Some(Number { value: None, word: Some(meaning), after });
    }
    meaning.number.map(|value| number_words(value, meaning, after, cx))
}

/// Reads on behind a number word: `half an`, `two and a half`, `forty five`.
fn number_words<'a, 'w>(value: f64, first: &'w Meaning, after: Cursor<'a>, cx: &Context<'w>) -> Number<'a, 'w> {
    let word = Some(first);
    let plain = Number { value: Some(value), word, after };
    let Some((next, next_after)) = word_behind(after, cx) else { return plain };
    if next.vague && value == 1.0 {
        return Number { value: None, word, after: next_after };
    }
    if let Some(number) = next.number.filter(|_| next.unit.is_none() || has_unit_behind(next_after, cx)) {
        let value = match number {
            n if value < 1.0 => value * n,
            n if (20.0..100.0).contains(&value) && n < 10.0 => value + n,
            _ => return plain,
        };
        return Number { value: Some(value), word, after: next_after };
    }
    match half_behind(next_after, cx).filter(|_| next.and) {
        Some((half, after)) if has_unit_behind(after, cx) => Number { value: Some(value + half), word, after },
        _ => plain,
    }
}

fn has_unit_behind(after: Cursor<'_>, cx: &Context<'_>) -> bool {
    word_behind(after, cx).is_some_and(|(meaning, _)| meaning.unit.is_some())
}

/// Reads the word behind spaces or a hyphen.
fn word_behind<'a, 'w>(after: Cursor<'a>, cx: &Context<'w>) -> Option<(&'w Meaning, Cursor<'a>)> {
    let mut c = after;
    ((c.blanks() || c.eat(b'-')) && c.peek()?.is_alphabetic()).then(|| cx.words.read(c)).flatten()
}

/// Reads `a half`, `half`, `demie`, `media` behind `and`.
fn half_behind<'a>(and: Cursor<'a>, cx: &Context<'_>) -> Option<(f64, Cursor<'a>)> {
    let (first, first_after) = word_behind(and, cx)?;
    match first.number? {
        half if half < 1.0 => Some((half, first_after)),
        1.0 => {
            let (second, second_after) = word_behind(first_after, cx)?;
            second.number.filter(|half| *half < 1.0).map(|half| (half, second_after))
        }
        _ => None,
    }
}

/// Reads ` and a half`, `半` behind a unit: the fraction of that unit.
pub(super) fn half_after_unit<'a>(after: Cursor<'a>, cx: &Context<'_>) -> (f64, Cursor<'a>) {
    let mut c = after;
    if c.eat_char(&['半', '반']) {
        return (0.5, c);
    }
    // `1시간 반`, but not `1시간 반복`
    if c.blanks()
        && c.eat_char(&['반'])
        && !c.peek().is_some_and(|next| next.is_alphabetic() && !BEHIND_HALF.contains(&next))
    {
        return (0.5, c);
    }
    let half = word_behind(after, cx).filter(|(meaning, _)| meaning.and).and_then(|(_, and)| half_behind(and, cx));
    match half {
        // "an hour and half a day": the half has its own unit.
        Some((_, end)) if has_unit_behind(end, cx) => (0.0, after),
        Some(found) => found,
        None => (0.0, after),
    }
}

/// Returns the number that `1.200` is where a dot parts thousands.
pub(super) fn thousands(digits: &str) -> Option<f64> {
    let (whole, part) = digits.split_once('.')?;
    let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && part.len() == 3;
    let value: u32 = [whole, part].concat().parse().ok().filter(|_| grouped)?;
    Some(f64::from(value))
}

/// Reads `2`, `2.5`, `2,5`, `1,200`, `.5`.
pub(super) fn decimal(at: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let mut c = at;
    let (whole, _) = if c.byte() == Some(b'.') { (0, 0) } else { c.digits()? };
    let mut value = f64::from(whole);
    let mut next = c;
    if next.eat(b'.') || next.eat(b',') {
        let comma = c.byte() == Some(b',');
        if let Some((part, len)) = next.digits() {
            value = if comma && len == 3 {
                value * 1000.0 + f64::from(part)
            } else {
                value + f64::from(part) / 10_f64.powi(len as i32)
            };
            c = next;
        }
    }
    if c.peek() == Some('½') {
        c.bump();
        value += 0.5;
    }
    (c.at > at.at).then_some((value, c))
}
