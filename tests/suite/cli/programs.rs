//! What programs read: on stdout stands the form that was asked for and nothing else, and what matters stands in it.

use super::evidence::{ONE, Repository, path};
use crate::support::Sandbox;

const REPORT: &str = "---\nid: INC-1\nkind: incident\nstatus: open\ndate: 2026-01-02\ntags: [failed-migration]\nservices: [api]\n---\n\
                      # Outage\n\n**Severity:** High\n\n## Root cause\n\nThe certificate expired.\n\n## Action items\n\n* [X] Done\n- [x]Add an alert\n";

fn sandbox() -> Sandbox {
    Sandbox::new().file("ris.toml", "exclude = ['drafts/**']\n").file("a.md", REPORT).file("drafts/b.md", REPORT)
}

#[test]
fn nothing_but_json_stands_on_stdout() {
    for line in [
        "search outage",
        "search zyzzyva",
        "search --log error.log",
        "list",
        "show INC-1",
        "related INC-1",
        "tags",
        "tags suggest a.md",
        "tags suggest a.md --write --yes",
        "tags merge failed-migration bad-migration",
        "tags merge failed-migration bad-migration --write --yes",
        "actions",
        "stats",
        "check",
        "check --diff",
        "check --fix --diff",
        "check a.md drafts/b.md",
        "check --write-baseline",
        "check --explain",
        "check --explain placeholder",
        "controls",
        "controls CC7.4",
        "retention",
        "retention --rules",
        "review",
        "notices",
        "adopt a.md",
        "adopt a.md --write --yes",
        "split log.md",
        "split log.md --write --yes",
        "log restarted",
        "log restarted --dry-run",
        "resolve INC-1",
        "resolve INC-1 --write --yes",
        "new --list",
        "new drill --variables",
        "new drill Fire",
        "new drill Fire --dry-run",
        "index",
        "index --status",
        "inspect a.md",
        "init --dry-run sub",
    ] {
        let log = "# Incident log\n\n## INC-8: Feed stopped\n\n**Fix:** x\n\n## INC-9: Disk full\n\n**Fix:** y\n";
        let sandbox = sandbox().file("error.log", "ERROR the certificate expired\n").file("log.md", log);
        let run = sandbox.run(line.split(' ').chain(["--format", "json"]));
        assert!(run.code < 2, "{line}: {run}");
        assert_eq!(run.json()["schema"], 1, "{line}: {run}");
    }
}

#[test]
fn what_is_warned_of_stands_in_the_answer_too() {
    let sandbox = sandbox().file("taxonomy.yaml", "tags: [\n");
    for line in ["list", "tags", "actions", "stats", "search outage", "related INC-1", "index", "check"] {
        let run = sandbox.run(line.split(' ').chain(["--format", "json"]));
        let warned = run.json()["warnings"][0].as_str().unwrap_or_default().to_owned();
        assert!(warned.starts_with("`taxonomy.yaml` is not used"), "{line}: {run}");
    }
    let sarif = sandbox.run(["check", "--format", "sarif"]).json();
    assert!(sarif["warnings"].is_null() && sarif["runs"].is_array(), "SARIF has no such key: {sarif}");
    sandbox.write("taxonomy.yaml", "");
    assert!(sandbox.run(["list", "--format", "json"]).json()["warnings"].is_null(), "there is nothing to warn of");
}

#[test]
fn what_was_written_and_what_was_left_out_is_told() {
    let sandbox = sandbox();
    let json = |line: &str| sandbox.run(line.split(' ').chain(["--format", "json"])).json();
    assert_eq!(json("check a.md drafts/b.md")["skipped"][0]["path"], "drafts/b.md");
    let fixes = json("check --diff");
    assert!(fixes["edits"][0]["diff"].as_str().unwrap_or_default().starts_with("--- a/a.md\n+++ b/a.md\n"), "{fixes}");
    assert_eq!((&fixes["edits"][0]["path"], &fixes["edits"][0]["made"]), (&"a.md".into(), &false.into()));
    assert!(json("check --fix")["edits"][0]["made"] == true && json("check")["edits"].is_null());
    assert_eq!(json("tags suggest a.md")["written"], 0);
    assert_eq!(json("tags suggest a.md --write --yes")["written"], 1);
    assert_eq!(json("tags merge failed-migration bad-migration")["written"], 0);
    assert_eq!(json("tags merge failed-migration bad-migration --write --yes")["written"], 1);
    assert_eq!(json("adopt a.md")["written"], 0);
    assert_eq!(json("adopt a.md --write --yes")["written"], 1);
    assert_eq!(json("check --write-baseline")["baseline"], ".ris-baseline.json");
    let hint = |line: &str| json(line)["hints"][0].as_str().unwrap_or_default().to_owned();
    assert!(hint("search service:zyzzyva").contains("zyzzyva") && hint("list --service zyzzyva").contains("zyzzyva"));
    assert_eq!(json("list")["hints"], serde_json::json!([]));
}

#[test]
fn a_bundle_is_named_and_its_folder_is_made() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("a.md", ONE)]);
    let evidence = |out: &str| {
        let args = ["evidence", "2026", "--out", out, "--zip", "--format", "json"];
        repository.0.run_with(args, "", &[("PATH", &path())])
    };
    let made = evidence("../deep/er/out").json();
    assert!(made["bundle"].as_str().is_some_and(|it| it.ends_with("deep/er/out/ris-evidence-2026-v1")), "{made}");
    assert!(made["archive"].as_str().is_some_and(|it| it.ends_with("-v1.zip")), "{made}");
    repository.0.write("../file", "");
    let run = evidence("../file/out");
    assert!(run.code == 2 && run.stdout.is_empty() && run.stderr.contains("`../file` is a file, no folder"), "{run}");
    assert_eq!(repository.0.run(["man", "--out", "../deep/er/man"]).code, 0);
    assert!(repository.0.path("../deep/er/man/ris.1").is_file());
    assert_eq!(repository.0.run(["man", "--out", "../file/man"]).code, 2);
}
