//! `ris actions`.

use crate::support::Sandbox;

const OUTAGE: &str = "---\nkind: incident\nid: INC-1\ndate: 2025-12-17\nseverity: critical\n---\n# Queue stuck\n\n\
## Action items\n\n\
- [ ] Bound the queue (Owner: @dana, Due: 2026-01-10)\n\
- [x] Restart the worker (Owner: @dana)\n\
- [ ] Alert on length (Owner: li, Due: 2026-02-05)\n\
- [ ] Write it down\n";

fn sandbox() -> Sandbox {
    Sandbox::new().file("a.md", OUTAGE)
}

#[test]
fn lists_what_is_open_by_due_date() {
    insta::assert_snapshot!(sandbox().run(["actions"]), @r"
    due           severity  owner     action           where
    2026-01-10 !  critical  @dana     Bound the queue  a.md:11
    2026-02-05    critical  li        Alert on length  a.md:13
                  critical  no owner  Write it down    a.md:14
    --- stderr
    3 open, 1 of them overdue (!), 1 without an owner; 1 done. A ~ marks a date computed from a heading.
    --- exit 0
    ");
}

#[test]
fn filters_and_fails_on_demand() {
    let sandbox = sandbox();
    let lines = |args: &[&str]| sandbox.run(args).stdout.lines().skip(1).count();
    assert_eq!((lines(&["actions", "--overdue"]), lines(&["actions", "--all"])), (1, 4));
    assert_eq!((lines(&["actions", "--owner", "nobody"]), lines(&["actions", "--severity", "low"])), (1, 0));
    assert_eq!(sandbox.run(["actions", "--fail-on", "overdue"]).code, 1);
    assert_eq!(sandbox.run(["actions", "--owner", "li", "--fail-on", "overdue"]).code, 0);
    assert_eq!(sandbox.run(["actions", "--owner", "no-such-person"]).code, 1);
    for state in ["open", "overdue"] {
        assert_eq!(sandbox.run(["actions", "--done", "--fail-on", state]).code, 0);
        assert_eq!(sandbox.run(["actions", "--all", "--fail-on", state]).code, 1);
    }
}

#[test]
fn json_has_lines_and_totals() {
    let run = sandbox().run(["actions", "--format", "json", "--limit", "1"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("the output is JSON");
    assert_eq!((&value["schema"], &value["total"], &value["totals"]["overdue"]), (&1.into(), &3.into(), &1.into()));
    let item = &value["actions"][0];
    assert_eq!((&item["path"], &item["line"], &item["overdue"]), (&"a.md".into(), &11.into(), &true.into()));
}

#[test]
fn a_narrow_terminal_leaves_paths_whole() {
    let path = "2025/a-folder-with-a-long-name/an-incident-with-a-long-name.md";
    let text = "# Disk full\n\nSeverity: high\n\n## Action items\n\n- [ ] Add an alert for every volume that somebody writes to (owner: Ada)\n";
    let run = Sandbox::new().file(path, text).run_with(["actions"], "", &[("COLUMNS", "50")]);
    assert!(run.stdout.lines().any(|line| line == format!("  {path}:7")), "{run}");
    assert!(run.stdout.starts_with("high  Ada\n  Add an alert for every volume that somebody\n"), "{run}");
}
