//! Forms: fields that nobody has filled in, and values that stand inside their label.

use super::read;
use crate::model::DurationKind;

fn actions(text: &str) -> Vec<String> {
    read(text).action_items.into_iter().map(|it| it.text).collect()
}

fn timeline(text: &str) -> Vec<(u32, String)> {
    read(text).timeline.into_iter().map(|it| (it.line, it.text)).collect()
}

#[test]
fn a_label_of_a_form_is_no_action_item() {
    let form = "# A\n\n## Follow-ups\n\n- Short-term fixes:\n- Owner:\n- 担当者：\n";
    assert_eq!(actions(form), Vec::<String>::new());
    let filled = "# A\n\n## Follow-ups\n\n- Short-term fixes:\n  - Raise the limit\n- Owner: Ana\n- Drain the queue before each of these:\n- [ ] Alerts:\n- Restart:\n\n```\nreboot\n```\n";
    let expected = ["Short-term fixes:", "Owner: Ana", "Drain the queue before each of these:", "Alerts:", "Restart:"];
    assert_eq!(actions(filled).len(), expected.len(), "{:?}", actions(filled));
}

#[test]
fn a_time_that_nothing_is_told_of_is_no_entry() {
    let of = |items: &str| timeline(&format!("# A\n\n## Timeline\n\n{items}"));
    assert_eq!(of("- T0:\n- T1:\n- T2:\n"), []);
    assert_eq!(of("- Detection:\n- Escalation:\n- Recovery:\n"), []);
    let entries = of("- 10:00 UTC: alert\n- 10:05 UTC:\n- 10:10 UTC\n  - drained\n- 10:20 UTC: over\n");
    assert_eq!(entries.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 7, 9]);
    // What stands below it is its text.
    let below = of("- 10:00 UTC\n\nThe queue fills.\n\n- 10:10 UTC\n\n```\nERROR full\n```\n");
    assert_eq!(below, [(5, "The queue fills.".to_owned()), (9, String::new())]);
}

#[test]
fn the_one_item_inside_a_label_is_its_value() {
    let severity =
        |items: &str| read(&format!("# A\n\n{items}\n## Impact\n\nNone.\n")).severity.map(|it| it.value.level());
    assert_eq!(severity("* Severity:\n  * SEV-2 – degraded\n"), Some(2));
    assert_eq!(severity("* **Severity:**\n  * SEV-2\n* Date:\n  * 2026-01-05\n"), Some(2));
    assert_eq!(severity("* Severity:\n  * SEV-2\n  * SEV-4\n"), None, "which of them it is nobody says");
    assert_eq!(severity("* Severity:\n  * first SEV-2\n    * then SEV-4\n"), None);
    assert_eq!(severity("* Severity:\n  * users: SEV-2\n"), None, "labelled itself");
    let document = read("# A\n\n- Duration:\n  - 45 minutes\n- Summary:\n  - 2026-01-05\n");
    assert_eq!(
        document.durations.stated.first().map(|it| (it.kind, it.minutes)),
        Some((DurationKind::Total, Some(45)))
    );
    assert!(document.date.is_none_or(|it| it.origin.line != 6), "a text is no date");
}

#[test]
fn what_we_change_is_a_heading_of_actions_in_german() {
    for heading in ["Was ändern wir", "4. Was aendern wir", "Was wir ändern"] {
        assert_eq!(
            actions(&format!("# Störung\n\n## {heading}\n\n- Pool vergrößern\n")),
            ["Pool vergrößern"],
            "{heading}"
        );
    }
}
