//! Help: a change of the command line shows in the pages kept in `snapshots/`, one for every command.

use crate::support::Sandbox;

fn help(command: &str) -> String {
    let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    let run = Sandbox::new().run(&args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{command}");
    // Trailing blanks of wrapped lines would be lost in an editor.
    run.stdout.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The commands that a page lists; lines that go on are indented further.
fn commands(page: &str) -> Vec<&str> {
    let list = page.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let own = list.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    own.filter_map(|line| line.split_whitespace().next()).collect()
}

/// Compares the page of a command and of all commands below it.
fn compare(command: &str, seen: &mut Vec<String>) {
    let page = help(command);
    insta::assert_snapshot!(format!("ris {command}").trim().replace(' ', "-"), page);
    seen.push(command.to_owned());
    for below in commands(&page) {
        compare(format!("{command} {below}").trim(), seen);
    }
}

#[test]
fn of_every_command() {
    let mut seen = Vec::new();
    compare("", &mut seen);
    for command in ["search", "index", "tags merge", "evidence", "verify", "serve"] {
        assert!(seen.iter().any(|it| it == command), "`{command}` is listed nowhere: {seen:?}");
    }
}

#[test]
fn examples_can_be_pasted_from_every_width() {
    for columns in ["60", "80", "100"] {
        for command in ["new", "resolve", "evidence", "check", "search"] {
            let run = Sandbox::new().run_with([command, "--help"], "", &[("COLUMNS", columns)]);
            let examples = run.stdout.split("\nExamples:\n").nth(1).unwrap_or_default();
            let mut goes_on = false;
            for line in examples.lines().take_while(|line| !line.is_empty()) {
                let text = line.trim_start();
                let is_whole = ["ris ", "tail ", "echo ", "git ", "#"].iter().any(|begin| text.starts_with(begin));
                assert!(goes_on || is_whole, "{columns}: {line}");
                goes_on = text.ends_with('\\');
            }
        }
    }
}

#[test]
fn help_stands_in_front_too() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(["help", "tags", "merge"]).stdout, sandbox.run(["tags", "merge", "--help"]).stdout);
    assert_eq!(sandbox.run(["help"]).stdout, sandbox.run(["--help"]).stdout);
}

#[test]
fn no_command_is_an_error_of_usage() {
    let run = Sandbox::new().run::<&str>([]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Usage: ris"), "{run}");
}

#[test]
fn a_misspelt_command_or_flag_gets_the_nearest_one() {
    let run = Sandbox::new().run(["serach", "x"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("search"), "{run}");
    let run = Sandbox::new().run(["list", "--severty", "high"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--severity"), "{run}");
}
