//! Sections: what stands under which heading, and what a heading is about.
//!
//! People also write headings as bold paragraphs (`**Timeline:**`) or as list items with a bold label whose children
//! are the content (`- **Review actions**:`); these are sections too.

use std::ops::Range;

use super::{Block, BlockKind, Outline};
use crate::parse::vocabulary::{HeadingRole, RoleSet, Vocabulary, fold_into};

/// Roles that end an action section when a heading inside it has them.
const NOT_ACTIONS: RoleSet = RoleSet::heading(HeadingRole::Timeline)
    .with(RoleSet::heading(HeadingRole::Lessons))
    .with(RoleSet::heading(HeadingRole::References))
    .with(RoleSet::heading(HeadingRole::RootCause))
    .with(RoleSet::heading(HeadingRole::Appendix));

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
    pub(crate) folded: String,
    /// What its own heading says.
    pub(crate) own: RoleSet,
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
    let mut finder = Finder { sections, open: vec![0], single_h1 };
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
        folded: String::new(),
        own: RoleSet::NONE,
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
    let text = outline.text(block).trim();
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
    if !before_list && !text.ends_with(':') {
        return false;
    }
    // What stands in brackets only qualifies (`Timeline (UTC)`).
    let name = text.split_once(" (").filter(|_| text.ends_with([')', ':'])).map_or(text, |(name, _)| name);
    let mut folded = String::new();
    fold_into(name, &mut folded);
    let words = Vocabulary::get();
    let whole = words.headings.whole(&folded).next().is_some();
    let named = text.ends_with(':') && folded.split(' ').count() <= 3 && !words.heading(&folded).is_empty();
    (before_list && (whole || named)) || (text.ends_with(':') && (whole || !words.label(&folded).is_empty()))
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
    let mut folded = String::new();
    fold_into(label, &mut folded);
    let words = Vocabulary::get();
    let whole = words.headings.whole(&folded).next().is_some();
    // A task whose details follow is bold too, but has no colon.
    let alone = rest.trim_matches([':', '：', ' ', '\n']).is_empty();
    let colon = label.trim_end().ends_with([':', '：']) || rest.starts_with([':', '：']);
    let named = alone && colon && folded.split(' ').count() <= 3 && !words.heading(&folded).is_empty();
    (whole || named) && (outline.children(index).next().is_some() || block.parent.is_none())
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

/// Whether a heading below names the fix.
fn is_fixed_below(outline: &Outline, index: usize) -> bool {
    let headings = outline.blocks[index + 1..].iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let mut folded = String::new();
    headings.into_iter().any(|block| {
        folded.clear();
        fold_into(outline.text(block), &mut folded);
        Vocabulary::get().heading(&folded).has(HeadingRole::Resolution)
    })
}

/// `**Remedial action:**` before a list names what `Remedial actions` does.
fn in_plural(outline: &Outline, index: usize, source: SectionSource, folded: &str) -> RoleSet {
    let before_list =
        outline.blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Item { checked: None, .. }));
    let labels = source == SectionSource::Label && before_list && folded.is_ascii();
    if !labels || !(2..=3).contains(&folded.split(' ').count()) || !outline.text(&outline.blocks[index]).contains(':') {
        return RoleSet::NONE;
    }
    let actions = Vocabulary::get().heading(&format!("{folded}s")).has(HeadingRole::Actions);
    if actions { RoleSet::heading(HeadingRole::Actions) } else { RoleSet::NONE }
}

struct Finder {
    sections: Vec<Section>,
    open: Vec<u32>,
    single_h1: bool,
}

impl Finder {
    /// Where a plain line heads a section, the next one before a list heads another, whatever it names.
    fn is_next_plain(&self, outline: &Outline, index: usize) -> bool {
        let block = &outline.blocks[index];
        let open = &self.sections[*self.open.last().expect("the top section is never closed") as usize];
        if block.kind != BlockKind::Paragraph || block.parent.is_some() || open.source != SectionSource::Label {
            return false;
        }
        let text = outline.text(block).trim();
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
        let mut folded = String::new();
        fold_into(&outline.plain[title.clone()], &mut folded);
        let mut own = own_roles(&outline.plain[title.clone()], &folded);
        if own.is_empty() && matches!(source, SectionSource::Heading | SectionSource::Label) {
            own = self.by_place(outline, index, &folded).with(in_plural(outline, index, source, &folded));
        }
        let parent = *self.open.last().expect("the top section is never closed");
        // A document's title says what the document is, not what every section of it is about.
        let is_title = self.single_h1 && level == 1;
        let outer = self.sections[parent as usize].roles;
        let term = Vocabulary::get().term(&folded);
        // `**Actions:**` or `### Immediate actions` inside the story of a fix lists what was done, not what is to do.
        if outer.has(HeadingRole::Resolution)
            && !outer.has(HeadingRole::Actions)
            && (source == SectionSource::Label || term == Some(true) && !is_instructed(outline, index))
        {
            own = own.without(HeadingRole::Actions);
        }
        // What a conclusion calls improvements has been reached.
        let words = Vocabulary::get();
        if own.has(HeadingRole::Actions)
            && words.gains.contains(folded.as_str())
            && words.closings.contains(self.sections[parent as usize].folded.as_str())
        {
            own = own.without(HeadingRole::Actions);
        }
        // Measures of prevention that are sorted by when they are due are work to do.
        if outer.has(HeadingRole::Prevention) && term.is_some() {
            own = own.with(RoleSet::heading(HeadingRole::Actions));
        }
        let roles = if is_title { RoleSet::NONE } else { inherited(own, outer) };
        self.open.push(u32::try_from(self.sections.len()).unwrap_or(u32::MAX));
        self.sections.push(Section {
            source,
            level,
            title,
            folded,
            own,
            roles,
            parent: Some(parent),
            blocks: index..index + 1,
            line: block.line,
            src: block.src.clone(),
        });
    }

    /// Returns what a heading says by its place: a plan behind the timeline or the cause, an origin before the fix.
    fn by_place(&self, outline: &Outline, index: usize, folded: &str) -> RoleSet {
        let words = Vocabulary::get();
        let title = outline.text(&outline.blocks[index]);
        let mut outside = String::new();
        let name = match title.split_once('(') {
            Some((name, _)) => {
                fold_into(name, &mut outside);
                outside.trim_end()
            }
            None => folded,
        };
        let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let told = RoleSet::heading(HeadingRole::Timeline).with(RoleSet::heading(HeadingRole::RootCause));
        let stands = |role: &HeadingRole| match role {
            HeadingRole::Actions => self.sections.iter().any(|section| section.own.meets(told)),
            HeadingRole::RootCause => {
                let beside = |it: &Section| it.source == SectionSource::Heading && it.level > 1;
                self.sections.iter().any(beside) && is_fixed_below(outline, index)
            }
            _ => true,
        };
        words.headings_by_place.whole(name).filter(stands).fold(RoleSet::NONE, |set, role| set.with(RoleSet::heading(role)))
    }

    /// Closes item sections whose item has ended, and label sections at a thematic break.
    fn close_items(&mut self, block: &Block, index: usize) {
        let keep = self.open.iter().take_while(|open| {
            let section = &self.sections[**open as usize];
            match section.source {
                SectionSource::Item => block.src.start < section.src.end,
                SectionSource::Label => block.kind != BlockKind::Rule,
                _ => true,
            }
        });
        let keep = keep.count();
        self.close(keep, index, block.src.start);
    }

    fn close(&mut self, keep: usize, index: usize, at: usize) {
        for open in self.open.drain(keep..) {
            let section = &mut self.sections[open as usize];
            section.blocks.end = index;
            if section.source != SectionSource::Item {
                section.src.end = at.max(section.src.end);
            }
        }
    }
}

/// Returns what a heading says; a plan of when to do what (`Recommended timeline`) is neither timeline nor actions.
///
/// What stands in brackets only qualifies (`Low Priority (Nice to Have)`).
fn own_roles(title: &str, folded: &str) -> RoleSet {
    let words = Vocabulary::get();
    let closed = memchr::memrchr(b')', title.as_bytes());
    let own = match (closed.and_then(|_| title.find('(')), closed) {
        (Some(open), Some(close)) if open > 0 && open < close => {
            let mut outside = String::new();
            fold_into(&title[..open], &mut outside);
            outside.push(' ');
            fold_into(&title[close + 1..], &mut outside);
            let outside = words.heading(outside.trim_end());
            if outside.is_empty() { translated(&title[..open], &title[open + 1..close]) } else { outside }
        }
        _ => words.heading(folded),
    };
    if own.has(HeadingRole::Timeline) && own.has(HeadingRole::Actions) {
        return own.without(HeadingRole::Actions).without(HeadingRole::Timeline);
    }
    own
}

/// Returns what the brackets of a heading say where they name a section: `สาเหตุหลัก (Root Cause)`. Beside words of the
/// same script they may as well say how much an action matters (`Low priority (nice to have)`).
fn translated(name: &str, inner: &str) -> RoleSet {
    let mut folded = String::new();
    fold_into(inner, &mut folded);
    let roles =
        Vocabulary::get().headings.whole(&folded).fold(RoleSet::NONE, |set, role| set.with(RoleSet::heading(role)));
    if name.is_ascii() { roles.without(HeadingRole::Actions) } else { roles }
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
