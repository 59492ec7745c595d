//! Whose a duration in running text is: the incident's, or that of something else.

use std::ops::Range;

use super::Source;
use crate::model::{DurationKind, Kind};
use crate::parse::vocabulary::{HeadingRole, SpanWord, fold};

/// So many words before a duration tell whose it is.
const SENTENCE_WORDS: usize = 8;

/// So many words beside a duration tell that it is the incident's.
const BESIDE: usize = 4;

/// Those words stand at most so many bytes away.
const NEAR: usize = 160;

/// A shorter word before a full stop and a number is cut short (`max. 20 minutes`).
const WHOLE_WORD: usize = 4;

/// Reads what stands before a duration in its sentence: who lasted, or what was over within.
pub(super) fn kind_by_verb(source: &Source<'_>, text: &str, range: &Range<usize>) -> Option<DurationKind> {
    let words = source.words;
    let before = &text[sentence_around(text, range).start..range.start];
    let before: Vec<&str> = before.split_whitespace().rev().take(SENTENCE_WORDS).collect();
    let before = fold(&before.into_iter().rev().collect::<Vec<_>>().join(" "));
    let (verb, start, end) = words.spans.all(&before).last()?;
    let between: Vec<&str> = before[end..].split_whitespace().collect();
    match verb {
        SpanWord::Lasted => {
            let subject = &before[..start];
            let incident = words.kinds.all(subject).any(|(kind, _, _)| kind == Kind::Incident);
            let named = incident || words.heading(subject).has(HeadingRole::Impact);
            (named && between.len() <= 3).then_some(DurationKind::Total)
        }
        SpanWord::Over => {
            let within = |word: &&str| words.not_before_durations.contains(*word);
            let counted = between.iter().filter(|word| within(word)).count() == 1;
            (counted && between.len() <= 2 && within(&between[0])).then_some(DurationKind::Resolve)
        }
    }
}

/// Looks at the words before and after, as far as the sentence goes.
pub(super) fn speaks_of_incident(source: &Source<'_>, text: &str, range: &Range<usize>) -> bool {
    if sums_up_a_span(&text[..range.start]) {
        return true;
    }
    let sentence = sentence_around(text, range);
    let before: Vec<&str> = text[sentence.start..range.start].split_whitespace().rev().take(BESIDE).collect();
    let before = fold(&before.into_iter().rev().collect::<Vec<_>>().join(" "));
    let after: Vec<&str> = text[range.end..sentence.end].split_whitespace().take(BESIDE).collect();
    let after = fold(&after.join(" "));
    // `after 3 hours of sleep`, `every 5 minutes`, `within 24 hours` say nothing of the length.
    let other = before.rsplit(' ').next().is_some_and(|word| source.words.not_before_durations.contains(word));
    // `For 3 days before the outage` is what led to it; `down for 3 hours before we saw it` is the incident's.
    let leads = source.words.leads_up_to(&after);
    let told_before = source.words.prose.all(&before).any(|(_, _, end)| !leads || end < before.len())
        || leads && source.words.spans.all(&before).any(|(verb, ..)| verb == SpanWord::Lasted);
    // `two minutes after the deploy` is when it began, not how long it was.
    let told_behind = || !source.words.leads_from_duration(&after) && source.words.prose.first(&after).is_some();
    !other && (told_before || told_behind())
}

/// Returns the sentence that `range` stands in, as far as its words are looked at.
fn sentence_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let from = text.ceil_char_boundary(range.start.saturating_sub(NEAR));
    let to = text.floor_char_boundary(text.len().min(range.end + NEAR));
    let ends = |from: usize, to: usize| {
        let marks = text[from..to].char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
        marks.map(move |(at, mark)| (from + at, mark)).filter(|(at, mark)| ends_sentence(text, *at, *mark))
    };
    let start = ends(from, range.start).next_back().map_or(from, |(at, mark)| at + mark.len_utf8());
    let end = ends(range.end, to).next().map_or(to, |(at, _)| at);
    start..end
}

/// Tells whether a mark at `at` ends a sentence: a capital stands behind it, or a number behind a whole word.
fn ends_sentence(text: &str, at: usize, mark: char) -> bool {
    if !mark.is_ascii() {
        return true;
    }
    let behind = &text[at + 1..];
    let next = behind.trim_start().chars().next();
    let word = text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).take(WHOLE_WORD).count();
    let begins = next.is_none_or(|c| !c.is_lowercase() && (c.is_alphabetic() || word >= WHOLE_WORD));
    begins && (behind.is_empty() || behind.starts_with(char::is_whitespace))
}

/// `from 08:10 to 11:30 (3 hours and 20 minutes)`: what stands in brackets behind two times is how long it took.
fn sums_up_a_span(before: &str) -> bool {
    let Some(before) = before.strip_suffix(['(', '（']) else { return false };
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(64))..];
    let is_time = |at: usize| {
        let bytes = near.as_bytes();
        at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    memchr::memchr_iter(b':', near.as_bytes()).filter(|at| is_time(*at)).count() >= 2
}
