//! `ris search`.

use crate::support::Sandbox;

#[test]
fn shows_title_facts_place_and_passage() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["search", "rotated", "secret"]), @"");
}

#[test]
fn a_typo_is_forgiven_and_said() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["search", "resolvr"]), @"");
}

#[test]
fn no_hit_is_a_no_with_advice() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["search", "qqqqzzzz"]), @"");
    insta::assert_snapshot!(sandbox.run(["search", "redis", "--severity", "low"]), @"");
    let run = sandbox.run(["search", "qqqqzzzz", "--format", "json"]);
    assert_eq!((run.code, run.json()["total"].as_u64()), (1, Some(0)));
}

#[test]
fn a_malformed_query_is_pointed_at() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["search", "redis \"not closed"]), @"");
    insta::assert_snapshot!(sandbox.run(["search", "before:yesterday"]), @"");
    insta::assert_snapshot!(sandbox.run(["search", "redis OR", "--owner", "ana"]), @"");
}

#[test]
fn filters_of_flags_hold_for_both_sides_of_an_or() {
    let run =
        Sandbox::fixture("responder").run(["search", "redis OR checkout", "--before", "2025", "--format", "json"]);
    let value = run.json();
    assert_eq!(value["total"], 1, "{run}");
    assert_eq!(value["hits"][0]["path"], "2024/dns-timeout.md");
}

#[test]
fn without_sync_the_index_answers_as_it_is() {
    let sandbox = Sandbox::fixture("responder");
    sandbox.run(["index"]);
    sandbox.write("2026/new.md", "# Zanzibar\n");
    assert_eq!(sandbox.run(["search", "zanzibar", "--no-sync"]).code, 1);
    assert_eq!(sandbox.run(["search", "zanzibar"]).code, 0);
}

#[test]
fn paths_can_be_clicked_from_any_folder() {
    let sandbox = Sandbox::fixture("responder").inside("2024");
    let run = sandbox.run(["search", "idempotency"]);
    assert!(run.stdout.contains(" ../2025/broken-front-matter.md:"), "{run}");
    let run = sandbox.run(["search", "idempotency", "--format", "json"]);
    assert_eq!(run.json()["hits"][0]["path"], "2025/broken-front-matter.md");
}

#[test]
fn the_json_shape() {
    let run = Sandbox::fixture("responder").run(["search", "rotated secret", "--format", "json"]);
    let mut value = run.json();
    // The score depends on every document of the fixture.
    value["hits"][0]["score"] = 0.into();
    insta::assert_snapshot!(value, @"");
}
