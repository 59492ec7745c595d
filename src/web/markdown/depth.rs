//! A limit on nesting, applied before rendering: sanitising costs the square of the depth.

use pulldown_cmark::Event;

use super::Located;

/// Deepest nesting of Markdown constructs that is rendered; deeper ones keep their text and lose their form.
pub(super) const MAX_DEPTH: usize = 64;

/// Takes away the start and end of every construct below [`MAX_DEPTH`].
pub(super) fn cap(events: &mut Vec<Located<'_>>) {
    let mut depth = 0_usize;
    events.retain(|(event, _)| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= MAX_DEPTH
        }
        Event::End(_) => {
            depth -= 1;
            depth < MAX_DEPTH
        }
        _ => true,
    });
}
