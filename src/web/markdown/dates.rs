//! Days in tables (`2026-02-20`, `2026-02-20 14:05`), which no narrow column may break at a hyphen or before the time; and
//! days behind a letter that is written from right to left, whose parts would change places (`20-02-2026`).

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Located;
use super::direction::is_from_right;

/// Length of a day.
const LENGTH: usize = "2026-02-20".len();

/// Returns the events with such days held together; `from_right` tells how the text is read.
pub(super) fn hold(events: Vec<Located<'_>>, from_right: bool) -> Vec<Located<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut place = Place { in_cell: false, behind_right: from_right };
    let mut in_code = false;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item) => place.behind_right = from_right,
            Event::Start(Tag::TableCell) => place = Place { in_cell: true, behind_right: from_right },
            Event::End(TagEnd::TableCell) => place.in_cell = false,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code && (place.in_cell || from_right) => {
                if next(text, 0).is_some() {
                    out.extend(split(text, &mut place).into_iter().map(|event| (event, range.clone())));
                    continue;
                }
                place.pass(text);
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

/// Where a text stands.
struct Place {
    in_cell: bool,
    /// The last letter before it is written from right to left.
    behind_right: bool,
}

impl Place {
    /// Goes on behind `text`.
    fn pass(&mut self, text: &str) {
        let last = text.chars().rev().find(|letter| letter.is_alphabetic());
        self.behind_right = last.map_or(self.behind_right, is_from_right);
    }
}

fn split(text: &str, place: &mut Place) -> Vec<Event<'static>> {
    let piece = |text: &str| Event::Text(text.to_owned().into());
    let (mut out, mut done, mut passed) = (Vec::new(), 0, 0);
    while let Some(at) = next(text, passed) {
        let end = at + LENGTH + time_length(&text.as_bytes()[at + LENGTH..]);
        place.pass(&text[passed..at]);
        passed = end;
        let html = match (place.behind_right, place.in_cell) {
            (true, _) => "<span class=\"nowrap from-left\">",
            (false, true) => "<span class=\"nowrap\">",
            (false, false) => continue,
        };
        out.extend((at > done).then(|| piece(&text[done..at])));
        out.extend([Event::Html(html.into()), piece(&text[at..end]), Event::Html("</span>".into())]);
        done = end;
    }
    place.pass(&text[passed..]);
    out.extend((done < text.len()).then(|| piece(&text[done..])));
    out
}

/// Returns where the next day begins at or after byte `from`.
fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[from..];
    bytes.windows(LENGTH).position(is_day).map(|offset| from + offset)
}

/// Returns the length of ` 14:05` or ` 14:05:30` right behind a day.
fn time_length(bytes: &[u8]) -> usize {
    let two = |from: usize, sign: u8| matches!(bytes.get(from..from + 3), Some([first, a, b]) if *first == sign && a.is_ascii_digit() && b.is_ascii_digit());
    match bytes.first() {
        Some(sign @ (b' ' | b'T')) if two(0, *sign) && two(3, b':') => 6 + if two(6, b':') { 3 } else { 0 },
        _ => 0,
    }
}

/// Tells whether these bytes are digits in groups of four, two and two with hyphens between them.
fn is_day(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// Tells whether a text is one day and nothing else.
pub(crate) fn is_one(text: &str) -> bool {
    text.len() == LENGTH && is_day(text.as_bytes())
}
