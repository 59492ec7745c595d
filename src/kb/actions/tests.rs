use chrono::{TimeZone, Utc};
use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::kb::OpenOptions;

const POSTMORTEM: &str = "---\nkind: incident\nid: INC-1\ndate: 2026-01-02\nseverity: high\n---\n# Queue stuck\n\n## Action items\n\n\
- [ ] Bound the queue (Owner: @dana, Due: 2026-02-01)\n\
- [x] Restart the worker (Owner: Dana)\n\
- [ ] Alert on length (Owner: li, Due: 2026-03-05)\n\
- [ ] Write it down\n- [ ] Buy another queue (Owner: li, Due: 2026-02-02). Won't do.\n";
const PLAN: &str =
    "---\nkind: fix-plan\nincident: INC-1\n---\n# Plan\n\n## Action items\n\n- [ ] Plan ahead (Owner: dana)\n";
const OLD: &str = "---\nkind: incident\nid: INC-0\ndate: 2024-01-02\nseverity: critical\n---\n# Old\n\n## Action items\n\n\
- [ ] Still open (Owner: Li Wong, Due: 2024-02-01)\n";

/// As of 1 March 2026.
fn kb() -> (TempDir, KnowledgeBase) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("a.md", POSTMORTEM), ("plan.md", PLAN), ("old.md", OLD)] {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let clock = Clock::Fixed(Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap());
    let root = Some(folder.path().to_owned());
    let kb = KnowledgeBase::open(&OpenOptions { root, current_dir: folder.path().to_owned(), clock }).unwrap();
    kb.sync(&|_| {}).unwrap();
    (folder, kb)
}

fn ask(kb: &KnowledgeBase, filter: ActionFilter) -> Vec<String> {
    let request = ActionRequest { filter, limit: 100, ..ActionRequest::default() };
    kb.action_items(&request).unwrap().items.into_iter().map(|item| item.text).collect()
}

fn open() -> ActionFilter {
    ActionFilter { state: Some(ActionState::Open), ..ActionFilter::default() }
}

#[test]
fn items_of_all_documents_come_by_due_date_with_their_line() {
    let (_folder, kb) = kb();
    let all = kb.action_items(&ActionRequest { filter: open(), limit: 3, ..ActionRequest::default() }).unwrap();
    let shown: Vec<_> = all.items.iter().map(|it| (it.path.as_str(), it.line, it.text.as_str(), it.overdue)).collect();
    let expected = [
        ("old.md", 11, "Still open", true),
        ("a.md", 11, "Bound the queue", true),
        ("a.md", 13, "Alert on length", false),
    ];
    assert_eq!(shown, expected);
    assert_eq!((all.total, all.items[1].owner.as_deref(), all.items[1].age_days), (5, Some("@dana"), Some(58)));
    let totals = ActionTotals { open: 5, overdue: 2, unowned: 1, undated: 2, done: 1, cancelled: 1 };
    assert_eq!(all.totals, totals);
}

#[test]
fn filters_narrow() {
    let (_folder, kb) = kb();
    let owner = |name: &str| Some(OwnerFilter::Named(name.to_owned()));
    assert_eq!(ask(&kb, ActionFilter { owner: owner("LI"), ..open() }), ["Still open", "Alert on length"]);
    assert_eq!(ask(&kb, ActionFilter { owner: owner("li wong"), ..open() }), ["Still open"]);
    assert_eq!(ask(&kb, ActionFilter { owner: Some(OwnerFilter::Nobody), ..open() }), ["Write it down"]);
    assert_eq!(ask(&kb, ActionFilter { state: Some(ActionState::Done), ..open() }), ["Restart the worker"]);
    let cancelled = ActionFilter { state: Some(ActionState::Cancelled), ..open() };
    assert_eq!(ask(&kb, cancelled), ["Buy another queue"]);
    assert_eq!(ask(&kb, ActionFilter { state: None, ..open() }).len(), 7);
    assert_eq!(ask(&kb, ActionFilter { severities: vec![Some(Severity::Critical)], ..open() }), ["Still open"]);
    assert_eq!(ask(&kb, ActionFilter { min_age: Some(365), ..open() }), ["Still open"]);
    assert_eq!(ask(&kb, ActionFilter { max_age: Some(57), ..open() }).len(), 0);
    assert_eq!(ask(&kb, ActionFilter { query: "kind:fix-plan".into(), ..open() }), ["Plan ahead"]);
    assert_eq!(ask(&kb, ActionFilter { classes: vec![ActionClass::Checklist], ..open() }).len(), 0);
}

#[test]
fn a_plan_has_the_severity_and_age_of_its_incident() {
    let (_folder, kb) = kb();
    let request = ActionRequest {
        filter: ActionFilter { query: "kind:fix-plan".into(), ..ActionFilter::default() },
        limit: 10,
        ..ActionRequest::default()
    };
    let item = kb.action_items(&request).unwrap().items.remove(0);
    assert_eq!((item.severity, item.age_days), (Some(Severity::High), Some(58)));
}

#[test]
fn groups_count_all_their_items_not_only_those_of_the_page() {
    let (_folder, kb) = kb();
    let groups = |group, limit| {
        let request = ActionRequest { filter: open(), group: Some(group), limit, ..ActionRequest::default() };
        let all = kb.action_items(&request).unwrap();
        let view = |it: &ActionGroup| format!("{} {}/{}", it.name, it.overdue, it.items);
        all.groups.iter().map(view).collect::<Vec<_>>()
    };
    let owners = groups(ActionGrouping::Owner, 100);
    assert_eq!((owners.len(), owners[0].as_str(), owners[3].as_str()), (4, "Dana 1/2", " 0/1"), "{owners:?}");
    assert_eq!(groups(ActionGrouping::Owner, 1), ["Dana 1/2"]);
    assert_eq!(groups(ActionGrouping::Incident, 100), ["Queue stuck 1/4", "Old 1/1"]);
    assert_eq!(groups(ActionGrouping::Due, 100), ["Overdue 2/2", "Within 7 days 0/1", "No date 0/2"]);
}
