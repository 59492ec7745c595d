//! One incident with a report, a postmortem and a resolution is one incident everywhere: in lists, counts, pages and
//! evidence.

use std::path::Path;
use std::process::Command;

use super::Site;
use crate::support::Sandbox;

const ID: &str = "RIS-CHECKOUT-RETURNS-500-20251230";

fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]);
    let when = "2026-01-10T10:00:00Z";
    git.env("GIT_AUTHOR_DATE", when)
        .env("GIT_COMMITTER_DATE", when)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", folder);
    assert!(git.args(args).current_dir(folder).status().unwrap().success(), "git {args:?}");
}

/// Runs the flow that the first page of `ris init` teaches. The postmortem is written on another day than that of the
/// incident.
fn taught() -> Sandbox {
    let sandbox = Sandbox::new();
    let ran = |args: &[&str]| {
        let run = sandbox.run(args);
        assert_eq!(run.code, 0, "{args:?}: {run}");
    };
    ran(&["init"]);
    let facts = ["--severity", "high", "--service", "checkout", "--owner", "ana", "--tag", "config-drift"];
    let more = ["--control", "soc2:CC7.3", "--project", "shop", "--date", "2025-12-30", "--no-edit", "--no-input"];
    ran(&[&["new", "incident", "Checkout returns 500"], &facts[..], &more[..]].concat());
    ran(&["new", "postmortem", "Checkout returned 500", "--incident", &ID.to_lowercase(), "--no-edit", "--no-input"]);
    ran(&["resolve", ID, "--write", "--yes"]);
    let folder = sandbox.path("");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "one"]);
    sandbox
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_init_teaches_gives_one_resolved_incident_everywhere() {
    let sandbox = taught();
    let incidents = |period: &str| sandbox.run(["evidence", period, "--format", "json"]).json()["incidents"].clone();
    let found = incidents("2025-Q4");
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    for (key, value) in [("name", ID), ("status", "resolved"), ("day", "2025-12-30")] {
        assert_eq!(found[0][key], value, "{key} of {found}");
    }
    assert_eq!(found[0]["severity"], 2, "{found}");
    assert_eq!(incidents("2026-Q1").as_array().unwrap().len(), 0);
    let counted =
        |period: &str| sandbox.run(["stats", period, "--format", "json"]).json()["insights"]["incidents"].clone();
    assert_eq!((counted("2025-12"), counted("2026-01")), (1.into(), 0.into()));
    assert_eq!(sandbox.run(["list", "--status", "mitigated", "--status", "investigating"]).code, 1);
    let run =
        sandbox.run(["check", "--only", "status-behind", "--only", "incident-day", "--only", "dangling-reference"]);
    assert!(run.stdout.ends_with("checked: nothing found\n"), "{run}");
    let paths = ["", "-POSTMORTEM", "-RESOLUTION"];
    let path = |end: &str| match end {
        "-POSTMORTEM" => "2025/RIS-CHECKOUT-RETURNED-500-20251230-POSTMORTEM.md".to_owned(),
        end => format!("2025/{ID}{end}.md"),
    };
    let files: Vec<(String, String)> = paths.map(|end| (path(end), read(&sandbox, &path(end)))).into();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let listed: serde_json::Value = serde_json::from_slice(&Site::with(&files).get("/api/v1/incidents").bytes).unwrap();
    assert_eq!((&listed["total"], &listed["incidents"][0]["document"]["id"]), (&1.into(), &ID.into()), "{listed}");
    for (key, value) in [("status", "resolved"), ("date", "2025-12-30")] {
        assert_eq!(listed["incidents"][0][key], value, "{key} of {listed}");
    }
    assert_eq!(listed["incidents"][0]["severity"], 2, "{listed}");
}

#[test]
fn a_postmortem_has_what_its_incident_states() {
    let sandbox = taught();
    let text = read(&sandbox, "2025/RIS-CHECKOUT-RETURNED-500-20251230-POSTMORTEM.md");
    let head = text.split("\n---\n").next().unwrap();
    let expected = "---\nid: RIS-CHECKOUT-RETURNED-500-20251230-POSTMORTEM\ntitle: Checkout returned 500\nkind: incident\n\
                    date: 2025-12-30\nseverity: high\nservices: [checkout]\nowners: [ana]\nroot-causes: [config-drift]\n\
                    project: shop\nincident: RIS-CHECKOUT-RETURNS-500-20251230\ncompliance:\n  soc2:\n    \
                    controls: [CC7.3]\ncreated: 2026-01-15\nupdated: 2026-01-15\nreviewed-by: # who signs it off; `ris review ID --by NAME` \
                    writes name and day";
    assert_eq!(head, expected);
    // What is said wins, and the resolution belongs to the incident though the postmortem is named.
    let args =
        ["new", "fix-plan", "Checkout", "--dry-run", "--incident", "RIS-CHECKOUT-RETURNED-500-20251230-POSTMORTEM"];
    let said = ["--date", "2026-01-02", "--severity", "low", "--service", "cart", "--owner", "bo"];
    let run = sandbox.run([&args[..], &said[..]].concat());
    for line in [
        "date: 2026-01-02",
        "severity: low",
        "status: open",
        "services: [cart]",
        "owners: [bo]",
        "incident: RIS-CHECKOUT-RETURNS-500-20251230",
    ] {
        assert!(run.stdout.contains(&format!("\n{line}\n")), "{line}: {run}");
    }
    // A team that asks for a status in every document gets that of the incident.
    sandbox.write("ris.toml", "[check]\nrequired-facts = ['status']\n");
    let run = sandbox.run(["new", "postmortem", "Again", "--dry-run", "--incident", ID]);
    assert!(run.stdout.contains("\nstatus: resolved\n"), "{run}");
}

#[test]
fn a_status_is_set_in_every_report_and_one_left_behind_is_told() {
    let report = "---\nid: INC-1\nkind: incident\ndate: 2026-01-05\nstatus: investigating\n---\n# Queue stuck\n";
    let postmortem =
        "---\nid: PM-1\nkind: incident\nincident: INC-1\ndate: 2026-01-07\nstatus: Mitigated\n---\n# Why\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a/report.md", report).file("b/postmortem.md", postmortem);
    let check = || sandbox.run(["check", "--only", "status-behind", "--only", "incident-day"]).stdout;
    insta::assert_snapshot!(check(), @"
    warning[status-behind]: the incident is investigating here, and further in another report of it
     --> a/report.md:5:9
      |
    5 | status: investigating
      |         ^^^^^^^^^^^^^
      |
      = hint: `b/postmortem.md` says `mitigated`, and lists and evidence go by that; write `mitigated` here too, or leave the status to the report

    warning[incident-day]: the incident was on 2026-01-07 here, and on another day in its report
     --> b/postmortem.md:5:7
      |
    5 | date: 2026-01-07
      |       ^^^^^^^^^^
      |
      = hint: `a/report.md` says 2026-01-05, and lists and evidence go by that; `created` is the day on which a document was written

    2 documents checked: 0 errors, 2 warnings, 0 notes
    ");
    let run = sandbox.run(["resolve", "INC-1", "--write", "--yes", "--format", "json"]);
    assert_eq!(run.json()["statuses"], serde_json::json!(["a/report.md", "b/postmortem.md"]), "{run}");
    assert!(read(&sandbox, "a/report.md").contains("status: resolved\n"));
    assert!(read(&sandbox, "b/postmortem.md").contains("status: Resolved\n"));
    assert!(!check().contains("status-behind"), "{}", check());
    // A check of one file knows as much, once there is an index.
    sandbox.write("a/report.md", report);
    assert_eq!(sandbox.run(["index"]).code, 0);
    let run = sandbox.run(["check", "a/report.md", "--only", "status-behind"]);
    assert!(run.stdout.contains("`b/postmortem.md` says `resolved`"), "{run}");
}
