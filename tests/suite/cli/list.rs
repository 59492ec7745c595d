//! `ris list`.

use crate::support::Sandbox;

#[test]
fn shows_the_newest_incident_first() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["list"]), @"");
}

#[test]
fn filters_narrow_and_their_values_widen() {
    let sandbox = Sandbox::fixture("responder");
    let ids = |args: &[&str]| {
        let run = sandbox.run([&["list", "--format", "json"], args].concat());
        let documents = run.json()["documents"].as_array().expect("it is a list").clone();
        documents.iter().map(|it| it["path"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--severity", "critical,high", "--before", "2025"]), ["2024/dns-timeout.md"]);
    assert_eq!(ids(&["--service", "queue"]), ["2025/redis-hostname.md"]);
    assert_eq!(ids(&["--owner", "Ana Ruiz", "--in", "2025-12"]), ["2025/redis-hostname.md"]);
    assert_eq!(ids(&["--project", "parcel", "--tag", "dns"]), [""; 0]);
    assert_eq!(ids(&["--status", "resolved", "--after", "2024-02-01", "--before", "2025"]), ["2024/twin-b.md"]);
}

#[test]
fn nothing_to_list_is_a_no() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["list", "--in", "1999"]), @"");
    insta::assert_snapshot!(Sandbox::new().run(["list"]), @"");
}

#[test]
fn a_cut_list_says_so() {
    let run = Sandbox::fixture("responder").run(["list", "--limit", "1", "--sort", "severity"]);
    insta::assert_snapshot!(run, @"");
}

#[test]
fn the_json_shape() {
    let run = Sandbox::fixture("responder").run(["list", "--service", "queue", "--format", "json"]);
    insta::assert_snapshot!(run.stdout, @"");
}
