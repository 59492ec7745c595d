//! The outline while it is built: what is open, and what is put into it.

use std::ops::Range;

use super::{Block, BlockKind, MAX_CELLS, Outline};
use crate::parse::lines::LineIndex;

/// An outline in the making.
pub(super) struct Builder<'a> {
    pub(super) outline: Outline,
    /// The text that is read.
    pub(super) written: &'a str,
    /// Lines may end with two characters.
    pub(super) has_returns: bool,
    pub(super) lines: &'a LineIndex,
    /// The line of the last block: the next one is not far.
    pub(super) line: u32,
    /// The block that text goes to.
    pub(super) open: Option<usize>,
    /// The items that are open, innermost last.
    pub(super) items: Vec<u32>,
    /// Ordered or not, a list each.
    pub(super) lists: Vec<bool>,
    pub(super) tables: u32,
    pub(super) header: bool,
    pub(super) cell: Option<usize>,
    pub(super) strong: Vec<usize>,
    pub(super) struck: Vec<usize>,
    pub(super) links: Vec<usize>,
    /// Inside an image, whose text is no text of the document.
    pub(super) images: usize,
    pub(super) in_code: bool,
    /// Quotations that are open.
    pub(super) quotes: usize,
    pub(super) html: Html,
}

impl<'a> Builder<'a> {
    pub(super) fn new(written: &'a str, lines: &'a LineIndex) -> Self {
        Self {
            outline: Outline::default(),
            written,
            has_returns: memchr::memchr(b'\r', written.as_bytes()).is_some(),
            lines,
            line: 1,
            open: None,
            items: Vec::new(),
            lists: Vec::new(),
            tables: 0,
            header: false,
            cell: None,
            strong: Vec::new(),
            struck: Vec::new(),
            links: Vec::new(),
            images: 0,
            in_code: false,
            quotes: 0,
            html: Html::default(),
        }
    }

    /// What a piece left open does not reach into the next.
    pub(super) fn end_piece(&mut self) {
        self.open = None;
        self.items.clear();
        self.lists.clear();
        self.cell = None;
        self.strong.clear();
        self.struck.clear();
        self.links.clear();
        self.images = 0;
        self.in_code = false;
        self.quotes = 0;
    }

    pub(super) fn end_cell(&mut self) {
        let Some(from) = self.cell.take() else { return };
        let end = self.outline.plain.len();
        if let Some(block) = self.outline.blocks.last_mut()
            && block.cells.len() < MAX_CELLS
        {
            self.outline.cells.push(from..end);
            block.cells.end = self.outline.cells.len();
        }
        self.text(" ", &(0..0));
    }

    /// The first paragraph of a loose item is the item's text.
    pub(super) fn continues_item(&self) -> bool {
        let last = self.outline.blocks.len().checked_sub(1);
        last.is_some() && self.open == last && self.items.last().map(|index| *index as usize) == last
    }

    pub(super) fn push(&mut self, kind: BlockKind, src: Range<usize>) {
        let at = self.outline.plain.len();
        let cell = self.outline.cells.len();
        let line = self.lines.line_near(self.line, src.start);
        self.line = line;
        let parent = self.items.last().copied();
        self.outline.blocks.push(Block { kind, text: at..at, src, line, parent, cells: cell..cell, section: 0 });
        self.open = Some(self.outline.blocks.len() - 1);
    }

    pub(super) fn text(&mut self, text: &str, src: &Range<usize>) {
        if self.images > 0 {
            return;
        }
        let block = match self.open {
            Some(block) => block,
            // Text of a tight item after a nested list.
            None => {
                self.push(BlockKind::Paragraph, src.clone());
                self.outline.blocks.len() - 1
            }
        };
        self.outline.plain.push_str(text);
        self.outline.blocks[block].text.end = self.outline.plain.len();
    }

    pub(super) fn line_break(&mut self, next: usize) {
        let Some(block) = self.open else { return };
        let in_row = matches!(self.outline.blocks[block].kind, BlockKind::Row { .. });
        self.outline.plain.push(if in_row { ' ' } else { '\n' });
        let end = self.outline.plain.len();
        self.outline.blocks[block].text.end = end;
        self.outline.breaks.push((end, next));
    }
}

/// What a block of HTML has opened so far.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// Text goes to a block that a tag began.
    pub(super) reads: bool,
    /// No text of this line was read yet.
    pub(super) fresh: bool,
    /// Nothing counts before this: the rest of a tag, of a comment or of a script.
    pub(super) skip: Option<&'static str>,
    /// How many lists were open where each open item began.
    pub(super) items: Vec<usize>,
    pub(super) lists: usize,
    /// Bold runs that were open before.
    pub(super) strong: usize,
    /// The next row is the first of its table.
    pub(super) header: bool,
}

/// Closes the innermost run of `open` where the plain text ends now.
pub(super) fn end_run(open: &mut Vec<usize>, runs: &mut Vec<Range<usize>>, end: usize) {
    if let Some(from) = open.pop()
        && from < end
    {
        let at = runs.partition_point(|run| run.start <= from);
        runs.insert(at, from..end);
    }
}
