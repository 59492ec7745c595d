//! What is read as work to do, as work done and as a fact of the incident, in forms met in documents of many hands, each
//! in words of our own.

use super::{ParseOptions, parse};
use crate::model::{Document, DurationKind, Kind, Severity, StatusState};

fn read(text: &str) -> Document {
    read_at("incidents/a.md", text)
}

fn read_at(path: &str, text: &str) -> Document {
    parse(path, text.as_bytes(), &ParseOptions::default()).document
}

/// Returns the action items and, of them, how many are done.
fn items(text: &str) -> (usize, usize) {
    let items = read(text).action_items;
    (items.len(), items.iter().filter(|item| item.done).count())
}

#[test]
fn what_was_done_is_no_action_item() {
    for (text, expected) in [
        ("# A\n\n## Actions taken\n\n- Restarted the pods\n- Raised the limit\n", (0, 0)),
        ("# A\n\n## Actions\n\n- Restart the pods nightly\n- Raise the limit\n", (2, 0)),
        ("# A\n\n## Acciones tomadas\n\n- Se reinició el servicio\n", (0, 0)),
        ("# A\n\n## Resolution\n\nText.\n\n### Immediate actions\n\n1. The pods were restarted\n", (0, 0)),
        ("# A\n\n## Resolution\n\nText.\n\n### Immediate actions\n\n1. Restart the pods\n2. Raise the limit\n", (2, 0)),
        ("# A\n\n## Recovery actions\n\n- Reverted the rule\n- Restarted the proxy\n", (0, 0)),
        ("# A\n\n## Recovery actions\n\n- Revert the rule\n- Restart the proxy\n", (2, 0)),
        (
            "# A\n\n## Action items\n\nWe met twice about these.\n\n| Action | Owner |\n|-|-|\n| Add a test | Ana |\n",
            (1, 0),
        ),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn a_list_that_tells_what_was_done_is_done() {
    for (text, expected) in [
        ("# A\n\n## Corrective actions\n\n- Rotated all keys\n- Dropped the old index\n", (2, 2)),
        ("# A\n\n## Corrective actions\n\n- Rotated all keys\n- Drop the old index\n", (2, 0)),
        ("# A\n\n## Corrective actions\n\n- Improved alerting\n- Automated failover\n", (2, 0)),
        ("# A\n\n## Acciones correctivas\n\n- Actualizado el certificado\n- Configurada la alerta\n", (2, 2)),
        ("# A\n\n## 再発防止策\n\n- 監視を追加しました\n- 手順書を更新しました\n", (2, 2)),
        ("# A\n\n## Short term fixes (completed)\n\n- Larger pool\n- Second replica\n", (2, 2)),
        (
            "# A\n\n## Tasks\n\n| Task | Status |\n|-|-|\n| Backfill | 60% complete |\n| Purge | 100% complete |\n",
            (2, 1),
        ),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn measures_of_prevention_by_term_are_to_do() {
    let text = "# A\n\n## Prevention\n\n### Short term\n\n- A larger pool\n\n### Long term\n\n- A second region\n";
    assert_eq!(items(text), (2, 0));
    assert_eq!(items("# A\n\n## Prevention\n\n### Background\n\n- A larger pool\n"), (0, 0));
}

#[test]
fn an_owner_is_somebody() {
    let owner = |owner: &str| {
        let text = format!("# A\n\n## Action items\n\n| Action | Owner |\n|-|-|\n| Add a test | {owner} |\n");
        read(&text).action_items[0].owner.clone()
    };
    assert_eq!(owner("Ana").as_deref(), Some("Ana"));
    assert_eq!(owner("[Name]"), None);
}

#[test]
fn plain_lines_that_name_sections_are_headings() {
    let text = "Mail queue stuck\n\nSummary\n\nMail waited.\n\nImpact\n\nTwo teams.\n\nRoot cause\n\nA full disk.\n\nTimeline\n\n\
                - 10:00 Stuck\n- 10:40 Flushed\n\nAction items\n\n- Watch the disk\n";
    let document = read(text);
    assert!(document.has_root_cause);
    assert_eq!((document.timeline.len(), document.action_items.len()), (2, 1));
    // With headings, such a line is a line.
    let document = read("# A\n\n## One\n\nRoot cause\n\nText.\n\n## Two\n\nTimeline\n\nText.\n\nSummary\n\nText.\n");
    assert!(!document.has_root_cause);
}

#[test]
fn a_heading_may_be_given_in_two_languages() {
    let document = read("# A\n\n## 原因 (Cause)\n\n設定の誤り。\n\n## やること (Action items)\n\n- 監視を足す\n");
    assert!(document.has_root_cause);
    assert_eq!(document.action_items.len(), 1);
}

#[test]
fn facts_are_read_below_a_heading() {
    let document = read(
        "# Checkout down\n\n## 1. Metadata\n\n**Date:** 2025-03-04\n**Severity:** SEV-2\n**Status:** Resolved\n\n\
         ## 2. Root cause\n\nA lock.\n",
    );
    assert_eq!(document.date.unwrap().value.to_string(), "2025-03-04");
    assert_eq!(document.severity.unwrap().value, Severity::HIGH);
    assert_eq!(document.status.unwrap().value.state, StatusState::Resolved);
    let document = read("# A\n\n## 1. Date\n\n2025-03-04\n\n## 1.2 Severity\n\nHigh\n");
    assert_eq!(document.severity.unwrap().value, Severity::HIGH);
}

#[test]
fn a_state_may_be_denied_or_that_of_something_else() {
    let status = |value: &str| read(&format!("# A\n\n**Status:** {value}\n")).status.map(|status| status.value.state);
    assert_eq!(status("Not implemented"), Some(StatusState::Open));
    assert_eq!(status("Implemented"), Some(StatusState::Resolved));
    assert_eq!(status("Rolled back"), Some(StatusState::Mitigated));
}

#[test]
fn words_of_status_pages_are_levels_where_they_stand_alone() {
    let severity = |value: &str| read(&format!("# A\n\n**Severity:** {value}\n")).severity.map(|it| it.value);
    assert_eq!(severity("partial outage"), Some(Severity::MEDIUM));
    assert_eq!(severity("a partial outage of what we ship"), None);
}

#[test]
fn a_level_in_the_title_is_a_severity_and_no_id() {
    let document = read("# SEV-1: checkout down\n\nText.\n");
    assert_eq!(document.severity.unwrap().value, Severity::CRITICAL);
    assert!(document.id.is_none());
}

#[test]
fn dates_of_the_document_are_none_of_the_incident() {
    let date = |path: &str, text: &str| read_at(path, text).date.map(|date| date.value.to_string());
    assert_eq!(
        date("incidents/a.md", "# A\n\n> Created: 2025-05-06\n\n**Incident:** 2025-05-01\n").unwrap(),
        "2025-05-01"
    );
    assert_eq!(date("incidents/outage-03-14-2025.md", "# Outage\n\nText.\n").unwrap(), "2025-03-14");
    let text = "# A\n\n**Date:** March 2025\n\n**Incident date:** 2025-03-09\n";
    assert_eq!(date("incidents/a.md", text).unwrap(), "2025-03-09");
}

#[test]
fn a_timeline_may_count_from_its_beginning() {
    let timeline = read("# A\n\n## Timeline\n\n- T+0: Deployed\n- T+5: Alert\n- T+20: Rolled back\n").timeline;
    assert_eq!(timeline.len(), 3);
    assert!(timeline[0].text.contains("Deployed"));
}

#[test]
fn a_cause_and_work_left_make_an_incident() {
    let document =
        read_at("notes/a.md", "# Builds fail\n\n## Cause\n\nAn image.\n\n## Long term solution\n\n- Pin the image\n");
    assert_eq!(document.kind.value, Kind::Incident);
}

#[test]
fn a_fenced_timeline_is_read_behind_a_line_that_names_its_zone() {
    let text =
        "# A\n\n## Timeline\n\nAll times in UTC.\n\n```\n2024-05-06 10:00 Queue full\n2024-05-06 10:20 Drained\n```\n";
    let timeline = read(text).timeline;
    assert_eq!(timeline.len(), 2);
    assert_eq!(timeline[0].at.unwrap().utc().unwrap().to_string(), "2024-05-06 10:00:00");
}

#[test]
fn items_below_a_date_are_of_that_day() {
    let entries = "- Ana saw odd rows\n  - in two tables\n- Bo looked at the import\n";
    for text in [
        format!("# A\n\n## Timeline\n\n2024-05-06:\n{entries}\n2024-05-07:\n- 10:00 Fixed\n"),
        format!("# A\n\n## Timeline\n\n### 2024-05-06\n\n{entries}\n### 2024-05-07\n\n- 10:00 Fixed\n"),
    ] {
        let timeline = read(&text).timeline;
        let days: Vec<_> = timeline.iter().map(|entry| entry.at.unwrap().date.unwrap().to_string()).collect();
        assert_eq!(days, ["2024-05-06", "2024-05-06", "2024-05-07"], "{text}");
    }
}

#[test]
fn times_of_one_of_several_incidents_are_of_its_own_day() {
    let text = "# Two failures\n\n**Date:** May 6-7, 2024\n\n## Second\n\n**Date:** May 7, 2024\n\n### Timeline\n\n\
                - 10:00 Down\n- 10:05 Up\n\n## First\n\n**Date:** May 6, 2024\n\n### Timeline\n\n- 09:00 Down\n- 09:05 Up\n";
    let document = read(text);
    let days: Vec<_> = document.timeline.iter().map(|entry| entry.at.unwrap().date.unwrap().to_string()).collect();
    assert_eq!(days, ["2024-05-07", "2024-05-07", "2024-05-06", "2024-05-06"]);
}

#[test]
fn a_heading_names_work_to_do_by_its_place() {
    for (text, expected) in [
        ("# A\n\n## Root cause\n\nA lock.\n\n## Our plan\n\n- Drop the lock\n", (1, 0)),
        ("# A\n\n## Plan\n\n- Drop the lock\n\n## Root cause\n\nA lock.\n", (0, 0)),
        ("# A\n\n## Looking ahead\n\n- Drop the lock\n", (1, 0)),
        ("# A\n\n## Éléments d’action :\n\n- Supprimer le verrou\n", (1, 0)),
        ("# A\n\nText.\n\n**Preventative action:**\n- Drop the lock\n", (1, 0)),
        ("# A\n\nText.\n\n**Failed call:**\n- the lock\n", (0, 0)),
        ("# A\n\n## Improvements made\n\n- The lock is gone\n", (0, 0)),
        ("# A\n\n## Conclusion\n\n### Improvements\n\n- A calmer system\n", (0, 0)),
        ("# A\n\n## Next steps\n\n- Drop the lock\n\nWe will write again when this is done.\n", (1, 0)),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
    let document = read("# A\n\n## Symptom\n\nSlow.\n\n## Origin (in code)\n\nA lock.\n\n## Fix\n\nDropped it.\n");
    assert!(document.has_root_cause);
    assert!(!read("# A\n\n## Data\n\nRows.\n\n## Origin\n\nA survey.\n").has_root_cause);
}

#[test]
fn the_status_of_a_log_entry_is_not_the_documents() {
    let log =
        read("# Log\n\nMay 6, 2024\n* The relay was down.\n  * Status: resolved at noon\n\nMay 2, 2024\n* Nothing.\n");
    assert!(log.status.is_none());
    let incident = read("# A\n\n## Facts of it\n\n* The relay was down.\n  * Status: resolved at noon\n");
    assert_eq!(incident.status.unwrap().value.state, StatusState::Resolved);
}

#[test]
fn the_day_that_the_text_begins_with_is_the_incidents() {
    let date = |path: &str, text: &str| read_at(path, text).date.map(|date| date.value.to_string());
    let told = date(
        "posts/2024-05-09-lost-rows.md",
        "On 6th May 2024 a customer found rows missing.\n\n## What we did\n\nText.\n",
    );
    assert_eq!(told.unwrap(), "2024-05-06");
    let other = date("posts/2024-05-09-lost-rows.md", "On 6 May 2021 we began. A customer found rows missing.\n");
    assert_eq!(other.unwrap(), "2024-05-09");
    let range = date(
        "a.md",
        "# A\n\n## Incident date(s)\n\n2024-05-06 - 2024-06-01\n\n## Timeline\n\n- 2024-05-20 10:00 Seen\n",
    );
    assert_eq!(range.unwrap(), "2024-05-06");
    let years =
        "# A\n\n## Timeline\n\n- 2024-12-31 Seen\n- 2025-01-01 Hunted\n- 2025-01-02 Found\n- 2025-01-03 Fixed\n";
    assert_eq!(date("a.md", years).unwrap(), "2024-12-31");
}

#[test]
fn durations_are_read_where_a_sentence_says_whose_they_are() {
    let stated = |text: &str| {
        let stated = read(text).durations.stated;
        stated.into_iter().map(|it| (it.kind, it.minutes)).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("In all it was resolved in 2 hours and 5 minutes.", Some((DurationKind::Resolve, Some(125)))),
        ("Service was restored within about 20 minutes.", Some((DurationKind::Resolve, Some(20)))),
        ("Customer impact lasted ~25 minutes.", Some((DurationKind::Total, Some(25)))),
        ("The call lasted 25 minutes.", None),
        ("It was fixed 2 days later.", None),
        ("**Period:** May 6th 2024 18:50 UTC to 19:20 (30 minutes)", Some((DurationKind::Total, Some(30)))),
        ("**Outage window:** 23:30 – 00:45 UTC", Some((DurationKind::Total, Some(75)))),
    ] {
        let text = format!("# A\n\n## Root cause\n\nA lock.\n\n## Notes on it\n\n{text}\n");
        assert_eq!(stated(&text), expected.into_iter().collect::<Vec<_>>(), "{text}");
    }
}
