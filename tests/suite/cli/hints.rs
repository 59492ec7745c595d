//! What is said where nothing is found or something cannot be done: true, and with the next step.

use crate::support::{Run, Sandbox};

fn told(run: &Run, code: i32, sentence: &str) {
    assert!(run.code == code && run.stderr.contains(sentence), "{sentence}: {run}");
}

#[test]
fn a_condition_that_nothing_meets_is_told_what_there_is() {
    let cites = "---\nkind: other\ncompliance:\n  soc2:\n    controls: [CC7.4]\n---\n# Controls\n";
    let sandbox = Sandbox::fixture("responder").file("controls.md", cites);
    for (query, hint) in [
        ("in:2025-01", "hint: No incident is of these days; the nearest are of 2024-06-03 and 2025-03-04."),
        ("before:2020", "hint: No incident is of these days; the nearest is of 2024-02-01."),
        ("year:2019", "hint: No incident is of these days; the nearest is of 2024-02-01."),
        ("status:open", "hint: No document has this status; there are `"),
        ("control:cc7.44", "`CC7.44`"),
    ] {
        let run = sandbox.run(["search", query]);
        told(&run, 1, hint);
        assert!(!run.stderr.contains("star finds more") && !run.stderr.contains("did you mean"), "{query}: {run}");
    }
    assert!(!sandbox.run(["search", "10.0.3.7"]).stderr.contains("star"), "no word begins so");
}

#[test]
fn a_reference_that_leads_nowhere_has_one_hint_however_the_check_is_called() {
    let report = |id: &str, more: &str| format!("---\nid: {id}\nkind: incident\n---\n# Outage\n\n{more}\n");
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", report("INC-2024-01", ""))
        .file("b.md", report("INC-2026-05", "As in [[INC-2023-11]] and [[INC-2042-01]]."));
    sandbox.run(["index"]);
    for args in [&["check", "--only", "dangling-reference"][..], &["check", "--only", "dangling-reference", "b.md"]] {
        let run = sandbox.run(args);
        assert_eq!(run.stdout.matches("hint: did you mean `").count(), 1, "{run}");
        assert!(run.stdout.contains("did you mean `INC-2024-01`?"), "{run}");
    }
}

#[test]
fn a_section_of_questions_is_to_be_answered_and_not_added() {
    let text = "---\nkind: incident\nstatus: resolved\ndate: 2026-01-02\n---\n# Outage\n\n## Root cause\n\n> ? Why?\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", text);
    let run = sandbox.run(["check", "--only", "resolved-without-cause,resolved-without-resolution"]);
    let run = if run.code == 2 { sandbox.run(["check"]) } else { run };
    assert!(run.stdout.contains("hint: answer the questions in `## Root cause` (line 8)"), "{run}");
    assert!(run.stdout.contains("hint: add a `## Resolution` section"), "{run}");
}

#[test]
fn a_folder_that_never_was_a_bundle_is_no_changed_one() {
    let sandbox = Sandbox::new().file("docs/a.md", "# A\n");
    let run = sandbox.run(["verify", "docs"]);
    told(&run, 2, "error: `docs` is no bundle");
    assert!(run.stderr.contains("hint: name the folder that holds `bagit.txt`") && run.stdout.is_empty(), "{run}");
}

#[test]
fn nothing_is_said_of_what_was_asked() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", "---\nkind: incident\nsoc2:\n  review-frequency: yearly\ncreated: 2026-01-02\n---\n# A\n");
    sandbox.write("b.md", "---\nid: INC-2\nkind: incident\n---\n# B\n");
    let run = sandbox.run(["review", "INC-2"]);
    assert_eq!(run.stderr, "This document promises no review.\n", "{run}");
    told(&sandbox.run(["review", "--overdue"]), 1, "No review is overdue.\n");
    sandbox.write(
        "c.md",
        "---\nkind: incident\nbreach-assessment:\n  discovered: 2026-01-10\n  individuals: 12\n---\n# C\n",
    );
    told(&sandbox.run(["notices", "--overdue"]), 1, "No notice is overdue.\n");
    sandbox.write("taxonomy.yaml", "families: {claims: {title: Claims}}\n");
    told(&sandbox.run(["tags", "--family", "claims", "--all"]), 1, "The family has no tag.\n");
}

#[test]
fn a_misspelt_name_gets_the_nearest() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("2026/INC-CLOSED-1.md", "---\nid: INC-CLOSED-1\nkind: incident\ntags: [failed-migration]\n---\n# A\n");
    told(&sandbox.run(["tags", "merge", "failed-migraton", "x"]), 1, "hint: did you mean `failed-migration`?");
    told(&sandbox.run(["show", "INC-CLOSD-1"]), 1, "did you mean `INC-CLOSED-1`?");
    let new = |tag: &str| sandbox.run(["new", "incident", "Expired", "--tag", tag, "--dry-run"]).stderr;
    assert!(new("certificate-expirty").contains("did you mean `certificate-expiry`?"));
    assert!(!new("certificate-expiry").contains("did you mean"));
    assert!(!new("entirely-our-own").contains("did you mean"));
}

#[test]
fn what_cannot_be_read_is_named_as_given_with_a_next_step() {
    let sandbox = Sandbox::fixture("responder").file("empty.log", "\n");
    for (args, hint) in [
        (&["check", "nofile.md"][..], "there is no file or folder `nofile.md`\nhint: a path counts from"),
        (&["adopt", "nofile.md"], "there is no file or folder `nofile.md`\nhint: a path counts from"),
        (&["tags", "suggest", "nofile.md"], "there is no file or folder `nofile.md`\nhint: a path counts from"),
        (&["inspect", "nofile.md"], "\nhint: a path counts from"),
        (&["search", "--log", "nofile"], "\nhint: name the file that holds the log"),
        (&["search", "--log", "empty.log"], "\nhint: it needs the lines around the error"),
        (&["new", "incident", "--from-log", "nofile"], "\nhint: name the file that holds the log"),
        (&["serve", "--port", "0", "--address", "192.0.2.1"], "\nhint: `--address` names an address of this machine"),
        (&["list", "--kind", "postmortem"], "documents of the template `postmortem` are of the kind `incident`"),
    ] {
        told(&sandbox.run(args), 2, hint);
    }
}

#[test]
fn verbose_says_what_was_read() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["list", "-v"]);
    assert!(run.stderr.contains("The knowledge base is `[SANDBOX]/work`.\n"), "{run}");
    assert!(run.stderr.contains(" files are new, 0 changed, 0 gone, 0 as before.\n"), "{run}");
    assert_eq!(sandbox.run(["list"]).stderr, "");
}

#[test]
fn a_diff_counts_from_the_repository_wherever_one_stands() {
    let text =
        "---\nid: INC-1\nkind: incident\nstatus: open\n---\n# A\n\n## Timeline\n\n- 2026-01-15 10:00 UTC: Paged\n";
    let sandbox = Sandbox::new().file("kb/ris.toml", "").file("kb/2026/a.md", text);
    git2::Repository::init(sandbox.path("")).expect("a repository can be made");
    let sandbox = sandbox.inside("kb/2026");
    let run = sandbox.run(["log", "restarted", "--dry-run"]);
    assert!(run.stdout.starts_with("--- a/kb/2026/a.md\n+++ b/kb/2026/a.md\n"), "{run}");
    let run = sandbox.run(["search", "paged"]);
    assert!(run.stdout.contains(" a.md:"), "{run}");
}

#[test]
fn an_empty_variable_names_no_folder_and_a_full_disk_is_told() {
    let sandbox = Sandbox::fixture("responder");
    assert_eq!(sandbox.run_with(["list"], "", &[("RIS_KB", "")]).code, 0);
    told(&sandbox.run(["list", "--kb", ""]), 2, "error: `--kb` names no folder");
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = sandbox.command(["--help"]).stdout(full).output().expect("ris ends");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_value_that_is_none_is_told_with_its_flag() {
    let sandbox = Sandbox::fixture("responder").file("not-utf8", b"\xff\xfe\x00{");
    for (args, sentence) in [
        (&["list", "--in", "2025-13"][..], "'2025-13' for '--in <DATE>': write a day 2025-12-17"),
        (&["search", "redis", "--before", "2026-02-30"], "'2026-02-30' for '--before <DATE>': write a day"),
        (&["controls", "--after", "2025..2026"], "'2025..2026' for '--after <DATE>': write a day"),
        (&["list", "--limit", "ten"], "'ten' for '--limit <N>': write a whole number"),
        (&["search", "redis", "--limit", "ten"], "'ten' for '--limit <N>': write a whole number"),
        (&["review", "--within", "week"], "'week' for '--within <DAYS>': write a whole number"),
        (&["show", ""], "a value is required for '<ID|PATH>'"),
        (&["log", "--id", "", "restarted"], "a value is required for '--id <ID|PATH>'"),
        (&["init", "not-utf8"], "hint: name the folder that is to be a knowledge base"),
        (&["check", "--baseline", "not-utf8"], "hint: it has to be text in UTF-8"),
    ] {
        told(&sandbox.run(args), 2, sentence);
    }
    assert_eq!(sandbox.run(["list", "--in", "2024-01..2024-Q4"]).code, 0);
    sandbox.write("ris.toml", b"\xff");
    told(&sandbox.run(["list"]), 2, "hint: save it as UTF-8");
}

#[test]
fn an_empty_folder_is_no_fault() {
    let sandbox = Sandbox::new().file("ris.toml", "");
    assert_eq!(sandbox.run(["check", "."]).code, 0);
    told(&sandbox.run(["stats"]), 1, "No document is about an incident.");
    assert!(!sandbox.run(["retention"]).stderr.contains("No commit"), "there is nothing to count");
    git2::Repository::init(sandbox.path("")).expect("a repository can be made");
    told(&sandbox.run(["evidence", "2026"]), 2, "the repository has none yet\nhint: commit the documents first");
}
