//! What a resolution says, and what is left alone.

use super::*;
use crate::effort::effort;
use crate::model::part_mark;
use crate::parse::{ParseOptions, Parsed, parse};

const REPORT: &str = "---\nid: INC-1\nkind: incident\ndate: 2026-01-05\nseverity: high\nstatus: mitigated\nservices: [db]\n---\n\
# INC-1: Uploads stuck\n\n## Summary\n\nUploads stood still, as in [the old one](../2024/old.md#fix).\n\n## Impact\n\nNobody could \
upload.\n\n### By region\n\nAll.\n\n## Timeline (UTC)\n\n| Time | What | Who |\n|---|---|---|\n| 23:50 | Detected: page | - |\n| 00:20 | Pool \
raised | Bo |\n| 00:40 | Resolved | Bo |\n\n**Total duration:** 1 hour\n\n## Root cause\n\nA pool of one.\n\n### How to fix it\n\n> ? \
Open still\n\n## Resolution\n\n```bash\n# raise it\nexport DB_PASSWORD=Zx9-qT7pLw2vQ8\n```\n\n## Action items\n\n- [ ] Alert on the pool \
(owner: Ada, due: 2026-02-01)\n- [x] Raise the pool\n\n## Remarks\n\nNone.\n";
const ANALYSIS: &str = "---\nid: INC-1\nkind: rca\n---\n# Why the uploads stood still\n\n## Root cause\n\nSee [the report](report.md).\n\n\
## Timeline\n\n- 2026-01-05 23:40 UTC: first upload fails\n- 2026-01-06 00:40 UTC: resolved\n\n## Lessons\n\nLook at pools.\n";

fn read(path: &str, text: &str) -> Parsed {
    parse(path, text.as_bytes(), &ParseOptions::default())
}

fn made(path: &str) -> (Vec<ResolutionPart>, Vec<&'static str>) {
    let (report, analysis) = (read("2026/report.md", REPORT), read("2026/rca.md", ANALYSIS));
    let sources = [&report, &analysis].map(|it| Source { document: &it.document, text: &it.text }).to_vec();
    let related = vec![RelatedIncident {
        name: "INC-0".into(),
        path: "2024/old.md".into(),
        title: "INC-0: Pool of one".into(),
        because: "same cause: pool-exhausted".into(),
        open_actions: 2,
    }];
    parts(&Resolves { path, sources, related })
}

fn body(name: &str) -> String {
    made("2026/RIS-1.md").0.into_iter().find(|part| part.name == name).expect("the part").body
}

#[test]
fn what_the_documents_say_is_taken_over() {
    assert_eq!(
        body("problem"),
        "Uploads stood still, as in [the old one](../2024/old.md#fix).\n\n### Impact\n\nNobody could upload.\n\n#### By region\n\nAll."
    );
    assert_eq!(
        body("related"),
        "- [INC-0](../2024/old.md): Pool of one. Same cause: pool-exhausted. **2 of its action items are still open.**"
    );
    assert_eq!(body("lessons"), "From [INC-1](rca.md):\n\nLook at pools.");
    assert!(body("cause").starts_with("A pool of one."), "{}", body("cause"));
    assert!(body("cause").contains("From [INC-1](rca.md):\n\nSee [the report](report.md)."));
    assert!(body("facts").contains("| Only in the report | Remarks |"), "{}", body("facts"));
}

#[test]
fn timelines_are_merged_with_their_durations() {
    let expected = "| Time (UTC) | What happened | Source |\n|---|---|---|\n\
        | 2026-01-05 23:40 | first upload fails | [INC-1](rca.md) |\n\
        | 2026-01-05 23:50 | Detected: page | [INC-1](report.md) |\n\
        | 2026-01-06 00:20 | Pool raised — Bo | [INC-1](report.md) |\n\
        | 2026-01-06 00:40 | Resolved — Bo | [INC-1](report.md) |\n\
        | 2026-01-06 00:40 | resolved | [INC-1](rca.md) |\n\n\
        - **Time to detect:** 10 min\n- **Time to resolve:** 50 min\n- **Total duration:** 1 h\n";
    assert_eq!(body("timeline"), expected);
}

#[test]
fn action_items_lead_back_and_nothing_unknown_is_made_up() {
    let expected = "1 of 2 open. They are kept, and ticked off, where the last column leads.\n\n\
        | Action | Owner | Due | Status | Kept in |\n|---|---|---|---|---|\n\
        | Alert on the pool | Ada | 2026-02-01 | Open | [INC-1](report.md) |\n\
        | Raise the pool |  |  | Done | [INC-1](report.md) |\n";
    assert_eq!(body("actions"), expected);
    assert!(body("prevention").starts_with("> ? What keeps it"));
    assert!(body("compliance").starts_with("> ? Which controls"));
    assert!(body("verification").contains("- [ ] `db` does what it should"));
}

#[test]
fn secrets_stay_where_they_are() {
    let (parts, removed) = made("2026/RIS-1.md");
    let steps = &parts.iter().find(|part| part.name == "steps").expect("the part").body;
    assert!(
        steps.contains("# raise it") && !steps.contains("Zx9-qT7pLw2vQ8") && steps.contains("[removed: "),
        "{steps}"
    );
    assert_eq!(removed.len(), 1);
}

#[test]
fn secrets_of_the_timeline_and_of_action_items_are_left_out() {
    let text = "---\nid: INC-2\nkind: incident\nservices: [db]\n---\n# A\n\n## Timeline\n\n- 2026-01-05 23:40 UTC: tried \
        password=Hunter2xyz!9 in vain\n\n## Action items\n\n- [ ] Rotate token ghp_16C7e42F292c6912E7710c838347Ae178B4a\n";
    let report = read("a.md", text);
    let source = Source { document: &report.document, text: &report.text };
    let (parts, removed) = parts(&Resolves { path: "b.md", sources: vec![source], related: Vec::new() });
    let body = |name: &str| parts.iter().find(|part| part.name == name).expect("the part").body.clone();
    assert!(body("timeline").contains("tried password=[removed: ") && !body("timeline").contains("Hunter2"));
    assert!(body("actions").contains("Rotate token [removed: ") && !body("actions").contains("ghp_"));
    assert_eq!(removed.len(), 2);
}

#[test]
fn links_lead_on_from_another_folder() {
    let (parts, _) = made("ris/resolutions/RIS-1.md");
    let problem = &parts.iter().find(|part| part.name == "problem").expect("the part").body;
    assert!(problem.contains("[the old one](../../2024/old.md#fix)"), "{problem}");
}

#[test]
fn the_facts_are_read_back_and_carried_items_are_not_its_own() {
    let marked: Vec<String> =
        made("2026/RIS-1.md").0.iter().map(|part| format!("## {}\n\n{}\n", part.name, part.marked())).collect();
    let document = read("2026/RIS-1.md", &format!("# RIS-1\n\n{}", marked.join("\n"))).document;
    assert_eq!(document.timeline.len(), 5);
    assert_eq!(document.severity.map(|it| it.value.level()), Some(2));
    let own: Vec<_> = document.action_items.iter().filter(|it| !it.carried).collect();
    assert!(own.iter().all(|it| it.class == crate::model::ActionClass::Verification) && own.len() == 3, "{own:?}");
    assert_eq!(document.action_items.iter().filter(|it| it.carried).count(), 2);
}

#[test]
fn what_is_only_read_so_from_the_last_entry_is_no_end() {
    let text = "---\nid: INC-3\nkind: incident\nstatus: STATUS\n---\n# A\n\n## Timeline\n\n- 2026-01-05 23:40 UTC: it \
        began\n- 2026-01-09 09:00 UTC: limits lowered again\n";
    let parts = |status: &str| {
        let report = read("a.md", &text.replace("STATUS", status));
        let source = Source { document: &report.document, text: &report.text };
        parts(&Resolves { path: "b.md", sources: vec![source], related: Vec::new() }).0
    };
    // Setting the status of the report puts no part out of date.
    assert_eq!(parts("mitigated"), parts("resolved"));
    assert!(!parts("resolved").iter().any(|part| part.body.contains("| Resolved |") || part.body.contains("3 d")));
}

fn part_of(name: &'static str, body: &str) -> ResolutionPart {
    ResolutionPart { name, body: body.into(), known: true }
}

#[test]
fn only_parts_that_nobody_changed_are_made_anew() {
    let text = format!(
        "# A\r\n\r\nMine.\r\n\r\n{}\r\n\r\n{}\r\nThe end.\r\n",
        part("cause", "old cause"),
        part("steps", "old steps")
    )
    .replace("\r\n", "\n")
    .replace('\n', "\r\n");
    let touched = text.replace("old steps", "old steps, and mine");
    let new = [part_of("cause", "new cause"), part_of("steps", "new steps")];
    let refreshed = refresh(&touched, &new, &[]).unwrap();
    assert_eq!(refreshed.changed, ["cause"]);
    assert_eq!(refreshed.kept, [("steps".to_owned(), 11)]);
    let print = crate::model::fingerprint("old cause");
    let expected = touched.replace("old cause", "new cause").replace(&print, &crate::model::fingerprint("new cause"));
    assert_eq!(refreshed.text, expected);
    let forced = refresh(&touched, &new, &["steps".to_owned()]).unwrap();
    assert!(forced.text.contains("new steps") && !forced.text.contains("and mine") && forced.kept.is_empty());
    // So is one of which the documents say nothing new: it is not as they say.
    let same = [part_of("cause", "old cause"), part_of("steps", "old steps")];
    let refreshed = refresh(&touched, &same, &[]).unwrap();
    assert_eq!((refreshed.text, refreshed.kept), (touched.clone(), vec![("steps".to_owned(), 11)]));
    assert_eq!(refresh(&touched, &same, &["steps".to_owned()]).unwrap().text, text);
}

#[test]
fn broken_marks_are_told_with_their_line() {
    let refused = |text: &str| {
        let error = refresh(text, &[], &[]).unwrap_err();
        (error.line, error.message)
    };
    let whole = part("cause", "x");
    let lines: Vec<&str> = whole.lines().collect();
    assert!(lines.iter().filter(|line| part_mark(line).is_some()).count() == 2);
    assert_eq!(refused(&format!("a\n{}\n", lines[0])), (2, "the part `cause` does not end".into()));
    assert_eq!(refused(&format!("a\nb\n{}\n", lines[4])), (3, "the part `cause` does not begin".into()));
    assert_eq!(refused(&format!("{whole}\n{whole}\n")), (6, "the part `cause` begins twice".into()));
}

#[test]
fn very_many_sections_cost_no_more_than_their_size() {
    let time_of = |body: &str| {
        let text = format!("# Uploads stuck\n\n**Date:** 2026-01-05\n**Severity:** high\n\n{body}");
        let report = read("2026/report.md", &text);
        let sources = vec![Source { document: &report.document, text: &report.text }];
        effort(|| parts(&Resolves { path: "2026/RIS-1.md", sources, related: Vec::new() }))
    };
    let usual = time_of(&format!("## Fix\n\n{}", "The pool was raised, so the uploads went on.\n\n".repeat(900)));
    for (what, text) in [
        ("beside one another", "## Fix\n\nx\n\n## Timeline\n\ny\n\n".repeat(1600)),
        ("inside one", format!("## Fix\n\n{}", "### Timeline\n\nx\n\n### Step\n\ny\n\n".repeat(1400))),
        ("titles", "# Lessons\n\nx\n\n".repeat(3000)),
    ] {
        let took = time_of(&text);
        assert!(took < usual * 40, "{what}: {took:?}, ordinary sections {usual:?}");
    }
}
