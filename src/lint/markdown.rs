//! What rules need to know of a document's Markdown: where its code is, its links, its headings.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::anchor_of;

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it leads, as written.
    pub(crate) target: String,
    /// Its bytes in the decoded text.
    pub(crate) range: Range<usize>,
}

/// The Markdown of a document, as far as rules ask for it. All ranges are bytes of the decoded text.
#[derive(Debug, Default)]
pub(crate) struct Markdown {
    /// Code blocks and code spans, in order.
    pub(crate) code: Vec<Range<usize>>,
    /// Links and images.
    pub(crate) links: Vec<Link>,
    /// Headings.
    pub(crate) headings: Vec<Range<usize>>,
    /// What links of this and other documents may name behind `#`.
    pub(crate) anchors: FxHashSet<String>,
    /// Names of several headings, with the last number given.
    repeated: FxHashMap<String, usize>,
}

impl Markdown {
    /// Reads the body of `text`, which begins at byte `start`.
    pub(crate) fn read(text: &str, start: usize) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM;
        let mut markdown = Self::default();
        let mut heading: Option<String> = None;
        for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
            let range = start + range.start..start + range.end;
            match event {
                Event::Start(Tag::CodeBlock(_)) => markdown.code.push(range),
                Event::Code(code) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&code);
                    }
                    markdown.code.push(range);
                }
                Event::Text(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    markdown.named(&html);
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    markdown.links.push(Link { target: dest_url.into_string(), range });
                }
                Event::Start(Tag::Heading { .. }) => {
                    heading = Some(String::new());
                    markdown.headings.push(range);
                }
                Event::End(TagEnd::Heading(_)) => {
                    markdown.anchored(&heading.take().unwrap_or_default());
                }
                _ => {}
            }
        }
        markdown
    }

    /// Tells whether the byte at `at` is code.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        holds(&self.code, at)
    }

    /// The second heading of a name is `name-1`.
    fn anchored(&mut self, heading: &str) {
        let anchor = anchor_of(heading);
        if self.anchors.insert(anchor.clone()) {
            return;
        }
        // Counted on from the last one: a log may have thousands of headings of one name.
        let count = self.repeated.entry(anchor.clone()).or_default();
        *count += 1;
        while !self.anchors.insert(format!("{anchor}-{count}")) {
            *count += 1;
        }
    }

    /// `<a name="x">` and `<h2 id="x">`.
    fn named(&mut self, html: &str) {
        for attribute in ["id=", "name="] {
            for (at, _) in html.match_indices(attribute) {
                let rest = html[at + attribute.len()..].trim_start_matches(['"', '\'']);
                let name = rest.split(['"', '\'', '>', ' ']).next().unwrap_or_default();
                if !name.is_empty() {
                    self.anchors.insert(name.to_lowercase());
                }
            }
        }
    }
}

fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    // Inline code may stand in a block of another kind, but ranges are in the order of their beginnings.
    let before = ranges.partition_point(|range| range.start <= at);
    ranges[..before].iter().rev().take(4).any(|range| range.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_code_links_and_anchors() {
        let text =
            "---\na: 1\n---\n# One `two`\n\n`x` [a](b.md#c)\n\n```\n[no](no.md)\n```\n\n## One two\n<a id=\"Z\"></a>\n";
        let markdown = Markdown::read(text, 13);
        assert_eq!(markdown.links.len(), 1);
        assert_eq!(markdown.links[0].target, "b.md#c");
        assert!(markdown.is_code(text.find("[no]").unwrap()) && markdown.is_code(text.find("`x`").unwrap()));
        assert!(!markdown.is_code(text.find("[a]").unwrap()));
        assert!(["one-two", "one-two-1", "z"].iter().all(|it| markdown.anchors.contains(*it)));
        let mut anchors: Vec<String> = Markdown::read("# A\n# A 1\n# A\n# A\n", 0).anchors.into_iter().collect();
        anchors.sort_unstable();
        assert_eq!(anchors, ["a", "a-1", "a-2", "a-3"]);
    }
}
