//! Beginning, end, and what is no message or no call.

use serde_json::{Value, json};

use super::Talk;
use super::talk::VERSION;
use crate::support::Sandbox;

fn sandbox() -> Sandbox {
    Sandbox::fixture("responder")
}

#[test]
fn it_says_what_it_is_and_speaks_the_versions_that_there_are() {
    let sandbox = sandbox();
    for (asked, spoken) in
        [(VERSION, VERSION), ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("1999-01-01", VERSION)]
    {
        let mut talk = Talk::start(&sandbox);
        let answer = talk.initialize(asked)["result"].take();
        assert_eq!(answer["protocolVersion"], spoken, "{asked}");
        assert_eq!(answer["serverInfo"]["name"], "ris");
        assert_eq!(answer["capabilities"], json!({ "tools": {} }), "nothing but tools");
        assert!(answer["instructions"].as_str().is_some_and(|it| it.contains("seen_before")), "{answer}");
        assert_eq!(talk.ask("ping", json!({}))["result"], json!({}));
        talk.close();
        assert_eq!(talk.end(), (Some(0), Vec::new(), String::new()), "{asked}");
    }
}

#[test]
fn a_client_of_the_newest_version_needs_no_beginning() {
    let (sandbox, version) = (sandbox(), "2026-07-28");
    let mut talk = Talk::start(&sandbox);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let found = talk.ask("server/discover", json!({ "_meta": meta }));
    assert!(found["result"]["supportedVersions"].as_array().is_some_and(|it| it.contains(&version.into())), "{found}");
    let call = json!({ "name": "search", "arguments": { "q": "redis rotated" }, "_meta": meta });
    let found = talk.ask("tools/call", call);
    assert_eq!(found["result"]["structuredContent"]["hits"][0]["path"], "2025/redis-hostname.md", "{found}");
}

#[test]
fn the_tools_are_listed_and_only_read() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    for tool in talk.tools() {
        let hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];
        let hints = hints.map(|it| tool["annotations"][it].as_bool());
        assert_eq!(hints, [Some(true), Some(false), Some(true), Some(false)], "{tool}");
        assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
    }
    let mut listed = talk.ask("tools/list", json!({}))["result"]["tools"].take();
    // The schemas of answers are those of the contract, whose description has its own tests.
    listed.as_array_mut().unwrap().iter_mut().for_each(|tool| tool["outputSchema"] = "…".into());
    insta::assert_snapshot!("tools", serde_json::to_string_pretty(&listed).unwrap());
}

#[test]
fn what_is_no_message_ends_nothing() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    for line in ["", "garbage", "{\"jsonrpc\":\"2.0\"", "\u{0}\u{1b}[2J", "[[[["] {
        talk.say(line);
    }
    assert_eq!(talk.answer("search", json!({ "q": "redis rotated" }))["hits"][0]["path"], "2025/redis-hostname.md");
    let long = "x".repeat(20 << 20);
    talk.say(&format!("{{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\",\"params\":{{\"x\":\"{long}\"}}}}"));
    assert_eq!(talk.ask("ping", json!({}))["result"], json!({}), "a line of 20 MB is passed over");
    talk.close();
    let (code, said, stderr) = talk.end();
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{said:?}");
}

#[test]
fn what_there_is_not_is_an_error_of_the_protocol() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let code = |answer: Value| answer["error"]["code"].as_i64();
    assert_eq!(code(talk.ask("tools/call", json!({ "name": "delete", "arguments": {} }))), Some(-32602));
    for method in ["resources/read", "prompts/list", "nothing/such"] {
        assert!(code(talk.ask(method, json!({ "uri": "x" }))).is_some(), "{method}");
    }
    assert_eq!(talk.ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn two_questions_at_once_are_both_answered() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let call = |tool: &str| json!({ "name": tool, "arguments": {} });
    let mut asked = vec![talk.request("tools/call", call("incidents")), talk.request("tools/call", call("actions"))];
    let mut heard: Vec<u64> = [talk.hear(), talk.hear()].iter().filter_map(|it| it["id"].as_u64()).collect();
    asked.sort_unstable();
    heard.sort_unstable();
    assert_eq!(asked, heard);
}

#[test]
fn questions_before_the_end_of_stdin_are_answered() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    for _ in 0..5 {
        talk.request("tools/call", json!({ "name": "search", "arguments": { "q": "redis" } }));
    }
    talk.close();
    let (code, said, stderr) = talk.end();
    assert_eq!((code, said.len(), stderr.as_str()), (Some(0), 5, ""), "{said:?}");
}

#[test]
fn it_ends_when_it_is_asked_to() {
    let sandbox = sandbox();
    let talk = Talk::begin(&sandbox);
    talk.terminate();
    assert_eq!(talk.end(), (Some(0), Vec::new(), String::new()));
    // Nothing was said yet; a first answer tells that it has begun to listen.
    let mut talk = Talk::start(&sandbox);
    assert_eq!(talk.ask("ping", json!({}))["result"], json!({}));
    talk.terminate();
    assert_eq!(talk.end(), (Some(0), Vec::new(), String::new()));
}

#[test]
fn whoever_speaks_something_else_is_told() {
    let sandbox = sandbox();
    let mut talk = Talk::start(&sandbox);
    talk.say(
        &json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }).to_string(),
    );
    let (code, said, stderr) = talk.end();
    assert_eq!((code, said.len()), (Some(2), 0), "{stderr}");
    assert!(stderr.contains("error: the client did not begin") && stderr.contains("hint: "), "{stderr}");
}

#[test]
fn a_folder_that_is_none_is_an_error_before_anything_is_said() {
    let run = sandbox().run(["mcp", "--kb", "nowhere"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    assert!(run.stderr.contains("is not a folder"), "{run}");
}
