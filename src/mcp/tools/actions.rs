//! Action items of all documents.

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

pub(super) const TOOL: Tool = Tool {
    name: "actions",
    title: "Action items",
    about: "\
Lists action items of all incident documents with owner, due day, priority, state and the line each stands on. \
`totals` counts open, overdue, unowned, undated, done and cancelled items of everything that the parameters leave, in \
every state. Ask with state `open` or `overdue` for what is still to be done, with `owner` for one person, with \
`nobody` for items that nobody owns, with `q` for those of some documents (fields as in `search`, such as service:x or \
id:INC-2026-02). The earliest due day comes first.",
    like: "/api/v1/actions",
    takes: &[
        Takes::Like("state"),
        Takes::Like("owner"),
        Takes::Like("nobody"),
        Takes::Like("q"),
        Takes::Like("severity"),
        Takes::Like("class"),
        Takes::Like("min_age"),
        Takes::Like("max_age"),
        Takes::Like("sort"),
        Takes::Like("offset"),
        Takes::Like("limit"),
    ],
    gives: Gives::Like("Actions"),
    list: Some("actions"),
    ask: |kb, pairs| Ok(api::actions(kb, pairs)?.into()),
    finish: as_it_is,
};
