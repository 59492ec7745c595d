//! `ris log`: which incident, which moment, which form, and many at once. (`log` is the search for a pasted log.)

use crate::support::Sandbox;

const OPEN: &str = "---\nid: INC-2\nkind: incident\ntitle: Portal is slow\ndate: 2026-01-15\nseverity: high\nstatus: investigating\n---\n\
                    # Portal is slow\n\n## Timeline (UTC)\n\n- **11:40**: Paged\n- **11:52**: Pool is full\n\n## Root cause\n\nUnknown yet.\n";

fn report(id: &str, status: &str) -> String {
    OPEN.replace("INC-2", id).replace("investigating", status)
}

fn sandbox() -> Sandbox {
    Sandbox::new().file("ris.toml", "").file("INC-1.md", report("INC-1", "resolved")).file("INC-2.md", OPEN)
}

fn read(sandbox: &Sandbox, name: &str) -> String {
    std::fs::read_to_string(sandbox.path(name)).expect("the file")
}

#[test]
fn an_entry_goes_into_the_one_open_incident() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["log", "Pool", "raised to 40"]), @r"
    Logged in Portal is slow
      INC-2.md:15
      - **12:00**: Pool raised to 40
    --- exit 0
    ");
    assert_eq!(read(&sandbox, "INC-2.md"), OPEN.replace("full\n", "full\n- **12:00**: Pool raised to 40\n"));
    insta::assert_snapshot!(sandbox.run(["log", "--at", "11:45 UTC", "--dry-run", "Bo looks at it"]), @r"
    --- a/INC-2.md
    +++ b/INC-2.md
    @@ -11,6 +11,7 @@
     ## Timeline (UTC)
     
     - **11:40**: Paged
    +- **11:45**: Bo looks at it
     - **11:52**: Pool is full
     - **12:00**: Pool raised to 40
     
    --- stderr
    Nothing was written.
    --- exit 0
    ");
    let json = sandbox.run(["log", "--at", "10 min ago", "--format", "json", "Restarted"]).json();
    assert_eq!((&json["line"], &json["written"]), (&14.into(), &true.into()), "{json}");
    assert_eq!(
        (json["at"].as_str(), json["entry"].as_str()),
        (Some("2026-01-15T11:50:00+00:00"), Some("- **11:50**: Restarted"))
    );
}

#[test]
fn without_exactly_one_open_incident_somebody_must_say() {
    let several = sandbox().file("INC-3.md", report("INC-3", "open"));
    insta::assert_snapshot!(several.run(["log", "x"]), @r"
    --- stderr
    error: 2 incidents are open
      INC-3  2026-01-15  Portal is slow
      INC-2  2026-01-15  Portal is slow
    hint: say which, for example `--id INC-3`
    --- exit 1
    ");
    assert_eq!(several.run(["log", "--id", "INC-3", "x"]).code, 0);
    assert!(read(&several, "INC-3.md").contains("- **12:00**: x\n"));
    let none = Sandbox::new().file("ris.toml", "").file("INC-1.md", report("INC-1", "closed"));
    insta::assert_snapshot!(none.run(["log", "x"]), @r"
    --- stderr
    error: no incident is open
    hint: `ris new incident` begins one; `--id` adds to one that is resolved
    --- exit 1
    ");
    assert_eq!(none.run(["log", "--id", "INC-1", "x"]).code, 0, "one that is closed takes remarks too");
    let mitigated = Sandbox::new().file("INC-1.md", report("INC-1", "mitigated"));
    assert_eq!(mitigated.run(["log", "x"]).code, 0);
    let unknown = mitigated.run(["log", "--id", "INC-11", "x"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.stderr.contains("did you mean `INC-1`"), "{unknown}");
}

#[test]
fn a_time_is_one_of_the_clock_that_the_timeline_is_written_by() {
    let central = OPEN.replace("Timeline (UTC)", "Timeline (all times CDT)").replace("2026-01-15", "2026-01-14");
    let sandbox = Sandbox::new().file("ris.toml", "").file("INC-2.md", central);
    assert_eq!(sandbox.run(["log", "--at", "2026-01-14 11:45", "Asked the vendor"]).code, 0);
    assert!(
        read(&sandbox, "INC-2.md").contains("- **11:45**: Asked the vendor\n- **11:52**"),
        "{}",
        read(&sandbox, "INC-2.md")
    );
}

#[test]
fn whether_a_time_is_past_is_told_by_the_timeline_s_clock() {
    let tokyo = OPEN.replace("Timeline (UTC)", "Timeline (all times UTC+9)");
    let sandbox = Sandbox::new().file("ris.toml", "").file("INC-2.md", tokyo);
    let run = sandbox.run(["log", "--at", "2026-01-15 20:30", "half an hour ago, and to come in UTC"]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_secret_in_an_entry_is_told() {
    let run = sandbox().run(["log", "token=ghp_k2J9sLq81mZxP0aTvB7cYdE4fGhR6nW3uQ5i"]);
    assert!(
        run.code == 0 && run.stderr.contains("must not stand in a document: a GitHub personal access token"),
        "{run}"
    );
}

#[test]
fn incidents_of_one_id_are_named_by_their_paths() {
    let twice = sandbox().file("other/INC-2.md", OPEN.replace("slow", "down"));
    let run = twice.run(["log", "x"]);
    assert!(run.stderr.contains("other/INC-2.md  2026-01-15  Portal is down"), "{run}");
}

#[test]
fn a_page_that_is_about_no_incident_takes_no_entry() {
    let sandbox = sandbox().file("README.md", "# Welcome\n\nThis is our folder.\n");
    let refused = sandbox.run(["log", "--id", "README.md", "x"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("`README.md` is about no incident"), "{refused}");
    assert_eq!(read(&sandbox, "README.md"), "# Welcome\n\nThis is our folder.\n");
}

#[test]
fn the_zone_is_that_of_the_settings() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "[documents]\ntime-zone = '+02:00'\n")
        .file("a.md", "---\nid: A\nkind: incident\nstatus: open\n---\n# A\n\n## Impact\n\nX.\n");
    assert_eq!(sandbox.run(["log", "one"]).code, 0);
    assert_eq!(sandbox.run(["log", "--at", "13:30", "two"]).code, 0);
    assert_eq!(sandbox.run(["log", "--at", "23:30 UTC", "three"]).code, 0);
    let expected = "## Timeline\n\n- **2026-01-15 01:30 UTC+02:00**: three\n- **2026-01-15 13:30 UTC+02:00**: two\n\
                    - **2026-01-15 14:00 UTC+02:00**: one\n";
    assert!(read(&sandbox, "a.md").ends_with(expected), "{}", read(&sandbox, "a.md"));
}

#[test]
fn what_is_no_moment_is_told() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["log", "--at", "soon", "x"]), @r"
    --- stderr
    error: `soon` is no time
    hint: write it like '17:40', '17:40 UTC', 'yesterday 23:50', '10 min ago' or '2026-11-20 17:40'
    --- exit 2
    ");
    insta::assert_snapshot!(sandbox.run(["log", "--at", "2026-01-16 10:00", "x"]), @r"
    --- stderr
    error: `2026-01-16 10:00` is still to come (2026-01-16 10:00 +00:00)
    hint: a timeline tells what happened; what is to be done goes into the action items
    --- exit 2
    ");
    assert_eq!(read(&sandbox, "INC-2.md"), OPEN);
}

#[test]
fn a_merge_conflict_is_told_with_its_line() {
    let conflict = OPEN.replace(
        "- **11:52**: Pool is full\n",
        "<<<<<<< HEAD\n- **11:52**: a\n=======\n- **11:53**: b\n>>>>>>> other\n",
    );
    let sandbox = Sandbox::new().file("INC-2.md", &conflict);
    insta::assert_snapshot!(sandbox.run(["log", "x"]), @r"
    --- stderr
    error: cannot edit `INC-2.md` at line 14: a merge conflict is not resolved
    hint: resolve it first: keep one side, remove the marks, then run the command again
    --- exit 2
    ");
    assert_eq!(read(&sandbox, "INC-2.md"), conflict);
}

#[test]
fn nothing_is_lost_when_many_write_at_once() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(["index"]).code, 0);
    let writers: Vec<_> = (0..24)
        .map(|number| {
            let text = format!("entry {number:02}");
            let at = format!("{:02}:{:02}", 1 + number % 10, number);
            let mut command = sandbox.command(["log", "--no-sync", "--at", &at, &text]);
            command.stdout(std::process::Stdio::null()).spawn().expect("ris starts")
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait().expect("it ends").success());
    }
    let text = read(&sandbox, "INC-2.md");
    let entries: Vec<&str> = text.lines().filter(|line| line.starts_with("- **")).collect();
    assert_eq!(entries.len(), 26, "{text}");
    assert!((0..24).all(|number| text.contains(&format!("entry {number:02}\n"))), "{text}");
    assert!(entries.is_sorted(), "{text}");
    let left: Vec<_> = std::fs::read_dir(sandbox.path("")).expect("a folder").flatten().collect();
    assert!(left.iter().all(|it| !it.file_name().to_string_lossy().ends_with(".tmp")), "{left:?}");
}
