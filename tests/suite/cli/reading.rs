//! `[reading]` of ris.toml: by every command that reads documents or is given a severity.

use crate::cli::evidence::Repository;
use crate::support::{Run, Sandbox};

const SETTINGS: &str = "[reading]\ndate-order = \"day-first\"\n\n[reading.severities]\nP1 = \"critical\"\nP2 = \"high\"\n\
                        P3 = \"medium\"\n\"Sev A\" = 1\n";
const P1: &str = "---\nkind: incident\n---\n# Queue stuck\n\n**Date:** 02/05/2024\n**Severity:** P1\n**Status:** open\n\n\
                  ## Action items\n\n- [ ] Alert on the age of the queue (Owner: @ana)\n";

fn sandbox() -> Sandbox {
    let p2 = P1.replace("P1", "P2").replace("Queue stuck", "Disk full").replace("02/05", "03/05");
    let sev_a = "---\nkind: incident\ndate: 2024-06-01\n---\n# [Sev A] No logins\n";
    Sandbox::new().file("ris.toml", SETTINGS).file("p1.md", P1).file("p2.md", p2).file("sev-a.md", sev_a)
}

fn listed(run: &Run, list: &str) -> Vec<String> {
    let value = run.json();
    let facts = |it: &serde_json::Value| format!("{} {} {}", it["path"], it["severity"], it["date"]).replace('"', "");
    value[list].as_array().unwrap_or_else(|| panic!("{run}")).iter().map(facts).collect()
}

#[test]
fn documents_and_flags_and_queries_go_by_the_words_of_the_team() {
    let sandbox = sandbox();
    let critical = ["sev-a.md 1 2024-06-01", "p1.md 1 2024-05-02"];
    for (args, expected) in [
        (vec!["list", "--severity", "critical"], &critical[..]),
        (vec!["list", "--severity", "P1"], &critical),
        (vec!["list", "--severity", "sev-a"], &critical),
        (vec!["list", "--severity", "p2,p3"], &["p2.md 2 2024-05-03"]),
        (vec!["list", "--severity", "p4"], &[]),
    ] {
        let run = sandbox.run([args, vec!["--format", "json"]].concat());
        assert_eq!(listed(&run, "documents"), expected, "{run}");
    }
    let found = |query: &str| listed(&sandbox.run(["search", query, "--sort", "date", "--format", "json"]), "hits");
    assert_eq!(found("severity:p1"), critical);
    assert_eq!(found("severity:\"sev a\" queue"), critical[1..]);
    assert_eq!(found("severity:>=p2").len(), 3);
    let actions = |name: &str| sandbox.run(["actions", "--severity", name, "--format", "json"]).json()["total"].clone();
    assert_eq!([actions("p1"), actions("p2"), actions("p3")], [1, 1, 0]);
    for command in [vec!["list"], vec!["actions"], vec!["search", "queue"]] {
        let wrong = sandbox.run([command, vec!["--severity", "p9"]].concat());
        assert_eq!(wrong.code, 2, "{wrong}");
        let told = wrong.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            told.contains("`p9` is no severity") && told.contains("and by ris.toml `P1` (critical), `Sev A`"),
            "{wrong}"
        );
    }
}

#[test]
fn what_is_written_says_what_the_code_means() {
    let sandbox = sandbox();
    let made = sandbox.run(["new", "incident", "Cache cold", "--severity", "p1", "--dry-run", "--no-input"]);
    assert!(made.stdout.contains("\nseverity: critical\n"), "{made}");
    let adopted = sandbox.run(["adopt", "p1.md"]);
    assert!(
        adopted.stdout.contains("+severity: critical\n") && adopted.stdout.contains("+date: 2024-05-02\n"),
        "{adopted}"
    );
    let inspected = sandbox.run(["inspect", "p1.md"]);
    assert!(inspected.stdout.contains("critical (1), written `P1`"), "{inspected}");
    assert!(inspected.stdout.contains("2024-05-02, written `02/05/2024`"), "{inspected}");
    std::fs::remove_file(sandbox.path("ris.toml")).expect("it is there");
    let outside = sandbox.run(["inspect", "p1.md"]);
    assert!(outside.stdout.contains("high (2), written `P1`") && !outside.stdout.contains("  date  "), "{outside}");
}

#[test]
fn a_changed_meaning_reads_every_document_again() {
    let sandbox = sandbox();
    sandbox.run(["index"]);
    sandbox.write("ris.toml", SETTINGS.replace("P2 = \"high\"", "P2 = \"low\""));
    let status = sandbox.run(["index", "--status"]);
    assert!(status.stdout.contains("behind the folder by 3 files, since `[reading]` of ris.toml changed"), "{status}");
    let told = sandbox.run(["index", "--status", "--format", "json"]).json()["status"].clone();
    assert_eq!([&told["reading_changed"], &told["taxonomy_changed"]], [true, false]);
    let again = sandbox.run(["index", "--verbose"]);
    assert!(again.stderr.contains("read again: `[reading]` of ris.toml changed"), "{again}");
    let low = sandbox.run(["list", "--severity", "low", "--format", "json"]);
    assert_eq!(listed(&low, "documents"), ["p2.md 4 2024-05-03"]);
}

#[test]
fn a_check_may_name_a_code() {
    let sandbox = sandbox();
    let sections = "\n[[check.sections]]\nkind = \"incident\"\nseverity = \"P1\"\nsections = [\"timeline\"]\n";
    sandbox.write("ris.toml", format!("{SETTINGS}{sections}"));
    // What is open may still lack one.
    let resolved = P1.replace("open", "resolved");
    sandbox.write("p1.md", &resolved);
    sandbox.write("p2.md", resolved.replace("P1", "P2"));
    let run = sandbox.run(["check", "--only", "missing-section", "--format", "json"]);
    let value = run.json();
    let findings = value["findings"].as_array().unwrap_or_else(|| panic!("{run}"));
    let mut paths: Vec<&str> = findings.iter().filter_map(|it| it["path"].as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["p1.md", "sev-a.md"], "{run}");
    sandbox.write("ris.toml", format!("{SETTINGS}{}", sections.replace("P1", "P9")));
    let wrong = sandbox.run(["check"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("at line 12: `P9` is no severity"), "{wrong}");
}

#[test]
fn evidence_goes_by_the_settings_of_its_commit_and_says_them() {
    let repository = Repository::new();
    let report = P1.replace("kind: incident", "kind: incident\nid: INC-2026-01").replace("2024", "2026");
    repository.commit("2026-06-01", &[("a.md", &report), ("ris.toml", "")]);
    let before = repository.head();
    repository.commit("2026-06-02", &[("ris.toml", SETTINGS)]);
    let ask = |commit: &str| {
        let args = ["evidence", "2026", "--commit", commit, "--format", "json"];
        repository.0.run_with(args, "", &[("PATH", &super::evidence::path())]).json()
    };
    let (old, new) = (ask(&before), ask("HEAD"));
    let one = |value: &serde_json::Value| {
        format!("{} {}", value["incidents"][0]["severity"], value["undated"][0]["severity"])
    };
    assert_eq!([one(&old).as_str(), &one(&new)], ["null 2", "1 null"]);
    assert_eq!(old["about"]["source"]["reading"], serde_json::Value::Null);
    let bundle = repository.bundle(&[]);
    let page = std::fs::read_to_string(bundle.join("data/README.md")).unwrap();
    assert!(
        page.contains("| How documents are read | Of severities P1 means critical, Sev A means critical, P2"),
        "{page}"
    );
    assert!(page.contains("| How documents are read | Dates in numbers begin with the day (02/05/2024"), "{page}");
    let html = std::fs::read_to_string(bundle.join("data/README.html")).unwrap();
    assert!(html.contains("<td>Of severities P1 means critical"), "{html}");
    let index = std::fs::read_to_string(bundle.join("data/bundle.json")).unwrap();
    assert!(index.contains("Of severities P1 means critical"), "{index}");
}
