//! What holds for every command: no document can talk to the terminal, pipes may close, colours are asked for.

use std::io::Read;
use std::process::Stdio;

use crate::support::Sandbox;

/// Runs of every command that shows text of documents.
const RUNS: &[&[&str]] = &[
    &["inspect", "2025/escapes.md"],
    &["inspect", "2025/escapes.md", "--format", "json"],
    &["show", "2025/escapes.md"],
    &["search", "viewer"],
    &["search", "viewer", "--format", "json"],
    &["list"],
    &["list", "--format", "json"],
    &["index", "--status"],
    &["search", "--log", "2025/escapes.md"],
];

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_control_character_of_a_document_reaches_the_terminal() {
    let sandbox = Sandbox::fixture("responder");
    for args in RUNS {
        let run = sandbox.run(*args);
        assert!(run.code < 2, "{args:?}: {run}");
        assert!(!run.stdout.contains(is_hostile), "{args:?}: {:?}", run.stdout);
        assert!(!run.stderr.contains(is_hostile), "{args:?}: {:?}", run.stderr);
    }
}

#[test]
fn colours_are_our_own_only() {
    let sandbox = Sandbox::fixture("responder");
    for args in RUNS.iter().filter(|args| !args.contains(&"json")) {
        let run = sandbox.run([args, ["--color", "always"].as_slice()].concat());
        let mut rest = run.stdout.as_str();
        while let Some(at) = rest.find('\u{1b}') {
            let end = rest[at..].find('m').unwrap_or_else(|| panic!("{args:?}: {:?}", &rest[at..]));
            let codes = &rest[at + 1..at + end];
            assert!(codes.starts_with('[') && codes[1..].chars().all(|c| c.is_ascii_digit() || c == ';'), "{codes:?}");
            assert_ne!(codes, "[31", "a colour of the document");
            rest = &rest[at + end..];
        }
    }
}

#[test]
fn a_path_with_escapes_is_cleaned_too() {
    let sandbox = Sandbox::new().file("a\u{1b}[31mb.md", "# Title\n");
    for args in [["inspect", "a\u{1b}[31mb.md"], ["inspect", "missing\u{1b}[31m.md"], ["show", "missing\u{1b}[31m.md"]]
    {
        let run = sandbox.run(args);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{args:?}: {run}");
    }
}

#[test]
fn colours_come_when_asked_for() {
    let sandbox = Sandbox::fixture("responder");
    let colored = |env: &[(&str, &str)], args: &[&str]| {
        let args = [&["inspect", "2024/twin-a.md"], args].concat();
        sandbox.run_with(args, "", env).stdout.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "a pipe is no terminal");
    assert!(colored(&[], &["--color", "always"]));
    assert!(colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn the_knowledge_base_is_found_by_flag_then_environment_then_upward() {
    let sandbox = Sandbox::new();
    sandbox.write("a/ris.toml", "");
    sandbox.write("a/one.md", "# One\n");
    sandbox.write("b/ris.toml", "");
    sandbox.write("b/deep/two.md", "# Two\n");
    let titles = |args: &[&str], env: &[(&str, &str)]| {
        let run = sandbox.run_with([&["list", "--format", "json"], args].concat(), "", env);
        run.json()["documents"][0]["title"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(titles(&["--kb", "a"], &[("RIS_KB", "b")]), "One");
    assert_eq!(titles(&[], &[("RIS_KB", "b")]), "Two");
    let run = sandbox.inside("b/deep").run(["list", "--format", "json"]);
    assert_eq!(run.json()["documents"][0]["title"], "Two", "{run}");
}

#[test]
fn quiet_leaves_the_answer_and_errors() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["list", "--quiet", "--in", "1999"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (1, "", ""));
    let run = sandbox.run(["show", "--quiet", "nothing-like-it"]);
    assert!(run.stderr.starts_with("error: "), "{run}");
}

#[test]
fn quiet_hides_no_warning() {
    let sandbox = Sandbox::new().file("ris.toml", "").file(
        "a.md",
        "---\nid: INC-1\nkind: incident\nstatus: open\ndate: 2026-01-15\n---\n# Outage\n\n## Timeline\n\n- 10:00 Paged\n",
    );
    let run = sandbox.run(["log", "-q", "MRN 84630217 called, password=hunter2hunter2"]);
    assert!(run.stderr.starts_with("warning: The entry holds what must not stand in a document: "), "{run}");
    let run = sandbox.run(["resolve", "INC-1", "-q"]);
    assert!(run.stderr.starts_with("warning: Left out of the resolution") && run.stderr.lines().count() == 1, "{run}");
    sandbox.write("error.log", "ERROR api password=hunter2hunter2 refused\n");
    let run = sandbox.run(["new", "incident", "Refused", "--from-log", "error.log", "--dry-run", "-q"]);
    assert!(run.stderr.starts_with("warning: Taken out of the log") && run.stderr.lines().count() == 1, "{run}");
    sandbox.write("taxonomy.yaml", "tags: [\n");
    for command in ["check", "list"] {
        let run = sandbox.run([command, "-q"]);
        assert!(run.stderr.contains("taxonomy.yaml"), "{command}: {run}");
    }
}

#[test]
fn a_closed_pipe_is_silent() {
    let sandbox = Sandbox::new();
    let long: String = (0..20_000).map(|line| format!("Line {line} of a long document.\n\n")).collect();
    sandbox.write("long.md", long);
    let mut child =
        sandbox.command(["show", "long.md"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("ris starts");
    let mut first = [0; 16];
    child.stdout.take().expect("it is piped").read_exact(&mut first).expect("there is output");
    // The pipe is closed here, with most of the document unread.
    let output = child.wait_with_output().expect("ris ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_verdict_stands_though_nobody_reads_the_answer() {
    let sandbox =
        Sandbox::new().file("ris.toml", "").file("a.md", "# Outage\n\n## Action items\n\n- [ ] Add an alert\n");
    for (args, code) in [
        (&["check", "--deny", "warnings"][..], 1),
        (&["check", "--deny", "warnings", "--format", "json"], 1),
        (&["search", "zyzzyva", "--format", "json"], 1),
        (&["list"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let output = sandbox.command(args).stdout(writer).output().expect("ris ends");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        assert!(!told.contains("error"), "{args:?}: {told}");
    }
}

#[test]
fn narrow_and_wide_terminals_are_filled_and_not_passed() {
    use unicode_width::UnicodeWidthStr;
    let sandbox = Sandbox::fixture("responder");
    for columns in ["40", "80", "120"] {
        for args in [["show", "2025/shougai.md"], ["search", "Redis"], ["inspect", "2024/dns-timeout.md"]] {
            let run = sandbox.run_with(args, "", &[("COLUMNS", columns)]);
            let widest = run.stdout.lines().map(|line| line.width()).max().unwrap_or(0);
            assert!(widest <= columns.parse().expect("it is a number"), "{columns} {args:?}: {run}");
        }
    }
}

#[test]
fn an_error_of_usage_says_what_the_command_takes() {
    let sandbox = Sandbox::fixture("responder");
    for (args, told) in [
        (["check", "--format", "xml"], "[possible values: text, json, sarif, junit, github]"),
        (["retention", "--format", "xml"], "[possible values: text, json, csv]"),
        (["notices", "--format", "xml"], "[possible values: text, json, csv, ics]"),
        (["list", "--format", "xml"], "[possible values: text, json]"),
        (
            ["search", "redis", "-kafka"],
            "a query with words to leave out stands behind `--`: ris search -- WORDS -kafka",
        ),
    ] {
        let run = sandbox.run(args);
        assert!(run.code == 2 && run.stderr.contains(told), "{run}");
    }
    // `-h` comes first here, and help was shown.
    let run = sandbox.run(["search", "redis", "-hostname"]);
    assert!(run.code == 2 && run.stdout.is_empty() && run.stderr.contains("-- WORDS -hostname"), "{run}");
    assert_eq!(["search -hq", "search --help", "search -h"].map(|it| sandbox.run(it.split(' ')).code), [0; 3]);
    assert_eq!(sandbox.run(["search", "--", "redis", "-kafka"]).code, 0);
}

#[test]
fn what_is_wrong_is_told_in_one_manner_whoever_tells_it() {
    let sandbox = Sandbox::fixture("responder").file("taxonomy.yaml", "tags: [\n");
    let ours = sandbox.run(["show", "redis-hostnam"]);
    assert!(ours.stderr.contains("\nerror: ") && ours.stderr.contains("\nhint: "), "{ours}");
    let of_arguments = sandbox.run(["list", "--statsu", "open"]);
    assert!(of_arguments.stderr.starts_with("error: "), "{of_arguments}");
    assert!(of_arguments.stderr.contains("\n  hint: a similar argument exists"), "{of_arguments}");
    let quoted = sandbox.run(["list", "--limit", "a\n  tip: b"]);
    assert!(!quoted.stderr.contains("hint:"), "what somebody typed is not ours to change: {quoted}");
    assert!(sandbox.run(["list"]).stderr.starts_with("warning: "));
    assert!(sandbox.run(["search", "zyzzyva"]).stderr.contains("\nhint: "));
}

#[test]
fn a_path_is_never_cut() {
    let path = "2026/a-folder-with-a-long-name/and-a-report-whose-name-is-longer-still.md";
    let report =
        "---\nid: INC-1\nkind: incident\nstatus: mitigated\ndate: 2026-01-02\nreview-frequency: on change\n---\n# A\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file(path, report);
    for args in [&["retention"][..], &["review"]] {
        let run = sandbox.run_with(args, "", &[("COLUMNS", "50")]);
        assert!(run.stdout.contains(path), "{args:?}: {run}");
    }
}
