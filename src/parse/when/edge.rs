//! Time expressions at the start and at the end of a text.

use super::cursor::Cursor;
use super::date::iso_day;
use super::lead::{Lead, may_begin, skip_lead, unknown_at};
use super::relative::relative_at;
use super::scan::Scan;
use super::words::Meaning;
use super::{Context, Scanned, When};

/// Reads a time or date expression at the start of `text`; spaces, emphasis, brackets and `~` before it are skipped.
pub(crate) fn scan_start(text: &str, cx: &Context<'_>) -> Option<Scanned> {
    if let Some(date) = iso_day(text) {
        return Some(Scanned { when: When { date: Some(date), ..When::default() }, end: text.len() });
    }
    let Lead { after: start, approximate, word } = skip_lead(Cursor::new(text), cx);
    let first = start.peek()?;
    let likely = if first.is_alphabetic() {
        // Most lines begin with a word that is no word of dates (`T+15` apart).
        matches!(first, 'T' | 't') || word.is_some_and(Meaning::begins_time)
    } else {
        first.is_alphanumeric() || matches!(first, '-' | '?' | '@' | '+')
    };
    if !likely {
        return None;
    }
    if let Some((minutes, after)) = relative_at(start, cx) {
        let when = When { relative: Some(minutes), approximate, ..When::default() };
        return Some(Scanned { when, end: after.at });
    }
    let may_be_unknown = word.is_none_or(|word| word.unknown) || matches!(first, 'T' | 't');
    if let Some(end) = may_be_unknown.then(|| unknown_at(start, cx)).flatten() {
        return Some(Scanned { when: When { unknown: true, approximate, ..When::default() }, end });
    }
    let mut scan = Scan::new(cx);
    scan.when.approximate = approximate;
    scan.run(start);
    let mut found = scan.finish().filter(|found| !is_file_name(&found.when, &text[found.end..]))?;
    for unknown in ["-??", " ??:??"] {
        found.end += if text[found.end..].starts_with(unknown) { unknown.len() } else { 0 };
    }
    Some(found)
}

/// Returns whether a bare date goes on as a name: `2025-12-17-redis.md`.
fn is_file_name(when: &When, rest: &str) -> bool {
    let mut rest = rest.bytes();
    when.time.is_none()
        && matches!(rest.next(), Some(b'-' | b'_'))
        && rest.next().is_some_and(|b| b.is_ascii_alphabetic())
}

/// Reads a date-time at the very end of `text` and returns where it begins. Needs a full date or a time of day.
pub(crate) fn scan_end(text: &str, cx: &Context<'_>) -> Option<(When, usize)> {
    /// No time expression is longer.
    const TAIL: usize = 100;
    // Dates and times have digits: behind the last one none begins.
    let last = text.bytes().rposition(|byte| byte.is_ascii_digit()).filter(|_| may_end(text, cx))?;
    let mut cursor = Cursor::new(text).moved(tail_of(text, TAIL));
    while let Some(c) = cursor.peek().filter(|_| cursor.at <= last) {
        let foreign = match c {
            '~' | '0'..='9' => false,
            'a'..='z' | 'A'..='Z' => cursor.ascii_word().is_some_and(|word| cx.words.is_foreign(word)),
            _ => c.is_ascii(),
        };
        if !foreign && may_begin(cursor, cx) {
            let mut scan = Scan::new(cx);
            let lead = skip_lead(cursor, cx);
            scan.when.approximate = lead.approximate;
            scan.run(lead.after);
            if let Some(found) = scan.finish().filter(|found| is_whole(&found.when, &text[found.end..])) {
                return Some((found.when, cursor.at));
            }
        }
        cursor.at += c.len_utf8();
        if c.is_ascii_alphanumeric() {
            // Nothing begins inside a word.
            while cursor.byte().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
                cursor.at += 1;
            }
        }
    }
    None
}

/// A cheap look before reading: the last word of most texts is neither a zone nor a word of the calendar. What stands in
/// brackets or right behind a digit may be any.
fn may_end(text: &str, cx: &Context<'_>) -> bool {
    let text = text.trim_end_matches(|c: char| is_trailing(c) && !matches!(c, ')' | '）')).as_bytes();
    let letters = text.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (before, word) = text.split_at(text.len() - letters);
    let apart = before.last().is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_digit());
    letters < 3 || !apart || word.iter().all(u8::is_ascii_uppercase) || !cx.words.ends_nothing(word)
}

/// Returns where the last `bytes` of `text` begin, on a character boundary.
fn tail_of(text: &str, bytes: usize) -> usize {
    let from = text.len().saturating_sub(bytes);
    (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn is_whole(when: &When, rest: &str) -> bool {
    let full = when.date.is_some_and(|d| d.year.is_some() && d.day.is_some());
    (full || when.time.is_some()) && rest.chars().all(is_trailing)
}

/// Returns whether a character may stand between a time and the end of a text.
fn is_trailing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | ')' | '）' | ']' | '.' | ',' | ';' | '`')
}
