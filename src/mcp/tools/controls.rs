//! Which controls there is evidence for.

use super::tool::{Gives, Takes, Tool, as_it_is};
use crate::api;

pub(super) const TOOL: Tool = Tool {
    name: "controls",
    title: "Controls with evidence",
    about: "\
Compliance: lists the controls of SOC 2, HIPAA and ISO 27001 with how many incidents and documents of a period cite each \
and the newest of them, and under `invalid` what is cited and is no control, with what to cite instead. Ask with \
`framework` for one of them and with `cited` true for those that there is evidence for.",
    like: "/api/v1/controls",
    takes: &[Takes::Like("framework"), Takes::Like("cited"), Takes::Like("from"), Takes::Like("to")],
    gives: Gives::Like("Controls"),
    list: Some("controls"),
    ask: |kb, pairs| Ok(api::controls(kb, pairs)?.into()),
    finish: as_it_is,
};
