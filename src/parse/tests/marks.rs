//! Who, how far and when: states, names and days as people write them beside what they say, each in words of our own.

use super::{read, read_at};
use crate::model::{DurationKind, StatusState};

#[test]
fn owners_of_front_matter_are_read_without_their_links() {
    let owners = |value: &str| {
        let document = read(&format!("---\nauthor: {value}\n---\n\n# A\n"));
        document.owners.into_iter().map(|it| it.value).collect::<Vec<_>>()
    };
    assert_eq!(owners("Ana Ruiz ([@ana](https://example.org/@ana))"), ["Ana Ruiz (@ana)"]);
    assert_eq!(owners("the mail team <https://example.org/teams/mail>"), ["the mail team"]);
    assert_eq!(owners("\"https://example.org/a\""), ["https://example.org/a"]);
}

#[test]
fn a_page_about_incidents_is_told_from_an_incident_by_its_cause_and_day() {
    let page = "# Postmortems\n\nNo incident has been recorded as of 2026-07-11.\n";
    assert_eq!(read_at("docs/incidents/README.md", page).kind.value, crate::model::Kind::Other);
    let text = "---\ntitle: The slow queue\ndate: 2026-01-03\n---\n\nIt was slow.\n\n# Root cause\n\nToo many users.\n";
    assert_eq!(read_at("blog/2026-01-03-queue/index.md", text).kind.value, crate::model::Kind::Incident);
}

#[test]
fn a_title_below_its_own_heading_is_read_where_the_first_names_the_kind() {
    let document =
        read("# Root Cause Analysis (RCA)\n\n## Incident Title\nThe locked account\n\n## Impact\n\nOne person.\n");
    assert_eq!(document.title.unwrap().value, "The locked account");
}

#[test]
fn the_month_that_a_text_begins_with_is_its_date_where_no_day_is_named() {
    let date = |text: &str| read(text).date.map(|it| it.value.to_string());
    assert_eq!(date("# The stolen key\n\nIn April 2026 somebody took a key.\n").as_deref(), Some("2026-04"));
    assert_eq!(date("# The stolen key\n\nSomebody took a key that we had made in April 2026.\n"), None);
    let signed = "# The full disk\n\n**Incident date:** November 2025\n\nText.\n\n## Lessons\n\nText.\n\n---\n\n**Date:** 28 November 2025\n";
    assert_eq!(date(signed).as_deref(), Some("2025-11"));
}

#[test]
fn a_downtime_in_the_opening_list_is_the_duration() {
    let document = read("# A\n\n**Impact**:\n1. Downtime for ~4 hours and 38 minutes.\n2. One channel closed.\n");
    assert_eq!(document.durations.stated[0].minutes, Some(278));
}

#[test]
fn a_title_that_says_how_it_is_gives_the_status() {
    use crate::model::StatusState::{Open, Resolved};
    let state = |text: &str| read(text).status.map(|it| it.value);
    for (title, expected) in [
        ("[RESOLVED] Mail queue stuck", Some(Resolved)),
        ("Mail queue stuck (resolved)", Some(Resolved)),
        ("Mail queue stuck — ongoing", Some(Open)),
        ("How we fixed the mail queue", None),
        ("[mail] Queue stuck", None),
    ] {
        assert_eq!(state(&format!("# {title}\n\nText.\n")), expected, "{title}");
    }
    assert_eq!(state("# Queue stuck (resolved)\n\n**Status:** open\n"), Some(Open));
}

#[test]
fn times_in_square_brackets_are_read_and_taken_off() {
    let timeline = read("# A\n\n## Timeline\n\n- [10:00] Alert\n- [10:05 UTC] Up\n").timeline;
    let told: Vec<_> = timeline.iter().map(|it| (it.raw.as_str(), it.text.as_str())).collect();
    assert_eq!(told, [("10:00", "Alert"), ("10:05 UTC", "Up")]);
}

#[test]
fn state_owner_and_due_day_of_an_item_are_read_as_people_write_them() {
    let text = "# A\n\n## Actions\n\n- [DONE] Change the key\n- DONE: Change the other key\n- Warn early [done]\n\
                - Pin it -- Eva Lund, 2024-08-01\n- Watch it (due 2024-08-02, Eva Lund)\n- Alert on load @ana [detect]\n";
    let items = read(text).action_items;
    let told: Vec<_> = items.iter().map(|it| (it.text.as_str(), it.owner.as_deref(), it.is_done())).collect();
    let eva = Some("Eva Lund");
    let expected = [
        ("Change the key", None, true),
        ("Change the other key", None, true),
        ("Warn early", None, true),
        ("Pin it", eva, false),
        ("Watch it", eva, false),
    ];
    assert_eq!(told[..5], expected);
    assert_eq!(items[5].owner.as_deref(), Some("@ana"));
    assert!(items[3].due.is_some() && items[4].due.is_some());

    let text = "# A\n\nAuthors: @ana @bo, Cem\n\n## How do we stop this happening again?\n\n- Warn early (Cem)\n\
                - Pin it - Dora - 2024-08-01\n- Retry (once)\n";
    let document = read(text);
    let owners: Vec<_> = document.action_items.iter().map(|it| it.owner.as_deref()).collect();
    assert_eq!(owners, [Some("Cem"), Some("Dora"), None]);
    assert_eq!(document.owners.len(), 3);
}

#[test]
fn what_nobody_will_do_is_neither_open_nor_done() {
    use crate::model::ItemState::{Cancelled, Done, Open};
    let states = |text: &str| -> Vec<_> { read(text).action_items.iter().map(|it| it.state).collect() };
    let boxes = "# A\n\n## Actions\n\n- [ ] Bound the queue (cancelled)\n- [ ] Warn early. Won't do.\n\
                 - [ ] ~~Replace the broker~~\n- [x] ~~Replace the cache~~\n- [-] Move away @ana\n- [~] Write it down\n\
                 - [/] Test the copy\n- [ ] CANCELLED: page the vendor\n- [ ] Rotate keys (not planned: too dear)\n\
                 - [x] Rotate them by hand. Superseded.\n- [ ] Warn when a job is cancelled\n";
    let expected =
        [Cancelled, Cancelled, Cancelled, Done, Cancelled, Cancelled, Open, Cancelled, Cancelled, Cancelled, Open];
    assert_eq!(states(boxes), expected);
    let moved = &read(boxes).action_items[4];
    assert!(moved.owner.as_deref() == Some("@ana") && moved.text.starts_with("Move away"), "{moved:?}");
    // Such boxes are none of Markdown, and nobody ticks them.
    assert_eq!(read(boxes).checkboxes.total, 8);

    let table = "# A\n\n## Actions\n\n| Action | Owner | Status |\n|-|-|-|\n| A b | Ana | Won't fix |\n| C d | Bo | ❌ Cancelled |\n\
                 | E f | Bo | Superseded by #12 |\n| G h | Bo | ❌ Not done |\n| I j | Bo | Waiting, rejected once |\n";
    assert_eq!(states(table), [Cancelled, Cancelled, Cancelled, Open, Open]);
    assert_eq!(
        states("# A\n\n## Actions\n\n### Rejected\n\n- Rewrite it\n\n### Planned\n\n- Bound it\n"),
        [Cancelled, Open]
    );
    let marks = "# A\n\n## Actions\n\n- ❌ Add a test (won't do)\n- ⏳ Add an alert\n- ✅ Add a page. Cancelled.\n";
    assert_eq!(states(marks), [Cancelled, Open, Cancelled]);
    let parts =
        "# A\n\n## Actions\n\n- [ ] Move away. Won't do.\n  - [ ] Order room\n  - [x] Ask for a price\n- [ ] Stay\n";
    assert_eq!(states(parts), [Cancelled, Cancelled, Done, Open]);
}

#[test]
fn a_column_called_when_behind_the_action_asks_by_when() {
    let text = |header: &str| {
        format!(
            "# A\n\n## Actions\n\n{header}\n|-|-|-|\n| Add an alert | Ana | 2024-05-01 |\n| Raise the limit | Bo | May |\n"
        )
    };
    let items = read(&text("| Action | Who | When |")).action_items;
    assert_eq!(items.len(), 2);
    assert!(items[0].due.is_some());
}

#[test]
fn the_time_to_resolve_begins_at_the_detection_however_that_is_told() {
    let text = |told: &str| {
        format!(
            "# T\n\n**Date:** 2025-12-17\n{told}\n\n## Timeline\n\n- **08:00 UTC**: began\n- **08:48 UTC**: resolved\n"
        )
    };
    let resolve = |told: &str| {
        let computed = read(&text(told)).durations.computed;
        let of = |kind| computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        (of(DurationKind::Detect), of(DurationKind::Resolve), of(DurationKind::Total))
    };
    assert_eq!(resolve("**Time to detect:** 11 minutes"), (None, Some(37), Some(48)));
    assert_eq!(resolve("**Detected:** 08:11 UTC"), (Some(11), Some(37), Some(48)));
    assert_eq!(resolve("**Time to detect:** 2 hours"), (None, None, Some(48)));
    assert_eq!(resolve(""), (None, Some(48), Some(48)));
}

#[test]
fn a_timeline_that_begins_with_the_detection_does_not_tell_how_long_it_took() {
    let took = |entries: &str| {
        let computed = read(&format!("# T\n\n**Date:** 2025-12-17\n\n## Timeline\n\n{entries}")).durations.computed;
        let of = |kind| computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        (of(DurationKind::Detect), of(DurationKind::Resolve))
    };
    assert_eq!(took("- **08:00 UTC**: alert fired\n- **08:48 UTC**: resolved\n"), (None, Some(48)));
    let told = "- **08:00 UTC**: began\n- **08:00 UTC**: alert fired\n- **08:48 UTC**: resolved\n";
    assert_eq!(took(told), (Some(0), Some(48)));
}

#[test]
fn lines_of_a_timeline_may_write_times_with_a_dot() {
    let at = |entries: &str| {
        let timeline = read(&format!("# T\n\n## Timeline\n\n25 August 2022\n\n{entries}")).timeline;
        let shown = |it: &crate::model::TimelineEntry| {
            it.at.and_then(|at| at.utc()).map(|at| at.format("%d %H:%M").to_string()).unwrap_or_default()
        };
        timeline.iter().map(shown).collect::<Vec<_>>()
    };
    let told = "11.07: Started the upgrade\n\n13.04 JP sees it fail\n\n26th August\n\n14:41: Asked the vendor\n";
    assert_eq!(at(told), ["25 11:07", "25 13:04", "26 14:41"]);
    assert!(at("11.07 GB were left\n\nNothing happened.\n").is_empty(), "one number is no habit");
}

#[test]
fn a_time_that_is_a_heading_of_the_wrong_level_goes_on_with_the_timeline() {
    let text = "# T\n\n## Timeline\n\n### 2019-02-25 11:21a\n\nDown.\n\n### 12:28p\n\nAsked.\n\n## 13:20\n\nMoved.\n\n### 13:46\n\n\
                Up.\n\n## 14 services\n\nAll of them.\n";
    let timeline = read(text).timeline;
    let told: Vec<_> = timeline.iter().map(|it| (it.raw.as_str(), it.text.as_str())).collect();
    let expected = [("2019-02-25 11:21a", "Down."), ("12:28p", "Asked."), ("13:20", "Moved."), ("13:46", "Up.")];
    assert_eq!(told, expected);
    assert_eq!(timeline[1].at.and_then(|at| at.time).map(|it| it.to_string()).as_deref(), Some("12:28:00"));
}

#[test]
fn the_name_of_the_file_shows_how_the_day_is_written() {
    let date = |path: &str, day: &str| {
        read_at(path, &format!("# Phishing incident\n\n**Date:** {day}\n")).date.map(|it| it.value.to_string())
    };
    assert_eq!(date("2020-03-04-phishing.md", "3.4.2020").as_deref(), Some("2020-03-04"));
    assert_eq!(date("2020-03-04-phishing.md", "04/03/2020").as_deref(), Some("2020-03-04"));
    assert_eq!(date("phishing.md", "3.4.2020").as_deref(), Some("2020-04-03"));
    assert_eq!(date("2020-07-01-phishing.md", "3.4.2020").as_deref(), Some("2020-04-03"));
}

#[test]
fn a_day_behind_resolved_says_that_it_is() {
    let state = |line: &str| read(&format!("# Pods fail\n\n{line}\n\n## Root cause\n\nX.\n")).status.map(|it| it.value);
    assert_eq!(
        state("- **Started**: 2026-08-24\n- **Resolved**: 2026-08-24, same session"),
        Some(StatusState::Resolved)
    );
    assert_eq!(state("**Resolved:** 2026-08-24"), Some(StatusState::Resolved));
    assert_eq!(
        state("| Field | Value |\n|---|---|\n| **Resolved** | `2026-08-24 12:01` |"),
        Some(StatusState::Resolved)
    );
    assert_eq!(state("**Time resolved:** 2026-08-24 10:00"), None);
    assert_eq!(state("**End:** 2026-08-24 10:00"), None);
}

#[test]
fn the_last_entry_of_what_goes_on_is_no_end() {
    let text = |status: &str| {
        format!(
            "# T\n\n**Date:** 2025-12-17\n**Status:** {status}\n\n## Timeline\n\n- **08:00 UTC**: began\n- **08:48 UTC**: looked\n"
        )
    };
    let read = |status: &str| {
        let document = read(&text(status));
        (document.times.resolved.is_some(), document.durations.computed.len())
    };
    assert_eq!(read("investigating"), (false, 0));
    assert_eq!(read("resolved"), (true, 2));
    let marked = text("open").replace("looked", "resolved");
    let document = super::read(&marked);
    assert!(document.times.resolved.is_some() && document.durations.computed.is_empty(), "told, and contradicted");
}

#[test]
fn a_duration_may_be_told_by_both_its_ends() {
    let minutes = |value: &str| {
        let document = read(&format!("# Outage of the shop\n\n**Duration:** {value}\n"));
        document.durations.stated.first().and_then(|it| it.minutes)
    };
    assert_eq!(minutes("The outage occurred from 2024-08-10 14:30 UTC to 2024-08-10 15:45 UTC."), Some(75));
    assert_eq!(
        minutes("It lasted from February 15, 2024, 10:00 AM (EAT) to February 15, 2024, 2:30 PM (EAT)."),
        Some(270)
    );
    assert_eq!(minutes("from August 5, 2023, 11:00 PM to August 6, 2023, 1:00 AM"), Some(120));
    assert_eq!(minutes("since 2024-08-10, see the ticket of 10:00"), None);
}

#[test]
fn the_value_of_a_bold_label_may_stand_on_the_next_line() {
    let document =
        read("# Database down\n\n**Severity:**  \nCritical\n\n**Root Cause**  \nThe pool was empty.\nNobody saw it.\n");
    assert_eq!(document.severity.map(|it| it.value.level()), Some(1));
    assert_eq!(document.root_cause.map(|it| it.value).as_deref(), Some("The pool was empty.\nNobody saw it."));
    let document = read("# Database down\n\n**Severity:**\n**Status:** open\n");
    assert_eq!((document.severity.is_none(), document.status.map(|it| it.value)), (true, Some(StatusState::Open)));
}

#[test]
fn a_heading_that_names_only_the_kind_yields_to_a_title_that_is_called_one() {
    let title = |text: &str| read(text).title.map(|it| it.value).unwrap_or_default();
    assert_eq!(title("# Post-Incident Review\n\n**Title:** Queue stuck\n**Date:** 2026-01-02\n"), "Queue stuck");
    assert_eq!(title("# Incident Report\n\n**Date:** 2026-01-02\n"), "Incident Report");
    assert_eq!(title("# Queue incident\n\n**Title:** Another\n"), "Queue incident");
}

#[test]
fn the_detection_is_the_entry_that_bears_out_how_long_it_took() {
    let text = |took: &str| {
        format!(
            "# A\n\n**Date:** 2026-03-01\n\n## Timeline (UTC)\n\n- 00:00 Token expires, outage begins\n\
             - 00:05 An alert looks at all callers and stays quiet\n- 07:30 The report of the morning is read\n- 08:20 Resolved\n\n\
             Time to detect: {took}\n"
        )
    };
    let detect = |took: &str| {
        let computed = read(&text(took)).durations.computed;
        let of = |kind| computed.iter().find(|it| it.kind == kind).map(|it| it.minutes);
        (of(crate::model::DurationKind::Detect), of(crate::model::DurationKind::Resolve))
    };
    assert_eq!(detect("7 hours 30 minutes"), (Some(450), Some(50)));
    assert_eq!(detect("5 minutes"), (Some(5), Some(495)));
    // Any entry at that very minute does; where nothing bears it out, the first one stays.
    assert_eq!(detect("8 hours 20 minutes"), (Some(500), Some(0)));
    assert_eq!(detect("3 hours"), (Some(5), Some(495)));
    let unmarked = text("7 hours 30 minutes")
        .replace("An alert", "A rule")
        .replace("The report of the morning is read", "Ana looks");
    assert_eq!(read(&unmarked).times.detected.map(|it| it.raw), Some("07:30".to_owned()));
    assert_eq!(read("# A\n\n## Timeline\n\n- 10:00 Migration stopped, report cancelled\n").timeline[0].mark, None);
}

#[test]
fn a_stated_duration_differs_where_no_reading_of_the_timeline_bears_it_out() {
    let differs = |stated: &str| {
        let text = format!(
            "# A\n\n**Time to mitigate:** {stated}\n\n## Timeline (UTC)\n\n- 2026-03-01 10:00 Outage begins\n\
             - 2026-03-01 10:50 Detected\n- 2026-03-01 12:30 Mitigated\n"
        );
        let document = read(&text);
        document.contradicts(&document.durations.stated[0])
    };
    // From the detection, as it is computed, and from the beginning, as some people count.
    assert_eq!((differs("100 minutes"), differs("150 minutes"), differs("3 hours")), (None, None, Some(80)));
}

#[test]
fn the_last_words_may_say_that_it_is_over() {
    let state = |foot: &str| read(&format!("# A\n\n## Impact\n\nDown.\n\n---\n\n{foot}\n")).status.map(|it| it.value);
    assert_eq!(state("✅ INCIDENT RÉSOLU"), Some(StatusState::Resolved));
    assert_eq!(state("*Incident resolved at 13:30 UTC*"), Some(StatusState::Resolved));
    assert_eq!(state("Ana resolved most of it."), None);
    assert_eq!(state("## Later\n\nIncident resolved"), None);
}

#[test]
fn a_list_of_facts_below_a_heading_is_a_header() {
    let text =
        "# A\n\n## Overview\n\n- **Incident ID**: Q27\n- **Priority**: P1 (High)\n- **Impact**: none can sign in\n";
    assert_eq!(read(text).severity.map(|it| it.value.level()), Some(2));
    // Words that are no fields make none.
    let steps = text.replace("Incident ID", "Step").replace("Impact", "Then");
    assert_eq!(read(&steps).severity, None);
}

#[test]
fn a_heading_that_names_only_the_kind_is_a_title_where_nothing_says_more() {
    let title = |text: &str| read(text).title.map(|it| it.value);
    assert_eq!(title("# Root cause analysis\n\n## Summary\n\nText.\n"), Some("Root cause analysis".to_owned()));
    assert_eq!(title("\n\n# RCA\n\n## Summary\n\nText.\n"), Some("RCA".to_owned()));
    assert_eq!(title("Root\n\n# Root cause analysis\n"), None);
    assert_eq!(title("# Overview\n\nText.\n"), None);
}

#[test]
fn labelled_items_tell_a_story_too() {
    let text = "# A\n\n## Timeline\n\n- **Detection:** A user asked\n- **Investigation:** We looked\n- **Resolution:** Fixed\n";
    assert_eq!(read(text).timeline.len(), 3);
}

#[test]
fn steps_without_a_clock_are_entries() {
    let count = |lines: &str| read(&format!("# A\n\n## Timeline\n\n{lines}")).timeline.len();
    assert_eq!(count("- **T0**: It begins\n- **T1**: It is seen\n- T2 - It is over\n"), 3);
    assert_eq!(count("- 10:00 It begins\n- 10:05 Seen\n- T1 lines were slow\n- T1000 too: x\n"), 2);
}
