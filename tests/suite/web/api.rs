//! The JSON API: its description, its routes and its errors agree.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::Value;

use super::Site;
use super::ledger::Repo;
use super::site::Answer;
use crate::support::check;

const OPENAPI: &str = include_str!("../../../src/api/openapi.json");

fn described() -> Value {
    serde_json::from_str(OPENAPI).unwrap()
}

fn json(answer: Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json");
    serde_json::from_slice(&answer.ok().bytes).unwrap()
}

fn problem(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let problem: Value = serde_json::from_slice(&answer.bytes).unwrap();
    check(&described(), &described()["components"]["schemas"]["Problem"], &problem, "problem");
    assert_eq!(problem["status"], answer.status.as_u16());
    problem
}

#[test]
fn answers_are_as_described() {
    let (site, described) = (Site::new(), described());
    for (path, item) in described["paths"].as_object().unwrap() {
        let Some(operation) = item.get("get") else { continue };
        let mut url = path.replace("{path}", "2025/redis.md");
        if path == "/api/v1/related" {
            url.push_str("?document=INC-2025-0042");
        }
        let answer = json(site.get(&url));
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        check(&described, schema, &answer, if path.ends_with("{path}") { "document" } else { path });
    }
    let log = Request::post("/api/v1/log").header("host", "localhost").header("content-type", "text/plain");
    let log = json(site.ask(log.body("cache-main: name or service not known".into()).unwrap()));
    check(&described, &described["components"]["schemas"]["LogResults"], &log, "log");
    assert_eq!(log["hits"][0]["path"], "2025/redis.md");
    assert_eq!(log["seen_before"], log["hits"][0]["same_message"]);
}

#[test]
fn parameters_narrow_the_candidates_for_a_log() {
    let site = Site::new();
    let ask = |query: &str| {
        let log = Request::post(format!("/api/v1/log?{query}")).header("host", "localhost");
        let log = log.header("content-type", "text/plain").body("cache-main: name or service not known".into());
        site.ask(log.unwrap())
    };
    let has_it = |query: &str| json(ask(query))["hits"].to_string().contains("2025/redis.md");
    assert!(has_it("year=2025") && has_it("q=in:2025"));
    for query in ["year=2019", "q=in:2019", "to=2019-12-31", "service=nothere", "tag=nothere", "kind=drill"] {
        assert!(!has_it(query), "{query}");
        assert!(json(ask(query))["notices"].to_string().contains("leave out"), "{query}");
    }
    assert_eq!([ask("severity=none"), ask("q=in:soon")].map(|it| it.status.as_u16()), [422, 400]);
}

#[test]
fn parameters_do_what_they_say_and_unknown_ones_are_errors() {
    let site = Site::new();
    assert_eq!(json(site.get("/api/v1/search?q=hostname&facets=true"))["hits"][0]["path"], "2025/redis.md");
    assert_eq!(json(site.get("/api/v1/documents?kind=fix-plan&severity=low"))["total"], 1);
    assert_eq!(json(site.get("/api/v1/incidents?open_actions=true"))["incidents"][0]["actions_open"], 1);
    assert_eq!(json(site.get("/api/v1/actions?state=overdue"))["actions"][0]["line"], 30);
    let boxes = "# Outage\n\n**Date:** 2025-01-02\n\n## Action items\n\n- [ ] Add an alert\n\n## Verification\n\n- [ ] Check the logs\n";
    let classes = Site::with(&[("a.md", boxes)]);
    let count = |query: &str| json(classes.get(&format!("/api/v1/actions{query}")))["total"].clone();
    assert_eq!(
        ["", "?class=verification", "?class=all"].map(count),
        [1, 1, 2],
        "action items only, as in `ris actions`"
    );
    assert_eq!(json(site.get("/api/v1/insights?from=2026-01-01"))["incidents"], 0);
    assert_eq!(json(site.get("/api/v1/documents/INC-2025-0042"))["id"], "INC-2025-0042");
    for url in [
        "/api/v1/search?colour=red",
        "/api/v1/search?limit=101",
        "/api/v1/search?limit=1&limit=2",
        "/api/v1/search?severity=nope",
        "/api/v1/incidents?from=soon",
        "/api/v1/actions?min_age=-1",
        "/api/v1/tags?limit=0",
        "/api/v1/documents/x?y=1",
        "/api/v1/related",
        "/api/v1/related?document=",
        "/api/v1/related?document=INC-2025-0042&limit=0",
    ] {
        let answer = site.get(url);
        assert_eq!(answer.status, 422, "{url}");
        assert!(problem(&answer)["detail"].as_str().unwrap().contains('`'), "{}", answer.text());
    }
}

#[test]
fn the_ledger_is_as_described_in_git_and_outside() {
    let (site, described) = (Repo::queue().site(), described());
    let ask = |query: &str| {
        let answer = json(site.get(&format!("/api/v1/ledger{query}")));
        check(&described, &described["components"]["schemas"]["Ledger"], &answer, "ledger");
        answer
    };
    let all = ask("");
    assert_eq!((&all["total"], all["entries"].as_array().unwrap().len()), (&8.into(), 8));
    assert_eq!((&all["totals"]["dropped"], &all["totals"]["median_days"]), (&1.into(), &95.5.into()));
    assert_eq!((&all["entries"][0]["commit"], &all["entries"][0]["line"]), (&Value::Null, &10.into()));
    let some = ask("?period=2025-10..2025-11&only=done&only=written&owner=ana&limit=1&offset=1");
    assert_eq!((&some["total"], &some["entries"][0]["what"]), (&2.into(), &"written".into()));
    assert_eq!((&some["from"], &some["to"]), (&"2025-10-01".into(), &"2025-11-30".into()));
    assert_eq!(ask("?class=checklist")["total"], 0);
    assert_eq!(ask("?nobody=true&only=dropped")["entries"][0]["line"], Value::Null);
    for query in ["?period=soon", "?only=gone", "?class=zz", "?colour=red", "?limit=101"] {
        assert_eq!(site.get(&format!("/api/v1/ledger{query}")).status, 422, "{query}");
    }
    let outside = json(Site::new().get("/api/v1/ledger"));
    assert_eq!((&outside["total"], &outside["totals"]), (&Value::Null, &Value::Null), "not known is not none");
    assert!(outside["lack"].as_str().unwrap().contains("no git repository"), "{outside}");
}

#[test]
fn what_is_related_comes_with_the_reasons() {
    let site = Site::new();
    let answer = json(site.get("/api/v1/related?document=INC-2025-0042"));
    let listed: Vec<&Value> =
        ["same_incident", "related"].iter().flat_map(|list| answer[list].as_array().unwrap()).collect();
    assert!(listed.iter().any(|it| it["id"] == "PLAN-7"), "{answer}");
    for related in answer["related"].as_array().unwrap() {
        assert!(!related["reasons"].as_array().unwrap().is_empty(), "{related}");
    }
    assert_eq!(site.get("/api/v1/related?document=INC-2025-0043").status, 404);
}

#[test]
fn a_query_that_cannot_be_understood_gives_no_number() {
    for (list, query, from) in
        [("search", "severity:(nope)", 10), ("incidents", "severity:nope", 9), ("actions", "severity:nope", 9)]
    {
        let answer = json(Site::new().get(&format!("/api/v1/{list}?q={query}")));
        assert!(answer["total"].is_null(), "{answer}");
        assert_eq!((&answer["problem"]["from"], &answer["problem"]["to"]), (&from.into(), &(from + 4).into()));
    }
    let searched = json(Site::new().get("/api/v1/search?q=severity:nope"));
    let notice = searched["notices"][0].as_str().unwrap();
    assert!(searched["problem"].is_null() && notice.contains("was searched for as words"), "{searched}");
}

#[test]
fn errors_are_problems() {
    let site = Site::new();
    let ask = |method: Method, url: &str, headers: &[(&str, &str)], body: Vec<u8>| {
        let mut request = Request::builder().method(method).uri(url).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        site.ask(request.body(Body::from(body)).unwrap())
    };
    let status = |answer: &Answer| {
        problem(answer);
        answer.status.as_u16()
    };
    assert_eq!(status(&site.get("/api/v1/nothing")), 404);
    let unknown = site.get("/api/v1/documents/INC-2025-0043");
    assert_eq!((status(&unknown), &problem(&unknown)["nearest"][0]), (404, &"INC-2025-0042".into()));
    let posted = ask(Method::POST, "/api/v1/search", &[], Vec::new());
    assert_eq!((status(&posted), posted.header("allow")), (405, "GET,HEAD"));
    assert_eq!(status(&ask(Method::GET, "/api/v1/tags", &[("accept", "text/html")], Vec::new())), 406);
    let json_type = [("content-type", "application/json")];
    let text_type = [("content-type", "text/plain")];
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &[("content-type", "text/html")], b"x".to_vec())), 415);
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &text_type, vec![b'x'; (1 << 20) + 1])), 413);
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &text_type, vec![b'x'; 4 << 20])), 413);
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &text_type, Vec::new())), 422);
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &json_type, b"{".to_vec())), 400);
    assert_eq!(status(&ask(Method::POST, "/api/v1/log", &json_type, b"{\"text\":1}".to_vec())), 422);
}
