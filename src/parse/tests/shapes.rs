//! Shapes of timelines, plans, states and durations, met in documents of many hands, each in words of our own.

use super::{items, read, read_at};
use crate::model::{ActionItem, DurationKind, StatusState};

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
    assert_eq!(incident.status.unwrap().value, StatusState::Resolved);
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
        let text = format!("# A\n\n## Root cause\n\n{}\n## Notes on it\n\n{text}\n", "- A lock.\n".repeat(8));
        assert_eq!(stated(&text), expected.into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn a_report_written_in_tags_is_read() {
    let text = "<h1>Search was down</h1>\n<p>On May 6, 2024 from 10:00 to 10:20 nobody could search.</p>\n\
                <h3>Timeline</h3>\n<ul>\n<li>10:00: Index locked</li>\n<li>10:20: Lock dropped</li>\n</ul>\n\
                <h3>Root cause</h3>\n<p>\nA lock.\n</p>\n<h3>Next steps</h3>\n<ol>\n<li>Watch the lock</li>\n</ol>\n";
    let document = read(text);
    assert_eq!(document.title.unwrap().value, "Search was down");
    assert_eq!(document.date.unwrap().value.to_string(), "2024-05-06");
    assert_eq!((document.timeline.len(), document.action_items.len()), (2, 1));
    assert!(document.has_root_cause);
}

#[test]
fn the_day_of_the_report_is_not_the_incidents() {
    for (text, expected) in [
        ("---\ndate: 2024-05-09\n---\n# Outage of 6 May 2024\n\nText.\n", "2024-05-06"),
        ("---\ndate: 2024-05-06\n---\n# Outage, reported 9 May 2024\n\nText.\n", "2024-05-06"),
        ("# Disclosure - 2024-05-09\n\n## Timeline\n\n- May 6, 2024 10:00 Down\n- 10:20 Up\n", "2024-05-06"),
        (
            "# Outage 2024-05-06\n\n## Timeline\n\n- May 5, 2024 10:00 Deployed\n- May 6, 2024 10:20 Down\n",
            "2024-05-06",
        ),
        ("# Leak (updated 2024-05-09)\n\nOn May 6, 2024 a key was read.\n", "2024-05-06"),
        ("# Leak\n\nBetween 6 and 8 May 2024 a key was read.\n", "2024-05-06"),
        ("# Fuite\n\nEntre le 6 et le 8 mai 2024 une clé fut lue.\n", "2024-05-06"),
    ] {
        assert_eq!(read(text).date.unwrap().value.to_string(), expected, "{text}");
    }
}

#[test]
fn the_distance_from_something_is_no_length() {
    for (text, expected) in [
        ("# A\n\nThe failure began two minutes after the release and lasted 50 minutes.\n", Some(50)),
        ("# A\n\nTen minutes after the alert Ana looked. Everything was down.\n", None),
        ("# A\n\nAn outage of 40 minutes after the release.\n", Some(40)),
    ] {
        let stated = read(text).durations.stated;
        assert_eq!(stated.first().and_then(|it| it.minutes), expected, "{text}");
    }
}

#[test]
fn a_name_that_holds_the_word_names_no_work() {
    for (text, expected) in [
        ("# A\n\n## GitHub Actions is slow\n\n- The queue is long\n- Builds wait\n", 0),
        ("# A\n\n## 原因: GitHub Actionsの遅延\n\n- 待ち行列が長い\n", 0),
        ("# A\n\n## Action items\n\n### GitHub Actions\n\n- Add a runner\n", 1),
    ] {
        assert_eq!(read(text).action_items.len(), expected, "{text}");
    }
}

#[test]
fn what_stands_before_a_table_of_actions_explains_it() {
    let table = "| Action item | Priority |\n|-|-|\n| Add a runner | P1 |\n";
    for (text, expected) in [
        (format!("# A\n\n## Action items\n\nAdd one row per task.\n\n- P0: do it now\n- P1: do it soon\n\n{table}"), 1),
        (format!("# A\n\n## Action items\n\n{table}\n- Watch the queue\n"), 2),
        (
            "# A\n\n## Action items\n\n- Watch the queue\n\n### Rest\n\n| Day | Queue |\n|-|-|\n| 1 | 2 |\n".to_owned(),
            1,
        ),
    ] {
        assert_eq!(read(&text).action_items.len(), expected, "{text}");
    }
}

#[test]
fn work_is_named_where_it_comes_to_mind() {
    let text = "# A\n\n## Lessons\n\nThe list was out of date.\n\nAction point: create a new list.\n- Bo did so.\n\n\
                Action item: none\n\n- TODO: add an alert on the queue\n- Action items: two, both old\n";
    let items: Vec<_> = read(text).action_items.into_iter().map(|item| item.text).collect();
    assert_eq!(items, ["create a new list.", "add an alert on the queue"]);
}

#[test]
fn a_title_names_no_fix() {
    assert!(read("# Fix: slow queries\n\n## Problem\n\nSlow.\n").resolution.is_none());
    let text = "# A\n\n## Recommended fix\n\n- Add an index\n\n## Fix\n\nDropped the view.\n";
    assert_eq!(read(text).resolution.unwrap().value, "Dropped the view.");
}

#[test]
fn why_asks_for_the_cause() {
    assert!(read("# A\n\n## Symptom\n\nSlow.\n\n## Why\n\nA lock.\n\n## Fix\n\nDropped it.\n").has_root_cause);
    assert!(read("# A\n\n### Why was this happening?\n\nA lock.\n").has_root_cause);
    assert!(!read("# A\n\n## Why\n\nWe like it.\n").has_root_cause);
}

#[test]
fn a_very_high_level_is_the_highest() {
    for value in ["Very high", "Sehr hoch", "Muy alta", "매우 높음"] {
        let severity = read(&format!("# A\n\n**Severity:** {value}\n")).severity.unwrap();
        assert_eq!(severity.value.level(), 1, "{value}");
    }
}

#[test]
fn counted_headings_of_an_action_section_are_its_items() {
    let text = |second: &str| {
        format!(
            "# A\n\n## Action items\n\n### 1) Fewer workers @ana\n\nDone by hand.\n\n### 2) Alerts on load\n\n{second}\n"
        )
    };
    assert_eq!(items(&text("Text.")), (2, 0));
    let first = read(&text("Text.")).action_items.swap_remove(0);
    assert_eq!((first.text.as_str(), first.owner.as_deref()), ("Fewer workers @ana", Some("@ana")));
    assert_eq!(items(&text("- watch the queue\n- watch the disk\n- watch the lock")), (3, 0));
    let terms = "# A\n\n## Action items\n\n### 1. Short term\n\nText.\n\n### 2. Long term\n\nText.\n";
    assert_eq!(items(terms), (0, 0));
}

#[test]
fn headings_of_a_section_of_prevention_are_items_where_they_instruct() {
    let text = "# A\n\n## Prevention\n\n### Check the size before each copy\n\nText.\n\n### Keep two copies\n\nText.\n";
    assert_eq!(items(text), (2, 0));
    assert_eq!(items("# A\n\n## Prevention\n\n### 1. Larger disk\n\nText.\n\n### 2. Two copies\n\nText.\n"), (0, 0));
}

#[test]
fn the_categories_of_a_post_tell_that_its_date_is_the_day_of_writing() {
    let text = |more: &str| {
        format!(
            "---\ntitle: The full disk\ndate: 2026-04-14\n{more}---\n\n## Timeline\n\n| Time | Event |\n|-|-|\n\
                 | 2026-04-11 | Full |\n| 2026-04-13 | Freed |\n"
        )
    };
    let date = |more: &str| read(&text(more)).date.unwrap().value.to_string();
    assert_eq!(date("categories: ops\n"), "2026-04-11");
    assert_eq!(date("categories: ops\nseverity: high\n"), "2026-04-14");
}

#[test]
fn headings_whose_state_is_given_are_items_and_what_stands_below_them_are_their_steps() {
    let text = "# A\n\n## Action items\n\n### Change the key\n\n**Steps:**\n\n1. Log in\n2. Change it\n\n**Status:** open\n\n\
                ### A second factor\n\nFor everybody.\n\n**Status:** done\n\n**Owner:** Ana\n";
    let items = read(text).action_items;
    let told: Vec<_> = items.iter().map(|it| (it.text.as_str(), it.is_done(), it.owner.as_deref())).collect();
    assert_eq!(told, [("Change the key", false, None), ("A second factor", true, Some("Ana"))]);
}

#[test]
fn bullets_behind_a_number_tell_of_its_item() {
    let text = "# A\n\n## Preventive actions\n\n1. Review the accounts\n- Look at each of them.\n- Owner: Ana\n- Due: 2026-03-04\n\n\
                2. Warn early\n- Owner: Bo\n";
    let items = read(text).action_items;
    let owners: Vec<_> = items.iter().map(|it| it.owner.as_deref()).collect();
    assert_eq!(owners, [Some("Ana"), Some("Bo")]);
    assert_eq!(items[0].due.as_ref().unwrap().date.to_string(), "2026-03-04");
}

#[test]
fn a_ticket_column_may_tell_the_state_and_a_placeholder_is_no_item() {
    let text = "# A\n\n| Action item | Owner | Bug |\n|-|-|-|\n| Pin the version | core | n/a DONE |\n| Watch it | core | TODO |\n\
                | Item 1 |  | TODO |\n";
    let items = read(text).action_items;
    let told: Vec<_> = items.iter().map(|it| (it.text.as_str(), it.is_done(), it.tickets.len())).collect();
    assert_eq!(told, [("Pin the version", true, 0), ("Watch it", false, 0)]);
}

#[test]
fn a_heading_that_ends_with_done_heads_what_was_done() {
    assert_eq!(items("# A\n\n## Acciones correctivas implementadas\n\n- Límite de disco\n- Copia diaria\n"), (2, 2));
    assert_eq!(items("# A\n\n## Actions to be completed\n\n- A larger disk\n- A daily copy\n"), (2, 0));
    assert_eq!(items("# A\n\n## What has to be done\n\n- A larger disk\n- A daily copy\n"), (2, 0));
}

#[test]
fn entries_with_the_number_of_a_note_are_dated() {
    let text = "# A\n\n## Timeline\n\n- [1] 2016-10-12 Reported\n- [2] 2016-10-13 In the news\n";
    let timeline = read(text).timeline;
    assert_eq!(timeline[1].at.unwrap().date.unwrap().to_string(), "2016-10-13");
    assert_eq!(timeline[1].text, "In the news");
}

#[test]
fn a_numeric_date_begins_with_the_day_where_the_language_has_it_so() {
    let date = |text: &str| read(text).date.map(|it| it.value.to_string());
    let portuguese =
        "# Queda do e-mail - 06/05/2024\n\nA fila parou e não havia alerta para isso. O serviço voltou mais tarde.\n";
    assert_eq!(date(portuguese).as_deref(), Some("2024-05-06"));
    assert_eq!(date(&format!("{portuguese}\nRevisto em 05/14/2024.\n")).as_deref(), Some("2024-06-05"));
    let english =
        "# Mail outage - 06/05/2024\n\nThe queue had stopped and there was no alert for it. It came back later.\n";
    assert_eq!(date(english), None);
}

#[test]
fn what_is_to_be_done_is_found_under_plain_words() {
    for heading in [
        "Was wir ändern",
        "¿Cómo evitamos que vuelva a pasar?",
        "Comment éviter que cela se reproduise",
        "O que vamos fazer",
        "Что делать дальше",
        "Wat gaan we doen",
    ] {
        let items = read(&format!("# A\n\n## {heading}\n\n- Alarm\n- Timeout\n")).action_items;
        assert_eq!(items.len(), 2, "{heading}");
    }
}

#[test]
fn the_end_of_an_item_may_say_by_when_and_brackets_by_whom() {
    let items = read(
        "# A\n\n**Date:** 2026-03-01\n\n## Actions\n\n- [ ] Rotate all keys by 2026-03-10.\n- [ ] Warn early by March 15\n\
         - [ ] Grenzwert erhöhen bis 31.10.2026\n- [ ] Move the driver by 1.2\n- [ ] Warn the caller (assigned to Frank)\n\
         - [ ] Warn us, assigned to Frank Mill, due 2026-03-20\n- [ ] Ask the people assigned to Frankfurt\n",
    )
    .action_items;
    let day = |item: &ActionItem| item.due.as_ref().map(|due| due.date.to_string());
    let told: Vec<_> = items.iter().map(|it| (it.text.as_str(), it.owner.as_deref(), day(it))).collect();
    let on = |day: &str| Some(day.to_owned());
    let expected = [
        ("Rotate all keys", None, on("2026-03-10")),
        ("Warn early", None, on("2026-03-15")),
        ("Grenzwert erhöhen", None, on("2026-10-31")),
        ("Move the driver by 1.2", None, None),
        ("Warn the caller", Some("Frank"), None),
        ("Warn us", Some("Frank Mill"), on("2026-03-20")),
        ("Ask the people assigned to Frankfurt", None, None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_field_of_a_form_is_no_action_item() {
    let text = "# A\n\n## Corrective actions\n\n- **Assigned to:** ________\n- Watch the queue\n";
    assert_eq!(read(text).action_items.len(), 1);
}

#[test]
fn work_is_marked_where_it_comes_to_mind() {
    let items = |text: &str| -> Vec<_> { read(text).action_items.into_iter().map(|it| it.text).collect() };
    let text = "# A\n\n## Lessons learned\n\nWe saw it late.\n\n**TODO** watch the space that is left\n\n\
                **TODO**: ask for room before the copy.\n\nTODO lists are long.\n";
    assert_eq!(items(text), ["watch the space that is left", "ask for room before the copy."]);
}

#[test]
fn as_many_values_as_labels_are_theirs() {
    let text = "# A\n\nStatus / severity / affected release: closed / medium / 02304dd.\n";
    let document = read(text);
    assert_eq!(document.status.map(|it| it.value), Some(StatusState::Closed));
    assert_eq!(document.severity.map(|it| it.value.level()), Some(3));
    assert_eq!(read("# A\n\nStatus / severity: closed\n").status, None);
}

#[test]
fn a_heading_that_labels_a_value_is_no_title_beside_another() {
    let text = "### Web stack outage\n\n## Summary\n\n# Outage duration: 2 hours\n\nText.\n";
    assert_eq!(read(text).title.unwrap().value, "Web stack outage");
    assert_eq!(read("# Two levels: SEV-1 and SEV-2 drill\n").severity, None);
    assert!(read("# SEV-1: the queue, again SEV1\n").severity.is_some());
}

#[test]
fn parts_of_a_day_stand_where_others_have_a_clock() {
    let text = "# A\n\n**Date:** 2026-03-01\n\n## Timeline\n\n- **22:10:** Begins\n- **22:35:** Seen\n- **Overnight:** Restarts\n\
                - **Morning (2 March 2026):** More of them\n- **Total downtime:** long\n";
    let entries = read(text).timeline;
    let told: Vec<_> = entries.iter().map(|it| (it.raw.as_str(), it.text.as_str())).collect();
    let expected =
        [("22:10", "Begins"), ("22:35", "Seen"), ("Overnight", "Restarts"), ("Morning (2 March 2026)", "More of them")];
    assert_eq!(told, expected);
    let bullets = "# A\n\n## Timeline (condensed)\n\n- It began\n- It was seen\n- It was over\n";
    assert_eq!(read(bullets).timeline.len(), 3);
    assert_eq!(read(&bullets.replace("(condensed)", "of how we looked for it")).timeline.len(), 0);
}

#[test]
fn a_table_of_facts_says_more_than_a_message_that_was_sent() {
    let text = "# A\n\n## The facts\n\n| Field | Value |\n|-|-|\n| Status | Closed |\n\n## Message\n\n> Status: restored, we watch it.\n";
    assert_eq!(read(text).status.map(|it| it.value), Some(StatusState::Closed));
}
