//! Text made ready for looking phrases up: folded, with marks where clauses and sentences end, and the way back.

use std::ops::Range;

use crate::words::{fold_into, folded_from};

/// Stands in folded text where a clause ends: no phrase goes across, but two parts of one may stand on both sides.
pub(super) const CLAUSE: char = '\u{1}';
/// Stands in folded text where a sentence ends: nothing goes across.
pub(super) const SENTENCE: char = '\u{2}';

/// What the passages of one document usually give.
const USUAL_BYTES: usize = 2048;
const USUAL_CLAUSES: usize = 64;

/// How far apart two words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Word,
    Clause,
    Sentence,
}

/// Folded text of some passages of one plain text.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    pub(super) folded: String,
    /// Of each clause: where it begins in `folded`, and its range of the plain text.
    clauses: Vec<(usize, Range<usize>)>,
}

impl Clauses {
    /// Adds the passage `range` of `plain`; no phrase goes from one passage to the next.
    pub(crate) fn add(&mut self, plain: &str, range: Range<usize>) {
        let text = &plain[range.clone()];
        let mut begin = 0;
        let mut gap = Gap::Sentence;
        for (at, width, found) in breaks(text) {
            self.push(&text[begin..at], range.start + begin, gap);
            begin = at + width;
            gap = if self.clauses.last().is_some_and(|(_, it)| it.end == range.start + at) {
                found
            } else {
                gap.max(found)
            };
        }
        self.push(&text[begin..], range.start + begin, gap);
    }

    fn push(&mut self, clause: &str, at: usize, gap: Gap) {
        if !clause.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80) {
            return;
        }
        if self.folded.is_empty() {
            self.folded.reserve(USUAL_BYTES);
            self.clauses.reserve(USUAL_CLAUSES);
        } else {
            self.folded.push(if gap == Gap::Sentence { SENTENCE } else { CLAUSE });
        }
        self.clauses.push((self.folded.len(), at..at + clause.len()));
        // What begins with no space has the better chance of the short way.
        fold_into(clause.trim_start_matches(' '), &mut self.folded);
    }

    /// Returns the range of `plain` that gave `range` of the folded text.
    pub(super) fn origin(&self, plain: &str, range: &Range<usize>) -> Range<usize> {
        let start = self.place(plain, range.start, true);
        start..self.place(plain, range.end, false).max(start)
    }

    /// Returns the byte of `plain` that byte `at` of the folded text stands for.
    fn place(&self, plain: &str, at: usize, is_start: bool) -> usize {
        let index = self.clauses.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let Some((start, range)) = self.clauses.get(index) else { return 0 };
        let clause = &plain[range.clone()];
        let wanted = at - start;
        // A start is before the first letter that makes the folded text longer than what stands before it.
        let end = folded_from(clause, wanted + usize::from(is_start));
        let before = clause[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        range.start + if is_start { before } else { end }
    }
}

/// Returns where clauses end: the byte, the width of the mark, and what it parts.
fn breaks(text: &str) -> impl Iterator<Item = (usize, usize, Gap)> {
    let bytes = text.as_bytes();
    let mut next = 0;
    let mark = move || {
        let at = next + bytes[next..].iter().position(|byte| MAY_BREAK[usize::from(*byte)])?;
        let c = text[at..].chars().next()?;
        next = at + c.len_utf8();
        Some((at, c))
    };
    std::iter::from_fn(mark).filter_map(move |(at, c)| {
        let ends = bytes.get(at + c.len_utf8()).is_none_or(u8::is_ascii_whitespace);
        let gap = match c {
            '.' | '!' | '?' | ',' | ':' if !ends => Gap::None,
            '-' if !ends || at == 0 || bytes[at - 1] != b' ' => Gap::None,
            _ => gap_of(c),
        };
        (gap > Gap::Word).then_some((at, c.len_utf8(), gap))
    })
}

/// The bytes that a mark may begin with.
const MAY_BREAK: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b".!?,;:()|-\xE2\xE3\xEF";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

fn gap_of(c: char) -> Gap {
    match c {
        '.' | '!' | '?' | '。' | '！' | '？' | '．' => Gap::Sentence,
        ',' | ';' | ':' | '(' | ')' | '|' | '-' | '—' | '–' | '→' | '、' | '，' | '；' | '：' | '（' | '）' => {
            Gap::Clause
        }
        _ => Gap::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    fn folded(text: &str) -> String {
        let mut clauses = Clauses::default();
        clauses.add(text, 0..text.len());
        clauses.folded.replace(CLAUSE, "|").replace(SENTENCE, "#")
    }

    #[test]
    fn marks_clauses_and_sentences() {
        assert_eq!(
            folded("The disk (of db-1) was full. It held v3.9 logs, too!"),
            "the disk|of db 1|was full#it held v3 9 logs|too"
        );
        assert_eq!(folded("原因は設定ミス。検証なし、監視なし"), "原因は設定ミス#検証なし|監視なし");
        assert_eq!(folded("A - b; config.py:12 —\nC"), "a|b|config py 12|c");
        assert_eq!(folded("...!"), "");
    }

    #[test]
    fn finds_the_way_back() {
        let text = "Größe: The  *Disk's* Quota, was – Full. Ende";
        let mut clauses = Clauses::default();
        clauses.add(text, 0..text.len());
        for word in ["grosse", "disks quota", "full", "ende", "the"] {
            let at = clauses.folded.find(word).unwrap();
            let origin = clauses.origin(text, &(at..at + word.len()));
            assert_eq!(fold(&text[origin.clone()]), word);
            assert_eq!(text[origin.clone()].trim(), &text[origin]);
        }
    }
}
