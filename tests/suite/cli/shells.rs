//! Completion in the real shells, and manual pages. A shell that is not installed is told and skipped.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Sandbox;

const REPORT: &str = "---\nid: INC-1\nkind: incident\ntitle: Cache unreachable\ndate: 2025-04-09\nservices: [cache, claims-db]\n\
                      owners: [Ada Lovelace, Bo]\nroot-causes: [config-drift]\ncompliance:\n  soc2:\n    controls: [CC7.4]\n  \
                      hipaa:\n    controls: [164.308(a)(6)(ii)]\n---\n# Cache unreachable\n";

const SETTINGS: &str = "[reading]\nseverities = { P2 = \"high\", P1 = \"critical\" }\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new().file("ris.toml", SETTINGS).file("a.md", REPORT).file(
        "b.md",
        REPORT.replace("INC-1", "INC-2").replace("Cache unreachable", "Cache: slow").replace("Ada Lovelace, ", ""),
    );
    assert_eq!(sandbox.run(["index"]).code, 0);
    sandbox
}

/// Runs `script` in `shell`, in the sandbox and with `ris` in the path; nothing where there is no such shell.
#[expect(clippy::print_stderr, reason = "a shell that was skipped is to be seen")]
fn run(sandbox: &Sandbox, shell: &str, args: &[&str], script: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_ris")).parent().expect("the program lies in a folder");
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display());
    let mut command = Command::new(shell);
    command.env_clear().env("PATH", path).env("HOME", sandbox.path("..")).env("TERM", "dumb");
    let output = command.args(args).arg(script).current_dir(sandbox.path("")).stdin(Stdio::null()).output();
    let Ok(output) = output else {
        eprintln!("skipped: {shell} is not installed");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{shell}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What bash is given for the words.
fn bash(sandbox: &Sandbox, words: &str) -> Option<String> {
    let script = format!(
        "source <(ris completions bash)\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9\n\
         typed=\"${{COMP_WORDS[COMP_CWORD]}}\"; _clap_complete_ris ris \"${{typed#[\\'\\\"]}}\"\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    run(sandbox, "bash", &["--norc", "--noprofile", "-c"], &script)
}

#[test]
fn bash_completes_names_and_quotes_them() {
    let sandbox = sandbox();
    for (words, expected) in [
        ("ris show inc", "INC-1\nINC-2\n"),
        ("ris list --service cl", "claims-db\n"),
        ("ris list --service cache,cl", "cache,claims-db\n"),
        ("ris list --tag con", "config-drift\n"),
        ("ris list --owner a", "Ada\\ Lovelace\n"),
        ("ris list --owner = a", "Ada\\ Lovelace\n"),
        ("ris list --owner \\'a", "Ada Lovelace\n"),
        ("ris list --control 16", "164.308\\(a\\)\\(6\\)\\(ii\\)\n"),
        ("ris list --kb nowhere --tag con", "\n"),
        ("ris list --severity c", "critical\n"),
        ("ris new incident x --severity p", "P1\nP2\n"),
        ("ris inde", "index\n"),
        ("ris show ./a", "./a.md\n"),
    ] {
        let Some(found) = bash(&sandbox, words) else { return };
        assert_eq!(found, expected, "{words}");
    }
}

#[test]
fn fish_completes_names_with_what_they_mean() {
    let sandbox = sandbox();
    for (line, expected) in [
        ("ris show INC", "INC-1\tCache unreachable\nINC-2\tCache: slow\n"),
        ("ris list --owner ", "Ada Lovelace\t1 document\nBo\t2 documents\n"),
        ("ris list --control cc", "CC7.4\t2 documents\n"),
    ] {
        let script = format!("ris completions fish | source; complete -C '{line}'");
        let Some(found) = run(&sandbox, "fish", &["--no-config", "-c"], &script) else { return };
        assert_eq!(found, expected, "{line}");
    }
}

/// Zsh is asked by the tab key, in a terminal of its own.
#[test]
fn zsh_completes_names_on_the_line() {
    let sandbox = sandbox();
    for (typed, expected) in [
        ("ris list --owner Ad", "ris list --owner Ada\\ Lovelace"),
        ("ris list --tag con", "ris list --tag config-drift"),
    ] {
        let script = format!(
            "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PS1=; autoload -U compinit; compinit -u -D; source <(ris \
             completions zsh); print -r READY$((1+1))'\n\
             zpty -r -m z out '*READY2*'; zpty -w -n z $'{typed}\\t'; zpty -w -n z $'\\C-A'; zpty -w z 'print -r -- GOT: '\n\
             zpty -r -m z out '*GOT: ris*'; zpty -r z more; print -r -- \"$out$more\""
        );
        let Some(found) = run(&sandbox, "zsh", &["-f", "-c"], &script) else { return };
        let shown = expected.replace('\\', "");
        assert!(found.contains(expected) || found.contains(&shown), "{typed}: {found}");
    }
}

#[test]
fn a_completion_never_speaks_of_what_went_wrong() {
    let sandbox = Sandbox::new().file("ris.toml", "includ = 1");
    let run = sandbox.run_with(["--", "ris", "show", "X"], "", &[("RIS_COMPLETE", "fish")]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{run}");
    assert!(!sandbox.path(".ris").exists(), "nothing is written");
}

#[test]
fn every_command_has_a_manual_page() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(["man", "--out", "man"]).code, 0);
    let pages = std::fs::read_dir(sandbox.path("man")).expect("a folder").count();
    let read = |name: &str| std::fs::read_to_string(sandbox.path("man").join(name)).expect("a page");
    assert!(pages > 10 && read("ris.1").contains(".TH ris 1"), "{pages} pages");
    assert!(read("ris-tags-merge.1").contains("Replace a tag by another"));
    assert_eq!(sandbox.run(["man", "tags", "merge"]).stdout, read("ris-tags-merge.1"));
    let unknown = sandbox.run(["man", "tag"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("there is no command `tag`"), "{unknown}");
}
