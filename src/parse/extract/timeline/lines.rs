//! Entries that stand in no list and no table: lines of paragraphs and of code.

use super::Piece;
use super::gather::Gatherer;
use super::places::is_drawn;
use crate::parse::outline::{Block, BlockKind, Section};
use crate::parse::when;

impl Gatherer<'_> {
    /// Lines of code blocks, where people keep the columns of a log straight.
    pub(super) fn code(&mut self, section: &Section) {
        let outline = self.source.outline;
        let cx = self.when();
        let own = outline.blocks[section.blocks.clone()].iter().filter(|block| block.kind == BlockKind::Code);
        for block in own {
            for (line, number) in self.source.text[block.src.clone()].lines().zip(block.line..) {
                let line = line.trim_matches(|c: char| c.is_whitespace() || is_drawn(c));
                if let Some(scanned) =
                    when::scan_start(line, &cx).filter(|it| it.when.time.is_some() || it.when.relative.is_some())
                {
                    self.push(scanned.when, &line[..scanned.end], &line[scanned.end..], number, false);
                }
            }
        }
    }

    /// Every line of a paragraph may be an entry, or a date for those after it, or declare the zone.
    pub(super) fn paragraph(&mut self, block: &Block) {
        let outline = self.source.outline;
        let cx = self.when();
        // Lines after an entry go on with it, in its own paragraph only.
        let mut open = false;
        for range in outline.text_lines(block) {
            let line = &outline.plain[range.clone()];
            let number = outline.line_at(block, range.start, self.source.lines);
            let Some(scanned) = when::scan_place(line, &cx) else {
                self.continue_or_declare(line, open);
                continue;
            };
            let rest = line[scanned.end..]
                .trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '*' | ':' | ']' | ')'));
            let separated = line[scanned.end..].trim_start().starts_with([':', '-', '–', '—', '|', '→']);
            if rest.is_empty() && scanned.when.time.is_none() {
                self.pieces.extend(scanned.when.date.map(Piece::Date));
                self.day = scanned.when.date.map(|date| (block.section, date));
            } else if scanned.when.time.is_some() || scanned.when.two_ways || (!rest.is_empty() && separated) {
                self.push(scanned.when, &line[..scanned.end], &line[scanned.end..], number, false);
                open = true;
            }
        }
    }

    fn continue_or_declare(&mut self, line: &str, open: bool) {
        match self.pieces.last_mut() {
            // A time may stand on a line of its own, above what happened.
            Some(Piece::Entry(found)) if (open || found.text.is_empty()) && found.text.len() < 2000 => {
                if !found.text.is_empty() {
                    found.text.push(' ');
                }
                found.text.push_str(line.trim());
            }
            _ => self.declared(line, false),
        }
    }

    /// A heading or a short line can declare the zone; a heading also the date and the year.
    pub(super) fn declared(&mut self, text: &str, heading: bool) {
        if text.len() > 160 {
            return;
        }
        self.pieces.extend(when::find_zone(text).map(Piece::Zone));
        if heading {
            let date = when::find_date(text, &self.when());
            self.pieces.extend(date.filter(|(date, _)| date.day.is_some()).map(|(date, _)| Piece::Date(date)));
        }
    }
}
