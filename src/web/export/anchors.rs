//! The places within a page that links may name.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Before the line of a passage of a document, in its id.
const LINE: &str = "ris-l";

/// The places of one page. Small, since those of all pages are kept while the folder is written.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    ids: FxHashSet<u64>,
    /// Lines on which passages of a document begin, in order.
    lines: Vec<u32>,
    /// Lines of a source, each of which has an id.
    numbered: u32,
}

/// A place that is wanted of another page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The one with this id.
    Id(String),
    /// The passage that holds this line of the document at `path`.
    Line { path: String, line: u32 },
}

impl Anchors {
    /// Finds the places of a page as the server gives it.
    pub(super) fn of(html: &str) -> Self {
        let mut anchors = Self::default();
        for id in values(html, " id=\"") {
            match id.strip_prefix('L').and_then(|line| line.parse().ok()) {
                Some(line) => anchors.numbered = anchors.numbered.max(line),
                None => {
                    anchors.ids.insert(xxh3_64(id.as_bytes()));
                }
            }
        }
        anchors.lines = values(html, " data-line=\"").filter_map(|line| line.parse().ok()).collect();
        anchors.lines.sort_unstable();
        anchors.lines.dedup();
        anchors
    }

    /// Tells whether there is an element with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        let is_numbered = |line: u32| (1..=self.numbered).contains(&line);
        self.ids.contains(&xxh3_64(id.as_bytes()))
            || id.strip_prefix('L').and_then(|line| line.parse().ok()).is_some_and(is_numbered)
    }

    /// Returns the lines on which passages begin, in order.
    pub(super) fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// Returns the id of the passage that holds a line.
    pub(super) fn passage(&self, line: u32) -> Option<String> {
        let before = self.lines.partition_point(|it| *it <= line);
        Some(line_id(*self.lines.get(before.checked_sub(1)?)?))
    }
}

/// Returns the id of the passage that begins on a line.
pub(super) fn line_id(line: u32) -> String {
    format!("{LINE}{line}")
}

fn values<'h>(html: &'h str, begin: &'static str) -> impl Iterator<Item = &'h str> {
    html.split(begin).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passage_of_a_line_is_the_last_that_begins_before_it() {
        let anchors = Anchors::of("<h2 id=\"cause\">x</h2><p data-line=\"7\">a</p><li data-line=\"12\">b</li>");
        assert_eq!(anchors.passage(11).as_deref(), Some("ris-l7"));
        assert_eq!(anchors.passage(12).as_deref(), Some("ris-l12"));
        assert_eq!(anchors.passage(6), None);
        assert!(anchors.has("cause") && !anchors.has("causes") && !anchors.has("L1"));
        let source = Anchors::of("<tr id=\"L1\"></tr><tr id=\"L2\"></tr>");
        assert!(source.has("L2") && !source.has("L3") && !source.has("L0"));
    }
}
