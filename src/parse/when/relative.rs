//! Times counted from the start: `T+15`, `+00:15`.

use super::Context;
use super::cursor::{Cursor, is_dash};
use super::duration::duration_at;

/// Reads `T+15`, `T-5`, `T+1h30`, `T+00:15`, `T0`, `T+15 min`, `+00:15`, `+15 min` at `at`: minutes after the start.
pub(super) fn relative_at<'a>(at: Cursor<'a>, cx: &Context<'_>) -> Option<(i64, Cursor<'a>)> {
    let mut c = at;
    let named = c.eat(b'T') || c.eat(b't');
    if !named && c.byte() != Some(b'+') {
        return None;
    }
    // `T0+5m` counts from `T0`.
    if named && c.byte() == Some(b'0') && matches!(c.ahead(1), Some(b'+' | b'-')) {
        c.bump();
    }
    c.blanks();
    let negative = c.peek().is_some_and(is_dash);
    let signed = negative || c.byte() == Some(b'+');
    if signed {
        c.bump();
        c.blanks();
    }
    let start = c;
    let (value, len) = c.digits()?;
    let sign = |minutes: i64| if negative { -minutes } else { minutes };
    if !signed {
        return (value == 0 && len == 1 && c.at_word_end()).then_some((0, c));
    }
    if let Some((minutes, after)) = hours_and_minutes(value, c) {
        return Some((sign(minutes), after));
    }
    if let Some((minutes, end)) = duration_at(start, cx) {
        return Some((sign(minutes), end));
    }
    (named && c.at_word_end()).then_some((sign(i64::from(value)), c))
}

/// Reads `:15` or `:15:30` behind the hours.
fn hours_and_minutes(hours: u32, mut c: Cursor<'_>) -> Option<(i64, Cursor<'_>)> {
    if !c.eat(b':') {
        return None;
    }
    let (minutes, 2) = c.digits()? else { return None };
    let mut after = c;
    if c.eat(b':') && c.digits().is_some_and(|(_, len)| len == 2) {
        after = c;
    }
    Some((i64::from(hours) * 60 + i64::from(minutes), after))
}
