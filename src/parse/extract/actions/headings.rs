//! Headings that are action items themselves, and those that group items.

use std::ops::Range;

use super::{item, prose, token};
use crate::parse::extract::{Source, in_one_line};
use crate::parse::outline::{Block, BlockKind, Outline, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, LabelRole};
use crate::words::trimmed;

/// Returns the blocks below the heading `index` where it is a task: `### Task 1.1: …`, or one of several headings of a
/// section of actions or of prevention that instruct or, of actions, are numbered, without a list of its own but for its
/// owner and the like.
///
/// `known` keeps the answer for the headings beside it.
pub(super) fn task(source: &Source<'_>, index: usize, known: &mut Option<Beside>) -> Option<Range<usize>> {
    let outline = source.outline;
    let block = &outline.blocks[index];
    let section = outline.section_of(block);
    let numbered = item::task_number(outline.text(block)).is_some();
    if !numbered && !is_one_together(source, section, known) {
        return None;
    }
    let below = index + 1..section.blocks.end;
    // What stands below a task whose state is given are its steps.
    let described = !numbered && known.as_ref().is_some_and(|it| it.items == Items::Described);
    let lists = outline.blocks[below.clone()].iter().any(|block| lists(source, block, numbered));
    (described || !lists).then_some(below)
}

/// Whether a block below a heading is an item of its own, so that the heading is none.
fn lists(source: &Source<'_>, block: &Block, numbered: bool) -> bool {
    match block.kind {
        BlockKind::Item { checked: None, .. } => numbered || !is_detail(source, block),
        BlockKind::Item { .. } => true,
        BlockKind::Row { .. } | BlockKind::Heading(_) => !numbered,
        _ => false,
    }
}

/// Returns where the text of a heading stands behind its number (`2) Alert on load`).
pub(super) fn behind_number(outline: &Outline, block: &Block) -> Range<usize> {
    let text = outline.text(block);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = rest.len() < text.len() && text.starts_with(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix([')', ':']).unwrap_or(rest);
    match rest.strip_prefix(char::is_whitespace) {
        Some(rest) if numbered && !rest.trim().is_empty() => block.text.end - rest.len()..block.text.end,
        _ => block.text.clone(),
    }
}

/// Headings of one level in one section, and whether each of them is an item.
pub(super) struct Beside {
    parent: Option<u32>,
    level: u8,
    items: Items,
}

#[derive(Clone, Copy, PartialEq)]
enum Items {
    None,
    /// They instruct, by and large.
    Instruct,
    /// They are counted (`1) Alert on load`).
    Counted,
    /// Each says below how far it is, whose or due when.
    Described,
}

fn is_one_together(source: &Source<'_>, section: &Section, known: &mut Option<Beside>) -> bool {
    let items = match known {
        Some(beside) if beside.parent == section.parent && beside.level == section.level => beside.items,
        _ => {
            let items = together(source, section);
            *known = Some(Beside { parent: section.parent, level: section.level, items });
            items
        }
    };
    match items {
        Items::None => false,
        Items::Instruct => section.own.is_empty(),
        // `1. Short term` groups what is to be done.
        Items::Counted | Items::Described => source.words.term(&section.folded).is_none(),
    }
}

/// What the headings beside this one are, two or more of them.
fn together(source: &Source<'_>, section: &Section) -> Items {
    let outline = source.outline;
    // Sections stand in the order in which they begin: those beside this one lie inside the one around them.
    let around = section.parent.map_or(0..outline.blocks.len(), |it| outline.sections[it as usize].blocks.clone());
    let from = outline.sections.partition_point(|it| it.blocks.start < around.start);
    let inside = &outline.sections[from..];
    let beside = || {
        let same = |it: &&Section| it.source == SectionSource::Heading && it.level == section.level;
        let inside = inside.iter().take_while(|it| it.blocks.start < around.end);
        inside.filter(same).filter(|it| it.parent == section.parent)
    };
    let of_parent = |role| section.parent.is_some_and(|parent| outline.sections[parent as usize].own.has(role));
    let of_actions = of_parent(HeadingRole::Actions);
    if !of_actions && !of_parent(HeadingRole::Prevention) || beside().nth(1).is_none() {
        return Items::None;
    }
    let title = |it: &Section| outline.plain[it.title.clone()].trim_start_matches(|c: char| !c.is_alphanumeric());
    // Where one of them has a list, the lists are what is to be done.
    let plain = |it: &Section| {
        let below = &outline.blocks[it.blocks.start + 1..it.blocks.end];
        !below.iter().any(|block| lists(source, block, false))
    };
    let counted = |it: &Section| title(it).starts_with(|c: char| c.is_ascii_digit()) && plain(it);
    let instructs =
        |it: &&Section| prose::is_instruction(source, title(it).trim_start_matches(|c: char| !c.is_alphabetic()));
    if of_actions && beside().all(|it| is_described(source, it)) {
        Items::Described
    } else if beside().filter(instructs).count() * 2 >= beside().count() {
        Items::Instruct
    } else if of_actions && beside().all(counted) {
        Items::Counted
    } else {
        Items::None
    }
}

/// Whether a line below a heading gives its state, its owner or its due day, and no box or row does.
fn is_described(source: &Source<'_>, section: &Section) -> bool {
    let below = &source.outline.blocks[section.blocks.start + 1..section.blocks.end];
    let is_item = |block: &Block| {
        matches!(block.kind, BlockKind::Item { checked: Some(_), .. } | BlockKind::Row { .. } | BlockKind::Heading(_))
    };
    below.iter().any(|block| block.kind == BlockKind::Paragraph && is_detail(source, block))
        && !below.iter().any(is_item)
}

/// `Owner: Ana` and the like.
pub(super) fn is_detail(source: &Source<'_>, block: &Block) -> bool {
    let roles = |(label, _): (&str, &str)| source.words.label_of(label);
    let of_item = [LabelRole::ItemOwner, LabelRole::Due, LabelRole::Priority, LabelRole::Estimate, LabelRole::Status];
    let roles = token::split_at_colon(source.outline.text(block)).map(roles);
    roles.is_some_and(|roles| of_item.iter().any(|it| roles.means(*it)))
}

/// Returns the nearest heading inside the action section.
pub(super) fn group(source: &Source<'_>, section: &Section) -> Option<String> {
    let text = trimmed(&source.outline.plain[section.title.clone()]);
    (section.source != SectionSource::Top && section.level != 1)
        .then(|| trimmed(text.trim_end_matches(':')))
        .filter(|text| !text.is_empty())
        .map(|text| in_one_line(text).into_owned())
}
