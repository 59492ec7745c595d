//! `ris controls`.

use crate::support::Sandbox;

fn report(id: &str, date: &str, block: &str) -> String {
    format!(
        "---\nid: {id}\nkind: incident\ndate: {date}\ncompliance:\n{block}---\n# {id}: queue stuck\n\nIt was stuck.\n"
    )
}

fn sandbox() -> Sandbox {
    let soc2 = "  soc2:\n    controls: [CC7.4, CC8.2]\n";
    let hipaa = "  hipaa:\n    controls: ['164.308.a.6.ii']\n  iso27001:\n    controls: [A.12.1.1]\n";
    Sandbox::new()
        .file("a.md", report("INC-1", "2025-06-01", &format!("{soc2}{hipaa}")))
        .file("b.md", report("INC-2", "2025-12-17", "  soc2:\n    controls: CC7.4\n"))
        .file(
            "ris.md",
            "---\nkind: resolution\nincident: INC-2\ncompliance:\n  soc2:\n    controls: [SOC 2 CC7.4]\n---\n# How\n",
        )
        .file("plain.md", "# Outage\n\n**Date:** 2025-12-18\n\n## Root cause\n\nA disk.\n")
}

#[test]
fn lists_what_is_cited_and_what_is_no_control() {
    insta::assert_snapshot!(sandbox().run(["controls"]), @r"
    HIPAA
    control            title                  incidents  documents  newest
    164.308(a)(6)(ii)  Response and                   1          1  2025-06-01 INC-1
                       reporting

    SOC 2
    control  title              incidents  documents  newest
    CC7.4    Incident response          2          3  2025-12-17 INC-2

    Invalid citations
                cited     under     instead         where
    unknown     CC8.2     soc2      nearest: CC8.1  a.md:7
    superseded  A.12.1.1  iso27001  now A.5.37      a.md:11
    --- stderr
    2 of 276 controls are cited. 2 citations are invalid.
    --- exit 0
    ");
}

#[test]
fn shows_every_place_of_a_control_however_it_is_written() {
    insta::assert_snapshot!(sandbox().run(["controls", "tsc cc7.4"]), @r"
    CC7.4  Incident response
    SOC 2, Security

    2025-12-17  INC-2: queue stuck  incident
                b.md:7
    2025-12-17  How  resolution
                ris.md:6  as SOC 2 CC7.4
    2025-06-01  INC-1: queue stuck  incident
                a.md:7
    --- stderr
    Cited in 3 places, by documents of 2 incidents.
    --- exit 0
    ");
    insta::assert_snapshot!(sandbox().run(["controls", "A.12.1.1"]), @r"
    A.12.1.1
    ISO/IEC 27001:2013, replaced by A.5.37 (Written operating procedures)

    2025-06-01  INC-1: queue stuck  incident
                a.md:11
    --- stderr
    Cited in 1 place, by documents of 1 incident.
    --- exit 0
    ");
}

#[test]
fn a_period_and_a_family_narrow_it_down() {
    insta::assert_snapshot!(sandbox().run(["controls", "CC7", "--all", "--after", "2025-07"]), @r"
    SOC 2
    control  title                            incidents  documents  newest
    CC7.1    Vulnerability and configuration
             detection
    CC7.2    Anomaly monitoring
    CC7.3    Security event evaluation
    CC7.4    Incident response                        1          2  2025-12-17 INC-2
    CC7.5    Incident recovery
    --- stderr
    1 of 5 controls are cited by documents of incidents of this period.
    --- exit 0
    ");
}

#[test]
fn what_no_catalogue_has_is_told_with_the_nearest() {
    insta::assert_snapshot!(sandbox().run(["controls", "CC7.9"]), @r"
    --- stderr
    error: there is no control `CC7.9`, and no document cites one
    hint: the nearest is `CC7.1` (Vulnerability and configuration detection)
    --- exit 2
    ");
    assert_eq!(sandbox().run(["controls", "CC1.1"]).code, 1);
    assert_eq!(sandbox().run(["controls", "CC8.2"]).code, 0, "a document cites it");
}

#[test]
fn programs_get_json_and_csv() {
    let sandbox = sandbox();
    let value = sandbox.run(["controls", "--format", "json"]).json();
    assert_eq!((&value["schema"], &value["total"], &value["cited"]), (&1.into(), &276.into(), &2.into()));
    assert_eq!(value["controls"][0]["id"], "164.308(a)(6)(ii)");
    assert_eq!((&value["invalid"][0]["id"], &value["invalid"][0]["instead"][0]), (&"CC8.2".into(), &"CC8.1".into()));
    let csv = sandbox.run(["controls", "soc2", "--all", "--format", "csv"]).stdout;
    assert_eq!(csv.lines().count(), 62);
    assert!(csv.contains("soc2,CC7.4,Incident response,2,3,2025-12-17,b.md"), "{csv}");
    let value = sandbox.run(["controls", "CC7.4", "--format", "json"]).json();
    assert_eq!(value["citations"].as_array().map(Vec::len), Some(3));
    assert_eq!(sandbox.run(["list", "--format", "csv"]).code, 2);
}

#[test]
fn searches_find_a_control_in_any_way_of_writing() {
    let sandbox = sandbox();
    for query in ["control:164.308(a)(6)(ii)", "control:164.308.a.6.ii", "control:\"45 CFR 164.308(a)(6)(ii)\""] {
        assert_eq!(sandbox.run(["search", query, "--format", "json"]).json()["total"], 1, "{query}");
    }
    assert_eq!(sandbox.run(["list", "--control", "cc7.4", "--format", "json"]).json()["total"], 3);
    assert_eq!(sandbox.run(["search", "has:compliance", "--format", "json"]).json()["total"], 3);
}
