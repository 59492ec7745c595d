//! Logs that are cut: every line in its place.

use super::{Cut, Home};
use crate::parse::{ParseOptions, parse};
use crate::scaffold::FrontMatterText;

/// Cuts `text`; returns the documents without front matter, and what is left. Documents are called `0.md`, `1.md`, ….
fn cut(text: &str) -> (Vec<String>, String) {
    let parsed = parse("incident-log.md", text.as_bytes(), &ParseOptions::default());
    let document = &parsed.document;
    let cut = Cut::new(text, document.body_start, document.front_matter.as_ref(), &document.several).expect("a log");
    let link = |home: Home| match home {
        Home::Part(at) => format!("{at}.md"),
        Home::Log => "log.md".to_owned(),
    };
    let body = |at: usize| {
        let whole = cut.document(at, &FrontMatterText::default(), &link);
        let fence = if whole.contains('\r') { "---\r\n\r\n" } else { "---\n\n" };
        whole.split_once(fence).expect("front matter").1.to_owned()
    };
    ((0..cut.parts.len()).map(body).collect(), cut.rest(&link))
}

fn refused(text: &str) -> String {
    let parsed = parse("incident-log.md", text.as_bytes(), &ParseOptions::default());
    let document = &parsed.document;
    let cut = Cut::new(text, document.body_start, document.front_matter.as_ref(), &document.several);
    cut.err().map_or_else(|| "it was cut".to_owned(), |it| format!("{}: {}", it.line, it.message))
}

#[test]
fn sections_become_documents_and_a_list() {
    let text = "---\ntitle: Log\n---\n\n# Log\n\nHow to.\n\n---\n\n## 2026-01-06: Feed stopped\n\n### Root cause\n\nx\n\n---\n\n---\n\n\
                ## INC-2 (2026-01-05): Disk\n\n**Fix:** y\n\n---\n\n## Contacts\n\nAna\n\n## 2026-01-04: Mail_x lost\n\n**Fix:** z";
    let (documents, rest) = cut(text);
    assert_eq!(documents[0], "# 2026-01-06: Feed stopped\n\n## Root cause\n\nx\n");
    assert_eq!(documents[1], "# INC-2 (2026-01-05): Disk\n\n**Fix:** y\n");
    assert_eq!(documents[2], "# 2026-01-04: Mail_x lost\n\n**Fix:** z\n");
    assert_eq!(
        rest,
        "---\ntitle: Log\n---\n\n# Log\n\nHow to.\n\n---\n\n- [Feed stopped](0.md), 2026-01-06\n\
         - [INC-2: Disk](1.md), 2026-01-05\n\n---\n\n## Contacts\n\nAna\n\n- [Mail_x lost](2.md), 2026-01-04\n"
    );
}

#[test]
fn a_day_alone_is_a_name() {
    let (_, rest) = cut("# Log\n\n## 6 January 2026\n\n**Fix:** x\n\n## 7 January 2026\n\n**Fix:** y\n");
    assert_eq!(rest, "# Log\n\n- [2026-01-06](0.md)\n- [2026-01-07](1.md)\n");
}

#[test]
fn line_ends_and_headings_with_a_line_below_stay() {
    let text = "Log\r\n===\r\n\r\n- a rule\r\n\r\nINC-1: Feed\r\n---\r\n\r\n### Fix\r\n\r\nx\r\n\r\nINC-2: Disk\r\n---\r\n\r\n### Fix\r\n\r\ny\r\n";
    let (documents, rest) = cut(text);
    assert_eq!(documents[0], "INC-1: Feed\r\n===\r\n\r\n## Fix\r\n\r\nx\r\n");
    assert_eq!(rest, "Log\r\n===\r\n\r\n- a rule\r\n\r\n* [INC-1: Feed](0.md)\r\n* [INC-2: Disk](1.md)\r\n");
}

#[test]
fn what_stands_behind_the_last_break_belongs_to_the_log() {
    let text =
        "# Log\n\n## INC-1: Feed\n\n**Fix:** x\n\n---\n\n## INC-2: Disk\n\n**Fix:** y\n\n---\n\n_Kept by Ana._\n";
    let (documents, rest) = cut(text);
    assert_eq!(documents[1], "# INC-2: Disk\n\n**Fix:** y\n");
    assert_eq!(rest, "# Log\n\n- [INC-1: Feed](0.md)\n- [INC-2: Disk](1.md)\n\n---\n\n_Kept by Ana._\n");
    let loose = text.replacen("---\n\n", "", 1);
    assert_eq!(cut(&loose).0[1], "# INC-2: Disk\n\n**Fix:** y\n\n---\n\n_Kept by Ana._\n", "the break parts nothing");
}

#[test]
fn definitions_go_where_they_are_needed() {
    let text = "# Log\n\nSee [the guide].\n\n## INC-1: Feed\n\n**Fix:** [x] and[^n].\n\n## INC-2: Disk\n\n**Fix:** y, [own]\n\n\
                [x]: https://x.example\n[own]: https://own.example\n[the guide]: guide.md\n[^n]: As in [own].\n    More.\n\n[none]: z\n";
    let (documents, rest) = cut(text);
    assert_eq!(
        documents[0],
        "# INC-1: Feed\n\n**Fix:** [x] and[^n].\n\n[x]: https://x.example\n\n[own]: https://own.example\n\n\
         [^n]: As in [own].\n    More.\n"
    );
    assert_eq!(
        documents[1],
        "# INC-2: Disk\n\n**Fix:** y, [own]\n\n[own]: https://own.example\n[^n]: As in [own].\n    More.\n\n[none]: z\n"
    );
    assert_eq!(
        rest,
        "# Log\n\nSee [the guide].\n\n- [INC-1: Feed](0.md)\n- [INC-2: Disk](1.md)\n\n[the guide]: guide.md\n"
    );
}

#[test]
fn links_within_the_log_lead_where_they_led() {
    let text = "# Log\n\n- [Feed](#inc-1-feed)\n- [cause](#root-cause-1)\n- [who](#contacts)\n\n## INC-1: Feed\n\n### Root cause\n\n\
                x, as [below](#root-cause-1), [here](#root-cause), [who](#contacts)\n\n## INC-2: Disk\n\n### Root cause\n\n\
                y, [own](#root-cause-1) ![p](p.png) `[no](#inc-1-feed)`\n\n## Contacts\n\nz\n";
    let (documents, rest) = cut(text);
    assert!(documents[0].ends_with("x, as [below](1.md#root-cause), [here](#root-cause), [who](log.md#contacts)\n"));
    assert!(documents[1].ends_with("y, [own](#root-cause) ![p](p.png) `[no](#inc-1-feed)`\n"), "{}", documents[1]);
    assert!(rest.starts_with("# Log\n\n- [Feed](0.md)\n- [cause](1.md#root-cause)\n- [who](#contacts)\n"), "{rest}");
}

#[test]
fn rows_become_documents_and_link_to_them() {
    let text = "# Incident log\n\n| Date | What | Service | Severity | Fix |\n|--|--|--|--|--|\n\
                | 2026-08-23 | Race of `a \\| b` | shop | High | see [x] |\n\
                | 2026-08-17 | `cargo` told of a stack overflow in a parser — it was there for a long time, and nobody had seen it | | Low | |\n\n\
                [x]: https://x.example\n";
    let (documents, rest) = cut(text);
    assert_eq!(
        documents[0],
        "# Race of a | b\n\n- **Date:** 2026-08-23\n- **What:** Race of `a | b`\n- **Service:** shop\n- **Severity:** High\n\
         - **Fix:** see [x]\n\n[x]: https://x.example\n"
    );
    assert!(documents[1].starts_with("# cargo told of a stack overflow in a parser\n\n- **Date:** 2026-08-17\n"));
    assert!(rest.contains("\n| 2026-08-23 | [Race of `a \\| b`](0.md) | shop | High | see [x] |\n"), "{rest}");
    assert!(rest.contains("| [`cargo` told of a stack overflow in a parser](1.md) — it was there"), "{rest}");
}

#[test]
fn what_cannot_be_cut_is_refused_with_its_line() {
    let log = "# Log\n\n## INC-1: Feed\n\n**Fix:** x\n\n## INC-2: Disk\n\n**Fix:** y\n";
    let html = log.replace("## INC-2: Disk\n", "<h2>INC-2: Disk</h2>\n");
    assert_eq!(refused(&html), "7: `Disk` is no heading of Markdown that a document can begin with");
    let torn = log.replacen("x\n", "x\n\n<details>\n", 1) + "\n</details>\n";
    assert_eq!(refused(&torn), "3: an element of HTML begins in `Feed` and ends elsewhere");
    assert_eq!(refused(&torn.replace("</details>", "")), "it was cut", "nobody ever closes it");
}

#[test]
fn a_heading_in_a_quote_or_in_code_ends_no_section() {
    let text = "# Log\n\n## INC-1: Feed\n\n**Fix:** x\n\n> ## Mail\n>\n> text\n\n```\n## no\n```\n\n- ## list\n\nend\n\n## INC-2: Disk\n\n**Fix:** y\n";
    let (documents, rest) = cut(text);
    assert_eq!(documents.len(), 2);
    assert!(documents[0].ends_with("> text\n\n```\n## no\n```\n\n- # list\n\nend\n"), "{}", documents[0]);
    assert_eq!(rest, "# Log\n\n- [INC-1: Feed](0.md)\n- [INC-2: Disk](1.md)\n");
}
