//! Every rule finds what it is for and leaves alone what only looks like it.

mod classification;
mod content;
mod deadlines;
mod examples;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::examples::{HEAD, body, examples};
use super::rule::Subject;
use super::run::Outcome;
use super::*;
use crate::config::CheckConfig;
use crate::model::{Kind, StatusState};
use crate::parse::{ParseOptions, Parsed, parse};

/// A knowledge base of one other document: `2026/INC-2026-01-other.md`, with the id `INC-2026-01`.
struct OneOther;

impl Surroundings for OneOther {
    fn also_with_id(&self, id: &str, kind: Kind, _: &str) -> Option<(String, usize)> {
        (id == "INC-2026-01" && kind == Kind::Incident).then(|| ("2026/INC-2026-01-other.md".to_owned(), 0))
    }

    fn is_known_name(&self, name: &str) -> Option<bool> {
        Some(name == "INC-2026-01")
    }

    fn is_incident(&self, id: &str, _: &str) -> Option<bool> {
        Some(id == "INC-2026-01")
    }

    fn exists(&self, path: &str) -> bool {
        path == "2026/INC-2026-01-other.md" || path == "2026/img/there.png"
    }

    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool> {
        self.exists(path).then(|| anchor == "timeline")
    }

    /// Every document is about the same incident as this one, whose status and day are known and nothing else.
    fn any_of_incident(&self, _: &str, is: &dyn Fn(&Neighbour) -> bool) -> bool {
        is(&Neighbour {
            path: "2026/INC-2026-01-other.md".to_owned(),
            kind: Kind::Incident,
            id: Some("INC-2026-01".to_owned()),
            date: NaiveDate::from_ymd_opt(2026, 3, 1),
            severity: None,
            status: Some(StatusState::Resolved),
            has_cause: false,
            has_resolution: false,
            has_actions: false,
        })
    }

    fn nearest(&self, _: &str) -> Option<String> {
        Some("INC-2026-01".to_owned())
    }
}

const PATH: &str = "2026/INC-2026-09-queue.md";

fn check_bytes(path: &str, bytes: &[u8], settings: &CheckConfig) -> Outcome {
    let Parsed { document, text } = parse(path, bytes, &ParseOptions { max_bytes: 1 << 20, ..ParseOptions::default() });
    let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
    let cx = LintContext::new(&document, &text, bytes, today, settings);
    check(&cx).finish(settings, &OneOther)
}

fn check_text(text: &str) -> Vec<Finding> {
    check_bytes(PATH, text.as_bytes(), &CheckConfig::default()).findings
}

fn lines_of(code: &str, text: &str) -> Vec<u32> {
    check_text(text).iter().filter(|it| it.diagnostic.code == code).map(|it| it.diagnostic.line).collect()
}

#[test]
fn every_rule_finds_what_it_is_for_and_nothing_else() {
    let mut wrong = String::new();
    for (code, bad, lines, good) in examples() {
        for (text, expected) in [(&bad, lines), (&good, &[])] {
            let found = lines_of(code, text);
            if found != expected {
                wrong += &format!("{code}: at {found:?}, not {expected:?}, in\n{text}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Rules whose findings cannot come from a text as short as an example, or that other tests cover.
const ELSEWHERE: [&str; 11] = [
    "report-overdue",
    "report-due",
    "action-past-deadline",
    "unreadable",
    "internal-error",
    "file-too-large",
    "binary-file",
    "too-many-blocks",
    "front-matter-too-large",
    "record-invalid",
    "odd-date",
];

#[test]
fn what_nobody_will_do_is_missed_by_no_rule() {
    let text =
        body("**Status:** closed\n\n## Action items\n\n### Immediate\n\n- [ ] ~~a~~\n- [ ] b. Won't do.\n- [-] c\n");
    for code in ["nothing-done", "open-high-priority", "closed-with-open-actions", "action-without-owner"] {
        assert_eq!(lines_of(code, &text), [0; 0], "{code}");
        let open = text.replace("~~", "").replace(". Won't do.", "").replace("[-]", "[ ]");
        assert!(!lines_of(code, &open).is_empty(), "{code}");
    }
}

#[test]
fn an_estimate_is_not_held_against_the_last_entry() {
    let text = |duration: &str| {
        body(&format!(
            "\n## Timeline\n\n- 08:00 UTC: outage begins\n- 09:50 UTC: done\n\n**Total Duration**: {duration}\n\n**Resolved**: 2026-03-02\n"
        ))
    };
    assert_eq!(lines_of("duration-contradiction", &text("90 minutes")), [11]);
    for duration in ["about 90 minutes", "~90 minutes", "1 to 2 hours"] {
        assert!(lines_of("duration-contradiction", &text(duration)).is_empty(), "{duration}");
    }
}

#[test]
fn no_more_findings_of_a_rule_are_listed_than_anybody_reads() {
    let found = check_text(&body(&format!("\n{}", "- [] again\n".repeat(1500))));
    let boxes: Vec<&Finding> = found.iter().filter(|it| it.diagnostic.code == "malformed-checkbox").collect();
    assert_eq!(boxes.len(), 1001);
    assert_eq!(boxes[1000].diagnostic.message, "500 more places like the 1000 above are not listed");
    let fingerprints: std::collections::BTreeSet<&str> = boxes.iter().map(|it| it.fingerprint.as_str()).collect();
    assert_eq!(fingerprints.len(), boxes.len());
}

#[test]
fn what_allows_is_read_in_the_head_and_so_far_only() {
    let allow = "<!-- ris-allow malformed-checkbox: old -->\n";
    assert_eq!(lines_of("malformed-checkbox", &body(&format!("\n{allow}- [] a\n- [] b\n"))), [8]);
    let many = format!("# Queue stalled\n\n{}\n- [] a\n", "<!-- ris-allow blame: x -->\n".repeat(5000));
    assert_eq!(lines_of("malformed-checkbox", &many), [5004]);
    let open = format!("{HEAD}\n{}", "<!-- ris-allow blame: x ".repeat(5000));
    assert!(lines_of("malformed-checkbox", &open).is_empty());
}

#[test]
fn every_rule_has_an_example() {
    let with: Vec<&str> = examples().iter().map(|(code, ..)| *code).collect();
    // Those on content have a file of tests of their own.
    let of_content = [Subject::Compliance, Subject::Secrets, Subject::Phi, Subject::Wording, Subject::Encoding];
    for rule in RULES.iter().filter(|rule| !of_content.contains(&rule.subject)) {
        assert!(with.contains(&rule.code) || ELSEWHERE.contains(&rule.code), "`{}` has no example", rule.code);
    }
}

#[test]
fn what_the_reader_reports_is_a_rule() {
    let settings = CheckConfig::default();
    let large = vec![b'a'; (1 << 20) + 1];
    for (path, bytes, code) in [
        ("a.md", large.as_slice(), "file-too-large"),
        ("a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary-file"),
        ("a.yaml", b"id: A-1\ntitle: 'x\n", "record-invalid"),
    ] {
        let found = check_bytes(path, bytes, &settings).findings;
        assert!(found.iter().any(|it| it.diagnostic.code == code), "{code}: {found:?}");
    }
    let odd = lines_of(
        "odd-date",
        &format!("{HEAD}\n## Timeline\n\n- 2026-03-02 10:00 UTC: a\n- 20266-03-02 10:10 UTC: b\n"),
    );
    assert_eq!(odd, [9]);
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut seen = BTreeMap::new();
    for rule in RULES {
        assert_eq!(seen.insert(rule.code, ()), None, "`{}` stands there twice", rule.code);
        assert!(
            rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            rule.code
        );
        assert!(!rule.summary.ends_with('.') && !rule.summary.is_empty(), "{}", rule.code);
    }
}

#[test]
fn a_comment_is_about_its_line_the_next_or_the_file() {
    let suppressed = |text: &str| check_bytes(PATH, text.as_bytes(), &CheckConfig::default()).suppressed;
    let at = |comment: &str| format!("{HEAD}\n## Impact\n\nTBD {comment}\n\nTBD\n");
    assert_eq!(suppressed(&at("")), 0);
    assert_eq!(suppressed(&at("<!-- ris-allow placeholder: a -->")), 1);
    assert_eq!(suppressed(&at("\n\n<!-- ris-allow placeholder: a -->\n")), 1, "the next line that is not blank");
    let head = format!("# T\n\n<!-- ris-allow placeholder, missing-fact: a -->\n\n{}", at("").trim_start_matches("# "));
    assert!(suppressed(&head) >= 2, "below the title, about the file");
    let front = format!("---\n# ris-allow placeholder: a\ntitle: b\n---\n{}", at(""));
    assert_eq!(suppressed(&front), 2, "first in the front matter, about the file");
    let line = "---\nserverity: high # ris-allow misspelt-key: a\n---\n# A\n".to_owned();
    assert_eq!(suppressed(&line), 1);
}

#[test]
fn levels_of_the_settings_win() {
    let mut settings = CheckConfig::default();
    let text = format!("{HEAD}\nTBD\n");
    let level = |settings: &CheckConfig| {
        let found = check_bytes(PATH, text.as_bytes(), settings).findings;
        found.iter().find(|it| it.diagnostic.code == "placeholder").map(Finding::level)
    };
    assert_eq!(level(&settings), Some(crate::diag::Level::Warning));
    let stated = |level| crate::config::StatedLevel { code: "placeholder".into(), level, line: 0 };
    settings.levels = vec![stated(RuleLevel::Deny)];
    assert_eq!(level(&settings), Some(crate::diag::Level::Error));
    settings.levels = vec![stated(RuleLevel::Allow)];
    assert_eq!(level(&settings), None);
}

#[test]
fn a_finding_keeps_its_fingerprint_where_it_moves() {
    let of = |text: &str| -> Vec<String> {
        let found = check_text(text).into_iter().filter(|it| it.diagnostic.code == "placeholder");
        found.map(|it| it.fingerprint).collect()
    };
    let two = of(&format!("{HEAD}\nTBD\n\nTBD\n"));
    assert_eq!(two.len(), 2);
    assert_ne!(two[0], two[1], "two findings are two");
    assert_eq!(of(&format!("{HEAD}\nA line.\n\n  TBD\n\nAnother.\n\nTBD\n")), two);
    assert_ne!(of(&format!("{HEAD}\nTBD by Mara\n"))[0], two[0]);
    let baseline = Baseline::of(&check_text(&format!("{HEAD}\nTBD\n")));
    assert_eq!(Baseline::read(&baseline.render()).unwrap(), baseline);
    assert!(Baseline::read("{}").is_err() && Baseline::read("{\"version\":9,\"findings\":[]}").is_err());
}

#[test]
fn fixes_do_away_with_their_findings() {
    let text = format!("{HEAD}\n##Impact\n\n- [] a\n-[x] b\n\n- [x ] c\n");
    let found = check_text(&text);
    let fixes: Vec<&Fix> = found.iter().filter_map(|it| it.fix.as_ref()).collect();
    let (fixed, count) = apply(&text, &fixes);
    assert_eq!(count, 4);
    assert_eq!(fixed, format!("{HEAD}\n## Impact\n\n- [ ] a\n- [x] b\n\n- [x] c\n"));
    assert!(check_text(&fixed).iter().all(|it| it.fix.is_none()));
}

#[test]
fn no_text_makes_a_rule_fail_and_every_place_is_one_of_the_text() {
    let pieces = [
        "\n##",
        "- [",
        "]",
        "[^",
        "](",
        "|",
        "-|-",
        "\n",
        "```",
        "<!--",
        "ris-allow x: ",
        "#",
        "ä",
        "2026-0",
        "\u{1F600}",
        "---\n",
        "**Status:** ",
    ];
    // A small generator of its own: the same texts in every run.
    let mut seed = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        for text in [format!("{HEAD}{text}"), text] {
            for span in check_text(&text).iter().filter_map(|it| it.diagnostic.span) {
                assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
            }
        }
    }
}
