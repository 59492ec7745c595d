//! The parser as a whole: what is read from documents in the forms people write them.

use super::*;
use crate::model::{ActionClass, ActionSource, DurationKind, StatusState};

fn times(document: &Document) -> Vec<String> {
    document.timeline.iter().map(|entry| entry.at.and_then(|at| at.to_json()).unwrap_or_default()).collect()
}

fn date(document: &Document) -> (String, OriginKind) {
    let date = document.date.as_ref().unwrap();
    (date.value.to_string(), date.origin.kind)
}

#[test]
fn created_is_never_the_incidents_date() {
    let text = "---\ncreated: '2026-01-10'\nupdated: '2026-01-11'\n---\n# T\n\n**Date**: 2025-12-17\n";
    assert_eq!(date(&read_at("a.md", text)), ("2025-12-17".into(), OriginKind::Label));
    assert_eq!(read_at("a.md", "---\ncreated: 2026-01-10\n---\n# T\n\ntext\n").date, None);
}

#[test]
fn the_date_comes_from_the_best_place() {
    for (path, text, expected, kind) in [
        ("a.md", "---\ndate: 2025-02-03\n---\n# T\n", "2025-02-03", OriginKind::FrontMatter),
        ("a.md", "# T\n\n## Date: July 1, 2020\n", "2020-07-01", OriginKind::Heading),
        ("a.md", "# 2017-09-27, Hub 403\n\n## Timeline\n\n- 2017-09-29 10:00 x\n", "2017-09-27", OriginKind::Heading),
        ("2024-06-25-x.md", "# T\n\n## Timeline\n\n- 2024-01-10 19:32 stalled\n", "2024-01-10", OriginKind::Timeline),
        ("2024-06-25-x.md", "# T\n\ntext\n", "2024-06-25", OriginKind::FileName),
        ("a.md", "# T\n\n**Date:** January 14-19, 2026\n", "2026-01-14", OriginKind::Label),
        ("a.md", "# T\n\n**Date of Incident**: September 2025\n", "2025-09", OriginKind::Label),
        ("a.md", "# T\n\n## Summary\n\nOn Sept. 18th, 2017, sites went down.\n", "2017-09-18", OriginKind::Inferred),
    ] {
        assert_eq!(date(&read_at(path, text)), (expected.into(), kind), "{text}");
    }
}

#[test]
fn a_month_in_the_title_is_made_exact_by_the_timeline() {
    let text = "# Outages (October 2025)\n\n## Timeline\n\n### October 21, 2025 - Redis\n\n- **21:45 UTC** - deploy\n- **23:28 UTC** - done\n";
    assert_eq!(date(&read_at("a.md", text)).0, "2025-10-21");
}

#[test]
fn titles_are_found_where_people_put_them() {
    for (text, expected) in [
        ("---\ntitle: From front matter\n---\n# Another\n", Some("From front matter")),
        ("# Title:\n### The real one\n\n# Cause\n", Some("The real one")),
        ("## Owner: @ana\n# Overview\n\ntext\n", None),
        ("Setext title\n===\n\ntext\n", Some("Setext title")),
        ("# Title: Something broke\n", Some("Something broke")),
        ("prose only\n", None),
    ] {
        assert_eq!(read_at("a.md", text).title.map(|it| it.value).as_deref(), expected, "{text}");
    }
}

#[test]
fn the_header_wins_over_the_footer_and_the_difference_is_said() {
    let text = "# T\n\n**Status**: RESOLVED ✅\n\n## A\n\ntext\n\n---\n\n**Status**: OPEN\n";
    let document = read_at("a.md", text);
    assert_eq!(document.status.unwrap().value, StatusState::Resolved);
    assert_eq!(document.other_statuses[0].value, StatusState::Open);
    assert_eq!(document.diagnostics[0].code, "status-contradiction");
    assert_eq!(document.diagnostics[0].line, 11);
}

#[test]
fn the_severity_of_tasks_and_legends_is_not_the_documents() {
    let tasks =
        "# Fix tasks\n\n### Task 1.1: x\n\n- [ ] a\n\n**Priority**: P0\n\n### Task 1.2: y\n\n**Priority**: P1\n";
    assert_eq!(read_at("a.md", tasks).severity, None);
    let legend = "# Levels\n\n| Level | Meaning |\n|--|--|\n| P0 | critical |\n| P1 | high |\n";
    assert_eq!(read_at("a.md", legend).severity, None);
    let two = "# T\n\n**Severity:** High\n\n## Impact\n\n- **Severity:** Medium\n";
    assert_eq!(read_at("a.md", two).severity.unwrap().value.level(), 2);
}

#[test]
fn a_timeline_inherits_its_zone_and_crosses_midnight() {
    let text = "# T\n\n**Date:** 2025-03-01\n\n## Timeline (UTC-3 Chile Time)\n\n| Time | Event |\n|--|--|\n| 22:10 | a |\n| 00:30 | b |\n| 01:00 | resolved |\n";
    let document = read_at("a.md", text);
    assert_eq!(times(&document), ["2025-03-02T01:10:00Z", "2025-03-02T03:30:00Z", "2025-03-02T04:00:00Z"]);
    let total = document.durations.computed.iter().find(|it| it.kind == DurationKind::Total).unwrap();
    assert_eq!(total.minutes, 170);
}

#[test]
fn entries_out_of_order_do_not_cross_midnight() {
    let text = "# T\n\n**Date:** 2025-03-01\n\n## Timeline (UTC)\n\n- 22:40 a\n- 22:06 b\n- 22:10 c\n";
    assert_eq!(times(&read_at("a.md", text))[1], "2025-03-01T22:06:00Z");
}

#[test]
fn timelines_are_read_in_every_form() {
    for (text, count) in [
        ("## Timeline\n\n- **08:00 UTC**: a\n- **09:00 UTC**: b\n", 2),
        ("## Timeline\n\n### 13:35\n\ntext\n\n- 14:00 is mentioned here\n\n### 14:10\n\ntext\n", 2),
        ("## Timeline\n\n12:45 PM PST Saturday Oct 30th: a\n\n13:55 PM PST Saturday Oct 30th: b\n", 2),
        ("## Timeline\n\n_4/21/23_\n\n11:12 AM: a\n\n11:14 AM: b\n\n_4/24/23_\n\n9:00 AM: c\n", 3),
        ("**Timeline:**\n\n- 10:00 - a\n- 10:05 - b\n\n**Timeline:**\n\n- 11:00 - c\n", 3),
        ("## Timeline\n\n- **Unknown Date**: a\n- **Sept 27, 2025**: b\n- **Note**: c\n", 2),
        ("## Timeline\n\n- we noticed\n- we fixed\n", 0),
        (
            "## Timeline\n\n| Day | Date (2022) | Time (UTC) | Event |\n|-|-|-|-|\n| Thu | Jan 20 | 22:40 | a |\n| Fri | Jan 21 | 00:20 | b |\n",
            2,
        ),
        (
            "- **Key events**\n  - Detected 2020-09-28 13:14\n  - Resolved 2020-09-28 14:44\n\n- **Context**:\n  - 2020-09-28 13:14 a\n  - 2020-09-28 13:20: b\n  - 2020-09-28 14:00 c\n",
            3,
        ),
        ("## Timeline\n\n| Time | Event |\n|-|-|\n| 2019-12-03 --:-- | y |\n| 2019-12-04 03:00 | z |\n", 2),
    ] {
        let document = read_at("a.md", &format!("# T\n\n{text}"));
        assert_eq!(document.timeline.len(), count, "{text}\n{:#?}", document.timeline);
    }
}

#[test]
fn a_key_event_says_that_the_incident_is_resolved() {
    let text = "# Incident on 2020-02-12\n\n- **Key events**\n  - Fault occurs 2020-02-12 11:45\n  - Resolved 2020-02-12 12:07\n";
    let document = read_at("a.md", text);
    assert_eq!(document.status.unwrap().value, StatusState::Resolved);
    assert_eq!(document.times.started.unwrap().value.to_json().unwrap(), "2020-02-12T11:45:00");
    assert_eq!(document.durations.computed.last().unwrap().minutes, 22);
}

#[test]
fn stated_and_computed_durations_are_compared() {
    let text = "# T\n\n**Date:** 2025-12-17\n**Total Duration**: 9 hours 10 minutes\n\n## Timeline\n\n- **04:40 UTC**: last success\n- **08:00 UTC**: First failure (issue begins)\n- **17:50 UTC**: All reprocessed\n";
    let document = read_at("a.md", text);
    assert_eq!(document.durations.stated[0].minutes, Some(550));
    let finding = document.diagnostics.iter().find(|it| it.code == "duration-contradiction").unwrap();
    assert_eq!(finding.message, "total duration is stated as 9 h 10 min, but the timeline gives 9 h 50 min");
    assert_eq!(finding.line, 4);
}

#[test]
fn checkboxes_count_outside_code_and_have_a_class() {
    let text = "# T\n\n## Action Items\n\n- [x] a\n  - [ ] b\n1. [ ] c\n\n```\n- [ ] not\n```\n\n## Validation Checklist for Reviewers\n\n- [ ] d\n\n## Verification\n\n- [ ] e\n\n- [] f\n";
    let document = read_at("a.md", text);
    assert_eq!((document.checkboxes.total, document.checkboxes.checked), (5, 1));
    let classes: Vec<_> = document.action_items.iter().map(|item| item.class).collect();
    let (action, verification) = (ActionClass::Action, ActionClass::Verification);
    assert_eq!(classes, [action, action, action, ActionClass::Checklist, verification]);
    assert_eq!(document.action_items[1].parent, Some(0));
}

#[test]
fn items_carry_owner_due_date_priority_and_ticket() {
    for (line, owner, due) in [
        ("- [ ] Add it (owner: @nadia, due: 2023-11-15)", "@nadia", "2023-11-15"),
        ("1. [ ] Add it (hugo@example.com, by 22 Jan 2024)", "hugo@example.com", "2024-01-22"),
        ("- [ ] Add it @hana due:2023-10-10 #P2", "@hana", "2023-10-10"),
        ("- [ ] [INFRA-9068] Add it | Owner: Ximena Torres | Due: Oct 10, 2023", "Ximena Torres", "2023-10-10"),
        ("- [ ] **Add it** — @lukasz — due 2023-11-02", "@lukasz", "2023-11-02"),
        ("- [ ] Add it\n  - Owner: Victor Hugo\n  - Due: 2023/10/15", "Victor Hugo", "2023-10-15"),
        ("- [ ] Add it. Owner: @mdube. Due: 2024-12-20.", "@mdube", "2024-12-20"),
        ("- [ ] @tlind Add it, due: 2025-07-11", "@tlind", "2025-07-11"),
    ] {
        let document = read_at("a.md", &format!("# T\n\n## Action items\n\n{line}\n"));
        let item = &document.action_items[0];
        assert_eq!(item.owner.as_deref(), Some(owner), "{line}");
        assert_eq!(item.due.as_ref().map(|due| due.date.to_string()).as_deref(), Some(due), "{line}");
        assert_eq!(item.text, "Add it", "{line}");
    }
}

#[test]
fn action_tables_are_told_from_api_tables_and_timelines() {
    let actions = "# T\n\n| # | Action | Owner | Due Date | Status |\n|-|-|-|-|-|\n| AI-1 | Fix it | Ana | 2025-02-01 | Done |\n| AI-2 | Test it | TBD | Q3 | Open |\n";
    let document = read_at("a.md", actions);
    assert_eq!(document.action_items.len(), 2);
    assert_eq!(document.action_items[0].source, ActionSource::Table);
    assert!(document.action_items[0].is_done() && document.action_items[1].is_open());
    assert_eq!(document.action_items[1].due_raw.as_deref(), Some("Q3"));
    for other in ["| Action | Payload | Returns |", "| Time | Event | Action Taken |", "| Column | Type | Notes |"] {
        let text = format!("# T\n\n{other}\n|-|-|-|\n| a | b | c |\n");
        assert!(read_at("a.md", &text).action_items.is_empty(), "{other}");
    }
}

#[test]
fn lists_are_actions_only_where_a_heading_says_so() {
    for (text, count) in [
        ("## Action Items\n\n- a one\n  - detail\n- b two\n", 2),
        ("## Remediation\n\n### Immediate Actions (Completed)\n\n- ✅ a\n- b\n", 2),
        ("## Lessons Learned\n\n- a\n- b\n", 0),
        ("## Prevention Measures Implemented\n\n### 1. Health check\n\n- a\n", 0),
        ("## Action items\n\n### Repo\n\nLimit memory available to build pods.\n\nThese are only examples.\n", 1),
        ("## Next Steps\n\nSee [tasks](tasks.md) for details.\n", 0),
        ("## Corrective actions\n\nThe proper fix is to change a file.\n", 0),
        ("## Resolution\n\n**Actions:**\n\n1. restarted it\n", 0),
        ("Action Items\n- Set up alerting\n- Move it\n", 2),
        ("## Fix Requirements\n\n### Must Fix\n\n1. ✅ a\n\n### Nice to Have\n\n1. 💡 b\n", 2),
    ] {
        let document = read_at("a.md", &format!("# T\n\n{text}"));
        assert_eq!(document.action_items.len(), count, "{text}\n{:#?}", document.action_items);
    }
}

#[test]
fn a_due_date_can_follow_from_the_group() {
    let text = "# T\n\n**Date**: 2025-12-17\n\n## Action Items\n\n### Short Term (Next 2 Weeks)\n\n- [ ] a\n";
    let document = read_at("a.md", text);
    let due = document.action_items[0].due.as_ref().unwrap();
    assert!(due.inferred);
    assert_eq!((due.date.to_string().as_str(), due.raw.as_str()), ("2025-12-31", "Short Term (Next 2 Weeks)"));
}

#[test]
fn causes_are_found_as_headings_and_as_bold_labels() {
    for (text, expected) in [
        ("## Root Cause Analysis\n\nx\n", true),
        ("## Contributing Factors\n\n- x\n", true),
        ("**Primary root cause:** x\n", true),
        ("## Cause of the Problem\n\nx\n", true),
        ("## Ursachenanalyse\n\nx\n", true),
        ("This was caused by two factors.\n", false),
        ("## Conclusion\n\nthe root cause was x\n", false),
    ] {
        assert_eq!(read_at("a.md", &format!("# T\n\n{text}")).has_root_cause, expected, "{text}");
    }
}

#[test]
fn the_resolution_section_gives_its_commands() {
    let text = "# T\n\n## Resolution\n\n### Step 1\n```bash\ndocker restart x\n```\n\n## Lessons\n\n```sh\nno\n```\n";
    let document = read_at("a.md", text);
    assert_eq!(document.commands.len(), 1);
    assert_eq!(
        (document.commands[0].language.as_str(), document.commands[0].text.as_str()),
        ("bash", "docker restart x")
    );
    assert_eq!(document.commands[0].line, 6);
    assert!(document.resolution.unwrap().value.starts_with("### Step 1"));
}

#[test]
fn references_are_links_wiki_links_and_ids() {
    let text = "# RIS-001: T\n\nSee [a](../b/c.md#x), [web](https://example.com/d.md), [[INC-2023-11]] and RIS-002, CVE-2025-1.\n\n## Related Issues\n\n1. **ASSESSMENT-AGENT-PATTERN**: x\n2. RIS-001\n";
    let found: Vec<_> = read_at("a.md", text).references.into_iter().map(|it| (it.kind.as_str(), it.target)).collect();
    assert_eq!(
        found,
        [
            ("link", "../b/c.md".to_owned()),
            ("wiki", "INC-2023-11".to_owned()),
            ("id", "RIS-002".to_owned()),
            ("id", "ASSESSMENT-AGENT-PATTERN".to_owned()),
        ]
    );
}

#[test]
fn the_compliance_block_is_read() {
    let text = "---\ncompliance:\n  hipaa:\n    controls: ['164.308(a)(1)(ii)(D)']\n    retention-period: 7-years\n    review-frequency: quarterly\n  soc2:\n    controls: [CC7.3, CC8.1]\n---\n# T\n\n**Reviewed by:** Pending\n**Next Review Date:** August 13, 2025\n";
    let compliance = read_at("a.md", text).compliance;
    assert_eq!(compliance.frameworks(), ["hipaa", "soc2"]);
    assert_eq!(compliance.controls.len(), 3);
    assert_eq!(compliance.retention[0].1.value, "7-years");
    assert_eq!(compliance.review.next.unwrap().value.to_string(), "2025-08-13");
    assert_eq!(compliance.review.reviewer.unwrap().value, "Pending");
    let text = "---\ncompliance:\n  soc2:\n    controls: CC7.3, CC7.4\n---\n# T\n";
    let controls = read_at("a.md", text).compliance.controls.into_iter().map(|it| (it.id, it.line));
    assert_eq!(controls.collect::<Vec<_>>(), [("CC7.3".to_owned(), 4), ("CC7.4".to_owned(), 4)]);
}

#[test]
fn kinds_follow_the_words_and_the_content() {
    for (path, text, expected) in [
        ("a.md", "---\nkind: near-miss\n---\n# Outage\n", Kind::NearMiss),
        ("a.md", "---\ntype: incident\n---\n# Backup job hung\n", Kind::Incident),
        ("a.md", "---\nType: Post-mortem\n---\n# Backup job hung\n", Kind::Incident),
        ("a.md", "---\ntype: database outage\n---\n# Backup job hung\n", Kind::Other),
        ("a.md", "# Root Cause Analysis: x\n", Kind::Rca),
        ("a.md", "# Fix Tasks: x\n\n- [ ] a\n", Kind::FixPlan),
        ("a.md", "# Tabletop exercise: x\n\n**Date:** 2025-01-01\n", Kind::Drill),
        ("README.md", "# Incident postmortems\n\n- [a](a.md)\n", Kind::Other),
        ("template.md", "# Incident title\n\n**Severity:**\n", Kind::Other),
        ("a.md", "# Hub 403\n\n## Timeline\n\n- 10:00 a\n- 10:01 b\n\n## Impact\n\nx\n", Kind::Incident),
        ("a.md", "# How to cook\n\ntext\n", Kind::Other),
    ] {
        assert_eq!(read_at(path, text).kind.value, expected, "{text}");
    }
}

#[test]
fn broken_front_matter_costs_a_diagnostic_and_nothing_else() {
    let text = "---\ntitle: Outage: DB down\nseverity: high\n---\n# T\n\nbody **Date:** x\n";
    let parsed = parse("a.md", text.as_bytes(), &ParseOptions::default());
    assert_eq!(parsed.document.outcome, Outcome::Partial);
    assert_eq!(parsed.document.first_error().unwrap().line, 2);
    assert_eq!(parsed.document.severity.unwrap().value.level(), 2);
    assert!(parsed.text[parsed.document.body_start..].contains("body"));
}

#[test]
fn a_yaml_record_is_read_with_the_lines_of_its_file() {
    let text = "id: RIS-RESOLUTION-041\ntitle: Login broken\nstatus: resolved\nroot_cause: |\n  A missing variable.\nsolution: |\n  ```bash\n  restart\n  ```\n";
    let document = read_at("r.yaml", text);
    assert_eq!(document.title.unwrap().value, "Login broken");
    assert!(document.has_root_cause);
    assert_eq!((document.commands[0].text.as_str(), document.commands[0].line), ("restart", 7));
    assert_eq!(document.front_matter.unwrap().get("status").unwrap().line, 3);
}

#[test]
fn the_items_alone_are_those_of_the_whole() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents");
    let mut folders = vec![root];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let (name, bytes) = (path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
            let options = ParseOptions::default();
            let (whole, alone) =
                (parse(&name, &bytes, &options).document, parse_items(&name, &bytes, &options).document);
            assert_eq!(alone.action_items, whole.action_items, "{name}");
            assert_eq!((alone.title, alone.id), (whole.title, whole.id), "{name}");
            read += whole.action_items.len();
        }
    }
    assert!(read > 100, "{read}");
}
