//! A failing and a passing text for each rule.

pub(super) const HEAD: &str = "# INC-2026-09: Queue stalled\n\n**Date:** 2026-03-02\n**Severity:** high\n";

/// A rule, a text in which it finds something, the lines, and one in which it does not.
pub(super) type Example = (&'static str, String, &'static [u32], String);

pub(super) fn body(text: &str) -> String {
    format!("{HEAD}{text}")
}

pub(super) fn front(text: &str) -> String {
    format!("---\n{text}---\n{HEAD}")
}

pub(super) fn examples() -> Vec<Example> {
    [of_front_matter(), of_sections_and_dates(), of_status(), of_actions(), of_links_and_markdown(), of_suppressions()]
        .concat()
}

fn of_front_matter() -> Vec<Example> {
    vec![
        ("empty-file", String::new(), &[0], "# A\n".into()),
        ("front-matter-invalid", front("title: a: b\n"), &[2], front("title: 'a: b'\n")),
        ("front-matter-unclosed", "---\ntitle: a\n\n# A\n\ntext\n".into(), &[1], front("title: a\n")),
        (
            "front-matter-too-complex",
            front(&format!("a: {}1{}\n", "[".repeat(40), "]".repeat(40))),
            &[2],
            front("a: [1]\n"),
        ),
        ("duplicate-key", front("owner: a\nowner: b\n"), &[3], front("owner: a\nowners: b\n")),
        ("misspelt-key", front("serverity: high\n"), &[2], front("severity: high\ndeserts: two\n")),
        (
            "wrong-type",
            front("created: soon\nseverity: banana\n"),
            &[2, 3],
            front("created: 2026-03-02\nseverity: SEV-2\n"),
        ),
        ("duplicate-id", front("id: INC-2026-01\n"), &[2], front("id: INC-2026-09\n")),
        (
            "several-incidents",
            "# Log\n\n## 2026-03-02 Disk full\n\n### Fix\n\nx\n\n## 2026-04-02 Feed stopped\n\n### Fix\n\ny\n".into(),
            &[9],
            "# Log\n\n## 2026-03-02 Disk full\n\n### Fix\n\nx\n\n## 2026-04-02 Review\n\nDone.\n".into(),
        ),
        ("id-and-file-name", front("id: INC-2026-08\n"), &[2], front("id: INC-2026-09\n")),
        (
            "incident-day",
            front("id: PM-1\nincident: INC-2026-01\n"),
            &[7],
            front("id: PM-1\nincident: INC-2026-01\n").replace("2026-03-02", "2026-03-01"),
        ),
        (
            "updated-before-created",
            front("created: 2026-03-04\nupdated: 2025-03-05\n"),
            &[3],
            front("created: 2026-03-04\nupdated: 2026-03-04\n"),
        ),
        ("created-before-incident", front("created: 2025-03-03\n"), &[2], front("created: 2026-03-03\n")),
        (
            "end-before-start",
            front("started: 2026-03-02 14:00 UTC\nresolved: 2026-03-02 02:30 UTC\n"),
            &[3],
            front("started: 2026-03-02 14:00 UTC\nresolved: 2026-03-03 02:30 UTC\n"),
        ),
        (
            "end-before-start",
            front("started: 2026-03-02 14:00 UTC\nmitigated: 2026-03-02 15:00 UTC\nresolved: 2026-03-02 14:30 UTC\n"),
            &[4],
            front("started: 2026-03-02 14:00 UTC\ndetected: 2026-03-02 16:00 UTC\nresolved: 2026-03-02 14:30 UTC\n"),
        ),
    ]
}

fn of_sections_and_dates() -> Vec<Example> {
    vec![
        (
            "missing-section",
            HEAD.into(),
            &[0, 0, 0],
            body("\n## Timeline\n\n- 10:00 UTC: a\n\n## Root cause\n\na\n\n## Action items\n\n- [ ] b\n"),
        ),
        ("missing-fact", "**Status:** open\n\n## Root cause\n\na\n\n## Timeline\n\n- a\n".into(), &[0, 0], HEAD.into()),
        (
            "placeholder",
            body("\n## Impact\n\nTBD\n\n**Detected:** YYYY-MM-DD\n"),
            &[8, 10],
            body("\nThe format is `YYYY-MM-DD`, the todo list is long.\n"),
        ),
        (
            "timeline-order",
            body(
                "\n## Timeline\n\n- 10:00 UTC: a\n- 10:20 UTC: b\n- 10:10 UTC: c\n- 10:30 UTC: d\n- 10:40 UTC: e\n- 10:50 UTC: f\n",
            ),
            &[10],
            body("\n## Timeline\n\n- 10:50 UTC: a\n- 10:30 UTC: b\n- 10:10 UTC: c\n- 10:00 UTC: d\n"),
        ),
        (
            "five-digit-year",
            body("\nIt began on 22026-03-02.\n"),
            &[6],
            body("\n`22026-03-02` and part 12345-06-07-8.\n"),
        ),
        (
            "ambiguous-date",
            "# A\n\n**Date:** 02/05/2026\n".into(),
            &[3],
            "# A\n\n**Date:** 02/05/2026\n**Detected:** 02/05/2026 10:00 PST\n".into(),
        ),
        (
            "odd-year",
            body("\n## Timeline\n\n- 2026-03-02 10:00 UTC: a\n- 2025-03-02 10:10 UTC: b\n- 2026-03-02 10:20 UTC: c\n"),
            &[9],
            body("\n## Timeline\n\n- 2025-12-01 10:00 UTC: a\n- 2026-03-02 10:10 UTC: b\n- 2026-03-02 10:20 UTC: c\n"),
        ),
        ("future-date", "# A\n\n**Date:** 2062-03-02\n**Severity:** low\n".into(), &[3], HEAD.into()),
        (
            "date-contradiction",
            body("\n## Timeline\n\n- 2025-10-02 10:00 UTC: a\n- 2025-10-02 11:00 UTC: b\n"),
            &[8],
            body("\n## Timeline\n\n- 2026-03-02 10:00 UTC: a\n"),
        ),
        (
            "duration-contradiction",
            body(
                "\n## Timeline\n\n- 08:00 UTC: outage begins\n- 17:42 UTC: fix applied\n- 17:50 UTC: done\n\n**Total Duration**: 9 hours 10 minutes\n\n**Resolved**: 2026-03-02\n",
            ),
            &[12],
            body(
                "\n## Timeline\n\n- 08:00 UTC: outage begins\n- 17:42 UTC: fix applied\n- 17:50 UTC: done\n\n**Total Duration**: 9 hours 50 minutes\n\n**Resolved**: 2026-03-02\n",
            ),
        ),
    ]
}

fn of_status() -> Vec<Example> {
    vec![
        (
            "status-contradiction",
            body("**Status:** resolved\n\n## Sign-off\n\n**Status:** closed\n"),
            &[9],
            body("**Status:** resolved\n\n## Sign-off\n\n**Status:** resolved\n"),
        ),
        (
            "status-awaits",
            body("**Status:** resolved, awaiting deployment\n"),
            &[5],
            body("**Status:** mitigated, awaiting deployment\n"),
        ),
        (
            "resolved-without-resolution",
            body("**Status:** resolved\n\n## Root cause\n\na\n"),
            &[5],
            body("**Status:** resolved\n\n## Resolution\n\na\n"),
        ),
        ("status-behind", body("**Status:** mitigated\n"), &[5], body("**Status:** closed\n")),
        (
            "resolved-without-cause",
            body("**Status:** resolved\n\n## Resolution\n\na\n"),
            &[5],
            body("**Status:** resolved\n\n## Root cause\n\na\n"),
        ),
        (
            "nothing-done",
            body("**Status:** resolved\n\n## Action items\n\n- [ ] a\n- [ ] b\n"),
            &[9],
            body("**Status:** resolved\n\n## Action items\n\n- [x] a\n- [ ] b\n"),
        ),
        (
            "open-high-priority",
            body("**Status:** resolved\n\n## Action items\n\n### Immediate\n\n- [ ] a\n- [x] b\n"),
            &[11],
            body("**Status:** resolved\n\n## Action items\n\n### Immediate\n\n- [x] a\n\n### Later\n\n- [ ] b\n"),
        ),
        (
            "closed-with-open-actions",
            body("**Status:** closed\n\n## Action items\n\n- [ ] a\n- [x] b\n"),
            &[5],
            body("**Status:** closed\n\n## Action items\n\n- [x] a\n- [x] b\n"),
        ),
    ]
}

fn of_actions() -> Vec<Example> {
    vec![
        (
            "action-without-owner",
            body("\n## Action items\n\n- [ ] add an alert\n- [x] b\n"),
            &[8],
            body(
                "\n## Action items\n\n- [ ] add an alert (owner: Mara Lindqvist)\n- a list tells nothing of what is open\n",
            ),
        ),
        (
            "action-without-due",
            body("\n## Action items\n\n- [ ] add an alert\n"),
            &[8],
            body("\n## Action items\n\n- [ ] add an alert (due: 2026-05-01)\n"),
        ),
        (
            "action-overdue",
            body(
                "\n## Action items\n\n- [ ] add an alert (due: 2026-03-20)\n- [x] done (due: 2026-03-20)\n- try it (owner: Ana, due: March 20)\n",
            ),
            &[8, 10],
            body(
                "\n## Action items\n\n- [ ] add an alert (due: 2026-03-31)\n\n### Next day\n\n- a heading tells nothing of what is open\n",
            ),
        ),
        (
            "action-due-before-incident",
            body("\n## Action items\n\n- [ ] add an alert (due: 2025-03-20)\n"),
            &[8],
            body("\n## Action items\n\n- [ ] add an alert (due: 2026-03-20)\n"),
        ),
        (
            "unanswered-lesson",
            body(
                "\n## What went wrong\n\n- The backup tapes were mislabelled\n- Nobody was notified\n\n## Action items\n\n- [ ] Add an alert\n",
            ),
            &[8],
            body(
                "\n## What went wrong\n\n- The backup tapes were mislabelled\n\n## Action items\n\n- [ ] Print labels for tapes\n",
            ),
        ),
    ]
}

fn of_links_and_markdown() -> Vec<Example> {
    vec![
        (
            "dangling-reference",
            body("\n## Related\n\n- INC-2026-02\n- [a](missing.md)\n"),
            &[8, 9],
            body("\n## Related\n\n- INC-2026-01\n- [a](INC-2026-01-other.md)\n"),
        ),
        (
            "dangling-reference",
            front("kind: rca\nincident: INC-2026-10\n"),
            &[3],
            front("kind: rca\nincident: INC-2026-01\n"),
        ),
        ("dangling-reference", front("incident: INC-2026-10\n"), &[2], front("incident: inc-2026-09\n")),
        (
            "dangling-reference",
            "---\nid: RIS-QUEUE\nincident: INC-2026-10\nkind: incident\n---\n# Queue stalled\n\n**Date:** 2026-03-02\n"
                .into(),
            &[3],
            "---\nid: RIS-QUEUE\nincident: INC-2026-09\nkind: incident\n---\n# Queue stalled\n\n**Date:** 2026-03-02\n"
                .into(),
        ),
        (
            "dangling-link",
            body("\n![a](img/missing.png)\n"),
            &[6],
            body("\n![a](img/there.png) [b](https://x.example/a.png) [c](page.html)\n"),
        ),
        (
            "dangling-anchor",
            body("\n[a](#nowhere) [b](INC-2026-01-other.md#nowhere)\n"),
            &[6, 6],
            body("\n[a](#impact) [b](INC-2026-01-other.md#timeline)\n\n## Impact\n"),
        ),
        ("empty-link", body("\n[a]()\n"), &[6], body("\n[a](b) and `[a]()`\n")),
        (
            "merge-conflict",
            body("\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"),
            &[6],
            body("\nTitle\n=======\n\n> > > quoted\n"),
        ),
        ("malformed-checkbox", body("\n- [] a\n"), &[6], body("\n- [ ] a\n\n```\n- [] a\n```\n")),
        (
            "heading-without-space",
            body("\n##Impact\n"),
            &[6],
            body("\n#channel\n\n## Impact\n\n```\n\n##define\n```\n"),
        ),
        ("unclosed-fence", body("\n```\ncode\n"), &[6], body("\n```\ncode\n```\n")),
        ("unclosed-comment", body("\n<!-- a\n\ntext\n"), &[6], body("\n<!-- a -->\n\n`<!--`\n")),
        ("undefined-footnote", body("\na[^1]\n"), &[6], body("\na[^1] and `[^2]`\n\n[^1]: b\n")),
        (
            "table-cells",
            body("\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"),
            &[8],
            body("\n| a | b |\n|---|---|\n| 1 | 2 \\| 3 |\n"),
        ),
    ]
}

fn of_suppressions() -> Vec<Example> {
    vec![
        (
            "suppression-without-reason",
            body("\n<!-- ris-allow placeholder -->\nTBD\n"),
            &[6],
            body("\n`<!-- ris-allow placeholder -->`\n"),
        ),
        (
            "suppression-unknown-code",
            body("\n<!-- ris-allow placehold: b -->\nTBD\n"),
            &[6],
            body("\n<!-- ris-allow placeholder: b -->\nTBD\n"),
        ),
        (
            "suppression-unused",
            body("\n<!-- ris-allow placeholder: b -->\ntext\n"),
            &[6],
            body("\n<!-- ris-allow placeholder: b -->\nTBD\n"),
        ),
    ]
}
