//! Finds a date anywhere in prose.

use std::ops::Range;

use super::cursor::{Cursor, is_unspaced};
use super::date::date_at;
use super::{Context, DateReading};

/// Finds the first date anywhere in prose: a full one or a month of a year. A day without a year (`Jan 14`) is
/// returned only where nothing better stands in the text.
pub(crate) fn find_date(text: &str, cx: &Context<'_>) -> Option<(DateReading, Range<usize>)> {
    // Every date has a digit.
    text.bytes().find(u8::is_ascii_digit)?;
    let mut second = None;
    let mut cursor = Cursor::new(text);
    while let Some(byte) = cursor.byte() {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            cursor.at += 1;
            continue;
        }
        let found = starts_date(cursor, cx).then(|| date_at(cursor, cx)).flatten();
        if let Some(span) = found {
            let range = cursor.at..span.after.at;
            if span.first.year.is_some() {
                return Some((span.first, range));
            }
            second.get_or_insert((span.first, range));
        }
        skip_run(&mut cursor);
    }
    second
}

/// Cheap test whether a date may begin here, at a letter or digit that begins a run of them.
fn starts_date(at: Cursor<'_>, cx: &Context<'_>) -> bool {
    if !at.at_digit() && at.ascii_word().is_some_and(|word| cx.words.is_foreign(word)) {
        return false;
    }
    if !at.at_digit() {
        return at.peek().is_some_and(|c| c.is_alphabetic() && !is_unspaced(c)) && is_month_likely(at);
    }
    match at.before() {
        Some(':' | '.' | '/') => false,
        Some('-') => at.text.as_bytes()[at.at..].iter().take_while(|b| b.is_ascii_digit()).count() >= 4,
        _ => true,
    }
}

/// Returns whether a digit stands within a few bytes behind the word: every date in words has one there.
fn is_month_likely(at: Cursor<'_>) -> bool {
    let bytes = &at.text.as_bytes()[at.at..];
    let word = bytes.iter().take(25).take_while(|b| b.is_ascii_alphabetic() || !b.is_ascii()).count();
    (3..25).contains(&word) && bytes[word..].iter().take(8).any(u8::is_ascii_digit)
}

/// Steps over the run of letters or of digits that begins here. Digits behind letters begin no date (`v2`, `PM2020`).
fn skip_run(cursor: &mut Cursor<'_>) {
    let digits = cursor.at_digit();
    while cursor.byte().is_some_and(|byte| if digits { byte.is_ascii_digit() } else { byte.is_ascii_alphanumeric() }) {
        cursor.at += 1;
    }
    while let Some(c) = cursor.peek() {
        let same = if digits { c.is_ascii_digit() } else { c.is_alphanumeric() && !(is_unspaced(c)) };
        if !same {
            break;
        }
        cursor.bump();
    }
    // Letters glued to digits belong to the same word; a script without spaces ends it.
    if digits {
        while cursor.peek().is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c)) {
            cursor.bump();
        }
    } else if cursor.peek().is_some_and(|c| !c.is_ascii() && (is_unspaced(c) || !c.is_alphanumeric())) {
        cursor.bump();
    }
}
