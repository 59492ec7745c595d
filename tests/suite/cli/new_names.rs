//! `ris new`: ids and paths of new documents, also where many are made at once.

use std::process::Stdio;

use super::new::{EARLIER, read, sandbox};

#[test]
fn ids_do_not_collide() {
    let sandbox = sandbox();
    let paths: Vec<String> = (0..3).map(|_| sandbox.run(["new", "drill", "Fire"]).stdout).collect();
    assert_eq!(
        paths,
        [
            "2026/RIS-FIRE-20260115-DRILL.md\n",
            "2026/RIS-FIRE-20260115-DRILL-2.md\n",
            "2026/RIS-FIRE-20260115-DRILL-3.md\n",
        ]
    );
    sandbox.write("ris.toml", "[documents.ids]\nincident = 'INC-{YYYY}-{NN}'\n");
    let numbered = sandbox.run(["new", "incident", "Fire", "--date", "2025-06-01"]);
    assert_eq!(numbered.stdout, "2025/INC-2025-02.md\n");
    let taken = sandbox.run(["new", "incident", "Fire", "--id", "inc-2025-01"]);
    assert_eq!(taken.code, 2);
    assert!(taken.stderr.contains("the id `inc-2025-01` is taken by `2025/INC-2025-01.md`"), "{taken}");
}

#[test]
fn many_at_once_get_an_id_each() {
    let sandbox = sandbox();
    let start = || {
        let mut command = sandbox.command(["new", "incident", "At once", "--quiet"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("ris starts")
    };
    let runs: Vec<_> = (0..6).map(|_| start()).collect();
    let outputs: Vec<_> = runs.into_iter().map(|it| it.wait_with_output().expect("ris ends")).collect();
    for output in &outputs {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let json = sandbox.run(["list", "--format", "json", "--limit", "50"]).json();
    let mut ids: Vec<String> =
        json["documents"].as_array().expect("a list").iter().map(|it| it["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 7, "{ids:?}");
}

#[test]
fn a_pattern_that_leaves_the_root_or_collides_is_told() {
    let sandbox = sandbox();
    sandbox.write("ris.toml", "[documents]\npath = '../{ID}.md'\n");
    let run = sandbox.run(["new", "incident", "x"]);
    assert!(run.code == 2 && run.stderr.contains("`../{ID}.md` is no path inside"), "{run}");
    sandbox.write("ris.toml", "[documents]\npath = '2025/INC-2025-01.md'\n");
    let run = sandbox.run(["new", "incident", "x"]);
    assert!(run.stderr.contains("is there already") && run.stderr.contains("put `{ID}` into `path`"), "{run}");
    assert_eq!(read(&sandbox, "2025/INC-2025-01.md"), EARLIER);
}

#[cfg(unix)]
#[test]
fn links_and_read_only_folders_are_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = sandbox();
    std::fs::create_dir_all(sandbox.path("../outside")).expect("a folder");
    symlink(sandbox.path("../outside"), sandbox.path("2026")).expect("a link");
    let run = sandbox.run(["new", "incident", "x"]);
    assert!(run.code == 2 && run.stderr.contains("leads out of the knowledge base"), "{run}");
    let locked = sandbox.path("2025");
    let set = |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).expect("permissions");
    set(0o555);
    // The superuser may write anywhere.
    let may_write = std::fs::write(locked.join("probe"), "").is_ok();
    let run = sandbox.run(["new", "incident", "x", "--path", "2025/x.md"]);
    set(0o755);
    if !may_write {
        assert!(run.code == 2 && run.stderr.contains("cannot write"), "{run}");
    }
}

#[test]
fn a_template_that_cannot_be_used_is_listed_with_what_is_wrong() {
    let sandbox = sandbox().file("templates/outage.md", "# {{ title }}\n\n{{ region }}\n");
    let run = sandbox.run(["new", "--list"]);
    let row = run.stdout.lines().find(|line| line.starts_with("outage ")).unwrap_or_default();
    assert!(row.contains("the team") && row.ends_with("cannot be used: line 3: nothing sets `region`"), "{run}");
    assert!(run.code == 2 && run.stderr.contains("hint: name it under `variables:`"), "{run}");
    let listed = sandbox.run(["new", "--list", "--format", "json"]).json();
    assert_eq!((&listed["broken"][0]["name"], &listed["broken"][0]["line"]), (&"outage".into(), &3.into()), "{listed}");
}
