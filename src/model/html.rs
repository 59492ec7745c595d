//! HTML inside Markdown: what of it is an element that documents may use, and what only looks like one.
//!
//! So `<pod-name>` in a runbook is read as written, on a page and in a terminal alike, and an unclosed `<title>` or `<!--`
//! swallows nothing.

/// Elements that a document may use.
pub const HTML_ELEMENTS: [&str; 58] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];
/// Elements without an end tag.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];
/// Elements that carry nothing but looks or a second source: the tag goes, what is inside stays.
const DROPPED: [&str; 11] =
    ["article", "big", "center", "font", "footer", "header", "nobr", "picture", "section", "source", "strike"];
/// Attributes without a value; other words in a tag are words (`a<b and c>d`).
const BARE: [&str; 7] = ["checked", "controls", "disabled", "hidden", "nowrap", "open", "reversed"];
/// Attributes of one tag; above this the tag is text.
const MAX_ATTRIBUTES: usize = 24;
/// Elements within each other; deeper ones are text.
const MAX_DEPTH: usize = 64;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlPiece<'a> {
    /// What stands between tags, as HTML has it.
    Text(&'a str),
    /// A tag of an element.
    Tag(HtmlTag<'a>),
    /// What only looks like a tag: words as somebody wrote them.
    Words(&'a str),
}

/// A tag as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag<'a> {
    /// Name in lower case.
    pub name: String,
    /// Whether it ends the element.
    pub closing: bool,
    /// Names, and values where they have one.
    pub attributes: Vec<(&'a str, Option<&'a str>)>,
}

/// Reads the HTML of one document, piece by piece in the order written.
#[derive(Debug, Default)]
pub struct HtmlReader {
    /// Names of the elements that earlier pieces left open.
    open: Vec<String>,
}

impl HtmlReader {
    /// Hands out what `html` is made of; comments, and tags that are dropped, are left out.
    pub fn read<'a>(&mut self, html: &'a str, mut take: impl FnMut(HtmlPiece<'a>)) {
        let mut rest = html;
        // Comments that nothing closes must not be followed to the end one after the other.
        let mut closes = true;
        while let Some(at) = rest.find('<') {
            take(HtmlPiece::Text(&rest[..at]));
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = if closes { comment.find("-->") } else { None };
                if let Some(end) = end {
                    rest = &comment[end + 3..];
                    continue;
                }
                closes = false;
            } else if let Some((tag, length)) = HtmlTag::read(rest) {
                let (text, after) = rest.split_at(length);
                rest = after;
                match self.admits(&tag) {
                    Some(true) => take(HtmlPiece::Tag(tag)),
                    Some(false) => {}
                    None => take(HtmlPiece::Words(text)),
                }
                continue;
            }
            take(HtmlPiece::Words(&rest[..1]));
            rest = &rest[1..];
        }
        take(HtmlPiece::Text(rest));
    }

    /// Tells whether a tag is one of an element (`true`) or dropped; `None` where it is words.
    fn admits(&mut self, tag: &HtmlTag<'_>) -> Option<bool> {
        let name = tag.name.as_str();
        if tag.has_words() {
            return None;
        }
        if DROPPED.contains(&name) {
            return Some(false);
        }
        if !HTML_ELEMENTS.contains(&name) {
            return None;
        }
        let void = VOID.contains(&name);
        if tag.closing {
            // Only the element itself is taken off: what it left open inside still counts, as it does in a browser.
            let Some(at) = self.open.iter().rposition(|it| it == name) else { return void.then_some(false) };
            self.open.remove(at);
            return Some(true);
        }
        if !void {
            if self.open.len() >= MAX_DEPTH {
                return None;
            }
            self.open.push(tag.name.clone());
        }
        Some(true)
    }
}

impl<'a> HtmlTag<'a> {
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

    /// Whether words stand where attributes would.
    fn has_words(&self) -> bool {
        let is_word = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        let bare = self.attributes.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name);
        bare.filter(|name| is_word(name)).any(|name| !BARE.iter().any(|it| name.eq_ignore_ascii_case(it)))
    }
}

/// Reads `name`, `name=value`, `name="value"` or `name='value'`; `None` where a quote never ends, or where outside of quotes
/// another `<` stands: from there on it is looked at anew, so that no part of a text is read for every `<` before it.
fn read_attribute<'a>(cursor: &mut &'a str) -> Option<(&'a str, Option<&'a str>)> {
    let first = cursor.chars().next()?.len_utf8();
    let start = *cursor;
    *cursor = &cursor[first..];
    take(cursor, |c| !is_blank(c) && !matches!(c, '/' | '>' | '=' | '<'));
    let name = &start[..start.len() - cursor.len()];
    if name.starts_with('<') || cursor.starts_with('<') {
        return None;
    }
    take(cursor, is_blank);
    let Some(mut value) = cursor.strip_prefix('=') else { return Some((name, None)) };
    take(&mut value, is_blank);
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let end = value[1..].find(quote)?;
        *cursor = &value[end + 2..];
        return Some((name, Some(&value[1..=end])));
    }
    *cursor = value;
    let value = take(cursor, |c| !is_blank(c) && !matches!(c, '>' | '<'));
    (!cursor.starts_with('<')).then_some((name, Some(value)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let mut out = String::new();
        HtmlReader::default().read(html, |piece| match piece {
            HtmlPiece::Text(text) => out.push_str(text),
            HtmlPiece::Tag(tag) => out.push_str(if tag.closing { "{/}" } else { "{}" }),
            HtmlPiece::Words(text) => out.push_str(&format!("[{text}]")),
        });
        out
    }

    #[test]
    fn elements_are_told_from_words_in_angle_brackets() {
        for words in ["<vendor>", "<title>", "<x y=\"z\">", "</vendor>", "<svg onload=1>", "<b and c>", "</b>", "<"] {
            assert_eq!(shown(words), format!("[{words}]"));
        }
        for element in ["<b>", "<br/>", "<a href=x>", "<details open>", "<IMG src=x alt=''>", "<time>", "<table>"] {
            assert_eq!(shown(element), "{}", "{element}");
        }
        assert_eq!(shown("<b>x</b></b><!-- <b> --><center>y</center>"), "{}x{/}[</b>]y");
        assert_eq!(shown("x <!-- never closed <b>"), "x [<]!-- never closed {}");
        assert_eq!(shown("a <b <b>x</b>, <a href=<b>y</b>"), "a [<]b {}x{/}, [<]a href={}y{/}");
    }
}
