//! TOML front matter to flat entries.

use super::yaml::Yaml;
use crate::diag::{Diagnostic, Level, Span};
use crate::model::FrontMatterEntry;
use crate::parse::lines::LineIndex;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many values there may be.
const MAX_NODES: usize = 20_000;
/// How many bytes all paths and values together may have.
const MAX_BYTES: usize = 8 << 20;

/// Reads `text[range]`. What follows an error is read as far as the parser recovers.
pub(super) fn read(text: &str, range: Range<usize>, lines: &LineIndex) -> Yaml {
    let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
    let mut walk = Walk { base: range.start, lines, entries: Vec::new(), bytes: 0 };
    walk.table(table.get_ref(), "", false);
    let full = walk.is_full();
    let mut entries = walk.entries;
    entries.sort_by_key(|entry| entry.span.map_or(0, |span| span.start));
    let failure = errors.first().map(|error| {
        let at = range.start + error.span().map_or(0, |span| span.start).min(range.len());
        let message = format!("not valid TOML: {}", error.message().trim().replace('\n', ", "));
        Diagnostic::new("front-matter-invalid", Level::Error, lines.line(at), message)
    });
    let failure = failure.or_else(|| {
        let message = "the TOML is too complex: more than 20,000 values; the rest is not read";
        full.then(|| Diagnostic::new("front-matter-too-complex", Level::Error, lines.line(range.start), message))
    });
    Yaml { entries, failure, warnings: Vec::new(), is_map: true }
}

struct Walk<'l> {
    base: usize,
    lines: &'l LineIndex,
    entries: Vec<FrontMatterEntry>,
    bytes: usize,
}

impl Walk<'_> {
    fn is_full(&self) -> bool {
        self.entries.len() >= MAX_NODES || self.bytes >= MAX_BYTES
    }

    fn table(&mut self, table: &DeTable<'_>, path: &str, in_list: bool) {
        for (key, value) in table {
            let key = key.get_ref();
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            self.value(value, &path, in_list);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, path: &str, in_list: bool) {
        if self.is_full() {
            return;
        }
        let text = match value.get_ref() {
            DeValue::Table(table) => return self.table(table, path, in_list),
            DeValue::Array(items) => return items.iter().for_each(|item| self.value(item, path, true)),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(moment) => moment.to_string(),
        };
        let span = value.span();
        let span = Span::new(self.base + span.start, self.base + span.end);
        self.bytes += path.len() + text.len();
        let line = self.lines.line(span.start);
        self.entries.push(FrontMatterEntry { path: path.to_owned(), value: text, in_list, line, span: Some(span) });
    }
}
