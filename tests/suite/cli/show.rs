//! `ris show`.

use crate::support::Sandbox;

#[test]
fn renders_a_document_found_by_its_id() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "inc-2025-0042"]), @"");
}

#[test]
fn renders_any_script() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "2025/shougai.md"]), @"");
}

#[test]
fn an_id_of_several_documents_asks_for_the_path() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "RIS-7"]), @"");
}

#[test]
fn an_unknown_id_gets_the_nearest() {
    insta::assert_snapshot!(Sandbox::fixture("responder").run(["show", "INC-2025-0024"]), @"");
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
