//! `ris index`.

use crate::support::Sandbox;

#[test]
fn accounts_for_every_file() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["index"]);
    insta::assert_snapshot!(run, @r"
    7 added, 0 changed, 0 removed, 0 unchanged
    7 files found = 6 parsed + 1 partial + 0 rejected + 0 skipped

    partial 2025/broken-front-matter.md:4: not valid YAML: a quote is opened here
      or above and not closed
    --- exit 0
    ");
}

#[test]
fn reads_only_what_changed() {
    let sandbox = Sandbox::fixture("responder");
    sandbox.run(["index"]);
    sandbox.write("2026/new.md", "# A new one\n");
    sandbox.write("2024/twin-a.md", "# Changed\n");
    std::fs::remove_file(sandbox.path("2024/twin-b.md")).expect("it is there");
    let run = sandbox.run(["index", "--format", "json"]);
    let sync = run.json()["sync"].clone();
    assert_eq!(
        [&sync["added"], &sync["changed"], &sync["removed"], &sync["unchanged"]].map(|it| it.as_u64()),
        [Some(1), Some(1), Some(1), Some(5)],
        "{run}"
    );
}

#[test]
fn status_tells_that_only_the_root_cause_tags_changed() {
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", "# A\n").file("b.md", "# B\n");
    sandbox.run(["index"]);
    let behind = || sandbox.run(["index", "--status", "--format", "json"]).json()["status"]["behind"].clone();
    assert_eq!(behind(), 0);
    sandbox.write("taxonomy.yaml", "tags:\n  worn-out:\n    family: process\n    description: It was old.\n");
    assert_eq!(behind(), 2);
    let said = sandbox.run(["index", "--status"]).stdout;
    assert!(said.contains("behind the folder by 2 files, since the team's root-cause tags changed"), "{said}");
    sandbox.run(["index"]);
    assert_eq!(behind(), 0);
}

#[test]
fn status_changes_nothing_and_tells_how_far_the_index_is_behind() {
    let sandbox = Sandbox::fixture("responder");
    insta::assert_snapshot!(sandbox.run(["index", "--status"]), @r"
    7 files found = 6 parsed + 1 partial + 0 rejected + 0 skipped
    There is no index yet; `ris index` builds it.

    partial 2025/broken-front-matter.md:4: not valid YAML: a quote is opened here
      or above and not closed
    --- exit 0
    ");
    sandbox.run(["index"]);
    sandbox.write("2026/new.md", "# A new one\n");
    let status = sandbox.run(["index", "--status", "--format", "json"]).json();
    assert_eq!(status["sync"], serde_json::Value::Null);
    assert_eq!(status["status"]["behind"], 1);
    assert_eq!(status["index_age_seconds"], 0);
    let sum: u64 =
        ["parsed", "partial", "rejected", "skipped"].iter().filter_map(|it| status["status"][it].as_u64()).sum();
    assert_eq!(status["status"]["found"], sum);
}

#[test]
fn rebuild_reads_everything_again() {
    let sandbox = Sandbox::fixture("responder");
    sandbox.run(["index"]);
    let run = sandbox.run(["index", "--rebuild", "--format", "json"]);
    assert_eq!(run.json()["sync"]["unchanged"], 0, "{run}");
    assert_eq!(run.code, 0);
}

#[test]
fn a_root_that_is_not_there_is_named() {
    insta::assert_snapshot!(Sandbox::new().run(["index", "--kb", "nowhere"]), @r"
    --- stderr
    error: `[SANDBOX]/work/nowhere` is not a folder
    hint: name the folder of the knowledge base with `--kb`
    --- exit 2
    ");
}

#[test]
fn a_broken_ris_toml_is_named_with_its_line() {
    let sandbox = Sandbox::new().file("ris.toml", "# ok\ninclud = [\"*.md\"]\n");
    insta::assert_snapshot!(sandbox.run(["index"]), @r"
    --- stderr
    error: cannot use `[SANDBOX]/work/ris.toml` at line 2: unknown field `includ`, expected one of `include`, `exclude`, `max-file-size`, `reading`, `documents`, `profiles`, `check`, `evidence`
    hint: did you mean `include`?
    --- exit 2
    ");
}

#[test]
fn git_is_kept_away_again_and_a_file_in_the_way_is_named() {
    let sandbox = Sandbox::new().file("a.md", "# A\n");
    sandbox.run(["index"]);
    let ignore = sandbox.path(".ris/.gitignore");
    std::fs::remove_file(&ignore).expect("it is there");
    sandbox.run(["list"]);
    assert!(ignore.is_file());
    let blocked = Sandbox::new().file("a.md", "# A\n").file(".ris", "");
    let run = blocked.run(["list"]);
    assert!(run.code == 2 && !run.stderr.contains("--no-sync"), "{run}");
}
