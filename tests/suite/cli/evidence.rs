//! `ris evidence` and `ris verify`: the account of a period, the bundle, and every way in which either can be wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::Sandbox;

pub(super) const ONE: &str = "---\nid: INC-2026-01\ndate: 2026-01-05\nseverity: high\nstatus: resolved\n---\n# Pool empty\n\n\
                   ## Action items\n\n- [ ] Add an alert (owner: Ada, due: 2026-02-01)\n- [x] Raise the limit\n";
pub(super) const TWO: &str =
    "---\nid: INC-2026-02\ndate: 2026-03-05\nstatus: investigating\n---\n# Disk full\n\nPaged as PD-881.\n";
const OLD: &str = "---\nid: INC-2025-01\ndate: 2025-06-05\nstatus: mitigated\n---\n# Certificate\n";
pub(super) const LEAK: &str = "---\nid: INC-2026-03\ndate: 2026-04-01\nstatus: closed\n---\n# Leak\n\n![graph](graph.png)\n\n\
                    ```\nDATABASE_URL=postgres://app:s3cr3t-Pa55@db.internal/app\n```\n";

/// A knowledge base in git, with commits at days of the sandbox's own.
pub(super) struct Repository(pub(super) Sandbox);

impl Repository {
    pub(super) fn new() -> Self {
        let repository = Self(Sandbox::new().file("ris.toml", "[evidence]\norganisation = \"Example Health\"\n"));
        repository.git("2026-01-01", &["init", "-q"]);
        repository
    }

    pub(super) fn git(&self, day: &str, args: &[&str]) {
        let when = format!("{day}T10:00:00Z");
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]);
        let command = command.args(args).current_dir(self.0.path("")).env_clear().env("PATH", path());
        let command = command.env("GIT_AUTHOR_DATE", &when).env("GIT_COMMITTER_DATE", &when);
        let done = command.env("HOME", self.0.path("")).stdout(Stdio::null()).status().expect("git runs");
        assert!(done.success(), "git {args:?}");
    }

    pub(super) fn commit(&self, day: &str, files: &[(&str, &str)]) {
        files.iter().for_each(|(path, text)| self.0.write(path, text));
        self.git(day, &["add", "-A"]);
        self.git(day, &["commit", "-q", "-m", "change"]);
    }

    /// Returns the id of the last commit.
    pub(super) fn head(&self) -> String {
        let repository = git2::Repository::open(self.0.path("")).expect("a repository");
        let commit = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        commit.id().to_string()
    }

    /// Makes the bundle of 2026 beside the knowledge base and returns its folder.
    pub(super) fn bundle(&self, args: &[&str]) -> PathBuf {
        let args: Vec<&str> = ["evidence", "2026", "--out", "../out", "--quiet"].iter().chain(args).copied().collect();
        let run = self.0.run_with(&args, "", &[("PATH", &path())]);
        assert!(run.code < 2, "{run}");
        let made = (1..).map(|version| self.0.path(&format!("../out/ris-evidence-2026-v{version}")));
        made.take_while(|folder| folder.exists()).last().expect("a bundle was made")
    }
}

pub(super) fn path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

pub(super) fn checks(run: &crate::support::Run, list: &str) -> Vec<String> {
    let value = run.json();
    let told = value[list].as_array().expect("a list").iter();
    told.map(|check| format!("{} {} {}", check["id"], check["result"], check["details"])).collect()
}

pub(super) fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

#[test]
fn the_account_tells_who_belongs_and_what_is_missing() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE), ("old.md", OLD), ("README.md", "# Index\n")]);
    repository.commit("2026-03-06", &[("two.md", TWO), ("five.md", &TWO.replace("2026-02", "2026-05"))]);
    repository.commit("2026-04-06", &[("gone.md", &TWO.replace("INC-2026-02", "INC-2026-09"))]);
    repository.git("2026-05-01", &["rm", "-q", "gone.md"]);
    repository.git("2026-05-01", &["mv", "one.md", "first.md"]);
    repository.git("2026-05-01", &["commit", "-q", "-m", "tidy"]);
    let run = repository.0.run(["evidence", "2026-H1", "--format", "json"]);
    assert_eq!(run.code, 1, "{run}");
    let value = run.json();
    let names = |list: &str| -> Vec<String> {
        value[list].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("incidents"), ["INC-2026-01", "INC-2026-02", "INC-2026-05"]);
    assert_eq!(names("carried_in"), ["INC-2025-01"]);
    let checks = checks(&run, "checks");
    assert!(has(&checks, &["numbered", "fail", "INC-2026-03 to INC-2026-04 is missing"]), "{checks:#?}");
    assert!(has(&checks, &["over", "fail", "it ends on 2026-06-30, the commit is of 2026-05-01"]), "{checks:#?}");
    assert!(has(&checks, &["kept", "fail", "gone.md was deleted on 2026-05-01 by Ada"]), "{checks:#?}");
    assert!(!has(&checks, &["[\"one.md was deleted"]), "a renamed file is not gone: {checks:#?}");
    assert!(
        has(
            &checks,
            &["accounted", "6 files of the commit = 1 carried-in + 3 in-period + 1 no-document + 1 no-incident"]
        ),
        "{checks:#?}"
    );
}

#[test]
fn a_narrow_terminal_shows_each_question_once() {
    let repository = Repository::new();
    repository.commit("2027-01-06", &[("one.md", ONE)]);
    let run = repository.0.run_with(["evidence", "2026"], "", &[("PATH", &path()), ("COLUMNS", "50")]);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 50), "{run}");
    assert!(run.stdout.contains("\npassed   Was the period over when the commit was\n         made?\n"), "{run}");
}

#[test]
fn an_assessment_of_a_breach_has_its_row() {
    let repository = Repository::new();
    let assessed = "---\nid: INC-2026-04\nkind: incident\ndate: 2026-02-01\nbreach-assessment:\n  discovered: 2026-02-01\n  \
                    individuals: 12\n---\n# Letter to the wrong member\n\nRecipient: a member.\n";
    repository.commit("2026-06-30", &[("breach.md", assessed)]);
    let bundle = repository.bundle(&[]);
    let table = fs::read_to_string(bundle.join("data/breaches/assessments.csv")).unwrap();
    let row = "INC-2026-04,breach.md,6,HIPAA,,2026-02-01,12,,,,not found,weighed,not found,not found,2026-04-02,,,,2027-03-01,,,";
    assert!(table.lines().any(|line| line == row), "{table}");
    let notices = fs::read_to_string(bundle.join("data/breaches/notices.csv")).unwrap();
    let notice = "notified-individuals,discovery,2026-02-01,2026-04-02,,,overdue,";
    assert!(notices.lines().any(|line| line.contains(notice)), "{notices}");
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    let late = "had to be told by 2026-04-02, and no notice is recorded";
    assert!(has(&checks(&run, "checks"), &["breaches", "fail", "does not say `conclusion`", late]), "{run}");
}

#[test]
fn the_page_for_the_auditor_names_every_list() {
    let repository = Repository::new();
    repository.commit("2026-06-30", &[("one.md", ONE)]);
    let bundle = repository.bundle(&[]);
    let readme = fs::read_to_string(bundle.join("data/README.md")).unwrap();
    let mut lists = 0;
    for folder in fs::read_dir(bundle.join("data")).unwrap().flatten().filter(|it| it.path().is_dir()) {
        let is_list = |path: &std::path::Path| path.extension().is_some_and(|it| it == "csv");
        let files = fs::read_dir(folder.path()).unwrap().flatten().map(|it| it.path());
        for path in files.filter(|path| is_list(path)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(readme.contains(&name), "{name} is not among what the page says is there");
            lists += 1;
        }
    }
    assert!(lists > 10, "{lists}");
}

#[test]
fn what_two_documents_link_to_is_told_once() {
    let repository = Repository::new();
    let linking =
        |id: &str| format!("---\nid: {id}\nkind: incident\ndate: 2026-03-05\n---\n# {id}\n\n[log](app.log)\n");
    let log = "DATABASE_URL=postgres://app:s3cr3t-Pa55@db.internal/app\n";
    let (one, two) = (linking("INC-2026-01"), linking("INC-2026-02"));
    repository.commit("2027-01-06", &[("one.md", &one), ("two.md", &two), ("app.log", log)]);
    let bundle = repository.bundle(&[]);
    let table = fs::read_to_string(bundle.join("data/redactions.csv")).unwrap();
    assert_eq!(table.matches("app.log,1,").count(), 1, "{table}");
    for id in ["INC-2026-01", "INC-2026-02"] {
        assert!(bundle.join(format!("data/incidents/{id}/attachments/app.log")).exists(), "{id}");
    }
}

#[test]
fn a_bundle_is_the_same_twice_and_verifies() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    repository.commit("2026-02-11", &[("one.md", &ONE.replace("[ ]", "[x]")), ("two.md", TWO)]);
    let first = repository.bundle(&[]);
    let manifest = fs::read_to_string(first.join("tagmanifest-sha256.txt")).unwrap();
    fs::rename(&first, repository.0.path("../first")).unwrap();
    let second = repository.bundle(&[]);
    assert_eq!(manifest, fs::read_to_string(second.join("tagmanifest-sha256.txt")).unwrap());
    let run = repository.0.run(["verify", "../out/ris-evidence-2026-v1", "--source", "."]);
    insta::assert_snapshot!(run, @"
    passed   Is it a bag of a version that is known here?
    passed   Are the tag files as tagmanifest-sha256.txt lists them?
    passed   Is every file as manifest-sha256.txt lists it?
    passed   Is nothing there that is not listed?
    passed   Does bundle.json agree with the files?
    not run  Who signed it?
               it is not signed
    not run  When was it made, at the latest?
               it has no time stamp
    passed   Are its documents those of the commit?
               2 files compared with 37bc75798c
    --- stderr
    Nothing is wrong with what was checked.
    --- exit 0
    ");
    let actions = fs::read_to_string(second.join("data/actions/action-items.csv")).unwrap();
    let row = actions.lines().find(|line| line.contains("Add an alert")).unwrap();
    assert!(row.contains("Ada,2026-02-01,stated,done,2026-02-11,open,") && row.contains(",10,"), "{row}");
    let row = actions.lines().find(|line| line.contains("Raise the limit")).unwrap();
    assert!(row.contains("done,2026-01-06,so when first written,"), "{row}");
    let index: serde_json::Value = serde_json::from_slice(&fs::read(second.join("data/bundle.json")).unwrap()).unwrap();
    assert_eq!(index["population"]["count"], 2);
    assert_eq!(index["organisation"], "Example Health");
    let oscal: serde_json::Value =
        serde_json::from_slice(&fs::read(second.join("data/oscal/assessment-results.json")).unwrap()).unwrap();
    let observations = oscal["assessment-results"]["results"][0]["observations"].as_array().unwrap();
    assert_eq!(observations.len(), 2, "one an incident");
}

#[test]
fn every_tampering_is_found() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    let bundle = repository.bundle(&[]);
    let verify = || repository.0.run(["verify", "../out/ris-evidence-2026-v1", "--source", ".", "--format", "json"]);
    assert_eq!(verify().code, 0, "{}", verify());
    let document = bundle.join("data/incidents/INC-2026-01/one.md");
    let good = fs::read(&document).unwrap();
    let mut bad = good.clone();
    bad[20] ^= 1;
    fs::write(&document, &bad).unwrap();
    let found = checks(&verify(), "steps");
    assert!(has(&found, &["payload", "fail", "one.md was changed"]) && has(&found, &["index", "fail"]), "{found:#?}");
    assert!(has(&found, &["source", "fail", "one.md is not what the commit has"]), "{found:#?}");
    fs::write(&document, &good).unwrap();
    fs::write(bundle.join("data/extra.md"), "x").unwrap();
    assert!(has(&checks(&verify(), "steps"), &["complete", "fail", "data/extra.md is in no manifest"]));
    fs::remove_file(bundle.join("data/extra.md")).unwrap();
    fs::rename(&document, bundle.join("data/incidents/INC-2026-01/One.md")).unwrap();
    let run = verify();
    assert_eq!(run.code, 1, "{run}");
    assert!(has(&checks(&run, "steps"), &["payload", "fail", "one.md is missing"]), "{run}");
}

#[test]
fn what_cannot_be_compared_is_no_tampering() {
    let (repository, other) = (Repository::new(), Repository::new());
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    other.commit("2026-01-07", &[("two.md", TWO)]);
    repository.bundle(&[]);
    repository.0.write("../signers", "");
    let verify = |args: &[&str]| {
        let args = ["verify", "../out/ris-evidence-2026-v1"].iter().chain(args).copied();
        repository.0.run_with(args, "", &[("PATH", &path())])
    };
    for args in [["--source", "/nowhere"], ["--allowed-signers", "/nowhere"]] {
        let run = verify(&args);
        assert!(run.code == 2 && run.stderr.contains("`/nowhere` cannot be read"), "{run}");
    }
    let run = verify(&["--source", "../out"]);
    assert!(run.code == 2 && run.stderr.contains("is in no git repository"), "{run}");
    let elsewhere = other.0.path("");
    for (args, why) in [
        (["--source", elsewhere.to_str().unwrap()], "does not have its commit"),
        (["--allowed-signers", "../signers"], "it is not signed"),
    ] {
        let run = verify(&args);
        assert!(run.code == 1 && run.stdout.contains(why), "{run}");
        assert!(run.stderr.contains("what was asked beyond them is not shown"), "{run}");
    }
}

#[test]
fn an_old_bundle_is_never_changed() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    let first = repository.bundle(&[]);
    let before = fs::read(first.join("bag-info.txt")).unwrap();
    let second = repository.bundle(&[]);
    assert!(second.ends_with("ris-evidence-2026-v2"), "{}", second.display());
    assert_eq!(before, fs::read(first.join("bag-info.txt")).unwrap());
    let index = fs::read_to_string(second.join("data/bundle.json")).unwrap();
    let manifest = fs::read(first.join("tagmanifest-sha256.txt")).unwrap();
    assert!(index.contains(&ris::evidence::bag::sha256(&manifest)), "it names what it supersedes");
}

#[test]
fn what_is_sensitive_stays_at_home_unless_somebody_accepts_it() {
    let repository = Repository::new();
    repository.commit("2026-04-06", &[("leak.md", LEAK), ("graph.png", "\u{0}png")]);
    let bundle = repository.bundle(&[]);
    assert!(!contains(&bundle, "s3cr3t"), "taken out of every file");
    repository.0.write("../pager.csv", "id,title\nPD-1,postgres://app:s3cr3t-Pa55@db.internal/app refused\n");
    let compared = repository.bundle(&["--compare", "../pager.csv"]);
    assert!(contains(&compared, "PD-1") && !contains(&compared, "s3cr3t"), "nor is what a check tells of another list");
    assert!(fs::read_to_string(bundle.join("data/redactions.csv")).unwrap().contains("leak.md,11,"));
    assert!(!bundle.join("data/incidents/INC-2026-03/attachments").exists(), "an image cannot be searched");
    let index = fs::read_to_string(bundle.join("data/bundle.json")).unwrap();
    assert!(!index.contains("\"source_path\": \"leak.md\""), "from a hash the value could be guessed");
    let refused = repository.0.run(["evidence", "2026", "--full", "--out", "../full"]);
    assert_eq!(refused.code, 2, "{refused}");
    assert!(refused.stderr.contains("--accept-sensitive NAME"), "{refused}");
    let full = repository.bundle(&["--full", "--accept-sensitive", "Grace Hopper"]);
    assert!(contains(&full, "s3cr3t") && contains(&full, "Grace Hopper"));
    assert!(full.join("data/incidents/INC-2026-03/attachments/graph.png").exists());
}

pub(super) fn contains(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => contains(&path, text),
            false => fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()),
        }
    })
}

#[test]
fn what_is_not_committed_stands_in_the_way() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    repository.0.write("two.md", TWO);
    let refused = repository.0.run(["evidence", "2026", "--out", "../out"]);
    assert_eq!(refused.code, 2, "{refused}");
    assert!(refused.stderr.contains("two.md") && refused.stderr.contains("--allow-uncommitted"), "{refused}");
    assert!(!repository.0.path("../out").exists());
    let bundle = repository.bundle(&["--allow-uncommitted"]);
    assert!(fs::read_to_string(bundle.join("data/README.md")).unwrap().contains("not committed"));
    assert!(!contains(&bundle, "Disk full"), "only what the commit has");
}

#[test]
fn a_period_without_incidents_gives_a_bundle_too() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("old.md", &OLD.replace("mitigated", "closed"))]);
    let bundle = repository.bundle(&[]);
    let index = fs::read_to_string(bundle.join("data/bundle.json")).unwrap();
    assert!(index.contains("\"count\": 0"), "{index}");
    assert_eq!(repository.0.run(["verify", "../out/ris-evidence-2026-v1"]).code, 0);
}

#[test]
fn the_sample_is_enclosed_and_the_list_stays_whole() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE), ("two.md", TWO)]);
    let bundle = repository.bundle(&["--only", "inc-2026-02"]);
    assert!(bundle.join("data/incidents/INC-2026-02/two.md").exists());
    assert!(!bundle.join("data/incidents/INC-2026-01").exists());
    assert_eq!(fs::read_to_string(bundle.join("data/population/incidents.csv")).unwrap().lines().count(), 3);
    let unknown = repository.0.run(["evidence", "2026", "--only", "INC-2026-2"]);
    assert_eq!(unknown.code, 2, "{unknown}");
    assert!(unknown.stderr.contains("did you mean `INC-2026-02`?"), "{unknown}");
}

#[test]
fn a_bundle_travels_as_one_file() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    repository.bundle(&["--zip"]);
    repository.bundle(&["--zip"]);
    let packed = |version| repository.0.path(&format!("../out/ris-evidence-2026-v{version}.zip"));
    assert!(packed(1).is_file() && packed(2).is_file());
    fs::remove_dir_all(repository.0.path("../out/ris-evidence-2026-v2")).unwrap();
    repository.bundle(&[]);
    assert!(repository.0.path("../out/ris-evidence-2026-v3").is_dir(), "a packed one counts too");
    let verify = |args: &[&str]| repository.0.run(["verify"].iter().chain(args).copied());
    let run = verify(&["../out/ris-evidence-2026-v1.zip", "--source", "."]);
    assert_eq!(run.code, 0, "{run}");
    let mut bytes = fs::read(packed(1)).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 0xff;
    fs::write(packed(1), bytes).unwrap();
    assert_ne!(verify(&["../out/ris-evidence-2026-v1.zip"]).code, 0);
    let run = verify(&["one.md"]);
    assert!(run.code == 2 && run.stderr.contains("cannot be unpacked"), "{run}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let inside = Repository::new();
    inside.commit("2026-01-06", &[("one.md", ONE)]);
    let run = inside.0.run(["evidence", "2026", "--out", "audit/2026"]);
    assert!(run.code == 2 && run.stderr.contains("is in the knowledge base"), "{run}");
    let sandbox = Sandbox::new().file("one.md", ONE);
    let run = sandbox.run(["evidence", "2026"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("is in no git repository") && run.stderr.contains("git init"), "{run}");
    let run = sandbox.run(["evidence", "last year"]);
    assert!(run.code == 2 && run.stderr.contains("2026-H1"), "{run}");
    let run = sandbox.run(["verify", "nowhere"]);
    assert!(run.code == 2 && run.stderr.contains("is neither a folder nor a file"), "{run}");
    let repository = Repository::new();
    let run = repository.0.run(["evidence", "2026"]);
    assert!(run.code == 2 && run.stderr.contains("the repository has none yet"), "{run}");
}
