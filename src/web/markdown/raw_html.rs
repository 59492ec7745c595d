//! HTML inside Markdown, before the sanitiser sees it.
//!
//! Elements that documents may use pass, with few attributes and limited nesting; everything else that looks like a
//! tag becomes text, by the rule that holds in a terminal too. So the sanitiser (whose cost grows with the square of the
//! nesting) is handed nothing deep.

use pulldown_cmark::Event;

use super::Located;
use crate::model::{HtmlPiece, HtmlReader, HtmlTag};
use crate::web::links;

/// Filters every piece of HTML among the events.
pub(super) fn tame(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut reader = HtmlReader::default();
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
                    out.push((Event::Html(filter(&joined, &mut reader).into()), at));
                }
                let event = match other {
                    Event::InlineHtml(text) => Event::InlineHtml(filter(&text, &mut reader).into()),
                    other => other,
                };
                out.push((event, range));
            }
        }
    }
    if let Some((joined, at)) = block {
        out.push((Event::Html(filter(&joined, &mut reader).into()), at));
    }
    out
}

/// Filters one piece.
fn filter(html: &str, reader: &mut HtmlReader) -> String {
    let mut out = String::with_capacity(html.len());
    reader.read(html, |piece| match piece {
        HtmlPiece::Text(text) => out.push_str(text),
        HtmlPiece::Words(text) => push_text(&mut out, text),
        HtmlPiece::Tag(tag) if tag.closing => out.push_str(&format!("</{}>", tag.name)),
        HtmlPiece::Tag(tag) if tag.name == "img" => write_image(&tag, &mut out),
        HtmlPiece::Tag(tag) => write_open(&tag, &mut out),
    });
    out
}

/// Writes a tag with every value quoted.
fn write_open(tag: &HtmlTag<'_>, out: &mut String) {
    out.push('<');
    out.push_str(&tag.name);
    for (name, value) in &tag.attributes {
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            out.push_str(&format!(" {name}=\"{}\"", value.unwrap_or_default().replace('"', "&quot;")));
        }
    }
    out.push('>');
}

/// A page asks no third party for anything: an image of another host becomes a link.
fn write_image(tag: &HtmlTag<'_>, out: &mut String) {
    let value = |name: &str| {
        tag.attributes.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|it| it.1.unwrap_or_default())
    };
    match value("src").map(|src| (src, links::resolve("", src))) {
        Some((src, links::Target::External(_))) => {
            let quoted = |text: &str| text.replace('"', "&quot;").replace('<', "&lt;");
            let text = value("alt").filter(|alt| !alt.is_empty()).unwrap_or(src);
            out.push_str(&format!("<a href=\"{}\">image: {}</a>", quoted(src), quoted(text)));
        }
        _ => write_open(tag, out),
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
