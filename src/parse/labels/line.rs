//! Labels in one line of text.

use std::ops::Range;

use crate::parse::outline::{Block, Outline};
use crate::parse::vocabulary::{HeadingRole, LabelRole, Memo, RoleSet, Vocabulary, fold, fold_into, without_number};
use crate::words::may_hold_colon;

/// A label is at most this many bytes long.
const MAX_LABEL: usize = 60;
/// A label in another script: its letters take up to three bytes each.
const MAX_WIDE_LABEL: usize = 120;

type Found<'a> = &'a mut dyn FnMut(RoleSet, Range<usize>, usize);

/// Calls `found` for every known label in the lines of a block: its roles, its value and where the label begins.
pub(super) fn labels_of(outline: &Outline, block: &Block, found: Found<'_>) {
    if !outline.strong_in(&block.text).is_empty() {
        outline.text_lines(block).for_each(|line| labels(outline, &line, found));
    } else if may_hold_colon(outline.text(block)) {
        outline.text_lines(block).for_each(|line| plain_labels(&outline.plain, line, found));
    }
}

/// The same for a heading, which is one line however it is written.
pub(super) fn labels_of_heading(outline: &Outline, heading: &Block, found: Found<'_>) {
    if may_hold_colon(outline.text(heading)) || !outline.strong_in(&heading.text).is_empty() {
        labels(outline, &heading.text, found);
    }
}

/// Returns the roles and the place of a first line that is bold, is no more than a label and has lines below it:
/// `**Root cause**`.
pub(super) fn bold_line(outline: &Outline, block: &Block) -> Option<(RoleSet, Range<usize>)> {
    // Most blocks begin with no bold words.
    let label = outline.strong_in(&block.text).first().filter(|run| run.start == block.text.start)?.clone();
    let text = outline.text(block);
    let first = &text[..memchr::memchr(b'\n', text.as_bytes())?];
    let is_bold = first.trim_end().len() == label.len() && !first.contains([':', '：']);
    let roles = if is_bold { roles_of(&outline.plain[label.clone()], true) } else { RoleSet::NONE };
    (!roles.is_empty()).then_some((roles, label))
}

/// Calls `found` for every known label in the line `range` of the plain text. A line may hold several bold labels
/// (`**Date:** x | **Severity:** y`).
pub(super) fn labels(outline: &Outline, range: &Range<usize>, found: Found<'_>) {
    if range.is_empty() {
        return;
    }
    let plain = &outline.plain;
    let mut bold = outline.strong_in(range).iter().filter_map(|run| bold_label(plain, run, range)).peekable();
    if bold.peek().is_none() {
        plain_labels(plain, range.clone(), found);
        return;
    }
    while let Some((label, value_start)) = bold.next() {
        // Bold inside bold may begin before the label around it ends.
        let stop = bold.peek().map_or(range.end, |(next, _)| next.start).max(value_start);
        let roles = roles_of(&plain[label.clone()], true);
        if !roles.is_empty() {
            found(roles, trim(plain, value_start..stop), label.start);
        }
    }
}

/// `**Label:** …`, `**Label.** …`, `**Label**: …` or `**Label** Value`: returns the label and where the value begins.
fn bold_label(plain: &str, run: &Range<usize>, line: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let text = plain[run.clone()].trim_end();
    let ended =
        text.strip_suffix([':', '：']).or_else(|| text.strip_suffix('.').filter(|it| !it.contains([':', '：'])));
    if let Some(label) = ended {
        return Some((run.start..run.start + label.len(), run.end));
    }
    // `**Severity: high**`: the value is bold too.
    if let Some(colon) = text.find([':', '：'])
        && colon <= limit(text)
    {
        let width = text[colon..].chars().next().map_or(1, char::len_utf8);
        return Some((run.start..run.start + colon, run.start + colon + width));
    }
    // A run that goes on in the next line labels nothing in this one.
    let rest = plain.get(run.end..line.end)?;
    let colon = rest.trim_start();
    if run.start == line.start
        && rest.len() > colon.len()
        && colon.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    {
        return Some((run.clone(), run.end));
    }
    // `**Severity** · high` and `**Severity** — high` are labels of people who like them so.
    let separates = |c: &char| matches!(c, ':' | '：') || (matches!(c, '·' | '—' | '–') && rest.starts_with(' '));
    let width = colon.chars().next().filter(separates)?.len_utf8();
    Some((run.clone(), run.end + (rest.len() - colon.len()) + width))
}

/// `Label: value` without any mark-up; what stands behind it may be labelled too (`Duration: 2 h. Time to detect: 5 min.`,
/// `Severity: high | Status: closed`).
fn plain_labels(plain: &str, mut range: Range<usize>, found: Found<'_>) {
    if joined_labels(plain, &range, found) {
        return;
    }
    while let Some((roles, value)) = plain_label(plain, &range) {
        let bytes = plain.as_bytes();
        let stops = memchr::memchr3_iter(b'.', b'|', b';', &bytes[value.clone()]).map(|at| value.start + at);
        let sentences = stops.filter(|at| *at + 1 < value.end && bytes[at + 1] == b' ').map(|at| at + 2);
        let next = sentences.map(|at| at..range.end).find(|rest| plain_label(plain, rest).is_some());
        let end = next.as_ref().map_or(value.end, |rest| rest.start - 2);
        found(roles, trim(plain, value.start..end), range.start);
        match next {
            Some(rest) => range = rest,
            None => return,
        }
    }
}

/// `Status / severity: closed / medium`: as many values as labels; tells whether the line is such a one.
fn joined_labels(plain: &str, range: &Range<usize>, found: Found<'_>) -> bool {
    const JOINT: &str = " / ";
    let text = &plain[range.clone()];
    if memchr::memchr(b'/', text.as_bytes()).is_none() {
        return false;
    }
    let Some((labels, values)) = text.split_once(": ").filter(|(labels, _)| labels.contains(JOINT)) else {
        return false;
    };
    let known = |label: &str| !roles_of(label, false).is_empty();
    let count = labels.split(JOINT).count();
    if values.split(JOINT).count() != count || labels.split(JOINT).filter(|label| known(label)).count() < 2 {
        return false;
    }
    let mut at = range.start + labels.len() + 2;
    for (label, value) in labels.split(JOINT).zip(values.split(JOINT)) {
        let roles = roles_of(label, false);
        if !roles.is_empty() {
            found(roles, trim(plain, at..at + value.len()), range.start);
        }
        at += value.len() + JOINT.len();
    }
    true
}

/// Returns how long the label of `text` may be.
fn limit(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii()) { MAX_LABEL } else { MAX_WIDE_LABEL }
}

/// One `Label: value`.
fn plain_label(plain: &str, range: &Range<usize>) -> Option<(RoleSet, Range<usize>)> {
    let text = &plain[range.clone()];
    let mut limit = text.len().min(limit(text));
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &text[..limit];
    let ascii = memchr::memchr(b':', head.as_bytes());
    let (colon, width) = match ascii {
        Some(at) => (at, 1),
        None if head.is_ascii() => return None,
        None => (head.find('：')?, '：'.len_utf8()),
    };
    let after = colon + width;
    if width == 1 && text[after..].starts_with(['/', ':']) {
        return None;
    }
    let roles = roles_of(&text[..colon], false);
    (!roles.is_empty()).then(|| (roles, trim(plain, range.start + after..range.end)))
}

/// Returns what a label means. A bold label that only contains a word for cause means a cause too (`Primary root cause`).
fn roles_of(label: &str, bold: bool) -> RoleSet {
    thread_local! {
        static PLAIN: Memo<RoleSet> = const { Memo::new() };
        static BOLD: Memo<RoleSet> = const { Memo::new() };
    }
    if label.len() > limit(label) {
        return RoleSet::NONE;
    }
    let words = Vocabulary::get();
    let possible = words.may_be_label(label) || bold && words.may_name_cause(label);
    if !possible {
        return RoleSet::NONE;
    }
    match bold {
        false => PLAIN.with(|known| known.get(label, |label| meaning(label).0)),
        true => BOLD.with(|known| known.get(label, bold_meaning)),
    }
}

fn bold_meaning(label: &str) -> RoleSet {
    let (roles, folded) = meaning(label);
    let cause = || folded.split(' ').count() <= 5 && Vocabulary::get().heading(&folded).has(HeadingRole::RootCause);
    if roles.is_empty() && cause() { RoleSet::label(LabelRole::RootCause) } else { roles }
}

/// Returns what a label means, and the label folded.
fn meaning(label: &str) -> (RoleSet, String) {
    let words = Vocabulary::get();
    let mut folded = fold(label);
    let mut roles = words.label(without_number(&folded));
    let bracketed = || {
        let label = label.trim_end();
        let wide = || label.split_once('（').filter(|_| label.ends_with('）'));
        label.split_once(" (").filter(|_| label.ends_with(')')).or_else(wide)
    };
    if roles.is_empty()
        && let Some((name, _)) = bracketed()
    {
        // What stands in brackets only qualifies (`Start time (UTC)`).
        folded.clear();
        fold_into(name, &mut folded);
        roles = words.label(&folded);
    }
    if roles.is_empty() {
        roles = words.qualified_duration(&folded);
    }
    (roles, folded)
}

/// Trims spaces and the separators between two labels of one line.
fn trim(plain: &str, range: Range<usize>) -> Range<usize> {
    let text = &plain[range.clone()];
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let start = range.start + (text.len() - inner.len());
    let inner = inner.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ';'));
    start..start + inner.len()
}
