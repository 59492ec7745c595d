//! What of a text is mark-up, so that a snippet shows words and commands, not fences and link targets.

use std::ops::Range;

/// Longest target of a link that is looked back on, in bytes.
const LONGEST_TARGET: usize = 512;

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
        let mut fence: Option<(&str, usize)> = None;
        for (line, mark) in fence_lines(text, range.end) {
            match fence {
                Some((open, from)) if open == mark => {
                    markup.code.push(from..line.start);
                    fence = None;
                }
                Some(_) => continue,
                None => fence = Some((mark, line.end)),
            }
            markup.hidden.push(line);
        }
        if let Some((_, from)) = fence {
            markup.code.push(from..text.len());
        }
        markup.hidden.retain(|hidden| hidden.end > range.start);
        markup.links(text, range);
        markup
    }

    /// Returns the heading that the line of byte `at` stands under, or is.
    pub(super) fn heading_above<'t>(&self, text: &'t str, at: usize) -> Option<&'t str> {
        let mut end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
        loop {
            let before = &text[..end];
            // A heading begins its line: whatever else has a `#` is passed over.
            let start = memchr::memrchr(b'#', before.as_bytes())?;
            let start = before[..start].rfind('\n').map_or(0, |start| start + 1);
            let line = before[start..].lines().next().unwrap_or_default();
            let title = line.trim_start_matches('#');
            if (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ') && !self.is_code(start) {
                return Some(title);
            }
            end = start.checked_sub(1)?;
        }
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

/// Tells whether the byte at `at` stands in the target of a link: behind `](` with no blank between.
pub(super) fn is_target(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST_TARGET));
    let (text, before) = (&text[..at], &text[from..at]);
    let found = before.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    found.is_some_and(|it| before[it..].starts_with('(') && text[..from + it].ends_with(']'))
}

/// Returns the lines before `end` that begin with the mark of a fence, and the mark.
fn fence_lines(text: &str, end: usize) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < end {
            let found = at + memchr::memchr2(b'`', b'~', &bytes[at..end])?;
            let start = memchr::memrchr(b'\n', &bytes[at..found]).map_or(at, |length| at + length + 1);
            at = memchr::memchr(b'\n', &bytes[found..]).map_or(bytes.len(), |length| found + length + 1);
            let line = text[start..at].trim_start();
            if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark)) {
                return Some((start..at, mark));
            }
        }
        None
    })
}
