//! What stands before a time, and what stands in its place.

use super::Context;
use super::cursor::{Cursor, is_unspaced};
use super::words::Meaning;

/// Returns whether a time expression may begin here: a digit, `~` or a word of the calendar, not inside a word.
pub(super) fn may_begin(at: Cursor<'_>, cx: &Context<'_>) -> bool {
    let before = at.before();
    if before.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c)) {
        return false;
    }
    if at.at_digit() {
        let glued = matches!(before, Some(':' | '.' | '/' | '-' | '#' | '$' | ','));
        let bytes = at.text.as_bytes();
        return !glued || at.at < 2 || !bytes[at.at - 2].is_ascii_alphanumeric();
    }
    match at.peek() {
        Some('~' | '≈') => true,
        Some(c) if c.is_alphabetic() => cx.words.read(at).is_some_and(|(m, _)| {
            m.month.is_some() || m.weekday || m.approximate || m.meridiem.is_some() && is_unspaced(c)
        }),
        _ => false,
    }
}

/// What may stand before a time.
pub(super) struct Lead<'a, 'w> {
    /// Where it ends.
    pub(super) after: Cursor<'a>,
    /// It says that the time is not exact.
    pub(super) approximate: bool,
    /// The word behind it, if it is one of the calendar.
    pub(super) word: Option<&'w Meaning>,
}

/// Skips what stands before a time.
pub(super) fn skip_lead<'a, 'w>(mut c: Cursor<'a>, cx: &Context<'w>) -> Lead<'a, 'w> {
    let mut approximate = false;
    loop {
        c.blanks();
        match c.peek() {
            Some('~') => {
                let struck = c.ahead(1) == Some(b'~');
                c.at += if struck { 2 } else { 1 };
                approximate |= !struck;
            }
            Some('≈' | '±') => {
                c.bump();
                approximate = true;
            }
            Some('*' | '_' | '(' | '[' | '`' | '"' | '“') => c.bump(),
            // Clocks, check marks and sirens, with what selects how they are drawn.
            Some(
                '\u{2300}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}',
            ) => {
                c.bump();
            }
            Some(letter) if letter.is_alphabetic() => match cx.words.read(c) {
                Some((meaning, after)) if meaning.approximate => {
                    c = after;
                    c.eat(b'.');
                    approximate = true;
                }
                word => return Lead { after: c, approximate, word: word.map(|(meaning, _)| meaning) },
            },
            _ => return Lead { after: c, approximate, word: None },
        }
    }
}

/// Reads `Unknown`, `--:--`, `TBD` where the text ends or is set off behind it; returns the end.
pub(super) fn unknown_at(at: Cursor<'_>, cx: &Context<'_>) -> Option<usize> {
    let first = at.peek().filter(|first| !first.is_ascii_digit())?;
    if first.is_alphabetic() && !matches!(first, 'T' | 't') {
        return unknown_word(at, cx);
    }
    for mark in ["--:--", "-:-", "??:??", "?:?", "—:—", "–:–", "T+?", "t+?"] {
        if at.rest().starts_with(mark) {
            return Some(at.at + mark.len());
        }
    }
    if let Some(end) = unsaid_number(at, cx).or_else(|| step_at(at)) {
        return Some(end);
    }
    let whole = at.rest().trim_end();
    if ["?", "??", "???", "--", "---"].contains(&whole) {
        return Some(at.at + whole.len());
    }
    unknown_word(at, cx)
}

/// Reads `T+N minutes`: counted from the start, nobody knows how far.
fn unsaid_number(at: Cursor<'_>, cx: &Context<'_>) -> Option<usize> {
    let sign = ["T+N", "T+n", "T+X", "T+x"].iter().find(|sign| at.rest().starts_with(**sign))?;
    let mut c = at;
    c.at += sign.len();
    if !c.at_word_end() {
        return None;
    }
    let end = c.at;
    c.blanks();
    let unit =
        c.peek().filter(|c| c.is_alphabetic()).and_then(|_| cx.words.read(c)).filter(|(word, _)| word.unit.is_some());
    Some(unit.map_or(end, |(_, after)| after.at))
}

/// Reads `T1:`, or `T1` alone on its line, the second of several steps that have no clock.
fn step_at(at: Cursor<'_>) -> Option<usize> {
    let digits = at.rest().strip_prefix('T')?;
    let behind = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = digits.len() - behind.len();
    let set_off = behind.starts_with([':', '：', '*'])
        || [" -", " –", " —"].iter().any(|dash| behind.starts_with(dash))
        || behind.trim_start_matches([' ', '\r']).starts_with('\n');
    ((1..=2).contains(&count) && set_off).then(|| at.at + 1 + count)
}

fn unknown_word(at: Cursor<'_>, cx: &Context<'_>) -> Option<usize> {
    let (meaning, after) = cx.words.read(at)?;
    let mut c = after;
    let spaced = c.blanks();
    let set_off = match c.peek() {
        None => true,
        Some(']' | ')' | ':' | '*' | '_' | '|' | ',' | ';' | '`' | '\n' | '\r' | '—' | '–') => true,
        Some('-') => spaced,
        Some('.' | '…') => !spaced,
        _ => false,
    };
    (meaning.unknown && set_off).then_some(after.at)
}
