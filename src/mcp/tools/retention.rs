//! How long records are kept.

use std::time::Duration;

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

/// How long the commits are read for one answer, which says whether all are.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) const TOOL: Tool = Tool {
    name: "retention",
    title: "How long records are kept",
    about: "\
Compliance: lists incident records with the day until which each must be kept, what that rests on (stated period, \
framework, last commit), legal holds and whether it may be disposed of; the day that comes first is at the top. Ask with \
`expired` true for records past their day. `commits` says how much of the git history is known: with `reading` call \
again in a moment.",
    like: "/api/v1/retention",
    takes: &[Takes::Like("expired"), Takes::Like("at"), Takes::Like("offset"), Takes::Like("limit")],
    gives: Gives::Like("RetentionList"),
    list: Some("records"),
    ask: |kb, pairs| Ok(api::retention(kb, pairs, PATIENCE)?.into()),
    finish: as_it_is,
};
