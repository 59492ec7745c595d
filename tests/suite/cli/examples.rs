//! Every example that `--help` shows is run, in a copy of the sample knowledge base.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::Sandbox;

/// A day on which the newest incident of the samples is open.
const NOW: &str = "2026-11-21T09:30:00Z";

/// Runs until it is stopped.
const ENDLESS: &str = "ris serve";
/// Speaks of shells that may not be here, or of a page that needs a reader.
const ELSEWHERE: [&str; 2] = ["| source", "| man -l"];

/// What stands ready where evidence is collected and verified: a key, a list of another system, bundles.
const EVIDENCE: &str = r#"
mkdir ~/.ssh && ln -s "$PWD/incidents" ~/incidents && printf 'id\nINC-2026-01\n' > pager.csv
git init -q incidents && git -C incidents add -A &&
    git -C incidents -c user.name=Ada -c user.email=ada@example.com commit -q -m incidents
ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519 &&
    printf 'ada@example.com %s\n' "$(cat ~/.ssh/id_ed25519.pub)" > keys
ris evidence 2026-H1 --out . --zip $(test -f keys && echo --sign ~/.ssh/id_ed25519)
ris evidence 2026 --out ../audit
true
"#;

/// Two commits of the samples, the second of which ticks a box.
const LEDGER: &str = r#"
cd incidents && git init -q && export GIT_AUTHOR_DATE=2026-02-01T10:00:00Z GIT_COMMITTER_DATE=2026-02-01T10:00:00Z
save() { git add -A && git -c user.name=Ada -c user.email=ada@example.com commit -q -m incidents; }
save && sed -i 's/- \[ \] Review all rules/- [x] Review all rules/' 2025/INC-2025-08-unheard-alert.md && save
"#;

/// A log to be split.
const LOG: &str =
    "# Incident log\n\n## 2026-01-06: Feed stopped\n\n**Fix:** x\n\n## 2026-01-20: Disk full\n\n**Fix:** y\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    sandbox.copy_in(&source.join("incidents"), "incidents");
    // What `ris init` makes, and a repository beside this one.
    std::fs::create_dir_all(sandbox.path("incidents/templates")).expect("a folder can be made");
    repository(&sandbox.path("../claims-api"));
    sandbox.write("error.txt", "ReplyError: ERR max number of clients reached\n");
    sandbox
}

/// Makes a repository with a release.
fn repository(path: &Path) {
    let repository = git2::Repository::init(path).expect("a repository can be made");
    let at = git2::Time::new(1_795_000_000, 0);
    let author = git2::Signature::new("Ada", "ada@example.com", &at).expect("a signature");
    let tree = repository.index().and_then(|mut index| index.write_tree()).expect("an empty tree");
    let tree = repository.find_tree(tree).expect("the tree");
    let mut last: Option<git2::Oid> = None;
    for message in ["Release", "Raise the limit"] {
        let parent = last.map(|id| repository.find_commit(id).expect("the commit"));
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let id = repository.commit(Some("HEAD"), &author, &author, message, &tree, &parents).expect("a commit");
        if last.is_none() {
            let commit = repository.find_object(id, None).expect("the commit");
            repository.tag_lightweight("v1.4.0", &commit, false).expect("a tag");
        }
        last = Some(id);
    }
}

/// Returns every command, by the words that call it.
fn commands(sandbox: &Sandbox, of: &[String]) -> Vec<Vec<String>> {
    let help = sandbox.run(of.iter().map(String::as_str).chain(["--help"])).stdout;
    let listed = help.split("\nCommands:\n").nth(1).and_then(|it| it.split("\n\n").next()).unwrap_or_default();
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|it| !it.starts_with(' ')));
    let mut all = vec![of.to_vec()];
    for name in names.filter_map(|line| line.split(' ').next()) {
        let inner: Vec<String> = of.iter().cloned().chain([name.to_owned()]).collect();
        all.extend(commands(sandbox, &inner));
    }
    all
}

/// Returns the lines below "Examples:" that call `ris`, without the remarks behind them.
fn examples(help: &str) -> Vec<String> {
    let part = help.split("\nExamples:\n").nth(1).unwrap_or_default();
    let lines =
        part.split("\nExit codes").next().unwrap_or_default().lines().filter_map(|line| line.strip_prefix("  "));
    let calls = lines.filter(|line| line.starts_with("ris ") || line.contains("| ris "));
    calls.map(|line| line.split("   ").next().unwrap_or_default().trim().to_owned()).collect()
}

#[test]
fn every_example_works_on_the_sample_knowledge_base() {
    let help = Sandbox::new();
    let mut failed = Vec::new();
    let mut run = 0;
    for command in commands(&help, &[]) {
        let text = help.run_with(command.iter().map(String::as_str).chain(["--help"]), "", &[("COLUMNS", "200")]);
        let examples = examples(&text.stdout);
        if examples.is_empty() {
            failed.push(format!("ris {}: no example", command.join(" ")));
        }
        for example in
            examples.iter().filter(|it| !it.starts_with(ENDLESS) && !ELSEWHERE.iter().any(|no| it.contains(no)))
        {
            run += 1;
            failed.extend(problem(example));
        }
    }
    assert!(run > 25, "only {run} examples were found");
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

fn shell(sandbox: &Sandbox, script: &str) -> Output {
    let folder = Path::new(env!("CARGO_BIN_EXE_ris")).parent().expect("the program lies in a folder");
    let mut command = Command::new("sh");
    command.args(["-c", script]).current_dir(sandbox.path("")).stdin(Stdio::null()).env_clear();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", folder.display())).env("HOME", sandbox.path(".."));
    command.env("RIS_NOW", NOW).env("TZ", "UTC").env("EDITOR", "true").env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().expect("a shell starts")
}

/// Runs one example in a sandbox of its own; returns what went wrong.
fn problem(example: &str) -> Option<String> {
    let sandbox = sandbox();
    // There is no terminal to be asked on.
    let asks = !example.contains(" --yes") && example.split(' ').any(|word| word == "--write");
    let example = if asks { &example.replace(" --write", " --write --yes") } else { example };
    let is_of_evidence = example.starts_with("ris evidence") || example.starts_with("ris verify");
    if is_of_evidence {
        shell(&sandbox, EVIDENCE);
    }
    if example.starts_with("ris ledger") {
        shell(&sandbox, LEDGER);
    }
    // Where OpenSSH is not installed there is nothing to sign with.
    if (example.contains("--sign") || example.contains("--allowed-signers")) && !sandbox.path("keys").exists() {
        return None;
    }
    if example.starts_with("ris split") {
        sandbox.write("incidents/incident-log.md", LOG);
    }
    let output = shell(&sandbox, example);
    // An answer of "no" is what `--fail-on` is there for, and what a check of the samples may give.
    let may_say_no = example.contains("--fail-on") || example.starts_with("ris evidence");
    let fine = output.status.code().is_some_and(|code| code == 0 || code == 1 && may_say_no);
    (!fine).then(|| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().take(8).collect::<Vec<_>>().join("\n  ");
        format!("{example}\n  {}\n  {}", text(&output.stdout), text(&output.stderr))
    })
}
