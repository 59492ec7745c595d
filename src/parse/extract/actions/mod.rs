//! Action items of every form: boxes, table rows, lists, instructions in prose, task headings.

mod cuts;
mod dropped;
mod due;
mod ending;
mod fields;
mod headings;
mod item;
mod lines;
mod marks;
mod prose;
mod separators;
mod stated;
mod table;
mod token;
mod told;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Source;
use crate::model::{ActionClass, ActionItem, ActionSource, Document, Due, ItemState};
use crate::parse::outline::{Block, BlockKind, Outline, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, Vocabulary};
use crate::words::trimmed;
use fields::Fields;
use stated::Stated;

/// Finds every action item of the document and counts its boxes.
pub(super) fn extract(source: &Source<'_>, document: &mut Document) {
    document.checkboxes = marks::boxes(source.outline);
    document.action_items.reserve(document.checkboxes.total);
    let mut finder = Finder {
        source,
        document,
        by_block: Vec::new(),
        table: None,
        group_due: None,
        told: None,
        inside: 0,
        beside: None,
        numbered: None,
        stated: None,
        promised: None,
        explained: None,
    };
    for index in 0..source.outline.blocks.len() {
        finder.block(index);
        finder.note_number(index);
    }
    ending::sign(document);
}

struct Finder<'a, 'b> {
    source: &'a Source<'a>,
    document: &'b mut Document,
    /// Blocks that became items, and their index in the document.
    by_block: Vec<(u32, usize)>,
    table: Option<(u32, Option<table::Columns>)>,
    /// What the heading of a section says of the due dates in it, kept from item to item.
    group_due: Option<(u32, Option<Due>)>,
    /// Whether the list of a section tells what was done, kept likewise.
    told: Option<(u32, ItemState)>,
    /// Where the section of the task that a heading is ends: what stands in it are its details.
    inside: usize,
    /// The section of the last block, if a number of the section's own list stood in it already.
    numbered: Option<u32>,
    /// What labels state for all items of a section, by the line of the section.
    stated: Option<FxHashMap<u32, Stated>>,
    /// The section whose last paragraph promised the list that follows it.
    promised: Option<u32>,
    /// What the headings beside the last one are.
    beside: Option<headings::Beside>,
    /// Where the table of actions of a section begins, kept likewise.
    explained: Option<(u32, usize)>,
}

impl Finder<'_, '_> {
    fn block(&mut self, index: usize) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let section = outline.section_of(block);
        let about_actions = section.roles.has(HeadingRole::Actions);
        let detail = index < self.inside;
        if block.parent.is_none() && !matches!(block.kind, BlockKind::Item { .. }) {
            let promises = block.kind == BlockKind::Paragraph && prose::promises(self.source, index);
            self.promised = promises.then_some(block.section);
        }
        let about_list = about_actions || self.promised == Some(block.section);
        match block.kind {
            BlockKind::Item { checked: Some(done), .. } => self.item(index, ActionSource::Checkbox, Some(done)),
            BlockKind::Item { checked: None, .. } if marks::boxed(outline.text(block)).is_some() => {
                self.item(index, ActionSource::Checkbox, None);
            }
            BlockKind::Item { checked: None, ordered }
                if about_list
                    && !detail
                    && self.is_top_level(index, section, ordered)
                    && !self.explains_table(index) =>
            {
                self.item(index, ActionSource::List, None);
            }
            BlockKind::Item { checked: None, ordered: false } if about_list && !detail && block.parent.is_none() => {
                self.detail_of_last(index);
            }
            BlockKind::Row { header, table } => self.row(block, header, table, about_actions),
            BlockKind::Paragraph
                if about_actions && !detail && block.parent.is_none() && !self.explains_table(index) =>
            {
                self.paragraph(index);
            }
            BlockKind::Paragraph | BlockKind::Item { checked: None, .. } if !about_list && !detail => self.named(index),
            BlockKind::Heading(_) => self.heading(index),
            _ => {}
        }
    }

    /// Items below an item are its details; items below a label item are the section's own.
    fn is_top_level(&self, index: usize, section: &Section, ordered: bool) -> bool {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let label = (section.source == SectionSource::Item).then_some(section.blocks.start);
        if label == Some(index) {
            // `- **Review actions**: text behind the label` is an item of its own.
            let text = outline.text(block);
            let rest = outline.plain[section.title.end..block.text.end].trim_matches([':', ' ', '\n']);
            return !rest.is_empty() && !text.is_empty() && outline.children(index).next().is_none();
        }
        let empty = trimmed(outline.text(block)).is_empty()
            || marks::is_blank(outline.text(block))
            || outline.is_empty_field(index);
        let done_list =
            outline.children(index).any(|(_, child)| matches!(child.kind, BlockKind::Item { checked: Some(_), .. }));
        // Numbers and bullets side by side: the bullets are details of the numbers, unless they are somebody's.
        let detail = !ordered && self.numbered == Some(block.section) && !self.is_signed(block);
        !empty
            && !is_only_code(outline, block)
            && !done_list
            && !detail
            && (block.parent.is_none() || block.parent.map(|parent| parent as usize) == label)
    }

    /// Whether a table of actions stands below in the same section: what is before it says how to read it, unless it names
    /// who does it or by when.
    fn explains_table(&mut self, index: usize) -> bool {
        let outline = self.source.outline;
        let of = outline.blocks[index].section;
        if self.explained.is_none_or(|(section, _)| section != of) {
            let below = index..outline.sections[of as usize].blocks.end;
            let is_header = |block: &Block| {
                block.section == of
                    && matches!(block.kind, BlockKind::Row { header: true, .. })
                    && table::Columns::of_header(outline.cells(block), false).is_some()
            };
            let header = below.clone().find(|at| is_header(&outline.blocks[*at])).unwrap_or(0);
            let signed = below.take_while(|at| *at < header).any(|at| self.is_signed(&outline.blocks[at]));
            self.explained = Some((of, if signed { 0 } else { header }));
        }
        self.explained.is_some_and(|(_, header)| index < header)
    }

    /// Whether an item of a list says who does it or by when.
    fn is_signed(&self, block: &Block) -> bool {
        let text = self.source.outline.text(block);
        let is_list = matches!(block.kind, BlockKind::Item { .. }) && !headings::is_detail(self.source, block);
        let fields = is_list.then(|| Fields::of_text(self.source, text));
        fields.is_some_and(|it| it.owner.is_some() || it.due.is_some() || it.due_raw.is_some())
    }

    /// `- Owner: Ana` in a list that stands behind a number tells of the item with that number.
    fn detail_of_last(&mut self, index: usize) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let Some((of, at)) = self.by_block.last() else { return };
        if outline.blocks[*of as usize].section != block.section {
            return;
        }
        let mut fields = Fields::default();
        fields.detail(self.source, outline.text(block));
        let item = &mut self.document.action_items[*at];
        item.owner = item.owner.take().or(fields.owner);
        item.priority = item.priority.take().or(fields.priority);
        item.due = item.due.take().or(fields.due);
        item.due_raw = item.due_raw.take().or(fields.due_raw);
        item.state = item.state.max(fields.state.unwrap_or_default());
    }

    fn note_number(&mut self, index: usize) {
        let block = &self.source.outline.blocks[index];
        let is_number = matches!(block.kind, BlockKind::Item { ordered: true, .. }) && block.parent.is_none();
        self.numbered = (is_number || self.numbered == Some(block.section)).then_some(block.section);
    }

    fn item(&mut self, index: usize, source: ActionSource, checked: Option<bool>) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let told = if checked.is_none() { self.told(block.section) } else { ItemState::Open };
        if told != ItemState::Open && outline.section_of(block).own.has(HeadingRole::Resolution) {
            // `Recovery actions` are steps to take or steps taken.
            return;
        }
        let mut fields = Fields::read(self.source, block, block.text.clone());
        for (_, child) in outline.children(index) {
            if matches!(child.kind, BlockKind::Item { checked: None, .. } | BlockKind::Paragraph) {
                fields.detail(self.source, outline.text(child));
            }
        }
        let parent = self.ancestor(block);
        let state = match (checked, fields.state) {
            (_, Some(ItemState::Cancelled)) => ItemState::Cancelled,
            (Some(true), _) => ItemState::Done,
            // Struck out, and never done.
            (Some(false), _) if fields.struck => ItemState::Cancelled,
            (Some(false), _) => ItemState::Open,
            (None, stated) => stated.unwrap_or(told),
        };
        // Nobody does the parts of what nobody will do.
        let dropped = parent.is_some_and(|at| !self.document.action_items[at].counts());
        let state = if dropped && state.is_open() { ItemState::Cancelled } else { state };
        self.push(block, fields, source, state, parent);
        self.by_block.push((u32::try_from(index).unwrap_or(u32::MAX), self.document.action_items.len() - 1));
    }

    /// Returns the item that an item stands below.
    fn ancestor(&self, block: &Block) -> Option<usize> {
        let mut parent = block.parent;
        while let Some(index) = parent {
            if let Ok(at) = self.by_block.binary_search_by_key(&index, |(block, _)| *block) {
                return Some(self.by_block[at].1);
            }
            parent = self.source.outline.blocks[index as usize].parent;
        }
        None
    }

    fn row(&mut self, block: &Block, header: bool, table: u32, about_actions: bool) {
        let outline = self.source.outline;
        if header {
            self.table = Some((table, table::Columns::of_header(outline.cells(block), about_actions)));
            return;
        }
        let Some((of, Some(columns))) = &self.table else { return };
        if *of != table {
            return;
        }
        let cells: Vec<Cow<'_, str>> =
            outline.cells[block.cells.clone()].iter().map(|it| outline.standing(it)).collect();
        let cells: Vec<&str> = cells.iter().map(|cell| trimmed(cell)).collect();
        if let Some(fields) = columns.read(self.source, &cells) {
            let state = fields.state.unwrap_or_default();
            self.push(block, fields, ActionSource::Table, state, None);
        }
    }

    fn push(&mut self, block: &Block, fields: Fields, source: ActionSource, state: ItemState, parent: Option<usize>) {
        let outline = self.source.outline;
        let section = outline.section_of(block);
        let mut fields = fields;
        let own = self.inherit_from_section(section, &mut fields);
        let implied = || due::implied(self.source, self.document, fields.due_raw.as_deref()?);
        let due = fields.due.or_else(implied).or_else(|| self.due_of_group(block.section));
        let class = self.class(section);
        self.document.action_items.push(ActionItem {
            text: fields.text,
            state,
            source,
            class,
            group: headings::group(self.source, section),
            owner: fields.owner.filter(|owner| is_somebody(owner)),
            due,
            due_raw: fields.due_raw,
            priority: fields.priority,
            sort: fields.sort,
            done_when: fields.done_when,
            estimate: fields.estimate,
            depends_on: fields.depends_on,
            tickets: fields.tickets,
            id: fields.id.or(own),
            parent,
            line: block.line,
            carried: false,
        });
    }

    /// Returns the state that a section gives its items.
    fn told(&mut self, section: u32) -> ItemState {
        match self.told {
            Some((of, told)) if of == section => told,
            _ => {
                let told = told::state(self.source, &self.source.outline.sections[section as usize]);
                self.told = Some((section, told));
                told
            }
        }
    }

    fn due_of_group(&mut self, section: u32) -> Option<Due> {
        if self.group_due.as_ref().is_none_or(|(of, _)| *of != section) {
            let heading = &self.source.outline.sections[section as usize];
            self.group_due = Some((section, due::from_group(self.source, self.document, heading)));
        }
        self.group_due.as_ref().and_then(|(_, due)| due.clone())
    }

    /// A task block states owner, priority and dependencies once for all its boxes.
    fn inherit_from_section(&mut self, section: &Section, fields: &mut Fields) -> Option<String> {
        let source = self.source;
        let id = item::task_number(&source.outline.plain[section.title.clone()])?;
        let stated = self.stated.get_or_insert_with(|| stated::by_line(source));
        if let Some(stated) = stated.get(&section.line) {
            stated.complete(fields);
        }
        Some(id)
    }

    /// Boxes in test, verification and sign-off lists are not work that the incident left.
    fn class(&self, section: &Section) -> ActionClass {
        let mut at = Some(section);
        while let Some(section) = at {
            if section.own.has(HeadingRole::Checklist) {
                return ActionClass::Checklist;
            }
            if section.own.has(HeadingRole::Verification) && !section.own.has(HeadingRole::Actions) {
                return ActionClass::Verification;
            }
            if section.own.has(HeadingRole::Actions) {
                return ActionClass::Action;
            }
            at = section.parent.map(|parent| &self.source.outline.sections[parent as usize]);
        }
        ActionClass::Action
    }
}

/// `?`, `tbc`, `N.N.` is nobody.
fn is_somebody(owner: &str) -> bool {
    let name = owner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '?' | '…'));
    name.contains(char::is_alphanumeric) && !Vocabulary::get().says_nothing(name)
}

/// The name of a file or of a setting alone says nothing that is to be done.
fn is_only_code(outline: &Outline, block: &Block) -> bool {
    let text = outline.text(block).trim();
    !text.contains(' ')
        && outline.code_in(&block.text).first().is_some_and(|run| outline.plain[run.clone()].trim() == text)
}
