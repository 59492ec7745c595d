//! The Markdown of a log, as far as cutting it asks for it. All ranges are bytes of the text.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A heading of Markdown.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) range: Range<usize>,
    pub(super) level: u8,
    /// It stands in a quote or in a list, and ends no section.
    pub(super) is_inner: bool,
    pub(super) plain: String,
}

/// A cell of a table.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) range: Range<usize>,
    pub(super) plain: String,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) start: usize,
    /// The row of its header in [`Shape::rows`]; its own for a header.
    pub(super) header: usize,
    pub(super) cells: Vec<Cell>,
}

/// A link, an image or a note, and where it leads.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) range: Range<usize>,
    /// The label of the definition that it needs.
    pub(super) label: Option<String>,
    /// Where it leads; of a note nowhere.
    pub(super) target: String,
}

/// A definition of a link or a note, all lines of it.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) range: Range<usize>,
    pub(super) label: String,
    pub(super) target: String,
}

/// What a log is made of.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) headings: Vec<Heading>,
    /// Thematic breaks between sections.
    pub(super) rules: Vec<Range<usize>>,
    pub(super) rows: Vec<Row>,
    pub(super) uses: Vec<Use>,
    pub(super) definitions: Vec<Definition>,
    /// Names that HTML gives to places.
    pub(super) names: Vec<(usize, String)>,
    /// Elements of HTML that begin and end on lines of their own: 1 and -1.
    pub(super) elements: Vec<(usize, i32)>,
}

impl Shape {
    /// Reads the body of `text`, which begins at byte `start`.
    pub(super) fn read(text: &str, start: usize) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM;
        let parser = Parser::new_ext(&text[start..], options);
        let mut reader = Reader { text, ..Reader::default() };
        for (label, definition) in parser.reference_definitions().iter() {
            let span = start + definition.span.start..start + definition.span.end;
            reader.define(label_of(label, false), definition.dest.to_string(), &span);
        }
        for (event, range) in parser.into_offset_iter() {
            reader.event(event, start + range.start..start + range.end);
        }
        reader.shape.definitions.sort_by_key(|it| it.range.start);
        reader.shape
    }

    /// Returns the heading that begins on the line at `line`, a range of bytes.
    pub(super) fn heading_on(&self, line: &Range<usize>) -> Option<usize> {
        let at = self.headings.partition_point(|it| it.range.start < line.start);
        (self.headings.get(at)?.range.start < line.end).then_some(at)
    }

    /// Returns the row that begins on the line at `line`, a range of bytes.
    pub(super) fn row_on(&self, line: &Range<usize>) -> Option<usize> {
        let at = self.rows.partition_point(|it| it.start < line.start);
        (self.rows.get(at)?.start < line.end).then_some(at)
    }
}

/// Returns the part of a link behind `#`, as headings are named; none where it leads to another file.
pub(super) fn fragment(target: &str) -> Option<String> {
    let fragment = target.strip_prefix('#')?;
    Some(percent_decode_str(fragment).decode_utf8_lossy().to_lowercase())
}

/// Returns the bytes of the target of a link or a definition that stands at `range`.
pub(super) fn target_in(text: &str, range: &Range<usize>, target: &str) -> Option<Range<usize>> {
    let source = &text[range.clone()];
    let is_target = |at: &usize| {
        let before = source[..*at].trim_end_matches(['<', ' ', '\t', '\n', '\r']);
        before.ends_with("](") || before.ends_with("]:")
    };
    let at = source.match_indices(target).map(|(at, _)| at).find(is_target)? + range.start;
    Some(at..at + target.len())
}

/// Returns a label as labels are compared; those of notes are apart.
fn label_of(label: &str, is_note: bool) -> String {
    let words: Vec<String> = label.split_whitespace().map(str::to_lowercase).collect();
    format!("{}{}", if is_note { "^" } else { "" }, words.join(" "))
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    shape: Shape,
    /// Quotes, lists and notes around.
    depth: usize,
    header: usize,
    /// The text of a heading or a cell is wanted.
    plain: Option<String>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.word(&text),
            Event::SoftBreak | Event::HardBreak => self.word(&CowStr::Borrowed(" ")),
            Event::Rule if self.depth == 0 => self.shape.rules.push(range),
            Event::FootnoteReference(label) => self.used(Some(label_of(&label, true)), String::new(), range),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                let is_inner = self.depth > 0;
                self.plain = Some(String::new());
                self.shape.headings.push(Heading { range, level: level as u8, is_inner, plain: String::new() });
            }
            Tag::BlockQuote(_) | Tag::List(_) => self.depth += 1,
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.define(label_of(&label, true), String::new(), &range);
            }
            Tag::TableHead | Tag::TableRow => {
                let at = self.shape.rows.len();
                if matches!(tag, Tag::TableHead) {
                    self.header = at;
                }
                self.shape.rows.push(Row { start: range.start, header: self.header, cells: Vec::new() });
            }
            Tag::TableCell => {
                self.plain = Some(String::new());
                if let Some(row) = self.shape.rows.last_mut() {
                    row.cells.push(Cell { range: trimmed(self.text, range), plain: String::new() });
                }
            }
            Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. } => {
                let labelled = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                let label = labelled.then(|| label_of(&id, false));
                self.used(label, dest_url.into_string(), range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let plain = self.plain.take().unwrap_or_default();
                self.shape.headings.last_mut().into_iter().for_each(|it| it.plain.clone_from(&plain));
            }
            TagEnd::TableCell => {
                let plain = self.plain.take().unwrap_or_default();
                let cell = self.shape.rows.last_mut().and_then(|it| it.cells.last_mut());
                cell.into_iter().for_each(|it| it.plain.clone_from(&plain));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn word(&mut self, text: &str) {
        if let Some(plain) = &mut self.plain {
            plain.push_str(text);
        }
    }

    fn used(&mut self, label: Option<String>, target: String, range: Range<usize>) {
        self.shape.uses.push(Use { range, label, target });
    }

    fn define(&mut self, label: String, target: String, span: &Range<usize>) {
        let start = self.text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = span.start + self.text[span.clone()].trim_end().len();
        let end = self.text[end..].find('\n').map_or(self.text.len(), |newline| end + newline + 1);
        self.shape.definitions.push(Definition { range: start..end, label, target });
    }

    fn html(&mut self, html: &str, at: usize) {
        let lower = html.to_ascii_lowercase();
        for attribute in ["id=", "name="] {
            for (found, _) in lower.match_indices(attribute) {
                let rest = html[found + attribute.len()..].trim_start_matches(['"', '\'']);
                let name = rest.split(['"', '\'', '>', ' ']).next().unwrap_or_default();
                self.shape.names.push((at, name.to_lowercase()));
            }
        }
        for element in ["details", "div", "section", "table"] {
            for (open, sign) in [(format!("<{element}"), 1), (format!("</{element}"), -1)] {
                self.shape.elements.extend(lower.match_indices(&open).map(|(found, _)| (at + found, sign)));
            }
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let cell = &text[range.clone()];
    let start = range.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}
