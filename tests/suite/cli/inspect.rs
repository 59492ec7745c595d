//! `ris inspect`.

use crate::support::Sandbox;

#[test]
fn shows_every_value_with_its_place() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025/redis-hostname.md"]);
    insta::assert_snapshot!(run, @"");
}

#[test]
fn shows_the_line_that_could_not_be_read() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025/broken-front-matter.md"]);
    insta::assert_snapshot!(run, @"");
}

#[test]
fn works_outside_of_any_knowledge_base_and_goes_on_after_a_missing_file() {
    let sandbox = Sandbox::new().file("a.md", "# First\n").file("b c.md", "# Second\n");
    let run = sandbox.run(["inspect", "a.md", "missing.md", "b c.md", "--format", "json"]);
    assert_eq!(run.code, 2);
    let titles: Vec<_> = run.json_lines().iter().map(|it| it["title"].clone()).collect();
    assert_eq!(titles, ["First", "Second"]);
    insta::assert_snapshot!(run.stderr, @"");
}

#[test]
fn a_folder_is_no_file() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025"]);
    insta::assert_snapshot!(run, @"");
}

#[test]
fn json_is_one_object_on_one_line_with_the_path_as_given() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["inspect", "./2025/../2025/redis-hostname.md", "--format", "json"]);
    assert_eq!((run.code, run.stdout.lines().count()), (0, 1));
    let value = run.json();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["path"], "./2025/../2025/redis-hostname.md");
    let keys: Vec<&String> = value.as_object().expect("it is an object").keys().collect();
    insta::assert_snapshot!(format!("{keys:?}"), @"");
}

#[test]
fn makes_no_index() {
    let sandbox = Sandbox::fixture("responder");
    sandbox.run(["inspect", "2025/redis-hostname.md"]);
    assert!(!sandbox.path(".ris").exists());
}
