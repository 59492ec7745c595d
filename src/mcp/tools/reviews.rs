//! Reviews that are due.

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

pub(super) const TOOL: Tool = Tool {
    name: "reviews",
    title: "Reviews that are due",
    about: "\
Compliance: lists the reviews that incident documents promise, the most overdue first, each with the day it is due, how \
that day is known, when the last one was and who reviews. `overdue` counts those past their day; ask with `overdue` \
true for these alone.",
    like: "/api/v1/reviews",
    takes: &[Takes::Like("overdue"), Takes::Like("offset"), Takes::Like("limit")],
    gives: Gives::Like("Reviews"),
    list: Some("reviews"),
    ask: |kb, pairs| Ok(api::reviews(kb, pairs)?.into()),
    finish: as_it_is,
};
