//! `ris search --log`.

use crate::support::Sandbox;

const LOG: &str = "\
2026-01-15T03:12:45.113Z ERROR [worker-7] upload 7f3e9a42-0000-4bcd-9f3e-000000000001 failed
Traceback (most recent call last):
  File \"/app/src/queue.py\", line 88, in enqueue
redis.exceptions.ConnectionError: Error -2 connecting to parcel-redis:6379. Name or service not known
";

#[test]
fn leads_with_what_fixed_it_before() {
    let sandbox = Sandbox::fixture("responder").file("error.log", LOG);
    insta::assert_snapshot!(sandbox.run(["search", "--log", "error.log"]), @r"
    Seen before, fixed by this: Ingest cannot reach Redis after the secret was
      rotated
      INC-2025-0042 · 2025-12-17 · critical · resolved
      2025/redis-hostname.md:19  Summary
      accepted and then stuck. The log of ingest-api repeated
      redis.exceptions.ConnectionError: Error -2 connecting to parcel-redis:6379. …
      shares redis.exceptions.ConnectionError, parcel-redis:6379, upload,
             connecting, Name, known, queue

    Resolution  2025/redis-hostname.md:25

    1. Put the right host into the secret:

    vault kv put parcel/production/redis host=redis port=6379

    2. Restart the service and watch the queue drain:

    docker compose restart ingest-api
    redis-cli -h redis llen ingest
    --- exit 0
    ");
}

#[test]
fn reads_stdin_and_gives_the_commands_as_json() {
    let run = Sandbox::fixture("responder").run_with(["search", "--log", "-", "--format", "json"], LOG, &[]);
    let best = run.json()["hits"][0].clone();
    assert_eq!(best["id"], "INC-2025-0042", "{run}");
    let commands: Vec<&str> = best["commands"][1]["text"].as_str().unwrap_or_default().lines().map(str::trim).collect();
    assert_eq!(commands, ["docker compose restart ingest-api", "redis-cli -h redis llen ingest"]);
}

#[test]
fn what_shares_single_words_only_is_not_passed_off_as_seen() {
    let sandbox =
        Sandbox::fixture("responder").file("other.log", "panic: upload of secret 12 to host parcel rejected\n");
    let run = sandbox.run(["search", "--log", "other.log"]);
    assert!(run.stdout.starts_with("No document quotes this message.") && run.code == 1, "{run}");
    assert!(!run.stdout.contains("vault kv put"), "steps of something else are shown: {run}");
}

#[test]
fn words_of_any_text_are_no_tie() {
    let sandbox = Sandbox::fixture("responder")
        .file("2025/greeting.md", "# Ledger stuck\n\nThere were its messages from before.\n")
        .file("other.log", "hello there\nits all from before\n");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "other.log"]), @r"
    --- stderr
    No document shares more than common words with this paste.
    Looked for: there, its, from, before
    --- exit 1
    ");
}

#[test]
fn a_log_of_nothing_known_is_a_no() {
    let sandbox = Sandbox::fixture("responder").file("other.log", "segfault in libquux.so.7\n").file("empty.log", "\n");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "other.log"]), @r"
    --- stderr
    No document contains any word of this paste.
    --- exit 1
    ");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "empty.log"]), @r"
    --- stderr
    error: there is nothing to search for in `empty.log`
    hint: it needs the lines around the error, as they were printed
    --- exit 2
    ");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "missing.log"]), @r"
    --- stderr
    error: cannot read `missing.log`: No such file or directory (os error 2)
    hint: name the file that holds the log, or `-` for what another program hands over
    --- exit 2
    ");
}

#[test]
fn an_incident_that_is_not_over_is_not_called_seen_before() {
    let open = "---\nid: INC-2026-99\nkind: incident\nstatus: open\n---\n# Slots\n\nFATAL: remaining connection slots are reserved\n";
    let sandbox = Sandbox::new()
        .file("incidents/open.md", open)
        .file("error.log", "FATAL: remaining connection slots are reserved\n");
    let run = sandbox.run(["search", "--log", "error.log"]);
    assert!(run.stdout.starts_with("This may be an open incident: Slots"), "{run}");
}

#[test]
fn filters_narrow_the_candidates_and_say_what_they_leave_out() {
    let sandbox = Sandbox::fixture("responder").file("error.log", LOG);
    let paths = |run: &crate::support::Run| -> Vec<String> {
        let value = run.json();
        value["hits"].as_array().unwrap().iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
    };
    for filter in [
        ["--severity", "low"],
        ["--status", "open"],
        ["--kind", "drill"],
        ["--service", "nothere"],
        ["--tag", "dns-failure"],
        ["--owner", "nobody"],
        ["--control", "CC1.1"],
        ["--project", "edi"],
        ["--in", "2019"],
        ["--before", "2020"],
        ["--after", "2026-01"],
    ] {
        let run = sandbox.run([&["search", "--log", "error.log", "--format", "json"], &filter[..]].concat());
        assert!(!paths(&run).contains(&"2025/redis-hostname.md".to_owned()), "{filter:?}: {run}");
        assert!(run.stderr.contains("leave out the document that quotes this message: `INC-2025-0042`."), "{run}");
    }
    let run = sandbox.run(["search", "--log", "error.log", "--severity", "p0", "--in", "2025-12", "--format", "json"]);
    assert_eq!(paths(&run), ["2025/redis-hostname.md"], "{run}");
}
