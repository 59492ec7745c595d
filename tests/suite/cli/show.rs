//! `ris show`.

use crate::support::Sandbox;

#[test]
fn renders_a_document_found_by_its_id() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "inc-2025-0042"]), @r"
    Ingest cannot reach Redis after the secret was rotated
    2025/redis-hostname.md

      id        INC-2025-0042
      date      2025-12-17
      severity  critical
      status    resolved
      services  ingest-api, queue
      owners    Ana Ruiz
      tags      config-drift; inferred: expired-credential, stale-reference,
                missing-validation
      project   parcel

    Status: Resolved
    Date: 2025-12-17
    Severity: Critical
    Duration: 9 hours 10 minutes

    ## Summary

    Every upload was accepted and then stuck. The log of `ingest-api` repeated
    `redis.exceptions.ConnectionError: Error -2 connecting to parcel-redis:6379.
    Name or service not known`.

    ## Root cause

    The rotated secret `parcel/production/redis` named a host that does not exist.
    Nothing checked it before it was used.

    ## Resolution

    1. Put the right host into the secret:

           vault kv put parcel/production/redis host=redis port=6379

    2. Restart the service and watch the queue drain:

           docker compose restart ingest-api
           redis-cli -h redis llen ingest

    ## Timeline

    Time (UTC)  Event
    ──────────  ─────────────────────────────────────
    08:00       Secret rotated, uploads begin to fail
    12:30       Support reports stuck uploads
    17:10       Host corrected, queue drains

    ## Action items

    [x] Check the host of every secret before it is used (@ana, due 2025-12-19)
    [ ] Alert when the queue is older than five minutes (@ben, due 2026-01-09)
    [ ] Rehearse the rotation, see the DNS incident (../2024/dns-timeout.md)
    --- exit 0
    ");
}

#[test]
fn renders_any_script() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "2025/shougai.md"]), @r"
    注文キューの障害報告
    2025/shougai.md

      date      2025-03-04
      severity  high
      status    resolved

    • 日付: 2025-03-04
    • 重大度: 高
    • ステータス: 解決済み

    ## 根本原因

    接続プールの上限が低すぎた。

    時刻   出来事
    ─────  ────────────────────
    10:00  注文が滞留し始めた
    10:45  上限を引き上げて復旧
    --- exit 0
    ");
}

#[test]
fn an_id_of_several_documents_asks_for_the_path() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "RIS-7"]), @r"
    Certificate of the status page expired
      RIS-7 · 2024-02-01 · low · resolved
      2024/twin-a.md
    Certificate of the mail relay expired
      RIS-7 · 2024-02-02 · low · resolved
      2024/twin-b.md
    --- stderr
    2 documents go by `RIS-7`; name the one you mean by its path.
    --- exit 1
    ");
}

#[test]
fn the_id_of_an_incident_is_its_report_whatever_else_names_it() {
    let report = "---\nid: INC-7\nkind: incident\n---\n# Portal down\n\nThe portal was down.\n";
    let resolution =
        "---\nid: RIS-PORTAL\nincident: INC-7\nkind: resolution\n---\n# Portal: what helped\n\nRestart it.\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", resolution).file("b.md", report);
    let run = sandbox.run(["show", "inc-7"]);
    assert!(run.code == 0 && run.stdout.starts_with("Portal down\nb.md\n"), "{run}");
    assert!(run.stdout.contains("see also  a.md\n"), "{run}");
    assert_eq!(sandbox.run(["related", "INC-7"]).code, 0);
}

#[test]
fn an_unknown_id_gets_the_nearest() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "INC-2025-0024"]), @r"
    --- stderr
    error: there is no document `INC-2025-0024`
    hint: did you mean `INC-2025-0042` or `INC-2025-0050` or `INC-2024-0007`?
    --- exit 1
    ");
}

#[test]
fn raw_gives_the_bytes_of_the_file() {
    let sandbox = Sandbox::fixture("responder");
    let output = sandbox.command(["show", "escapes", "--raw"]).output().expect("ris runs");
    let file = std::fs::read(sandbox.path("2025/escapes.md")).expect("it is there");
    assert_eq!(output.stdout, file);
}

#[test]
fn json_is_that_of_inspect() {
    let sandbox = Sandbox::fixture("responder");
    let shown = sandbox.run(["show", "2025/redis-hostname.md", "--format", "json"]);
    let inspected = sandbox.run(["inspect", "2025/redis-hostname.md", "--format", "json"]);
    assert_eq!(shown.stdout, inspected.stdout);
}

#[test]
fn a_path_works_from_below_the_root_and_from_outside() {
    let sandbox = Sandbox::fixture("responder");
    assert_eq!(sandbox.run(["show", "2024/twin-a.md"]).code, 0);
    let below = Sandbox::fixture("responder").inside("2024");
    assert_eq!(below.run(["show", "twin-a.md"]).code, 0);
    assert_eq!(below.run(["show", "2025/redis-hostname.md"]).code, 0);
}

#[test]
fn says_who_changed_it_last() {
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", "# A\n").file("b.md", "# B\n");
    let last = |path: &str| {
        let run = sandbox.run(["show", path]);
        run.stdout.lines().find(|line| line.contains("last commit")).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(last("a.md"), "", "there is no git");
    let git = git2::Repository::init(sandbox.path("")).expect("a repository");
    let mut index = git.index().expect("an index");
    index.add_path(std::path::Path::new("a.md")).expect("a file");
    let tree = git.find_tree(index.write_tree().expect("a tree")).expect("the tree");
    let at = git2::Time::new(1_766_000_000, 60);
    let who = git2::Signature::new("Li", "li@example.com", &at).expect("a name");
    git.commit(Some("HEAD"), &who, &who, "tell it\n\nat length", &tree, &[]).expect("a commit");
    assert_eq!(last("a.md"), "last commit  2025-12-17, Li: tell it");
    assert_eq!(last("b.md"), "last commit  none yet");
    sandbox.write("a.md", "# A\n\nMore.\n");
    assert_eq!(last("a.md"), "last commit  2025-12-17, Li: tell it; changed since");
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_not_read_and_git_says_what_to_do() {
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", "# A\n");
    git2::Repository::init(sandbox.path("")).expect("a repository");
    let give_away = |path: &str| std::os::unix::fs::chown(sandbox.path(path), Some(4711), Some(4711));
    if give_away(".git").and_then(|()| give_away("")).is_err() {
        // Only root may give files to others.
        return;
    }
    let run = sandbox.run(["show", "a.md"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("git does not trust the repository"), "{run}");
    assert!(run.stderr.contains("git config --global --add safe.directory"), "{run}");
}

#[test]
fn the_id_of_a_document_that_has_gone_is_not_offered() {
    let report = |id: &str| format!("---\nid: {id}\nkind: incident\n---\n# Disk full\n");
    let sandbox =
        Sandbox::new().file("ris.toml", "").file("a.md", report("INC-2026-88")).file("b.md", report("INC-2026-87"));
    assert_eq!(sandbox.run(["show", "INC-2026-88"]).code, 0);
    std::fs::remove_file(sandbox.path("a.md")).unwrap();
    let gone = sandbox.run(["show", "INC-2026-88"]);
    assert!(gone.stderr.contains("did you mean `INC-2026-87`") && gone.stderr.matches("-88").count() == 1, "{gone}");
}

#[test]
fn a_command_that_is_shown_can_be_pasted_into_a_shell() {
    let odd = b"# Caf\xe9\n\n**Date:** 10/01/2025\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a b's.md", odd);
    let run = sandbox.run(["show", "a b's.md"]);
    assert!(run.stderr.contains(r"`ris inspect 'a b'\''s.md'` names"), "{run}");
}
