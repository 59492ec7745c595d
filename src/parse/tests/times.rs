//! Days and times as documents tell them: whose they are, in which order they stand, where a day ends.

use super::read;
use crate::model::{DurationKind, Extracted, Moment};

#[test]
fn a_day_of_the_document_is_not_the_incidents() {
    for line in [
        "**Created:** 2026-02-01",
        "**Last updated:** 2026-02-01",
        "Next review: 2026-08-01",
        "**Due:** 2026-08-01",
        "Published on 2026-02-01 by Ana",
        "Last updated 2026-02-01",
        "*Last reviewed: 2026-02-01*",
        "By Ana, created February 2026",
        "Created: February 2026",
    ] {
        let text = format!("# Queue stuck\n\n{line}\n\n## Summary\n\nThe queue stuck.\n");
        assert_eq!(read(&text).date, None, "{line}");
        // The incident's own day may stand behind it.
        let text = format!("# Queue stuck\n\n{line}\n\nOn 2026-01-30 the queue stuck.\n");
        assert_eq!(read(&text).date.map(|it| it.value.to_string()).as_deref(), Some("2026-01-30"), "{line}");
    }
    for (line, expected) in [
        ("In April 2026 the queue stuck.", "2026-04"),
        ("By 2026-04-03 the disk had filled.", "2026-04-03"),
        ("Created 2026-02-01. On 2026-01-30 the queue stuck.", "2026-01-30"),
        ("The index was created on 2026-01-30 and broke at once.", "2026-01-30"),
    ] {
        let date = read(&format!("# Queue stuck\n\n{line}\n")).date;
        assert_eq!(date.map(|it| it.value.to_string()).as_deref(), Some(expected), "{line}");
    }
}

/// Returns the local times of the entries.
fn times(text: &str) -> Vec<String> {
    let timeline = read(text).timeline;
    timeline
        .iter()
        .map(|it| it.at.and_then(|at| at.local()).map_or("-".into(), |at| at.format("%d %H:%M").to_string()))
        .collect()
}

fn total(text: &str) -> Option<i64> {
    let durations = read(text).durations.computed;
    durations.iter().find(|it| it.kind == DurationKind::Total).map(|it| it.minutes)
}

#[test]
fn a_further_section_or_table_tells_from_its_beginning() {
    let begin = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n";
    let rows = "| Time | Event |\n|-|-|\n| 10:00 | Down |\n| 18:00 | Up |\n";
    for again in [
        "## Detailed timeline\n\n- 10:00 Down\n- 14:00 Seen\n- 18:00 Up\n".to_owned(),
        format!("## Detailed timeline\n\n{rows}"),
        format!("### In detail\n\n{rows}"),
    ] {
        let text = format!("{begin}{rows}\n{again}");
        assert_eq!(total(&text), Some(480), "{text}");
        assert!(times(&text).iter().all(|at| at.starts_with("10 ")), "{text}");
    }
    // What begins before all of it goes on, and a day of its own holds.
    let text = format!("{begin}- 22:00 Down\n- 23:50 Seen\n\n## Timeline of the repair\n\n- 00:10 Fixed\n- 01:00 Up\n");
    assert_eq!(times(&text), ["10 22:00", "10 23:50", "11 00:10", "11 01:00"]);
    let text = format!("{begin}### 2026-01-10\n\n{rows}\n### 2026-01-11\n\n{rows}\n{rows}");
    assert_eq!(times(&text), ["10 10:00", "10 18:00", "11 10:00", "11 18:00", "11 10:00", "11 18:00"]);
}

#[test]
fn the_latest_entry_may_stand_first() {
    let begin = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n";
    for (entries, expected) in [
        ("- 18:00 Up\n- 10:05 Seen\n- 10:00 Down\n", vec!["10 18:00", "10 10:05", "10 10:00"]),
        (
            "- 01:00 Up\n- 00:10 Fixed\n- 23:50 Seen\n- 23:00 Down\n",
            vec!["11 01:00", "11 00:10", "10 23:50", "10 23:00"],
        ),
        ("- 2026-01-11 01:00 Up\n- 00:10 Fixed\n- 23:50 Seen\n", vec!["11 01:00", "11 00:10", "10 23:50"]),
        ("- 22:00 Up\n- 14:00 Seen\n- 08:00 Down\n", vec!["10 22:00", "10 14:00", "10 08:00"]),
        ("- 23:50 Down\n- 00:10 Up\n", vec!["10 23:50", "11 00:10"]),
        ("- 22:00 Down\n- 14:00 Seen\n- 14:30 Up\n", vec!["10 22:00", "11 14:00", "11 14:30"]),
        ("- 08:00 Down\n- 20:00 Worse\n- 12:00 Up\n", vec!["10 08:00", "10 20:00", "11 12:00"]),
        ("- 23:50 Down\n- 00:10 Seen\n- 00:05 Felt\n", vec!["10 23:50", "11 00:10", "11 00:05"]),
        (
            "- 23:50 Down\n- 00:10 Seen\n- 00:05 Felt\n- 01:00 Up\n",
            vec!["10 23:50", "11 00:10", "11 00:05", "11 01:00"],
        ),
    ] {
        assert_eq!(times(&format!("{begin}{entries}")), expected, "{entries}");
    }
}

#[test]
fn times_counted_from_an_unknown_start_keep_their_distances() {
    let text = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n- T-5 Deployed\n- T+0 Down\n- T+15 Up\n";
    assert_eq!(times(text), ["09 23:55", "10 00:00", "10 00:15"]);
    assert!(read(text).timeline.iter().all(|it| it.at.unwrap().approximate));
    let text = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n- T+5 a\n- T+10 b\n- T+20 c\n";
    assert_eq!(times(text), ["10 00:05", "10 00:10", "10 00:20"]);
    let text = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n- 10:00 Down\n- T+5 Seen\n- T+20 Up\n";
    assert_eq!(times(text), ["10 10:00", "10 10:05", "10 10:20"]);
    assert!(read(text).timeline.iter().all(|it| !it.at.unwrap().approximate));
}

#[test]
fn days_without_years_are_of_the_year_that_goes_with_the_incident() {
    for (day, entries, expected) in [
        ("January 1, 2026", "- Dec 31 23:50 UTC Down\n- Jan 1 00:10 UTC Up\n", ["2025-12-31", "2026-01-01"]),
        ("January 1, 2026", "- Jan 1 00:10 UTC Up\n- Dec 31 23:50 UTC Down\n", ["2026-01-01", "2025-12-31"]),
        ("December 31, 2025", "- Jan 1 00:10 UTC Down\n- Jan 1 00:50 UTC Up\n", ["2026-01-01", "2026-01-01"]),
        ("September 3, 2026", "- Jan 10 Deployed\n- Sep 3 10:00 Down\n", ["2026-01-10", "2026-09-03"]),
        ("March 3, 2026", "- Nov 10 Deployed\n- Mar 3 10:00 Down\n", ["2025-11-10", "2026-03-03"]),
    ] {
        let document = read(&format!("# A\n\n**Date:** {day}\n\n## Timeline\n\n{entries}"));
        let days: Vec<_> = document.timeline.iter().map(|it| it.at.unwrap().date.unwrap().to_string()).collect();
        assert_eq!(days, expected, "{day} {entries}");
        // That the deployment was months before is worth a note.
        let noted = document.diagnostics.iter().any(|it| it.code == "date-contradiction");
        assert_eq!(noted, entries.contains("Deployed"), "{day} {entries}");
    }
}

#[test]
fn the_day_ends_at_24() {
    let begin = "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n";
    for (entries, expected) in [
        ("- 23:50 Down\n- 24:00 Seen\n- 00:10 Up\n", ["10 23:50", "11 00:00", "11 00:10"]),
        ("- 22:00 Down\n- 24:00 Seen\n- 24:00 Up\n", ["10 22:00", "11 00:00", "11 00:00"]),
        ("- 2026-01-31 23:00 Down\n- 2026-01-31 24:00 Seen\n- 00:30 Up\n", ["31 23:00", "01 00:00", "01 00:30"]),
        ("- 03:00 Down\n- 24:00 Seen\n- 00:30 Up\n", ["10 03:00", "11 00:00", "11 00:30"]),
        ("- 11:50 pm Down\n- 12:00 midnight Seen\n- 12:20 am Up\n", ["10 23:50", "11 00:00", "11 00:20"]),
        ("- 11:50 Down\n- 12:00 noon Seen\n- 12:20 Up\n", ["10 11:50", "10 12:00", "10 12:20"]),
    ] {
        assert_eq!(times(&format!("{begin}{entries}")), expected, "{entries}");
    }
}

#[test]
fn labelled_times_go_over_midnight_with_the_start() {
    let at = |it: &Option<Extracted<Moment>>| it.as_ref().and_then(|it| it.value.to_json()).unwrap_or_default();
    for text in [
        "# A\n\n**Date:** 2026-01-10\n\n**Start Time:** 23:50 UTC\n\n**End Time:** 00:30 UTC\n",
        "# A\n\n| Field | Value |\n|-|-|\n| Date | 2026-01-10 |\n| Start Time | 23:50 UTC |\n| End Time | 00:30 UTC |\n",
        "---\ndate: 2026-01-10\nstarted: 23:50 UTC\nresolved: 00:30 UTC\n---\n# A\n",
        "# A\n\n**Start Time:** 2026-01-10 23:50 UTC\n\n**End Time:** 00:30 UTC\n",
        "# A\n\n**Date:** 2026-01-08\n\n**Start Time:** 2026-01-10 23:50 UTC\n\n**End Time:** 00:30 UTC\n",
    ] {
        let times = read(text).times;
        assert_eq!(at(&times.started), "2026-01-10T23:50:00Z", "{text}");
        assert_eq!(at(&times.resolved), "2026-01-11T00:30:00Z", "{text}");
        assert_eq!(total(text), Some(40), "{text}");
    }
    let text =
        "# A\n\n**Date:** 2026-01-10\n\n**Started:** 14:00 UTC\n\n**Detected:** 13:58 UTC\n\n**Resolved:** 10:00 UTC\n";
    let times = read(text).times;
    assert_eq!([at(&times.detected), at(&times.resolved)], ["2026-01-10T13:58:00Z", "2026-01-11T10:00:00Z"]);
    let text = "# A\n\n**Date:** 2026-01-10\n\n**Started:** 22:00\n\n**Resolved:** 24:00\n";
    assert_eq!(total(text), Some(120));
}

#[test]
fn spans_go_over_new_year() {
    for span in [
        "Dec 31, 2025 22:00 - Jan 1 02:00",
        "Dec 31 22:00 - Jan 1, 2026 02:00",
        "Dec 31 22:00 - Jan 1 02:00",
        "from Dec 31, 2025, 22:00 (EAT) to Jan 1 02:00",
        "from Dec 31 22:00 (EAT) to Jan 1, 2026 02:00",
    ] {
        let stated = read(&format!("# A\n\n**Duration:** {span}\n")).durations.stated;
        assert_eq!(stated.first().and_then(|it| it.minutes), Some(240), "{span}");
    }
}

#[test]
fn a_duration_belongs_to_its_own_sentence() {
    for (text, expected) in [
        ("Retention is 7 days. The outage lasted 20 minutes.", Some(20)),
        ("Retention is 7 days! The outage lasted 20 minutes.", Some(20)),
        ("The outage began at noon. 7 days of logs are kept, 20 minutes of downtime were counted.", Some(20)),
        ("For 3 days before the outage the disk grew.", None),
        ("The disk had been filling for 3 days before the outage, which lasted 20 minutes.", Some(20)),
        ("The site was down for 20 minutes before the incident was noticed.", Some(20)),
        ("It lasted 20 minutes before anybody saw it.", Some(20)),
        ("Total downtime approx. 20 minutes.", Some(20)),
        ("The outage was max. 20 minutes long.", Some(20)),
        ("For 20 minutes after the deploy all requests failed.", Some(20)),
    ] {
        let stated = read(&format!("# A\n\n## Summary\n\n{text}\n")).durations.stated;
        assert_eq!(stated.first().and_then(|it| it.minutes), expected, "{text}");
    }
    let told = |text: &str| read(&format!("# A\n\n## Notes\n\n{text}\n")).durations.stated.first()?.minutes;
    assert_eq!(told("The outage lasted 20 minutes."), Some(20));
    assert_eq!(told("Nobody knows how long the outage lasted. 7 days of logs are kept."), None);
}

#[test]
fn an_estimate_may_be_off_by_half() {
    let contradicted = |duration: &str| {
        let text = format!(
            "# A\n\n**Duration:** {duration}\n\n**Started:** 2026-01-10 10:00 UTC\n\n**Resolved:** 2026-01-10 12:40 UTC\n"
        );
        read(&text).diagnostics.iter().any(|it| it.code == "duration-contradiction")
    };
    for duration in ["about 2 hours", "~2 hours", "approx. 2 h", "2 to 3 hours", "2+ hours", "~2:00"] {
        assert!(!contradicted(duration), "{duration}");
    }
    for duration in ["2 hours", "2:00", "about 1 hour"] {
        assert!(contradicted(duration), "{duration}");
    }
}

#[test]
fn rows_below_a_timeline_are_its_entries_without_a_clock() {
    let texts = |text: &str| -> Vec<(String, String)> {
        read(text).timeline.into_iter().map(|entry| (entry.raw, entry.text)).collect()
    };
    let rows = "| Event | Detail |\n|-|-|\n| Symptom | no mail |\n| Fix merged | by hand |\n| Closed | tests pass |\n";
    let of_heading = |heading: &str| texts(&format!("# A\n\n{heading}\n\n{rows}"));
    for heading in ["## Timeline", "## 3. Timeline (engineering)"] {
        let found = of_heading(heading);
        assert_eq!(found.len(), 3, "{heading}");
        assert_eq!(found[1], (String::new(), "Fix merged — by hand".into()), "{heading}");
    }
    // Numbers of something, and a heading that is about more.
    assert_eq!(of_heading("## Timeline and root cause"), []);
    let numbers = rows.replace("Event", "Stage").replace("Detail", "p99");
    assert_eq!(texts(&format!("# A\n\n## Timeline\n\n{numbers}")), []);
    let moments = "## Chronologie\n\n| Moment | Événement |\n|-|-|\n| J1 | Début |\n| Jeudi matin | Fin |\n";
    assert_eq!(texts(&format!("# A\n\n{moments}"))[1], ("Jeudi matin".into(), "Fin".into()));
}

#[test]
fn numbered_steps_are_no_times() {
    let steps =
        "# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n- T0\n  Users report\n\n- T1\n  Checked\n\n- T2\n  Restored\n";
    let document = read(steps);
    let entries: Vec<_> = document.timeline.iter().map(|it| (it.raw.as_str(), it.text.as_str(), it.at)).collect();
    assert_eq!(entries, [("T0", "Users report", None), ("T1", "Checked", None), ("T2", "Restored", None)]);
    assert_eq!(total(steps), None);
    // Minutes from the start are.
    assert_eq!(
        total("# A\n\n**Date:** 2026-01-10\n\n## Timeline\n\n- T+0: Down\n- T+2: Seen\n- T+18: Restored\n"),
        Some(18)
    );
}

#[test]
fn a_timeline_of_one_entry_takes_no_stated_end_away() {
    let head = "# Queue stuck\n\n- **Started**: 2026-01-30, found\n- **Resolved**: 2026-01-30, same session\n";
    let of = |text: &str| {
        let document = read(text);
        (document.times.resolved.map(|it| it.raw), document.status.map(|it| it.value))
    };
    let stated = of(head);
    assert_eq!(stated.0.as_deref(), Some("2026-01-30, same session"));
    assert_eq!(of(&format!("{head}\n## Timeline\n\n- 2026-02-02 10:00 UTC: limit raised\n")), stated);
    let alone = "# Queue stuck\n\n## Timeline\n\n- 2026-01-30 10:00 UTC: restarted\n";
    assert_eq!(of(alone), (None, None), "where it begins is no end");
}
