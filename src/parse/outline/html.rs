//! Blocks of HTML: headings, paragraphs, lists and tables written as tags, as people paste them from a page.
//!
//! What stands inside such a tag is read like its Markdown sister; text outside of them stays unread.

use std::borrow::Cow;
use std::ops::Range;

use super::builder::{Builder, Html, end_run};
use super::{BlockKind, MAX_BLOCKS};

/// Lists stand in each other at most so deep.
const MAX_LISTS: usize = 32;

impl Builder<'_> {
    pub(super) fn start_html(&mut self) {
        self.html = Html { strong: self.strong.len(), ..Html::default() };
    }

    /// Reads a line of a block of HTML.
    pub(super) fn html(&mut self, line: &str, src: &Range<usize>) {
        self.html.fresh = true;
        let mut at = 0;
        while at < line.len() && self.outline.blocks.len() < MAX_BLOCKS {
            if let Some(until) = self.html.skip {
                let Some(found) = line[at..].find(until) else { return };
                (at, self.html.skip) = (at + found + until.len(), None);
                continue;
            }
            let tag = next_tag(&line[at..]).map_or(line.len(), |found| at + found);
            self.html_text(&line[at..tag], src.start + at..src.start + tag);
            let name = tag_name(&line[tag..]);
            self.html.skip = match name {
                "" if tag == line.len() => None,
                "!--" => Some("-->"),
                "script" => Some("</script>"),
                "style" => Some("</style>"),
                _ => Some(">"),
            };
            self.tag(&name.to_ascii_lowercase(), src.start + tag..src.end);
            at = tag + usize::from(tag < line.len());
        }
    }

    pub(super) fn end_html(&mut self) {
        if self.cell.is_some() {
            self.end_cell();
        }
        for _ in 0..self.html.items.len() {
            self.items.pop();
        }
        for _ in 0..self.html.lists {
            self.lists.pop();
        }
        self.strong.truncate(self.html.strong);
        self.leave_tag();
        self.html = Html::default();
    }

    fn tag(&mut self, name: &str, src: Range<usize>) {
        // The end tags of cells and rows may be left out.
        if self.cell.is_some() && matches!(name, "td" | "th" | "tr" | "/td" | "/th" | "/tr" | "/table") {
            self.end_cell();
        }
        match name {
            "td" | "th" if self.html.reads => self.cell = Some(self.outline.plain.len()),
            "b" | "strong" if self.html.reads => self.strong.push(self.outline.plain.len()),
            "/b" | "/strong" if self.strong.len() > self.html.strong => {
                end_run(&mut self.strong, &mut self.outline.strong, self.outline.plain.len());
            }
            "br" if self.html.reads => self.line_break(src.end),
            // What stands in a cell is the cell's text.
            _ if self.cell.is_some() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.enter_tag(BlockKind::Heading(name.as_bytes()[1] - b'0'), src);
            }
            "p" if self.continues_item() => {}
            "p" => self.enter_tag(BlockKind::Paragraph, src),
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" | "/p" | "/tr" => self.leave_tag(),
            "table" => {
                self.tables += 1;
                self.html.header = true;
            }
            "tr" => {
                self.enter_tag(BlockKind::Row { header: self.html.header, table: self.tables }, src);
                self.html.header = false;
            }
            "ul" | "ol" if self.html.lists < MAX_LISTS => {
                self.leave_tag();
                self.lists.push(name == "ol");
                self.html.lists += 1;
            }
            "/ul" | "/ol" if self.html.lists > 0 => {
                self.end_item(src.start);
                self.lists.pop();
                self.html.lists -= 1;
            }
            "li" => {
                self.end_item(src.start);
                let ordered = self.html.lists > 0 && self.lists.last() == Some(&true);
                self.enter_tag(BlockKind::Item { ordered, checked: None }, src);
                self.items.push(u32::try_from(self.outline.blocks.len() - 1).unwrap_or(u32::MAX));
                self.html.items.push(self.html.lists);
            }
            "/li" => self.end_item(src.start),
            _ => {}
        }
    }

    fn enter_tag(&mut self, kind: BlockKind, src: Range<usize>) {
        self.push(kind, src);
        self.html.reads = true;
    }

    fn leave_tag(&mut self) {
        if std::mem::take(&mut self.html.reads) {
            self.open = None;
        }
    }

    /// Ends the innermost item of this list; its end tag may be left out.
    fn end_item(&mut self, at: usize) {
        if self.html.items.last() != Some(&self.html.lists) {
            return;
        }
        self.html.items.pop();
        if let Some(index) = self.items.pop() {
            self.outline.blocks[index as usize].src.end = at;
        }
        self.leave_tag();
    }

    fn html_text(&mut self, text: &str, src: Range<usize>) {
        let Some(open) = self.open.filter(|_| self.html.reads && !text.trim().is_empty()) else { return };
        let begun = !self.outline.text(&self.outline.blocks[open]).is_empty();
        let goes_on = std::mem::take(&mut self.html.fresh) && begun;
        if goes_on {
            self.line_break(src.start);
        }
        let text = text.trim_end_matches(['\n', '\r']);
        let text = if begun && !goes_on { text } else { text.trim_start() };
        self.text(&without_entities(text), &src);
    }
}

/// Returns where the next tag or comment begins; a lone `<` is text.
fn next_tag(text: &str) -> Option<usize> {
    let is_tag = |at: &usize| {
        text.as_bytes().get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_tag)
}

/// Returns the name of the tag that a text begins with, with its slash where it ends an element.
fn tag_name(tag: &str) -> &str {
    let Some(inner) = tag.strip_prefix('<') else { return "" };
    if inner.starts_with("!--") {
        return &inner[..3];
    }
    let ends = |(at, c): (usize, char)| c == '>' || c.is_whitespace() || c == '/' && at > 0;
    let end = inner.char_indices().find(|it| ends(*it)).map_or(inner.len(), |(at, _)| at);
    &inner[..end]
}

fn without_entities(text: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(ENTITIES.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_a_name() {
        for (tag, name) in
            [("<li>", "li"), ("</li >", "/li"), ("<br/>", "br"), ("<p align=x", "p"), ("<!-- a", "!--"), ("x", "")]
        {
            assert_eq!(tag_name(tag), name);
        }
        assert_eq!(next_tag("a < b <c"), Some(6));
    }

    #[test]
    fn entities_are_characters() {
        assert_eq!(without_entities("a &lt;b&gt; &amp;lt;"), "a <b> &lt;");
    }
}
