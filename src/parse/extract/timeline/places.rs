//! Where in a heading or an item its time may stand, if not at the beginning.

use std::ops::Range;

use crate::parse::outline::{Block, BlockKind, Outline};
use crate::parse::vocabulary::{Vocabulary, fold};
use crate::parse::when::{self, DateReading, When};
use crate::words::Needle;

/// A part of a day, with its date, takes so many bytes at most.
const LONGEST_PART: usize = 60;
/// What may stand behind it, beside a colon.
const SIGNS: [Needle; 3] = [Needle::new(" - ", 1), Needle::new(" – ", 3), Needle::new(" — ", 3)];
const LONGEST_SIGN: usize = 5;

/// A time at the beginning of a heading, or in brackets at its end (`Recovery (16:40-17:00)`).
pub(super) fn when_of_heading(text: &str, cx: &when::Context<'_>) -> Option<(When, Range<usize>)> {
    if let Some(scanned) = when::scan_start(text, cx) {
        return Some((scanned.when, 0..scanned.end));
    }
    if let Some(found) = after_a_word(text, cx) {
        return Some(found);
    }
    let open = text.rfind('(').filter(|_| text.ends_with(')'))?;
    let scanned = when::scan_start(&text[open + 1..], cx)?;
    let fills = open + 1 + scanned.end >= text.len() - 1;
    (fills && scanned.when.time.is_some()).then_some((scanned.when, open..text.len()))
}

/// `Update 27.08.2022 10:00 Uhr:`: one word, then a date with a time.
pub(super) fn after_a_word(text: &str, cx: &when::Context<'_>) -> Option<(When, Range<usize>)> {
    let space = text.find(' ').filter(|_| text.starts_with(char::is_alphabetic))?;
    let scanned = when::scan_start(&text[space..], cx)?;
    (scanned.when.time.is_some() && scanned.when.date.is_some()).then_some((scanned.when, space..space + scanned.end))
}

/// `Overnight: …`, `Morning (3 February) - …`: a part of a day where the others have a clock. Returns the day, where it is
/// told, and where the part ends.
pub(super) fn part_of_day(
    text: &str,
    cx: &when::Context<'_>,
    words: &Vocabulary,
) -> Option<(Option<DateReading>, usize)> {
    let near = &text[..text.floor_char_boundary(LONGEST_PART + LONGEST_SIGN)];
    let signs = SIGNS.iter().filter_map(|it| it.find(near));
    let end = near.find([':', '：']).into_iter().chain(signs).min()?;
    let lead = text.get(..end).filter(|lead| lead.len() <= LONGEST_PART)?;
    let (part, day) = lead.split_once(['(', '（']).unwrap_or((lead, ""));
    let date = when::find_date(day, cx).map(|(date, _)| date);
    let said = fold(part);
    let is_part = !said.is_empty() && said.split(' ').all(|word| words.day_parts.contains(word));
    (is_part && (day.is_empty() || date.is_some())).then_some((date, end))
}

/// `[3] 2016-10-13 Reported` is the third note of a text.
pub(super) fn without_note(text: &str) -> &str {
    let note = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    match note {
        Some((number, rest)) if number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => text,
    }
}

/// Takes the brackets off a time (`[10:00] Alert`): returns it as written, and what stands behind it.
pub(super) fn without_brackets<'a>(raw: &'a str, text: &'a str) -> (&'a str, &'a str) {
    let behind = text.strip_prefix([']', ')']);
    raw.strip_prefix(['[', '(']).zip(behind).unwrap_or((raw, text))
}

/// A time in brackets near the beginning: `Deploy (14:02 UTC): the queue fills`.
pub(super) fn when_in_brackets(text: &str, cx: &when::Context<'_>) -> Option<(When, Range<usize>)> {
    let open = text.find('(').filter(|at| *at < 80)?;
    let close = open + text[open..].find(')')?;
    let scanned = when::scan_start(&text[open + 1..close], cx)?;
    let fills = open + 1 + scanned.end == close && (scanned.when.time.is_some() || scanned.when.relative.is_some());
    fills.then_some((scanned.when, open..close + 1))
}

/// Whether an item tells something, and is no label or remark.
pub(super) fn tells(outline: &Outline, index: usize) -> bool {
    let block = &outline.blocks[index];
    let text = outline.text(block);
    let label = outline.strong_in(&block.text).first().is_some_and(|run| {
        run.start == block.text.start
            && outline.plain[run.start..block.text.end].get(..run.len() + 1).is_some_and(|it| it.contains(':'))
    });
    !text.trim().is_empty() && !text.trim_end().ends_with(':') && !label
}

/// Returns the blocks inside an item.
pub(super) fn inside(outline: &Outline, index: usize) -> Range<usize> {
    let end = outline.blocks[index].src.end;
    let inner = outline.blocks[index + 1..].iter().take_while(|it| it.src.start < end).count();
    index + 1..index + 1 + inner
}

/// Whether the blocks below a heading begin a list of its own, of two items or more.
pub(super) fn has_list(outline: &Outline, below: Range<usize>) -> bool {
    let own = below.start.checked_sub(1).map(|heading| outline.blocks[heading].section);
    let item = |it: &&Block| matches!(it.kind, BlockKind::Item { .. }) && it.parent.is_none();
    outline.blocks[below].iter().filter(item).filter(|it| Some(it.section) == own).take(2).count() == 2
}

/// A line or arrow of a drawing made of characters.
pub(super) fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257F}' | '▶' | '►' | '▼' | '|' | '>' | '*' | '•')
}

pub(super) fn without(text: &str, range: &Range<usize>) -> String {
    format!("{}{}", &text[..range.start], &text[range.end..])
}
