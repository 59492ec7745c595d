//! `ris related`.

use crate::support::Sandbox;

/// An old incident with work left undone, a new one with its cause, its plan, and one that has nothing to do with them.
fn sandbox() -> Sandbox {
    Sandbox::new()
        .file("ris.toml", "")
        .file(
            "2024/INC-1.md",
            "---\nid: INC-1\nkind: incident\ndate: 2024-04-09\ntags: [config-drift, missing-validation]\nservices: [cache]\n---\n\
             # Cache unreachable\n\nThe log names `cache-main.internal`.\n\n## Action items\n\n- [ ] Compare the \
             settings every night\n- [x] Write it down\n",
        )
        .file(
            "2026/INC-2.md",
            "---\nid: INC-2\nkind: incident\ndate: 2026-01-02\ntags: [config-drift, missing-validation]\n---\n# Uploads stuck\n\n\
             cache-main.internal again.\n\n## Related issues\n\n- INC-1\n",
        )
        .file(
            "2026/plan.md",
            "---\nid: INC-2-FIX\nincident: INC-2\nkind: fix-plan\n---\n# Fix plan: uploads\n\n- [ ] do\n",
        )
        .file("2026/INC-3.md", "---\nid: INC-3\nkind: incident\ndate: 2026-01-09\n---\n# Printer on fire\n\nIt burnt.\n")
}

#[test]
fn every_reason_is_told_and_work_left_undone_is_a_warning() {
    insta::assert_snapshot!(sandbox().run(["related", "2026/INC-2.md"]), @r"
    Related to Uploads stuck

    Of the same incident
      Fix plan: uploads 2026/plan.md

    1. Cache unreachable
       INC-1 · 2024-04-09 · no severity · no status
       2024/INC-1.md
       same causes: config-drift, missing-validation
       both mention cache-main.internal
       cited in Related issues
       1 action item of this earlier incident with the same cause is still open.
    --- exit 0
    ");
}

#[test]
fn json_has_the_reasons_as_data_and_as_a_sentence() {
    let run = sandbox().run(["related", "2026/INC-2.md", "--format", "json"]);
    let json = run.json();
    assert_eq!(json["same_incident"][0]["path"], "2026/plan.md", "{json}");
    let first = &json["related"][0];
    assert_eq!((first["path"].as_str(), first["unfinished"].as_u64()), (Some("2024/INC-1.md"), Some(1)), "{json}");
    assert_eq!(first["reasons"][0]["kind"], "tags");
    let because = first["because"].as_str().unwrap_or_default();
    assert!(because.contains("same causes: config-drift, missing-validation") && because.contains("; "), "{because}");
    assert_eq!(json["related"].as_array().map(Vec::len), Some(1), "{json}");
}

#[test]
fn the_newer_incident_is_found_from_the_older_without_a_warning() {
    let json = sandbox().run(["related", "INC-1", "--format", "json"]).json();
    let first = &json["related"][0];
    assert_eq!((first["path"].as_str(), first["unfinished"].as_u64()), (Some("2026/INC-2.md"), Some(0)), "{json}");
    assert!(first["because"].as_str().is_some_and(|it| it.contains("cites this one in Related issues")), "{json}");
}

#[test]
fn a_limit_of_0_shows_all() {
    let count = |limit: &str| {
        let run = sandbox().run(["related", "INC-1", "--limit", limit, "--format", "json"]);
        (run.code, run.json()["related"].as_array().map(Vec::len))
    };
    assert_eq!(count("0"), count("10"));
    assert_eq!(count("0").0, 0);
}

#[test]
fn nothing_related_is_an_answer() {
    let run = sandbox().run(["related", "INC-3"]);
    assert_eq!((run.code, run.stdout.lines().count()), (1, 1), "{run}");
    let run = sandbox().run(["related", "INC-33"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("INC-3"), "{run}");
}

#[test]
fn a_product_named_in_passing_ties_nothing() {
    let report = |title: &str, text: &str| format!("---\nkind: incident\n---\n# {title}\n\n{text}\n");
    let passing = "The dashboard in `CloudWatch` was open.";
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", report("Uploads stuck", &format!("{passing} `queue_depth` and `upload_retry` rose.")))
        .file("b.md", report("Mail delayed", passing))
        .file("c.md", report("Imports slow", "Again `queue_depth` and `upload_retry` rose."));
    let run = sandbox.run(["related", "a.md", "--format", "json"]);
    let found = run.json()["related"].clone();
    let paths: Vec<&str> = found.as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["c.md"], "{run}");
}
