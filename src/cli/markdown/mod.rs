//! Renders Markdown for a terminal: headings, lists, task boxes, tables, code, quotes and links as lines.
//!
//! Takes any text and stays linear in it: nesting beyond [`MAX_DEPTH`] is no longer indented.

mod html;
mod layout;
mod table;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use self::layout::Layout;
use self::table::TableBuilder;
use super::text::{Line, Style};
use crate::model::HtmlReader;

/// Quotes and lists nested deeper are rendered at this depth.
const MAX_DEPTH: usize = 16;

/// How code blocks are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeLayout {
    /// Indented by four columns.
    Indented,
    /// At the left edge, so that a selection in the terminal holds nothing else.
    Copyable,
}

/// Returns `markdown` as lines of at most `width` columns (code is never wrapped).
pub(crate) fn render(markdown: &str, width: usize, code: CodeLayout) -> Vec<Line> {
    let mut renderer = Renderer::new(width, code);
    for event in Parser::new_ext(markdown, options()) {
        renderer.event(event);
    }
    renderer.finish()
}

/// Returns `markdown` as one line of text without its marks.
pub(crate) fn inline(markdown: &str) -> Line {
    let mut renderer = Renderer::new(usize::MAX / 2, CodeLayout::Indented);
    renderer.heading_marks = false;
    for event in Parser::new_ext(markdown, options()) {
        renderer.event(event);
    }
    let mut lines = renderer.finish().into_iter().filter(|it| !it.is_empty());
    let mut line = lines.next().unwrap_or_default();
    for next in lines {
        line.push(" ", Style::Plain);
        line.append(next);
    }
    line
}

/// The extensions that documents use; the others change plain text (`$HOME:$PATH` would become a formula).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
}

struct Renderer {
    layout: Layout,
    code: CodeLayout,
    styles: Vec<Style>,
    lists: Vec<Option<u64>>,
    links: Vec<(String, usize)>,
    table: Option<TableBuilder>,
    code_text: Option<String>,
    html: String,
    html_reader: HtmlReader,
    rule: bool,
    soft_break: bool,
    heading_marks: bool,
}

impl Renderer {
    fn new(width: usize, code: CodeLayout) -> Self {
        Self {
            layout: Layout::new(width),
            code,
            styles: Vec::new(),
            lists: Vec::new(),
            links: Vec::new(),
            table: None,
            code_text: None,
            html: String::new(),
            html_reader: HtmlReader::default(),
            rule: false,
            soft_break: false,
            heading_marks: true,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        self.soft_break(&event);
        if self.rule && !matches!(event, Event::Start(Tag::Heading { .. }) | Event::Rule) {
            self.layout.rule();
        }
        self.rule = false;
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code_text {
                Some(code) => code.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) => self.push(&format!("`{text}`"), Style::Code),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(tag) => {
                if html::is_break(&tag) {
                    self.line_break();
                } else {
                    let text = html::text(&tag, &mut self.html_reader);
                    self.text(&text);
                }
            }
            Event::FootnoteReference(name) => self.push(&format!("[^{name}]"), Style::Dim),
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak => self.line_break(),
            Event::Rule => self.rule = true,
            Event::TaskListMarker(true) => self.layout.replace_marker("[x] ", Style::Good),
            Event::TaskListMarker(false) => self.layout.replace_marker("[ ] ", Style::Warn),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    /// A line end in a paragraph is a blank, except before a bold word: header lines such as `**Date:** …` are
    /// written one below the other without the two blanks that Markdown wants.
    fn soft_break(&mut self, next: &Event<'_>) {
        if std::mem::take(&mut self.soft_break) {
            match next {
                Event::Start(Tag::Strong) => self.line_break(),
                _ => self.text(" "),
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level),
            Tag::Paragraph => self.layout.start_block(),
            Tag::BlockQuote(_) => {
                self.layout.flush();
                self.layout.start_block();
                self.layout.push_prefix("│ ", "│ ", Style::Dim);
            }
            Tag::CodeBlock(_) => self.start_code(),
            Tag::List(first) => {
                self.layout.flush();
                self.layout.start_block();
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => {
                self.layout.start_block();
                self.layout.push_prefix(&format!("[^{name}] "), "    ", Style::Dim);
            }
            Tag::Table(alignments) => {
                self.layout.flush();
                self.layout.start_block();
                self.table = Some(TableBuilder::new(&alignments));
            }
            Tag::Emphasis => self.styles.push(self.styles.last().copied().unwrap_or(Style::Italic)),
            Tag::Strong => self.styles.push(self.styles.last().copied().unwrap_or(Style::Strong)),
            Tag::Strikethrough => self.styles.push(Style::Dim),
            Tag::Link { dest_url, .. } => self.start_link(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.text("image: ");
                self.start_link(&dest_url);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.styles.pop();
                self.layout.end_block();
            }
            TagEnd::Paragraph => self.layout.end_block(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.layout.pop_prefix();
                self.layout.end_block();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.layout.end_block();
                }
            }
            TagEnd::Item => {
                self.layout.flush_marker();
                self.layout.pop_prefix();
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row();
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn start_heading(&mut self, level: HeadingLevel) {
        self.layout.flush();
        self.layout.start_block();
        if self.heading_marks {
            self.push(&format!("{} ", "#".repeat(level as usize)), Style::Dim);
        }
        self.styles.push(Style::Title);
    }

    fn start_item(&mut self) {
        self.layout.flush();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ => "• ".to_owned(),
        };
        let rest = " ".repeat(marker.chars().count());
        self.layout.push_prefix(&marker, &rest, Style::Dim);
    }

    fn start_code(&mut self) {
        self.layout.flush();
        self.layout.start_block();
        self.code_text = Some(String::new());
    }

    fn end_code(&mut self) {
        let text = self.code_text.take().unwrap_or_default();
        for line in text.lines() {
            match self.code {
                CodeLayout::Indented => self.layout.verbatim(&line.replace('\t', "    "), "    ", Style::Code),
                CodeLayout::Copyable => self.layout.at_left_edge(&line.replace('\t', "    "), Style::Code),
            }
        }
        self.layout.end_block();
    }

    fn end_html(&mut self) {
        let text = html::text(&std::mem::take(&mut self.html), &mut self.html_reader);
        if text.is_empty() {
            return;
        }
        self.layout.start_block();
        for line in text.lines() {
            self.push(line, Style::Plain);
            self.layout.flush();
        }
        self.layout.end_block();
    }

    fn end_cell(&mut self) {
        let cell = self.layout.take_inline();
        if let Some(table) = &mut self.table {
            table.cell(cell);
        }
    }

    fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            for line in table.render(self.layout.room()) {
                self.layout.line(line);
            }
        }
        self.layout.end_block();
    }

    fn start_link(&mut self, target: &str) {
        self.links.push((target.to_owned(), self.layout.inline_len()));
    }

    /// Adds the target behind the text of a link, where the text is not the target itself.
    fn end_link(&mut self) {
        let Some((target, start)) = self.links.pop() else { return };
        let text = self.layout.inline_text(start);
        let shown = target.strip_prefix("mailto:").unwrap_or(&target);
        if !target.is_empty() && text != shown {
            self.push(&format!(" ({target})"), Style::Link);
        }
    }

    fn line_break(&mut self) {
        if self.table.is_some() {
            self.text(" ");
        } else {
            self.layout.flush();
        }
    }

    fn text(&mut self, text: &str) {
        let style = self.styles.last().copied().unwrap_or_default();
        self.push(text, style);
    }

    fn push(&mut self, text: &str, style: Style) {
        self.layout.push(text, style);
    }

    fn finish(mut self) -> Vec<Line> {
        self.layout.flush();
        self.layout.finish()
    }
}

#[cfg(test)]
mod tests;
