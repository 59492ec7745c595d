//! `ris retention`.

use super::evidence::Repository;
use crate::support::Sandbox;

const HEAD: &str = "kind: incident\ncreated: 2018-03-01\n";

fn document(front_matter: &str, title: &str) -> String {
    format!("---\n{front_matter}---\n# {title}\n\nIt was stuck.\n")
}

fn sandbox() -> Sandbox {
    let period = |framework: &str, text: &str| format!("compliance:\n  {framework}:\n    retention-period: {text}\n");
    Sandbox::new()
        .file("past.md", document(&format!("{HEAD}updated: 2018-05-01\n{}", period("soc2", "7-years")), "Queue stuck"))
        .file("short.md", document(&format!("{HEAD}{}", period("hipaa", "3-years")), "Export late"))
        .file("held.md", document(&format!("{HEAD}legal-hold: LH-7\n{}", period("soc2", "1-year")), "Files mixed up"))
        .file("kept.md", document(&format!("{HEAD}{}", period("soc2", "indefinite")), "Keys lost"))
        .file("none.md", document(&format!("{HEAD}compliance:\n  hipaa:\n    controls: ['164.312(b)']\n"), "Disk full"))
        .file("policy.md", document(&format!("kind: other\n{}", period("soc2", "1-year")), "Policy"))
        .file("notes.md", document("kind: other\nclassification: internal\n", "Notes"))
}

#[test]
fn lists_every_record_and_what_stands_against_disposal() {
    insta::assert_snapshot!(sandbox().run(["retention"]), @r"
    until         period            counted from        record
    2019-03-01 !  1-year SOC 2      created 2018-03-01  Files mixed up
                  held.md  on legal hold: LH-7
    2024-03-01 !  3-years HIPAA     created 2018-03-01  Export late
                  short.md  HIPAA asks for 6 years (45 CFR 164.316(b)(2)(i))
    2025-05-01 !  7-years SOC 2     updated 2018-05-01  Queue stuck
                  past.md
    for ever      indefinite SOC 2  created 2018-03-01  Keys lost
                  kept.md

    Without a day
    other     1-year, and no day to count from                  policy.md
    incident  no period is stated; HIPAA asks until 2024-03-01  none.md
    --- stderr
    6 records as of 2026-01-15: 3 with retention date passed (!), 1 on legal hold, 2 without a date.
    A day that has passed disposes of nothing: somebody decides, and a record of the disposal stays.
    warning: No commit of these documents is known here (a repository within is not read): their days are not counted from.
    --- exit 0
    ");
}

#[test]
fn a_day_may_be_asked_about() {
    insta::assert_snapshot!(sandbox().run(["retention", "--expired", "--at", "2019-03-02"]), @r"
    until         period        counted from        record
    2019-03-01 !  1-year SOC 2  created 2018-03-01  Files mixed up
                  held.md  on legal hold: LH-7
    --- stderr
    6 records as of 2019-03-02: 1 with retention date passed (!), 1 on legal hold, 2 without a date.
    warning: No commit of these documents is known here (a repository within is not read): their days are not counted from.
    --- exit 0
    ");
    assert_eq!(sandbox().run(["retention", "--expired", "--at", "2019-01-01"]).code, 1);
}

#[test]
fn programs_get_json_and_csv() {
    let sandbox = sandbox();
    let value = sandbox.run(["retention", "--format", "json"]).json();
    let counts = ["total", "past", "held", "eligible", "open"].map(|key| value[key].as_u64().unwrap_or(99));
    assert_eq!(counts, [6, 3, 1, 2, 2]);
    assert_eq!((&value["commits"], &value["at"]), (&"none".into(), &"2026-01-15".into()));
    let csv = sandbox.run(["retention", "--format", "csv"]).stdout;
    assert!(
        csv.contains(",short.md,past,3-years,hipaa,created,2018-03-01,2024-03-01,2024-03-02,45 CFR 164.316(b)(2)(i),"),
        "{csv}"
    );
    assert_eq!(sandbox.run(["retention", "--rules", "--format", "json"]).json()["rules"][0]["at_least"], "6 years");
}

#[test]
fn a_shallow_clone_is_told() {
    let repository = Repository::new();
    let record = document("kind: incident\nretention-period: 7-years\n", "Queue stuck");
    repository.commit("2015-01-03", &[("a.md", &record)]);
    repository.commit("2025-11-01", &[("b.md", "# Other\n")]);
    let told = || {
        let json = repository.0.run(["retention", "--format", "json"]).json();
        let csv = repository.0.run(["retention", "--format", "csv"]).stdout;
        let row = csv.lines().nth(1).unwrap_or_default().rsplit(',').next().map(str::to_owned);
        let says = repository.0.run(["retention"]).stderr.contains("This clone is shallow");
        (json["shallow"].clone(), json["records"][0]["from"]["day"].clone(), row, says)
    };
    assert_eq!(told(), (false.into(), "2015-01-03".into(), Some("no".to_owned()), false));
    // What `git clone --depth 1` leaves.
    repository.0.write(".git/shallow", format!("{}\n", repository.head()));
    assert_eq!(told(), (true.into(), "2025-11-01".into(), Some("yes".to_owned()), true));
}
