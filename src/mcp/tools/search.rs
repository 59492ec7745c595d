//! Documents by words.

use serde_json::Value;

use super::tool::{Gives, Takes, Tool};
use crate::api::{self, Pairs};

pub(super) const TOOL: Tool = Tool {
    name: "search",
    title: "Search the incident documents",
    about: "\
Searches incident reports, postmortems, root-cause analyses, fix plans and resolutions. `q` is a query: words find every \
form of themselves and forgive typos; \"a phrase\"; -without; a OR b; (a OR b) c; conn* for beginnings; names such as \
redis.exceptions.ConnectionError, claims-db:5432 or config.py whole or by their parts; and fields: severity:high (or \
p1), status:open, kind:rca, service:claims-db, tag:certificate-expiry (root cause), owner:ana, project:x, \
id:INC-2026-02, control:CC7.4, has:compliance, in:2025-Q4, in:2025-01..2025-03, after:2025-06-30, before:2026, \
year:2025. Without `q` it lists the documents that the other parameters leave. Each hit has path, id, title, day, \
severity (1 is the worst, 5 the least), state and the best passage with its line; `document` reads the rest. An incident \
may have several documents; `incidents` counts incidents. For a pasted error use `seen_before`.",
    like: "/api/v1/search",
    takes: &[
        Takes::Like("q"),
        Takes::Like("severity"),
        Takes::Like("status"),
        Takes::Like("year"),
        Takes::Like("service"),
        Takes::Like("tag"),
        Takes::Like("kind"),
        Takes::Like("from"),
        Takes::Like("to"),
        Takes::Like("sort"),
        Takes::Like("offset"),
        Takes::Like("limit"),
    ],
    gives: Gives::Like("SearchResults"),
    list: Some("hits"),
    ask: |kb, pairs| Ok(api::search(kb, pairs)?.into()),
    finish,
};

/// Leaves of the words that were searched for instead of others only those that the answer shows. They come from documents
/// that it may not show, in which one of them may be a password.
fn finish(_: &Pairs, value: &mut Value) {
    let shown = value["hits"].to_string().to_lowercase();
    for correction in value["corrections"].as_array_mut().into_iter().flatten() {
        if let Some(used) = correction["used"].as_array_mut() {
            used.retain(|word| word.as_str().is_some_and(|word| shown.contains(&word.to_lowercase())));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_word_that_the_answer_does_not_show_is_not_handed_on() {
        let mut value = json!({
            "hits": [{ "title": "Redis Timeouts" }],
            "corrections": [{ "word": "timeuots", "used": ["timeouts", "timeout-Xk9"], "found": 0 }],
        });
        finish(&Vec::new(), &mut value);
        assert_eq!(value["corrections"][0]["used"], json!(["timeouts"]));
    }
}
