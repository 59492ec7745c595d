//! `ris split`: each incident of a log in a file of its own, and nothing lost.

use super::evidence::{Repository, checks, has};
use crate::support::Sandbox;

const LOG: &str = "---\ntitle: Outages of the feed\nid: LOG-1\nkind: incident\nowner: ana\ncompliance:\n  soc2:\n    controls: [CC7.4]\n---\n\n\
                   # Outages\n\nNewest first, as in [the guide].\n\n---\n\n## INC-2026-02, 2026-01-20: Feed stopped\n\n**Severity:** high\n\n\
                   ### Root cause\n\nThe `pool` was empty[^1], as on [the 6th](#2026-01-06-disk-full).\n\n---\n\n\
                   ## 2026-01-06: Disk full\n\n### Fix\n\n```sh\n## make room\nrm -r /tmp/x\n```\n\n---\n\n## Certificate expired\n\n\
                   **Date:** 2025-12-20\n\n**Fix:** renewed.\n\n---\n\n## Contacts\n\nAna.\n\n[the guide]: guide.md\n[^1]: It holds 20.\n";

fn sandbox() -> Sandbox {
    let runbook =
        "# Runbook\n\nSee [it](ops/incident-log.md#2026-01-06-disk-full) and [whom](ops/incident-log.md#contacts).\n";
    Sandbox::new().file("ris.toml", "").file("ops/incident-log.md", LOG).file("runbook.md", runbook)
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path(path)).expect("the file")
}

#[test]
fn shows_the_documents_and_writes_nothing() {
    let sandbox = sandbox();
    insta::assert_snapshot!("shown", sandbox.run(["split", "ops/incident-log.md"]));
    assert_eq!(read(&sandbox, "ops/incident-log.md"), LOG);
    assert_eq!(std::fs::read_dir(sandbox.path("ops")).expect("the folder").count(), 1);
}

#[test]
fn each_incident_becomes_a_document() {
    let sandbox = sandbox();
    let before = sandbox.run(["check", "--only", "several-incidents"]);
    assert!(before.stdout.contains("= hint: `ris split` gives each a file of its own"), "{before}");
    let run = sandbox.run(["split", "ops/incident-log.md", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    let list = sandbox.run(["list", "--format", "json"]).json();
    let rows = list["documents"].as_array().expect("documents").iter();
    let rows = rows.filter(|it| it["kind"] == "incident").map(|it| format!("{} {}", it["date"], it["path"]));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "\"2026-01-20\" \"ops/2026-01-20-feed-stopped.md\"",
            "\"2026-01-06\" \"ops/2026-01-06-disk-full.md\"",
            "\"2025-12-20\" \"ops/2025-12-20-certificate-expired.md\""
        ],
        "{list}"
    );
    let after =
        sandbox.run(["check", "--only", "several-incidents", "--only", "dangling-link", "--only", "dangling-anchor"]);
    assert!(after.stdout.contains("5 documents checked: nothing found"), "{after}");
    let files = std::fs::read_dir(sandbox.path("ops")).expect("the folder");
    let texts: Vec<String> =
        files.map(|it| std::fs::read_to_string(it.expect("a file").path()).expect("text")).collect();
    for line in LOG.lines().filter(|line| !line.contains("#2026-01-06") && *line != "kind: incident") {
        let line = line.trim_start_matches('#');
        assert!(texts.iter().flat_map(|it| it.lines()).any(|it| it.trim_start_matches('#') == line), "{line}");
    }
    let again = sandbox.run(["split", "ops/incident-log.md", "--write", "--yes"]);
    assert!(again.code == 1 && again.stderr.contains("there is nothing to split"), "{again}");
}

#[test]
fn a_run_that_was_cut_short_is_finished_and_nothing_is_overwritten() {
    let (whole, part) = (sandbox(), sandbox());
    whole.run(["split", "ops/incident-log.md", "--write", "--yes"]);
    let [feed, disk] = ["ops/2026-01-20-feed-stopped.md", "ops/2026-01-06-disk-full.md"];
    part.write(disk, read(&whole, disk));
    let run = part.run(["split", "ops/incident-log.md", "--write", "--yes", "--format", "json"]);
    let json = run.json();
    assert_eq!(
        (&json["documents"][0]["there"], &json["documents"][1]["there"]),
        (&false.into(), &true.into()),
        "{run}"
    );
    assert_eq!(read(&part, "ops/incident-log.md"), read(&whole, "ops/incident-log.md"));
    assert_eq!(std::fs::read_dir(part.path("ops")).expect("the folder").count(), 4);
    let other = sandbox();
    other.write(feed, "# Another\n");
    other.run(["split", "ops/incident-log.md", "--write", "--yes"]);
    assert_eq!(read(&other, feed), "# Another\n");
    assert_eq!(read(&other, "ops/2026-01-20-feed-stopped-2.md"), read(&whole, feed));
    assert!(read(&other, "ops/incident-log.md").contains("](2026-01-20-feed-stopped-2.md)"));
}

#[test]
fn what_cannot_be_split_is_refused_with_what_to_do() {
    let incidents = LOG.split_once("---\n\n# ").expect("two parts").1;
    let sandbox = sandbox()
        .file("one.md", "# Outage\n\n## Root cause\n\nx\n")
        .file("toml.md", format!("+++\ntitle = 'x'\n+++\n# {incidents}"))
        .file("broken.md", format!("---\ntitle: a: b\n---\n# {incidents}"))
        .file("latin.md", format!("# {incidents}\nGr\u{f6}\u{df}e\n").chars().map(|c| c as u8).collect::<Vec<_>>())
        .file("open.md", format!("# {}", incidents.replacen("```\n\n---", "---", 1)))
        .file("other.md", format!("# {incidents}").replace("### Fix", "**Date:** 2026-01-09\n\n### Fix"));
    for (file, code, message) in [
        ("one.md", 1, "`one.md` does not tell of several incidents: there is nothing to split"),
        ("toml.md", 2, "cannot edit `toml.md` at line 1: front matter in TOML is not edited"),
        ("broken.md", 2, "cannot edit `broken.md` at line 2: the front matter is broken"),
        ("latin.md", 2, "cannot edit `latin.md`: the file is not UTF-8"),
        ("open.md", 2, "a code fence is never closed"),
        (
            "other.md",
            2,
            "cannot edit `other.md` at line 17: `Disk full` is told to be of 2026-01-06, and would be read to be of 2026-01-09",
        ),
        ("ops", 2, "`ops` is a folder"),
        ("none.md", 2, "there is no file or folder `none.md`"),
        ("/etc/hostname", 2, "is outside the knowledge base"),
    ] {
        let run = sandbox.run(["split", file, "--write", "--yes"]);
        assert!(run.code == code && run.stderr.contains(message), "{file}: {run}");
        assert!(run.stderr.contains("hint: "), "{run}");
    }
    let unasked = sandbox.run(["split", "ops/incident-log.md", "--write"]);
    assert!(unasked.code == 2 && unasked.stderr.contains("add `--yes`"), "{unasked}");
    assert_eq!(std::fs::read_dir(sandbox.path("ops")).expect("the folder").count(), 1);
}

#[test]
fn a_log_that_was_split_left_no_period() {
    let repository = Repository::new();
    let log = "# Incident log\n\n## 2026-01-06: Feed stopped\n\n### Root cause\n\nx\n\n## INC-7: Disk full\n\n**Date:** 2026-02-06\n\n**Fix:** y\n";
    repository.commit("2026-03-01", &[("incident-log.md", log)]);
    let run = repository.0.run(["split", "incident-log.md", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    repository.commit("2027-01-06", &[]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    let parted = "kind `other`; each incident that it told of has a document of its own";
    assert!(has(&told(), &["moved", "pass", parted]), "{:#?}", told());
    assert!(has(&told(), &["single", "pass", "[]"]), "{:#?}", told());
    repository.commit("2027-01-07", &[("2026-02-06-disk-full.md", "# Nothing\n")]);
    assert!(has(&told(), &["moved", "fail", "incident-log.md was of 2026-02-06, kind `incident`"]), "{:#?}", told());
}

#[test]
fn what_states_no_day_gets_no_id() {
    let log = "# Incidents\n\n## Incident 1: Origin refused\n\n**Cause:** x\n\n## Incident 2: Token expired\n\n**Cause:** y\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("incidents.md", log);
    let run = sandbox.run(["split", "incidents.md", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    let made = read(&sandbox, "origin-refused.md");
    assert!(!made.contains("id:") && made.contains("# Incident 1: Origin refused\n\n**Cause:** x\n"), "{made}");
    assert!(sandbox.run(["split", "incidents.md"]).code == 1, "it is a list of links");
}
