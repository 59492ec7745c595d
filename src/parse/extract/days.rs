//! The days that front matter states of the document itself: when it was made, changed, closed.

use super::Source;
use crate::model::{FrontMatterEntry, OwnDays};

const CREATED: [&str; 4] = ["created", "created-at", "created-on", "date-created"];
const UPDATED: [&str; 7] =
    ["updated", "updated-at", "updated-on", "last-updated", "modified", "last-modified", "date-updated"];
const CLOSED: [&str; 4] = ["closed", "closed-at", "closed-on", "date-closed"];

pub(super) fn extract(source: &Source<'_>) -> OwnDays {
    let Some(block) = &source.split.front_matter else { return OwnDays::default() };
    let entries: Vec<&FrontMatterEntry> = block.entries.iter().filter(|entry| may_state_day(&entry.path)).collect();
    let day = |key: &&str| entries.iter().find(|entry| entry.is_at(key))?.value.get(..10)?.parse().ok();
    // A document may carry two of these, and the later one is what happened last.
    let latest = |keys: &[&str]| keys.iter().filter_map(day).max();
    OwnDays { created: CREATED.iter().find_map(day), updated: latest(&UPDATED), closed: latest(&CLOSED) }
}

/// Most entries have none of those keys, by their length or their first letter.
fn may_state_day(path: &str) -> bool {
    (6..=13).contains(&path.len())
        && matches!(path.as_bytes()[0].to_ascii_lowercase(), b'c' | b'd' | b'l' | b'm' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_looked_at() {
        assert!(CREATED.iter().chain(&UPDATED).chain(&CLOSED).all(|key| may_state_day(key)));
    }
}
