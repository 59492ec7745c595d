//! Headings that are action items themselves.

use std::ops::Range;

use super::{item, prose};
use crate::parse::extract::Source;
use crate::parse::outline::{Block, BlockKind, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole};

/// Returns the blocks below the heading `index` where it is a task: `### Task 1.1: …`, or one of several headings of an
/// action section that instruct, without a list of its own but for its owner and the like.
///
/// `known` keeps the answer for the headings beside it.
pub(super) fn task(source: &Source<'_>, index: usize, known: &mut Option<Beside>) -> Option<Range<usize>> {
    let outline = source.outline;
    let block = &outline.blocks[index];
    let section = outline.section_of(block);
    let numbered = item::task_number(outline.text(block)).is_some();
    let about_actions = section.roles.has(HeadingRole::Actions) && section.own.is_empty();
    if !numbered && (!about_actions || !instruct_together(source, section, known)) {
        return None;
    }
    let below = index + 1..section.blocks.end;
    let lists = |block: &Block| match block.kind {
        BlockKind::Item { checked: None, .. } => numbered || !is_detail(source, block),
        BlockKind::Item { .. } => true,
        BlockKind::Row { .. } | BlockKind::Heading(_) => !numbered,
        _ => false,
    };
    (!outline.blocks[below.clone()].iter().any(lists)).then_some(below)
}

/// Headings of one level in one section, and whether they instruct.
pub(super) struct Beside {
    parent: Option<u32>,
    level: u8,
    instruct: bool,
}

fn instruct_together(source: &Source<'_>, section: &Section, known: &mut Option<Beside>) -> bool {
    match known {
        Some(beside) if beside.parent == section.parent && beside.level == section.level => beside.instruct,
        _ => {
            let instruct = is_one_of_several(source, section);
            *known = Some(Beside { parent: section.parent, level: section.level, instruct });
            instruct
        }
    }
}

/// Whether at least half of the headings beside this one, two or more, instruct.
fn is_one_of_several(source: &Source<'_>, section: &Section) -> bool {
    let outline = source.outline;
    let beside = || {
        let same = |it: &&Section| it.source == SectionSource::Heading && it.level == section.level;
        outline.sections.iter().filter(same).filter(|it| it.parent == section.parent)
    };
    let instructs = |it: &&Section| {
        let title = outline.plain[it.title.clone()].trim_start_matches(|c: char| !c.is_alphabetic());
        prose::is_instruction(source, title)
    };
    let all = beside().count();
    section.parent.is_some_and(|parent| outline.sections[parent as usize].own.has(HeadingRole::Actions))
        && all >= 2
        && beside().filter(instructs).count() * 2 >= all
}

/// `Owner: Ana` and the like.
fn is_detail(source: &Source<'_>, block: &Block) -> bool {
    let roles = |(label, _): (&str, &str)| source.words.label_of(label);
    let of_item = [LabelRole::ItemOwner, LabelRole::Due, LabelRole::Priority, LabelRole::Estimate, LabelRole::Status];
    let roles = item::split_at_colon(source.outline.text(block)).map(roles);
    roles.is_some_and(|roles| of_item.iter().any(|it| roles.means(*it)))
}
