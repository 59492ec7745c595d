//! What `ris new` is given besides a title: commits of a repository, the incident it belongs to.

use super::new::{read, sandbox};

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
