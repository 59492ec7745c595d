//! Which controls documents cite.

use crate::evidence::controls::{Citation, Coverage, citations, coverage, sort_citations};
use crate::kb::{KbError, KnowledgeBase, Lookup};

use super::retention::is_kept;

impl KnowledgeBase {
    /// Returns every control with who cites it, and what is cited and is none. Only documents of incidents that match
    /// `query` count, or all where it is empty.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn control_coverage(&self, query: &str) -> Result<Coverage, KbError> {
        let all: Coverage = self.gather(query, is_kept, |all: &mut Coverage, records| all.merge(coverage(records)))?;
        Ok(all.completed())
    }

    /// Returns the citations of `wanted`, which somebody wrote as `text`.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn control_citations(&self, query: &str, wanted: &Lookup, text: &str) -> Result<Vec<Citation>, KbError> {
        let mut found = self.gather(query, is_kept, |found: &mut Vec<Citation>, records| {
            found.extend(citations(records, |cited, written| is_meant(wanted, text, cited, written)));
        })?;
        sort_citations(&mut found);
        Ok(found)
    }
}

fn is_meant(wanted: &Lookup, text: &str, cited: &Lookup, written: &str) -> bool {
    match (wanted, cited) {
        (Lookup::Known { control, .. }, Lookup::Known { control: cited, .. }) => control == cited,
        (Lookup::Superseded { id, .. }, Lookup::Superseded { id: cited, .. }) => id == cited,
        (Lookup::Known { .. } | Lookup::Superseded { .. }, _) => false,
        _ => written.trim().eq_ignore_ascii_case(text.trim()),
    }
}
