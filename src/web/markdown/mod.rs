//! Markdown to HTML that is safe to show: parsed, bounded, rendered, then sanitised. The only maker of [`SafeHtml`].

mod blocks;
mod dangling;
mod dates;
mod depth;
mod direction;
mod footnotes;
mod headings;
mod highlight;
mod images;
mod inline;
mod lines;
mod passage;
mod raw_html;
mod sanitise;

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset, html};

pub(crate) use dates::is_one as is_day;
pub(crate) use headings::TocEntry;

/// Texts above this many bytes are shown as source only: their HTML would be several times as large.
const MAX_BYTES: usize = 1 << 20;

/// An event and the bytes of the text that it stands for.
type Located<'a> = (Event<'a>, Range<usize>);

/// HTML that has been through the sanitiser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SafeHtml(String);

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

/// What there is beside a document, to which it may link.
pub(crate) trait Surroundings {
    /// Returns those of these paths below the root, or names, that lead to no document.
    fn missing(&self, keys: &[String]) -> Vec<String>;

    /// Tells whether there is a file at this path below the root.
    fn has_file(&self, path: &str) -> bool;
}

/// What to render.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// Path of the document, against which relative links are resolved.
    pub(crate) path: &'a str,
    /// The Markdown, without front matter.
    pub(crate) text: &'a str,
    /// The title shown above the text: a first heading that only repeats it is left out.
    pub(crate) title: Option<&'a str>,
    /// Bytes of the line in `text` whose block is marked as the passage that was looked for.
    pub(crate) passage: Option<&'a Range<usize>>,
    /// Line of the file on which the text begins, where its passages are to be linked to by their lines.
    pub(crate) first_line: Option<u32>,
    /// Where links and images lead, where those that lead nowhere are to be marked.
    pub(crate) around: Option<&'a dyn Surroundings>,
}

impl<'a> Source<'a> {
    /// Returns a source that is a part of the document at `path`.
    pub(crate) fn fragment(path: &'a str, text: &'a str) -> Self {
        Self { path, text, title: None, passage: None, first_line: None, around: None }
    }
}

/// Rendered Markdown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    /// The HTML.
    pub(crate) html: SafeHtml,
    /// Headings outside lists and quotes.
    pub(crate) toc: Vec<TocEntry>,
    /// The text is read from right to left.
    pub(crate) from_right: bool,
    /// The text was too large to render.
    pub(crate) too_large: bool,
}

/// Renders Markdown; never fails.
pub(crate) fn render(source: &Source<'_>) -> Rendered {
    if source.text.len() > MAX_BYTES {
        return Rendered { too_large: true, ..Rendered::default() };
    }
    let parser = Parser::new_ext(source.text, options()).into_offset_iter();
    let mut events: Vec<Located<'_>> = TextMergeWithOffset::new(parser).collect();
    depth::cap(&mut events);
    let from_right = direction::is_right_to_left(&events);
    let toc = headings::assign(&mut events, source.title);
    let mut events = raw_html::tame(events);
    if let Some(line) = source.passage {
        passage::mark(&mut events, line);
    }
    let events = blocks::dress(footnotes::gather(dates::hold(inline::link(events), from_right)));
    let mut events = images::replace(headings::link(events), source.path, source.around);
    if let Some(around) = source.around {
        events = dangling::mark(events, source.path, around);
    }
    if let Some(first_line) = source.first_line {
        lines::mark(&mut events, source.text, first_line);
    }
    let mut unsafe_html = String::with_capacity(source.text.len() * 2);
    html::push_html(&mut unsafe_html, events.into_iter().map(|(event, _)| event));
    Rendered { html: SafeHtml(sanitise::clean(&unsafe_html, source.path)), toc, from_right, too_large: false }
}

/// Never `Options::all()`: it holds the old footnotes, smart punctuation, math (`$HOME:$PATH`) and metadata blocks,
/// which swallow text between two rules in mid-document.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

#[cfg(test)]
mod tests;
