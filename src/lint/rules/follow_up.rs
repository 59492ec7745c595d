//! Incidents called done whose follow-up is not.

use super::actions::open_actions;
use crate::lint::{Findings, LintContext};
use crate::model::{ActionItem, ActionSource, StatusState};

/// Returns the status where it says that the work is done.
pub(super) fn finished(cx: &LintContext<'_>) -> Option<StatusState> {
    let status = cx.document.status.as_ref()?.value;
    (status.is_over() && cx.is_about_incident()).then_some(status)
}

/// Resolved or closed, with action items of high priority open.
pub(in crate::lint) fn open_high_priority(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(status) = finished(cx) else { return };
    let urgent: Vec<&ActionItem> = open_actions(cx).filter(|item| item.parent.is_none() && is_high(cx, item)).collect();
    let Some(first) = urgent.first() else { return };
    let count = match urgent.len() {
        1 => "an action item of high priority is".to_owned(),
        many => format!("{many} action items of high priority are"),
    };
    out.push(first.line, format!("the incident is {}, but {count} open", status.as_str()))
        .subject("high priority")
        .hint("finish them, move them to a tracker with a ticket, or keep the incident open until then");
}

fn is_high(cx: &LintContext<'_>, item: &ActionItem) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty()).collect()
    };
    let high = |text: &str| words(text).iter().any(|word| cx.settings.high_priority.contains(word));
    match (&item.priority, &item.group) {
        (Some(priority), _) => high(priority),
        // `Immediate (this week)` says how urgent; `Critical path tests` only what about.
        (None, Some(group)) => {
            let words = words(group);
            let first = words.first().is_some_and(|word| cx.settings.high_priority.contains(word));
            let named =
                words.windows(2).any(|pair| pair[1] == "priority" && cx.settings.high_priority.contains(&pair[0]));
            (first && words.len() <= 4) || named
        }
        (None, None) => false,
    }
}

/// Resolved or closed, with every single box still open.
pub(in crate::lint) fn nothing_done(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(status) = finished(cx) else { return };
    let boxes = cx.document.checkboxes;
    if boxes.total < 2 || boxes.checked > 0 {
        return;
    }
    let mut boxed = cx.document.action_items.iter().filter(|item| item.source == ActionSource::Checkbox);
    // One that nobody will do has been looked at too.
    if boxed.clone().any(|item| !item.counts()) {
        return;
    }
    let first = boxed.find(|item| item.is_open());
    let line = first.map_or(0, |item| item.line);
    let (state, total) = (status.as_str(), boxes.total);
    out.push(line, format!("the incident is {state}, but {total} of {total} boxes are open"))
        .subject("boxes")
        .hint("tick what is done; what is left needs an owner and a day, or the incident is not done");
}

/// Closed means followed up: nothing may be open.
pub(in crate::lint) fn closed_with_open(cx: &LintContext<'_>, out: &mut Findings) {
    let states = cx.document.status.iter().chain(&cx.document.other_statuses);
    let Some(closed) = states.into_iter().find(|it| it.value == StatusState::Closed) else { return };
    let open: Vec<&ActionItem> = open_actions(cx).filter(|item| item.parent.is_none()).collect();
    if open.is_empty() {
        return;
    }
    let count =
        if open.len() == 1 { "an action item is".to_owned() } else { format!("{} action items are", open.len()) };
    out.push(closed.origin.line, format!("the incident is closed, but {count} open"))
        .subject("closed")
        .hint("`resolved` says that the cause is dealt with, `closed` that the follow-up is done too");
}
