//! Marks and pictures that people set before and behind an action item.

/// Returns what a mark at the beginning says: done (✅), not done (⏳), or nothing.
pub(super) fn leading_mark(text: &str) -> Option<bool> {
    mark(text.trim_start().chars().next()?)
}

/// Returns whether a mark at the end says that something is done.
pub(super) fn trailing_mark(text: &str) -> Option<bool> {
    let last = text.trim_end().trim_end_matches('\u{fe0f}').chars().next_back()?;
    mark(last).filter(|done| *done)
}

fn mark(c: char) -> Option<bool> {
    match c {
        '\0'..='\x7F' => None,
        '✅' | '✔' | '☑' | '✓' | '🟢' => Some(true),
        '⏳' | '❌' | '⚠' | '📋' | '💡' | '🔲' | '☐' | '⬜' | '🚧' | '🔄' | '🔴' | '🟡' | '⌛' => {
            Some(false)
        }
        _ => None,
    }
}

/// Returns the text without its marks and pictures.
pub(super) fn strip_marks(text: &str) -> &str {
    // Pictures adorn an item (`🚨 Restart it`).
    let picture = |c: char| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}');
    let is_mark = |c: char| mark(c).is_some() || picture(c) || c.is_whitespace();
    text.trim_start_matches(is_mark).trim_end_matches(is_mark)
}
