//! `ris resolve`: one document out of several, the status by the smallest edit, and parts that are made anew.

use crate::support::Sandbox;

const REPORT: &str = "---\nid: INC-1\nkind: incident\ntitle: Uploads stuck\ndate: 2026-01-14 # the day\nstatus: 'investigating'\n---\n\
                      # Uploads stuck\n\n## Summary\n\nUploads stood still.\n\n## Timeline (UTC)\n\n- 10:00: uploads fail\n- 10:30: \
                      resolved\n\n## Resolution\n\n```bash\nsystemctl restart pool\n```\n\n## Action items\n\n- [ ] Alert (owner: Ada)\n";
const ANALYSIS: &str = "---\nid: INC-1\nkind: rca\n---\n# Why\n\n## Root cause\n\nA pool of one.\n";

fn sandbox() -> Sandbox {
    Sandbox::new().file("ris.toml", "").file("2026/INC-1.md", REPORT).file("2026/rca.md", ANALYSIS)
}

fn read(sandbox: &Sandbox, name: &str) -> String {
    std::fs::read_to_string(sandbox.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

const MADE: &str = "2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md";

#[test]
#[expect(clippy::too_many_lines, reason = "the whole document is what is looked at")]
fn nothing_is_written_until_asked_for() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["resolve", "INC-1"]), @r#"
    --- /dev/null
    +++ b/2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md
    @@ -0,0 +1,121 @@
    +---
    +id: RIS-UPLOADS-STUCK-20260114-RESOLUTION
    +title: "Resolution: Uploads stuck"
    +kind: resolution
    +incident: INC-1
    +date: 2026-01-14
    +status: resolved
    +created: 2026-01-15
    +updated: 2026-01-15
    +---
    +
    +# Resolution: Uploads stuck
    +
    +<!-- What stands between two marks is made from the documents of the incident. `ris resolve --update` makes it anew
    +     where nobody changed it; what you write yourself stays. -->
    +
    +<!-- ris:begin facts de995cbf -->
    +
    +| Fact | As the documents say |
    +|---|---|
    +| Incident | [INC-1](INC-1.md) Uploads stuck |
    +| Further documents | [INC-1](rca.md) (root-cause analysis) |
    +| Began | 2026-01-14 10:00 UTC |
    +| Resolved | 2026-01-14 10:30 UTC |
    +
    +<!-- ris:end facts -->
    +
    +## Problem statement
    +
    +<!-- ris:begin problem 1112c0d0 -->
    +
    +Uploads stood still.
    +
    +<!-- ris:end problem -->
    +
    +## Root cause
    +
    +<!-- ris:begin cause 1f9e1ed6 -->
    +
    +From [INC-1](rca.md):
    +
    +A pool of one.
    +
    +<!-- ris:end cause -->
    +
    +## Timeline
    +
    +<!-- ris:begin timeline 942a165b -->
    +
    +| Time (UTC) | What happened |
    +|---|---|
    +| 2026-01-14 10:00 | uploads fail |
    +| 2026-01-14 10:30 | resolved |
    +
    +- **Time to resolve:** 30 min
    +- **Total duration:** 30 min
    +
    +<!-- ris:end timeline -->
    +
    +## Resolution steps
    +
    +<!-- ris:begin steps 2b2381b3 -->
    +
    +```bash
    +systemctl restart pool
    +```
    +
    +<!-- ris:end steps -->
    +
    +## Verification
    +
    +<!-- ris:begin verification 59e505e2 -->
    +
    +- [ ] The signs described above are gone for the people who reported them
    +- [ ] What would have told us earlier has been tried once and told us
    +
    +<!-- ris:end verification -->
    +
    +## Prevention
    +
    +<!-- ris:begin prevention 183fa65a -->
    +
    +> ? What keeps it from happening again, and what will tell us if it begins to?
    +
    +<!-- ris:end prevention -->
    +
    +## Action items
    +
    +<!-- ris:begin actions cdfaeda9 -->
    +
    +1 of 1 open. They are kept, and ticked off, where the last column leads.
    +
    +| Action | Owner | Status | Kept in |
    +|---|---|---|---|
    +| Alert | Ada | Open | [INC-1](INC-1.md) |
    +
    +<!-- ris:end actions -->
    +
    +## Lessons learned
    +
    +<!-- ris:begin lessons 6723c017 -->
    +
    +> ? What went well, what went badly, and where were we lucky?
    +
    +<!-- ris:end lessons -->
    +
    +## Related incidents
    +
    +<!-- ris:begin related 2dcb5de3 -->
    +
    +> ? Has something like this happened before? `ris related` found nothing that says so.
    +
    +<!-- ris:end related -->
    +
    +## Compliance
    +
    +<!-- ris:begin compliance 486c3cf7 -->
    +
    +> ? Which controls does this bear on, and how long must it be kept?
    +
    +<!-- ris:end compliance -->
    --- a/2026/INC-1.md
    +++ b/2026/INC-1.md
    @@ -3,7 +3,7 @@
     kind: incident
     title: Uploads stuck
     date: 2026-01-14 # the day
    -status: 'investigating'
    +status: 'resolved'
     ---
     # Uploads stuck
     
    --- stderr
    Made from 2 documents; 4 questions left for a person to answer.
    --write makes 2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md.
    --- exit 0
    "#);
    assert!(!sandbox.path(MADE).exists() && read(&sandbox, "2026/INC-1.md") == REPORT);
    let unasked = sandbox.run(["resolve", "INC-1", "--write"]);
    assert_eq!(unasked.code, 2);
    assert!(unasked.stderr.contains("add `--yes`") && !sandbox.path(MADE).exists(), "{unasked}");
}

#[test]
fn the_resolution_is_written_and_the_status_set() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(["resolve", "INC-1", "--write", "--yes"]).code, 0);
    assert_eq!(read(&sandbox, "2026/INC-1.md"), REPORT.replace("'investigating'", "'resolved'"));
    let json = sandbox.run(["inspect", MADE, "--format", "json"]).json();
    assert_eq!((&json["kind"], &json["incident"]), (&"resolution".into(), &"INC-1".into()), "{json}");
    assert_eq!(json["timeline"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["durations"]["computed"]["total_minutes"], 30);
    assert!(json["action_items"].as_array().unwrap().iter().any(|it| it["text"] == "Alert" && it["carried"] == true));
    // One incident still, with one open action item.
    let actions = sandbox.run(["actions", "--format", "json"]).json();
    assert_eq!(actions["total"], 1, "{actions}");
    for (again, told) in [
        (vec!["resolve", "INC-1"], "has a resolution already"),
        (vec!["resolve", MADE], "is a resolution itself"),
        (vec!["resolve", "2026/rca.md"], "has a resolution already"),
    ] {
        let run = sandbox.run(again);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(told), "{run}");
    }
}

#[test]
fn one_that_is_resolved_needs_to_be_told() {
    let sandbox = Sandbox::new()
        .file("INC-2.md", "# Slow\n\n**Incident ID:** INC-2\n**Status**: RESOLVED ✅\n\n## Root cause\n\nX.\n");
    insta::assert_snapshot!(sandbox.run(["resolve", "INC-2"]), @r"
    --- stderr
    error: `INC-2` is resolved already (INC-2.md:4)
    hint: `--again` makes its resolution document and leaves the status as it is
    --- exit 2
    ");
    let run = sandbox.run(["resolve", "INC-2", "--again", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("No document says on which day") && run.stderr.contains("left as it is"), "{run}");
}

#[test]
fn every_status_of_the_report_is_set() {
    let report = "# Slow\n\n**Incident ID:** INC-3\n**Date:** 2026-01-02\n**Status**: MITIGATED\n\n## Root cause\n\nX.\n\n---\n\n\
                  **Created**: 2026-01-02\n**Status**: Open, one thing is left\n";
    let sandbox = Sandbox::new().file("INC-3.md", report);
    assert_eq!(sandbox.run(["resolve", "INC-3", "--write", "--yes", "--status", "closed"]).code, 0);
    let expected = report.replace("MITIGATED", "CLOSED").replace("Open, one", "Closed, one");
    assert_eq!(read(&sandbox, "INC-3.md"), expected);
}

#[test]
fn an_update_leaves_a_persons_words_alone() {
    let sandbox = sandbox();
    sandbox.run(["resolve", "INC-1", "--write", "--yes"]);
    let quiet = sandbox.run(["resolve", "INC-1", "--update"]);
    assert_eq!(quiet.stdout, "", "{quiet}");
    let mine = read(&sandbox, MADE)
        .replace("## Prevention\n", "## Prevention\n\nWritten by Ada.\n")
        .replace("A pool of one.", "A pool of one, as Ada found.");
    sandbox.write(MADE, &mine);
    assert_eq!(sandbox.run(["log", "--id", "2026/INC-1.md", "--at", "2026-01-14 10:10", "pool restarted"]).code, 0);
    sandbox.write("2026/rca.md", ANALYSIS.replace("of one.", "of one connection."));
    insta::assert_snapshot!(sandbox.run(["resolve", "INC-1", "--update", "--write", "--yes"]), @r"
    --- a/2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md
    +++ b/2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md
    @@ -45,11 +45,12 @@
     
     ## Timeline
     
    -<!-- ris:begin timeline 942a165b -->
    +<!-- ris:begin timeline 5478ebe0 -->
     
     | Time (UTC) | What happened |
     |---|---|
     | 2026-01-14 10:00 | uploads fail |
    +| 2026-01-14 10:10 | pool restarted |
     | 2026-01-14 10:30 | resolved |
     
     - **Time to resolve:** 30 min
    --- stderr
    2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md:38: somebody changed the part `cause`, so it stays; `--overwrite cause` makes it anew.
    Made anew in 2026/RIS-UPLOADS-STUCK-20260114-RESOLUTION.md: timeline.
    --- exit 0
    ");
    let text = read(&sandbox, MADE);
    assert!(
        text.contains("Written by Ada.")
            && text.contains("A pool of one, as Ada found.")
            && text.contains("pool restarted")
    );
    let run = sandbox.run(["resolve", MADE, "--update"]);
    assert!(
        run.code == 0
            && run.stderr.ends_with("All other generated parts are as the documents say; nothing is to be done.\n"),
        "{run}"
    );
    let run = sandbox.run(["resolve", MADE, "--update", "--overwrite", "nonsense"]);
    assert!(run.code == 2 && run.stderr.contains("there is no generated part `nonsense`"), "{run}");
    sandbox.run(["resolve", MADE, "--update", "--overwrite", "cause", "--write", "--yes"]);
    let text = read(&sandbox, MADE);
    assert!(text.contains("A pool of one connection.") && text.contains("Written by Ada."), "{text}");
}

#[test]
fn an_update_refuses_a_file_that_is_not_utf_8() {
    let sandbox = sandbox();
    sandbox.run(["resolve", "INC-1", "--write", "--yes"]);
    let mut bytes = std::fs::read(sandbox.path(MADE)).expect("the resolution");
    bytes.extend(b"\nCaf\xe9 by hand.\n");
    sandbox.write(MADE, &bytes);
    sandbox.write("2026/rca.md", ANALYSIS.replace("of one", "of two"));
    let run = sandbox.run(["resolve", "INC-1", "--update", "--write", "--yes"]);
    assert!(run.code == 2 && run.stderr.contains("the file is not UTF-8"), "{run}");
    assert_eq!(std::fs::read(sandbox.path(MADE)).expect("the resolution"), bytes);
}

#[test]
fn what_is_in_the_way_is_told() {
    let sandbox = sandbox();
    let unknown = sandbox.run(["resolve", "INC-11"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("there is no document `INC-11`"), "{unknown}");
    for (args, told) in [
        (vec!["resolve", "INC-1", "--update"], "has no resolution yet"),
        (vec!["resolve", "INC-1", "--path", "../out.md"], "leads out of the knowledge base"),
        (vec!["resolve", "INC-1", "--path", "2026/rca.md"], "is there already"),
        (vec!["resolve", "INC-1", "--new-id", "INC-1"], "the id `INC-1` is taken"),
    ] {
        let run = sandbox.run(args.clone());
        assert_eq!(run.code, 2, "{args:?}: {run}");
        assert!(run.stderr.contains(told), "{args:?}: {run}");
    }
    let conflict = REPORT.replace("Uploads stood still.\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n");
    sandbox.write("2026/INC-1.md", &conflict);
    let run = sandbox.run(["resolve", "INC-1", "--write", "--yes"]);
    assert!(run.code == 2 && run.stderr.contains("at line 12: a merge conflict is not resolved"), "{run}");
    assert!(!sandbox.path(MADE).exists() && read(&sandbox, "2026/INC-1.md") == conflict);
    let sandbox = self::sandbox().file("templates/resolution.md", "# {{ title }}\n\n{{ nothing }}\n");
    let run = sandbox.run(["resolve", "INC-1"]);
    assert!(run.code == 2 && run.stderr.contains("template `templates/resolution.md` fails at line 3"), "{run}");
}

#[test]
fn programs_are_told_what_was_written_once_it_is() {
    let sandbox = sandbox();
    let run = |args: &[&str]| sandbox.run([&["resolve", "INC-1", "--format", "json"], args].concat());
    assert_eq!(run(&[]).json()["written"], false);
    // A file is no folder: nothing is written, and nobody is told that it was.
    let failed = run(&["--path", "2026/rca.md/r.md", "--write", "--yes"]);
    assert_eq!((failed.code, failed.stdout.as_str()), (2, ""), "{failed}");
    assert_eq!(run(&["--write", "--yes"]).json()["written"], true);
    let update = |args: &[&str]| run(&[&["--update"], args].concat()).json()["written"].clone();
    assert_eq!(update(&["--write", "--yes"]), false, "nothing has changed");
    sandbox.write("2026/rca.md", ANALYSIS.replace("A pool of one", "A pool of two"));
    assert_eq!([update(&[]), update(&["--write", "--yes"])], [false, true]);
}

#[test]
fn an_update_right_after_the_writing_changes_nothing() {
    // No front matter: the status edit moves every line of the report.
    let report = "# 2026-02-26, portal certificate expired\n\n**Severity:** high\n\n## Cause\n\nThe certificate expired. \
                  It is renewed by hand.\n\n## Actions\n\n- [ ] Renew it by a machine\n";
    let others = (0..12).map(|at| {
        let text = format!(
            "---\nid: INC-{at}\nkind: incident\ndate: 2025-01-{:02}\ntags: [certificate-expiry]\n---\n# A certificate of `proxy-{}`\n\n\
             The certificate expired on `proxy-{}`, renewed by hand.{}\n",
            at + 1,
            at % 3,
            at % 4,
            " Nobody saw it.".repeat(at)
        );
        (format!("2025/INC-{at}.md"), text)
    });
    let sandbox = Sandbox::new().file("ris.toml", "").file("2026/portal.md", report);
    let sandbox = others.fold(sandbox, |sandbox, (path, text)| sandbox.file(&path, text));
    let run = sandbox.run(["resolve", "2026/portal.md", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    let made = std::fs::read_dir(sandbox.path("2026")).unwrap().flatten().map(|it| it.path());
    let made = made.into_iter().find(|path| !path.ends_with("portal.md")).unwrap();
    let text = std::fs::read_to_string(&made).unwrap();
    let line = |words: &str| read(&sandbox, "2026/portal.md").lines().position(|it| it.contains(words)).unwrap() + 1;
    assert!(text.contains(&format!("line {}", line("The certificate expired"))), "{text}");
    let again = sandbox.run(["resolve", "2026/portal.md", "--update"]);
    assert!(again.stderr.contains("nothing is to be done"), "{again}");
    assert_eq!(again.stdout, "");
}
