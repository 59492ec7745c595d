//! Headings without any mark-up: in a document that has none, lines that are nothing but the name of a section
//! (`TIMELINE`, `Root Cause:`) are its headings.

use std::ops::Range;

use super::{Block, BlockKind, Outline};
use crate::parse::lines::LineIndex;
use crate::parse::vocabulary::{LabelRole, RoleSet, Vocabulary};

/// Fields whose value people write below a line that names them.
const FIELDS: RoleSet = RoleSet::labels(&[LabelRole::Status, LabelRole::Severity]);

/// A name is at most this many bytes long.
const LONGEST: usize = 60;
/// Fewer such lines are chance.
const FEWEST: usize = 3;
/// A longer document without headings is a log or a table.
const MOST_BLOCKS: usize = 2_000;

/// Makes headings of the lines that name sections, where the document has no other headings than its title.
pub(super) fn promote(outline: &mut Outline, lines: &LineIndex) {
    let headings = outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).count();
    if headings > 1 || outline.blocks.len() > MOST_BLOCKS {
        return;
    }
    let names: Vec<Vec<Range<usize>>> = (0..outline.blocks.len()).map(|index| names_in(outline, index)).collect();
    if names.iter().map(Vec::len).sum::<usize>() < FEWEST {
        return;
    }
    let old = std::mem::take(&mut outline.blocks);
    // Where each block stands now, for those that stand in an item.
    let mut moved: Vec<u32> = Vec::with_capacity(old.len());
    for (mut block, names) in old.into_iter().zip(names) {
        moved.push(u32::try_from(outline.blocks.len()).unwrap_or(u32::MAX));
        block.parent = block.parent.and_then(|parent| moved.get(parent as usize).copied());
        if names.is_empty() {
            outline.blocks.push(block);
        } else {
            split(outline, &block, &names, lines);
        }
    }
}

/// Returns the lines of a paragraph that name a section; what stands before a list is a label already.
fn names_in(outline: &Outline, index: usize) -> Vec<Range<usize>> {
    let block = &outline.blocks[index];
    let before_list = outline.blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Item { .. }));
    if before_list || block.kind != BlockKind::Paragraph || block.parent.is_some() {
        return Vec::new();
    }
    let bold = !outline.strong_in(&block.text).is_empty();
    outline.text_lines(block).filter(|line| !bold && names_section(&outline.plain[line.clone()])).collect()
}

fn names_section(line: &str) -> bool {
    let line = line.trim();
    if line.len() < 4 || line.len() > LONGEST || !line.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) {
        return false;
    }
    // What stands in brackets only qualifies (`Timeline (UTC)`).
    let name = line.split_once(" (").filter(|_| line.ends_with([')', ':'])).map_or(line, |(name, _)| name);
    let words = Vocabulary::get();
    words.names_section(name) || words.label_of(name).meets(FIELDS)
}

/// Puts the lines of a paragraph in as headings and the paragraphs between them.
fn split(outline: &mut Outline, block: &Block, names: &[Range<usize>], lines: &LineIndex) {
    let pieces: Vec<Range<usize>> = outline.text_lines(block).collect();
    let mut open: Option<Block> = None;
    for line in pieces {
        let src = outline.source_at(block, line.start);
        let number = lines.line(src);
        let piece = |kind| Block { kind, text: line.clone(), src: src..block.src.end, line: number, ..block.clone() };
        if names.contains(&line) {
            outline.blocks.extend(open.take());
            outline.blocks.push(piece(BlockKind::Heading(2)));
        } else {
            open.get_or_insert_with(|| piece(BlockKind::Paragraph)).text.end = line.end;
        }
    }
    outline.blocks.extend(open);
}
