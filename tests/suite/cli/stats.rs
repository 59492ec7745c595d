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
    assert_eq!(sandbox.run(["stats", "2024"]).code, 1);
    assert_eq!(sandbox.run(["stats", "yesterday"]).code, 2);
}
