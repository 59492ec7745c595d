//! `ris check FILE…`: which of the files that a hook names are checked.

use crate::support::Sandbox;

const BROKEN: &str = "---\ntitle: a: b\n---\n# A\n";

fn sandbox() -> Sandbox {
    Sandbox::new()
        .file("ris.toml", "exclude = ['drafts']\n")
        .file("a.md", "# INC-2026-01: Queue stalled\n\n**Date:** 2026-01-05\n**Status:** open\n")
        .file("drafts/d.md", BROKEN)
        .file("templates/incident.md", BROKEN)
}

#[test]
fn what_a_check_of_the_folder_leaves_out_is_left_out_by_name_too() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["check", "a.md", "drafts/d.md", "templates/incident.md"]), @r"
    1 document checked: nothing found
    --- stderr
    warning: There is no index, so ids of other documents were not looked up; `ris index` makes one.
    drafts/d.md was not checked: excluded by `ris.toml`.
    templates/incident.md was not checked: a template or the team's tags.
    --- exit 0
    ");
    // No file left is no reason to check all of them.
    sandbox.write("b.md", BROKEN);
    let run = sandbox.run(["check", "drafts/d.md"]);
    assert!(run.code == 0 && run.stdout.starts_with("0 documents checked"), "{run}");
    assert_eq!(sandbox.run(["check", "b.md", "drafts/d.md"]).code, 1);
    // Of what was not looked at nothing is gone.
    assert_eq!(sandbox.run(["check", "--write-baseline"]).code, 0);
    let run = sandbox.run(["check", "drafts/d.md"]);
    assert_eq!(run.stdout, "0 documents checked: nothing found\n", "{run}");
    assert_eq!(sandbox.run(["check", "drafts/d.md", "--format", "json"]).json()["gone"], 0);
}

#[test]
fn of_a_file_that_is_rejected_nobody_knows_the_headings() {
    let large = format!("# Big\n\n## Section\n\n{}", "text ".repeat(100));
    let small = "# Small\n\n## Section\n";
    let text = "# A\n\n[x](big.md#section) and [y](small.md#section) and [z](small.md#gone)\n";
    let sandbox = Sandbox::new().file("ris.toml", "max-file-size = 300\n");
    let sandbox = sandbox.file("a.md", text).file("big.md", large).file("small.md", small);
    for args in [&["check"][..], &["check", "a.md"]] {
        let run = sandbox.run([args, &["--only", "dangling-anchor"]].concat());
        assert_eq!(run.stdout.matches("dangling-anchor").count(), 1, "{args:?}: {run}");
        assert!(run.stdout.contains("no heading of `small.md` is `#gone`"), "{args:?}: {run}");
    }
}

#[test]
fn documents_of_one_id_know_of_each_other() {
    let of = |kind: &str, more: &str| format!("---\nid: INC-1\nkind: {kind}\nstatus: resolved\n---\n# Stuck\n{more}");
    let resolution = "\n## Resolution\n\nWe waited.\n";
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", of("incident", resolution))
        .file("b.md", of("incident", resolution))
        .file("c.md", of("incident", resolution))
        .file("rca.md", of("rca", "\n## Root cause\n\nA full disk.\n"));
    assert_eq!(sandbox.run(["index"]).code, 0);
    for args in [&["check"][..], &["check", "a.md"]] {
        let run = sandbox.run([args, &["--format", "json"]].concat()).json();
        let of = |code: &str| {
            let found = run["findings"].as_array().unwrap().iter();
            found.filter(|it| it["path"] == "a.md" && it["code"] == code).collect::<Vec<_>>()
        };
        let hint = of("duplicate-id")[0]["hint"].as_str().unwrap();
        assert!(hint.starts_with("`b.md` and 1 more has it"), "{args:?}: {hint}");
        assert_eq!(of("resolved-without-cause"), Vec::<&serde_json::Value>::new(), "{args:?}");
    }
}
