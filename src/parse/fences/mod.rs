//! Code fences that are never closed, so that one of them cannot turn the rest of a document into code.

use crate::diag::{Diagnostic, Level};
use crate::parse::front_matter::shape::{indent_of, is_hash_line};
use crate::parse::lines::LineIndex;
use memchr::memmem;
use std::ops::Range;

/// A document with more missing fences than this is left as it is from there on.
const MAX_PIECES: usize = 64;

/// Splits the body into pieces to be parsed as Markdown one by one. Usually there is one piece.
pub(crate) fn pieces(text: &str, start: usize, lines: &LineIndex) -> (Vec<Range<usize>>, Vec<Diagnostic>) {
    let fences = fence_lines(text, start, lines);
    let mut pieces = Vec::new();
    let mut diagnostics = Vec::new();
    let (mut piece_start, mut from) = (start, 0);
    let (mut end, mut fences) = (text.len(), fences.as_slice());
    if let Some((inner, range)) = wrapped(text, start, fences) {
        (fences, piece_start, end) = (inner, range.start, range.end);
    }
    while pieces.len() < MAX_PIECES {
        let Some(unclosed) = first_unclosed(&fences[from..], text) else { break };
        let fence = &fences[from + unclosed.index];
        if fence.holds_markdown {
            // What it holds is written as the document is: the mark alone is too much.
            let message = "a fence of Markdown is never closed; read as text".to_owned();
            diagnostics.push(Diagnostic::new("unclosed-fence", Level::Warning, lines.line(fence.start), message));
            pieces.push(piece_start..fence.start);
            piece_start = fence.end;
            from += unclosed.index + 1;
            continue;
        }
        let limit = unclosed.suspect.map_or(end, |suspect| fences[from + suspect].start);
        let heading = unclosed.heading.or_else(|| code_end(text, fence.end, limit));
        let line = lines.line(fence.start);
        let message = match heading {
            Some(at) => format!("a code fence is never closed; read as closed before line {}", lines.line(at)),
            None => "a code fence is never closed; the rest of the document is code".to_owned(),
        };
        let hint = format!("put {} on a line of its own where the code ends", fence.marker());
        diagnostics.push(Diagnostic::new("unclosed-fence", Level::Warning, line, message).hint(hint));
        let Some(boundary) = heading else { break };
        pieces.push(piece_start..boundary);
        piece_start = boundary;
        from += fences[from..].partition_point(|fence| fence.start < boundary);
    }
    pieces.push(piece_start..end);
    (pieces, diagnostics)
}

/// A document that is nothing but one fence of Markdown is what the fence holds.
fn wrapped<'a>(text: &str, start: usize, fences: &'a [Fence]) -> Option<(&'a [Fence], Range<usize>)> {
    let [first, inner @ .., last] = fences else { return None };
    let whole = first.holds_markdown
        && last.closes(first)
        && text[start..first.start].trim().is_empty()
        && text[last.end..].trim().is_empty();
    let pairs = inner.iter().filter(|fence| fence.fits(first)).count() % 2 == 0;
    (whole && pairs).then_some((inner, first.end..last.start))
}

/// A line that opens or closes a fence.
#[derive(Debug)]
struct Fence {
    start: usize,
    end: usize,
    indent: usize,
    quotes: usize,
    character: u8,
    length: usize,
    has_info: bool,
    /// Whether the info string says that the code is Markdown, whose fences are then part of it.
    holds_markdown: bool,
}

impl Fence {
    fn marker(&self) -> String {
        char::from(self.character).to_string().repeat(self.length.min(8))
    }

    fn closes(&self, open: &Fence) -> bool {
        !self.has_info && self.fits(open) && self.indent <= open.indent + 3
    }

    fn fits(&self, open: &Fence) -> bool {
        self.character == open.character && self.length >= open.length && self.quotes == open.quotes
    }
}

/// Returns every fence line of the text from `start` on, without looking at the other lines.
fn fence_lines(text: &str, start: usize, lines: &LineIndex) -> Vec<Fence> {
    let mut fences = Vec::new();
    for marker in ["```", "~~~"] {
        // Tildes are rare.
        if marker == "~~~" && memchr::memchr(b'~', &text.as_bytes()[start..]).is_none() {
            continue;
        }
        let mut done = start;
        for at in memmem::find_iter(&text.as_bytes()[start..], marker) {
            let at = start + at;
            if at < done {
                continue;
            }
            let line_start = text[start..at].rfind('\n').map_or(start, |newline| start + newline + 1);
            done = lines.start(lines.line(at) + 1).max(at + 1);
            fences.extend(fence(text, line_start, at, done));
        }
    }
    fences.sort_unstable_by_key(|fence| fence.start);
    fences
}

/// Reads the line as a fence whose marker is at `at`.
fn fence(text: &str, start: usize, at: usize, end: usize) -> Option<Fence> {
    let prefix = &text[start..at];
    let quotes = prefix.bytes().filter(|&byte| byte == b'>').count();
    let inner = prefix.trim_start_matches(['>', ' ', '\t']);
    if !inner.is_empty() && !is_list_marker(inner) {
        return None;
    }
    let character = text.as_bytes()[at];
    let length = text.as_bytes()[at..end].iter().take_while(|&&byte| byte == character).count();
    let info = text[at + length..end].trim();
    if character == b'`' && info.contains('`') {
        return None;
    }
    let holds_markdown = matches!(info.split([' ', '{']).next(), Some("markdown" | "md" | "mdx"));
    let indent = prefix.len();
    Some(Fence { start, end, indent, quotes, character, length, has_info: !info.is_empty(), holds_markdown })
}

/// `- ` or `1. `, perhaps several.
fn is_list_marker(prefix: &str) -> bool {
    prefix.split_whitespace().all(|word| {
        matches!(word, "-" | "*" | "+")
            || word
                .strip_suffix(['.', ')'])
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// A fence, by its index, that is not closed.
struct Unclosed {
    index: usize,
    /// The fence that shows it: one that opens inside.
    suspect: Option<usize>,
    /// The heading found between the two.
    heading: Option<usize>,
}

fn first_unclosed(fences: &[Fence], text: &str) -> Option<Unclosed> {
    let mut open: Option<usize> = None;
    // Up to where the lines of the open fence have been looked at: each is looked at once.
    let mut looked = 0;
    for (index, fence) in fences.iter().enumerate() {
        let Some(at) = open else {
            (open, looked) = (Some(index), fence.end);
            continue;
        };
        let code = looked..fence.start;
        if fences[at].quotes > 0 && leaves_quote(text, code.clone(), &fences[at], fence) {
            (open, looked) = (Some(index), fence.end);
        } else if fence.closes(&fences[at]) {
            open = None;
        } else if fence.has_info && fence.fits(&fences[at]) && !fences[at].holds_markdown {
            if let Some(heading) = code_end(text, code.start, code.end) {
                return Some(Unclosed { index: at, suspect: Some(index), heading: Some(heading) });
            }
            looked = fence.start;
        } else if fences[at].quotes > 0 {
            looked = fence.start;
        }
    }
    // A quoted fence ends with its quote, wherever that is.
    open.filter(|&at| fences[at].quotes == 0).map(|index| Unclosed { index, suspect: None, heading: None })
}

/// Whether the quote that `open` stands in ends before `next`, and the fence with it.
fn leaves_quote(text: &str, code: Range<usize>, open: &Fence, next: &Fence) -> bool {
    open.quotes > next.quotes || text[code].lines().any(|line| !line.trim_start().starts_with('>'))
}

/// Returns the first line in `from..limit` that looks like a heading below level 1 under a blank line; failing
/// that, one of level 1 between blank lines. (A shell comment looks like a heading of level 1.)
fn code_end(text: &str, from: usize, limit: usize) -> Option<usize> {
    let mut after_blank = false;
    let mut first_level = None;
    let mut at = from;
    let mut waiting = None;
    for line in text[from..limit].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if let Some(heading) = waiting.take().filter(|_| blank && first_level.is_none()) {
            first_level = Some(heading);
        }
        if after_blank && line.starts_with('#') && indent_of(line) == 0 && is_hash_line(line) {
            if line.starts_with("##") {
                return Some(at);
            }
            waiting = Some(at);
        }
        after_blank = blank;
        at += line.len();
    }
    first_level
}

#[cfg(test)]
mod tests;
