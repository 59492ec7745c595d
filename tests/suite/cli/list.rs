//! `ris list`.

use crate::support::Sandbox;

#[test]
fn shows_the_newest_incident_first() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["list"]), @r#"
    date        severity  status    done  title
    2025-12-17  critical  resolved  1/3   Ingest cannot reach Redis after the…
                INC-2025-0042
    2025-05-06  medium                    Log �[31mviewer�[0m obeys �]0;owned� es…
                2025/escapes.md
    2025-03-04  high      resolved        注文キューの障害報告
                2025/shougai.md
    2024-06-03  high      closed    1/1   Checkout times out while the resolv…
                INC-2024-0007
    2024-02-02  low       resolved        Certificate of the mail relay expir…
                RIS-7
    2024-02-01  low       resolved        Certificate of the status page expi…
                RIS-7
                medium                    Reports were sent twice
                INC-2025-0050
    --- exit 0
    "#);
}

#[test]
fn filters_narrow_and_their_values_widen() {
    let sandbox = Sandbox::fixture("responder");
    let ids = |args: &[&str]| {
        let run = sandbox.run([&["list", "--format", "json"], args].concat());
        let documents = run.json()["documents"].as_array().expect("it is a list").clone();
        documents.iter().map(|it| it["path"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--severity", "critical,high", "--before", "2025"]), ["2024/dns-timeout.md"]);
    assert_eq!(ids(&["--service", "queue"]), ["2025/redis-hostname.md"]);
    assert_eq!(ids(&["--owner", "Ana Ruiz", "--in", "2025-12"]), ["2025/redis-hostname.md"]);
    assert_eq!(ids(&["--project", "parcel", "--tag", "dns"]), [""; 0]);
    assert_eq!(ids(&["--status", "resolved", "--after", "2024-02-01", "--before", "2025"]), ["2024/twin-b.md"]);
}

#[test]
fn nothing_to_list_is_a_no() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["list", "--in", "1999"]), @r"
    --- stderr
    No document matches these filters.
    hint: No incident is of these days; the nearest is of 2024-02-01.
    --- exit 1
    ");
    insta::assert_snapshot!(Sandbox::new().run(["list"]), @r"
    --- stderr
    There are no documents in this knowledge base.
    --- exit 1
    ");
}

#[test]
fn a_misspelt_service_or_tag_gets_the_nearest_one() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["list", "--service", "ingst-api", "--tag", "quux"]), @r"
    --- stderr
    No document matches these filters.
    hint: No document names the service `ingst-api`; did you mean `ingest-api`?
    hint: No document names the tag `quux`.
    --- exit 1
    ");
}

#[test]
fn a_cut_list_says_so() {
    let run = Sandbox::fixture("responder").run(["list", "--limit", "1", "--sort", "severity"]);
    insta::assert_snapshot!(run, @r"
    date        severity  status    done  title
    2025-12-17  critical  resolved  1/3   Ingest cannot reach Redis after the…
                INC-2025-0042
    --- stderr
    1 of 7 documents shown; --limit 0 shows all.
    --- exit 0
    ");
}

#[test]
fn the_json_shape() {
    let run = Sandbox::fixture("responder").run(["list", "--service", "queue", "--format", "json"]);
    insta::assert_snapshot!(run.stdout, @r#"{"documents":[{"actions_open":2,"actions_total":3,"date":"2025-12-17","id":"INC-2025-0042","inferred_tags":["expired-credential","stale-reference","missing-validation"],"kind":"incident","outcome":"parsed","owners":["Ana Ruiz"],"path":"2025/redis-hostname.md","project":"parcel","services":["ingest-api","queue"],"severity":1,"status":"resolved","tags":["config-drift","expired-credential","stale-reference","missing-validation"],"title":"Ingest cannot reach Redis after the secret was rotated"}],"hints":[],"notices":[],"schema":1,"total":1}"#);
}

#[test]
fn a_period_that_ends_before_it_begins_is_told() {
    let sandbox = Sandbox::new().file("a.md", "---\nkind: incident\ndate: 2026-01-05\n---\n# Queue stalled\n\nCC7.4\n");
    let told = "The period that is asked for ends before it begins.";
    for args in [
        vec!["search", "in:2026-02..2025-01"],
        vec!["search", "queue", "--after", "2026-05", "--before", "2026-02"],
        vec!["list", "--after", "2026-05", "--before", "2026-02"],
        vec!["controls", "--in", "2026-02..2025-01"],
        vec!["controls", "CC7.4", "--in", "2026-02..2025-01"],
    ] {
        let run = sandbox.run(&args);
        assert!(run.code == 1 && run.stderr.contains(told) && !run.stderr.contains("conn*"), "{args:?}: {run}");
    }
    for args in [["stats", "2026-06..2026-01"], ["evidence", "2026-06..2026-01"]] {
        let run = sandbox.run(args);
        assert!(run.code == 2 && run.stderr.contains("it ends before it begins"), "{args:?}: {run}");
    }
    let empty = sandbox.run(["list", "--in", "2025"]);
    assert!(empty.code == 1 && !empty.stderr.contains("ends before"), "{empty}");
}
