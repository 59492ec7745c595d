//! Sections: what stands under which heading, and what a heading is about.
//!
//! People also write headings as bold paragraphs (`**Timeline:**`) or as list items with a bold label whose children
//! are the content (`- **Review actions**:`); these are sections too.

use std::ops::Range;
use std::rc::Rc;

use super::heading::Heading;
use super::{Block, BlockKind, Outline};
use crate::parse::vocabulary::{HeadingRole, RoleSet, Vocabulary, fold_into};
use crate::words::trimmed;

/// Roles that end an action section when a heading inside it has them.
const NOT_ACTIONS: RoleSet = RoleSet::heading(HeadingRole::Timeline)
    .with(RoleSet::heading(HeadingRole::Lessons))
    .with(RoleSet::heading(HeadingRole::References))
    .with(RoleSet::heading(HeadingRole::RootCause))
    .with(RoleSet::heading(HeadingRole::Appendix));

/// Roles of what a plan follows.
const TOLD: RoleSet = RoleSet::heading(HeadingRole::Timeline).with(RoleSet::heading(HeadingRole::RootCause));

/// What begins a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectionSource {
    /// The beginning of the body.
    Top,
    /// A Markdown heading.
    Heading,
    /// A paragraph that is only a label.
    Label,
    /// A list item with a label; its children are the content.
    Item,
}

/// A section.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) source: SectionSource,
    /// 0 for the top, 1 to 6 for headings, 7 for labels, 8 for items.
    pub(crate) level: u8,
    /// Heading as plain text, in [`Outline::plain`].
    pub(crate) title: Range<usize>,
    /// The heading, folded.
    pub(crate) folded: Rc<str>,
    /// What its own heading says.
    pub(crate) own: RoleSet,
    /// What its heading means as the label of a value.
    pub(crate) label: RoleSet,
    /// Its heading is nothing but a word for a block of facts.
    pub(crate) names_facts: bool,
    /// With what it inherits from the sections around it.
    pub(crate) roles: RoleSet,
    pub(crate) parent: Option<u32>,
    /// Its blocks, heading and sub-sections included.
    pub(crate) blocks: Range<usize>,
    pub(crate) line: u32,
    /// Bytes of the decoded text.
    pub(crate) src: Range<usize>,
}

/// Finds the sections and gives every block its innermost one.
pub(super) fn find_sections(outline: &mut Outline, text_len: usize) {
    let single_h1 = outline.blocks.iter().filter(|block| block.kind == BlockKind::Heading(1)).count() == 1;
    let headings = outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).count();
    let mut sections = Vec::with_capacity(headings + 8);
    sections.push(top(outline, text_len));
    let mut finder = Finder { sections, open: vec![0], loose: 0, single_h1, told: false, last_fix: None };
    for index in 0..outline.blocks.len() {
        finder.close_items(&outline.blocks[index], index);
        let begins =
            opens(outline, index).or_else(|| finder.is_next_plain(outline, index).then_some((SectionSource::Label, 7)));
        if let Some((source, level)) = begins {
            finder.open(outline, index, source, level);
        }
        outline.blocks[index].section = *finder.open.last().expect("the top section is never closed");
    }
    finder.close(0, outline.blocks.len(), text_len);
    outline.sections = finder.sections;
}

fn top(outline: &Outline, text_len: usize) -> Section {
    Section {
        source: SectionSource::Top,
        level: 0,
        title: 0..0,
        folded: "".into(),
        own: RoleSet::NONE,
        label: RoleSet::NONE,
        names_facts: false,
        roles: RoleSet::NONE,
        parent: None,
        blocks: 0..outline.blocks.len(),
        line: 1,
        src: 0..text_len,
    }
}

/// Tells whether a block begins a section, and of which level.
fn opens(outline: &Outline, index: usize) -> Option<(SectionSource, u8)> {
    let block = &outline.blocks[index];
    match block.kind {
        BlockKind::Heading(level) => Some((SectionSource::Heading, level)),
        BlockKind::Paragraph if block.parent.is_none() => {
            is_label_paragraph(outline, block, outline.blocks.get(index + 1)).then_some((SectionSource::Label, 7))
        }
        BlockKind::Item { checked: None, .. } => is_label_item(outline, index).then_some((SectionSource::Item, 8)),
        _ => None,
    }
}

/// `**Timeline:**`, `**Must fix**`, `Timeline:` or, before a list, `Action items` alone.
fn is_label_paragraph(outline: &Outline, block: &Block, next: Option<&Block>) -> bool {
    let text = trimmed(outline.text(block));
    if text.is_empty() || text.len() > 100 || text.contains('\n') {
        return false;
    }
    let strong = outline.strong_in(&block.text);
    let all_strong = strong.first().is_some_and(|run| {
        run.start == block.text.start
            && outline.plain[run.end..block.text.end].trim_matches([':', ' ', '：']).is_empty()
    });
    let before_list = next.is_some_and(|next| matches!(next.kind, BlockKind::Item { .. } | BlockKind::Row { .. }));
    if all_strong {
        return !text.ends_with(['.', '?', '!']);
    }
    let colon = text.ends_with([':', '：']);
    if !before_list && !colon {
        return false;
    }
    // What stands in brackets only qualifies (`Timeline (UTC)`, `時系列（JST）`).
    let bracketed = text.split_once(" (").or_else(|| text.split_once('（'));
    let name = bracketed.filter(|_| colon || text.ends_with([')', '）'])).map_or(text, |(name, _)| name);
    let words = Vocabulary::get();
    if words.names_section(name) {
        return true;
    }
    colon && (before_list && is_short_heading(name) || !words.label_of(name).is_empty())
}

/// `- **Review actions**:` with children or text behind it, where the label is a heading word.
fn is_label_item(outline: &Outline, index: usize) -> bool {
    let block = &outline.blocks[index];
    let Some(first) = outline.strong_in(&block.text).first() else { return false };
    if first.start != block.text.start || first.len() > 60 {
        return false;
    }
    let label = &outline.plain[first.clone()];
    let rest = &outline.plain[first.end..block.text.end];
    if !(label.trim_end().ends_with([':', '：']) || rest.starts_with([':', '：']) || rest.trim().is_empty()) {
        return false;
    }
    // A task whose details follow is bold too, but has no colon.
    let alone = || rest.trim_matches([':', '：', ' ', '\n']).is_empty();
    let colon = label.trim_end().ends_with([':', '：']) || rest.starts_with([':', '：']);
    let named = Vocabulary::get().names_section(label) || colon && alone() && is_short_heading(label);
    named && (block.parent.is_none() || outline.children(index).next().is_some())
}

/// Whether a text of up to three words holds one for what a section is about.
fn is_short_heading(name: &str) -> bool {
    let mut folded = String::new();
    fold_into(name, &mut folded);
    folded.split(' ').count() <= 3 && !Vocabulary::get().heading(&folded).is_empty()
}

/// Whether the list below a heading begins with an instruction, not with what somebody did.
fn is_instructed(outline: &Outline, heading: usize) -> bool {
    let below = outline.blocks[heading + 1..].iter().take(3);
    let item = below.into_iter().find(|block| matches!(block.kind, BlockKind::Item { .. }));
    let mut folded = String::new();
    item.is_some_and(|item| {
        fold_into(outline.text(item), &mut folded);
        Vocabulary::get().instructs(&folded)
    })
}

/// Returns where the last heading stands that names the fix.
fn last_fix(outline: &Outline) -> usize {
    let names_fix = |block: &Block| {
        matches!(block.kind, BlockKind::Heading(_))
            && Heading::of(outline.text(block)).roles.has(HeadingRole::Resolution)
    };
    outline.blocks.iter().rposition(names_fix).unwrap_or(0)
}

/// `**Remedial action:**` before a list names what `Remedial actions` does.
fn in_plural(outline: &Outline, index: usize, folded: &str) -> RoleSet {
    let before_list =
        outline.blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Item { checked: None, .. }));
    let short = (2..=3).contains(&folded.split(' ').count());
    if !before_list || !short || !folded.is_ascii() || !outline.text(&outline.blocks[index]).contains(':') {
        return RoleSet::NONE;
    }
    let plural = format!("{folded}s");
    let ends = |(role, _, end): (HeadingRole, usize, usize)| role == HeadingRole::Actions && end == plural.len();
    let actions = Vocabulary::get().headings.all(&plural).any(ends);
    if actions { RoleSet::heading(HeadingRole::Actions) } else { RoleSet::NONE }
}

struct Finder {
    sections: Vec<Section>,
    open: Vec<u32>,
    /// So many of those that are open have no heading.
    loose: usize,
    single_h1: bool,
    /// A timeline or a cause has been told.
    told: bool,
    /// Where the last heading stands that names the fix, once somebody asked.
    last_fix: Option<usize>,
}

impl Finder {
    /// Where a plain line heads a section, the next one before a list heads another, whatever it names.
    fn is_next_plain(&self, outline: &Outline, index: usize) -> bool {
        let block = &outline.blocks[index];
        let open = &self.sections[*self.open.last().expect("the top section is never closed") as usize];
        if block.kind != BlockKind::Paragraph || block.parent.is_some() || open.source != SectionSource::Label {
            return false;
        }
        let text = trimmed(outline.text(block));
        outline.strong_in(&outline.blocks[open.blocks.start].text).is_empty()
            && (2..=60).contains(&text.len())
            && !text.contains('\n')
            && !text.ends_with(['.', ':', ';', ',', '?', '!'])
            && outline.blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Item { .. }))
    }

    fn open(&mut self, outline: &Outline, index: usize, source: SectionSource, level: u8) {
        let block = &outline.blocks[index];
        if source != SectionSource::Item {
            let keep = self.open.iter().take_while(|open| self.sections[**open as usize].level < level).count();
            self.close(keep, index, block.src.start);
        }
        let title = match source {
            SectionSource::Item => outline.strong_in(&block.text)[0].clone(),
            _ => block.text.clone(),
        };
        let Heading { folded, roles: mut own, by_place, label, names_facts } =
            Heading::of(&outline.plain[title.clone()]);
        if own.is_empty() && source == SectionSource::Label {
            own = in_plural(outline, index, &folded);
        }
        if !by_place.is_empty() && source != SectionSource::Item {
            own = self.by_place(outline, index, by_place);
        }
        let parent = *self.open.last().expect("the top section is never closed");
        // A document's title says what the document is, not what every section of it is about.
        let is_title = self.single_h1 && level == 1;
        let outer = self.sections[parent as usize].roles;
        let term = || Vocabulary::get().term(&folded);
        // `**Actions:**` or `### Immediate actions` inside the story of a fix lists what was done, not what is to do.
        if own.has(HeadingRole::Actions)
            && outer.has(HeadingRole::Resolution)
            && !outer.has(HeadingRole::Actions)
            && (source == SectionSource::Label || term() == Some(true) && !is_instructed(outline, index))
        {
            own = own.without(HeadingRole::Actions);
        }
        // What a conclusion calls improvements has been reached.
        let words = Vocabulary::get();
        self.told |= own.meets(TOLD);
        if own.has(HeadingRole::Actions)
            && words.gains.contains(&*folded)
            && words.closings.contains(&*self.sections[parent as usize].folded)
        {
            own = own.without(HeadingRole::Actions);
        }
        // Measures of prevention that are sorted by when they are due are work to do.
        if outer.has(HeadingRole::Prevention) && term().is_some() {
            own = own.with(RoleSet::heading(HeadingRole::Actions));
        }
        let roles = if is_title { RoleSet::NONE } else { inherited(own, outer) };
        self.loose += usize::from(source != SectionSource::Heading);
        self.open.push(u32::try_from(self.sections.len()).unwrap_or(u32::MAX));
        self.sections.push(Section {
            source,
            level,
            title,
            folded,
            own,
            label,
            names_facts,
            roles,
            parent: Some(parent),
            blocks: index..index + 1,
            line: block.line,
            src: block.src.clone(),
        });
    }

    /// Returns what a heading says by its place: a plan behind the timeline or the cause, an origin before the fix, a response
    /// where no other heading names one.
    fn by_place(&mut self, outline: &Outline, index: usize, roles: RoleSet) -> RoleSet {
        // The top, the title and a section between them.
        let behind_others = self.sections.len() > 2;
        if roles.has(HeadingRole::Actions) && self.told {
            RoleSet::heading(HeadingRole::Actions)
        } else if roles.has(HeadingRole::RootCause)
            && behind_others
            && *self.last_fix.get_or_insert_with(|| last_fix(outline)) > index
        {
            RoleSet::heading(HeadingRole::RootCause)
        } else if roles.has(HeadingRole::Resolution)
            && behind_others
            && *self.last_fix.get_or_insert_with(|| last_fix(outline)) == 0
        {
            RoleSet::heading(HeadingRole::Resolution)
        } else {
            RoleSet::NONE
        }
    }

    /// Closes item sections whose item has ended, and label sections at a thematic break.
    fn close_items(&mut self, block: &Block, index: usize) {
        if self.loose == 0 {
            return;
        }
        let keep = self.open.iter().take_while(|open| {
            let section = &self.sections[**open as usize];
            match section.source {
                SectionSource::Item => block.src.start < section.src.end,
                SectionSource::Label => block.kind != BlockKind::Rule,
                _ => true,
            }
        });
        let keep = keep.count();
        if keep < self.open.len() {
            self.close(keep, index, block.src.start);
        }
    }

    fn close(&mut self, keep: usize, index: usize, at: usize) {
        for open in self.open.drain(keep..) {
            let section = &mut self.sections[open as usize];
            section.blocks.end = index;
            self.loose -= usize::from(matches!(section.source, SectionSource::Label | SectionSource::Item));
            if section.source != SectionSource::Item {
                section.src.end = at.max(section.src.end);
            }
        }
    }
}

/// A section is about what its heading says, and about what the section around it is about where its own heading says
/// nothing; being about actions goes on through most sub-headings (`Detection` inside `Action items`).
fn inherited(own: RoleSet, outer: RoleSet) -> RoleSet {
    let actions = RoleSet::heading(HeadingRole::Actions);
    if own.is_empty() {
        outer
    } else if outer.meets(actions) && !own.meets(NOT_ACTIONS) {
        own.with(actions)
    } else {
        own
    }
}
