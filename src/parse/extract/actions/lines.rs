//! Items that stand in no list and no table: lines, paragraphs and headings.

use std::ops::Range;

use super::fields::Fields;
use super::{Finder, headings, prose};
use crate::model::ActionSource;
use crate::parse::outline::{Block, BlockKind, SectionSource};
use crate::words::may_hold_colon;

impl Finder<'_, '_> {
    /// Work may be named where it comes to mind, in lines of their own.
    pub(super) fn named(&mut self, index: usize) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let text = outline.text(block);
        if !may_hold_colon(text) && !text.starts_with(prose::TODO) {
            return;
        }
        for line in outline.text_lines(block) {
            if let Some(range) = prose::named(self.source, &line) {
                self.list_item(block, range);
            }
        }
    }

    /// Lines and paragraphs of an action section may be items too.
    pub(super) fn paragraph(&mut self, index: usize) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let section = outline.section_of(block);
        if section.blocks.start == index && section.source != SectionSource::Heading {
            return;
        }
        // What stands before a list, a table or sections introduces them.
        let introduces = |next: &Block| match next.kind {
            BlockKind::Item { .. } | BlockKind::Row { .. } => next.section == block.section,
            BlockKind::Heading(level) => level > section.level,
            _ => false,
        };
        if outline.blocks.get(index + 1).is_some_and(introduces) {
            return;
        }
        let mut ranges = prose::items(self.source, block);
        if ranges.len() == 1 && prose::closes_a_list(self.source, index) {
            return;
        }
        let beside = || prose::is_announced(self.source, index) || prose::is_led_by_bold(self.source, index);
        if ranges.is_empty() && beside() {
            ranges.push(block.text.clone());
        }
        for range in ranges {
            self.list_item(block, range);
        }
    }

    fn list_item(&mut self, block: &Block, range: Range<usize>) {
        let fields = Fields::read(self.source, block, range.clone());
        let state = fields.state.unwrap_or_default();
        self.push(block, fields, ActionSource::List, state, None);
        if let Some(last) = self.document.action_items.last_mut() {
            last.line = self.source.outline.line_at(block, range.start, self.source.lines);
        }
    }

    /// `### Task 1.1: …` without boxes or a list of its own is itself the task; so are headings that all instruct.
    pub(super) fn heading(&mut self, index: usize) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let Some(tasks) = headings::task(self.source, index, &mut self.beside) else { return };
        let mut fields = Fields::read(self.source, block, headings::behind_number(outline, block));
        for inner in &outline.blocks[tasks.clone()] {
            if matches!(inner.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
                fields.detail(self.source, outline.text(inner));
            }
        }
        let state = fields.state.unwrap_or_default();
        self.push(block, fields, ActionSource::Heading, state, None);
        self.inside = tasks.end;
    }
}
