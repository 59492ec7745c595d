use super::*;
use crate::model::StatusState;
use crate::parse::{ParseOptions, front_matter, parse};

fn labels(text: &str) -> Vec<(LabelRole, String, Zone, u32)> {
    let lines = LineIndex::new(text);
    let split = front_matter::split(text, &lines);
    let outline = Outline::new(text, std::slice::from_ref(&(split.body_start..text.len())), &lines);
    let roles = [
        LabelRole::Date,
        LabelRole::Severity,
        LabelRole::Status,
        LabelRole::Services,
        LabelRole::RootCause,
        LabelRole::DurationDetect,
    ];
    collect(&outline, &split, &lines)
        .iter()
        .filter_map(|it| {
            let role = roles.into_iter().find(|role| it.means(*role))?;
            Some((role, it.value.to_owned(), it.zone, it.origin.line))
        })
        .collect()
}

#[test]
fn bold_and_plain_lines_give_labels() {
    let found =
        labels("# T\n\n**Date**: 2025-01-02\n**Severity:** HIGH | **Status:** RESOLVED ✅\nSeverity: P1\n\n## S\n");
    assert_eq!(found[0], (LabelRole::Date, "2025-01-02".into(), Zone::Header, 3));
    assert_eq!(found[1], (LabelRole::Severity, "HIGH".into(), Zone::Header, 4));
    assert_eq!(found[2], (LabelRole::Status, "RESOLVED ✅".into(), Zone::Header, 4));
    assert_eq!(found[3], (LabelRole::Severity, "P1".into(), Zone::Header, 5));
}

#[test]
fn a_bold_label_may_go_on_as_a_sentence() {
    let found = labels("# T\n\n**Status** Resolved\n\n## S\n\n**Root cause** The pool was full.\n");
    assert_eq!(found[0], (LabelRole::Status, "Resolved".into(), Zone::Header, 3));
    assert_eq!(found[1], (LabelRole::RootCause, "The pool was full.".into(), Zone::Body, 7));
    for text in ["**Root cause** of all was the pool.\n", "The **Status** Page was down.\n", "**Status**Page\n"] {
        assert!(labels(&format!("# T\n\n{text}")).is_empty(), "{text}");
    }
}

#[test]
fn headings_give_labels_inline_and_below() {
    let found = labels(
        "# T\n\n## Impact\n\n### Severity: **CRITICAL**\n\n## ✅ Status: RESOLVED\n\n## Date\nStart: 2018-08-22\n",
    );
    assert_eq!(found[0], (LabelRole::Severity, "CRITICAL".into(), Zone::Body, 5));
    assert_eq!(found[1], (LabelRole::Status, "RESOLVED".into(), Zone::Body, 7));
    assert_eq!(found[2], (LabelRole::Date, "Start: 2018-08-22".into(), Zone::Body, 10));
}

#[test]
fn field_tables_give_labels_and_logs_do_not() {
    let found = labels("## M\n\n| Metric | Value |\n|--|--|\n| Severity | 1 |\n| Time To Detect | 4 minutes |\n");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], (LabelRole::DurationDetect, "4 minutes".into(), Zone::Header, 6));
    assert!(labels("| Time | Status |\n|--|--|\n| 10:00 | Open |\n").is_empty());
}

#[test]
fn a_footer_is_told_from_the_header() {
    let found = labels("# T\n\n**Status:** Open\n\n## A\n\ntext\n\n---\n\n**Status**: CLOSED\n");
    assert_eq!(found.iter().map(|it| it.2).collect::<Vec<_>>(), [Zone::Header, Zone::Footer]);
}

#[test]
fn front_matter_keys_are_labels() {
    let found = labels("---\nseverity: sev2\nincident_date: 2025-01-02\naffected-services: [a, b]\n---\n# T\n");
    assert_eq!(found[0], (LabelRole::Severity, "sev2".into(), Zone::FrontMatter, 2));
    assert_eq!(found[1], (LabelRole::Date, "2025-01-02".into(), Zone::FrontMatter, 3));
    assert_eq!(found[2].1, "a");
    assert_eq!(found[3].1, "b");
}

#[test]
fn a_list_below_status_tells_the_state_where_an_item_begins_with_one() {
    let state = |list: &str| {
        let text = format!("# A\n\n## Summary\n\nText.\n\n## Current status\n\n{list}");
        parse("a.md", text.as_bytes(), &ParseOptions::default()).document.status.map(|it| it.value)
    };
    assert_eq!(state("- ✅ Resolved at 10:00\n- All callers told\n"), Some(StatusState::Resolved));
    assert_eq!(state("- ✅ Jobs active and watched\n- ✅ Code fixed\n- ⏳ Answer of the vendor\n"), None);
}

#[test]
fn a_header_may_stand_below_the_second_line_of_a_title() {
    let facts = "**Incident Date:** 2025-01-02\n**Handler:** Ana\n**Severity:** CRITICAL\n";
    let of_document = |text: &str| {
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        (document.date.is_some(), document.severity.map(|it| it.raw))
    };
    let header = format!("# Remediation log\n## Immediate actions: leaked token\n\n{facts}");
    assert_eq!(of_document(&header), (true, Some("CRITICAL".into())));
    // What a list of actions says is said of an action.
    let items = "# Leak\n\nText.\n\n## Cause\n\nA key.\n\n## Impact\n\nNone.\n\n## Actions\n\n**Severity:** CRITICAL\n";
    assert_eq!(of_document(items), (false, None));
}
