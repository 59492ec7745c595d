//! `ris check`: findings, exit codes, baselines, fixes, output for programs.

use std::fs;

use serde_json::Value;

use crate::support::{Run, Sandbox};

const GOOD: &str = "# INC-2026-01: Queue stalled\n\n**Date:** 2026-01-05\n**Status:** open\n";
const BAD: &str = "---
id: INC-2026-02
created: 2026-01-09
updated: 2025-01-10
---

# Disk full

**Date:** 2026-01-08
**Status:** resolved

## Root cause

A log without a limit; see [the plan](plan.md) and INC-2026-01.

## Resolution

Deleted the log.

## Action items

- [] Rotate the log (owner: Mara Lindqvist)
- [ ] Add an alert (owner: Mara Lindqvist, due: 2026-01-12)
- [ ] Buy a disk (owner: Mara Lindqvist, due: 2026-02-01)
";

fn sandbox() -> Sandbox {
    Sandbox::new().file("ris.toml", "").file("2026/INC-2026-01-queue.md", GOOD).file("2026/INC-2026-02-disk.md", BAD)
}

#[test]
fn shows_findings_with_their_line_and_a_hint() {
    let run = sandbox().run(["check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    insta::assert_snapshot!(run.stdout, @r"
    error[updated-before-created]: updated on 2025-01-10, before it was created on 2026-01-09
     --> 2026/INC-2026-02-disk.md:4:10
      |
    4 | updated: 2025-01-10
      |          ^^^^^^^^^^
      |
      = hint: correct the day that is wrong: retention and reviews are counted from them

    warning[dangling-reference]: the link leads to `plan.md`, which is not there
      --> 2026/INC-2026-02-disk.md:14:39
       |
    14 | A log without a limit; see [the plan](plan.md) and INC-2026-01.
       |                                       ^^^^^^^

    warning[malformed-checkbox]: this renders as text, not as a box
      --> 2026/INC-2026-02-disk.md:22:3
       |
    22 | - [] Rotate the log (owner: Mara Lindqvist)
       |   ^^
       |
       = hint: write `[ ]`

    warning[nothing-done]: the incident is resolved, but 2 of 2 boxes are open
      --> 2026/INC-2026-02-disk.md:23:1
       |
    23 | - [ ] Add an alert (owner: Mara Lindqvist, due: 2026-01-12)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: tick what is done; what is left needs an owner and a day, or the incident is not done

    warning[action-overdue]: an open action item was due 3 days ago (2026-01-12)
      --> 2026/INC-2026-02-disk.md:23:49
       |
    23 | - [ ] Add an alert (owner: Mara Lindqvist, due: 2026-01-12)
       |                                                 ^^^^^^^^^^
       |
       = hint: tick it if it is done, or agree on a new day and write down why

    2 documents checked: 1 error, 4 warnings, 0 notes · 1 can be fixed by --fix
    ");
}

#[test]
fn exit_codes_follow_the_levels() {
    let sandbox = Sandbox::new().file("a.md", format!("{GOOD}\nTBD\n"));
    assert_eq!(sandbox.run(["check"]).code, 0, "a warning is no failure");
    assert_eq!(sandbox.run(["check", "--deny", "warnings"]).code, 1);
    assert_eq!(sandbox.run(["check", "--deny", "placeholder"]).code, 1);
    assert_eq!(sandbox.run(["check", "--deny", "warnings", "--allow", "placeholder"]).code, 0);
    assert_eq!(sandbox.run(["check", "--deny", "placehold"]).code, 2);
    assert_eq!(sandbox.run(["check", "--only", "merge-conflict", "--deny", "warnings"]).code, 0);
    assert_eq!(sandbox.run(["check", "nowhere.md"]).code, 2);
    sandbox.write("ris.toml", "[check.rules]\nplaceholder = 'deny'\n");
    assert_eq!(sandbox.run(["check"]).code, 1);
    sandbox.write("ris.toml", "[check.rules]\n\nplacehold = 'deny'\n");
    let run = sandbox.run(["check"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr, @r"
    error: cannot use `[SANDBOX]/work/ris.toml` at line 3: no rule is called `placehold`
    hint: did you mean `placeholder`?
    ");
}

#[test]
fn one_file_is_checked_with_and_without_an_index() {
    let sandbox = sandbox();
    let file = "2026/INC-2026-02-disk.md";
    let codes = |run: &Run| -> Vec<String> {
        let report: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
        let findings = report["findings"].as_array().expect("a list");
        findings.iter().map(|it| it["code"].as_str().expect("a text").to_owned()).collect()
    };
    let whole = codes(&sandbox.run(["check", "--format", "json", "2026"]));
    let alone = sandbox.run(["check", "--format", "json", file]);
    assert_eq!(codes(&alone), whole);
    assert!(alone.stderr.contains("There is no index"), "{}", alone.stderr);
    sandbox.run(["index"]);
    let indexed = sandbox.run(["check", "--format", "json", file]);
    assert_eq!((codes(&indexed), indexed.stderr.as_str()), (whole, ""));
    // A document that the index does not know yet is found all the same.
    sandbox.write("2026/INC-2026-07-new.md", GOOD.replace("INC-2026-01", "INC-2026-07"));
    sandbox.write(
        "2026/INC-2026-08-newer.md",
        format!("{}\nSee INC-2026-07 and INC-2026-77.\n", GOOD.replace("-01:", "-08:")),
    );
    let run = sandbox.run(["check", "--format", "json", "2026/INC-2026-08-newer.md"]);
    assert_eq!(codes(&run), ["dangling-reference"], "{}", run.stdout);
    assert!(run.stdout.contains("INC-2026-77"));
}

#[test]
fn the_path_leads_to_the_knowledge_base() {
    let sandbox = Sandbox::new()
        .file("kb/ris.toml", "[check.rules]\nplaceholder = 'deny'\n")
        .file("kb/a.md", format!("{GOOD}TBD\n"));
    let run = sandbox.run(["check", "kb"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("--> kb/a.md:5"), "{}", run.stdout);
}

#[test]
fn a_baseline_lets_only_new_findings_fail() {
    let sandbox = sandbox();
    let run = sandbox.run(["check", "--write-baseline"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "5 findings are known from now on; commit `.ris-baseline.json`.\n")
    );
    assert_eq!(sandbox.run(["check"]).code, 0);
    let file = "2026/INC-2026-02-disk.md";
    // Moved by three lines, the known ones stay known.
    sandbox.write(file, BAD.replace("# Disk full", "# Disk full\n\nA line.\n"));
    let run = sandbox.run(["check"]);
    assert_eq!(run.stdout, "2 documents checked: nothing new · 5 known\n");
    sandbox.write(file, BAD.replace("Deleted the log.", "Deleted the log.\n\n<<<<<<< a\n=======\n>>>>>>> b"));
    let run = sandbox.run(["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("error[merge-conflict]") && run.stdout.contains("5 known"), "{}", run.stdout);
    sandbox.write(file, BAD.replace("updated: 2025-01-10", "updated: 2026-01-10"));
    assert!(sandbox.run(["check"]).stdout.contains("4 known · 1 of the baseline gone"));
    assert_eq!(sandbox.run(["check", "--baseline", "nowhere.json"]).code, 2);
    sandbox.write(".ris-baseline.json", "{");
    assert_eq!(sandbox.run(["check"]).code, 2);
    assert_eq!(sandbox.run(["check", "--no-baseline"]).code, 0);
}

#[test]
fn fixes_are_shown_and_made() {
    let sandbox = sandbox();
    let path = sandbox.path("2026/INC-2026-02-disk.md");
    let run = sandbox.run(["check", "--diff", "--only", "malformed-checkbox"]);
    insta::assert_snapshot!(run.stdout, @r"
    --- a/2026/INC-2026-02-disk.md
    +++ b/2026/INC-2026-02-disk.md
    @@ -19,6 +19,6 @@
     
     ## Action items
     
    -- [] Rotate the log (owner: Mara Lindqvist)
    +- [ ] Rotate the log (owner: Mara Lindqvist)
     - [ ] Add an alert (owner: Mara Lindqvist, due: 2026-01-12)
     - [ ] Buy a disk (owner: Mara Lindqvist, due: 2026-02-01)
    warning[malformed-checkbox]: this renders as text, not as a box
      --> 2026/INC-2026-02-disk.md:22:3
       |
    22 | - [] Rotate the log (owner: Mara Lindqvist)
       |   ^^
       |
       = hint: write `[ ]`

    2 documents checked: 0 errors, 1 warning, 0 notes · 1 can be fixed by --fix
    ");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), BAD, "--diff alone writes nothing");
    let run = sandbox.run(["check", "--fix"]);
    assert_eq!(run.stderr, "1 finding fixed in 1 document.\n");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), BAD.replace("- []", "- [ ]"));
    assert!(!run.stdout.contains("malformed-checkbox"));
}

#[test]
fn an_edit_that_cannot_be_written_is_an_error() {
    // The new file is made beside the old one, under a longer name: here a path that no system takes.
    let (sandbox, most) = (Sandbox::new(), 4095);
    let room = most - sandbox.path("").canonicalize().expect("it is there").as_os_str().len() - "/a.md".len();
    let folder = format!("/{}", "x".repeat(99)).repeat(room / 100);
    let name = format!("{folder}/{}.md", "a".repeat(room % 100 + 1)).trim_start_matches('/').to_owned();
    let sandbox = sandbox.file(&name, BAD);
    let run = sandbox.run(["check", "--fix", "--only", "malformed-checkbox"]);
    assert!(run.code == 2 && run.stderr.contains("cannot write"), "{run}");
    assert_eq!(fs::read_to_string(sandbox.path(&name)).expect("it is there"), BAD);
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding() {
    let sandbox = Sandbox::new().file("a.md", GOOD).file("b.md", "x");
    fs::remove_file(sandbox.path("b.md")).expect("it is there");
    std::os::unix::fs::symlink(sandbox.path("a.md"), sandbox.path("b.md")).expect("a link can be made");
    let run = sandbox.run(["check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    sandbox.write("c.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    let run = sandbox.run(["check"]);
    assert!(run.stdout.contains("binary-file") && run.stdout.contains("documents checked"), "{}", run.stdout);
}

#[test]
fn a_file_that_the_walk_does_not_take_is_a_finding() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "max-file-size = '1KB'\n")
        .file("a.md", GOOD)
        .file("logs/big.md", "x".repeat(5000));
    std::os::unix::fs::symlink("nowhere.md", sandbox.path("gone.md")).expect("a link can be made");
    let found = |args: &[&str]| {
        let json = sandbox.run(args.iter().chain(&["--format", "json"])).json();
        let finding = |it: &Value| format!("{} {}: {}", it["document"], it["code"], it["message"]).replace('"', "");
        let all: Vec<String> = json["findings"].as_array().expect("a list").iter().map(finding).collect();
        (json["documents"].clone(), all)
    };
    let large = "logs/big.md file-too-large: the file has 5000 bytes, more than the 1024 of `max-file-size`";
    let gone = "gone.md unreadable: symbolic link to nothing";
    assert_eq!(found(&["check"]), (3.into(), vec![gone.to_owned(), large.to_owned()]));
    assert_eq!(found(&["check", "logs"]), (1.into(), vec![large.to_owned()]));
    let named = "logs/big.md file-too-large: the file has more than the 1024 bytes of `max-file-size`";
    assert_eq!(found(&["check", "logs/big.md"]), (1.into(), vec![named.to_owned()]));
    let found = sandbox.run(["check"]);
    assert_eq!(found.code, 1, "it fails, as what cannot be read always does: {found}");
}

#[test]
fn a_name_with_a_backslash_is_one_name() {
    let sandbox = Sandbox::new().file("ris.toml", "").file("a\\b.md", GOOD);
    let run = sandbox.run(["check", "a\\b.md"]);
    assert!(run.code == 0 && run.stdout.contains("1 document checked"), "{run}");
}

#[test]
fn rules_are_listed_and_explained() {
    let sandbox = Sandbox::new();
    // In a file of its own: too long to stand here, and every change of a code or a level must be seen.
    insta::assert_snapshot!("rules", sandbox.run(["check", "--explain"]).stdout);
    insta::assert_snapshot!(sandbox.run(["check", "--explain", "duration-contradiction"]).stdout, @r"
    duration-contradiction  warn
    A duration is not the one that the timeline gives.

    Why. How long it took is the figure that is quoted. It must be the one that the
    time stamps give.

    Example. `Total Duration: 9 hours 10 minutes` below a timeline from 08:00 to
    17:50.

    Fix. Correct the figure, or the time stamps it rests on.
    ");
    let run = sandbox.run(["check", "--explain", "dangling-refrence"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("did you mean `dangling-reference`?"), "{}", run.stderr);
}

#[test]
fn programs_get_json_junit_and_commands() {
    let sandbox = sandbox();
    let only = ["--only", "updated-before-created", "--only", "dangling-reference"];
    let as_format = |format: &str| sandbox.run(["check", "--format", format].iter().chain(&only));
    insta::assert_snapshot!(as_format("json").stdout, @r#"
    {"counts":{"deny":1,"note":0,"warn":1},"documents":2,"findings":[{"code":"updated-before-created","column":10,"document":"2026/INC-2026-02-disk.md","end_column":20,"fingerprint":"d48c7bf9661648f9","fix":null,"hint":"correct the day that is wrong: retention and reviews are counted from them","level":"deny","line":4,"message":"updated on 2025-01-10, before it was created on 2026-01-09","path":"2026/INC-2026-02-disk.md","source":"updated: 2025-01-10"},{"code":"dangling-reference","column":39,"document":"2026/INC-2026-02-disk.md","end_column":46,"fingerprint":"2c6c2fb4b0bfa137","fix":null,"hint":null,"level":"warn","line":14,"message":"the link leads to `plan.md`, which is not there","path":"2026/INC-2026-02-disk.md","source":"A log without a limit; see [the plan](plan.md) and INC-2026-01."}],"gone":0,"known":0,"schema":1,"suppressed":0}
    "#);
    insta::assert_snapshot!(as_format("junit").stdout, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="ris check" tests="2" failures="1" errors="0">
      <testsuite name="ris check" tests="2" failures="1" errors="0">
        <testcase name="2026/INC-2026-01-queue.md" classname="ris"/>
        <testcase name="2026/INC-2026-02-disk.md" classname="ris">
          <failure message="updated on 2025-01-10, before it was created on 2026-01-09" type="updated-before-created">error[updated-before-created]: updated on 2025-01-10, before it was created on 2026-01-09
      2026/INC-2026-02-disk.md:4
      hint: correct the day that is wrong: retention and reviews are counted from them
    </failure>
          <system-out>warning[dangling-reference]: the link leads to `plan.md`, which is not there
      2026/INC-2026-02-disk.md:14
    </system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    insta::assert_snapshot!(as_format("github").stdout, @r"
    ::error file=2026/INC-2026-02-disk.md,line=4,col=10,endColumn=20,title=updated-before-created::updated on 2025-01-10, before it was created on 2026-01-09%0Ahint: correct the day that is wrong: retention and reviews are counted from them
    ::warning file=2026/INC-2026-02-disk.md,line=14,col=39,endColumn=46,title=dangling-reference::the link leads to `plan.md`, which is not there
    ");
    let run = sandbox.run(["list", "--format", "sarif"]);
    assert_eq!(run.code, 2);
}

/// What the schema of SARIF 2.1.0 asks of the parts that are written; the whole schema is no part of this repository.
#[test]
fn sarif_holds_what_its_schema_asks_for() {
    let run = sandbox().run(["check", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    assert!(run["tool"]["driver"]["name"].is_string());
    for rule in rules {
        assert!(
            rule["id"].is_string() && rule["shortDescription"]["text"].is_string() && rule["help"]["text"].is_string()
        );
        let level = rule["defaultConfiguration"]["level"].as_str().expect("a text");
        assert!(["none", "note", "warning", "error"].contains(&level));
    }
    let results = run["results"].as_array().expect("a list");
    assert!(results.len() >= 5);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small number");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().expect("a text")));
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(result["partialFingerprints"].as_object().expect("an object").values().all(Value::is_string));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|uri| !uri.contains(' ')));
        if let Some(region) = place.get("region") {
            assert!(region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1));
            assert!(region["endColumn"].as_u64() >= region["startColumn"].as_u64());
        }
    }
}

#[test]
fn a_large_folder_is_checked_on_several_threads_in_order() {
    let sandbox = Sandbox::new();
    for number in 0..60 {
        sandbox.write(
            &format!("{number:02}.md"),
            format!("# {number}\n\n**Date:** 2026-01-05\n**Status:** open\n\nTBD\n"),
        );
    }
    let run = sandbox.run(["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
    let findings = report["findings"].as_array().expect("a list");
    let paths: Vec<&str> = findings.iter().filter_map(|it| it["document"].as_str()).collect();
    assert!(paths.len() >= 60 && paths.is_sorted(), "{paths:?}");
}

#[test]
fn a_folder_is_left_out_by_its_name_and_a_pattern_without_use_is_told() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "exclude = ['2024', '2023']\n")
        .file("2024/a.md", "# A\n")
        .file("b.md", "# B\n");
    let run = sandbox.run(["check"]);
    assert!(run.stderr.contains("leaves nothing out by `2023`: no document lies there.\n"), "{run}");
    assert!(!run.stderr.contains("`2024`"), "{run}");
    let run = sandbox.run(["index", "--status"]);
    assert!(run.stdout.contains("2 files found = 1 parsed + 0 partial + 0 rejected + 1 skipped"), "{run}");
}

#[test]
fn today_is_one_day_for_checks_and_lists() {
    let item = "- [ ] Add an alert (owner: Ada, due: 2026-01-15)\n";
    let assessment = "breach-assessment:\n  discovered: 2025-11-16\n  conclusion: breach\n  individuals: 12\n";
    let head = format!("kind: incident\ndate: 2025-11-16\nnext-review: 2026-01-15\n{assessment}");
    let text = format!("---\n{head}---\n# Letters\n\n## Action items\n\n{item}");
    // Noon in UTC, and one in the morning of the next day in this zone.
    let far = [("TZ", "<+13>-13")];
    let overdue = |settings: &str| {
        let sandbox = Sandbox::new().file("a.md", &text).file("ris.toml", settings);
        let json = |args: &[&str]| sandbox.run_with([args, &["--format", "json"]].concat(), "", &far).json();
        let found = json(&["check", "--only", "action-overdue", "--only", "review-overdue"])["findings"]
            .as_array()
            .map(Vec::len);
        let reviews = json(&["review"])["overdue"].clone();
        let notices = json(&["notices"])["overdue"].clone();
        (found, json(&["actions", "--overdue"])["total"].clone(), reviews, notices)
    };
    assert_eq!(overdue(""), (Some(2), 1.into(), 1.into(), 1.into()), "the machine's day");
    let utc = "[documents]\ntime-zone = 'UTC'\n";
    assert_eq!(overdue(utc), (Some(0), 0.into(), 0.into(), 0.into()), "the day of the settings");
}
