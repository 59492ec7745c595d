//! The mark of a passage: a search hit opens its document at the very paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Located;

/// Puts the anchor `ris-passage` into the first block that begins in `line` (a byte range of the text), or else into
/// the last one that begins before it.
pub(super) fn mark(events: &mut Vec<Located<'_>>, line: &Range<usize>) {
    let begins_in_line = |(event, range): &Located<'_>| is_block(event) && line.contains(&range.start);
    let begins_before = |(event, range): &Located<'_>| is_block(event) && range.start <= line.start;
    let found = events.iter().position(begins_in_line).or_else(|| events.iter().rposition(begins_before));
    let Some(index) = found else { return };
    let (event, range) = &events[index];
    let inside = !matches!(event, Event::Start(Tag::CodeBlock(_)));
    let anchor = Event::Html("<span id=\"ris-passage\" class=\"passage\"></span>".into());
    let range = range.clone();
    events.insert(index + usize::from(inside), (anchor, range));
}

/// Tells whether an inline anchor may stand right after (or, before a code block, in front of) this event.
fn is_block(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell | Tag::CodeBlock(_)))
}
