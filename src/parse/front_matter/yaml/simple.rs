//! The YAML that nearly every front matter is, read line by line at a tenth of the cost: maps and lists by indentation,
//! values of one line, plain or in quotes without escapes, and `[a, b]`.
//!
//! Reads all of a block exactly as the general reader does, or leaves all of it to that one; a test holds both together.

use std::ops::Range;

use super::Yaml;
use crate::diag::Span;
use crate::model::FrontMatterEntry;
use crate::parse::lines::LineIndex;

/// Larger blocks are left to the general reader, which counts what they hold.
const MAX_BLOCK: usize = 16 * 1024;
/// So are longer keys, and maps and lists that nest deeper.
const MAX_KEY: usize = 64;
const MAX_DEPTH: usize = 8;
/// A map has room for so many keys from the beginning.
const USUAL_KEYS: usize = 16;

/// Reads `text[range]`; `None` where anything in it is not of those forms.
pub(super) fn read(text: &str, range: Range<usize>, lines: &LineIndex) -> Option<Yaml> {
    let block = &text[range.clone()];
    if block.len() > MAX_BLOCK || !(is_harmless_ascii(block) || block.chars().all(is_harmless)) {
        return None;
    }
    let lines = content_lines(block, range.start, lines.line(range.start));
    if lines.first()?.indent > 0 {
        return None;
    }
    let mut reader = Reader { lines: &lines, path: String::new(), entries: Vec::with_capacity(lines.len()) };
    reader.map(0, 0)?;
    reader.lines.is_empty().then(|| Yaml { entries: reader.entries, is_map: true, ..Yaml::default() })
}

/// Characters that are neither line ends nor anything that YAML forbids, treats apart or takes for an indentation.
fn is_harmless(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{2027}' | '\u{202A}'..='\u{D7FF}' | '\u{F900}'..='\u{FDFF}')
        || matches!(c, '\u{FE00}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFEF}' | '\u{10000}'..='\u{1FFFD}')
}

/// The same for most blocks, many bytes at once.
fn is_harmless_ascii(block: &str) -> bool {
    block.bytes().fold(true, |all, byte| all & ((byte == b'\n') | matches!(byte, b' '..=b'~')))
}

/// A line that is neither blank nor a comment.
struct Line<'a> {
    indent: usize,
    /// Where its content begins in the text.
    at: usize,
    content: &'a str,
    number: u32,
}

impl Line<'_> {
    fn is_item(&self) -> bool {
        self.content.starts_with("- ")
    }
}

fn content_lines(block: &str, base: usize, first: u32) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(block.len() / 16);
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', block.as_bytes()).chain([block.len()]);
    for (number, end) in (first..).zip(ends) {
        let line = &block[start..end];
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if !content.is_empty() && !content.starts_with('#') {
            lines.push(Line { indent, at: base + start + indent, content: content.trim_end_matches(' '), number });
        }
        start = end + 1;
    }
    lines
}

struct Reader<'a, 'l> {
    /// Those not read yet.
    lines: &'l [Line<'a>],
    path: String,
    entries: Vec<FrontMatterEntry>,
}

impl<'a, 'l> Reader<'a, 'l> {
    /// Takes the next line if it is indented by `indent`; a deeper one goes on with what stands before it, in a way
    /// that is none of ours.
    fn next(&mut self, indent: usize) -> Result<Option<&'l Line<'a>>, Unknown> {
        match self.lines.split_first() {
            Some((line, _)) if line.indent > indent => Err(Unknown),
            Some((line, rest)) if line.indent == indent => {
                self.lines = rest;
                Ok(Some(line))
            }
            _ => Ok(None),
        }
    }

    fn map(&mut self, indent: usize, depth: usize) -> Option<()> {
        let mut keys = Vec::with_capacity(self.lines.len().min(USUAL_KEYS));
        while let Some(line) = self.next(indent).ok()? {
            let colon = memchr::memchr(b':', line.content.as_bytes())?;
            let (key, rest) = (&line.content[..colon], &line.content[colon + 1..]);
            if !is_key(key) || keys.contains(&key) || !(rest.is_empty() || rest.starts_with(' ')) {
                return None;
            }
            keys.push(key);
            let outer = self.path.len();
            if outer > 0 {
                self.path.push('.');
            }
            self.path.push_str(key);
            let behind = line.at + key.len() + 1;
            let value = rest.trim_start_matches(' ');
            if value.is_empty() {
                self.below(indent, depth, behind, line.number)?;
            } else {
                self.value(value, behind + rest.len() - value.len(), line.number)?;
            }
            self.path.truncate(outer);
        }
        Some(())
    }

    /// What stands in the lines below a key; nothing perhaps.
    fn below(&mut self, indent: usize, depth: usize, behind: usize, number: u32) -> Option<()> {
        match self.lines.first() {
            Some(next) if next.is_item() && next.indent >= indent => self.list(next.indent),
            Some(next) if next.indent > indent && depth < MAX_DEPTH => self.map(next.indent, depth + 1),
            Some(next) if next.indent > indent => None,
            _ => {
                // The parser says that it stands at the colon.
                let colon = behind - 1;
                self.push("", colon..colon, false, number);
                Some(())
            }
        }
    }

    fn list(&mut self, indent: usize) -> Option<()> {
        while self.lines.first().is_some_and(|line| line.indent > indent || line.is_item()) {
            let Some(line) = self.next(indent).ok()? else { break };
            let item = line.content[1..].trim_start_matches(' ');
            let at = line.at + line.content.len() - item.len();
            let value = quoted(item).or_else(|| is_plain(item).then_some(item))?;
            self.push(value, at..at + item.len(), true, line.number);
        }
        Some(())
    }

    fn value(&mut self, value: &str, at: usize, number: u32) -> Option<()> {
        if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return self.flow(inner, at + 1, number);
        }
        let text = quoted(value).or_else(|| is_plain(value).then_some(value))?;
        self.push(text, at..at + value.len(), false, number);
        Some(())
    }

    /// The values between brackets.
    fn flow(&mut self, inner: &str, at: usize, number: u32) -> Option<()> {
        let mut start = at;
        for part in inner.split(',').filter(|_| !inner.trim_matches(' ').is_empty()) {
            let item = part.trim_start_matches(' ');
            let from = start + part.len() - item.len();
            let item = item.trim_end_matches(' ');
            let value = quoted(item).or_else(|| is_plain_in_brackets(item).then_some(item))?;
            self.push(value, from..from + item.len(), true, number);
            start += part.len() + 1;
        }
        Some(())
    }

    fn push(&mut self, value: &str, place: Range<usize>, in_list: bool, line: u32) {
        let (path, value) = (self.path.clone(), value.to_owned());
        let span = Some(Span::new(place.start, place.end));
        self.entries.push(FrontMatterEntry { path, value, in_list, line, span });
    }
}

/// A line that this reader does not know.
struct Unknown;

fn is_key(key: &str) -> bool {
    key.len() <= MAX_KEY
        && key.starts_with(|c: char| c.is_ascii_alphanumeric())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Returns what stands between quotes, if there is nothing to unescape.
fn quoted(value: &str) -> Option<&str> {
    let double = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = double {
        return (!inner.contains(['"', '\\'])).then_some(inner);
    }
    let single = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    single.filter(|inner| !inner.contains('\''))
}

/// Tells whether a value without quotes is nothing but text.
fn is_plain(value: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '/' | '_') || c > '\u{A0}';
    let bytes = value.as_bytes();
    let stops = |at: usize| match bytes[at] {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        _ => bytes[at - 1] == b' ',
    };
    value.starts_with(begins) && !memchr::memchr2_iter(b':', b'#', bytes).any(stops)
}

fn is_plain_in_brackets(value: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'.' | b'/' | b'(' | b')');
    value.starts_with(|c: char| c.is_ascii_alphanumeric()) && value.bytes().all(allowed)
}
