//! `ris search`.

use crate::support::Sandbox;

#[test]
fn shows_title_facts_place_and_passage() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["search", "rotated", "secret"]), @r"
    1. Ingest cannot reach Redis after the secret was rotated
       INC-2025-0042 · 2025-12-17 · critical · resolved
       2025/redis-hostname.md:23  Root cause
       The rotated secret parcel/production/redis named a host that does not exist.
       Nothing checked it before it was used.

    1 document matches
    --- exit 0
    ");
}

#[test]
fn a_typo_is_forgiven_and_said() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["search", "resolvr"]), @r"
    No document has `resolvr`; showing `resolver`.

    1. Checkout times out while the resolver restarts
       INC-2024-0007 · 2024-06-03 · high · closed
       2024/dns-timeout.md:12  Checkout times out while the resolver restarts
       The resolver was restarted during the day and checkout gave up after one try.
       Resolution Retry three times with a pause; restart resolvers one by one.

    2. Certificate of the status page expired
       RIS-7 · 2024-02-01 · low · resolved
       2024/twin-a.md:5
       status: resolved

    3. Certificate of the mail relay expired
       RIS-7 · 2024-02-02 · low · resolved
       2024/twin-b.md:5
       status: resolved

    4. Ingest cannot reach Redis after the secret was rotated
       INC-2025-0042 · 2025-12-17 · critical · resolved
       2025/redis-hostname.md:11  Ingest cannot reach Redis after the secret was ro…
       Status: Resolved Date: 2025-12-17 Severity: Critical Duration: 9 hours 10
       minutes

    4 documents match
    --- exit 0
    ");
}

#[test]
fn no_hit_is_a_no_with_advice() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["search", "qqqqzzzz"]), @r"
    --- stderr
    No document matches `qqqqzzzz`.
    hint: a word's beginning with a star finds more: `conn*`.
    --- exit 1
    ");
    insta::assert_snapshot!(sandbox.run(["search", "redis", "--severity", "low"]), @r"
    --- stderr
    No document matches `redis`.
    hint: leave the filters out to search every document.
    --- exit 1
    ");
    let run = sandbox.run(["search", "qqqqzzzz", "--format", "json"]);
    assert_eq!((run.code, run.json()["total"].as_u64()), (1, Some(0)));
}

#[test]
fn an_id_that_is_nearly_right_is_named() {
    let run = Sandbox::fixture("responder").run(["search", "inc-2025-42"]);
    assert!(run.code == 1 && run.stderr.contains("hint: did you mean `INC-2025-0042`?"), "{run}");
}

#[test]
fn a_malformed_query_is_pointed_at() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["search", "redis \"not known"]), @r"
    1. Ingest cannot reach Redis after the secret was rotated
       INC-2025-0042 · 2025-12-17 · critical · resolved
       2025/redis-hostname.md:19  Summary
       Error -2 connecting to parcel-redis:6379. Name or service not known. Root
       cause The rotated secret parcel/production/redis named a host that does not …

    1 document matches
    --- stderr
    The quotation mark is not closed; everything after it is taken as the phrase.
    --- exit 0
    ");
    insta::assert_snapshot!(sandbox.run(["search", "before:\"yesterday\""]), @r#"
    --- stderr
    error: cannot understand the query: `yesterday` is no date
      before:"yesterday"
      ^^^^^^^^^^^^^^^^^^
    hint: write a day `2025-12-17`, a month `2025-12`, a quarter `2025-Q4`, a half `2025-H2`, a year `2025` or a range `2025-01..2025-03`
    --- exit 2
    "#);
    insta::assert_snapshot!(sandbox.run(["search", "redis OR", "--owner", "ana"]), @r"
    1. Ingest cannot reach Redis after the secret was rotated
       INC-2025-0042 · 2025-12-17 · critical · resolved
       2025/redis-hostname.md:19  Summary
       accepted and then stuck. The log of ingest-api repeated
       redis.exceptions.ConnectionError: Error -2 connecting to parcel-redis:6379. …

    1 document matches
    --- exit 0
    ");
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
    insta::assert_snapshot!(value, @r#"{"all_words":1,"corrections":[],"hints":[],"hits":[{"actions_open":2,"actions_total":3,"date":"2025-12-17","id":"INC-2025-0042","inferred_tags":["expired-credential","stale-reference","missing-validation"],"kind":"incident","outcome":"parsed","owners":["Ana Ruiz"],"passage":{"line":23,"section":"Root cause","snippet":{"highlights":[{"end":11,"start":4},{"end":18,"start":12}],"text":"The rotated secret parcel/production/redis named a host that does not exist. Nothing checked it before it was used."}},"path":"2025/redis-hostname.md","project":"parcel","score":0,"services":["ingest-api","queue"],"severity":1,"status":"resolved","tags":["config-drift","expired-credential","stale-reference","missing-validation"],"title":"Ingest cannot reach Redis after the secret was rotated","title_snippet":{"highlights":[{"end":42,"start":36},{"end":54,"start":47}],"text":"Ingest cannot reach Redis after the secret was rotated"}}],"notices":[],"query":"rotated secret","relaxed":false,"schema":1,"total":1}"#);
}

#[test]
fn a_query_that_names_a_cause_finds_what_has_it_in_other_words() {
    let report = |title: &str, tags: &str| format!("---\nkind: incident\n{tags}---\n# {title}\n\nIt broke.\n");
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", report("Database down: disk full", ""))
        .file("b.md", report("Exports fail", "tags: [disk-full]\n"))
        .file("c.md", report("Mail delayed", ""));
    let answer = sandbox.run(["search", "disk", "full", "--format", "json"]).json();
    let paths: Vec<&str> = answer["hits"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a.md", "b.md"], "{answer}");
    let german = sandbox.run(["search", "Festplatte", "voll", "--format", "json"]).json();
    assert_eq!(german["hits"][0]["path"], "b.md", "{german}");
    assert_eq!(german["notices"][0], "Also found by root cause: disk-full.");
}

#[test]
fn a_pasted_field_is_searched_as_words_and_a_name_that_nobody_has_is_told() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["search", "level:error resolver", "--format", "json"]);
    let notices = run.json()["notices"].to_string();
    assert!(run.code == 0 && notices.contains("`level:error` was searched for as words"), "{run}");
    for (query, hint) in [
        ("service:queeu", "hint: No service is called `queeu`. "),
        ("team:ingest", "hint: There is no field `team`, so `team:ingest` was searched for as text. Fields are "),
    ] {
        let run = sandbox.run(["search", query]);
        assert!(run.code == 1 && run.stderr.contains(hint), "{run}");
    }
}
