//! Finding the entries: as table rows, headings, list items or lines of text.

use std::ops::Range;

use super::columns::Columns;
use super::index_page::lists_documents;
use super::places::{
    inside, part_of_day, tells, when_in_brackets, when_of_heading, without, without_brackets, without_note,
};
use super::{Found, Piece};
use crate::parse::extract::{Source, in_one_line};
use crate::parse::outline::{Block, BlockKind, Outline, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, RoleSet};
use crate::parse::when::{self, DateReading, When};

/// Sub-sections about these hold no entries, whatever they begin with.
pub(super) const OTHER: RoleSet = RoleSet::heading(HeadingRole::RootCause)
    .with(RoleSet::heading(HeadingRole::Actions))
    .with(RoleSet::heading(HeadingRole::Lessons))
    .with(RoleSet::heading(HeadingRole::References))
    .with(RoleSet::heading(HeadingRole::Prevention));

/// So many lists are looked through for the one that an item belongs to.
const RECENT_LISTS: usize = 32;

/// Returns the number of entries.
pub(super) fn entries(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| matches!(piece, Piece::Entry(_))).count()
}

/// Reads blocks as entries.
pub(super) struct Gatherer<'a> {
    pub(super) source: &'a Source<'a>,
    /// Lines begin with times like `11.07`.
    dotted: bool,
    pub(super) pieces: Vec<Piece>,
    /// The entry (an item or a heading) that is open: what stands inside it is its text.
    pub(super) inside: Option<Range<usize>>,
    columns: Option<(u32, Columns)>,
    /// The date that stands alone above the items of a section.
    pub(super) day: Option<(u32, DateReading)>,
    /// Pieces of items that say nothing but a time, as a form has them: what stands behind the list may still be their text.
    bare: Vec<usize>,
    /// Lists, by their section and the item that they stand in.
    lists: Vec<((u32, Option<u32>), Tally)>,
}

/// What one list of a timeline holds.
#[derive(Default)]
struct Tally {
    timed: usize,
    /// Pieces of the items that state no time.
    untimed: Vec<usize>,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            dotted: false,
            pieces: Vec::new(),
            inside: None,
            columns: None,
            day: None,
            bare: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// Returns how times are written here.
    pub(super) fn when(&self) -> when::Context<'a> {
        when::Context { dotted: self.dotted, ..self.source.when(None) }
    }

    /// Reads one section that is called a timeline.
    pub(super) fn section(mut self, section: &Section) -> Vec<Piece> {
        let outline = self.source.outline;
        self.dotted = has_dotted_times(outline, section);
        self.pieces.reserve(section.blocks.len().min(16));
        let is_entry = is_time(self.source, section);
        if !is_entry {
            self.declared(&outline.plain[section.title.clone()], true);
        }
        for index in section.blocks.clone() {
            let block = &outline.blocks[index];
            let of = outline.section_of(block);
            let elsewhere = block.section as usize != index_of(outline, section)
                && of.own.meets(OTHER)
                && !of.own.has(HeadingRole::Timeline);
            let is_title = !is_entry && index == section.blocks.start && section.source != SectionSource::Top;
            if !is_title && !elsewhere {
                self.block(index, section);
            }
        }
        // A line before the fence may have declared a zone or a date.
        if entries(&self.pieces) == 0 {
            self.code(section);
        }
        self.finish()
    }

    /// Returns what was read.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.drop_loose();
        self.without_untimed()
    }

    /// Items without a time are entries where most items of their list have one; else they may be anything. Those of which
    /// nothing is told are none.
    fn drop_loose(&mut self) {
        let mut dropped: Vec<usize> = Vec::new();
        for (_, tally) in self.lists.drain(..).filter(|(_, tally)| tally.timed <= tally.untimed.len()) {
            dropped.extend(tally.untimed);
        }
        let says_nothing = |piece: &usize| matches!(&self.pieces[*piece], Piece::Entry(found) if found.text.is_empty());
        dropped.extend(self.bare.drain(..).filter(says_nothing));
        dropped.sort_unstable();
        dropped.dedup();
        let mut dropped = dropped.into_iter().peekable();
        let mut at = 0;
        self.pieces.retain(|_| {
            let keep = dropped.next_if_eq(&at).is_none();
            at += 1;
            keep
        });
    }

    fn tally(&mut self, block: &Block) -> &mut Tally {
        let key = (block.section, block.parent);
        // The list is among those that were read last.
        let recent = self.lists.len().saturating_sub(RECENT_LISTS);
        let at = self.lists[recent..].iter().rposition(|(of, _)| *of == key).map(|at| recent + at);
        let at = at.unwrap_or_else(|| {
            self.lists.push((key, Tally::default()));
            self.lists.len() - 1
        });
        &mut self.lists[at].1
    }

    fn block(&mut self, index: usize, section: &Section) {
        let block = &self.source.outline.blocks[index];
        if self.inside.as_ref().is_some_and(|inside| block.src.start < inside.end) {
            return;
        }
        match block.kind {
            BlockKind::Heading(_) => self.heading(index, section),
            BlockKind::Item { .. } if lists_documents(self.source, index) => {}
            BlockKind::Item { .. } => self.item(index),
            BlockKind::Paragraph => self.paragraph(block),
            BlockKind::Row { header, table } => self.row(block, header, table),
            _ => {}
        }
    }

    /// An item that begins with a time (or ends with one, as key events do) is an entry; one with only a date above
    /// timed items dates them.
    pub(super) fn item(&mut self, index: usize) {
        let (outline, cx) = (self.source.outline, self.when());
        let block = &outline.blocks[index];
        let text = without_note(outline.text(block));
        if let Some(scanned) = when::scan_place(text, &cx) {
            let when = scanned.when;
            let is_day = when.time.is_none() && (when.date.is_some() || when.two_ways);
            if is_day && self.has_entries(inside(outline, index)) {
                self.pieces.extend(when.date.map(Piece::Date));
                return;
            }
            self.tally(block).timed += 1;
            if is_bare(outline, index, &text[scanned.end..]) {
                self.bare.push(self.pieces.len());
            }
            self.push(when, &text[..scanned.end], &text[scanned.end..], block.line, false);
            self.inside = Some(block.src.clone());
        } else if let Some((when, start)) = only_line(text).and_then(|line| when::scan_end(line, &cx)) {
            self.tally(block).timed += 1;
            self.push(when, text[start..].trim(), &text[..start], block.line, true);
            self.inside = Some(block.src.clone());
        } else if let Some((when, range)) = when_in_brackets(text, &cx) {
            self.tally(block).timed += 1;
            self.push(when, &text[range.start + 1..range.end - 1], &without(text, &range), block.line, false);
            self.inside = Some(block.src.clone());
        } else if let Some(day) = self.day_of(block).filter(|_| tells(outline, index))
            && !self.has_entries(inside(outline, index))
        {
            self.tally(block).timed += 1;
            let when = When { date: Some(day), ..When::default() };
            self.push(when, "", text, block.line, false);
            self.inside = Some(block.src.clone());
        } else if let Some((date, end)) = part_of_day(text, &cx, self.source.words) {
            let piece = self.pieces.len();
            let tally = self.tally(block);
            if date.is_some() {
                tally.timed += 1;
            } else {
                tally.untimed.push(piece);
            }
            let when = When { date, ..When::unknown() };
            self.push(when, &text[..end], &text[end..], block.line, false);
            self.inside = Some(block.src.clone());
        } else if self.may_be_entry(index) {
            let piece = self.pieces.len();
            self.tally(block).untimed.push(piece);
            self.push(When::unknown(), "", text, block.line, false);
        }
    }

    /// Returns the day of a list that stands below a date of its own.
    fn day_of(&self, block: &Block) -> Option<DateReading> {
        let (section, day) = self.day?;
        (block.section == section && block.parent.is_none() && day.day.is_some()).then_some(day)
    }

    /// Whether an item without a time may be an entry all the same.
    fn may_be_entry(&self, index: usize) -> bool {
        let outline = self.source.outline;
        tells(outline, index) && !outline.children(index).any(|(_, child)| matches!(child.kind, BlockKind::Item { .. }))
    }

    pub(super) fn row(&mut self, block: &Block, header: bool, table: u32) {
        let outline = self.source.outline;
        if header {
            let columns = Columns::of_header(outline.cells(block), &self.when());
            self.pieces.push(Piece::Begin);
            self.pieces.extend(columns.zone.map(Piece::Zone));
            self.pieces.extend(columns.year.map(Piece::Year));
            self.pieces.extend(columns.day.map(Piece::Date));
            self.columns = Some((table, columns));
            return;
        }
        let Some((_, columns)) = self.columns.as_ref().filter(|(of, _)| *of == table) else { return };
        let cells: Vec<&str> = outline.cells(block).collect();
        let Some((raw, text)) = columns.split(&cells) else { return };
        let scanned = when::scan_place(&columns.time(&raw), &self.source.when(columns.year));
        match scanned {
            Some(scanned) if columns.has_severity && scanned.when.time.is_none() => {}
            Some(scanned) => self.push(scanned.when, &raw, &text, block.line, false),
            // A row of dots stands for rows left out.
            None if columns.is_certain && says_something(&raw, &text) => {
                self.push(When::unknown(), &raw, &text, block.line, false);
            }
            None => {}
        }
    }

    pub(super) fn push(&mut self, when: When, raw: &str, text: &str, line: u32, key_event: bool) {
        let clean =
            |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|' | '*' | '_' | '→' | '>' | '.');
        let raw = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '`'));
        let (raw, text) = without_brackets(raw, text);
        let text = text.trim_start_matches(clean).trim_end_matches([' ', '\n', ':']).trim_end();
        let (raw, text) = (raw.to_owned(), in_one_line(text).into_owned());
        self.pieces.push(Piece::Entry(Found { when, raw, text, line, key_event }));
    }

    /// Entries that say only `Unknown` or `Ongoing` count beside timed ones, not alone.
    fn without_untimed(mut self) -> Vec<Piece> {
        let timed = |piece: &Piece| match piece {
            Piece::Entry(found) => {
                let when = &found.when;
                when.time.is_some() || when.date.is_some() || when.relative.is_some() || when.two_ways
            }
            _ => false,
        };
        if !self.pieces.iter().any(timed) {
            self.pieces.retain(|piece| !matches!(piece, Piece::Entry(_)));
        }
        self.pieces
    }
}

/// Tells whether nothing is told of the time of an item: no words behind it or around it, nothing inside the item, no code below it.
fn is_bare(outline: &Outline, index: usize, behind: &str) -> bool {
    let is_code = |block: &Block| block.kind == BlockKind::Code;
    !behind.contains(char::is_alphanumeric)
        && outline.blocks[index].parent.is_none()
        && outline.children(index).next().is_none()
        && !outline.blocks.get(index + 1).is_some_and(is_code)
}

/// Tells whether a section is called by nothing but a time of day.
pub(super) fn is_time(source: &Source<'_>, section: &Section) -> bool {
    let title = source.outline.plain[section.title.clone()].trim();
    let found = when_of_heading(title, &source.when(None)).filter(|(when, _)| when.time.is_some());
    found.is_some_and(|(_, range)| !without(title, &range).contains(char::is_alphanumeric))
}

/// Tells whether a section is called by nothing but a day.
pub(super) fn is_day(source: &Source<'_>, section: &Section) -> bool {
    let title = source.outline.plain[section.title.clone()].trim();
    let scanned = when::scan_start(title, &source.when(None)).filter(|it| it.when.time.is_none());
    scanned.is_some_and(|it| it.end == title.len() && it.when.date.is_some_and(|date| date.day.is_some()))
}

/// Tells whether several lines of a timeline begin with `11.07`, which elsewhere is a number.
fn has_dotted_times(outline: &Outline, section: &Section) -> bool {
    let is_dotted = |line: &str| match line.trim_start().as_bytes() {
        [h @ b'0'..=b'2', hh @ b'0'..=b'9', b'.', b'0'..=b'5', b'0'..=b'9', b' ' | b':', ..] => {
            (*h, *hh) < (b'2', b'4')
        }
        _ => false,
    };
    let blocks = outline.blocks[section.blocks.clone()].iter();
    let told = blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }));
    told.flat_map(|block| outline.text(block).lines()).filter(|line| is_dotted(line)).nth(1).is_some()
}

/// Whether a row says anything: a time, known or not, and a letter or a digit.
fn says_something(raw: &str, text: &str) -> bool {
    !raw.is_empty() && [raw, text].iter().any(|it| it.contains(|c: char| c.is_alphanumeric()))
}

/// Returns a short text of one line.
fn only_line(text: &str) -> Option<&str> {
    let mut lines = text.lines();
    let line = lines.next().filter(|_| text.len() < 120)?;
    lines.next().is_none().then_some(line)
}

fn index_of(outline: &Outline, section: &Section) -> usize {
    outline.blocks[section.blocks.start].section as usize
}
