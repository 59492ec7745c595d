//! Controls of different frameworks that overlap. Never that they are equal: each pair names its source.

use std::sync::LazyLock;

use super::tsv;

const CROSSWALK: &str = include_str!("data/crosswalk.tsv");

/// A control of another framework that overlaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Key of the other framework (`iso27001`, `nist-800-53`).
    pub framework: &'static str,
    /// The other control.
    pub id: &'static str,
    /// `primary`, `secondary` or `vendor`.
    pub confidence: &'static str,
    /// Who says so.
    pub source: &'static str,
}

/// Returns what overlaps with the control `id` of the framework with this key, in either direction.
pub fn overlaps(framework: &str, id: &str) -> impl Iterator<Item = Overlap> {
    static ROWS: LazyLock<Vec<[&str; 6]>> = LazyLock::new(|| tsv::rows(CROSSWALK).collect());
    ROWS.iter().filter_map(move |&[from, from_id, to, to_id, confidence, source]| {
        let is = |of: &str, of_id: &str| of == framework && of_id == id;
        match () {
            () if is(from, from_id) => Some(Overlap { framework: to, id: to_id, confidence, source }),
            () if is(to, to_id) => Some(Overlap { framework: from, id: from_id, confidence, source }),
            () => None,
        }
    })
}
