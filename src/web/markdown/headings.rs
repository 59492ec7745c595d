//! Heading ids, heading levels below the page's title, and the table of contents.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::Located;
use super::highlight::push_escaped;
use crate::model::anchor_of;
use crate::web::links;

/// Ids that begin so belong to the page around the document.
const RESERVED_PREFIX: &str = "ris-";

/// One line of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TocEntry {
    /// 2 to 6: the page's title is 1.
    pub(crate) level: u8,
    /// Anchor.
    pub(crate) id: String,
    /// Heading as plain text.
    pub(crate) text: String,
    /// Byte of the heading in the rendered text.
    pub(crate) at: usize,
}

impl TocEntry {
    /// Returns the anchor as it stands in an address.
    pub(crate) fn anchor(&self) -> String {
        links::encode(&self.id)
    }
}

struct Found {
    start: usize,
    end: usize,
    level: u8,
    text: String,
    nested: bool,
}

/// Gives every heading an id and a level of at least 2, drops a first heading that repeats `title`, and returns the
/// table of contents.
pub(super) fn assign(events: &mut Vec<Located<'_>>, title: Option<&str>) -> Vec<TocEntry> {
    let mut found = find(events);
    if repeats_title(&found, title) {
        let first = found.remove(0);
        let gone = first.end - first.start + 1;
        events.drain(first.start..=first.end);
        for heading in &mut found {
            heading.start -= gone;
            heading.end -= gone;
        }
    }
    // One headline above all sections is a second title, not a section.
    let headline =
        found.first().is_some_and(|it| it.level == 1 && !it.nested) && !found.iter().skip(1).any(|it| it.level == 1);
    let shift =
        found.iter().skip(usize::from(headline)).map(|it| it.level).min().map_or(0, |top| 2_u8.saturating_sub(top));
    let mut ids = Ids::default();
    let mut toc = Vec::new();
    for (index, heading) in found.into_iter().enumerate() {
        let is_headline = headline && index == 0;
        let level = if is_headline { 2 } else { (heading.level + shift).min(6) };
        let id = ids.unique(&heading.text);
        let at = events[heading.start].1.start;
        set(&mut events[heading.start].0, level, &id);
        set(&mut events[heading.end].0, level, &id);
        if !heading.nested && !is_headline && !heading.text.is_empty() {
            toc.push(TocEntry { level, id, text: heading.text, at });
        }
    }
    toc
}

/// Gives every heading a link to itself, which is shown when it is pointed at.
pub(super) fn link(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut out = Vec::with_capacity(events.len() + 8);
    let mut open: Option<(String, String)> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => open = Some((id.to_string(), String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, heading)) = &mut open {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((id, heading)) = open.take() {
                    let mut anchor =
                        format!("<a class=\"anchor\" href=\"#{}\" aria-label=\"Link to ", links::encode(&id));
                    push_escaped(&mut anchor, heading.trim());
                    anchor.push_str("\"></a>");
                    out.push((Event::InlineHtml(anchor.into()), range.clone()));
                }
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn repeats_title(found: &[Found], title: Option<&str>) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (found.first(), title) {
        (Some(first), Some(title)) => first.level == 1 && !first.nested && words(&first.text) == words(title),
        _ => false,
    }
}

fn find(events: &[Located<'_>]) -> Vec<Found> {
    let (mut found, mut open, mut depth) = (Vec::new(), None, 0_usize);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some(Found {
                    start: index,
                    end: index,
                    level: *level as u8,
                    text: String::new(),
                    nested: depth > 0,
                });
                depth += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                depth -= 1;
                if let Some(mut heading) = open.take() {
                    heading.end = index;
                    heading.text = heading.text.trim().to_owned();
                    found.push(heading);
                }
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut open {
                    heading.text.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut open {
                    heading.text.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

fn set(event: &mut Event<'_>, to: u8, id: &str) {
    let to = HeadingLevel::try_from(usize::from(to)).unwrap_or(HeadingLevel::H6);
    match event {
        Event::Start(Tag::Heading { level, id: slot, .. }) => {
            *level = to;
            *slot = Some(CowStr::from(id.to_owned()));
        }
        Event::End(TagEnd::Heading(level)) => *level = to,
        _ => {}
    }
}

/// Hands out ids, each once.
#[derive(Default)]
struct Ids {
    used: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Ids {
    fn unique(&mut self, text: &str) -> String {
        let base = slug(text);
        if self.used.insert(base.clone()) {
            return base;
        }
        let counter = self.next.entry(base.clone()).or_insert(0);
        loop {
            *counter += 1;
            let id = format!("{base}-{counter}");
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Returns the anchor that code hosts give a heading: lower case, blanks as `-`, other signs dropped.
pub(super) fn slug(text: &str) -> String {
    let mut slug = anchor_of(text);
    if slug.is_empty() {
        slug.push_str("section");
    }
    if is_reserved(&slug) { format!("doc-{slug}") } else { slug }
}

/// Tells whether an id is one of the page around the document, or one that its footnotes get.
pub(super) fn is_reserved(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    let number = id.strip_prefix("fnref-").or_else(|| id.strip_prefix("fn-"));
    let is_of_a_note = number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
    id.starts_with(RESERVED_PREFIX) || is_of_a_note
}
