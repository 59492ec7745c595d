//! Days in tables (`2026-02-20`, `2026-02-20 14:05`), which no narrow column may break at a hyphen or before the time; and
//! all those of a text that is read from right to left, whose parts would change places (`20-02-2026`).

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Located;

/// Length of a day.
const LENGTH: usize = "2026-02-20".len();

/// Returns the events with every day in a cell, or else `everywhere` but in code, held together.
pub(super) fn hold(events: Vec<Located<'_>>, everywhere: bool) -> Vec<Located<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut held = everywhere;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::TableCell) => held = true,
            Event::Start(Tag::CodeBlock(_)) => held = false,
            Event::End(TagEnd::TableCell | TagEnd::CodeBlock) => held = everywhere,
            Event::Text(text) if held && next(text, 0).is_some() => {
                out.extend(split(text).into_iter().map(|event| (event, range.clone())));
                continue;
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn split(text: &str) -> Vec<Event<'static>> {
    let piece = |text: &str| Event::Text(text.to_owned().into());
    let (mut out, mut done) = (Vec::new(), 0);
    while let Some(at) = next(text, done) {
        let end = at + LENGTH + time_length(&text.as_bytes()[at + LENGTH..]);
        let (before, day) = (&text[done..at], &text[at..end]);
        out.extend((!before.is_empty()).then(|| piece(before)));
        out.extend([Event::Html("<span class=\"nowrap\">".into()), piece(day), Event::Html("</span>".into())]);
        done = end;
    }
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
