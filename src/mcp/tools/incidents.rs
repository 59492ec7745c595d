//! Incidents of a period.

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

pub(super) const TOOL: Tool = Tool {
    name: "incidents",
    title: "Incidents of a period",
    about: "\
Lists incidents, newest first: several documents about the same event count as one. Each has the day it began, \
severity (1 is the worst, 5 the least), state, the times to detect and to resolve in minutes (`stated` by a person or \
worked out from the timeline), its documents and its open action items; `total` counts all that the parameters leave. \
Ask for a period with `from` and `to`, for what is still going on with the states open, investigating and mitigated, \
for near misses or drills with `scope`.",
    like: "/api/v1/incidents",
    takes: &[
        Takes::Like("from"),
        Takes::Like("to"),
        Takes::Like("severity"),
        Takes::Like("status"),
        Takes::Like("service"),
        Takes::Like("tag"),
        Takes::Like("open_actions"),
        Takes::Like("scope"),
        Takes::Like("q"),
        Takes::Like("sort"),
        Takes::Like("order"),
        Takes::Like("offset"),
        Takes::Like("limit"),
    ],
    gives: Gives::Like("Incidents"),
    list: Some("incidents"),
    ask: |kb, pairs| Ok(api::incidents(kb, pairs)?.into()),
    finish: as_it_is,
};
