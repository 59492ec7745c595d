//! Timelines in unusual places, and values that tools write.

use super::read;
use crate::model::Moment;

fn timeline(text: &str) -> Vec<(u32, String, String)> {
    let entries = read(text).timeline.into_iter();
    entries.map(|it| (it.line, it.at.map_or(it.raw, written), it.text)).collect()
}

fn written(at: Moment) -> String {
    at.utc().map(|it| it.format("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

fn entries(list: &[(u32, &str, &str)]) -> Vec<(u32, String, String)> {
    list.iter().map(|(line, at, text)| (*line, (*at).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_day_that_could_be_two_is_told_and_no_entry_is_lost() {
    let text = "# A\n\n**Date:** 02/05/2024\n\n## Timeline\n\n* 02/05/2024 09:15:** Report received\n* 03/05/2024 10:00: Over\n";
    let document = read(text);
    assert_eq!(document.date, None);
    assert_eq!(timeline(text), entries(&[(7, "02/05/2024 09:15", "Report received"), (8, "03/05/2024 10:00", "Over")]));
    let told = |text: &str| {
        let found = read(text).diagnostics.into_iter().find(|it| it.code == "ambiguous-date");
        found.map(|it| (it.line, it.message, it.hint.unwrap_or_default()))
    };
    let (line, message, hint) = told(text).unwrap();
    assert_eq!(line, 3);
    assert_eq!(message, "`02/05/2024` may be 2 May or 5 February, and nothing here tells which: it was not read");
    assert!(hint.contains("2024-05-02 or 2024-02-05"), "{hint}");
    assert_eq!(told(&text.replace("**Date:** 02/05/2024\n", "")).unwrap().0, 6);
    // One day that can be read one way only tells of all.
    let shown = text.replace("03/05", "13/05");
    assert_eq!(told(&shown), None);
    assert_eq!(read(&shown).date.unwrap().value.to_string(), "2024-05-02");
}

#[test]
fn days_go_on_with_a_timeline_that_holds_nothing_itself() {
    let text = "# A\n\n## Timeline\n\n_All times in UTC_\n\n## July 22, 2025\n1:03\nFirst alert\n\n5:10 AM\nThe database\nis full\n\n## July 23, 2025\n4:10 Over\n\n## Causes\n\n7:00 is when backups run\n";
    assert_eq!(
        timeline(text),
        entries(&[
            (8, "2025-07-22 01:03:00", "First alert"),
            (11, "2025-07-22 05:10:00", "The database is full"),
            (16, "2025-07-23 04:10:00", "Over"),
        ])
    );
    // Where the timeline has entries, a day below it is another thing.
    let log = "# A\n\n## Timeline\n\n- 2025-07-22 01:03 UTC: alert\n\n## July 23, 2025\n\n4:10 UTC: review held\n";
    assert_eq!(timeline(log).len(), 1);
}

#[test]
fn front_matter_may_hold_the_timeline() {
    let of = |list: &str| timeline(&format!("---\nstart: 2025-10-24T13:20:00Z\ntimeline:\n{list}---\n# A\n\nText.\n"));
    let lines = "  - \"13:20 UTC Incident declared\"\n  - \"13:28 UTC - Mitigation: restart\"\n";
    let expected = [(4, "2025-10-24 13:20:00", "Incident declared"), (5, "2025-10-24 13:28:00", "Mitigation: restart")];
    assert_eq!(of(lines), entries(&expected));
    let records = "  - time: \"13:20 UTC\"\n    event: Incident declared\n  - time: \"13:28 UTC\"\n    event: \"Mitigation: restart\"\n";
    assert_eq!(of(records), entries(&[(4, expected[0].1, expected[0].2), (6, expected[1].1, expected[1].2)]));
    assert_eq!(of("  - Incident declared\n  - Mitigation\n"), []);
    // What stands in the text is what people keep up to date.
    let both = format!("---\ntimeline:\n{lines}---\n# A\n\n## Timeline\n\n- 2025-10-24 14:00 UTC: over\n");
    assert_eq!(timeline(&both).len(), 1);
}

#[test]
fn updates_of_a_status_page_are_a_timeline() {
    let state = "---\ntitle: A\nresolved: true\n---\n*Resolved* - Back online. {{< track \"2023-07-23 03:22:15\" >}}\n\n*Update* - A host fell over. {{< track \"2023-07-23 03:18:01\" >}}\n\n*Investigating* - Not reachable. {{< track \"2023-07-23 03:15:50\" >}}\n";
    assert_eq!(
        timeline(state),
        entries(&[
            (5, "2023-07-23 03:22:15", "Resolved - Back online."),
            (7, "2023-07-23 03:18:01", "Update - A host fell over."),
            (9, "2023-07-23 03:15:50", "Investigating - Not reachable."),
        ])
    );
    let boxed = "# A\n\n::: update Monitoring | 2021-05-03T19:16:54.777Z\nUp again.\nWe watch it.\n\n:::\n\n::: update Resolved | 2021-05-03T22:51:55Z\n\nDone.\n\n:::\n";
    assert_eq!(
        timeline(boxed),
        entries(&[
            (3, "2021-05-03 19:16:54", "Monitoring: Up again. We watch it."),
            (9, "2021-05-03 22:51:55", "Resolved: Done."),
        ])
    );
    assert_eq!(timeline("# A\n\nResolved - we think so since 2023-07-23 03:22.\n\nOpen - or not.\n"), []);
}

#[test]
fn a_sign_before_a_state_undoes_it() {
    let status = |value: &str| read(&format!("# A\n\n**状态**：{value}\n")).status.map(|it| it.value.as_str());
    for (value, expected) in
        [("已关闭", "closed"), ("未关闭", "open"), ("修复中，尚未关闭", "open"), ("没有解决", "open")]
    {
        assert_eq!(status(value), Some(expected), "{value}");
    }
}

#[test]
fn a_title_may_bear_the_code_of_the_severity() {
    let level = |title: &str| read(&format!("# {title}\n\nText.\n")).severity.map(|it| it.value.level());
    assert_eq!(level("[INC-20260722-003][P0] Journal swept too early"), Some(1));
    assert_eq!(level("P1: checkout is down"), Some(2));
    assert_eq!(level("Queue stuck (P2)"), Some(3));
    assert_eq!(level("The P0 process"), None);
    assert_eq!(level("Meeting P1 and P2 targets"), None);
}

#[test]
fn a_start_says_more_than_the_date_of_the_report() {
    let date = |more: &str| {
        let document = read(&format!("---\ntitle: A\ndate: 2026-10-02\n{more}\n---\n# A\n"));
        document.date.map(|it| it.value.to_string()).unwrap_or_default()
    };
    assert_eq!(date("incident_start: \"2026-10-01 09:45 UTC\""), "2026-10-01");
    assert_eq!(date("incident_start_date: 2014-11-09"), "2014-11-09");
    assert_eq!(date("started: 2026-10-03"), "2026-10-02");
    assert_eq!(date(""), "2026-10-02");
}

#[test]
fn an_attack_lasts_too() {
    let document = read("# A\n\n**Duración total del ataque:** ~14 segundos.\n");
    assert_eq!(document.durations.stated.first().map(|it| it.raw.as_str()), Some("~14 segundos."));
}

#[test]
fn below_a_span_of_time_each_item_is_an_entry() {
    let text = "# A\n\n**Date:** 2025-02-24\n\n## Timeline\n\n### 22:04-23:00 UTC: Network split\n\n- 22:04: First report\n\
                - 22:30: Cause known\n\n### 23:10 UTC: Fix\n\n- 23:12: Built\n- 23:20: Released\n\n### 23:40 UTC: Calm\n\n\
                - seen by all\n";
    let found = entries(&[
        (9, "2025-02-24 22:04:00", "First report"),
        (10, "2025-02-24 22:30:00", "Cause known"),
        (12, "2025-02-24 23:10:00", "Fix"),
        (14, "2025-02-24 23:12:00", "Built"),
        (15, "2025-02-24 23:20:00", "Released"),
        (17, "2025-02-24 23:40:00", "Calm"),
    ]);
    assert_eq!(timeline(text), found);
}

#[test]
fn a_column_of_times_may_name_their_day() {
    let text =
        "# A\n\n## Timeline\n\n| Time (UTC, 19 Sep 2026) | Event |\n|--|--|\n| 17:47:32 | Scan |\n| 17:48 | Login |\n";
    assert_eq!(timeline(text), entries(&[(7, "2026-09-19 17:47:32", "Scan"), (8, "2026-09-19 17:48:00", "Login")]));
    assert_eq!(read(text).date.unwrap().value.to_string(), "2026-09-19");
}

#[test]
fn a_form_that_nobody_filled_in_has_no_entries() {
    assert_eq!(timeline("# A\n\n## Timeline\n\n- HH:MM:\n- HH:MM:\n- HH:MM:\n"), []);
    assert_eq!(timeline("# A\n\n## Timeline\n\n1. SSH\n2. DMs\n3. Disk\n").len(), 3);
}

#[test]
fn the_title_of_a_log_is_no_timeline() {
    let log = "# Incident log\n\n## Ledger slow\n\n### Investigation steps\n\n1. Asked for `/a?from=2026-04-01`\n2. Waited\n\n\
               ### Root cause\n\nNone.\n";
    assert_eq!(timeline(log), []);
    let bare = timeline("# Incident timeline\n\n- 10:00 Disk full\n- 10:20 Disk empty\n");
    assert_eq!(bare.iter().map(|it| it.2.as_str()).collect::<Vec<_>>(), ["Disk full", "Disk empty"]);
}

#[test]
fn a_table_of_facts_tells_day_zone_and_level_wherever_it_stands() {
    let text = "# Report\n\n## Summary\n\n| Detail | Value |\n|--|--|\n| Priority | P2 |\n| Systems affected | ledger |\n| First Detected | 2025-01-19 15:00 BRT |\n\
                | Resolution Time | 2 h |\n\n## Timeline\n\n- 14:45 Slow\n- 15:00 Alert fired\n- 17:00 Fixed\n";
    let document = read(text);
    assert_eq!(document.date.unwrap().value.to_string(), "2025-01-19");
    assert_eq!(document.severity.map(|it| it.value.level()), Some(3));
    assert_eq!(timeline(text)[0], (14, "2025-01-19 17:45:00".to_owned(), "Slow".to_owned()));
}

#[test]
fn a_response_is_the_fix_where_no_heading_names_one() {
    let text = "# A\n\n## Summary\n\nIt was slow.\n\n## Response\n\nWe raised the pool.\n";
    assert_eq!(read(text).resolution.unwrap().value, "We raised the pool.");
    let both = format!("{text}\n## Resolution\n\nA new pool.\n");
    assert_eq!(read(&both).resolution.unwrap().value, "A new pool.");
    assert_eq!(read("# Incident response\n\nCall the one on duty.\n").resolution, None);
}
