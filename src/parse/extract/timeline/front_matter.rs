//! A timeline in the front matter: a list of lines, or of times and what happened then.

use super::{Found, Piece};
use crate::model::FrontMatterEntry;
use crate::parse::extract::{Source, in_one_line};
use crate::parse::when;

const KEYS: [&str; 3] = ["timeline", "events", "updates"];
const TIMES: [&str; 6] = ["date", "time", "timestamp", "at", "when", "ts"];

/// Returns the entries of the first of the keys that holds a time.
pub(super) fn gather(source: &Source<'_>) -> Vec<Piece> {
    let entries = source.split.front_matter.as_ref().map_or(&[][..], |block| &block.entries);
    KEYS.iter().map(|key| of_key(source, entries, key)).find(|pieces| !pieces.is_empty()).unwrap_or_default()
}

fn of_key(source: &Source<'_>, entries: &[FrontMatterEntry], key: &str) -> Vec<Piece> {
    let mut items: Vec<Item<'_>> = Vec::new();
    for entry in entries {
        let Some(rest) = entry.path.strip_prefix(key) else { continue };
        match rest.strip_prefix('.') {
            Some(field) => match items.last_mut().filter(|item| item.lacks(field)) {
                Some(item) => item.fields.push((field, &entry.value)),
                None => items.push(Item { line: entry.line, fields: vec![(field, &entry.value)] }),
            },
            None if rest.is_empty() => items.push(Item { line: entry.line, fields: vec![("", &entry.value)] }),
            None => {}
        }
    }
    items.iter().filter_map(|item| item.read(source)).map(Piece::Entry).collect()
}

/// One element of the list.
struct Item<'a> {
    line: u32,
    /// Keys and values; the key is empty where the element is a text.
    fields: Vec<(&'a str, &'a str)>,
}

impl Item<'_> {
    /// Whether the element may have `field` too: a key that is there begins the next one.
    fn lacks(&self, field: &str) -> bool {
        self.fields.iter().all(|(key, _)| !key.is_empty() && *key != field)
    }

    fn read(&self, source: &Source<'_>) -> Option<Found> {
        let joined = |times: bool, between: &str| {
            let of = self.fields.iter().filter(|(key, _)| TIMES.contains(key) == times).map(|(_, value)| value.trim());
            of.collect::<Vec<_>>().join(between)
        };
        let stated = joined(true, " ");
        let told = joined(false, " — ");
        let text = if stated.is_empty() { &told } else { &stated };
        let scanned = when::scan_place(text, &source.when(None)).filter(|it| !it.when.unknown || it.when.two_ways)?;
        let (raw, behind) = text.split_at(scanned.end);
        let told = if stated.is_empty() { behind } else { &told };
        let told = told.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|'));
        let text = in_one_line(told.trim_end()).into_owned();
        Some(Found { when: scanned.when, raw: raw.trim().to_owned(), text, line: self.line, key_event: false })
    }
}
