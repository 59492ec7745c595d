//! From Markdown events to blocks.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, end_run};
use super::{BlockKind, Link, MAX_BLOCKS, Outline};
use crate::model::{QUESTION_LEAD, is_placeholder};
use crate::parse::lines::LineIndex;

/// So much bold text and code, and so many line breaks, a document has room for from the beginning.
const USUAL_RUNS: usize = 32;

/// Reads every piece as Markdown of its own.
pub(super) fn build(text: &str, pieces: &[Range<usize>], lines: &LineIndex) -> Outline {
    let mut builder = Builder::new(text, lines);
    builder.outline.plain.reserve(text.len());
    builder.outline.blocks.reserve(lines.count() as usize / 2);
    builder.outline.strong.reserve(USUAL_RUNS);
    builder.outline.code.reserve(USUAL_RUNS);
    builder.outline.breaks.reserve(USUAL_RUNS);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for piece in pieces {
        let events = Parser::new_ext(&text[piece.clone()], options).into_offset_iter();
        for (event, range) in events {
            if builder.outline.blocks.len() >= MAX_BLOCKS {
                builder.outline.truncated = true;
                break;
            }
            builder.event(&event, piece.start + range.start..piece.start + range.end);
        }
        builder.end_piece();
    }
    builder.outline
}

impl Builder<'_> {
    fn event(&mut self, event: &Event<'_>, src: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, src),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if !self.in_code => self.text(text, &src),
            Event::Code(text) => {
                let from = self.outline.plain.len();
                // The Markdown reader makes two blanks of a line end of two characters.
                if self.has_returns && text.contains("  ") && self.written[src.clone()].contains('\r') {
                    self.text(&text.replace("  ", " "), &src);
                } else {
                    self.text(text, &src);
                }
                if self.outline.plain.len() > from {
                    self.outline.code.push(from..self.outline.plain.len());
                }
            }
            Event::SoftBreak | Event::HardBreak => self.line_break(src.end),
            Event::Html(line) => self.html(line, &src),
            Event::InlineHtml(html) if is_line_break(html) => self.line_break(src.end),
            Event::InlineHtml(html) if is_placeholder(html) => self.text(html, &src),
            Event::TaskListMarker(done) => {
                if let Some(BlockKind::Item { checked, .. }) =
                    self.items.last().map(|index| &mut self.outline.blocks[*index as usize].kind)
                {
                    *checked = Some(*done);
                }
            }
            Event::Rule => {
                self.push(BlockKind::Rule, src);
                self.open = None;
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, src: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.push(BlockKind::Heading(*level as u8), src),
            Tag::Paragraph if self.continues_item() => {}
            Tag::Paragraph => self.push(BlockKind::Paragraph, src),
            Tag::CodeBlock(kind) => {
                self.push(BlockKind::Code, src.clone());
                if let pulldown_cmark::CodeBlockKind::Fenced(info) = kind {
                    self.text(info, &src);
                }
                self.open = None;
                self.in_code = true;
            }
            Tag::HtmlBlock => self.start_html(),
            Tag::List(first) => {
                self.open = None;
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                let ordered = self.lists.last().copied().unwrap_or(false);
                self.push(BlockKind::Item { ordered, checked: None }, src);
                self.items.push(u32::try_from(self.outline.blocks.len() - 1).unwrap_or(u32::MAX));
            }
            Tag::Table(_) => self.tables += 1,
            Tag::TableHead | Tag::TableRow => {
                self.header = matches!(tag, Tag::TableHead);
                self.push(BlockKind::Row { header: self.header, table: self.tables }, src);
            }
            Tag::TableCell => self.cell = Some(self.outline.plain.len()),
            Tag::Strong => self.strong.push(self.outline.plain.len()),
            Tag::Strikethrough => self.struck.push(self.outline.plain.len()),
            Tag::Image { .. } => self.images += 1,
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Link { dest_url, .. } => {
                let at = self.outline.plain.len();
                let line = self.lines.line_near(self.line, src.start);
                self.links.push(self.outline.links.len());
                self.outline.links.push(Link { target: dest_url.to_string(), text: at..at, line });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.open = None;
                if self.quotes > 0 {
                    self.drop_questions();
                }
            }
            TagEnd::Heading(_) | TagEnd::TableHead | TagEnd::TableRow => self.open = None,
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.items.pop();
                self.open = None;
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Strong => end_run(&mut self.strong, &mut self.outline.strong, self.outline.plain.len()),
            TagEnd::Strikethrough => end_run(&mut self.struck, &mut self.outline.struck, self.outline.plain.len()),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Link => {
                if let Some(link) = self.links.pop().map(|index| &mut self.outline.links[index]) {
                    link.text.end = self.outline.plain.len();
                }
            }
            _ => {}
        }
    }

    /// The questions of a draft say nothing of the incident: a quoted paragraph of nothing else leaves no trace.
    fn drop_questions(&mut self) {
        let outline = &mut self.outline;
        let Some(block) = outline.blocks.last().filter(|block| block.kind == BlockKind::Paragraph) else { return };
        let from = block.text.start;
        let lines = outline.plain[from..].lines();
        if !outline.plain[from..].starts_with(QUESTION_LEAD) || lines.clone().any(|it| !it.starts_with(QUESTION_LEAD)) {
            return;
        }
        outline.blocks.pop();
        outline.plain.truncate(from);
        let before = |run: &Range<usize>| run.start < from;
        outline.strong.retain(before);
        outline.code.retain(before);
        outline.struck.retain(before);
        outline.links.retain(|link| link.text.start < from);
        outline.breaks.retain(|(plain, _)| *plain <= from);
    }
}

fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
