//! What `ris new` is given besides a title: commits of a repository, the incident it belongs to.

use super::new::{read, sandbox};
use crate::support::Sandbox;

#[test]
fn secrets_in_messages_of_commits_are_left_out_and_told() {
    let sandbox = sandbox();
    let git = git2::Repository::init(sandbox.path("")).expect("a repository");
    let tree = git.find_tree(git.index().and_then(|mut it| it.write_tree()).expect("a tree")).expect("the tree");
    let who = git2::Signature::new("Li", "li@example.com", &git2::Time::new(1_760_000_000, 0)).expect("somebody");
    git.commit(Some("HEAD"), &who, &who, "try password=Hunter2xyz!9 on the cache", &tree, &[]).expect("a commit");
    let run = sandbox.run([
        "new",
        "incident",
        "Cache",
        "--from-git",
        ".",
        "--since",
        "2025-01-01",
        "--no-input",
        "--no-edit",
    ]);
    assert!(run.code == 0 && run.stderr.contains("Taken out of the messages of the commits"), "{run}");
    let text = read(&sandbox, run.stdout.lines().next().expect("a path").trim());
    assert!(text.contains("try password=[removed: ") && !text.contains("Hunter2"), "{text}");
}

#[test]
fn an_incident_that_nobody_knows_is_told() {
    let sandbox = sandbox();
    let args = ["new", "resolution", "Cache", "--no-input", "--no-edit", "--dry-run", "--incident"];
    let run = |id: &'static str| sandbox.run(args.into_iter().chain([id]));
    let unknown = run("INC-2025-10");
    assert!(unknown.code == 0 && unknown.stderr.contains("No document here is called `INC-2025-10`"), "{unknown}");
    assert!(!run("INC-2025-01").stderr.contains("No document here"));
}

#[test]
fn a_service_that_looks_like_a_number_or_a_day_is_written_as_a_text() {
    let sandbox = Sandbox::new().file("ris.toml", "");
    let services = ["0x1F", "1_000", "12:30:45", "2026-01-01", "redis:6379"];
    let given = services.iter().flat_map(|it| ["--service", it]);
    let run = sandbox.run(["new", "incident", "Stuck", "--dry-run"].into_iter().chain(given));
    let expected = "services: [\"0x1F\", \"1_000\", \"12:30:45\", \"2026-01-01\", redis:6379]\n";
    assert!(run.stdout.contains(expected), "{run}");
}

#[test]
fn several_values_are_a_list_of_json_or_stand_with_commas() {
    let sandbox = Sandbox::new().file("ris.toml", "");
    let args = ["new", "breach", "Letters", "--set", "discovered=2026-01-10", "--dry-run", "--set"];
    let text = |set: &'static str| sandbox.run(args.into_iter().chain([set])).stdout;
    let json = text("regimes=[\"HIPAA\",\"GDPR\"]");
    assert!(json.contains("\n  regimes: [HIPAA, GDPR]\n") && json.contains("| GDPR, Art. 33(1) |"), "{json}");
    assert_eq!(text("regimes=HIPAA,GDPR"), json);
    // What only begins like one is a text.
    assert!(text("title=[db-1] is full").contains("\n# [db-1] is full\n"));
    let unknown = sandbox.run(args.into_iter().chain(["regimes=HIPPA"]));
    assert!(unknown.stderr.contains("several are written with commas"), "{unknown}");
}
