//! Lines of the file on the blocks of its text, so that a passage can be linked to.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Located;

/// Writes the line on which it begins into every paragraph and list item; `first_line` is that of the text's start.
pub(super) fn mark(events: &mut [Located<'_>], text: &str, first_line: u32) {
    let (mut line, mut counted) = (first_line, 0);
    for (event, range) in events {
        if range.start > counted {
            let between = text.as_bytes().get(counted..range.start).unwrap_or_default();
            line += u32::try_from(between.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
            counted = range.start;
        }
        // Footnotes stand at the end, out of order; they are linked to by their number.
        let in_order = range.start == counted;
        let html = match event {
            Event::Start(Tag::Paragraph) if in_order => format!("<p data-line=\"{line}\">"),
            Event::End(TagEnd::Paragraph) | Event::Start(Tag::Paragraph) => continue,
            Event::Start(Tag::Item) if in_order => format!("<li data-line=\"{line}\">"),
            _ => continue,
        };
        *event = Event::Html(html.into());
    }
}
