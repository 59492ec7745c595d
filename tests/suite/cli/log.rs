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
    insta::assert_snapshot!(sandbox.run(["search", "--log", "error.log"]), @"");
}

#[test]
fn reads_stdin_and_gives_the_commands_as_json() {
    let run = Sandbox::fixture("responder").run_with(["search", "--log", "-", "--format", "json"], LOG, &[]);
    let best = run.json()["hits"][0].clone();
    assert_eq!(best["id"], "INC-2025-0042", "{run}");
    assert_eq!(best["commands"][1]["text"], "docker compose restart ingest-api\nredis-cli -h redis llen ingest\n");
}

#[test]
fn a_log_of_nothing_known_is_a_no() {
    let sandbox = Sandbox::fixture("responder").file("other.log", "segfault in libquux.so.7\n").file("empty.log", "\n");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "other.log"]), @"");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "empty.log"]), @"");
    insta::assert_snapshot!(sandbox.run(["search", "--log", "missing.log"]), @"");
}
