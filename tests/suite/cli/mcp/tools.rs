//! What the tools answer, and how they refuse.

use std::fs;

use serde_json::{Value, json};

use super::Talk;
use crate::support::Sandbox;

const ID: &str = "INC-2025-0042";
const PATH: &str = "2025/redis-hostname.md";

fn sandbox() -> Sandbox {
    Sandbox::fixture("responder")
}

#[test]
fn every_tool_answers_as_it_is_described() {
    let sandbox = Sandbox::new();
    sandbox.copy_in(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents"), "");
    let mut talk = Talk::begin(&sandbox);
    let message = "FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute";
    for (tool, arguments, list) in [
        ("seen_before", json!({ "text": message }), "hits"),
        ("search", json!({ "q": "redis", "severity": ["high", "critical"] }), "hits"),
        ("related", json!({ "document": "INC-2026-02" }), "related"),
        ("actions", json!({ "state": "open", "limit": 100 }), "actions"),
        ("incidents", json!({ "from": "2025-01-01", "limit": 100 }), "incidents"),
        ("reviews", json!({}), "reviews"),
        ("retention", json!({ "at": "2033-01-01" }), "records"),
        ("notices", json!({}), "notices"),
        ("controls", json!({ "framework": "soc2" }), "controls"),
    ] {
        let answer = talk.answer(tool, arguments);
        assert!(answer[list].as_array().is_some_and(|it| !it.is_empty()), "{tool}: {answer}");
        assert_eq!(answer["schema"], 1, "{tool}");
    }
    let answer = talk.answer("document", json!({ "document": "INC-2026-02" }));
    assert_eq!(answer["facts"]["id"], "INC-2026-02");
    assert_eq!(talk.tools().len(), 10);
}

#[test]
fn an_error_that_was_seen_comes_with_its_way_out() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let paste = "2026-01-15T11:58:02Z ERROR [ingest] redis.exceptions.ConnectionError: Error -2 connecting to \
                 parcel-redis:6379. Name or service not known";
    let answer = talk.answer("seen_before", json!({ "text": paste }));
    let hit = &answer["hits"][0];
    assert_eq!((&answer["seen_before"], &hit["path"]), (&true.into(), &PATH.into()), "{answer}");
    assert!(hit["resolution"].as_str().is_some_and(|it| it.contains("Put the right host into the secret")), "{hit}");
    assert_eq!(hit["commands"][0]["text"], "vault kv put parcel/production/redis host=redis port=6379");
    assert_eq!((&hit["passage"]["line"], &hit["resolution_line"]), (&19.into(), &25.into()), "{hit}");
    let other = talk.answer("seen_before", json!({ "text": "rotated uploads of redis secret" }));
    assert_eq!(other["seen_before"], false, "{other}");
    assert!(other["hits"].as_array().unwrap().iter().all(|hit| hit["resolution"].is_null()), "{other}");
}

#[test]
fn lists_go_on_where_they_ended() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let first = talk.answer("search", json!({ "limit": 2 }));
    assert_eq!((first["hits"].as_array().unwrap().len(), &first["next_offset"]), (2, &2.into()));
    let (mut seen, mut offset) = (Vec::new(), Some(0));
    while let Some(at) = offset {
        let part = talk.answer("search", json!({ "limit": 2, "offset": at }));
        seen.extend(part["hits"].as_array().unwrap().iter().map(|hit| hit["path"].clone()));
        offset = part["next_offset"].as_u64();
    }
    assert_eq!(json!(seen.len()), first["total"]);
    let actions = talk.answer("actions", json!({ "owner": "ben", "state": "overdue" }));
    assert_eq!((&actions["actions"][0]["line"], &actions["next_offset"]), (&51.into(), &Value::Null), "{actions}");
}

#[test]
fn a_long_text_comes_in_parts_and_a_section_alone() {
    let sandbox = sandbox();
    let body: String = (0..4_000).map(|at| format!("Line {at} of a \"long\" text, é.\n")).collect();
    let document = format!("# Long\n\n**Date:** 2025-03-01\n\n## Log\n\n{body}\n## Root cause\n\nToo long.\n");
    sandbox.write("2025/long.md", &document);
    let mut talk = Talk::begin(&sandbox);
    let (mut whole, mut offset) = (String::new(), Some(0));
    while let Some(at) = offset {
        let part = talk.answer("document", json!({ "document": "2025/long.md", "offset": at }));
        let text = &part["text"];
        assert_eq!(text["line"], whole.matches('\n').count() + 1, "the line it begins on");
        assert_eq!(part["facts"].is_null(), at > 0, "facts come with the first part");
        whole.push_str(text["content"].as_str().unwrap());
        offset = text["next_offset"].as_u64();
    }
    assert!(whole == document, "the parts are the document");
    let section = talk.answer("document", json!({ "document": "long", "section": "root" }));
    assert_eq!(section["text"]["section"], "Root cause");
    assert_eq!(section["text"]["line"], 4_008);
    assert!(section["text"]["content"].as_str().unwrap().contains("Too long."), "{section}");
    let refused = talk.refusal("document", json!({ "document": "long", "section": "Impact" }));
    assert!(refused.contains("there are `Long`, `Log`, `Root cause`"), "{refused}");
}

#[test]
fn an_answer_that_is_too_long_is_cut_and_says_so() {
    let sandbox = sandbox();
    let long = "word ".repeat(30_000);
    let items: String = (0..300).map(|at| format!("- [ ] Item {at} {long:.2000}\n")).collect();
    sandbox.write("2025/items.md", format!("# Items\n\n**Date:** 2025-03-01\n\n## Action items\n\n{items}"));
    let title = format!("---\ntitle: {long}\nservices: [{}]\n---\n\n# x\n", "svc, ".repeat(3_000));
    sandbox.write("2025/title.md", title);
    let mut talk = Talk::begin(&sandbox);
    let answer = talk.answer("actions", json!({ "limit": 100, "q": "path:items" }));
    let shown = answer["actions"].as_array().unwrap().len();
    assert!((5..100).contains(&shown), "{shown}");
    assert_eq!(answer["next_offset"], shown);
    assert!(answer["cut"].to_string().contains(&format!("actions: {shown} of 100 shown")), "{}", answer["cut"]);
    for (tool, arguments) in [
        ("document", json!({ "document": "2025/items.md" })),
        ("document", json!({ "document": "2025/title.md" })),
        ("search", json!({ "q": "word", "limit": 100 })),
        ("related", json!({ "document": "2025/title.md", "limit": 50 })),
    ] {
        talk.answer(tool, arguments);
    }
}

#[test]
fn what_a_caller_can_mend_is_a_result_with_a_hint() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let huge = "x".repeat(100_000);
    for (tool, arguments, expected) in [
        (
            "document",
            json!({ "document": "INC-2025-0024" }),
            "There is no document `INC-2025-0024`. Did you mean `INC-2025-0042`",
        ),
        ("related", json!({ "document": "INC-2025-0024" }), "Did you mean `INC-2025-0042`"),
        ("document", json!({}), "`document` is missing"),
        (
            "document",
            json!({ "document": "RIS-7" }),
            "Several documents go by `RIS-7`; name the one you mean by its path. `2024/twin-a.md`",
        ),
        ("search", json!({ "q": "redis ()" }), "The query cannot be understood: "),
        ("actions", json!({ "q": "severity:foo" }), "Hint: "),
        ("seen_before", json!({ "text": "x", "q": "in:soon" }), "Hint: "),
        ("seen_before", json!({}), "`text` is missing"),
        ("seen_before", json!({ "text": "x".repeat(2 << 20) }), "longer than one megabyte"),
        ("search", json!({ "offset": -1 }), "`offset` is no number from 0 to 10000"),
        ("search", json!({ "limit": 1e300 }), "`limit` is no number from 0 to 100"),
        ("search", json!({ "q": huge }), "`q` is longer than 2000 characters"),
        ("search", json!({ huge.as_str(): 1 }), "is no parameter of `search`; known are `q`"),
        ("search", json!({ "query": "redis" }), "`query` is no parameter of `search`"),
        ("search", json!({ "facets": true }), "`facets` is no parameter of `search`"),
        ("search", json!({ "severity": ["high", {}] }), "`severity` is neither text"),
        ("incidents", json!({ "from": "yesterday" }), "`from` is no day"),
        ("document", json!({ "document": "../../../etc/passwd" }), "There is no document"),
        ("document", json!({ "document": ".ris/index" }), "There is no document"),
    ] {
        let refused = talk.refusal(tool, arguments);
        assert!(refused.contains(expected), "{tool}: {refused}");
        assert!(refused.len() < 5_000, "{tool}: {} bytes", refused.len());
    }
    assert_eq!(talk.answer("document", json!({ "document": ID }))["document"]["path"], PATH, "it still answers");
}

#[test]
fn a_document_that_changed_between_two_calls_is_found() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    assert_eq!(talk.answer("search", json!({ "q": "\"sluice gate\"" }))["total"], 0);
    sandbox.write("2026/new.md", "# The sluice gate stuck\n\n**Date:** 2026-01-10\n");
    let found = talk.answer("search", json!({ "q": "\"sluice gate\"" }));
    assert_eq!(found["hits"][0]["path"], "2026/new.md");
    assert_eq!(found["index"]["up_to_date"], true, "{found}");
    fs::remove_file(sandbox.path("2026/new.md")).unwrap();
    assert_eq!(talk.answer("search", json!({ "q": "\"sluice gate\"" }))["total"], 0);
}

#[test]
fn an_index_that_cannot_be_written_is_told_with_the_way_out() {
    let sandbox = sandbox().file(".ris", "");
    let mut talk = Talk::begin(&sandbox);
    let result = talk.call("search", json!({ "q": "redis" }));
    let (text, index) = (&result["content"][0]["text"], &result["_meta"]["ris/index"]);
    assert_eq!((&result["isError"], &index["up_to_date"]), (&true.into(), &false.into()), "{result}");
    assert!(text.to_string().contains("Hint: `.ris` is a file"), "{result}");
    assert!(index["notices"].to_string().contains("could not be brought up to date"), "{result}");
}

#[test]
fn answers_say_which_commit_they_saw_and_what_they_could_not_read() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    assert_eq!(talk.answer("incidents", json!({}))["index"]["commit"], Value::Null);
    let repository = git2::Repository::init(sandbox.path("")).unwrap();
    let author = git2::Signature::new("Ada", "ada@example.com", &git2::Time::new(1_768_000_000, 0)).unwrap();
    let tree = repository.find_tree(repository.index().unwrap().write_tree().unwrap()).unwrap();
    let commit = repository.commit(Some("HEAD"), &author, &author, "Incidents", &tree, &[]).unwrap();
    let index = talk.answer("incidents", json!({}))["index"].clone();
    assert_eq!((&index["commit"], &index["up_to_date"]), (&commit.to_string().into(), &true.into()), "{index}");
    assert!(index["seen_at"].is_string() && index["age_seconds"].is_u64(), "{index}");
    // What cannot be used is told in the answer and, once, to whoever started the server.
    sandbox.write("ris.toml", "include = 7\n");
    let index = talk.answer("incidents", json!({}))["index"].clone();
    assert!(index["notices"].to_string().contains("ris.toml"), "{index}");
    talk.answer("incidents", json!({}));
    talk.close();
    let (code, _, stderr) = talk.end();
    assert_eq!((code, stderr.matches("warning: ").count()), (Some(0), 1), "{stderr}");
}
