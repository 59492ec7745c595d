//! Deadlines that a team gives itself; the day of the check is 31 March 2026, a Tuesday.

use super::{HEAD, PATH, body, check_bytes};
use crate::config::{CheckConfig, Config};

/// Returns settings with these deadlines.
fn settings(text: &str) -> CheckConfig {
    Config::parse(std::path::Path::new("ris.toml"), &format!("[check.deadlines]\n{text}")).unwrap().check
}

/// Returns what the rule `code` finds: message and hint.
fn told(code: &str, text: &str, settings: &CheckConfig) -> Vec<(String, String)> {
    let found = check_bytes(PATH, text.as_bytes(), settings).findings;
    let found = found.into_iter().map(|it| it.diagnostic).filter(|it| it.code == code);
    found.map(|it| (it.message, it.hint.unwrap_or_default())).collect()
}

const WHOLE: &str = "\n## Timeline\n\n- 10:00 UTC: a\n\n## Root cause\n\na\n\n## Action items\n\n- [x] b\n";

#[test]
fn a_report_is_overdue_some_working_days_after_the_end() {
    let within = |days: u16| settings(&format!("report = {{ high = {days} }}"));
    let resolved = format!("---\nresolved: 2026-03-06\n---\n{HEAD}\n## Timeline\n\n- 10:00 UTC: a\n");
    // 6 March is a Friday: five working days later it is Friday again.
    let found = told("report-overdue", &resolved, &within(5));
    let message = "the report was due on 2026-03-13, 18 days ago (5 working days after it was over on 2026-03-06)";
    assert_eq!(found, [(message.to_owned(), "it lacks the root cause and action items".to_owned())]);
    assert!(told("report-due", &resolved, &within(5)).is_empty());

    let found = told("report-due", &resolved, &within(17));
    let message = "the report is due today, on 2026-03-31 (17 working days after it was over on 2026-03-06)";
    assert_eq!(found.first().map(|it| it.0.as_str()), Some(message), "on the last day it is still in time");
    assert!(told("report-overdue", &resolved, &within(17)).is_empty());

    let found = told("report-due", &resolved, &within(19));
    assert!(found[0].0.starts_with("the report is due on 2026-04-02, in 2 days ("), "{found:?}");

    let found = told("report-overdue", HEAD, &within(5));
    assert!(found[0].0.ends_with("(5 working days after it began on 2026-03-02)"), "{found:?}");
    assert!(told("report-overdue", &body(WHOLE), &within(5)).is_empty());
    assert!(told("report-overdue", HEAD, &CheckConfig::default()).is_empty(), "nobody asked for it");
    assert!(told("report-overdue", HEAD, &settings("report = { critical = 5 }")).is_empty(), "it is not critical");
    assert!(told("report-overdue", &body("**Status:** investigating\n"), &within(5)).is_empty(), "it goes on");
}

#[test]
fn a_draft_is_not_written_yet() {
    let settings = settings("report = { high = 5 }");
    let hint = |text: &str| told("report-overdue", text, &settings).into_iter().map(|it| it.1).collect::<String>();
    assert_eq!(hint(&body(&format!("**Status:** Draft\n{WHOLE}"))), "it is still a draft");
    assert_eq!(hint(&format!("---\ndraft: true\n---\n{}", body(WHOLE))), "it is still a draft");
    assert_eq!(hint(&format!("---\nstage: in review\n---\n{}", body(WHOLE))), "it is still a draft");
    assert_eq!(hint(&format!("---\ndraft: false\n---\n{}", body(WHOLE))), "");
    assert_eq!(hint(&body(&format!("{WHOLE}\n## Pull request\n\n**Status:** draft\n"))), "");
}

#[test]
fn items_are_late_so_many_days_after_the_incident() {
    let within = |days: u16| settings(&format!("actions = {{ high = {days} }}"));
    let text = body("\n## Action items\n\n- [ ] add an alert (due: 2026-12-31)\n- [ ] test it\n- [x] c\n");
    let found = told("action-past-deadline", &text, &within(28));
    let message = "2 action items are open 29 days after the incident began; 28 are allowed where it was high";
    assert_eq!(found.first().map(|it| it.0.as_str()), Some(message));
    assert!(told("action-past-deadline", &text, &within(29)).is_empty());
    assert!(told("action-past-deadline", &text.replace("[ ]", "[x]"), &within(1)).is_empty());
    assert!(told("action-past-deadline", &text, &CheckConfig::default()).is_empty());
    // The day of its incident is that of the other document, 1 March; a severity nobody states.
    let plan = text.replace("**Date:** 2026-03-02\n", "");
    let found = told("action-past-deadline", &plan, &within(29));
    assert!(found.first().is_some_and(|it| it.0.contains("open 30 days after")), "{found:?}");
    assert!(told("action-past-deadline", &plan.replace("**Severity:** high\n", ""), &within(1)).is_empty());
}
