//! Orders not to dispose of records: a hold on one document of an incident keeps all of them.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::evidence::Record;

/// An order not to dispose of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// Its names; empty where it has none.
    pub name: String,
    /// Where it is stated: in this document or in another one of its incident.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
}

impl Hold {
    /// Returns the name to show.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { "legal hold" } else { &self.name }
    }
}

/// Returns the hold of each incident: evidence of one matter is all of its documents.
pub(super) fn holds<'a>(records: &[Record<'a>]) -> FxHashMap<&'a str, Hold> {
    let mut holds: FxHashMap<&str, Hold> = FxHashMap::default();
    for record in records {
        for stated in &record.document.compliance.holds {
            let hold = holds.entry(record.incident).or_insert_with(|| Hold {
                name: String::new(),
                path: record.document.path.clone(),
                line: stated.origin.line,
            });
            let names = || hold.name.split(", ").any(|name| name == stated.value);
            if !stated.value.is_empty() && !names() {
                hold.name = if hold.name.is_empty() {
                    stated.value.clone()
                } else {
                    format!("{}, {}", hold.name, stated.value)
                };
            }
        }
    }
    holds
}
