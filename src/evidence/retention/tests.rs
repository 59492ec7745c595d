use super::*;
use crate::evidence::record::tests::{document, records};
use crate::model::Milestone;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn only(front_matter: &str, committed: Option<&str>, at: &str) -> RetentionRow {
    let document = document("a.md", front_matter);
    rows(&records(&[document]), &|_| committed.map(day), day(at)).remove(0)
}

fn stated(created: &str, period: &str) -> String {
    format!("created: {created}\ncompliance:\n  soc2:\n    retention-period: {period}\n")
}

#[test]
fn the_vectors_hold() {
    const VECTORS: &str = include_str!("../../compliance/data/date-vectors.tsv");
    let mut tried = 0;
    for line in VECTORS.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind @ ("retention" | "disposal-eligible"), anchor, period, _, expected, ..] = cells[..] else {
            continue;
        };
        let row = only(&stated(anchor, period), None, "2026-01-01");
        let found = if kind == "retention" { row.until } else { row.disposal_from };
        assert_eq!(found, Some(day(expected)), "{line}");
        tried += 1;
    }
    assert_eq!(tried, 10);
}

#[test]
fn the_last_day_itself_is_kept() {
    let on = |at| only(&stated("2019-01-10", "7-years"), None, at);
    assert_eq!((on("2026-01-10").state, on("2026-01-10").eligible), (RetentionState::Kept, false));
    assert_eq!((on("2026-01-11").state, on("2026-01-11").eligible), (RetentionState::Past, true));
}

#[test]
fn the_longest_period_decides_and_the_latest_day_is_counted_from() {
    let block = "created: 2020-01-10\nupdated: 2020-05-01\nclosed: 2020-06-01\ncompliance:\n  soc2:\n    \
                 retention-period: 3-years\n  hipaa:\n    retention-period: 7-years\n  pci:\n    retention-period: P1Y\n";
    let row = only(block, Some("2020-03-01"), "2026-01-01");
    assert_eq!((row.period.as_deref(), row.framework.as_deref()), (Some("7-years"), Some("hipaa")));
    assert_eq!(row.from, Some(Anchor { what: Milestone::Closed, day: day("2020-06-01") }));
    assert_eq!((row.until, row.floor), (Some(day("2027-06-01")), None));
    let row = only(block, Some("2021-03-01"), "2026-01-01");
    assert_eq!(row.from, Some(Anchor { what: Milestone::LastCommit, day: day("2021-03-01") }));
}

#[test]
fn the_law_holds_where_less_is_stated() {
    let block = "created: 2019-06-30\ncompliance:\n  hipaa:\n    retention-period: 3-years\n";
    let row = only(block, None, "2024-01-01");
    assert_eq!((row.until, row.state, row.eligible), (Some(day("2025-06-30")), RetentionState::Kept, false));
    let floor = row.floor.unwrap();
    assert_eq!((floor.years, floor.citation, floor.until), (6, "45 CFR 164.316(b)(2)(i)", Some(day("2025-06-30"))));
    let cited = "created: 2019-06-30\ncompliance:\n  hipaa:\n    controls: ['164.312(b)']\n";
    let row = only(cited, None, "2024-01-01");
    assert_eq!((row.state, row.until), (RetentionState::Unstated, None));
    assert_eq!(row.floor.and_then(|it| it.until), Some(day("2025-06-30")));
}

#[test]
fn the_record_of_a_breach_has_the_years_of_the_law_and_a_longer_period_wins() {
    let record = |more: &str| {
        let block =
            format!("kind: incident\ncreated: 2019-06-30\nbreach-assessment:\n  discovered: 2019-06-30\n{more}");
        let row = only(&block, None, "2024-01-01");
        (row.period, row.framework, row.until, row.state, row.floor.map(|it| it.citation))
    };
    let text = |text: &str| Some(text.to_owned());
    let kept = RetentionState::Kept;
    assert_eq!(record(""), (text("6-years"), text("hipaa"), Some(day("2025-06-30")), kept, None));
    let longer = record("retention-period: 10-years\n");
    assert_eq!(longer, (text("10-years"), text(""), Some(day("2029-06-30")), kept, None));
    let (period, _, until, _, law) = record("retention-period: 1-year\n");
    assert_eq!((period, until, law), (text("1-year"), Some(day("2025-06-30")), Some("45 CFR 164.530(j)(2)")));
    assert_eq!(record("  regimes: [GDPR]\n").3, RetentionState::Unstated);
}

#[test]
fn a_hold_suspends_disposal_of_every_document_of_the_incident() {
    let held = format!("{}legal-hold: LH-2026-01\n", stated("2010-01-10", "7-years"));
    let documents = [
        document("a/report.md", &held),
        document("a/plan.md", &stated("2010-01-10", "7-years").replace("created", "kind: fix-plan\ncreated")),
        document("b.md", &stated("2010-01-10", "7-years")),
    ];
    let mut records = records(&documents);
    records[1].incident = "a/report.md";
    let found = rows(&records, &|_| None, day("2026-01-01"));
    let shown: Vec<(&str, RetentionState, bool)> =
        found.iter().map(|it| (it.document.path.as_str(), it.state, it.eligible)).collect();
    let past = RetentionState::Past;
    assert_eq!(shown, [("a/plan.md", past, false), ("a/report.md", past, false), ("b.md", past, true)]);
    let hold = found[0].hold.as_ref().unwrap();
    assert_eq!((hold.shown(), hold.path.as_str(), hold.line), ("LH-2026-01", "a/report.md", 7));
}

#[test]
fn holds_are_read_as_people_write_them_and_end_when_they_are_released() {
    let held = |text: &str| only(&format!("{}{text}\n", stated("2010-01-10", "7-years")), None, "2026-01-01").hold;
    let name = |text: &str| held(text).map(|it| it.name);
    for text in ["legal-hold: true", "legal_hold: yes", "  legal-hold: true", "litigation-hold: active"] {
        assert_eq!(name(text).as_deref(), Some(""), "{text}");
    }
    for text in ["legal-hold: LH-1", "  legal-hold: LH-1", "legal-hold:\n  id: LH-1\n  matter: Marlow"] {
        assert_eq!(name(text).as_deref(), Some("LH-1"), "{text}");
    }
    assert_eq!(name("legal-hold: [LH-1, LH-2]").as_deref(), Some("LH-1, LH-2"));
    assert_eq!(name("legal-hold: No. 12 against Marlow").as_deref(), Some("No. 12 against Marlow"));
    assert_eq!(name("legal-hold:\n  issued: 2026-01-01").as_deref(), Some(""));
    for text in ["legal-hold: false", "legal-hold:", "legal-hold: none", "legal-hold: released 2026-01-02"] {
        assert_eq!(held(text), None, "{text}");
    }
    assert_eq!(held("legal-hold:\n  id: LH-1\n  released: 2026-02-01"), None);
}

#[test]
fn what_gives_no_day_says_why() {
    let state = |text: &str| only(text, None, "2026-01-01").state;
    assert_eq!(state("created: 2020-01-01\n"), RetentionState::Unstated);
    assert_eq!(state("retention-period: 7-years\n"), RetentionState::Undated);
    assert_eq!(state("created: 2020-01-01\nretention-period: forever\n"), RetentionState::Forever);
    assert_eq!(state("created: 2020-01-01\nretention-period: a while\n"), RetentionState::Unreadable);
    assert_eq!(state("created: 2020-01-01\nretention_period: 7 years\n"), RetentionState::Kept);
}

#[test]
fn a_document_of_any_kind_that_says_how_it_is_kept_is_a_record() {
    let is_listed = |front_matter: &str| {
        let document = document("a.md", &format!("kind: other\n{front_matter}"));
        !rows(&records(&[document]), &|_| None, day("2026-01-01")).is_empty()
    };
    for says in ["retention-period: 1-year\n", "legal-hold: LH-7\n", "compliance:\n  soc2:\n    controls: [CC7.4]\n"] {
        assert!(is_listed(says), "{says}");
    }
    assert!(!is_listed("") && !is_listed("classification: internal\nlast-reviewed: 2025-01-01\n"));
}
