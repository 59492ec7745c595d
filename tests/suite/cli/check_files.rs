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
    There is no index, so ids of other documents were not looked up; `ris index` makes one.
    drafts/d.md was not checked: excluded by `ris.toml`.
    templates/incident.md was not checked: a template or the team's tags.
    --- exit 0
    ");
    // No file left is no reason to check all of them.
    sandbox.write("b.md", BROKEN);
    let run = sandbox.run(["check", "drafts/d.md"]);
    assert!(run.code == 0 && run.stdout.starts_with("0 documents checked"), "{run}");
    assert_eq!(sandbox.run(["check", "b.md", "drafts/d.md"]).code, 1);
}
