//! What of a text is mark-up, so that a snippet shows words and commands, not fences and link targets.

use std::ops::Range;

/// The mark-up inside a range of a text.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// Bytes not shown: fence lines and the targets of links.
    hidden: Vec<Range<usize>>,
    /// Code between fences, where every character counts.
    code: Vec<Range<usize>>,
}

impl Markup {
    /// Reads the mark-up of `range`; fences are followed from the beginning of `text`.
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let mut markup = Self::default();
        let (mut at, mut fence): (usize, Option<(&str, usize)>) = (0, None);
        for line in text.split_inclusive('\n') {
            if at >= range.end {
                break;
            }
            let trimmed = line.trim();
            let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
            match (fence, mark) {
                (Some((open, from)), Some(mark)) if open == mark => {
                    markup.code.push(from..at);
                    markup.hidden.push(at..at + line.len());
                    fence = None;
                }
                (None, Some(mark)) => {
                    markup.hidden.push(at..at + line.len());
                    fence = Some((mark, at + line.len()));
                }
                _ => {}
            }
            at += line.len();
        }
        if let Some((_, from)) = fence {
            markup.code.push(from..text.len());
        }
        markup.links(text, range);
        markup
    }

    /// `[text](target)`: hides all but the text.
    fn links(&mut self, text: &str, range: &Range<usize>) {
        let shown = &text[range.clone()];
        for (middle, _) in shown.match_indices("](") {
            let at = range.start + middle;
            if self.is_code(at) {
                continue;
            }
            let close = shown[middle..].find([')', '\n']).map_or(range.end, |end| at + end + 1);
            self.hidden.push(at..close);
            if let Some(open) = shown[..middle].rfind('[') {
                self.hidden.push(range.start + open..range.start + open + 1);
            }
        }
    }

    /// Tells whether the byte is not to be shown.
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        self.hidden.iter().any(|range| range.contains(&at))
    }

    /// Tells whether the byte stands between fences.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }
}
