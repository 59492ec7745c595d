//! `ris evidence` and `ris verify`: what a bundle is made from, and what is left out of it.

use std::fs;
use std::path::Path;

use super::evidence::{LEAK, ONE, Repository, TWO, checks, contains, has};

#[test]
fn a_bundle_follows_the_last_one_wherever_the_others_went() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    let supersedes = |folder: &Path| {
        let index = fs::read_to_string(folder.join("data/bundle.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&index).unwrap()["supersedes"].clone()
    };
    let at = |name: &str| repository.0.path(&format!("../out/ris-evidence-2026-{name}"));
    let first = repository.bundle(&["--zip"]);
    let manifest = fs::read(first.join("tagmanifest-sha256.txt")).unwrap();
    fs::remove_dir_all(&first).unwrap();
    let args = ["evidence", "2026", "--out", "../out"];
    assert_eq!(repository.0.run(args).code, 1, "the period was not over");
    assert_eq!(supersedes(&at("v2")), ris::evidence::bag::sha256(&manifest), "read from the archive");
    fs::remove_file(at("v1.zip")).unwrap();
    repository.0.run(args);
    assert!(!at("v1").exists() && at("v3").exists(), "v1 was handed over");
    fs::remove_file(at("v3").join("tagmanifest-sha256.txt")).unwrap();
    let run = repository.0.run(args);
    assert!(run.code == 2 && run.stderr.contains("the manifest of `ris-evidence-2026-v3` in `../out` cannot"), "{run}");
}

#[test]
fn what_the_settings_take_out_of_a_period_is_named() {
    let repository = Repository::new();
    let out = TWO.replace("INC-2026-02", "INC-2026-04");
    let settings = "exclude = [\"drafts/**\"]\n";
    repository.commit("2026-03-06", &[("ris.toml", settings), ("one.md", ONE), ("drafts/never.md", &out)]);
    repository.commit("2026-03-07", &[("two.md", TWO), ("three.md", LEAK)]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["moved", "pass", "[]"]), "never a document: {:#?}", told());
    repository.commit("2026-05-01", &[("ris.toml", "exclude = [\"drafts/**\", \"two.md\", \"three.md\"]\n")]);
    let commit = repository.head();
    repository.git("2026-05-02", &["rm", "-q", "three.md"]);
    repository.git("2026-05-02", &["commit", "-q", "-m", "tidy"]);
    let found = told();
    let parts = ["moved", "fail", "two.md was of 2026-03-05", "of 2026-05-01 by Ada, and is no document (excluded by"];
    assert!(has(&found, &parts) && has(&found, &[&commit[..10]]), "{found:#?}");
    assert!(has(&found, &["kept", "fail", "three.md was deleted on 2026-05-02"]), "{found:#?}");
    assert!(!has(&found, &["never.md"]), "{found:#?}");
    let before = repository.0.run(["evidence", "2026", "--commit", "HEAD~2", "--format", "json"]).json();
    assert_eq!(before["incidents"].as_array().unwrap().len(), 3, "the settings are those of the commit");
}

#[test]
fn settings_that_are_not_committed_do_not_hold() {
    let repository = Repository::new();
    repository.commit("2026-03-06", &[("one.md", ONE), ("two.md", TWO)]);
    repository.0.write("ris.toml", "exclude = [\"two.md\"]\n");
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    assert_eq!(run.json()["incidents"].as_array().unwrap().len(), 2, "{run}");
    assert!(has(&checks(&run, "checks"), &["committed", "fail", "ris.toml differs"]), "{run}");
    repository.git("2026-03-07", &["rm", "-q", "--cached", "ris.toml"]);
    repository.commit("2026-03-07", &[(".gitignore", "ris.toml\n")]);
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    assert!(has(&checks(&run, "checks"), &["committed", "fail", "ris.toml differs"]), "ignored by git: {run}");
    let page = fs::read_to_string(repository.bundle(&["--allow-uncommitted"]).join("data/README.md")).unwrap();
    assert!(page.contains("the defaults: that commit has no `ris.toml`"), "{page}");
}

#[test]
fn incidents_of_a_repository_within_are_named() {
    let (repository, team) = (Repository::new(), Repository::new());
    team.commit(
        "2026-03-06",
        &[
            ("two.md", TWO),
            ("old.md", &TWO.replace("date: 2026", "date: 2020").replace("investigating", "closed")),
            ("README.md", "# X\n"),
        ],
    );
    let from = team.0.path("").to_str().unwrap().to_owned();
    repository.commit("2026-03-06", &[("one.md", ONE)]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["candidates", "pass"]), "{:#?}", told());
    repository.git("2026-03-07", &["-c", "protocol.file.allow=always", "submodule", "-q", "add", &from, "team"]);
    repository.commit("2026-03-07", &[]);
    let found = told();
    let parts =
        ["candidates", "fail", "[\"team/two.md lies in a repository within: collect its evidence with `--kb team`\"]"];
    assert!(has(&found, &parts), "{found:#?}");
    fs::remove_dir_all(repository.0.path("team")).unwrap();
    assert!(has(&told(), &["candidates", "fail", "team is a repository within, and its commit"]), "{:#?}", told());
    // An empty folder is what a clone without its submodules has.
    fs::create_dir(repository.0.path("team")).unwrap();
    repository.commit("2026-03-08", &[("ris.toml", "exclude = [\"team/**\"]\n")]);
    assert!(has(&told(), &["candidates", "pass"]), "{:#?}", told());
}

#[test]
fn what_is_withheld_is_told() {
    let repository = Repository::new();
    let long = "some words of a very long log\n".repeat(600_000);
    let linking = ONE.replace("# Pool empty", "# Pool empty\n\n[dump](dump.txt) ![graph](graph.png)");
    let files = [
        ("ris.toml", "max-file-size = \"64 MiB\"\n"),
        ("one.md", &linking),
        ("two.md", &format!("{TWO}{long}")),
        ("dump.txt", &long),
        ("graph.png", "\u{0}png"),
    ];
    repository.commit("2027-01-06", &files);
    let bundle = repository.bundle(&[]);
    assert!(bundle.join("data/incidents/INC-2026-02/two.md").exists(), "no document is too large");
    let index: serde_json::Value = serde_json::from_slice(&fs::read(bundle.join("data/bundle.json")).unwrap()).unwrap();
    let withheld: Vec<_> =
        index["withheld"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(withheld, ["dump.txt", "graph.png"]);
    let found = checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    let parts = ["enclosed", "fail", "dump.txt is not in the bundle: it is larger than 16 MiB", "withheld: 1"];
    assert!(has(&found, &parts), "{found:#?}");
}

#[test]
fn names_of_files_are_searched_for_what_is_sensitive_too() {
    let repository = Repository::new();
    let letter = "---\nkind: incident\ndate: 2026-01-09\n---\n# Letter\n\n[scan](<SSN 536-90-4397.txt>)\n";
    let (path, scan) = ("mail/letter SSN 536-90-4398.md", "mail/SSN 536-90-4397.txt");
    repository.commit("2027-01-06", &[("one.md", ONE), (path, letter), (scan, "text\n")]);
    let bundle = repository.bundle(&[]);
    assert!(!contains(&bundle, "536-90-439"));
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    };
    let hidden = "letter-SSN--removed--a-social-security-number";
    let folders = names(&bundle.join("data/incidents"));
    assert_eq!(folders, ["INC-2026-01", &format!("mail-{hidden}")]);
    let folder = bundle.join("data/incidents").join(&folders[1]);
    assert_eq!(names(&folder), ["attachments", "history.csv", &format!("{hidden}-.md")]);
    assert_eq!(names(&folder.join("attachments")), ["SSN--removed--a-social-security-number-.txt"]);
    let table = fs::read_to_string(bundle.join("data/redactions.csv")).unwrap();
    assert_eq!(table.matches(",its name,a social security number").count(), 2, "{table}");
    let run = repository.0.run(["verify", "../out/ris-evidence-2026-v1", "--source", "."]);
    assert!(run.code == 0 && run.stdout.contains("not compared, since something was taken out of them: 2"), "{run}");
    let refused = repository.0.run(["evidence", "2026", "--full", "--out", "../full"]);
    assert!(refused.code == 2 && refused.stderr.contains("--accept-sensitive NAME"), "{refused}");
}

#[test]
fn an_older_version_of_a_document_is_not_that_of_the_commit() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("kb/one.md", ONE)]);
    repository.commit("2026-01-07", &[("kb/one.md", &ONE.replace("[ ]", "[x]"))]);
    let run = repository.0.run(["evidence", "2026", "--kb", "kb", "--out", "../out"]);
    assert_eq!(run.code, 1, "{run}");
    let (bundle, name) = (repository.0.path("../out/ris-evidence-2026-v1"), "data/incidents/INC-2026-01/one.md");
    let source = |from: &str| {
        checks(
            &repository.0.run(["verify", "../out/ris-evidence-2026-v1", "--source", from, "--format", "json"]),
            "steps",
        )
    };
    for from in [".", "kb"] {
        assert!(has(&source(from), &["source", "pass", "1 files compared with", "folder `kb`"]), "{:#?}", source(from));
    }
    let mut index: serde_json::Value =
        serde_json::from_slice(&fs::read(bundle.join("data/bundle.json")).unwrap()).unwrap();
    let files = index["files"].as_array_mut().unwrap();
    let file = files.iter_mut().find(|file| file["path"] == name).unwrap();
    file["blob"] = git2::Oid::hash_object(git2::ObjectType::Blob, ONE.as_bytes()).unwrap().to_string().into();
    fs::write(bundle.join("data/bundle.json"), index.to_string()).unwrap();
    fs::write(bundle.join(name), ONE).unwrap();
    assert!(
        has(&source("."), &["source", "fail", "one.md is not what the commit has as one.md"]),
        "{:#?}",
        source(".")
    );
}

#[test]
fn where_nothing_is_compared_the_step_is_not_made() {
    let repository = Repository::new();
    repository.commit("2026-04-06", &[("leak.md", &LEAK.replace("![graph](graph.png)", ""))]);
    repository.bundle(&[]);
    let run = repository.0.run(["verify", "../out/ris-evidence-2026-v1", "--source", ".", "--format", "json"]);
    assert!(has(&checks(&run, "steps"), &["source", "not-run", "something was taken out of them: 1"]), "{run}");
}
