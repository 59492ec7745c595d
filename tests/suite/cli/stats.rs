//! `ris stats`: incidents counted by time, severity and cause.

use crate::support::Sandbox;

const ONE: &str = "---\nid: INC-1\ndate: 2026-01-05\nseverity: high\nservices: [pool]\ncategories: [disk-full]\n---\n# Pool empty\n\n\
                   **Duration:** 90 minutes\n\n## Action items\n\n- [ ] Add an alert\n- [x] Raise the limit\n";

#[test]
fn incidents_are_counted() {
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("one.md", ONE)
        .file("two.md", ONE.replace("INC-1", "INC-2").replace("2026-01", "2025-12").replace("high", "low"));
    insta::assert_snapshot!(sandbox.run(["stats"]), @"
    2 incidents  in 2 documents; 0 without a day

    began    high  low  all
    2025-12          1    1
    2026-01     1         1

    time to  median      incidents  stated  without
    total    1 h 30 min          2       2        0

    cause      incidents
    disk-full          2

    service  incidents
    pool             2

    action items of  done  open
    2025-12             1     1
    2026-01             1     1
    --- exit 0
    ");
    let half = sandbox.run(["stats", "2026-H1", "--format", "json"]);
    assert_eq!(half.json()["insights"]["incidents"], 1, "{half}");
    let causes: String = (1..=10).map(|at| format!("cause-{at:02}, ")).collect();
    let many = sandbox.file(
        "many.md",
        format!("---\nid: INC-3\nkind: incident\ndate: 2023-05-05\ncategories: [{causes}]\n---\n# Many\n"),
    );
    assert!(many.run(["stats", "2023"]).stdout.contains("2 more"), "{}", many.run(["stats", "2023"]));
    let all = many.run(["stats", "2023", "--all"]);
    assert!(all.stdout.contains("cause-10") && !all.stdout.contains("more"), "{all}");
    let sandbox = many;
    assert_eq!(sandbox.run(["stats", "2024"]).code, 1);
    assert_eq!(sandbox.run(["stats", "yesterday"]).code, 2);
}
