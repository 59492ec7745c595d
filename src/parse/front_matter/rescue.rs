//! Entries from YAML that is not YAML: each top-level key on its own, then line by line.

use super::problem::Codes;
use super::shape::{indent_of, key_and_value};
use super::yaml;
use crate::diag::Span;
use crate::model::FrontMatterEntry;
use crate::parse::lines::LineIndex;
use std::ops::Range;

/// Deeper nesting is read as if it were this deep.
const MAX_DEPTH: usize = 32;
/// How many entries are rescued at most.
const MAX_ENTRIES: usize = 2_000;
/// The codes are unused: what failed has been told once already.
const SILENT: Codes = Codes { invalid: "front-matter-invalid", too_complex: "front-matter-too-complex" };

/// Returns what can be read of `text[range]`. Most of a broken block is valid: only the top-level keys whose
/// own lines are not valid YAML are taken apart line by line.
pub(in crate::parse) fn rescue(text: &str, range: Range<usize>, lines: &LineIndex) -> Vec<FrontMatterEntry> {
    rescue_from(text, &top_level(text, range), lines)
}

/// The same for chunks that the caller has cut.
pub(in crate::parse) fn rescue_from(text: &str, chunks: &[Range<usize>], lines: &LineIndex) -> Vec<FrontMatterEntry> {
    let mut entries = Vec::new();
    for chunk in chunks {
        let read = yaml::read(text, chunk.clone(), lines, SILENT);
        if read.failure.is_none() && read.is_map {
            entries.extend(read.entries);
        } else {
            by_line(text, chunk.clone(), lines, &mut entries);
        }
        if entries.len() > MAX_ENTRIES {
            entries.truncate(MAX_ENTRIES);
            break;
        }
    }
    entries
}

/// Cuts the block before each line that begins with a key.
fn top_level(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let end = at + line.len();
        match chunks.last_mut() {
            Some(chunk) if indent_of(line) > 0 || key_and_value(line).is_none() => chunk.end = end,
            _ => chunks.push(at..end),
        }
        at = end;
    }
    chunks
}

/// Reads `key: value` lines; indentation gives the path.
fn by_line(text: &str, range: Range<usize>, lines: &LineIndex, entries: &mut Vec<FrontMatterEntry>) {
    let mut parents: Vec<(usize, String)> = Vec::new();
    let mut at = range.start;
    let mut skip = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if start < skip {
            continue;
        }
        if content.is_empty() || content.starts_with('#') || entries.len() > MAX_ENTRIES {
            continue;
        }
        let mut indent = indent_of(line);
        let item = content.strip_prefix("- ").map(str::trim_start);
        if item.is_some() {
            // A list may stand at the indentation of its key.
            indent += 1;
        }
        while parents.last().is_some_and(|(depth, _)| *depth >= indent) || parents.len() >= MAX_DEPTH {
            parents.pop();
        }
        let path = parents.last().map_or("", |(_, path)| path.as_str());
        let rest = item.unwrap_or(content);
        let (path, value) = match key_and_value(rest) {
            Some((key, value)) => {
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                if value.is_empty() {
                    parents.push((indent, path));
                    continue;
                }
                if value.starts_with(['|', '>']) {
                    skip = block_end(text, at..range.end, indent_of(line));
                    let block = text[at..skip].trim();
                    let first = at + text[at..skip].find(block).unwrap_or(0);
                    let span = Some(Span::new(first, first + block.len()));
                    let value = block.to_owned();
                    entries.push(FrontMatterEntry {
                        path,
                        value,
                        in_list: item.is_some(),
                        line: lines.line(start),
                        span,
                    });
                    continue;
                }
                (path, value)
            }
            None if item.is_some() && !path.is_empty() => (path.to_owned(), rest),
            None => continue,
        };
        push(text, start, (path, value), item.is_some(), lines, entries);
    }
}

/// Returns the end of a block scalar. One that is not indented, which YAML forbids, takes all there is.
fn block_end(text: &str, range: Range<usize>, indent: usize) -> usize {
    let mut at = range.start;
    let mut indented = None;
    for line in text[range.clone()].split_inclusive('\n') {
        if !line.trim().is_empty() {
            let inside = indent_of(line) > indent;
            if *indented.get_or_insert(inside) && !inside {
                return at;
            }
        }
        at += line.len();
    }
    range.end
}

fn push(
    text: &str,
    line_start: usize,
    (path, value): (String, &str),
    in_list: bool,
    lines: &LineIndex,
    entries: &mut Vec<FrontMatterEntry>,
) {
    let line = lines.line(line_start);
    let mut add = |value: &str, in_list: bool| {
        let bare = unquote(value);
        let start = line_start + text[line_start..].find(bare).unwrap_or(0);
        let span = Some(Span::new(start, start + bare.len()));
        entries.push(FrontMatterEntry { path: path.clone(), value: bare.to_owned(), in_list, line, span });
    };
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.split(',').map(str::trim).filter(|item| !item.is_empty()).for_each(|item| add(item, true)),
        None => add(value, in_list),
    }
}

/// Returns the value without a comment behind it and without quotes around it.
fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.rsplit_once(quote)) {
            return inner;
        }
    }
    value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
}
