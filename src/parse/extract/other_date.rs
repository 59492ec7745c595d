//! Days that a text names of something else than the incident: when it was written, is reviewed, is due.

use std::ops::Range;

use super::Source;
use crate::parse::outline::Block;
use crate::parse::vocabulary::{LabelRole, RoleSet};
use crate::parse::when::{self, DateReading};

/// What a label names beside a day that is not the incident's. A due day needs its colon: `By 3 May the disk was full`.
const ROLES: [LabelRole; 4] = [LabelRole::DocumentDate, LabelRole::NextReview, LabelRole::LastReview, LabelRole::Due];

/// A word between a label and its day is at most so long (`on`, `den`).
const LONGEST_JOINT: usize = 3;

/// So many days of a block are looked at.
const DATES: usize = 8;

/// What stands before a label in its line.
const MARKS: [char; 12] = ['(', '[', ',', ';', '|', '·', '•', '–', '—', '!', '\n', '。'];

/// Finds the first day or month in a block that may be the incident's.
pub(super) fn find_own(source: &Source<'_>, block: &Block) -> Option<(DateReading, Range<usize>)> {
    let text = source.outline.text(block);
    let mut at = 0;
    for _ in 0..DATES {
        let (date, range) = when::find_date(&text[at..], &source.when(None))?;
        let range = at + range.start..at + range.end;
        if !is_other(source, block, text, &range) {
            return Some((date, range));
        }
        at = range.end;
    }
    None
}

/// Tells whether a day of a block is the value of such a label, or stands behind its words (`Last updated 2026-02-01`).
fn is_other(source: &Source<'_>, block: &Block, text: &str, range: &Range<usize>) -> bool {
    let line = source.outline.line_at(block, block.text.start + range.start, source.lines);
    if ROLES.iter().any(|role| source.labelled(*role).any(|label| label.origin.line == line)) {
        return true;
    }
    let before = text[..range.start].trim_end();
    let label = before.rsplit(MARKS).next().unwrap_or_default();
    let label = label.rsplit(". ").next().unwrap_or_default().trim();
    match label.strip_suffix([':', '：']) {
        Some(label) => means_other(source.words.label_of(label.trim())),
        None => names_document(source, label),
    }
}

/// Reads the words before a day that no colon sets off.
fn names_document(source: &Source<'_>, label: &str) -> bool {
    let named = |label: &str| {
        let roles = source.words.label_of(label);
        means_other(roles) && !roles.means(LabelRole::Due)
    };
    let without_joint = label.rsplit_once(' ').filter(|(_, joint)| joint.len() <= LONGEST_JOINT);
    named(label) || without_joint.is_some_and(|(label, _)| named(label))
}

fn means_other(roles: RoleSet) -> bool {
    ROLES.iter().any(|role| roles.means(*role))
}
