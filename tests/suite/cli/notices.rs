//! `ris notices`.

use crate::support::Sandbox;

fn sandbox() -> Sandbox {
    let of = |keys: &str, title: &str| {
        format!("---\nkind: incident\nbreach-assessment:\n{keys}---\n# {title}\n\nLetters went out.\n")
    };
    Sandbox::new()
        .file("late.md", of("  discovered: 2025-11-01\n  individuals: 12\n", "Letters to the wrong member"))
        .file(
            "told.md",
            of(
                "  discovered: 2026-01-10 14:00 UTC\n  regimes: [GDPR, California]\n  notified-gdpr-authority: 2026-01-12 \
                 09:30 UTC\n  notified-ca-individuals: not required, nobody there\n",
                "Export in a public bucket",
            ),
        )
        .file("none.md", of("  discovered: 2026-01-10\n  conclusion: low-probability\n", "Fax to a clinic"))
        .file("drill.md", of("  discovered: 2025-06-01\n", "Exercise").replace("kind: incident", "kind: drill"))
}

#[test]
fn lists_what_is_still_to_be_given_first() {
    insta::assert_snapshot!(sandbox().run(["notices"]), @r"
    due                                               who is told                    rule
    2025-12-31 !          15 days overdue             affected individuals           HIPAA, 45 CFR 164.404(b)
                Letters to the wrong member
                late.md
    2026-03-01            in 45 days                  HHS Secretary                  HIPAA, 45 CFR 164.408(c)
                Letters to the wrong member
                late.md
    2026-01-13 14:00 UTC  given 2026-01-12 09:30 UTC  supervisory authority          GDPR, Art. 33(1)
                Export in a public bucket
                told.md
    2026-02-09            not required, nobody there  affected California residents  California, Civ. Code 1798.82 (SB 446) ?
                Export in a public bucket
                told.md
    2026-03-11            low-probability             affected individuals           HIPAA, 45 CFR 164.404(b)
                Fax to a clinic
                none.md
    --- stderr
    5 notices are asked for: 1 overdue (!), 1 still to be given in time.
    ? marks a rule that was not compared with its text: ask counsel.
    --- exit 0
    ");
    insta::assert_snapshot!(sandbox().run(["notices", "--within", "30", "--fail-on", "overdue"]), @r"
    due                            who is told           rule
    2025-12-31 !  15 days overdue  affected individuals  HIPAA, 45 CFR 164.404(b)
                Letters to the wrong member
                late.md
    --- stderr
    5 notices are asked for: 1 overdue (!), 1 still to be given in time.
    --- exit 1
    ");
    assert_eq!(sandbox().run(["notices", "--open"]).code, 0);
    assert_eq!(Sandbox::new().file("a.md", "# A\n").run(["notices"]).code, 1);
}

#[test]
fn programs_get_json_and_csv() {
    let sandbox = sandbox();
    let value = sandbox.run(["notices", "--format", "json"]).json();
    assert_eq!((&value["total"], &value["open"], &value["overdue"]), (&5.into(), &1.into(), &1.into()), "{value}");
    let given = &value["notices"][2];
    assert_eq!((&given["due"], &given["state"]), (&"2026-01-13 14:00 UTC".into(), &"given".into()), "{value}");
    let csv = sandbox.run(["notices", "--overdue", "--format", "csv"]).stdout;
    let row = "notified-individuals,discovery,2025-11-01,2025-12-31,,,overdue,15";
    assert!(csv.lines().nth(1).is_some_and(|line| line.ends_with(row)), "{csv}");
    assert_eq!(csv.lines().count(), 2, "{csv}");
}

#[test]
fn a_record_without_a_day_that_can_be_read_is_told() {
    let text = "---\nkind: incident\nbreach-assessment:\n  discovered: last Monday\n---\n# Letters\n";
    let run = Sandbox::new().file("a.md", text).run(["notices", "--fail-on", "overdue"]);
    assert!(run.code == 1 && run.stderr.contains("No clock runs for a.md: `discovered` is no day"), "{run}");
}
