//! What is read as work to do, as work done and as a fact of the incident, in forms met in documents of many hands, each
//! in words of our own.

use super::{items, read, read_at};
use crate::model::{Kind, Severity, StatusState};

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
    assert_eq!(document.severity.unwrap().value, Severity::High);
    assert_eq!(document.status.unwrap().value, StatusState::Resolved);
    let document = read("# A\n\n## 1. Date\n\n2025-03-04\n\n## 1.2 Severity\n\nHigh\n");
    assert_eq!(document.severity.unwrap().value, Severity::High);
}

#[test]
fn a_state_may_be_denied_or_that_of_something_else() {
    let status = |value: &str| read(&format!("# A\n\n**Status:** {value}\n")).status.map(|status| status.value);
    assert_eq!(status("Not implemented"), Some(StatusState::Open));
    assert_eq!(status("Implemented"), Some(StatusState::Resolved));
    assert_eq!(status("Rolled back"), Some(StatusState::Mitigated));
}

#[test]
fn words_of_status_pages_are_levels_where_they_stand_alone() {
    let severity = |value: &str| read(&format!("# A\n\n**Severity:** {value}\n")).severity.map(|it| it.value);
    assert_eq!(severity("partial outage"), Some(Severity::Medium));
    assert_eq!(severity("a partial outage of what we ship"), None);
}

#[test]
fn a_level_in_the_title_is_a_severity_and_no_id() {
    let document = read("# SEV-1: checkout down\n\nText.\n");
    assert_eq!(document.severity.unwrap().value, Severity::Critical);
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
fn a_list_may_tell_what_was_done_without_beginning_with_it() {
    for (text, expected) in [
        (
            "# A\n\n## Follow-up\n\n1. Nightly copy completed\n2. Clean copy restored on both hosts\n\
             3. Keys returned to the vault\n",
            (3, 3),
        ),
        ("# A\n\n## Follow-up\n\n- Collate commands used in tests\n- Discuss when it is resolved\n", (2, 0)),
        ("# A\n\n## Follow-up\n\n- Tokens revoked for all guests\n- After the restart: checked the queue\n", (2, 2)),
        ("# A\n\n## Follow-up\n\n- Alert on failed logins\n- Monitoring of deployed versions\n", (2, 0)),
        ("# A\n\n## Follow-up\n\n- Tokens should be revoked by Friday\n- Quotas must be raised\n", (2, 0)),
        ("# A\n\n## Actions\n\n- [ACTION 1]: [OWNER], [DATE LIMITE]\n", (1, 0)),
    ] {
        assert_eq!(items(text), expected, "{text}");
    }
}

#[test]
fn what_people_promise_is_work_to_do_wherever_it_stands() {
    let promise = "# A\n\n## Lessons\n\nIt cost us a day. To keep it from coming back, we will:\n\n\
                   - Add a second cable\n- Label both ends\n";
    assert_eq!(items(promise), (2, 0));
    assert_eq!(items(&promise.replace("we will:", "we learned:")), (0, 0));
    assert_eq!(items(&promise.replace("we will:", "this works well:")), (0, 0));
    assert_eq!(items(&promise.replace("Add a", "A").replace("Label both", "Both")), (0, 0));
    let came_of_it =
        "# A\n\n## Follow-up\n\nNobody is called at night. (added a rota)\n\nThe page says nothing of it.\n";
    assert_eq!(items(came_of_it), (1, 0));
    for heading in ["v1 fixes", "Future fixes"] {
        let text = format!("# A\n\n## {heading}\n\n### Tune the pump\n\nText.\n\n### Replace the valve\n\nText.\n");
        assert_eq!(items(&text), (2, 0), "{heading}");
    }
}

#[test]
fn names_of_files_and_states_of_parts_are_no_work() {
    assert_eq!(items("# A\n\n## Recommended\n\nRecommended names:\n\n- `01-before.png`\n- `02-after.png`\n"), (0, 0));
    assert_eq!(items("# A\n\n## Action items\n\n- `swapoff -a` on all nodes\n"), (1, 0));
    let table = |status: &str| format!("# A\n\n## Damage\n\n| Item | Status |\n|-|-|\n| North pump | {status} |\n");
    assert_eq!(items(&table("Rebuilt from parts")), (0, 0));
    assert_eq!(items(&table("In progress")), (1, 0));
}

#[test]
fn who_and_how_are_told_apart() {
    let resolved = |value: &str| {
        let document = read(&format!("# Pumps stopped\n\n**Resolved by:** {value}\n\n## Summary\n\nText.\n"));
        (document.owners.len(), document.resolution.is_some())
    };
    assert_eq!(resolved("Ana Diaz"), (1, false));
    assert_eq!(resolved("@ana"), (1, false));
    assert_eq!(resolved("turning the valve by hand"), (0, true));
    assert_eq!(resolved("`pumpctl reset` on both hosts"), (0, true));
}

#[test]
fn an_untagged_block_is_a_command_where_it_reads_as_one() {
    let commands = |code: &str| read(&format!("# A\n\n## Resolution\n\n```\n{code}\n```\n")).commands.len();
    for code in
        ["$ pumpctl reset", "pumpctl reset --all", "./fix.sh", "UPDATE pumps SET on = 1;", "# once\nsudo reboot"]
    {
        assert_eq!(commands(code), 1, "{code}");
    }
    for code in [
        "2026-01-02 10:00:01 pump 3 up",
        "[info] pump 3 up",
        "ERROR pump 3 down",
        "pressure = 4.2 (low)",
        "status: up",
        "{\"pump\": 3}",
        "Pump 3 is well again",
    ] {
        assert_eq!(commands(code), 0, "{code}");
    }
}

#[test]
fn a_heading_that_says_what_happened_says_when() {
    let date = |path: &str, text: &str| read_at(path, text).date.map(|date| date.value.to_string());
    assert_eq!(date("a.md", "# Pumps\n\n## What happened (2026-04-05)\n\nText.\n").unwrap(), "2026-04-05");
    assert_eq!(date("a.md", "# Pumps\n\n## Tests (2026-04-05)\n\nText.\n"), None);
    let text = "# Outage on 2026-04-06\n\n## Summary\n\nDate/time: 2026-04-05 23:50\n\n## Impact\n\nText.\n";
    assert_eq!(date("a.md", text).unwrap(), "2026-04-05");
    let text = "# Panne\n\n## Informations\n\n- Date et heure de l’incident : 3 mai 2026, 14h\n";
    assert_eq!(date("a.md", text).unwrap(), "2026-05-03");
}

#[test]
fn a_post_tells_of_a_day_before_its_own() {
    let post = |told: &str| {
        let text =
            format!("---\nlayout: post\ndate: 2026-01-04\ntitle: Pumps stopped\n---\n\nOn {told}, it was dry.\n");
        read_at("posts/2026-01-04-pumps.md", &text).date.unwrap().value.to_string()
    };
    assert_eq!(post("Friday January 2 from 10:00"), "2026-01-02");
    assert_eq!(post("December 30"), "2025-12-30");
    // A day long gone is another one's.
    assert_eq!(post("March 3"), "2026-01-04");
}

#[test]
fn brackets_behind_two_times_say_how_long_it_took() {
    let minutes = |text: &str| {
        let stated = read(&format!("# Pumps\n\n{text}\n")).durations.stated;
        stated.first().and_then(|it| it.minutes)
    };
    assert_eq!(minutes("Dry from 08:10 to about 11:30 (3 hours and 20 minutes)."), Some(200));
    assert_eq!(minutes("We looked at three pumps (40 minutes)."), None);
}

#[test]
fn the_name_of_a_section_may_begin_a_title() {
    assert_eq!(
        read("# Root Cause Analysis (RCA) — north pump\n\nText.\n").title.unwrap().value,
        "Root Cause Analysis (RCA) — north pump"
    );
    assert!(read("# Overview (draft)\n\nText.\n").title.is_none());
}

#[test]
fn how_it_ended_is_a_status_at_the_top_only() {
    let state = |text: &str| read(text).status.map(|status| status.value);
    let top = "# Pumps\n\n**Date:** 2026-01-02\n**Outcome:** Recovered, both pumps run\n\n## Summary\n\nText.\n";
    assert_eq!(state(top), Some(StatusState::Resolved));
    assert_eq!(state("# Pumps\n\n## Summary\n\nText.\n\n## Outcome\n\nWe recovered the pump.\n"), None);
    let closed = "# Pumps\n\n## Summary\n\nText.\n\n### Times\n\n- **Closed:** 2026-01-02 10:12 UTC\n";
    assert_eq!(state(closed), Some(StatusState::Closed));
}

#[test]
fn rows_of_dots_are_no_entries() {
    let text = "# A\n\n## Timeline\n\n| Time | Event |\n|-|-|\n| 10:00 | Dry |\n| … | … |\n| 10:40 | Wet |\n\n\
                ## Follow-up timeline\n\n- 11:00: Dry again\n- 11:10: Wet\n";
    assert_eq!(read(text).timeline.len(), 4);
}

#[test]
fn a_value_may_stand_behind_a_dot_or_a_dash_or_below_its_label() {
    let facts = |text: &str| {
        let document = read(text);
        (document.severity.map(|it| it.value), document.status.map(|it| it.value))
    };
    let expected = (Some(Severity::High), Some(StatusState::Resolved));
    assert_eq!(facts("# Pumps stopped\n\n**Severity** · High · all floors\n**Status** — Resolved\n"), expected);
    assert_eq!(facts("# Pumps stopped\n\nText.\n\nSeverity:\n\n`High`\n\nFinal status :\n\nResolved\n"), expected);
    assert_eq!(facts("# Pumps stopped\n\nStatus:\n\nOwner: Ana, who resolved it\n"), (None, None));
    assert_eq!(facts("# Pumps stopped\n\n## Status\n\n- **Resolved / Mitigated:**\n"), (None, None));
}

#[test]
fn a_title_of_its_own_goes_before_the_kind_of_the_document() {
    let text = "# Root Cause Analysis (RCA) — report\n\n**Incident title:** Pumps stopped\n";
    assert_eq!(read(text).title.unwrap().value, "Pumps stopped");
}

#[test]
fn an_item_is_signed_and_closed_at_its_end() {
    let text = "# A\n\n## Next steps\n\n1. Count, instead of failing (Ana Ruiz, 2026-01-23). Done.\n\
                2. Watch the queue (Bo, 2026-02-27).\n3. Warn early (Chrome, the browser). Say when it is done.\n";
    let items = read(text).action_items;
    let told: Vec<_> = items.iter().map(|it| (it.text.as_str(), it.owner.as_deref(), it.is_done())).collect();
    let third = "Warn early (Chrome, the browser). Say when it is done.";
    let expected = [
        ("Count, instead of failing", Some("Ana Ruiz"), true),
        ("Watch the queue", Some("Bo"), false),
        (third, None, false),
    ];
    assert_eq!(told, expected);
    assert_eq!(items[1].due.as_ref().unwrap().date.to_string(), "2026-02-27");
}

#[test]
fn no_beginning_is_read_from_an_entry_of_a_later_day() {
    let text = "---\nkind: incident\ndate: 2026-11-17\n---\n# A\n\n## Timeline\n\n- DAY 03:00 UTC: keep-alive raised\n\
        - 2026-11-22 03:08 UTC: portal recovered\n";
    let document = read(&text.replace("DAY", "2026-11-22"));
    assert!(document.times.started.is_none() && document.durations.computed.is_empty());
    assert_eq!(document.date.expect("the day").value.to_string(), "2026-11-17");
    assert!(read(&text.replace("DAY", "2026-11-17")).times.started.is_some());
    assert!(
        read(&text.replace("DAY 03:00 UTC: keep", "2026-11-22 03:00 UTC: Incident began, keep"))
            .times
            .started
            .is_some()
    );
}
