//! Definitions of links and notes that a text needs and that stand elsewhere in the log.

use std::collections::HashSet;
use std::ops::Range;

use super::shape::{Definition, Shape};

/// Returns the definitions that the text at `ranges` needs and does not hold, in the order written: also those that are
/// needed by the notes that it needs.
pub(super) fn missing<'a>(shape: &'a Shape, ranges: &[Range<usize>]) -> Vec<&'a Definition> {
    let mut needed: Vec<&Definition> = Vec::new();
    let mut asked: HashSet<&str> = HashSet::new();
    let mut within: Vec<Range<usize>> = ranges.to_vec();
    while !within.is_empty() {
        let holds = |at: usize| within.iter().any(|range| range.contains(&at));
        let uses = shape.uses.iter().filter(|it| holds(it.range.start));
        let labels: Vec<&str> = uses.filter_map(|it| it.label.as_deref()).filter(|it| asked.insert(it)).collect();
        let new: Vec<&Definition> = shape.definitions.iter().filter(|it| labels.contains(&it.label.as_str())).collect();
        within = new.iter().map(|it| it.range.clone()).collect();
        needed.extend(new);
    }
    needed.retain(|it| !ranges.iter().any(|range| range.contains(&it.range.start)));
    needed.sort_by_key(|it| it.range.start);
    needed
}
