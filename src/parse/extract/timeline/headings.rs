//! Headings of a timeline: entries, or the days of what stands below.

use std::ops::Range;

use super::Piece;
use super::gather::Gatherer;
use super::places::{has_list, when_of_heading, without};
use crate::parse::outline::{Block, BlockKind, Section};
use crate::parse::when;

impl Gatherer<'_> {
    /// A heading with a time is an entry and its section the entry's text; one with only a date is an entry if nothing
    /// below it is, else it dates what is below.
    pub(super) fn heading(&mut self, index: usize, section: &Section) {
        let outline = self.source.outline;
        let block = &outline.blocks[index];
        let text = outline.text(block).trim();
        let own = outline.section_of(block);
        let cx = self.when();
        let Some((when, range)) = when_of_heading(text, &cx) else {
            self.declared(text, true);
            return;
        };
        let below = index + 1..own.blocks.end.min(section.blocks.end);
        let mut words = without(text, &range);
        let alone = !words.contains(char::is_alphanumeric);
        if when.time.is_none()
            && !when.unknown
            && (self.has_entries(below.clone()) || alone && has_list(outline, below))
        {
            self.pieces.extend(when.date.map(Piece::Date));
            self.day = when.date.filter(|_| alone).map(|date| (block.section, date));
            return;
        }
        if alone {
            let mut inner = outline.blocks[index + 1..own.blocks.end].iter();
            let first = inner.find(|it| matches!(it.kind, BlockKind::Paragraph | BlockKind::Item { .. }));
            words = first.map(|it| outline.text(it).to_owned()).unwrap_or_default();
        }
        // What happened within it is told time by time.
        if when.time.is_some() && self.is_told_by_items(own, when.end_time.is_some()) {
            self.declared(text, true);
            if when.end_time.is_none() {
                self.push(when, &text[range], &words, block.line, false);
            }
            return;
        }
        self.push(when, &text[range], &words, block.line, false);
        // Headings below it that have times of their own are entries, too.
        let below = &outline.blocks[index + 1..own.blocks.end];
        let next = below.iter().find(|it| matches!(it.kind, BlockKind::Heading(_)) && self.is_timed(outline.text(it)));
        self.inside = Some(own.src.start..next.map_or(own.src.end, |it| it.src.start));
    }

    /// Whether most items right below a heading begin with a time: one may do below a span of time, else two do.
    fn is_told_by_items(&self, own: &Section, is_span: bool) -> bool {
        let (outline, cx) = (self.source.outline, self.when());
        let blocks = own.blocks.clone().skip(1).map(|index| &outline.blocks[index]);
        let items = blocks
            .take_while(|block| !matches!(block.kind, BlockKind::Heading(_)))
            .filter(|block| matches!(block.kind, BlockKind::Item { .. }) && block.parent.is_none());
        let is_timed =
            |block: &Block| when::scan_start(outline.text(block), &cx).is_some_and(|it| it.when.time.is_some());
        let (timed, other): (Vec<_>, Vec<_>) = items.partition(|block| is_timed(block));
        timed.len() + usize::from(is_span) >= 2 && timed.len() > other.len()
    }

    fn is_timed(&self, heading: &str) -> bool {
        when_of_heading(heading, &self.when()).is_some_and(|(when, _)| when.time.is_some())
    }

    pub(super) fn has_entries(&self, blocks: Range<usize>) -> bool {
        let outline = self.source.outline;
        let cx = self.when();
        outline.blocks[blocks].iter().any(|block| {
            let text = outline.text(block);
            let timed = |text: &str| when::scan_start(text, &cx).is_some_and(|it| it.when.time.is_some());
            match block.kind {
                BlockKind::Heading(_) => when_of_heading(text, &cx).is_some_and(|(when, _)| when.time.is_some()),
                BlockKind::Item { .. } => timed(text),
                BlockKind::Paragraph => text.lines().any(timed),
                BlockKind::Row { header: false, .. } => outline.cells(block).take(2).any(timed),
                _ => false,
            }
        })
    }
}
