//! Labelled values: every `label: value` of a document, wherever it stands.
//!
//! Front-matter keys, `**Label:** value` and `Label: value` lines and list items, headings (`## Severity: high`, or
//! `## Status` with the value below) and the rows of field tables all give the same thing: a [`Labelled`].

mod header;
mod line;
mod table;

use std::ops::Range;

use super::front_matter::Split;
use super::lines::LineIndex;
use super::outline::{Block, BlockKind, Outline, SectionSource};
use super::vocabulary::{HeadingRole, LabelRole, RoleSet, Vocabulary, fold};
use crate::model::{FrontMatterEntry, Origin, OriginKind};
use crate::words::trimmed;

/// The part of the document that a label stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    /// The block at the top.
    FrontMatter,
    /// Above the first section that is about something, or in a section of facts.
    Header,
    /// Anywhere else.
    Body,
    /// After the last rule, where there is no heading any more.
    Footer,
}

/// One labelled value.
#[derive(Debug, Clone)]
pub(crate) struct Labelled<'a> {
    /// What the label may mean.
    pub(crate) roles: RoleSet,
    /// The value as plain text.
    pub(crate) value: &'a str,
    pub(crate) origin: Origin,
    pub(crate) zone: Zone,
    /// Inside a section of action items: says something of an item, not of the document.
    pub(crate) in_actions: bool,
    /// Section it stands in.
    pub(crate) section: u32,
}

impl Labelled<'_> {
    /// Tells whether the label may mean `role`.
    pub(crate) fn means(&self, role: LabelRole) -> bool {
        self.roles.means(role)
    }
}

/// Roles whose value is one short text, so that it may also stand below a heading.
const BELOW_HEADING: RoleSet = RoleSet::labels(&[
    LabelRole::Title,
    LabelRole::Id,
    LabelRole::Date,
    LabelRole::DateWeak,
    LabelRole::Severity,
    LabelRole::SeverityWeak,
    LabelRole::Status,
    LabelRole::Services,
    LabelRole::Owners,
    LabelRole::Tags,
    LabelRole::Category,
    LabelRole::Project,
    LabelRole::DurationTotal,
    LabelRole::DurationDetect,
    LabelRole::DurationMitigate,
    LabelRole::DurationResolve,
    LabelRole::Started,
    LabelRole::Detected,
    LabelRole::NextReview,
    LabelRole::Reviewer,
]);

/// A value in a paragraph of its own is at most so long.
const SHORT_VALUE: usize = 80;

/// So many facts make a header.
const FACTS: usize = 3;

/// Collects every labelled value of a document in the order written.
pub(crate) fn collect<'a>(outline: &'a Outline, split: &'a Split, lines: &'a LineIndex) -> Vec<Labelled<'a>> {
    let found = Vec::with_capacity(32);
    let mut collector = Collector { outline, lines, in_header: header::in_header(outline), foot: foot(outline), found };
    collector.front_matter(split);
    for index in 0..outline.blocks.len() {
        collector.block(index);
    }
    collector.found
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}

/// Returns the last rule if no heading stands behind it: what does is the footer.
fn foot(outline: &Outline) -> Option<usize> {
    let last = outline.blocks.iter().rposition(|block| block.kind == BlockKind::Rule || is_heading(block))?;
    let is_foot = !is_heading(&outline.blocks[last]) && outline.blocks[..last].iter().any(is_heading);
    is_foot.then_some(last)
}

/// Returns the last name of a path that front matter may have at its top, or below a few words for all of it.
fn key_of(path: &str) -> Option<&str> {
    let Some(dot) = memchr::memrchr(b'.', path.as_bytes()) else { return Some(path) };
    let above = &path[..dot];
    let is_top = matches!(above, "incident" | "metadata" | "meta" | "ris" | "extra" | "params" | "taxonomies");
    is_top.then(|| &path[dot + 1..])
}

struct Collector<'a> {
    outline: &'a Outline,
    lines: &'a LineIndex,
    /// Which sections are of the header.
    in_header: Vec<bool>,
    /// Behind this block stands the footer.
    foot: Option<usize>,
    found: Vec<Labelled<'a>>,
}

impl<'a> Collector<'a> {
    fn front_matter(&mut self, split: &'a Split) {
        let Some(front_matter) = &split.front_matter else { return };
        let words = Vocabulary::get();
        // The values of a list stand one behind the other.
        let (mut last, mut roles) = ("", RoleSet::NONE);
        for entry in &front_matter.entries {
            if last != entry.path {
                last = &entry.path;
                roles = key_of(last).map_or(RoleSet::NONE, |key| words.label_of(key));
            }
            if !roles.is_empty() {
                let mut origin = Origin::new(OriginKind::FrontMatter, entry.line);
                origin.span = entry.span;
                let value = trimmed(&entry.value);
                self.found.push(Labelled {
                    roles,
                    value,
                    origin,
                    zone: Zone::FrontMatter,
                    in_actions: false,
                    section: 0,
                });
            }
        }
        self.nested_severity(&front_matter.entries);
    }

    /// `scope:` above `severity: high`: where the top has none, the one that stands below another word.
    fn nested_severity(&mut self, entries: &'a [FrontMatterEntry]) {
        let severity = RoleSet::label(LabelRole::Severity);
        if self.found.iter().any(|label| label.means(LabelRole::Severity)) {
            return;
        }
        let below = |entry: &&FrontMatterEntry| {
            let Some((_, key)) = entry.path.split_once('.').filter(|_| !entry.in_list) else { return false };
            !key.contains('.') && Vocabulary::get().label_of(key).means(LabelRole::Severity)
        };
        let mut nested = entries.iter().filter(below);
        if let (Some(entry), None) = (nested.next(), nested.next()) {
            let origin = Origin { span: entry.span, ..Origin::new(OriginKind::FrontMatter, entry.line) };
            let (value, zone) = (trimmed(&entry.value), Zone::FrontMatter);
            self.found.push(Labelled { roles: severity, value, origin, zone, in_actions: false, section: 0 });
        }
    }

    fn block(&mut self, index: usize) {
        let outline = self.outline;
        let block = &outline.blocks[index];
        match block.kind {
            BlockKind::Paragraph => {
                self.text_block(index, OriginKind::Label);
                self.below_label(index);
            }
            BlockKind::Item { checked: None, .. } => {
                self.text_block(index, OriginKind::List);
                self.inside_label(index);
            }
            BlockKind::Heading(_) => self.heading(index),
            BlockKind::Row { header: true, .. } => table::collect(self, index),
            _ => {}
        }
    }

    fn text_block(&mut self, index: usize, kind: OriginKind) {
        let outline = self.outline;
        let block = &outline.blocks[index];
        if let Some((roles, label)) = line::bold_line(outline, block)
            && let Some(value) = below_line(outline, roles, label.end..block.text.end)
        {
            let line = outline.line_at(block, label.start, self.lines);
            self.push(index, roles, value, Origin::new(kind, line));
        }
        line::labels_of(outline, block, &mut |roles, value, at| {
            // A bold label keeps the kind `label` in a list too.
            let line = outline.line_at(block, at, self.lines);
            let same_line = trimmed(&outline.plain[outline.behind_struck(value.clone())]);
            let below = || below_line(outline, roles, value.end..block.text.end);
            let value = if same_line.is_empty() { below().unwrap_or("") } else { same_line };
            self.push(index, roles, value, Origin::new(kind, line));
        });
    }

    /// `Severity:` alone in a paragraph has its value in the short one below.
    fn below_label(&mut self, index: usize) {
        let outline = self.outline;
        let block = &outline.blocks[index];
        let Some(next) = outline.blocks.get(index + 1).filter(|next| next.kind == BlockKind::Paragraph) else { return };
        let text = outline.text(block).trim_end();
        let value = trimmed(outline.text(next));
        if !text.ends_with([':', '：']) || value.is_empty() || value.len() > SHORT_VALUE || next.parent != block.parent
        {
            return;
        }
        let roles = Vocabulary::get().label(&fold(text));
        if BELOW_HEADING.meets(roles) && is_plain_value(value) {
            let origin = Origin::new(OriginKind::Label, next.line);
            self.push(index, roles, value, origin);
        }
    }

    /// `* Severity:` has its value in the one short item that stands inside it.
    fn inside_label(&mut self, index: usize) {
        let outline = self.outline;
        let text = outline.text(&outline.blocks[index]).trim_end();
        if !text.ends_with([':', '：']) {
            return;
        }
        let mut inside = outline.children(index);
        let Some((at, child)) = inside.next().filter(|_| inside.next().is_none()) else { return };
        let value = trimmed(outline.text(child));
        if matches!(child.kind, BlockKind::Item { checked: None, .. })
            && outline.children(at).next().is_none()
            && value.len() <= SHORT_VALUE
            && is_plain_value(value)
        {
            let roles = Vocabulary::get().label(&fold(text));
            if BELOW_HEADING.meets(roles) {
                self.push(index, roles, value, Origin::new(OriginKind::List, child.line));
            }
        }
    }

    fn heading(&mut self, index: usize) {
        let outline = self.outline;
        let block = &outline.blocks[index];
        let mut labelled = false;
        line::labels_of_heading(outline, block, &mut |roles, value, _| {
            if !value.is_empty() {
                labelled = true;
                let value = trimmed(&outline.plain[outline.behind_struck(value)]);
                self.push(index, roles, value, Origin::new(OriginKind::Heading, block.line));
            }
        });
        let section = outline.section_of(block);
        if !labelled && BELOW_HEADING.meets(section.label) {
            self.below_heading(index, section.label);
        }
    }

    /// The value stands in the paragraph or the list below the heading.
    fn below_heading(&mut self, index: usize, roles: RoleSet) {
        let outline = self.outline;
        let below = outline.blocks.iter().enumerate().skip(index + 1).take(12);
        for (count, (_, block)) in below.enumerate() {
            match block.kind {
                BlockKind::Paragraph if count == 0 => {
                    for range in outline.text_lines(block) {
                        let line = outline.line_at(block, range.start, self.lines);
                        let value = trimmed(&outline.plain[range]);
                        self.push(index, roles, value, Origin::new(OriginKind::Heading, line));
                    }
                    return;
                }
                BlockKind::Item { checked: None, .. } if block.parent.is_none() => {
                    let value = trimmed(outline.text(block));
                    if roles.means(LabelRole::Status) && !names_state(value) {
                        continue;
                    }
                    self.push(index, roles, value, Origin::new(OriginKind::Heading, block.line));
                }
                _ => return,
            }
        }
    }

    fn push(&mut self, index: usize, roles: RoleSet, value: &'a str, origin: Origin) {
        let block = &self.outline.blocks[index];
        let section = block.section;
        let about = self.outline.sections[section as usize].roles;
        // Lines below the last rule speak of the document, though no heading ends the section above it.
        let zone = self.zone(index);
        let is_foot = zone == Zone::Footer && block.kind == BlockKind::Paragraph;
        let in_actions = about.has(HeadingRole::Actions) && !is_foot && !self.is_head(index);
        self.found.push(Labelled { roles, value, origin, zone, in_actions, section });
    }

    /// Whether a block is the paragraph of facts that makes a heading one of the header, whatever the heading is about
    /// (`## Immediate actions: leaked token` as the second line of a title).
    fn is_head(&self, index: usize) -> bool {
        let block = &self.outline.blocks[index];
        let section = &self.outline.sections[block.section as usize];
        self.in_header[block.section as usize]
            && section.source == SectionSource::Heading
            && block.kind == BlockKind::Paragraph
            && index == section.blocks.start + 1
    }

    /// Returns the zone of a block.
    fn zone(&self, index: usize) -> Zone {
        if self.in_header[self.outline.blocks[index].section as usize] {
            Zone::Header
        } else if self.foot.is_some_and(|foot| index > foot) {
            Zone::Footer
        } else {
            Zone::Body
        }
    }
}

/// Whether a text is one line and has no label of its own.
fn is_plain_value(value: &str) -> bool {
    !value.is_empty() && !value.contains('\n') && !value.contains(": ") && !value.ends_with([':', '：'])
}

/// Whether an item of a list below `Status` begins with a state; others tell how each of several things is
/// (`Cron jobs active`).
fn names_state(item: &str) -> bool {
    Vocabulary::get().status.first(&fold(item)).is_some_and(|(_, start, _)| start == 0)
}

/// Tells whether a heading is a labelled value (`## Owner: Morty`), not a title.
pub(crate) fn is_field_heading(outline: &Outline, section: &super::outline::Section) -> bool {
    let mut field = false;
    line::labels(outline, &section.title, &mut |roles, _, _| {
        field = BELOW_HEADING.without_label(LabelRole::Title).meets(roles);
    });
    field
}

/// Returns the value of a label that ends a line, from `rest`, the end of that line and all behind it: a cause is told by
/// all lines below, a field by the next one.
fn below_line(outline: &Outline, roles: RoleSet, rest: Range<usize>) -> Option<&str> {
    let value = match roles.means(LabelRole::RootCause) {
        true => Some(trimmed(&outline.plain[rest])),
        false => next_line(outline, rest).filter(|_| BELOW_HEADING.meets(roles)),
    };
    value.filter(|value| !value.is_empty())
}

/// Returns the short line that follows the one that `rest` is the end of (`**Severity:**` above `Critical`).
fn next_line(outline: &Outline, rest: Range<usize>) -> Option<&str> {
    let text = &outline.plain[rest.clone()];
    let (end, below) = text.split_once('\n')?;
    let line = below.lines().next().unwrap_or_default();
    let start = rest.start + end.len() + 1;
    let is_plain = outline.strong_in(&(start..start + line.len())).is_empty() && !line.contains([':', '：']);
    let value = trimmed(line);
    (trimmed(end).is_empty() && is_plain && !value.is_empty() && value.len() <= SHORT_VALUE).then_some(value)
}

#[cfg(test)]
mod tests;
