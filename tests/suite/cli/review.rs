//! `ris review`.

use std::fs;

use crate::support::Sandbox;

const BLOCK: &str = "compliance:\n  soc2:\n    review-frequency: quarterly\n";

fn sandbox() -> Sandbox {
    let of = |head: &str, title: &str| format!("---\nkind: incident\n{head}{BLOCK}---\n# {title}\n\nIt was stuck.\n");
    Sandbox::new()
        .file("late.md", of("id: INC-1\ncreated: 2025-06-01\nowner: Ada\n", "Queue stuck"))
        .file("near.md", of("created: 2025-06-01\nlast-reviewed: 2025-11-01\nreviewed-by: Bo\n", "Export late"))
        .file("stated.md", of("created: 2025-06-01\nnext-review: 2026-06-01\n", "Files mixed up"))
        .file("undated.md", of("", "Disk full"))
}

#[test]
fn lists_the_most_overdue_first() {
    insta::assert_snapshot!(sandbox().run(["review"]), @r"
    due                           every            last        document
    2025-09-01 !~  136 days late  quarterly SOC 2              Queue stuck
                  late.md
    2026-02-01 ~   in 17 days     quarterly SOC 2  2025-11-01  Export late
                  near.md
    2026-06-01     in 137 days    quarterly SOC 2              Files mixed up
                  stated.md

    Promised, but no due date can be computed
    quarterly  nothing to count from: state `created` or `last-reviewed`  undated.md
    --- stderr
    4 reviews are promised: 1 overdue (!), 1 without a due date. A ~ marks a day computed from a frequency.
    --- exit 0
    ");
    insta::assert_snapshot!(sandbox().run(["review", "--within", "30", "--fail-on", "overdue"]), @r"
    due                           every            last        document
    2025-09-01 !~  136 days late  quarterly SOC 2              Queue stuck
                  late.md
    2026-02-01 ~   in 17 days     quarterly SOC 2  2025-11-01  Export late
                  near.md
    --- stderr
    4 reviews are promised: 1 overdue (!), 1 without a due date. A ~ marks a day computed from a frequency.
    --- exit 1
    ");
    assert_eq!(sandbox().run(["review", "stated.md", "--overdue"]).code, 1);
    assert_eq!(sandbox().run(["review", "stated.md", "--fail-on", "overdue"]).code, 0);
}

#[test]
fn a_review_is_recorded_by_the_smallest_edit() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["review", "INC-1", "--by", "Ada", "--note", "No change: all in force"]), @r#"
    --- a/late.md
    +++ b/late.md
    @@ -6,6 +6,9 @@
     compliance:
       soc2:
         review-frequency: quarterly
    +last-reviewed: 2026-01-15
    +reviewed-by: Ada
    +review-note: "No change: all in force"
     ---
     # Queue stuck
     
    --- stderr
    warning: Ada is the only author of the document; an auditor asks for a review by somebody else.
    warning: The review was due on 2025-09-01: it took place 136 days late, and stays late.
    --write records it in late.md.
    --- exit 0
    "#);
    assert_eq!(sandbox.run(["review", "INC-1", "--by", "Bo", "--on", "2026-01-14", "--write", "--yes"]).code, 0);
    let text = fs::read_to_string(sandbox.path("late.md")).expect("it is there");
    assert!(text.contains("quarterly\nlast-reviewed: 2026-01-14\nreviewed-by: Bo\n---\n"), "{text}");
    let value = sandbox.run(["review", "INC-1", "--format", "json"]).json();
    assert_eq!((&value["reviews"][0]["due"], &value["overdue"]), (&"2026-04-14".into(), &0.into()));
}

#[test]
fn programs_are_told_what_was_written_once_it_is() {
    let sandbox = sandbox();
    let record = ["review", "INC-1", "--by", "Bo", "--format", "json"];
    assert_eq!(sandbox.run(record).json()["written"], false);
    let written = ["--write", "--yes"];
    assert_eq!(sandbox.run([&record[..], &written].concat()).json()["written"], true);
    // There is nothing left to write.
    let again = sandbox.run([&record[..], &written].concat()).json();
    assert_eq!((&again["changed"], &again["written"]), (&false.into(), &false.into()));
}

#[test]
fn today_is_the_day_in_the_zone_that_the_settings_name() {
    let sandbox = sandbox().file("ris.toml", "[documents]\ntime-zone = '-12:30'\n");
    let run = sandbox.run(["review", "INC-1", "--by", "Bo"]);
    assert!(run.code == 0 && run.stdout.contains("+last-reviewed: 2026-01-14"), "{run}");
    assert_eq!(sandbox.run(["review", "INC-1", "--by", "Bo", "--on", "2026-01-15"]).code, 2);
}

#[test]
fn what_cannot_be_recorded_is_refused() {
    insta::assert_snapshot!(sandbox().run(["review", "near.md", "--by", "Bo", "--on", "2026-02-01"]), @r"
    --- stderr
    error: 2026-02-01 is to come, and a review is recorded once it has taken place
    hint: leave `--on` out for a review of today
    --- exit 2
    ");
    insta::assert_snapshot!(sandbox().run(["review", "near.md", "--by", "Bo", "--on", "2025-10-01"]), @r"
    --- stderr
    error: it was reviewed on 2025-11-01, after 2025-10-01
    hint: a review that took place before the last one is not recorded; git has what was there
    --- exit 2
    ");
    assert_eq!(sandbox().run(["review", "--by", "Bo"]).code, 2);
    assert_eq!(sandbox().run(["review", "no-such-document", "--by", "Bo"]).code, 1);
}

#[test]
fn programs_get_json_and_csv() {
    let value = sandbox().run(["review", "--format", "json"]).json();
    let counts = ["total", "overdue", "undated"].map(|key| value[key].as_u64().unwrap_or(99));
    assert_eq!(counts, [4, 1, 1]);
    let first = &value["reviews"][0];
    assert_eq!((&first["due"], &first["days_late"], &first["missed"]), (&"2025-09-01".into(), &136.into(), &2.into()));
    let csv = sandbox().run(["review", "--format", "csv"]).stdout;
    assert!(csv.contains("near.md,near.md,Export late,incident,near.md,2026-02-01,worked out,quarterly,soc2,last review,2025-11-01,2025-11-01,Bo,-17,0,"), "{csv}");
}
