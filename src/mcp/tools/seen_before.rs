//! An error, a stack trace or a log: was it seen before, and what fixed it?

use super::tool::{Found, Gives, Takes, Tool, as_it_is};
use crate::api::{self, MAX_LOG, Pairs, Refusal};
use crate::kb::KnowledgeBase;
use crate::mcp::arguments::take;

pub(super) const TOOL: Tool = Tool {
    name: "seen_before",
    title: "Seen before?",
    about: "\
Tells whether an error has happened here before and what fixed it. Give it the error message, stack trace or stretch of \
log as it was printed: time stamps, ids, colours and noise do no harm. `seen_before` is true where a document quotes \
the same message. Such a hit has `same_message` true, the incident's id, title and state, the line that quotes the \
message (`path` and `passage.line`), what both share, the way out as Markdown (`resolution`, in `resolution_path` or \
else `path`, from line `resolution_line`) and its `commands`. Where `seen_before` is false the hits merely share words, \
which may be chance: never present what fixed them as the fix of this. Use this first when something is broken and \
there is a message; use `search` for topics.",
    like: "/api/v1/log",
    takes: &[
        Takes::Own {
            name: "text",
            about: "The error, stack trace or log, as it was printed. At most one megabyte; the part around the first error does.",
            schema: r#"{ "type": "string", "minLength": 1, "maxLength": 1048576 }"#,
            required: true,
        },
        Takes::Like("q"),
        Takes::Like("service"),
        Takes::Like("from"),
        Takes::Like("to"),
        Takes::Like("limit"),
    ],
    gives: Gives::Like("LogResults"),
    list: Some("hits"),
    ask,
    finish: as_it_is,
};

fn ask(kb: &KnowledgeBase, mut pairs: Pairs) -> Result<Found, Refusal> {
    let text = take(&mut pairs, "text").unwrap_or_default();
    match text.len() {
        0 => Err(Refusal::Parameters("`text` is missing: give the error or the log as it was printed.".to_owned())),
        1..=MAX_LOG => Ok(api::log(kb, pairs, text)?.into()),
        _ => Err(Refusal::Parameters(
            "`text` is longer than one megabyte. Give the part around the first error.".to_owned(),
        )),
    }
}
