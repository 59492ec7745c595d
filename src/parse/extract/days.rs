//! The days that front matter states of the document itself: when it was made, changed, closed.

use chrono::NaiveDate;

use super::Source;
use crate::model::OwnDays;

const CREATED: [&str; 4] = ["created", "created-at", "created-on", "date-created"];
const UPDATED: [&str; 7] =
    ["updated", "updated-at", "updated-on", "last-updated", "modified", "last-modified", "date-updated"];
const CLOSED: [&str; 4] = ["closed", "closed-at", "closed-on", "date-closed"];

pub(super) fn extract(source: &Source<'_>) -> OwnDays {
    let Some(block) = &source.split.front_matter else { return OwnDays::default() };
    let day = |key: &&str| -> Option<NaiveDate> { block.get(key)?.value.get(..10)?.parse().ok() };
    // A document may carry two of these, and the later one is what happened last.
    let latest = |keys: &[&str]| keys.iter().filter_map(day).max();
    OwnDays { created: CREATED.iter().find_map(day), updated: latest(&UPDATED), closed: latest(&CLOSED) }
}
