//! Rewriting a page tag by tag. The pages are our own: every tag is whole and every element ends.

use std::borrow::Cow;

/// Elements without an end.
const VOID: [&str; 9] = ["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// An opening tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: Vec<(&'a str, Option<Cow<'a, str>>)>,
    /// Ends itself, as elements of SVG may.
    is_closed: bool,
    is_changed: bool,
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// It stays, with what was changed of its attributes.
    Keep,
    /// It goes with all that is in it.
    Drop,
    /// A link becomes plain text of the same looks.
    Unlink,
}

impl<'a> Tag<'a> {
    /// Returns the value of an attribute, decoded.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(it, _)| *it == name)?;
        Some(decode(value.as_deref().unwrap_or_default()))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(it, _)| *it == name)
    }

    /// Gives an attribute a value, which is not encoded yet.
    pub(super) fn set(&mut self, name: &'a str, value: &str) {
        let value = Some(Cow::Owned(encode(value)));
        self.is_changed = true;
        match self.attributes.iter_mut().find(|(it, _)| *it == name) {
            Some(known) => known.1 = value,
            None => self.attributes.push((name, value)),
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.is_changed = true;
        self.attributes.retain(|(it, _)| *it != name);
    }

    fn write(&self, name: &str, out: &mut String) {
        out.push('<');
        out.push_str(name);
        for (name, value) in &self.attributes {
            out.extend([" ", name]);
            if let Some(value) = value {
                out.extend(["=\"", value, "\""]);
            }
        }
        out.push_str(if self.is_closed { "/>" } else { ">" });
    }
}

/// Returns `html` with every element as `visit` says.
pub(super) fn rewrite<'a>(html: &'a str, mut visit: impl FnMut(&mut Tag<'a>) -> Act) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut at, mut drawings) = (0, 0_usize);
    // Name of the element that is being dropped, and how many of that name are open in it.
    let mut dropped: Option<(&str, usize)> = None;
    // What the link that is open has become.
    let mut unlinked: Option<&str> = None;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        if dropped.is_none() {
            out.push_str(&html[at..start]);
        }
        let end = end_of(html, start);
        let raw = &html[start..end];
        at = end;
        if let Some(closing) = raw.strip_prefix("</") {
            let name = closing.trim_end_matches('>').trim_end();
            match &mut dropped {
                Some((of, depth)) => {
                    *depth -= usize::from(*of == name);
                    dropped = dropped.filter(|(_, depth)| *depth > 0);
                }
                None => {
                    drawings = drawings.saturating_sub(usize::from(name == "svg"));
                    match unlinked.take_if(|_| name == "a") {
                        Some(new) => out.extend(["</", new, ">"]),
                        None => out.push_str(raw),
                    }
                }
            }
            continue;
        }
        let Some(mut tag) = read(raw) else {
            if dropped.is_none() {
                out.push_str(raw);
            }
            continue;
        };
        let is_open = !tag.is_closed && !VOID.contains(&tag.name);
        if let Some((of, depth)) = &mut dropped {
            *depth += usize::from(is_open && *of == tag.name);
            continue;
        }
        let act = visit(&mut tag);
        drawings += usize::from(tag.name == "svg" && is_open && act != Act::Drop);
        match act {
            Act::Keep if !tag.is_changed => out.push_str(raw),
            Act::Keep => tag.write(tag.name, &mut out),
            Act::Drop => dropped = is_open.then_some((tag.name, 1)),
            Act::Unlink => {
                let new = if drawings > 0 { "g" } else { "span" };
                ["href", "rel", "download", "target", "aria-current"].iter().for_each(|name| tag.remove(name));
                tag.write(new, &mut out);
                unlinked = Some(new);
            }
        }
    }
    out.push_str(&html[at..]);
    out
}

/// Returns where the tag, or the comment, that begins at `start` ends.
fn end_of(html: &str, start: usize) -> usize {
    let rest = &html[start..];
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(html.len(), |end| start + end + 3);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return start + at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Reads an opening tag; `None` for what is none.
fn read(raw: &str) -> Option<Tag<'_>> {
    let inside = raw.strip_prefix('<')?.strip_suffix('>')?;
    let (inside, is_closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let name = inside.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut rest = inside[name.len()..].trim_start();
    while !rest.is_empty() {
        let length = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let name = &rest[..length];
        rest = rest[length..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((name, None));
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        attributes.push((name, Some(Cow::Borrowed(value))));
        rest = behind.trim_start();
    }
    Some(Tag { name, attributes, is_closed, is_changed: false })
}

/// Returns a value without the references that our own templates and the sanitiser write.
fn decode(value: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(value.len()), value);
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let known = behind.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind)));
        match known {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

fn encode(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_go_change_or_stay_as_they_are() {
        let html = "<p class=\"a\">x &amp; <a href='/y?a=1&#38;b=2' rel=next>y</a></p><form><form></form><input></form>\
                    <svg viewBox=\"0 0 1 1\"><a href=\"/z\"><text>z</text></a><path d=\"M0 0\"/></svg><!-- <form> -->end";
        let mut seen = Vec::new();
        let out = rewrite(html, |tag| match tag.name {
            "form" => Act::Drop,
            "a" => {
                seen.extend(tag.get("href"));
                Act::Unlink
            }
            "p" => {
                tag.set("class", "b\"c");
                Act::Keep
            }
            _ => Act::Keep,
        });
        assert_eq!(seen, ["/y?a=1&b=2", "/z"]);
        assert_eq!(
            out,
            "<p class=\"b&quot;c\">x &amp; <span>y</span></p>\
             <svg viewBox=\"0 0 1 1\"><g><text>z</text></g><path d=\"M0 0\"/></svg><!-- <form> -->end"
        );
    }

    #[test]
    fn what_nobody_changes_is_the_same_to_the_byte() {
        let html = "<!doctype html>\n<a  href='x>y' data-a=\"1 > 0\" hidden>é</a><br/><input disabled>";
        assert_eq!(rewrite(html, |_| Act::Keep), html);
    }
}
