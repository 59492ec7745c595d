//! Files that nobody wrote for people: any bytes, and much of what is usually little.

use proptest::prelude::*;

use super::{ParseOptions, parse, read_at};
use crate::effort::effort;
use crate::model::Outcome;

#[test]
fn hostile_files_are_read_within_bounds() {
    let many = |piece: &str, count: usize| piece.repeat(count);
    for text in [
        many("> ", 50_000),
        many("- ", 50_000),
        many("[", 100_000),
        many("- [ ] a\n", 100_000),
        format!("|{}\n|{}\n{}", many("a|", 5_000), many("-|", 5_000), many("|x\n", 500)),
        many("**Date:** 2025-01-01 ", 20_000),
        format!("# {}", many("a ", 500_000)),
        many("## Timeline\n\n- 10:00 a\n", 20_000),
        many("1. a\n   ", 20_000),
        many("*_", 50_000),
        format!("# A\n\n## X\n\n{}", many("- **Status**: x\n", 100_000)),
    ] {
        let document = read_at("a.md", &text);
        assert_eq!(document.outcome, Outcome::Parsed, "{text:.20}");
    }
}

/// A number in letters, so that words differ.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// Squares cost hundreds of times as much as ordinary text of their size; what is linear a few times, on a busy machine more.
const FACTOR: f64 = 40.0;

#[test]
fn hostile_files_cost_no_more_than_their_size() {
    let head = "# Queue stuck\n\n**Date:** 2026-01-10\n**Severity:** high\n\n";
    let actions = format!("{head}## Action items\n\n");
    let many = |piece: &str, count: usize| piece.repeat(count);
    let causes = many("certificate expired disk full memory leak ", 300);
    let each = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<String>();
    let part = "## Root cause\n\nThe queue was stuck, so the service of claims answered slowly.\n\n## Timeline\n\n\
                - 10:00 the queue was full\n- 10:20 restarted\n\n## Action items\n\n- [ ] Add an alert (Ana)\n\n";
    let usual = format!("{head}{}", many(part, 200));
    let time_of = |text: &str| effort(|| assert_eq!(read_at("a.md", text).outcome, Outcome::Parsed, "{text:.20}"));
    let mut slow = Vec::new();
    let usual_time = (0..3).map(|_| time_of(&usual)).min().unwrap_or_default();
    for (what, text) in [
        ("causes in a label", format!("{head}## Impact\n\n**Root cause:** {causes}\n")),
        ("causes in a section", format!("{head}## Root cause\n\n{}\n", many("certificate expired ", 600))),
        ("causes beyond ASCII", format!("{head}## Root cause\n\né {}\n", many("certificate expired ", 600))),
        ("hyphens in one word", format!("{head}{}\n", many("1-", 60_000))),
        ("links that none closes", format!("{head}{}]]\n", many("[[", 40_000))),
        ("times of two levels", format!("# Log\n\n{}", many("## 10:00\n\nx\n\n### 10:01\n\ny\n\n", 1500))),
        ("levels on one line", format!("{head}{}\n", many("P1 ", 150_000))),
        ("signed items", format!("{actions}{}", each(10_000, &|at| format!("- Fix it (A{0} B{0})\n", letters(at))))),
        ("bullets", format!("{actions}{}", each(150_000, &|at| format!("- Fix thing {at}\n")))),
        ("fields at the end", format!("{actions}- Fix it{}\n", many(" | P1", 60_000))),
        ("lists below headings", format!("# Log\n\n{}", many("## A\n\n- 10:00 a\n- 10:00 b\n\n", 4000))),
        ("entries of one day", format!("{head}## Timeline\n\n{}", many("- 2026-01-10 10:00 a\n", 40_000))),
        ("links in items", format!("{actions}{}", each(20_000, &|at| format!("- [ ] Fix [a](b{at})\n")))),
        (
            "tasks of sections",
            format!("{head}{}", many("## Action items\n\n### Fix a\n\nx\n\n### Fix b\n\nx\n\n", 3000)),
        ),
        (
            "faults of one file",
            format!("{head}{}", each(6000, &|at| format!("## Fault {}\n\n### Fix\n\nx\n\n", letters(at)))),
        ),
        ("timelines without entries", format!("{head}{}", many("## Timeline\n\nx\n\n", 16_000))),
        ("services of sections", format!("{head}{}", many("## Affected services\n\n- a\n\n", 12_000))),
        (
            "labels of a task",
            format!(
                "{actions}### Task 1: do it\n\n{}{}",
                many("- [ ] do it\n", 30_000),
                many("**Owner:** a\n\n", 30_000)
            ),
        ),
    ] {
        let most = usual_time.mul_f64(FACTOR * text.len() as f64 / usual.len() as f64);
        // The first time may be spent on what is built once, or on another test.
        if time_of(&text) > most && time_of(&text) > most {
            slow.push(format!("{what}: more than {most:?}"));
        }
    }
    assert_eq!(slow, Vec::<String>::new());
}

#[test]
fn a_file_above_the_limit_is_rejected_with_a_reason() {
    let parsed = parse("a.md", &[b'a'; 100], &ParseOptions { max_bytes: 99, ..ParseOptions::default() });
    assert_eq!(parsed.document.outcome, Outcome::Rejected);
    assert_eq!(parsed.document.first_error().unwrap().code, "file-too-large");
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse("a.md", &bytes, &ParseOptions::default());
        let _ = parse("a.yaml", &bytes, &ParseOptions::default());
    }

    #[test]
    fn any_mixture_of_mark_up_is_read(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text: String = pieces.concat();
        let document = read_at("a.md", &text);
        let lines = u32::try_from(text.lines().count().max(1)).unwrap();
        prop_assert!(document.action_items.iter().all(|item| (1..=lines).contains(&item.line)));
        prop_assert!(document.timeline.iter().all(|entry| (1..=lines).contains(&entry.line)));
        prop_assert!(document.action_items.iter().enumerate().all(|(at, item)| item.parent.is_none_or(|it| it < at)));
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("# "),
        Just("## Timeline\n"),
        Just("- "),
        Just("  - "),
        Just("1. "),
        Just("[ ] "),
        Just("[x] "),
        Just("**Status:** "),
        Just("**"),
        Just("| a | b |\n|-|-|\n| "),
        Just("---\n"),
        Just("```\n"),
        Just("10:00 "),
        Just("2025-01-01 "),
        Just("resolved"),
        Just("é 🔴 中"),
        Just("due: "),
        Just("(owner: @a, "),
        Just("## Action items\n"),
        Just("word "),
        Just(" | "),
        Just("~~"),
        Just("[["),
        Just("]]"),
    ]
    .prop_map(str::to_owned)
}
