//! Entries are written in the form that is there, in the order of time, and nothing else changes.

use super::*;
use crate::effort::effort;

const HEAD: &str = "# Outage\n\n**Date:** 2026-11-20\n**Status:** investigating\n\n";

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn add(body: &str, time: &str, text: &str) -> Result<EntryAdded, EditError> {
    let document = format!("{HEAD}{body}");
    let new = NewEntry { at: at(time), text: text.to_owned() };
    add_entry("a.md", document.as_bytes(), &new, &ParseOptions::default())
}

/// Adds an entry and returns the body; checks that all else is as it was.
fn added(body: &str, time: &str) -> String {
    let edit = add(body, time, "Pool raised | to 40").unwrap_or_else(|error| panic!("{error}\n{body}"));
    let lines: Vec<&str> = edit.text.lines().collect();
    assert_eq!(lines[edit.line - 1].trim(), edit.entry);
    edit.text.strip_prefix(HEAD).unwrap_or(&edit.text).to_owned()
}

#[test]
fn the_form_that_is_there_is_followed() {
    for (before, time, after) in [
        // A table with its columns, straight ones too.
        (
            "## Timeline (UTC)\n\n| Time | Event | Who |\n|---|---|---|\n| 17:25 | Paged | - |\n| 17:50 | Over | Bo |\n",
            "2026-11-20T17:40:00Z",
            "## Timeline (UTC)\n\n| Time | Event | Who |\n|---|---|---|\n| 17:25 | Paged | - |\n| 17:40 | Pool raised \\| to 40 | - |\n| 17:50 | Over | Bo |\n",
        ),
        (
            "## Timeline\n\n| Time (CET) | Event        |\n|------------|--------------|\n| **09:05**  | Paged        |\n",
            "2026-11-20T08:40:00Z",
            "## Timeline\n\n| Time (CET) | Event        |\n|------------|--------------|\n| **09:05**  | Paged        |\n| **09:40**  | Pool raised \\| to 40 |\n",
        ),
        (
            "## Timeline\n\n| Date | Time | What |\n|---|---|---|\n| 2026-11-20 | 17:25 UTC | Paged |\n",
            "2026-11-21T00:40:00Z",
            "## Timeline\n\n| Date | Time | What |\n|---|---|---|\n| 2026-11-20 | 17:25 UTC | Paged |\n| 2026-11-21 | 00:40 UTC | Pool raised \\| to 40 |\n",
        ),
        // Lists with their bullets, emphasis and signs.
        (
            "## Timeline\n\n- **17:25 UTC**: Paged\n  by the monitor\n- **17:50 UTC**: Over\n",
            "2026-11-20T17:40:00Z",
            "## Timeline\n\n- **17:25 UTC**: Paged\n  by the monitor\n- **17:40 UTC**: Pool raised | to 40\n- **17:50 UTC**: Over\n",
        ),
        (
            "## Timeline\n\n* 5:25 PM PST - Paged\n\n* 5:50 PM PST - **Root cause** found\n",
            "2026-11-21T02:40:00Z",
            "## Timeline\n\n* 5:25 PM PST - Paged\n\n* 5:50 PM PST - **Root cause** found\n\n* 6:40 PM PST - Pool raised | to 40\n",
        ),
        (
            "## Timeline\n\n- 2026-11-20 17:25: paged\n- 2026-11-20 17:50: over\n\n## Root cause\n\nX.\n",
            "2026-11-21T09:40:00Z",
            "## Timeline\n\n- 2026-11-20 17:25: paged\n- 2026-11-20 17:50: over\n- 2026-11-21 09:40: Pool raised | to 40\n\n## Root cause\n\nX.\n",
        ),
        (
            "## Timeline\n\n1. Nov 20, 2026 17:25 UTC — paged\n2. Nov 20, 2026 17:50 UTC — over\n",
            "2026-11-21T09:40:00Z",
            "## Timeline\n\n1. Nov 20, 2026 17:25 UTC — paged\n2. Nov 20, 2026 17:50 UTC — over\n3. Nov 21, 2026 09:40 UTC — Pool raised | to 40\n",
        ),
        // Lines of a paragraph, with hard breaks or without.
        (
            "## Timeline\n\n18:34 UTC - first failure\n18:52 UTC - flag off\n",
            "2026-11-20T18:40:00Z",
            "## Timeline\n\n18:34 UTC - first failure\n18:40 UTC - Pool raised | to 40\n18:52 UTC - flag off\n",
        ),
        // Headings with text below.
        (
            "## Timeline\n\n### 14:02 UTC - The queue fills\n\nWe looked.\n\n### 14:30 UTC - Drained\n\nGood.\n\n## Root cause\n\nX.\n",
            "2026-11-20T14:10:00Z",
            "## Timeline\n\n### 14:02 UTC - The queue fills\n\nWe looked.\n\n### 14:10 UTC - Pool raised | to 40\n\n### 14:30 UTC - Drained\n\nGood.\n\n## Root cause\n\nX.\n",
        ),
        // Code, as logs are kept.
        (
            "## Timeline\n\n```\n14:02 queue fills\n14:30 drained\n```\n",
            "2026-11-20T14:10:00Z",
            "## Timeline\n\n```\n14:02 queue fills\n14:10 Pool raised | to 40\n14:30 drained\n```\n",
        ),
        // The newest first.
        (
            "## Timeline\n\n- 14:30 UTC: drained\n- 14:02 UTC: queue fills\n",
            "2026-11-20T14:40:00Z",
            "## Timeline\n\n- 14:40 UTC: Pool raised | to 40\n- 14:30 UTC: drained\n- 14:02 UTC: queue fills\n",
        ),
        // Before the first one.
        (
            "## Timeline\n\n- 14:02 UTC: queue fills\n- 14:30 UTC: drained\n",
            "2026-11-20T13:40:00Z",
            "## Timeline\n\n- 13:40 UTC: Pool raised | to 40\n- 14:02 UTC: queue fills\n- 14:30 UTC: drained\n",
        ),
        // Over midnight the day is clear; days later it is written.
        (
            "## Timeline (UTC)\n\n- 23:50 paged\n",
            "2026-11-21T00:10:00Z",
            "## Timeline (UTC)\n\n- 23:50 paged\n- 00:10 Pool raised | to 40\n",
        ),
        (
            "## Timeline (UTC)\n\n- 09:50 paged\n",
            "2026-11-23T10:10:00Z",
            "## Timeline (UTC)\n\n- 09:50 paged\n- 2026-11-23 10:10 Pool raised | to 40\n",
        ),
        // Behind what has no time.
        (
            "## Timeline\n\n- **17:25 UTC**: Paged\n- **Ongoing**: every deployment fails\n",
            "2026-11-20T17:40:00Z",
            "## Timeline\n\n- **17:25 UTC**: Paged\n- **17:40 UTC**: Pool raised | to 40\n- **Ongoing**: every deployment fails\n",
        ),
    ] {
        assert_eq!(added(before, time), after);
    }
}

#[test]
fn an_empty_timeline_is_begun() {
    for (before, after) in [
        (
            "## Timeline\n\n| Time (UTC) | What happened |\n|---|---|\n\n> ? Who was told?\n\n## Root cause\n\nX.\n",
            "## Timeline\n\n| Time (UTC) | What happened |\n|---|---|\n| 2026-11-20 17:40 | Pool raised \\| to 40 |\n\n> ? Who was told?\n\n## Root cause\n\nX.\n",
        ),
        (
            "## Timeline\n\n## Root cause\n\nX.\n",
            "## Timeline\n\n- **2026-11-20 17:40 UTC**: Pool raised | to 40\n\n## Root cause\n\nX.\n",
        ),
        (
            "## Timeline\n\nTo be written.\n\n---\n\n## Root cause\n\nX.\n",
            "## Timeline\n\nTo be written.\n\n- **2026-11-20 17:40 UTC**: Pool raised | to 40\n\n---\n\n## Root cause\n\nX.\n",
        ),
    ] {
        assert_eq!(added(before, "2026-11-20T17:40:00Z"), after);
    }
}

#[test]
fn a_timeline_that_is_not_there_is_made_where_it_belongs() {
    let section = "## Timeline\n\n- **2026-11-20 17:40 UTC**: Pool raised | to 40\n";
    for (before, after) in [
        ("## Impact\n\nI.\n\n## Root cause\n\nX.\n", format!("## Impact\n\nI.\n\n{section}\n## Root cause\n\nX.\n")),
        (
            "## Impact\n\nI.\n\n---\n\n## Root cause\n\nX.\n",
            format!("## Impact\n\nI.\n\n---\n\n{section}\n---\n\n## Root cause\n\nX.\n"),
        ),
        ("## What we see\n\nIt is slow.\n", format!("## What we see\n\nIt is slow.\n\n{section}")),
        ("It is slow.", format!("It is slow.\n\n{}", section.trim_end())),
        (
            "It is slow.\n\n---\n\n**Created**: 2026-11-20\n**Status**: OPEN\n",
            format!("It is slow.\n\n{section}\n---\n\n**Created**: 2026-11-20\n**Status**: OPEN\n"),
        ),
    ] {
        assert_eq!(added(before, "2026-11-20T17:40:00Z"), after);
    }
}

#[test]
fn a_heading_that_is_the_title_stays_the_first() {
    let document = "## Fix for the mail queue (stuck)\n\nIt is slow.\n";
    let new = NewEntry { at: at("2026-11-20T17:40:00Z"), text: "Pool raised".into() };
    let edit = add_entry("a.md", document.as_bytes(), &new, &ParseOptions::default()).unwrap();
    assert_eq!(edit.text, format!("{document}\n## Timeline\n\n- **2026-11-20 17:40 UTC**: Pool raised\n"));
}

#[test]
fn words_beside_a_time_are_not_those_of_another_entry() {
    let table = "## Timeline (UTC)\n\n| Time | Event |\n|---|---|\n";
    for (time, expected) in [
        ("17:25 (Maria)", "17:40"),
        ("17:25 UTC, Bo", "17:40 UTC"),
        ("2026-11-20 17:25: - paged", "2026-11-20 17:40"),
        ("17:25 (UTC)", "17:40 (UTC)"),
        ("17:25 UTC", "17:40 UTC"),
    ] {
        let row = added(&format!("{table}| {time} | paged |\n"), "2026-11-20T17:40:00Z");
        assert_eq!(row, format!("{table}| {time} | paged |\n| {expected} | Pool raised \\| to 40 |\n"));
    }
}

#[test]
fn what_stands_below_a_table_is_a_row() {
    let table = "## Timeline\n\n| Event | Detail |\n|---|---|\n| Symptom | Queue full |\n| Closed | Works |\n";
    let row = |time: &str| format!("| 2026-11-20 {time} | Pool raised \\| to 40 |\n");
    let once = added(table, "2026-11-20T17:40:00Z");
    assert_eq!(once, format!("{table}{}", row("17:40")));
    assert_eq!(added(&once, "2026-11-20T17:47:00Z"), format!("{once}{}", row("17:47")));
}

#[test]
fn entries_of_no_day_get_none_from_the_new_one() {
    let new = NewEntry { at: at("2026-11-20T18:29:00Z"), text: "Pool raised".into() };
    let first = "# Incident report: queue down\n\n## Timeline\n\n- 17:25 paged\n- 17:30 seen\n- 17:50 fixed\n";
    let alone = add_entry("a.md", first.as_bytes(), &new, &ParseOptions::default()).unwrap();
    assert_eq!(alone.text, format!("{first}- 2026-11-20 18:29 Pool raised\n"));
    let two = format!("{first}\n## Timeline of the other\n\n- 18:10 paged\n");
    let refused = add_entry("a.md", two.as_bytes(), &new, &ParseOptions::default()).unwrap_err();
    assert_eq!((refused.line, refused.hint.as_str()), (5, "add the entry by hand"));
}

#[test]
fn line_ends_and_marks_stay() {
    let document = format!("\u{feff}{HEAD}## Timeline\n\n- 17:25 UTC: paged\n").replace('\n', "\r\n");
    let new = NewEntry { at: at("2026-11-20T17:40:00Z"), text: "tried\n the  pool\u{7}".into() };
    let edit = add_entry("a.md", document.as_bytes(), &new, &ParseOptions::default()).unwrap();
    assert_eq!(edit.text, format!("{document}- 17:40 UTC: tried the pool\r\n"));
    assert_eq!(edit.entry, "- 17:40 UTC: tried the pool");
}

#[test]
fn times_are_written_in_the_zone_of_the_timeline_or_of_the_writer() {
    let list = "## Timeline (CEST)\n\n- 17:25 paged\n";
    assert!(added(list, "2026-11-20T15:40:00Z").contains("\n- 17:40 Pool raised"));
    let unknown = "## Timeline\n\n- 17:25 paged\n";
    assert!(added(unknown, "2026-11-20T17:40:00+02:00").contains("\n- 17:40 Pool raised"));
    let none = "It is slow.\n";
    assert!(added(none, "2026-11-20T17:40:00+02:00").contains("\n- **2026-11-20 17:40 UTC+02:00**: Pool raised"));
}

#[test]
fn what_cannot_be_done_safely_is_refused() {
    let refused = |path: &str, text: &str, entry: &str| {
        let new = NewEntry { at: at("2026-11-20T17:40:00Z"), text: entry.into() };
        let error = add_entry(path, text.as_bytes(), &new, &ParseOptions::default()).unwrap_err();
        (error.line, error.message)
    };
    let conflict = "# A\n\n## Timeline\n\n<<<<<<< HEAD\n- 17:25 a\n=======\n- 17:26 b\n>>>>>>> other\n";
    assert_eq!(refused("a.md", conflict, "x"), (5, "a merge conflict is not resolved".into()));
    assert_eq!(refused("a.md", "# A\n", " \n"), (0, "the entry says nothing".into()));
    let record = "id: INC-1\ntitle: A\nseverity: high\nsummary: |\n  It broke.\n";
    assert_eq!(refused("a.yaml", record, "x").1, "the timeline of a YAML record is not edited");
}

#[test]
fn blank_lines_below_an_entry_cost_no_more_than_other_lines() {
    let time_of = |between: &str| {
        let text = format!("## Timeline\n\n- 17:25 UTC: paged\n{}  and answered\n", between.repeat(20_000));
        effort(|| assert!(added(&text, "2026-11-20T17:40:00Z").contains("  and answered\n- 17:40 UTC: Pool raised")))
    };
    let (blank, filled) = (time_of("\n"), time_of("  x\n"));
    assert!(blank < filled * 10, "{blank:?} for blank lines, {filled:?} for others");
}

#[test]
fn very_many_timelines_cost_no_more_than_reading_them() {
    let text = format!("{HEAD}{}", "## Timeline\n\n- 10:00 a\n\n".repeat(16_000));
    let new = NewEntry { at: at("2026-11-20T17:40:00Z"), text: "x".into() };
    let read = effort(|| parse("a.md", text.as_bytes(), &ParseOptions::default()));
    let added = effort(|| add_entry("a.md", text.as_bytes(), &new, &ParseOptions::default()));
    assert!(added < read * 5, "{added:?}, and {read:?} to read it once");
}
