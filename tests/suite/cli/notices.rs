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
fn a_clock_of_hours_is_late_by_hours() {
    let record = "---\nkind: incident\nbreach-assessment:\n  discovered: 2026-01-11 17:00 UTC\n  regimes: [GDPR]\n---\n# Export\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", record);
    let run = sandbox.run(["notices"]);
    assert!(run.stdout.contains("2026-01-14 17:00 UTC !  19 hours overdue"), "{run}");
    let run = sandbox.run(["check", "--only", "notification-overdue"]);
    assert!(run.stdout.contains("was due by 2026-01-14 17:00 UTC, 19 hours ago, and none is recorded"), "{run}");
    sandbox.write("a.md", record.replace("01-11 17:00", "01-13 02:00"));
    assert!(sandbox.run(["notices"]).stdout.contains("2026-01-16 02:00 UTC  in 14 hours"), "tomorrow is not today");
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
    warning: A clock may be left out of told.md: `individuals` is not stated, on which notices hang: California Attorney General.
    --- exit 0
    ");
    insta::assert_snapshot!(sandbox().run(["notices", "--within", "30", "--fail-on", "overdue"]), @r"
    due                            who is told           rule
    2025-12-31 !  15 days overdue  affected individuals  HIPAA, 45 CFR 164.404(b)
                Letters to the wrong member
                late.md
    --- stderr
    5 notices are asked for: 1 overdue (!), 1 still to be given in time.
    warning: A clock may be left out of told.md: `individuals` is not stated, on which notices hang: California Attorney General.
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
    let row = "notified-individuals,discovery,2025-11-01,2025-12-31,,,overdue,15,";
    assert!(csv.lines().nth(1).is_some_and(|line| line.ends_with(row)), "{csv}");
    // The notice to an attorney general hangs on a number.
    assert!(
        csv.lines()
            .nth(2)
            .is_some_and(|line| line.starts_with("told.md,") && line.contains("`individuals` is not stated"))
    );
    assert_eq!(csv.lines().count(), 3, "{csv}");
}

#[test]
fn a_record_that_lacks_what_a_clock_hangs_on_is_told() {
    let of = |keys: &str| format!("---\nkind: incident\nbreach-assessment:\n  {keys}\n---\n# Letters\n");
    for (keys, told) in [
        ("discovered: last Monday", "`discovered` is no day that can be read: no clock runs"),
        ("discovered: 2026-01-10 14:00 XYZ", "`discovered` is no day that can be read: no clock runs"),
        ("individuals: 12", "`discovered` is not stated: no clock runs"),
        ("discovered: 2026-01-10\n  regimes: [GDRP]", "there are no clocks of `GDRP`"),
        ("discovered: 2026-01-10\n  regimes: GDPR; NIS3", "there are no clocks of `NIS3`"),
        ("discovered: 2026-01-10", "`individuals` is not stated, on which notices hang: HHS Secretary"),
        ("discovered: 2026-01-10\n  individuals: about 700", "`individuals` should be a number such as 1200"),
        (
            "discovered: 2026-01-10\n  individuals: 700",
            "`residents-of-one-state` is not stated, on which notices hang: prominent media outlets",
        ),
    ] {
        let run = Sandbox::new().file("a.md", of(keys)).run(["notices", "--fail-on", "overdue"]);
        assert!(run.code == 1 && run.stderr.contains(&format!("left out of a.md: {told}.")), "{keys}: {run}");
    }
    for keys in [
        "discovered: 2026-01-10\n  individuals: 12",
        "discovered: 2026-01-10\n  individuals: 700\n  residents-of-one-state: 12",
        "discovered: 2026-01-10\n  regimes: [GDPR]",
        "discovered: last Monday\n  conclusion: low-probability",
        "discovered: 2026-01-10\n  individuals: 700\n  notified-media: not required, 12 in each State",
    ] {
        let run = Sandbox::new().file("a.md", of(keys)).run(["notices"]);
        assert!(!run.stderr.contains("left out"), "{keys}: {run}");
    }
}

#[test]
fn clocks_of_hours_are_read_by_the_hour() {
    // It is noon (UTC) of 2026-01-15.
    let state = |keys: &str| {
        let text = format!("---\nkind: incident\nbreach-assessment:\n  regimes: [GDPR]\n  {keys}\n---\n# Letters\n");
        let value = Sandbox::new().file("a.md", text).run(["notices", "--format", "json"]).json();
        format!("{} {}", value["notices"][0]["state"].as_str().unwrap_or("-"), value["notices"][0]["days_late"])
    };
    for (keys, expected) in [
        ("discovered: 2026-01-12 12:01 UTC", "open 0"),
        ("discovered: 2026-01-12 11:59 UTC", "overdue 0"),
        ("discovered: 2026-01-12", "open 0"),
        // An hour after the discovery, of the day before where they were.
        ("discovered: 2026-01-10 02:00 UTC\n  notified-gdpr-authority: 2026-01-09 22:00 -05:00", "given -2"),
        // An hour late, of the day before.
        ("discovered: 2026-01-10 02:00 UTC\n  notified-gdpr-authority: 2026-01-12 10:00 pm EST", "late 0"),
        ("discovered: 2026-01-10 02:00 UTC\n  notified-gdpr-authority: 2026-01-09 20:00 -05:00", "overdue 2"),
    ] {
        assert_eq!(state(keys), expected, "{keys}");
    }
}

#[test]
fn what_law_enforcement_asks_for_after_the_last_day_cures_nothing() {
    let due = |asked: &str| {
        let keys = format!("  discovered: 2025-06-01\n  individuals: 12\n  law-enforcement-oral: {asked}\n");
        let text = format!("---\nkind: incident\nbreach-assessment:\n{keys}---\n# Letters\n");
        let value = Sandbox::new().file("a.md", text).run(["notices", "--format", "json"]).json();
        value["notices"][0]["due"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!([due("2025-07-20"), due("2025-09-01")], ["2025-08-19", "2025-07-31"]);
}
