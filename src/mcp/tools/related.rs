//! What is this incident like?

use super::tool::{Found, Gives, Takes, Tool, as_it_is};
use crate::api::{self, Pairs, Refusal};
use crate::kb::KnowledgeBase;

pub(super) const TOOL: Tool = Tool {
    name: "related",
    title: "Related incidents",
    about: "\
Lists incidents that belong with a document, and why: the same root causes, services, names of errors, hosts or \
settings, references in either direction, shared words. `same_incident` are other documents about the same event; \
`related` are other incidents, most related first, each with `reasons`. `earlier` tells those that came before; \
`unfinished` counts the action items still open of an earlier incident with the same cause: work that might have \
prevented this one.",
    like: "/api/v1/related",
    takes: &[Takes::Like("document"), Takes::Like("limit")],
    gives: Gives::Like("Related"),
    list: Some("related"),
    ask,
    finish: as_it_is,
};

fn ask(kb: &KnowledgeBase, pairs: Pairs) -> Result<Found, Refusal> {
    let key = pairs.iter().find(|(name, _)| name == "document").map(|(_, key)| key.clone());
    let value = api::related(kb, pairs)?;
    // What is shared with the document asked about stands in that, too.
    let path = key.map(|key| api::find(kb, &key)).transpose()?.map(|(document, _)| document.path);
    Ok(Found { value, paths: path.into_iter().collect(), refused: None })
}
