use std::path::Path;

use chrono::{TimeZone, Utc};
use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::kb::{InsightsRequest, OpenOptions};

/// A knowledge base of these files, as of 1 March 2026.
fn kb(files: &[(&str, &str)]) -> (TempDir, KnowledgeBase) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let kb = open(folder.path());
    kb.sync(&|_| {}).unwrap();
    (folder, kb)
}

fn open(root: &Path) -> KnowledgeBase {
    let clock = Clock::Fixed(Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap());
    KnowledgeBase::open(&OpenOptions { root: Some(root.to_owned()), current_dir: root.to_owned(), clock }).unwrap()
}

fn request() -> IncidentRequest {
    let filter = IncidentFilter::default();
    IncidentRequest { filter, sort: IncidentSort::Date, descending: true, offset: 0, limit: 100 }
}

/// Paths of every incident, its own document first.
fn listed(kb: &KnowledgeBase, request: &IncidentRequest) -> Vec<String> {
    let all = kb.incidents(request).unwrap();
    let paths = |it: &Incident| {
        std::iter::once(it.document.path.clone())
            .chain(it.parts.iter().map(|part| part.path.clone()))
            .collect::<Vec<_>>()
    };
    all.items.iter().map(|it| paths(it).join(" + ")).collect()
}

fn report(kind: &str, id: &str, date: &str, rest: &str) -> String {
    format!("---\nkind: {kind}\nid: {id}\ndate: {date}\nseverity: high\n---\n# Report {id}\n\n{rest}\n")
}

#[test]
fn documents_of_one_incident_count_once() {
    let (_folder, kb) = kb(&[
        ("a/postmortem.md", &report("incident", "INC-1", "2026-01-02", "See [the plan](fix-plan.md).")),
        ("a/fix-plan.md", "---\nkind: fix-plan\n---\n# Plan\n\n- [ ] Do it\n"),
        ("b/rca.md", &report("rca", "INC-1", "2026-01-02", "Text.")),
        ("c/ris.md", "---\nkind: resolution\nincident: INC-1\ndate: 2026-01-04\n---\n# How\n"),
        ("d.md", &report("incident", "INC-2", "2026-01-03", "Text.")),
    ]);
    assert_eq!(listed(&kb, &request()), ["d.md", "a/postmortem.md + b/rca.md + c/ris.md + a/fix-plan.md"]);
    let insights = kb.insights(&InsightsRequest { period: Period::default(), dots: 10 }).unwrap();
    assert_eq!((insights.incidents, insights.documents, insights.left_out), (2, 5, 0));
}

#[test]
fn an_id_given_twice_and_a_link_to_another_incident_join_nothing() {
    let (_folder, kb) = kb(&[
        ("a.md", &report("incident", "INC-1", "2026-01-02", "Like [another](b.md).")),
        ("b.md", &report("incident", "INC-1", "2026-01-03", "Text.")),
        ("c.md", &report("resolution", "RIS-1", "2025-01-03", "Like [another](b.md).")),
    ]);
    assert_eq!(listed(&kb, &request()), ["b.md", "a.md", "c.md"]);
}

#[test]
fn the_page_of_a_document_joins_what_the_lists_join() {
    let (_folder, kb) = kb(&[
        ("a/one.md", &report("incident", "INC-1", "2026-01-02", "See [the plan](plan.md).")),
        ("a/plan.md", &report("fix-plan", "PLAN-1", "2026-01-10", "Text.")),
        ("a/late.md", &report("fix-plan", "PLAN-2", "2026-02-10", "For [it](one.md).")),
        ("b/two.md", &report("incident", "INC-1", "2026-01-03", "Text.")),
        ("c/three.md", &report("incident", "INC-3", "2026-01-03", "Text.")),
        ("c/rca.md", &report("rca", "INC-3", "2026-01-03", "Text.")),
    ]);
    assert_eq!(listed(&kb, &request()), ["c/three.md + c/rca.md", "b/two.md", "a/one.md + a/plan.md"]);
    let siblings = |path: &str| -> Vec<String> {
        kb.same_incident(path).unwrap().into_iter().map(|it| it.document.path).collect()
    };
    assert_eq!(siblings("a/one.md"), ["a/plan.md"]);
    assert_eq!(siblings("a/plan.md"), ["a/one.md"]);
    assert!(siblings("a/late.md").is_empty() && siblings("b/two.md").is_empty());
    assert_eq!(siblings("c/rca.md"), ["c/three.md"]);
}

#[test]
fn only_incidents_are_counted_as_incidents() {
    let (_folder, kb) = kb(&[
        ("a.md", &report("incident", "INC-1", "2026-01-02", "Text.")),
        ("drill.md", &report("drill", "D-1", "2026-01-02", "Text.")),
        ("near.md", &report("near-miss", "N-1", "2026-01-02", "Text.")),
        ("plan.md", &report("fix-plan", "P-1", "2026-01-02", "Text.")),
        ("policy.md", &report("other", "INC-1", "2026-01-02", "See [one](a.md).")),
    ]);
    assert_eq!(listed(&kb, &request()), ["a.md"]);
    let of = |scope| IncidentRequest { filter: IncidentFilter { scope, ..IncidentFilter::default() }, ..request() };
    assert_eq!(listed(&kb, &of(Scope::Drills)), ["drill.md"]);
    assert_eq!(listed(&kb, &of(Scope::NearMisses)), ["near.md"]);
    let insights = kb.insights(&InsightsRequest { period: Period::default(), dots: 10 }).unwrap();
    assert_eq!((insights.incidents, insights.left_out), (1, 4));
}

#[test]
fn what_is_no_incident_is_counted_by_its_own_day() {
    let (_folder, kb) = kb(&[
        ("a.md", &report("incident", "INC-1", "2026-01-05", "Text.")),
        ("rca.md", "---\nkind: rca\nincident: INC-1\n---\n# Why\n"),
        ("plan.md", "---\nkind: fix-plan\nincident: INC-1\ndate: 2025-12-01\n---\n# Plan\n"),
        ("drill.md", &report("drill", "D-1", "2026-02-01", "Text.")),
        ("early.md", &report("drill", "D-2", "2025-02-01", "Text.")),
        ("near.md", &report("near-miss", "N-1", "2026-02-02", "Text.")),
    ]);
    let day = |text: &str| Some(text.parse().unwrap());
    let period = Period { from: day("2026-01-01"), to: day("2026-12-31") };
    let insights = kb.insights(&InsightsRequest { period, dots: 10 }).unwrap();
    assert_eq!((insights.incidents, insights.documents, insights.left_out), (1, 3, 2));
}

#[test]
fn what_lacks_the_value_comes_last_in_both_directions() {
    let (_folder, kb) = kb(&[
        ("a.md", "# Outage a\n\n**Date:** 2026-01-01\n**Severity:** low\n\n## Root cause\n\nX.\n"),
        ("b.md", "# Outage b\n\n**Date:** 2026-01-02\n**Severity:** critical\n\n## Root cause\n\nX.\n"),
        ("c.md", "# Outage c\n\n**Date:** 2026-01-03\n\n## Root cause\n\nX.\n"),
    ]);
    let by = |descending| IncidentRequest { sort: IncidentSort::Severity, descending, ..request() };
    assert_eq!(listed(&kb, &by(false)), ["b.md", "a.md", "c.md"]);
    assert_eq!(listed(&kb, &by(true)), ["a.md", "b.md", "c.md"]);
    let page = IncidentRequest { offset: 1, limit: 1, ..by(false) };
    assert_eq!(listed(&kb, &page), ["a.md"]);
    assert_eq!(kb.incidents(&page).unwrap().total, 3);
}

#[test]
fn what_is_only_mitigated_has_no_time_to_resolve() {
    let timeline = "## Timeline (UTC)\n\n- 10:00 first failure\n- 10:05 detected\n- 11:05 resolved\n";
    let text =
        |status: &str| format!("---\nkind: incident\ndate: 2026-01-05\nstatus: {status}\n---\n# T\n\n{timeline}");
    for (status, minutes) in [("mitigated", None), ("closed", Some(60))] {
        let (_folder, kb) = kb(&[("a.md", &text(status))]);
        let incident = kb.incidents(&request()).unwrap().items.remove(0);
        assert_eq!(incident.resolve.map(|it| it.minutes), minutes, "{status}");
    }
}

#[test]
fn a_part_is_no_longer_than_the_whole_that_is_stated() {
    let timeline = "## Timeline\n\n- 09:00 outage starts\n- 09:05 detected by an alert\n- 11:20 resolved\n";
    let stated = |total: &str| report("incident", "INC-1", "2026-01-10", &format!("{total}\n\n{timeline}"));
    let resolve = |text: &str| {
        let (_folder, kb) = kb(&[("a.md", text)]);
        kb.incidents(&request()).unwrap().items[0].resolve.map(|it| it.minutes)
    };
    assert_eq!(resolve(&stated("")), Some(135));
    assert_eq!(resolve(&stated("**Duration:** 2 h 20 min")), Some(135));
    assert_eq!(resolve(&stated("**Duration:** 30 minutes")), None);
}

#[test]
fn filters_narrow_and_their_values_widen() {
    let (_folder, kb) = kb(&[
        (
            "a.md",
            "# Outage a\n\n**Date:** 2026-01-01\n**Severity:** low\n**Services:** Queue\n\n## Root cause\n\nRedis.\n",
        ),
        (
            "b.md",
            "# Outage b\n\n**Date:** 2026-02-02\n**Severity:** critical\n\n## Root cause\n\nRedis.\n\n## Action items\n\n- [ ] Do it\n",
        ),
        ("c.md", "# Outage c\n\n## Root cause\n\nX.\n"),
    ]);
    let with = |filter| IncidentRequest { filter, ..request() };
    let none = IncidentFilter::default();
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let february = Period { from: day("2026-02-01"), to: day("2026-02-28") };
    assert_eq!(
        listed(&kb, &with(IncidentFilter { severities: vec![Some(Severity::Critical), None], ..none.clone() })),
        ["b.md", "c.md"]
    );
    assert_eq!(listed(&kb, &with(IncidentFilter { service: Some("queue".into()), ..none.clone() })), ["a.md"]);
    assert_eq!(listed(&kb, &with(IncidentFilter { period: february, ..none.clone() })), ["b.md"]);
    assert_eq!(listed(&kb, &with(IncidentFilter { open_actions: true, ..none.clone() })), ["b.md"]);
    assert_eq!(listed(&kb, &with(IncidentFilter { query: "redis severity:low".into(), ..none.clone() })), ["a.md"]);
    assert!(kb.incidents(&with(IncidentFilter { query: "severity:lo(".into(), ..none })).is_err());
}

#[test]
fn reviews_and_unexplained_incidents_ask_for_attention() {
    let (_folder, kb) = kb(&[
        ("late.md", "# Late\n\n**Next review:** 2026-02-01\n\n## Root cause\n\nX.\n"),
        ("soon.md", "# Soon\n\n**Next review:** 2026-03-20\n\n## Root cause\n\nX.\n"),
        ("far.md", "# Far\n\n**Next review:** 2027-03-20\n\n## Root cause\n\nX.\n"),
        ("bare.md", "---\nkind: incident\nstatus: resolved\n---\n# Bare\n"),
        ("half/rca.md", "---\nkind: rca\nid: INC-9\nstatus: closed\n---\n# Half\n\n## Root cause\n\nX.\n"),
        ("half/ris.md", "---\nkind: resolution\nincident: INC-9\n---\n# Fix\n\n## Resolution\n\nY.\n"),
    ]);
    let needs = kb.needs_review(10).unwrap();
    let due: Vec<_> = needs.due.iter().map(|it| (it.document.path.as_str(), it.overdue)).collect();
    assert_eq!(due, [("late.md", true), ("soon.md", false)]);
    let bare: Vec<_> =
        needs.unexplained.iter().map(|it| (it.document.path.as_str(), it.no_cause, it.no_resolution)).collect();
    assert_eq!(bare, [("bare.md", true, true)]);
    assert_eq!(kb.needs_review(1).unwrap().due_total, 2);
}

#[test]
fn a_page_and_a_list_agree_on_what_a_link_joins() {
    let plan = |id: &str, date: &str| format!("---\nkind: fix-plan\nid: {id}\ndate: {date}\n---\n# Plan\n");
    let incident = |date: &str| report("incident", "INC-1", date, "See [the plan](plan.md).");
    for (date, id, written, joined) in [
        // A month counts as its first day, whichever of the two it is of.
        ("2025-06", "P-2", "2025-06-20", false),
        ("2025-06-20", "P-2", "2025-06", false),
        ("2025-06", "P-2", "2025-06-15", true),
        ("2025-06-01", "inc-1", "2025-12-01", true),
    ] {
        let (_folder, kb) = kb(&[("x/report.md", &incident(date)), ("x/plan.md", &plan(id, written))]);
        for path in ["x/report.md", "x/plan.md"] {
            let siblings = kb.same_incident(path).unwrap();
            assert_eq!(!siblings.is_empty(), joined, "{path}: {date}, {id}, {written}");
        }
        assert_eq!(listed(&kb, &request())[0].contains('+'), joined, "{date}, {id}, {written}");
    }
}
