use super::*;
use proptest::prelude::*;

fn read_text(text: &str) -> Option<Record> {
    read(text, &LineIndex::new(text))
}

const RECORD: &str = "\
# RIS-RESOLUTION: 081
# =====
---
title: \"Login fails\"
status: resolved  # for good
severity: P1
tags: [auth, \"env var\"]
problem: |
  Users see **500**.

  ```sh
  # a comment
  curl x
  ```
root_cause: >-
  Variable missing.
fix:
  - Add variable
  - title: Add test
    owner: bo
    steps:
    - one
    - two
timeline:
  - time: '10:00'
    event: Alert
    by: eve
  - at: 10:15
    description: |
      Paged
  - |
    odd
impact:
  users: 40
  notes: |
    first
      second
  after: x
empty:
last: 'it''s'
";

const MARKDOWN: &str = "\
**RIS RESOLUTION**: 081


# Login fails
**Status**: resolved
**Severity**: P1
**Tags**: auth, env var
## Problem
Users see **500**.

```sh
# a comment
curl x
```
## Root cause
Variable missing.
## Fix
- Add variable
- Add test
  - **Owner**: bo
  - **Steps**:
    - one
    - two
## Timeline
- 10:00
  Alert
  - **By**: eve
- 10:15

  Paged
-
  odd
## Impact
- **Users**: 40
- **Notes**:
  first
    second
- **After**: x
**Empty**:
## Last: it's
";

#[test]
fn a_record_becomes_markdown_line_for_line() {
    let record = read_text(RECORD).unwrap();
    assert_eq!(record.markdown, MARKDOWN);
    assert_eq!(record.diagnostics, []);
    assert!(record.front_matter.valid);
    let entry = record.front_matter.get("impact.users").unwrap();
    assert_eq!((entry.value.as_str(), entry.line), ("40", 34));
    assert_eq!(record.front_matter.get("fix.owner").unwrap().line, 20);
}

#[test]
fn the_bytes_of_a_value_are_those_of_the_markdown() {
    let record = read_text("title: é\nstatus: status\ncontrols: [A1.1, \"A1\", A1]\nnote: |\n  x\n  y\n").unwrap();
    let told = record.front_matter.entries.iter().map(|entry| {
        let span = entry.span.map(|span| (span.start, &record.markdown[span.start..span.end]));
        (entry.path.as_str(), span)
    });
    let expected = [
        ("title", Some((2, "é"))),
        ("status", Some((17, "status"))),
        ("controls", Some((38, "A1.1"))),
        ("controls", Some((44, "A1"))),
        ("controls", Some((48, "A1"))),
        ("note", None),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn block_scalars_at_the_margin_are_read_too() {
    let text = "\
id: RIS-7
problem: |
The server said no.
Note: it always does.

```
error: boom
status_code: 500
```
root_cause: |
Disk full

status: resolved
resolution: |
- [x] clean up
- [ ] alert
";
    let record = read_text(text).unwrap();
    let expected = "\
**Id**: RIS-7
## Problem
The server said no.
Note: it always does.

```
error: boom
status_code: 500
```
## Root cause
Disk full

## Status: resolved
## Resolution
- [x] clean up
- [ ] alert
";
    assert_eq!(record.markdown, expected);
    assert!(!record.front_matter.valid);
    let found: Vec<_> = record.diagnostics.iter().map(|found| (found.code, found.line)).collect();
    assert_eq!(found, [("record-invalid", 3)]);
    let value = |path: &str| record.front_matter.get(path).map(|entry| entry.value.as_str());
    assert_eq!((value("id"), value("status"), value("note")), (Some("RIS-7"), Some("resolved"), None));
}

#[test]
fn a_key_behind_a_block_is_no_part_of_it() {
    let text = "title: Queue stuck\nroot_cause: |\n  The consumer was gone.\nseverity: high\nsummary_note: the disk was full\n";
    let document = crate::parse::parse("a.yaml", text.as_bytes(), &crate::parse::ParseOptions::default()).document;
    assert_eq!(document.root_cause.map(|it| it.value).as_deref(), Some("The consumer was gone."));
    assert_eq!(document.severity.map(|it| it.value.level()), Some(2));
    assert!(document.tags.is_empty(), "{:?}", document.tags);
}

#[test]
fn documents_are_told_from_records() {
    for (text, is_record) in [
        ("a: 1\n", true),
        ("---\na: 1\n", true),
        ("---\na: 1\n---\n", false),
        ("---\na: 1\n---\n# T\n\ntext\n", false),
        ("---\na: 1\n---\n\nSome words\n", false),
        ("---\na: 1\n---\n# comment\nb: 2\n", true),
        ("# Key: value\n# other\n\na: 1\n", true),
        ("# Just Markdown\n\nwith words\n", false),
        ("", false),
        ("- a\n- b\n", false),
        ("  a: 1\n", false),
    ] {
        assert_eq!(read_text(text).is_some(), is_record, "{text}");
    }
}

#[test]
fn line_ends_are_kept() {
    let record = read_text("title: T\r\nproblem: |\r\n  x\r\n").unwrap();
    assert_eq!(record.markdown, "# T\r\n## Problem\r\nx\r\n");
}

#[test]
fn hostile_records_stay_bounded() {
    for text in [
        (0..20_000).map(|i| format!("{:i$}k:\n", "", i = i % 200)).collect::<String>(),
        format!("a:\n{}", "- ".repeat(100_000)),
        format!("a: {}\n", "[".repeat(100_000)),
        "a: |\n".repeat(20_000),
        "a:\n\n".repeat(20_000),
        format!("a: &a [x]\nb: [{}]\n", "*a,".repeat(10_000)),
        format!("a: {}", "x".repeat(5 << 20)),
    ] {
        let record = read_text(&text).unwrap();
        assert_eq!(record.markdown.lines().count(), text.lines().count());
        assert!(record.markdown.len() < 3 * text.len() + 1_000_000);
        assert!(record.front_matter.entries.len() <= 20_000);
    }
}

proptest! {
    #[test]
    fn every_line_has_its_line(text in "a: 1\n([a-c]_d: |title: |  |- |# |---|\\||>|\\[|'|\"|é|```|x|\n|\r\n){0,60}") {
        if let Some(record) = read_text(&text) {
            prop_assert_eq!(record.markdown.split('\n').count(), text.split('\n').count());
        }
    }
}
