//! Which sections are of the header: facts of the document, above what is told.

use std::ops::Range;

use super::{FACTS, is_heading, line, table};
use crate::parse::outline::{Block, BlockKind, Outline, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole, RoleSet};

/// So many blocks of a section may state its facts.
const FIRST_FACTS: usize = 8;

/// A header may stand below one of so many headings.
const HEADS: usize = 3;

/// Tells of each section whether it is one of the header.
pub(super) fn in_header(outline: &Outline) -> Vec<bool> {
    let title = outline.blocks.iter().find(|block| is_heading(block)).map(|block| block.section as usize);
    // Sections come after those they stand in, so one pass decides all.
    let mut in_header = Vec::with_capacity(outline.sections.len());
    for (index, section) in outline.sections.iter().enumerate() {
        let is_title = Some(index) == title && section.roles.is_empty();
        let inherits = matches!(section.source, SectionSource::Label | SectionSource::Item)
            && section.parent.is_some_and(|parent| in_header[parent as usize]);
        let is_top = section.source == SectionSource::Top;
        let leads = index <= HEADS
            && section.source == SectionSource::Heading
            && begins_with_facts(outline, section)
            && !is_one_of_several(outline, index);
        in_header.push(is_top || is_title || inherits || leads || section.names_facts);
    }
    in_header
}

/// Whether the section beside this one begins with facts too and states its own severity or status, as this one does: each tells
/// of its own thing.
fn is_one_of_several(outline: &Outline, index: usize) -> bool {
    let section = &outline.sections[index];
    let mut beside = outline.sections[index + 1..].iter().filter(|it| it.source == SectionSource::Heading);
    let next = beside.find(|it| it.level <= section.level);
    next.is_some_and(|next| {
        next.level == section.level
            && begins_with_facts(outline, next)
            && levels_of(outline, section).meets(levels_of(outline, next))
    })
}

/// Tells which of severity and status the first blocks of a section state.
fn levels_of(outline: &Outline, section: &Section) -> RoleSet {
    const LEVELS: [LabelRole; 2] = [LabelRole::Severity, LabelRole::Status];
    let mut found = RoleSet::NONE;
    let blocks = outline.blocks[section.blocks.clone()].iter().skip(1);
    for block in blocks.take_while(|block| !is_heading(block)).take(FIRST_FACTS) {
        line::labels_of(outline, block, &mut |roles, _, _| {
            let levels = LEVELS.into_iter().filter(|role| roles.means(*role));
            found = levels.fold(found, |found, role| found.with(RoleSet::label(role)));
        });
    }
    found
}

/// Whether a section begins with three lines, items of a list, or rows of two cells, or more of `**Label:** value`, or a summary
/// with one: a header below a heading of its own.
fn begins_with_facts(outline: &Outline, section: &Section) -> bool {
    let Some(block) = outline.blocks.get(section.blocks.start + 1) else { return false };
    let labelled = |line: Range<usize>| outline.strong_in(&line).first().is_some_and(|run| run.start == line.start);
    if matches!(block.kind, BlockKind::Item { .. }) {
        let items = outline.blocks[section.blocks.clone()]
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Item { .. }) && block.parent.is_none());
        let known = |item: &&Block| labelled(item.text.clone()) && names_field(outline, &item.text);
        return items.take(FACTS).filter(known).count() == FACTS;
    }
    if let BlockKind::Row { header: true, table } = block.kind {
        return outline.cells(block).count() == 2 && table::has_facts(outline, section.blocks.clone(), table);
    }
    // Below `Summary` one line of a known field is enough.
    let sums_up = || {
        section.own.has(HeadingRole::Summary)
            && outline.text_lines(block).all(|line| labelled(line.clone()) && names_field(outline, &line))
    };
    block.kind == BlockKind::Paragraph
        && (outline.strong_in(&block.text).len() >= 3 && outline.text_lines(block).all(labelled) || sums_up())
}

/// Whether a text begins with the label of a fact.
fn names_field(outline: &Outline, text: &Range<usize>) -> bool {
    let mut field = false;
    line::labels(outline, text, &mut |roles, _, at| field |= at == text.start && !roles.is_empty());
    field
}
