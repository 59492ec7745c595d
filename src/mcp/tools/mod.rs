//! The tools, one file each.

mod actions;
mod controls;
mod document;
mod incidents;
mod notices;
mod related;
mod retention;
mod reviews;
mod search;
mod seen_before;

use super::tool::{self, Tool};

/// Every tool, in the order told: first what helps during an incident.
pub(super) const ALL: &[&Tool] = &[
    &seen_before::TOOL,
    &search::TOOL,
    &document::TOOL,
    &related::TOOL,
    &actions::TOOL,
    &incidents::TOOL,
    &reviews::TOOL,
    &retention::TOOL,
    &notices::TOOL,
    &controls::TOOL,
];
