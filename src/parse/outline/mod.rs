//! The outline of a document: headings, paragraphs, list items, table rows and code, each with its plain text and its
//! place, in the order written. Everything that is extracted is extracted from here.

mod build;
mod builder;
mod heading;
mod html;
mod plain;
mod section;

use std::borrow::Cow;
use std::ops::Range;

use super::lines::LineIndex;
use crate::words::trimmed;

pub(crate) use section::{Section, SectionSource};

/// At most this many blocks are kept of one document; real documents have a few hundred.
pub(crate) const MAX_BLOCKS: usize = 200_000;
/// At most this many cells are kept of one table row.
pub(crate) const MAX_CELLS: usize = 64;
/// The label of a field has so many words at most.
const LONGEST_LABEL: usize = 4;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item; `checked` where it carries a task box.
    Item { ordered: bool, checked: Option<bool> },
    /// A table row.
    Row { header: bool, table: u32 },
    /// A code block; its text is the info string.
    Code,
    /// A thematic break.
    Rule,
}

/// One block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Its text in [`Outline::plain`].
    pub(crate) text: Range<usize>,
    /// Its bytes in the decoded text, children included.
    pub(crate) src: Range<usize>,
    /// Line of its first byte, counted from 1.
    pub(crate) line: u32,
    /// The item it stands in.
    pub(crate) parent: Option<u32>,
    /// Its cells in [`Outline::cells`].
    pub(crate) cells: Range<usize>,
    /// Its innermost section in [`Outline::sections`].
    pub(crate) section: u32,
}

/// A link.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) target: String,
    /// Its text in [`Outline::plain`].
    pub(crate) text: Range<usize>,
    /// Line in the file.
    pub(crate) line: u32,
}

/// The outline.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The plain text of every block, one after the other; `\n` where a line breaks.
    pub(crate) plain: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) cells: Vec<Range<usize>>,
    /// Bold runs in `plain`, in order.
    pub(crate) strong: Vec<Range<usize>>,
    /// Code spans in `plain`, in order.
    pub(crate) code: Vec<Range<usize>>,
    /// Struck-out runs in `plain`, in order.
    pub(crate) struck: Vec<Range<usize>>,
    pub(crate) links: Vec<Link>,
    /// Byte in `plain` after a line break, and the byte of the decoded text that it stands for.
    breaks: Vec<(usize, usize)>,
    pub(crate) sections: Vec<Section>,
    /// More blocks than are kept.
    pub(crate) truncated: bool,
}

impl Outline {
    /// Builds the outline of `pieces` of `text`.
    pub(crate) fn new(text: &str, pieces: &[Range<usize>], lines: &LineIndex) -> Self {
        let mut outline = build::build(text, pieces, lines);
        plain::promote(&mut outline, lines);
        section::find_sections(&mut outline, text.len());
        outline
    }

    /// Returns the plain text of a block.
    pub(crate) fn text(&self, block: &Block) -> &str {
        &self.plain[block.text.clone()]
    }

    /// Returns the texts of a row's cells.
    pub(crate) fn cells<'a>(&'a self, block: &Block) -> impl Iterator<Item = &'a str> + Clone {
        self.cells[block.cells.clone()].iter().map(|cell| trimmed(&self.plain[cell.clone()]))
    }

    /// Returns the line, counted from 1, of byte `at` of `plain` inside `block`.
    pub(crate) fn line_at(&self, block: &Block, at: usize, lines: &LineIndex) -> u32 {
        match self.source_at(block, at) {
            src if src == block.src.start => block.line,
            src => lines.line(src),
        }
    }

    /// Returns where, in the decoded text, the line of byte `at` of `plain` inside `block` begins.
    fn source_at(&self, block: &Block, at: usize) -> usize {
        let after = self.breaks.partition_point(|(plain, _)| *plain <= at);
        match after.checked_sub(1).map(|index| self.breaks[index]) {
            Some((plain, src)) if plain > block.text.start => src,
            _ => block.src.start,
        }
    }

    /// Returns the lines of a block's text: where each begins and ends in `plain`.
    pub(crate) fn text_lines<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = block.text.start;
        let ends = memchr::memchr_iter(b'\n', self.text(block).as_bytes()).map(|end| block.text.start + end);
        ends.chain([block.text.end]).map(move |end| {
            let range = at..end;
            at = end + 1;
            range
        })
    }

    /// Returns the bold runs inside `range` of `plain`.
    pub(crate) fn strong_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        inside(&self.strong, range)
    }

    /// Returns the code spans inside `range` of `plain`.
    pub(crate) fn code_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        inside(&self.code, range)
    }

    /// Returns the struck-out runs inside `range` of `plain`.
    pub(crate) fn struck_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        inside(&self.struck, range)
    }

    /// Returns the text of `range` without what is struck out, where something is left: `~~2026-11-01~~ 2026-12-15`.
    pub(crate) fn standing(&self, range: &Range<usize>) -> Cow<'_, str> {
        let struck = self.struck_in(range);
        if struck.is_empty() {
            return Cow::Borrowed(&self.plain[range.clone()]);
        }
        let mut left = String::with_capacity(range.len());
        let mut at = range.start;
        for run in struck {
            left.push_str(&self.plain[at..run.start]);
            at = run.end;
        }
        left.push_str(&self.plain[at..range.end]);
        if left.contains(char::is_alphanumeric) { Cow::Owned(left) } else { Cow::Borrowed(&self.plain[range.clone()]) }
    }

    /// Returns the part of `range` behind what is struck out at its beginning, where something is left.
    pub(crate) fn behind_struck(&self, range: Range<usize>) -> Range<usize> {
        let first = self.struck_in(&range).first();
        let begins = |run: &&Range<usize>| !self.plain[range.start..run.start].contains(char::is_alphanumeric);
        let left = |run: &Range<usize>| self.plain[run.end..range.end].contains(char::is_alphanumeric);
        match first.filter(begins) {
            Some(run) if left(run) => run.end..range.end,
            _ => range,
        }
    }

    /// Returns the section that `block` stands in.
    pub(crate) fn section_of(&self, block: &Block) -> &Section {
        &self.sections[block.section as usize]
    }

    /// Tells whether item `index` is only the label of a field that nobody has filled in (`- Short-term fixes:`). What
    /// stands right behind it may be its value.
    pub(crate) fn is_empty_field(&self, index: usize) -> bool {
        let Some(label) = self.text(&self.blocks[index]).trim_end().strip_suffix([':', '：']) else { return false };
        let is_value = |next: &Block| matches!(next.kind, BlockKind::Code | BlockKind::Paragraph);
        !label.contains(['\n', ':', '：'])
            && label.split_whitespace().count() <= LONGEST_LABEL
            && self.children(index).next().is_none()
            && !self.blocks.get(index + 1).is_some_and(is_value)
    }

    /// Returns the blocks that are children of item `index`.
    pub(crate) fn children(&self, index: usize) -> impl Iterator<Item = (usize, &Block)> {
        let parent = u32::try_from(index).ok();
        let end = self.blocks[index].src.end;
        self.blocks
            .iter()
            .enumerate()
            .skip(index + 1)
            .take_while(move |(_, block)| block.src.start < end)
            .filter(move |(_, block)| block.parent == parent)
    }
}

fn inside<'a>(runs: &'a [Range<usize>], range: &Range<usize>) -> &'a [Range<usize>] {
    let from = runs.partition_point(|run| run.start < range.start);
    let runs = &runs[from..];
    // Most ranges hold none.
    if runs.first().is_none_or(|run| run.start > range.end) {
        return &[];
    }
    &runs[..runs.partition_point(|run| run.end <= range.end)]
}

#[cfg(test)]
mod tests;
