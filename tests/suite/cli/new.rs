//! `ris new`: drafts, templates of a team, and everything that can be wrong with a request.

use serde_json::{Value, json};

use crate::support::Sandbox;

const TEMPLATES: [&str; 8] =
    ["incident", "postmortem", "rca", "resolution", "fix-plan", "breach", "drill", "near-miss"];
pub(super) const EARLIER: &str = "---\nid: INC-2025-01\ntitle: Cache refused connections\nkind: incident\ndate: 2025-03-01\nseverity: \
                       high\nstatus: resolved\nservices: [cache]\nroot-causes: [connection-exhaustion]\ncompliance:\n  \
                       soc2:\n    controls: [CC7.4]\n    retention-period: 7-years\n---\n# Cache refused connections\n\n\
                       ## Summary\n\nThe cache refused: `ERR max number of clients reached`.\n\n## Why was nobody \
                       paged?\n\nNobody watched.\n\n## Action items\n\n- [ ] Add a pool\n- [ ] Add an alert\n";

pub(super) fn sandbox() -> Sandbox {
    Sandbox::new().file("ris.toml", "").file("2025/INC-2025-01.md", EARLIER)
}

pub(super) fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path(path)).expect("the file")
}

/// Runs `ris inspect` on a document and returns what it made of it.
fn inspected(sandbox: &Sandbox, path: &str) -> Value {
    sandbox.run(["inspect", path, "--format", "json"]).json()
}

#[test]
fn writes_an_incident_and_says_what_is_like_it() {
    let sandbox = sandbox();
    let run = sandbox.run([
        "new",
        "incident",
        "Cache",
        "is",
        "down",
        "--severity",
        "high",
        "--service",
        "cache",
        "--tag",
        "connection exhaustion",
    ]);
    insta::assert_snapshot!(run, @"
    2026/RIS-CACHE-IS-DOWN-20260115.md
    --- stderr

    You have seen this before:
      INC-2025-01, Cache refused connections (2025-03-01)
        2025/INC-2025-01.md
        same cause: connection-exhaustion; same service: cache
        still 2 action items of it are open
    --- exit 0
    ");
    insta::assert_snapshot!(read(&sandbox, "2026/RIS-CACHE-IS-DOWN-20260115.md"), @"
    ---
    id: RIS-CACHE-IS-DOWN-20260115
    title: Cache is down
    kind: incident
    date: 2026-01-15
    severity: high
    status: investigating
    services: [cache]
    root-causes: [connection-exhaustion]
    created: 2026-01-15
    updated: 2026-01-15
    ---

    # Cache is down

    ## Summary

    > ? What do people see that they should not see, and since when?

    ## Impact

    > ? Who cannot do what, how many are they, and is it still so?
    >
    > ? Is any data lost, wrong, or seen by somebody who should not see it?

    ## Timeline

    | Time (UTC) | What happened |
    |---|---|

    > ? Who was told, what was tried, and what did it change? `ris log` adds a line with the time.

    ## Root cause

    > ? What is known, and what is a guess? A guess is welcome if it is called one.

    ## Resolution

    > ? What ended the effect? Write the commands down, so that the next person can use them.

    ## Action items

    | Action | Type | Owner | Due | Priority | Done when |
    |---|---|---|---|---|---|

    > ? What must still be done today, and by whom?
    ");
}

#[test]
fn every_template_is_read_back_with_the_values_given() {
    let sandbox = Sandbox::new().file("ris.toml", "[documents]\nproject = 'claims'\n");
    let titles = ["Redis: \"no | route\" # to host", "- [ ] it's 5 o'clock", "Größe: 90 % & more", "null"];
    for (at, template) in TEMPLATES.iter().enumerate() {
        for (nth, title) in titles.iter().enumerate() {
            let values = json!({
                "title": title, "severity": "medium", "status": "mitigated", "date": "2025-12-17",
                "services": ["claims-db", "portal: blue"], "owners": ["Ana O'Neil", "@ops"],
                "root-causes": ["disk-full", "our-own"], "controls": ["soc2:CC7.4", "hipaa:164.308(a)(6)(ii)"],
                "incident": "INC-7", "classification": "confidential", "id": format!("T-{at}-{nth}"),
            });
            let args = ["new", template, "--stdin", "--format", "json"];
            let made = sandbox.run_with(args, &values.to_string(), &[]).json();
            let path = made["path"].as_str().expect("a path");
            let read = inspected(&sandbox, path);
            let expected_kind = if matches!(*template, "postmortem" | "breach") { "incident" } else { template };
            assert_eq!(read["outcome"], "parsed", "{read}");
            for (key, expected) in [
                ("kind", json!(expected_kind)),
                ("id", values["id"].clone()),
                ("title", values["title"].clone()),
                ("date", values["date"].clone()),
                ("services", values["services"].clone()),
                ("owners", values["owners"].clone()),
            ] {
                assert_eq!(read[key], expected, "{template}: {key}");
            }
            assert_eq!((&read["severity"]["level"], &read["status"]["state"]), (&json!(3), &json!("mitigated")));
            let tags: Vec<&Value> = read["tags"].as_array().expect("tags").iter().map(|it| &it["tag"]).collect();
            assert_eq!(tags, ["disk-full", "our-own"], "{template}");
            assert!(!read.to_string().contains("\"origin\":\"inferred\""), "{template} makes ris infer: {read}");
            assert_eq!(read["timeline"], json!([]), "{template}");
            let text = made["text"].as_str().expect("the text");
            assert!(text.contains("project: claims\n") && text.contains("incident: INC-7\n") && !text.contains('\r'));
            assert!(text.contains("controls: [164.308(a)(6)(ii)]") && text.contains("controls: [CC7.4]"), "{text}");
            assert!(text.contains("classification: confidential\n"), "{text}");
        }
    }
}

#[test]
fn a_fresh_document_is_clean_under_check() {
    let sandbox = Sandbox::new().file("ris.toml", "");
    for template in TEMPLATES.iter().filter(|it| **it != "breach") {
        let args =
            ["new", template, "Cache of", template, "--severity", "high", "--service", "cache", "--owner", "Ana"];
        assert_eq!(sandbox.run(args).code, 0);
    }
    let run = sandbox.run(["check"]);
    assert!(run.stdout.ends_with("7 documents checked: nothing found\n"), "{run}");
}

#[test]
fn a_breach_has_its_clocks() {
    let sandbox = Sandbox::new().file("ris.toml", "");
    let run = sandbox.run([
        "new",
        "breach",
        "Letters to the wrong member",
        "--owner",
        "Ana",
        "--set",
        "discovered=2024-02-14",
        "--set",
        "individuals=12",
        "--set",
        "role=covered-entity",
        "--dry-run",
    ]);
    let notices: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("| Notify")).collect();
    assert_eq!(
        notices,
        [
            "| Notify affected individuals | Ana | 2024-04-14 | HIPAA, 45 CFR 164.404(b) | covered entity; unsecured PHI; without \
         unreasonable delay, 60 days is the outer limit |",
            "| Notify HHS Secretary | Ana | 2025-03-01 | HIPAA, 45 CFR 164.408(c) | covered entity; fewer than 500 individuals; \
         keep a log during the year |",
        ]
    );
    assert!(
        run.stdout.contains("\ndate: 2024-02-14\n") && run.stdout.contains("\n  discovered: 2024-02-14\n"),
        "{run}"
    );
    let written = sandbox.run(["new", "breach", "Letters", "--set", "discovered=2026-01-10", "--owner", "Ana"]);
    let actions = inspected(&sandbox, written.stdout.trim())["action_items"].clone();
    assert_eq!(
        (&actions[0]["due"], &actions[0]["owner"], &actions[0]["done"]),
        (&json!("2026-03-11"), &json!("Ana"), &json!(false))
    );
    assert!(!written.stderr.contains("The clocks count"), "it was said: {written}");
    let report = "---\nid: INC-7\nkind: incident\ndate: 2026-01-02\nstatus: open\n---\n# Letters\n";
    sandbox.write("2026/INC-7.md", report);
    let of_incident = sandbox.run(["new", "breach", "Letters", "--incident", "INC-7", "--dry-run"]);
    let said = "warning: The clocks count from 2026-01-02, the day of the incident, since nobody said when";
    assert!(
        of_incident.stderr.contains(said) && of_incident.stdout.contains("  discovered: 2026-01-02\n"),
        "{of_incident}"
    );
    let today = sandbox.run(["new", "breach", "Letters", "--dry-run", "--format", "json"]).json();
    assert!(today["notices"][0].as_str().is_some_and(|it| it.starts_with("The clocks count from 2026-01-15, since")));
    let bad = sandbox.run(["new", "breach", "Letters", "--set", "discovered=soon"]);
    assert_eq!(bad.code, 2);
    assert!(bad.stderr.contains("`soon` is no day") && bad.stderr.contains("2026-01-15"), "{bad}");
}

#[test]
fn carries_over_what_an_earlier_incident_had() {
    let sandbox = sandbox();
    let run = sandbox.run(["new", "postmortem", "Cache is down", "--like", "inc-2025-01", "--dry-run"]);
    let front = run.stdout.split("---").nth(1).expect("front matter");
    insta::assert_snapshot!(front, @"
    id: RIS-CACHE-IS-DOWN-20260115-POSTMORTEM
    title: Cache is down
    kind: incident
    date: 2026-01-15
    status: mitigated
    services: [cache]
    root-causes: [connection-exhaustion]
    related: [INC-2025-01]
    compliance:
      soc2:
        controls: [CC7.4]
        retention-period: 7-years
    created: 2026-01-15
    updated: 2026-01-15
    reviewed-by: # who signs it off; `ris review ID --by NAME` writes name and day
    ");
    assert!(run.stdout.contains("## Questions that helped in INC-2025-01\n\n> ? Why was nobody paged?\n"), "{run}");
    assert!(run.stdout.contains("- [INC-2025-01](../2025/INC-2025-01.md): Cache refused connections\n"), "{run}");
    assert!(run.stderr.contains("still 2 action items of it are open"), "{run}");
    assert!(!sandbox.path("2026").exists(), "a dry run writes nothing");
    let unknown = sandbox.run(["new", "incident", "x", "--like", "INC-2025-02"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.stderr.contains("did you mean `INC-2025-01`?"), "{unknown}");
}

#[test]
fn takes_error_times_and_hosts_from_a_log() {
    let log = "2026-01-10T08:00:00Z INFO cache-1.internal start\n2026-01-10T08:04:00Z ERROR redis: ERR max number of clients \
               reached\n2026-01-10T08:20:00Z WARN password=hunter2hunter2xx9Q retry\n";
    let sandbox = sandbox();
    let run = sandbox.run_with(["new", "incident", "--from-log", "-", "--dry-run"], log, &[]);
    assert!(run.stdout.contains("\ntitle: \"redis: ERR max number of clients reached\"\n"), "{run}");
    assert!(run.stdout.contains("\ndate: 2026-01-10\n"), "the day of the log: {run}");
    assert!(
        run.stdout
            .contains("| 2026-01-10 08:00 | First line of the log |\n| 2026-01-10 08:20 | Last line of the log |\n")
    );
    assert!(run.stdout.contains("Named in the log: `cache-1.internal`.") && !run.stdout.contains("hunter2"), "{run}");
    assert!(
        run.stderr.contains("You have seen this before:\n  INC-2025-01, Cache refused connections (2025-03-01)"),
        "{run}"
    );
}

#[test]
fn a_team_adds_templates_and_overrides_them() {
    let ours = "{#\nkind: incident\nabout: An outage of the shop.\nvariables:\n  region: The region.\n  steps: {about: Steps., \
                default: []}\n#}\n---\n{{ front_matter }}---\n\n# {{ title }}\n\n**Region:** {{ region }}\n\n{% for it in steps \
                %}\n- {{ it }}\n{% endfor %}\n";
    let sandbox = sandbox().file("templates/outage.md", ours).file("templates/README.md", "{{ no template");
    let run = sandbox.run(["new", "outage", "Shop", "--set", "region=eu", "--set", "steps=one, two", "--dry-run"]);
    assert!(run.stdout.ends_with("# Shop\n\n**Region:** eu\n\n- one\n- two\n"), "{run}");
    let list = sandbox.run(["new", "--list", "--format", "json"]).json();
    let last = &list["templates"][8];
    assert_eq!(
        (&last["name"], &last["path"], &last["variables"][0]["name"]),
        (&json!("outage"), &json!("templates/outage.md"), &json!("region"))
    );
    assert!(sandbox.run(["new", "outage", "--variables"]).stdout.contains("region"));
    assert_eq!(sandbox.run(["new", "outage", "--source"]).stdout, ours);
    // `ris new rca --source > templates/rca.md`: the shell has made the file when ris looks.
    let built_in = sandbox.run(["new", "rca", "--source"]).stdout;
    sandbox.write("templates/rca.md", "");
    assert!(!built_in.is_empty() && sandbox.run(["new", "rca", "--source"]).stdout == built_in);
    sandbox.write("templates/drill.md", "# {{ title }}\n");
    let bare = sandbox.run(["new", "drill", "Fire", "--path", "2026/fire.md", "--dry-run"]);
    assert_eq!(bare.stdout, "# Fire\n");
    assert!(bare.stderr.contains("does not write the id"), "{bare}");
    let status = sandbox.run(["index", "--status"]).stdout;
    assert!(status.starts_with("1 file found = 1 parsed"), "templates are no documents: {status}");
}

#[test]
fn profiles_give_the_compliance_block() {
    let settings = "[profiles.default.soc2]\ncontrols = ['CC7.4']\nretention-period = '7-years'\n[profiles.phi]\nprojects = \
                    ['claims']\n[profiles.phi.hipaa]\ncontrols = ['164.312(b)']\naccess-audit-required = true\n";
    let sandbox = Sandbox::new().file("ris.toml", settings);
    let block = |args: &[&str]| {
        let run = sandbox.run(["new", "incident", "x", "--dry-run"].iter().chain(args));
        assert_eq!(run.code, 0, "{run}");
        run.stdout
            .split("compliance:\n")
            .nth(1)
            .and_then(|it| it.split("created:").next())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(block(&[]), "  soc2:\n    controls: [CC7.4]\n    retention-period: 7-years\n");
    let phi = "  hipaa:\n    access-audit-required: true\n    controls: [164.312(b)]\n";
    assert_eq!(block(&["--project", "claims"]), phi);
    assert_eq!(block(&["--profile", "phi"]), phi);
    assert!(
        block(&["--control", "iso27001:A.12.1.1"]).contains("iso27001:\n    controls: [A.5.37]\n"),
        "the one in force"
    );
    for (args, message) in [
        (["--profile", "ph"], "there is no profile `ph`"),
        (["--control", "soc2:CC9.9"], "there is no control `soc2:CC9.9`"),
        (["--control", "nonsense"], "there is no control `nonsense`"),
        (["--control", "hipaa:164.308"], "`hipaa:164.308` is more than one control"),
    ] {
        let run = sandbox.run(["new", "incident", "x", "--dry-run"].iter().chain(&args));
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains(message) && run.stderr.contains("hint: "), "{run}");
    }
    sandbox.write("ris.toml", "[profiles.default.soc2]\ncontrols = ['CC9.9']\n");
    let run = sandbox.run(["new", "incident", "x"]);
    assert!(
        run.stderr.contains("profile `default` at line 1 of `ris.toml`: there is no control `soc2:CC9.9`"),
        "{run}"
    );
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let sandbox = sandbox()
        .file("templates/broken.md", "# {{ title }}\n\n{{ titel }}\n")
        .file("templates/loop.md", "a\n{{ related[3].id }}\n");
    for (args, message, hint) in [
        (vec!["new"], "which template?", "ris new --list"),
        (vec!["new", "incidnt", "x"], "there is no template `incidnt`", "did you mean `incident`?"),
        (vec!["new", "incident"], "a document needs a title", "ris new incident"),
        (
            vec!["new", "broken", "x"],
            "template `templates/broken.md` fails at line 3: nothing sets `titel`",
            "did you mean `title`?",
        ),
        (vec!["new", "loop", "x"], "template `templates/loop.md` fails at line 2: undefined value", "--variables"),
        (vec!["new", "incident", "x", "--set", "severity"], "`--set severity` sets nothing", "key=value"),
        (
            vec!["new", "incident", "x", "--set", "sevrity=high"],
            "has no variable `sevrity`",
            "did you mean `severity`?",
        ),
        (vec!["new", "incident", "x", "--severity", "huge"], "`huge` is no severity", "`critical`"),
        (vec!["new", "incident", "x", "--date", "yesterday"], "`yesterday` is no day", "2026-01-15"),
        (vec!["new", "incident", "x", "--path", "../x.md"], "`../x.md` leads out of the knowledge base", "--path"),
        (
            vec!["new", "incident", "x", "--path", "2025/INC-2025-01.md"],
            "`2025/INC-2025-01.md` is there already",
            "--path",
        ),
        (vec!["new", "incident", "x", "--path", "x.txt"], "`x.txt` would not be read as a document", "include"),
        (vec!["new", "incident", "x", "--id", "a b"], "`a b` is no id", "no blanks"),
        (vec!["new", "incident", "!!!", "--set", "id=/"], "`/` is no id", "an id has letters"),
        (vec!["new", "incident", "x", "--from-git", "."], "is in no git repository", "--from-git"),
        (vec!["new", "incident", "x", "--from-log", "none.log"], "cannot read", ""),
    ] {
        let run = sandbox.run(&args);
        assert_eq!(run.code, 2, "{args:?}: {run}");
        assert!(run.stderr.contains(message) && run.stderr.contains(hint), "{args:?}: {run}");
    }
    let bad = sandbox.run_with(["new", "incident", "--stdin"], "[1]", &[]);
    assert!(bad.code == 2 && bad.stderr.contains("are no object"), "{bad}");
    let stray = std::fs::read_dir(sandbox.path("")).expect("the folder").count();
    assert_eq!(stray, 4, "ris.toml, 2025, templates, .ris and nothing else");
}

#[test]
fn variables_are_listed() {
    let run = Sandbox::new().run(["new", "drill", "--variables"]);
    assert!(run.stdout.contains("scenario") && run.stdout.contains("front_matter"), "{run}");
}
