//! Marks and pictures that people set before and behind an action item.

use crate::model::{Checkboxes, ItemState};
use crate::parse::outline::{BlockKind, Outline};

/// A line to write on has at least so many underscores.
const SHORTEST_BLANK: usize = 3;

/// Counts the boxes of the document, wherever they stand.
pub(super) fn boxes(outline: &Outline) -> Checkboxes {
    let boxes = outline.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Item { checked, .. } => checked,
        _ => None,
    });
    boxes.fold(Checkboxes::default(), |count, checked| Checkboxes {
        total: count.total + 1,
        checked: count.checked + usize::from(checked),
    })
}

/// Returns what a mark at the beginning says: done (✅), open (⏳), cancelled (`[-]`), or nothing.
pub(super) fn leading_mark(text: &str) -> Option<ItemState> {
    let text = text.trim_start();
    boxed(text).map(|(state, _)| state).or_else(|| mark(text.chars().next()?))
}

/// Returns whether a mark at the end says that something is done.
pub(super) fn trailing_mark(text: &str) -> Option<ItemState> {
    let last = text.trim_end().trim_end_matches('\u{fe0f}').chars().next_back()?;
    mark(last).filter(|state| *state == ItemState::Done)
}

fn mark(c: char) -> Option<ItemState> {
    match c {
        '\0'..='\x7F' => None,
        '✅' | '✔' | '☑' | '✓' | '🟢' => Some(ItemState::Done),
        '⏳' | '❌' | '⚠' | '📋' | '💡' | '🔲' | '☐' | '⬜' | '🚧' | '🔄' | '🔴' | '🟡' | '⌛' => {
            Some(ItemState::Open)
        }
        _ => None,
    }
}

/// Returns what a box says that is none of Markdown, and the text behind it: `[-]` and `[~]` stand for what nobody will do
/// (as GitLab and note-taking programs write it), `[/]` for what is begun.
pub(super) fn boxed(text: &str) -> Option<(ItemState, &str)> {
    if !text.starts_with('[') {
        return None;
    }
    let states = [("[-] ", ItemState::Cancelled), ("[~] ", ItemState::Cancelled), ("[/] ", ItemState::Open)];
    states.into_iter().find_map(|(mark, state)| Some((state, text.strip_prefix(mark)?)))
}

/// Whether a text is a field of a form that nobody has filled in (`Assigned to: ________`).
pub(super) fn is_blank(text: &str) -> bool {
    let line = text.trim_end().trim_end_matches('_');
    text.trim_end().len() - line.len() >= SHORTEST_BLANK && line.trim_end().ends_with([':', '：'])
}

/// Returns the text without its marks and pictures.
pub(super) fn strip_marks(text: &str) -> &str {
    let text = boxed(text.trim_start()).map_or(text, |(_, rest)| rest);
    // Pictures adorn an item (`🚨 Restart it`).
    let picture = |c: char| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}');
    let is_mark = |c: char| mark(c).is_some() || picture(c) || c.is_whitespace();
    text.trim_start_matches(is_mark).trim_end_matches(is_mark)
}
