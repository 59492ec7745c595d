//! Files that are one YAML record: rewritten as Markdown, line for line, so that everything that reads Markdown
//! reads them too.
//!
//! Works on lines, not on parsed YAML: a quarter of the records in the wild are no valid YAML.

mod render;

use crate::diag::{Diagnostic, Level, Span};
use crate::model::{FrontMatter, FrontMatterEntry, FrontMatterFormat};
use crate::parse::front_matter::shape::{indent_of, is_hash_line, key_and_value};
use crate::parse::front_matter::{Codes, rescue, yaml};
use crate::parse::lines::LineIndex;

/// Larger records are rewritten but not read as YAML.
const MAX_RECORD: usize = 1 << 20;
/// What parts a key from its value in the Markdown.
const LABEL_END: &str = "**: ";
/// So many bytes behind the value before it a value begins, at the most.
const NEAR: usize = 64;
const CODES: Codes = Codes { invalid: "record-invalid", too_complex: "front-matter-too-complex" };

/// A record as Markdown, and its values.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// Line n stands for line n of the file.
    pub(crate) markdown: String,
    /// Every value of the record.
    pub(crate) front_matter: FrontMatter,
    /// What is wrong with it.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a `.yaml` file as one record; `None` where it is front matter with Markdown behind it, or no YAML at all.
pub(crate) fn read(text: &str, lines: &LineIndex) -> Option<Record> {
    if !is_record(text) {
        return None;
    }
    let rewritten = render::render(text);
    let mut diagnostics = Vec::new();
    let (valid, mut entries) = if text.len() > MAX_RECORD {
        let message = format!("the record has more than {} KiB; only its text is read", MAX_RECORD / 1024);
        diagnostics.push(Diagnostic::new("front-matter-too-large", Level::Error, 0, message));
        (false, Vec::new())
    } else {
        let read = yaml::read(text, 0..text.len(), lines, CODES);
        diagnostics.extend(read.warnings);
        match read.failure {
            None => (true, read.entries),
            Some(failure) if failure.code == CODES.too_complex => {
                diagnostics.push(failure);
                (false, read.entries)
            }
            Some(failure) => {
                diagnostics.push(failure);
                (false, rescue::rescue_from(text, &rewritten.chunks, lines))
            }
        }
    };
    place(&mut entries, &rewritten.markdown);
    let span = Span::new(0, text.len());
    let front_matter = FrontMatter { format: FrontMatterFormat::Record, span, valid, entries };
    Some(Record { markdown: rewritten.markdown, front_matter, diagnostics })
}

/// Gives each value the bytes where it stands in the Markdown, which is the text of the document; one of several lines, or
/// one that is written there otherwise, has none.
fn place(entries: &mut [FrontMatterEntry], markdown: &str) {
    let lines = LineIndex::new(markdown);
    let (mut number, mut from, mut end) = (0, 0, 0);
    for entry in entries {
        // The name of the key may hold the value, and so may the values before it in a list.
        if entry.line != number {
            number = entry.line;
            (from, end) = (lines.start(number), lines.start(number.saturating_add(1)));
            from += markdown.get(from..end).and_then(|line| line.find(LABEL_END)).map_or(0, |at| at + LABEL_END.len());
        }
        let value = entry.value.trim().as_bytes();
        let rest = markdown.as_bytes().get(from..end.min(from + value.len() + NEAR)).unwrap_or_default();
        let found = memchr::memmem::find(rest, value).filter(|_| !value.is_empty());
        entry.span = found.map(|at| Span::new(from + at, from + at + value.len()));
        from = entry.span.map_or(from, |span| span.end);
    }
}

/// Returns the Markdown that a `.yaml` file which is one record is read as.
pub(crate) fn rewritten(text: &str) -> Option<String> {
    is_record(text).then(|| render::render(text).markdown)
}

/// Whether the first line that counts is a key, and no Markdown follows a second `---`.
fn is_record(text: &str) -> bool {
    let mut fences = 0;
    let mut seen_key = false;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let content = line.trim_end();
        if content == "---" {
            fences += 1;
            if seen_key && fences > 0 {
                return !markdown_follows(lines);
            }
        } else if !content.is_empty() && !content.starts_with('#') && !seen_key {
            if indent_of(line) > 0 || key_and_value(line).is_none() {
                return false;
            }
            seen_key = true;
        }
    }
    seen_key
}

/// Whether the lines behind a closing `---` are Markdown rather than more YAML.
fn markdown_follows<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    for line in lines.filter(|line| !line.trim().is_empty()).take(20) {
        if !line.starts_with('#') {
            return key_and_value(line).is_none();
        }
        // Comments above a further YAML document are `# words`; a heading of level 2 is no comment.
        if is_hash_line(line) && line.starts_with("##") {
            return true;
        }
    }
    true
}

#[cfg(test)]
mod tests;
