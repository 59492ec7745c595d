//! How people write: forms met in documents of many hands, each in words of our own.

use super::{read, read_at};

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
    read("**# **1. ~~**| a | b |\n|-|-|\n| ~~**[ ] \n");
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
    assert_eq!(document.status.unwrap().value, crate::model::StatusState::Closed);
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
    let document = read_at("search-outage/README.md", text);
    assert_eq!(document.kind.value, crate::model::Kind::Incident);
    let index = read_at("incidents/README.md", "# Incident reporting\n\nHow we write.\n");
    assert_eq!(index.kind.value, crate::model::Kind::Other);
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
    assert_eq!(items.severity.unwrap().value, crate::model::Severity::Medium);
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

#[test]
fn a_placeholder_is_text_and_mark_up_is_not() {
    assert_eq!(read("# Incident: <title>\n").title.unwrap().value, "Incident: <title>");
    assert_eq!(read("# Mail <b>down</b><a id=\"x\"></a>\n").title.unwrap().value, "Mail down");
}

#[test]
fn a_page_inside_a_fence_of_markdown_has_its_title() {
    let text = "```markdown\n# Postmortem: stuck queue\n\n## Timeline\n\n- 10:00 stuck\n- 10:20 flushed\n";
    for text in [text.to_owned(), format!("{text}```\n")] {
        let document = read(&text);
        assert_eq!(document.title.unwrap().value, "Postmortem: stuck queue", "{text}");
        assert_eq!(document.timeline.len(), 2);
    }
}

#[test]
fn lines_and_headings_of_an_action_section_may_be_items() {
    for (text, count) in [
        ("## What we will change\n\nMonitoring: Watch the queue depth.\nReviews: Two people look at limits.\n", 2),
        ("## Next week priorities\n\nRaise the limit on the queue.\nTest the alarm twice a month.\n", 2),
        ("## Action items\n\nThis list was written when everybody had slept\nand no one was angry any more.\n", 0),
        ("## Follow-ups\n\n**Alarms:** Add one for the queue depth.\n\n**Limits:** They were too low.\n", 1),
        (
            "## Action items\n\n### 1. Add an alarm\n\nIt must ring.\n\n### 2. Raise the limit\n\n- Owner: Ana\n- Due: 2025-05-01\n",
            2,
        ),
        ("## Action items\n\n### Short term\n\n- Add an alarm\n\n### Long term\n\n- Raise the limit\n", 2),
        ("## 再発防止策\n\n接続数の上限を監視する。\n\n負荷試験を自動化する。\n", 2),
        ("## 改进措施\n\n增加连接数的监控告警。\n\n当时没有人知道上限是多少。\n", 1),
    ] {
        let items = read(&format!("# A\n\n{text}")).action_items;
        assert_eq!(items.len(), count, "{text} {items:?}");
    }
}

#[test]
fn full_width_marks_set_the_fields_of_an_item_apart() {
    for text in
        ["接続数の上限を監視する（担当：田中 健、期限：2025-03-28）", "增加监控，负责人：田中 健，截止：2025-03-28"]
    {
        let items = read(&format!("# A\n\n## Action items\n\n- {text}\n")).action_items;
        assert_eq!(items[0].owner.as_deref(), Some("田中 健"), "{text}");
        assert_eq!(items[0].due.as_ref().unwrap().date.to_string(), "2025-03-28", "{text}");
        assert!(!items[0].text.contains(['：', '（']), "{text}");
    }
}

#[test]
fn a_mark_word_beside_another_word_may_mark_nothing() {
    let text = "# A\n\n## Timeline\n\n- 2025-03-04 10:00 Down\n- 10:10 The gateway sends resolved notifications twice\n\
                - 10:20 Not resolved yet\n- 10:40 Resolved\n";
    let marks: Vec<bool> = read(text).timeline.iter().map(|entry| entry.mark.is_some()).collect();
    assert_eq!(marks, [false, false, false, true]);
}

#[test]
fn times_counted_from_the_start_are_read_however_they_are_written() {
    for text in [
        "| t+ (s) | Event |\n|-|-|\n| 0 | Start |\n| ~300 | Slow |\n| 600-900 | Down |\n",
        "| T+ | Event |\n|-|-|\n| 0 | Start |\n| 5 | Slow |\n| 10 | Down |\n",
        "| Elapsed | Event |\n|-|-|\n| 00:00 | Start |\n| 00:05 | Slow |\n| 00:10 | Down |\n",
        "- T+00:00 Start\n- T+00:05 Slow\n- T+00:10 Down\n",
        "- t+0m: Start\n- t+5m: Slow\n- t+10m: Down\n",
        "- **+00:00** Start\n- **+5 min** Slow\n- **+10m** Down\n",
    ] {
        let document = read(&format!("# A\n\n**Date:** 2025-03-04\n\n## Timeline\n\n{text}"));
        let times: Vec<_> = document.timeline.iter().map(|it| it.at.unwrap().local().unwrap().to_string()).collect();
        assert_eq!(times, ["2025-03-04 00:00:00", "2025-03-04 00:05:00", "2025-03-04 00:10:00"], "{text}");
    }
    let text = "| Time | Event |\n|-|-|\n| T0 (queue full) | |\n| T0+10m | Drained |\n";
    let timeline = read(&format!("# A\n\n**Date:** 2025-03-04\n\n## Timeline\n\n{text}")).timeline;
    assert_eq!(timeline[0].text, "queue full");
    assert_eq!(timeline[1].at.unwrap().local().unwrap().to_string(), "2025-03-04 00:10:00");
    assert_eq!(read("# A\n\n## Timeline\n\n- T-10 calm\n- T0 noise\n- T+? calm again\n").timeline.len(), 3);
}

#[test]
fn entries_of_a_timeline_may_lack_a_time_or_have_it_elsewhere() {
    for (text, count) in [
        ("- 10:00 Down\n- shortly after: calls\n- 10:20 Up\n- 10:30 All well\n", 4),
        ("- 10:00 Down\n- We were lucky\n- We slept\n", 1),
        ("- Deploy (10:02 UTC): the queue fills, and nobody is told of it\n- Rollback (10:20 UTC): it drains\n", 2),
        ("- The queue fills\n- Somebody calls\n- It drains\n", 3),
        ("- Nothing was logged\n", 0),
        ("```\n10:00  Down\n  |    calls\n10:20  Up\n```\n", 2),
        ("10:00 UTC\n\nThe queue fills.\n\n10:20 UTC\n\nIt drains.\n", 2),
    ] {
        let timeline = read(&format!("# A\n\n## Timeline\n\n{text}")).timeline;
        assert_eq!(timeline.len(), count, "{text} {timeline:?}");
        assert!(timeline.iter().all(|entry| !entry.text.is_empty()), "{text} {timeline:?}");
    }
}

#[test]
fn a_weak_word_for_a_service_counts_at_the_top_only() {
    let services = |text: &str| read(text).services.into_iter().map(|it| it.value).collect::<Vec<_>>();
    assert_eq!(services("# A\n\n**Component:** mail\n"), ["mail"]);
    let body = "# A\n\n## Next\n\n- Product: nicer pages\n- Service affected: The site was slow for all.\n";
    assert!(services(body).is_empty());
}

#[test]
fn status_pages_are_read() {
    let text = "---\ntitle: Mail is slow\ndate: 2025-03-04T08:00:00\nresolved: true\n---\n\n\
                ### Update 04.03.2025 12:00 Uhr:\n\nAll well.\n\n### Update 04.03.2025 09:30 Uhr:\n\nWe look.\n";
    let document = read(text);
    assert_eq!(document.timeline.len(), 2);
    assert_eq!(document.status.unwrap().value, crate::model::StatusState::Resolved);
    assert_eq!(read(&text.replace("true", "false")).status.unwrap().value, crate::model::StatusState::Open);
    let text = "### March 4 - ongoing, 2025\n\n#### Mail is slow\n\n**Update**: The queue drains.\nMarch 4, 12:00 PST\n\n\
                **Notice**: The queue grows.\nMarch 4, 09:30 PST\n";
    let document = read(text);
    assert_eq!(document.title.unwrap().value, "Mail is slow");
    assert_eq!(document.date.unwrap().value.to_string(), "2025-03-04");
    assert_eq!(document.timeline.len(), 2);
    assert!(read("# A\n\nWe met on\nMarch 4, 2025 at noon.\n").timeline.is_empty());
}

#[test]
fn the_date_of_a_blog_post_is_not_the_incidents() {
    let post = "---\nlayout: post\ntitle: Queue stuck on 17th June 2024\ndate: 2024-07-02\n---\n\nIt hurt.\n";
    assert_eq!(read(post).date.unwrap().value.to_string(), "2024-06-17");
    assert_eq!(read(&post.replace("on 17th June 2024", "again")).date.unwrap().value.to_string(), "2024-07-02");
    // A day that the title names is the incident's, unless the front matter is a record of the incident.
    let plain = post.replace("layout: post\n", "");
    assert_eq!(read(&plain).date.unwrap().value.to_string(), "2024-06-17");
    let record = plain.replace("date:", "severity: high\ndate:");
    assert_eq!(read(&record).date.unwrap().value.to_string(), "2024-07-02");
    let repeat = plain.replace("17th June 2024", "17th June 2021");
    assert_eq!(read(&repeat).date.unwrap().value.to_string(), "2024-07-02");
    assert_eq!(read(&plain.replace("on 17th June 2024", "again")).date.unwrap().value.to_string(), "2024-07-02");
}

#[test]
fn what_stands_before_a_list_introduces_it() {
    let items =
        read("# A\n\n## Next steps\n\nWe will do these things over the summer.\n\n- Add an alarm\n- Raise the limit\n");
    assert_eq!(items.action_items.len(), 2);
    let asked = read(
        "# A\n\n## What is being done about this?\n\nWe will watch the queue depth.\n\nAlso we will raise the limit.\n",
    );
    assert_eq!(asked.action_items.len(), 2);
}

#[test]
fn a_title_may_state_how_long_it_took() {
    let stated = read("# Mail outage for approximately 2 days\n\n## Notes\n\nNone.\n").durations.stated;
    assert_eq!(stated[0].minutes, Some(2 * 1440));
}

#[test]
fn a_heading_that_is_only_a_number_leaves_the_title_to_its_section() {
    let text = "# Incident INC-001\n\n## Title\n\nMail is slow\n\n## Severity\n\nSEV-3\n";
    assert_eq!(read(text).title.unwrap().value, "Mail is slow");
    let named = text.replace("INC-001", "INC-001: mail was slow");
    assert_eq!(read(&named).title.unwrap().value, "Incident INC-001: mail was slow");
    assert_eq!(read("# INC-001\n\n## Severity\n\nSEV-3\n").title.unwrap().value, "INC-001");
}

#[test]
fn the_day_may_stand_in_a_field_of_the_body_or_in_a_heading() {
    for text in [
        "# A\n\n## Story\n\n- **Detection date:** 2025-03-04\n",
        "# A\n\n| | |\n|-|-|\n| **Reported** | 2025-03-04 by a user |\n| **Severity** | High |\n",
        "# Security\n\n## Incident of 2025-03-04\n\nA key was lost.\n",
    ] {
        assert_eq!(read(text).date.unwrap().value.to_string(), "2025-03-04", "{text}");
    }
}

#[test]
fn a_time_of_resolution_in_a_form_is_no_status() {
    assert!(read("# A\n\n## Facts of it\n\n- Time resolved: 2025-03-04 16:30\n").status.is_none());
    let status = read("# A\n\n## Context\n\n- Resolved: 2025-03-04 16:30\n").status;
    assert_eq!(status.unwrap().value, crate::model::StatusState::Resolved);
}

#[test]
fn a_date_may_carry_the_duration_in_brackets() {
    let stated = read("# A\n\n**Date:** 2025-03-04 14:30 - 15:45 (75 minutes)\n").durations.stated;
    assert_eq!(stated[0].minutes, Some(75));
    assert!(read("# A\n\n**Date:** 2025-03-04 (Tuesday)\n").durations.stated.is_empty());
}

#[test]
fn paragraphs_that_a_line_announces_are_items() {
    let text = "# A\n\n## Corrective measures\n\nThese measures were taken:\n\nBetter logs in the gateway.\n\n\
                A rehearsal of the restore.\n";
    assert_eq!(read(text).action_items.len(), 2);
    assert!(read(&text.replace("taken:", "taken.")).action_items.is_empty());
}

#[test]
fn a_month_and_a_day_may_date_an_entry() {
    let timeline =
        read("# A\n\n**Date:** 2025-06-13\n\n## Timeline\n\n- **06-13** full\n- **06-14 10:00** drained\n").timeline;
    assert_eq!(timeline[0].at.unwrap().date.unwrap().to_string(), "2025-06-13");
    assert_eq!(timeline[1].at.unwrap().local().unwrap().to_string(), "2025-06-14 10:00:00");
}

#[test]
fn paragraphs_that_begin_with_a_bold_sentence_are_items() {
    let text = "# A\n\n## What we will change\n\nMore than one thing was wrong.\n\n\
                **Alerts on free space.** The disks told nobody.\n\n**A shorter queue.** Ten is enough for all.\n";
    assert_eq!(read(text).action_items.len(), 2);
    assert!(read(&text.replace("**A shorter queue.**", "A shorter queue.")).action_items.is_empty());
}

#[test]
fn a_label_names_what_the_heading_only_numbers() {
    let title = |text: &str| read(text).title.unwrap().value;
    assert_eq!(title("# Incident report: INC-2026-7\n\n**Title:** Lost mail\n**Severity:** SEV2\n"), "Lost mail");
    assert_eq!(title("# Mail was lost\n\n**Title:** Lost mail\n**Severity:** SEV2\n"), "Mail was lost");
}

#[test]
fn apostrophes_in_headings_and_words_of_repair_are_known() {
    let actions =
        |heading: &str| read(&format!("# A\n\n## {heading}\n\n- One thing\n- Another thing\n")).action_items.len();
    for heading in
        ["What we're doing about it", "What we’re changing", "How we'll prevent this", "Changes we're making"]
    {
        assert_eq!(actions(heading), 2, "{heading}");
    }
    let state = |line: &str| read(&format!("# A\n\n{line}\n")).status.unwrap().value;
    assert_eq!(state("**ステータス**: 修正適用済み、確認待ち"), crate::model::StatusState::Resolved);
    assert_eq!(state("- **状态**：补丁已部署"), crate::model::StatusState::Resolved);
}
