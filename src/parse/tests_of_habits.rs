//! How people write: forms met in documents of many hands, each in words of our own.

use super::{ParseOptions, parse};
use crate::model::Document;

fn read(text: &str) -> Document {
    parse("incidents/a.md", text.as_bytes(), &ParseOptions::default()).document
}

#[test]
fn a_timeline_without_times_keeps_its_order() {
    for (text, count) in [
        ("## Timeline\n\n| Time | Event |\n|-|-|\n| H+00 | Deployed |\n| H+15 | Rolled back |\n", 2),
        ("## Timeline\n\n| Time | Event |\n|-|-|\n| HH:MM | Alert | \n| HH:MM | Fix |\n|  |  |\n", 2),
        ("## Timeline\n\n1. The queue filled\n2. We noticed\n3. We drained it\n", 3),
        ("## Timeline\n\n### 1. A user writes\n\nText.\n\n- detail\n\n### 2. We look\n\nText.\n", 2),
        ("## Timeline\n\nNothing was logged.\n", 0),
        ("## Timeline\n\n| Phase | Owner |\n|-|-|\n| one | Ana |\n| two | Bo |\n", 0),
    ] {
        let timeline = read(text).timeline;
        assert_eq!(timeline.len(), count, "{text}");
        assert!(timeline.iter().all(|entry| entry.at.is_none()), "{text}");
    }
}

#[test]
fn a_table_that_gives_each_time_in_two_zones_is_read_once() {
    let text = "## Timeline\n\n| CET | UTC | Event |\n|-|-|-|\n| 2025-03-04 10:00 | 2025-03-04 09:00 | Down |\n\
                | 2025-03-04 11:00 | — | Up |\n";
    let timeline = read(text).timeline;
    assert_eq!(timeline.len(), 2);
    assert_eq!(timeline[0].text, "Down");
    assert_eq!(timeline[0].at.unwrap().utc().unwrap().to_string(), "2025-03-04 09:00:00");
}

#[test]
fn bold_inside_bold_is_read() {
    read("**~~**Status:** ~~**(owner: @ana, \n");
    assert!(read("**Status: **open** (since May)**\n").outcome == crate::model::Outcome::Parsed);
}

#[test]
fn a_page_without_headings_is_read_by_its_lines() {
    let document = read(
        "Postmortem: mail queue stuck on May 4th, 2024\n\nIssue Summary\nDuration:\nIt lasted 40 minutes.\n\n\
         Timeline (UTC)\n\n- 10:00: Stuck\n- 10:40: Flushed\n\nImprovements/Fixes:\n- Watch the queue\n\n\
         Action items (with owners):\n1. Raise the limit\n",
    );
    assert_eq!(document.title.unwrap().value, "Postmortem: mail queue stuck on May 4th, 2024");
    assert_eq!(document.date.unwrap().value.to_string(), "2024-05-04");
    assert_eq!(document.timeline.len(), 2);
    assert_eq!(document.action_items.len(), 2);
    assert!(read("We had a bad day. An incident, even.\n\nIt was long.\n").title.is_none());
}

#[test]
fn a_bold_word_with_a_full_stop_is_a_label() {
    let document = read("# Two failures\n\n**Symptom.** Nothing moved.\n\n**Cause.** The lock was held.\n");
    assert!(document.has_root_cause);
    let document = read("# A\n\n**Status: closed, after a week.** This page replaces two others.\n");
    assert_eq!(document.status.unwrap().value.state, crate::model::StatusState::Closed);
}

#[test]
fn lines_that_begin_with_times_are_a_timeline_wherever_they_stand() {
    let text = "Postmortem report: printers dead\nIssue summary\nNobody could print.\nTimeline\n9:00 Jam\n9:20 Alert\n\
                9:40 Cleared\nRoot cause\nPaper.\n";
    let document = read(text);
    assert_eq!(document.timeline.len(), 3);
    assert_eq!(document.title.unwrap().value, "Postmortem report: printers dead");
    assert!(read("# A\n\nWe open at\n9:00 and close at noon.\n").timeline.is_empty());
    // What is told in the order of detection and repair is one timeline.
    let parts = "# A\n\n## Detection\n\n- 14:00 UTC: alert\n- 14:05 UTC: call\n\n## Resolution\n\n- 14:20 UTC: fix\n\
                 - 14:45 UTC: well again\n";
    assert_eq!(read(parts).timeline.len(), 4);
    let days = parts.replace("14:20", "09:20");
    assert_eq!(read(&days).timeline.len(), 2);
}

#[test]
fn a_readme_that_tells_of_an_incident_is_one() {
    let text = "# Postmortem: search down\n\n## Timeline\n\n- 10:00 down\n- 10:10 up\n";
    let document = parse("search-outage/README.md", text.as_bytes(), &ParseOptions::default()).document;
    assert_eq!(document.kind.value, crate::model::Kind::Incident);
    let index = parse("incidents/README.md", b"# Incident reporting\n\nHow we write.\n", &ParseOptions::default());
    assert_eq!(index.document.kind.value, crate::model::Kind::Other);
}

#[test]
fn the_day_is_found_where_no_field_states_it() {
    for (text, expected) in [
        ("# Outage\n\n## Summary\n\n- **Duration:** May 3, 2024, 14:30 - 15:45 UTC\n", "2024-05-03"),
        ("# Outage\n\n## Summary\n\n**Duration:**\n- Start: May 3, 2024, 14:00 UTC\n- End: 15:00\n", "2024-05-03"),
        ("# Outage\n\n**Date:** May 2024\n\n## Summary\n\nOn May 3, 2024 the shop was down.\n", "2024-05-03"),
        ("# Outage\n\n**Date:** May 2024\n\n## Summary\n\nOn June 3, 2024 we wrote this.\n", "2024-05"),
    ] {
        let document = read(text);
        assert_eq!(document.date.unwrap().value.to_string(), expected, "{text}");
        assert!(document.status.is_none(), "{text}");
    }
}

#[test]
fn a_duration_may_stand_in_a_bullet_of_the_impact() {
    let stated = read("# A\n\n## Impact\n\n- Sync was blocked for ~3 days.\n- 4 users.\n").durations.stated;
    assert_eq!(stated[0].minutes, Some(3 * 1440));
    assert!(read("# A\n\n## Detection\n\n- An alert waits for 10 minutes.\n").durations.stated.is_empty());
}

#[test]
fn an_issue_column_may_say_what_is_to_be_done() {
    let text = "## Follow-up issues\n\n| Issue | Reason |\n|-|-|\n| #41 add an alarm on caught failures | lesson 3 |\n\
                | #42 | audit what we depend on |\n";
    let items = read(text).action_items;
    assert!(items[0].text.contains("add an alarm on caught failures"), "{}", items[0].text);
    assert_eq!(items[1].text, "audit what we depend on");
}

#[test]
fn plain_lines_end_the_section_before_them() {
    let items = read("# A\n\nFollow-ups:\n- Raise the limit\n\nWho was told\n- Ana\n- Bo\n").action_items;
    assert_eq!(items.len(), 1);
}

#[test]
fn brackets_qualify_a_label() {
    for text in [
        "# A\n\n| Measure | Value |\n|-|-|\n| Start (UTC) | 2025-03-01 10:00 |\n| Time to detect (first signal) | 23 min |\n",
        "# A\n\n- **Start time (UTC):** 2025-03-01 10:00\n- **Time to detect (first signal):** 23 min\n",
    ] {
        let document = read(text);
        assert_eq!(document.date.unwrap().value.to_string(), "2025-03-01", "{text}");
        assert_eq!(document.durations.stated[0].minutes, Some(23), "{text}");
    }
    let items = read("# A\n\n| Item | Value |\n|-|-|\n| Severity | SEV-3 |\n| Status | Resolved |\n");
    assert_eq!(items.severity.unwrap().value, crate::model::Severity::MEDIUM);
    assert!(items.action_items.is_empty());
}

#[test]
fn forms_that_nobody_filled_in_name_nobody() {
    assert!(!read("# A\n\nWhat happened\n- Root cause:\n- Trigger:\n").has_root_cause);
    assert!(read("# A\n\n**Root cause:**\nThe lock.\n").has_root_cause);
    let document =
        read("# A\n\n**Incident ID:** INC-YYYYMMDD-NNN\n**Owner:** [Your Name]\n**Services affected:** api, etc.\n");
    assert!(document.id.is_none() && document.owners.is_empty());
    assert_eq!(document.services.len(), 1);
}

#[test]
fn times_of_day_take_the_day_that_the_text_names_and_may_run_backwards() {
    let text = "# A\n\n## Summary\n\nOn 2025-03-04 the mail was late.\n\n## Timeline\n\n- 12:00 all sent\n- 11:20 queue grows\n";
    let document = read(text);
    assert_eq!(document.times.started.unwrap().value.local().unwrap().to_string(), "2025-03-04 11:20:00");
    assert_eq!(document.times.resolved.unwrap().value.local().unwrap().to_string(), "2025-03-04 12:00:00");
}

#[test]
fn only_commands_are_commands_and_only_facts_contradict() {
    let text = "# A\n\n**Duration:** 22 minutes\n**Date:** 2025-03-04\n\n## Resolution\n\n```yaml\nrestart: always\n```\n\n\
                ```bash\nmake restart\n```\n\n## Timeline\n\n- 09:00 dashboard drawn\n- 11:00 we went home\n";
    let document = read(text);
    assert_eq!(document.commands.len(), 1);
    assert!(document.diagnostics.is_empty(), "{:?}", document.diagnostics);
}
