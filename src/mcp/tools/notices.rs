//! Who must be told of possible breaches.

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

pub(super) const TOOL: Tool = Tool {
    name: "notices",
    title: "Breach notices",
    about: "\
Compliance: lists who must be told of possible breaches of personal data (authorities, individuals, others), by which \
rule, until when and whether it was done, those still to be told first. `overdue` counts those past their time; ask \
with `open` true for notices still to be given. `unclear` are records whose clocks do not run because something is not \
stated. It counts from what the documents state and is no legal advice.",
    like: "/api/v1/notices",
    takes: &[Takes::Like("open"), Takes::Like("offset"), Takes::Like("limit")],
    gives: Gives::Like("Notices"),
    list: Some("notices"),
    ask: |kb, pairs| Ok(api::notices(kb, pairs)?.into()),
    finish: as_it_is,
};
