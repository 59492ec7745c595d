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
    let mut numbers = Numbers::default();
    let defined: Vec<CowStr<'_>> = notes.iter().map(|note| note.name.clone()).collect();
    number(&mut text, &defined, &mut numbers);
    // A note may mention a note.
    let mut order: Vec<usize> = Vec::new();
    while let Some(next) = next_note(&notes, &numbers, &order) {
        number(&mut notes[next].events, &defined, &mut numbers);
        order.push(next);
    }
    let end = text.last().map_or(0, |(_, range)| range.end);
    let mut put = |html: String| text.push((Event::Html(html.into()), end..end));
    put("<div class=\"footnotes\" role=\"group\" aria-label=\"Footnotes\">\n<ol>\n".to_owned());
    let mut body: Vec<Located<'_>> = Vec::new();
    for at in order {
        let note = std::mem::take(&mut notes[at].events);
        let number = numbers.of[&notes[at].name];
        body.push((Event::Html(format!("<li id=\"fn-{number}\">\n").into()), end..end));
        body.extend(note);
        let back = format!(
            "<a href=\"#fnref-{number}\" class=\"footnote-back\" aria-label=\"Back to mention {number}\">↩</a></li>\n"
        );
        body.push((Event::Html(back.into()), end..end));
    }
    text.extend(body);
    text.push((Event::Html("</ol>\n</div>\n".into()), end..end));
    text
}

struct Note<'a> {
    name: CowStr<'a>,
    events: Vec<Located<'a>>,
}

#[derive(Default)]
struct Numbers<'a> {
    of: HashMap<CowStr<'a>, usize>,
    mentions: HashMap<usize, usize>,
}

fn take_out(events: Vec<Located<'_>>) -> (Vec<Located<'_>>, Vec<Note<'_>>) {
    let (mut text, mut notes, mut open): (_, Vec<Note<'_>>, Vec<Note<'_>>) =
        (Vec::with_capacity(events.len()), Vec::new(), Vec::new());
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

fn number<'a>(events: &mut [Located<'a>], defined: &[CowStr<'a>], numbers: &mut Numbers<'a>) {
    for (event, _) in events {
        let Event::FootnoteReference(name) = event else { continue };
        if !defined.contains(name) {
            *event = Event::Text(format!("[^{name}]").into());
            continue;
        }
        let next = numbers.of.len() + 1;
        let number = *numbers.of.entry(name.clone()).or_insert(next);
        let mention = numbers.mentions.entry(number).or_default();
        *mention += 1;
        let id = if *mention == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mention}") };
        let html = format!("<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>");
        *event = Event::InlineHtml(html.into());
    }
}

/// Returns the note with the lowest number that is not told yet; notes that nothing mentions are left out.
fn next_note(notes: &[Note<'_>], numbers: &Numbers<'_>, told: &[usize]) -> Option<usize> {
    let untold = (0..notes.len()).filter(|at| !told.contains(at));
    let first = untold.filter_map(|at| Some((*numbers.of.get(&notes[at].name)?, at))).min()?;
    let twice = told.iter().any(|&at| notes[at].name == notes[first.1].name);
    if twice { None } else { Some(first.1) }
}
