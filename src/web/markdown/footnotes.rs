//! Footnotes: numbered in the order of their first mention, gathered at the end, with a way back.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Located;

/// Takes the definitions out of the text and puts them at its end.
pub(super) fn gather(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    if !events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))) {
        return events;
    }
    let (mut text, mut notes) = take_out(events);
    let mut numbers = Numbers::new(&notes);
    numbers.give(&mut text);
    let end = text.last().map_or(0, |(_, range)| range.end);
    let at_end = |html: String| (Event::Html(html.into()), end..end);
    text.push(at_end("<div class=\"footnotes\" role=\"group\" aria-label=\"Footnotes\">\n<ol>\n".to_owned()));
    // A note may mention further notes, which so get their numbers while the earlier ones are written.
    let mut written = 0;
    while let Some(&note) = numbers.order.get(written) {
        written += 1;
        let mut events = std::mem::take(&mut notes[note].events);
        numbers.give(&mut events);
        text.push(at_end(format!("<li id=\"fn-{written}\">\n")));
        text.extend(events);
        text.push(at_end(format!(
            "<a href=\"#fnref-{written}\" class=\"footnote-back\" aria-label=\"Back to mention {written}\">↩</a></li>\n"
        )));
    }
    text.push(at_end("</ol>\n</div>\n".to_owned()));
    text
}

struct Note<'a> {
    name: CowStr<'a>,
    events: Vec<Located<'a>>,
}

/// Which note has which number, counted from 1 in the order of the first mentions.
struct Numbers<'a> {
    /// Notes by name: index, number (0 for none yet), mentions.
    notes: HashMap<CowStr<'a>, (usize, usize, usize)>,
    /// Notes by number.
    order: Vec<usize>,
}

impl<'a> Numbers<'a> {
    fn new(notes: &[Note<'a>]) -> Self {
        // Of two notes of one name the first counts.
        let named = notes.iter().enumerate().rev();
        Self { notes: named.map(|(index, note)| (note.name.clone(), (index, 0, 0))).collect(), order: Vec::new() }
    }

    /// Turns every mention among `events` into a numbered link.
    fn give(&mut self, events: &mut [Located<'a>]) {
        for (event, _) in events {
            let Event::FootnoteReference(name) = event else { continue };
            let Some((index, number, mentions)) = self.notes.get_mut(name) else {
                *event = Event::Text(format!("[^{name}]").into());
                continue;
            };
            if *number == 0 {
                self.order.push(*index);
                *number = self.order.len();
            }
            *mentions += 1;
            let id = if *mentions == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mentions}") };
            let html =
                format!("<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>");
            *event = Event::InlineHtml(html.into());
        }
    }
}

fn take_out(events: Vec<Located<'_>>) -> (Vec<Located<'_>>, Vec<Note<'_>>) {
    let mut text = Vec::with_capacity(events.len());
    let (mut notes, mut open): (Vec<Note<'_>>, Vec<Note<'_>>) = (Vec::new(), Vec::new());
    for (event, range) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open.push(Note { name, events: Vec::new() }),
            Event::End(TagEnd::FootnoteDefinition) => notes.extend(open.pop()),
            event => open.last_mut().map_or(&mut text, |note| &mut note.events).push((event, range)),
        }
    }
    // The depth limit may have taken an end away.
    notes.append(&mut open);
    (text, notes)
}
