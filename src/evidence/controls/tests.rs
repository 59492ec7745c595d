use super::*;
use crate::evidence::record::tests::{document, records};

fn cites(path: &str, date: &str, controls: &str) -> Document {
    document(path, &format!("date: {date}\ncompliance:\n{controls}"))
}

#[test]
fn portions_add_up_to_the_whole() {
    let documents = [
        cites("b.md", "2026-03-02", "  soc2:\n    controls: [CC7.4, CC99.1]\n"),
        cites("a.md", "2026-03-02", "  soc2:\n    controls: [CC7.4, CC7.3]\n  iso27001:\n    controls: [A.12.1.1]\n"),
        cites("c.md", "2025-01-02", "  soc2:\n    controls: [CC99.1, CC98.1]\n"),
    ];
    let records = records(&documents);
    let mut sum = Coverage::default();
    records.iter().for_each(|record| sum.merge(coverage(&[*record])));
    assert_eq!(sum, coverage(&records));
    assert_eq!(sum.faults.len(), 3);
    assert_eq!(Coverage::default().completed(), coverage(&[]));
}

#[test]
fn a_control_is_counted_once_a_document_and_once_an_incident_however_it_is_written() {
    let documents = [
        cites("a.md", "2026-01-02", "  soc2:\n    controls: [CC7.4, 'SOC 2 CC 7.4', cc7.4]\n"),
        cites("a/plan.md", "2026-01-02", "  soc2:\n    controls: CC7.4\n"),
        cites("b.md", "2026-03-02", "  hipaa:\n    controls: ['164.308.a.6.ii']\n  soc2:\n    controls: [CC7.4]\n"),
    ];
    let mut records = records(&documents);
    records[1].incident = "a.md";
    let found = coverage(&records);
    let of = |id: &str| found.controls.iter().find(|it| it.id == id).unwrap();
    assert_eq!((of("CC7.4").incidents, of("CC7.4").documents), (2, 3));
    assert_eq!(of("CC7.4").newest.as_ref().map(|it| it.path.as_str()), Some("b.md"));
    assert_eq!((of("164.308(a)(6)(ii)").documents, of("CC7.3").documents), (1, 0));
    assert_eq!(found.controls.len(), 61 + 122 + 93);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let meant = |it: &Lookup, _: &str| matches!(it, Lookup::Known { control, .. } if control.id == "CC7.4");
    let cited: Vec<(String, u32)> = citations(&records, meant).into_iter().map(|it| (it.written, it.line)).collect();
    assert_eq!(cited[0], ("CC7.4".to_owned(), 8));
    assert_eq!(cited.len(), 5);
}

#[test]
fn a_policy_cites_a_control_and_is_no_incident() {
    let policy = document("policy.md", "kind: other\ncompliance:\n  soc2:\n    controls: [CC7.4]\n");
    let found = coverage(&records(std::slice::from_ref(&policy)));
    let row = found.controls.iter().find(|it| it.id == "CC7.4").unwrap();
    assert_eq!((row.incidents, row.documents, &row.newest), (0, 1, &None));
}

#[test]
fn what_is_no_control_stands_apart_with_what_to_cite_instead() {
    let block = "  soc2:\n    controls: [CC8.2, CC7]\n  iso27001:\n    controls: [A.12.1.1]\n  pci:\n    controls: [10.5.1]\n  \
                 hipaa:\n    controls: ['164.316(b)(2)', '164.308', hipaa]\n";
    let documents = [cites("a.md", "2026-01-02", block), cites("b.md", "2026-01-02", block)];
    let found = coverage(&records(&documents));
    let shown: Vec<(Fault, &str, usize)> =
        found.faults.iter().map(|it| (it.fault, it.id.as_str(), it.places.len())).collect();
    let expected = [
        (Fault::Unknown, "CC8.2", 2),
        (Fault::Superseded, "A.12.1.1", 2),
        (Fault::TooBroad, "164.308", 2),
        (Fault::TooBroad, "hipaa", 2),
        (Fault::TooBroad, "CC7", 2),
        (Fault::Paragraphs, "164.316(b)(2)", 2),
        (Fault::Unchecked, "10.5.1", 2),
    ];
    assert_eq!(shown, expected);
    assert_eq!((&found.faults[0].instead, &found.faults[1].instead), (&vec!["CC8.1"], &vec!["A.5.37"]));
    assert!(found.controls.iter().all(|it| it.documents == 0));
    let csv = fault_table(&found.faults).csv();
    assert!(csv.contains("superseded,iso27001,A.12.1.1,A.5.37,a.md,"), "{csv}");
}
