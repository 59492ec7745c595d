//! The mark of a passage: a search hit opens its document at the very paragraph.

use pulldown_cmark::{Event, Tag};

use super::Located;

/// Puts the anchor `ris-passage` into the innermost block that holds byte `at`, or else into the last one before it.
pub(super) fn mark(events: &mut Vec<Located<'_>>, at: usize) {
    let holds = |(event, range): &Located<'_>| is_block(event) && range.start <= at;
    let Some(index) = events.iter().rposition(holds) else { return };
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
