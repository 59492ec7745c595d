//! `ris init`: a knowledge base in an empty folder and in one that holds documents.

use crate::support::Sandbox;

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path(path)).expect("the file")
}

#[test]
fn makes_a_knowledge_base_in_an_empty_folder() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.run(["init", "kb"]), @"
    made kb/ris.toml
    made kb/templates/README.md
    made kb/.gitignore
    made kb/README.md

    ris new incident  write the first one
    ris serve         read it in the browser
    --- stderr
    New documents state no controls and no retention period until ris.toml has a profile; `ris init --profile hipaa` writes one into a new ris.toml.
    --- exit 0
    ");
    assert!(read(&sandbox, "kb/ris.toml").contains("# id = \"RIS-{SLUG}-{YYYYMMDD}\""));
    assert_eq!(read(&sandbox, "kb/.gitignore"), ".ris/\n");
    assert!(read(&sandbox, "kb/templates/README.md").contains("front_matter"));
    let sandbox = sandbox.inside("kb");
    insta::assert_snapshot!(sandbox.run(["index", "--status"]).stdout.lines().next().unwrap_or_default(), @"1 file found = 1 parsed + 0 partial + 0 rejected + 0 skipped");
    assert_eq!(sandbox.run(["check"]).code, 0);
    let again = sandbox.run(["init"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("ris.toml` is there already") && again.stderr.contains("hint: "), "{again}");
}

#[test]
fn changes_no_document_and_says_what_they_lack() {
    let sandbox = Sandbox::new()
        .file(
            "docs/postmortems/a.md",
            "# Orders stood still\n\n**Date:** 2025-03-01\n**Severity:** high\n\n## Impact\n\nx\n",
        )
        .file(
            "docs/postmortems/b.md",
            "# Postmortem: portal down\n\n**Status:** resolved\n\n## Root cause\n\nThe disk was full.\n",
        )
        .file(".gitignore", "target")
        .file(".pre-commit-config.yaml", "repos: []\n");
    for at in 0..6 {
        sandbox.write(&format!("docs/page-{at}.md"), "# How to do it\n\nSo.\n");
    }
    let before = read(&sandbox, "docs/postmortems/a.md");
    insta::assert_snapshot!(sandbox.run(["init", "--ci", "github", "--ci", "pre-commit"]), @r#"
    made ris.toml
    made templates/README.md
    added to .gitignore
    made .github/workflows/ris-check.yml
    left alone .pre-commit-config.yaml

    Put this into .pre-commit-config.yaml yourself:
        # Checks the incident documents that a commit changes; see `ris check --explain` for the rules.
        repos:
          - repo: local
            hooks:
              - id: ris-check
                name: ris check
                entry: ris check
                language: system
                files: '^.*\.(mdx?|markdown|md\.erb|ya?ml)$'

    8 files found = 8 parsed + 0 partial + 0 rejected + 0 skipped
    2 are incident documents, 6 are other pages; none was changed.

    What they lack
        2 of 2  an id
        2 of 2  affected services
        2 of 2  an owner
        2 of 2  stated root-cause tags
        1 of 2  a date
        1 of 2  a severity
        1 of 2  a status

    Proposed in ris.toml, as a comment
      include = ["docs/postmortems/**/*.md"]

    ris adopt .       state in front matter what the documents say, shown first
    ris serve         read them in the browser
    --- stderr
    New documents state no controls and no retention period until ris.toml has a profile; `ris init --profile hipaa` writes one into a new ris.toml.
    --- exit 0
    "#);
    assert_eq!(read(&sandbox, "docs/postmortems/a.md"), before);
    assert_eq!(read(&sandbox, ".gitignore"), "target\n.ris/\n");
    assert_eq!(read(&sandbox, ".pre-commit-config.yaml"), "repos: []\n");
    assert!(read(&sandbox, ".github/workflows/ris-check.yml").contains("ris check --kb . --format github"));
    assert!(read(&sandbox, "ris.toml").contains("\n# include = [\"docs/postmortems/**/*.md\"]\n"));
    assert!(!sandbox.path("README.md").exists(), "no first page where documents are");
    assert_eq!(sandbox.run(["list", "--format", "json"]).code, 0, "what was written is valid");
}

#[test]
fn what_git_ignores_may_be_in_any_encoding() {
    let sandbox = Sandbox::new().file(".gitignore", b"caf\xe9\n");
    let run = sandbox.run(["init"]);
    assert!(run.code == 0 && run.stdout.contains("added to .gitignore"), "{run}");
    assert_eq!(std::fs::read(sandbox.path(".gitignore")).expect("the file"), b"caf\xe9\n.ris/\n");
}

#[test]
fn where_a_file_cannot_be_made_none_is() {
    let sandbox = Sandbox::new().file(".gitignore/x", "a folder");
    let run = sandbox.run(["init"]);
    assert!(run.code == 2 && run.stderr.contains(".gitignore` is there already"), "{run}");
    assert!(!sandbox.path("ris.toml").exists() && !sandbox.path("templates").exists());
    assert!(!sandbox.path(".ris").exists(), "no index is left of a folder that is no knowledge base");
    let sandbox = Sandbox::new();
    std::os::unix::fs::symlink("nowhere", sandbox.path(".gitignore")).expect("a link can be made");
    assert_eq!(sandbox.run(["init"]).code, 2);
    assert!(!sandbox.path(".ris").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["init", "kb", "--dry-run", "--templates"]);
    assert!(run.stdout.contains("would make kb/templates/incident.md"), "{run}");
    assert!(!sandbox.path("kb").exists());
    assert_eq!(sandbox.run(["init", "kb", "--templates", "--format", "json"]).json()["written"], true);
    let list = sandbox.run(["new", "--list", "--format", "json", "--kb", "kb"]).json();
    assert_eq!(list["templates"][0]["path"], "templates/incident.md", "copied templates work");
}

#[test]
fn to_a_knowledge_base_is_added_what_was_asked_for_and_nothing_is_changed() {
    let settings = "exclude = ['x']\n";
    let sandbox = Sandbox::new().file("ris.toml", settings).file("a.md", "# A\n");
    insta::assert_snapshot!(sandbox.run(["init", "--ci", "github"]), @"
    kept ris.toml
    made .gitignore
    made .github/workflows/ris-check.yml
    --- exit 0
    ");
    assert_eq!(read(&sandbox, "ris.toml"), settings);
    assert!(!sandbox.path("templates").exists() && !sandbox.path("README.md").exists());
    insta::assert_snapshot!(sandbox.run(["init", "--ci", "github", "--ci", "pre-commit"]), @"
    kept ris.toml
    kept .github/workflows/ris-check.yml
    made .pre-commit-config.yaml
    --- exit 0
    ");
}

#[test]
fn a_profile_gives_every_new_document_what_its_framework_asks_for() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["init", "--profile", "hipaa", "--profile", "soc2"]);
    assert!(run.code == 0 && !run.stderr.contains("until ris.toml has a profile"), "{run}");
    let run = sandbox.run(["new", "incident", "Queue stuck", "--dry-run", "--no-input"]);
    let block = "compliance:\n  hipaa:\n    access-audit-required: true\n    controls: [164.308(a)(6)(ii), 164.312(b)]\n    \
                 encryption-required: true\n    retention-period: 7-years\n    review-frequency: quarterly\n  soc2:\n    \
                 controls: [CC7.3, CC7.4]\n    evidence-type: documentation\n    retention-period: 7-years\n";
    assert!(run.stdout.contains(block), "{run}");
    // Settings that are there are a person's.
    let again = sandbox.run(["init", "--profile", "iso27001"]);
    assert!(again.code == 2 && again.stderr.contains("`--profile` is for a new one"), "{again}");
}
