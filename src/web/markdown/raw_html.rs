//! HTML inside Markdown, before the sanitiser sees it.
//!
//! Elements that documents may use pass, with few attributes and limited nesting; everything else that looks like a
//! tag becomes text. So `<pod-name>` in a runbook is read as written, an unclosed `<title>` or `<!--` swallows
//! nothing, and the sanitiser (whose cost grows with the square of the nesting) is handed nothing deep.

use pulldown_cmark::Event;

use super::Located;
use super::depth::MAX_DEPTH;
use super::sanitise::TAGS;
use crate::web::links;

/// Attributes of one tag; above this the tag is text.
const MAX_ATTRIBUTES: usize = 24;
/// Elements without an end tag.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];
/// Elements that carry nothing but looks or a second source: the tag goes, what is inside stays.
const DROPPED: [&str; 11] =
    ["article", "big", "center", "font", "footer", "header", "nobr", "picture", "section", "source", "strike"];

/// Filters every piece of HTML among the events.
pub(super) fn tame(events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut open = Vec::new();
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
                    out.push((Event::Html(filter(&joined, &mut open).into()), at));
                }
                let event = match other {
                    Event::InlineHtml(text) => Event::InlineHtml(filter(&text, &mut open).into()),
                    other => other,
                };
                out.push((event, range));
            }
        }
    }
    if let Some((joined, at)) = block {
        out.push((Event::Html(filter(&joined, &mut open).into()), at));
    }
    out
}

/// Filters one piece; `open` holds the names of the elements that earlier pieces left open.
fn filter(html: &str, open: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            if let Some(end) = comment.find("-->") {
                rest = &comment[end + 3..];
                continue;
            }
        } else if let Some((tag, length)) = Tag::read(rest) {
            let (text, after) = rest.split_at(length);
            rest = after;
            if !tag.write(&mut out, open) {
                push_text(&mut out, text);
            }
            continue;
        }
        out.push_str("&lt;");
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

/// A tag as written.
struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// Reads the tag at the start of `text`; returns it and its length.
    fn read(text: &'a str) -> Option<(Self, usize)> {
        let mut cursor = text.strip_prefix('<')?;
        let closing = cursor.starts_with('/');
        if closing {
            cursor = &cursor[1..];
        }
        if !cursor.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = take(&mut cursor, |c| !is_blank(c) && !matches!(c, '/' | '>' | '<'));
        let mut tag = Self { name: name.to_ascii_lowercase(), closing, attributes: Vec::new() };
        loop {
            take(&mut cursor, |c| is_blank(c) || c == '/');
            if let Some(after) = cursor.strip_prefix('>') {
                return Some((tag, text.len() - after.len()));
            }
            let attribute = read_attribute(&mut cursor)?;
            tag.attributes.push(attribute);
            if tag.attributes.len() > MAX_ATTRIBUTES {
                return None;
            }
        }
    }

    /// Writes the tag with every value quoted; returns false where it is to be text.
    fn write(&self, out: &mut String, open: &mut Vec<String>) -> bool {
        let name = self.name.as_str();
        if DROPPED.contains(&name) {
            return true;
        }
        if !TAGS.contains(&name) {
            return false;
        }
        let void = VOID.contains(&name);
        if self.closing {
            // Only the element itself is taken off: what it left open inside still counts, as it does in a browser.
            let Some(at) = open.iter().rposition(|it| it == name) else { return void };
            open.remove(at);
            out.push_str(&format!("</{name}>"));
            return true;
        }
        if name == "img" {
            self.write_image(out);
            return true;
        }
        if !void {
            if open.len() >= MAX_DEPTH {
                return false;
            }
            open.push(self.name.clone());
        }
        self.write_open(out);
        true
    }

    fn write_open(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
            }
        }
        out.push('>');
    }

    /// A page asks no third party for anything: an image of another host becomes a link.
    fn write_image(&self, out: &mut String) {
        let value = |name: &str| self.attributes.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|it| it.1);
        match value("src").map(|src| (src, links::resolve("", src))) {
            Some((src, links::Target::External(_))) => {
                let quoted = |text: &str| text.replace('"', "&quot;").replace('<', "&lt;");
                let text = value("alt").filter(|alt| !alt.is_empty()).unwrap_or(src);
                out.push_str(&format!("<a href=\"{}\">image: {}</a>", quoted(src), quoted(text)));
            }
            _ => self.write_open(out),
        }
    }
}

/// Reads `name`, `name=value`, `name="value"` or `name='value'`; `None` where a quote never ends.
fn read_attribute<'a>(cursor: &mut &'a str) -> Option<(&'a str, &'a str)> {
    let first = cursor.chars().next()?.len_utf8();
    let start = *cursor;
    *cursor = &cursor[first..];
    take(cursor, |c| !is_blank(c) && !matches!(c, '/' | '>' | '='));
    let name = &start[..start.len() - cursor.len()];
    take(cursor, is_blank);
    let Some(mut value) = cursor.strip_prefix('=') else { return Some((name, "")) };
    take(&mut value, is_blank);
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let end = value[1..].find(quote)?;
        *cursor = &value[end + 2..];
        return Some((name, &value[1..=end]));
    }
    *cursor = value;
    Some((name, take(cursor, |c| !is_blank(c) && c != '>')))
}

fn take<'a>(cursor: &mut &'a str, mut wanted: impl FnMut(char) -> bool) -> &'a str {
    let end = cursor.find(|c| !wanted(c)).unwrap_or(cursor.len());
    let (taken, rest) = cursor.split_at(end);
    *cursor = rest;
    taken
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
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
