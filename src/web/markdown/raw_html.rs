//! HTML inside Markdown, before the sanitiser sees it.
//!
//! Elements that documents may use pass, with few attributes and limited nesting; everything else that looks like a
//! tag becomes text, by the rule that holds in a terminal too. So the sanitiser (whose cost grows with the square of the
//! nesting) is handed nothing deep.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use super::Located;
use super::headings::is_reserved;
use crate::model::{HtmlPiece, HtmlReader, HtmlTag};
use crate::web::links;

/// Filters every piece of HTML among the events.
pub(super) fn tame(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut reader = HtmlReader::default();
    let mut ids = Ids::of_headings(&events);
    let mut out: Vec<Located<'_>> = Vec::with_capacity(events.len());
    let mut block: Option<(String, std::ops::Range<usize>)> = None;
    for (event, range) in events {
        match event {
            // A block comes line by line, a tag may span lines: join them first.
            Event::Html(text) => match &mut block {
                Some((joined, _)) => joined.push_str(&text),
                None => block = Some((text.into_string(), range)),
            },
            other => {
                if let Some((joined, at)) = block.take() {
                    out.push((Event::Html(filter(&joined, &mut reader, &mut ids).into()), at));
                }
                let event = match other {
                    Event::InlineHtml(text) => Event::InlineHtml(filter(&text, &mut reader, &mut ids).into()),
                    other => other,
                };
                out.push((event, range));
            }
        }
    }
    if let Some((joined, at)) = block {
        out.push((Event::Html(filter(&joined, &mut reader, &mut ids).into()), at));
    }
    out
}

/// Filters one piece.
fn filter(html: &str, reader: &mut HtmlReader, ids: &mut Ids) -> String {
    let mut out = String::with_capacity(html.len());
    reader.read(html, |piece| match piece {
        HtmlPiece::Text(text) => out.push_str(text),
        HtmlPiece::Words(text) => push_text(&mut out, text),
        HtmlPiece::Tag(tag) if tag.closing => out.push_str(&format!("</{}>", element(&tag))),
        HtmlPiece::Tag(tag) if tag.name == "img" => write_image(&tag, ids, &mut out),
        HtmlPiece::Tag(tag) => write_open(&tag, ids, &mut out),
    });
    out
}

/// Returns the element that stands for a tag: the title of the page is the only heading of the first level.
fn element<'a>(tag: &'a HtmlTag<'_>) -> &'a str {
    if tag.name == "h1" { "h2" } else { &tag.name }
}

/// The ids of one document.
struct Ids(HashSet<String>);

impl Ids {
    /// Takes those of the headings: to them contents and links lead.
    fn of_headings(events: &[Located<'_>]) -> Self {
        let id = |(event, _): &Located<'_>| match event {
            Event::Start(Tag::Heading { id, .. }) => id.as_deref().map(str::to_owned),
            _ => None,
        };
        Self(events.iter().filter_map(id).collect())
    }

    /// Tells whether an id that somebody wrote is free, and takes it.
    fn take(&mut self, id: &str) -> bool {
        !is_reserved(id) && self.0.insert(id.to_owned())
    }
}

/// Writes a tag with every value quoted, but for an id that something else has.
fn write_open(tag: &HtmlTag<'_>, ids: &mut Ids, out: &mut String) {
    out.push('<');
    out.push_str(element(tag));
    for (name, value) in &tag.attributes {
        let is_id = name.eq_ignore_ascii_case("id");
        if is_id && !ids.take(value.unwrap_or_default()) {
            continue;
        }
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            out.push_str(&format!(" {name}=\"{}\"", value.unwrap_or_default().replace('"', "&quot;")));
        }
    }
    out.push('>');
}

/// A page asks no third party for anything: an image of another host becomes a link.
fn write_image(tag: &HtmlTag<'_>, ids: &mut Ids, out: &mut String) {
    let value = |name: &str| {
        tag.attributes.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|it| it.1.unwrap_or_default())
    };
    match value("src").map(|src| (src, links::resolve("", src))) {
        Some((src, links::Target::External(_))) => {
            let quoted = |text: &str| text.replace('"', "&quot;").replace('<', "&lt;");
            let text = value("alt").filter(|alt| !alt.is_empty()).unwrap_or(src);
            out.push_str(&format!("<a href=\"{}\">image: {}</a>", quoted(src), quoted(text)));
        }
        _ => write_open(tag, ids, out),
    }
}

fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}
