//! The team's own deadlines: until when a report must be written, and action items done.

use std::cell::Cell;

use chrono::NaiveDate;

use super::actions::open_actions;
use super::sections::{is_there, name};
use super::status::labelled;
use crate::lint::{Draft, Findings, LintContext, Neighbour, Surroundings};
use crate::model::{ActionItem, Kind, SectionRole, Severity, counted, working_days_after};

/// What people write of a text that is not finished.
const UNFINISHED: [&str; 5] = ["draft", "wip", "work in progress", "in review", "under review"];
/// Keys under which the front matter tells the state of the text.
const STATE_KEYS: [&str; 4] = ["stage", "state", "status", "document-status"];

/// A report that is late.
pub(in crate::lint) fn report_overdue(cx: &LintContext<'_>, out: &mut Findings) {
    if let Some(wanted) = Wanted::of(cx).filter(|it| it.due < cx.today) {
        wanted.push(cx, out);
    }
}

/// A report that is still to be written, in time.
pub(in crate::lint) fn report_due(cx: &LintContext<'_>, out: &mut Findings) {
    if let Some(wanted) = Wanted::of(cx).filter(|it| it.due >= cx.today) {
        wanted.push(cx, out);
    }
}

/// What a report lacks, and when it is due.
struct Wanted {
    due: NaiveDate,
    lacking: Vec<SectionRole>,
    is_draft: bool,
    /// What the deadline is, in words.
    rule: String,
}

impl Wanted {
    /// Returns what the document lacks where it is the report of an incident that is over; `None` where there is no deadline.
    fn of(cx: &LintContext<'_>) -> Option<Self> {
        let document = cx.document;
        // A postmortem that names its incident belongs to the report of it.
        let id = document.id.as_ref().map(|it| it.value.as_str());
        let is_report = document.incident.as_ref().is_none_or(|it| id == Some(it.value.as_str()));
        let severity = document.severity.as_ref().map(|it| it.value)?;
        let days = cx.settings.deadlines.report(severity)?;
        if document.kind.value != Kind::Incident || !is_report || document.goes_on() {
            return None;
        }
        let end = document.end().and_then(|it| it.value.date);
        let from = end.or_else(|| document.date.as_ref()?.value.known_day())?;
        let due = working_days_after(from, days)?;
        let lacking: Vec<SectionRole> = asked_for(cx, severity).into_iter().filter(|it| !is_there(cx, *it)).collect();
        let is_draft = is_draft(cx);
        let began = if end.is_some() { "was over" } else { "began" };
        let rule = format!("{} after it {began} on {from}", counted(i64::from(days), "working day", "working days"));
        (is_draft || !lacking.is_empty()).then_some(Self { due, lacking, is_draft, rule })
    }

    fn push(self, cx: &LintContext<'_>, out: &mut Findings) {
        let left = (self.due - cx.today).num_days();
        let when = match left {
            ..0 => format!("was due on {}, {} ago", self.due, counted(-left, "day", "days")),
            0 => format!("is due today, on {}", self.due),
            1.. => format!("is due on {}, in {}", self.due, counted(left, "day", "days")),
        };
        let (path, line) = (cx.document.path.clone(), cx.document.severity.as_ref().map_or(0, |it| it.origin.line));
        out.push(line, format!("the report {when} ({})", self.rule)).subject("report").only_if(
            move |around: &dyn Surroundings, draft: &mut Draft| {
                let is_told_elsewhere = |role: &SectionRole| around.any_of_incident(&path, &|it| it.tells(*role));
                let lacking = self.lacking.iter().filter(|role| !is_told_elsewhere(role)).map(|role| name(*role));
                let mut lacking: Vec<&str> = lacking.collect();
                let last = lacking.pop();
                let lacks = match (last, lacking.is_empty()) {
                    (None, _) if self.is_draft => "it is still a draft".to_owned(),
                    (None, _) => return false,
                    (Some(last), true) => format!("it lacks {last}"),
                    (Some(last), false) => format!("it lacks {} and {last}", lacking.join(", ")),
                };
                draft.hint(lacks);
                true
            },
        );
    }
}

/// Returns what the settings ask for of a report of this severity; the cause and action items where they say nothing of it.
fn asked_for(cx: &LintContext<'_>, severity: Severity) -> Vec<SectionRole> {
    let sections = cx.settings.sections_of(Kind::Incident, Some(severity));
    let mut roles: Vec<SectionRole> = Vec::new();
    for role in sections.flat_map(|it| it.sections.iter().copied()) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.is_empty() { vec![SectionRole::RootCause, SectionRole::Actions] } else { roles }
}

/// Tells whether the document says of itself that it is not finished.
fn is_draft(cx: &LintContext<'_>) -> bool {
    let is_unfinished = |value: &str| {
        let plain = value.trim().trim_matches(['*', '_', '`', '[', ']', '"']).to_lowercase();
        UNFINISHED
            .iter()
            .any(|word| plain == *word || plain.strip_prefix(word).is_some_and(|it| it.starts_with([',', ' ', '.'])))
    };
    let entries = cx.document.front_matter.iter().flat_map(|it| &it.entries);
    let stated = entries.into_iter().any(|it| {
        let is_state = STATE_KEYS.contains(&it.path.as_str()) && is_unfinished(&it.value);
        is_state || it.path == "draft" && it.value == "true"
    });
    // Above the first section: further down other things have states.
    let head = cx.document.sections.iter().find(|it| it.level > 1).map_or(u32::MAX, |it| it.line);
    stated
        || labelled(cx, cx.line_of(cx.document.body_start), head.min(MOST_HEAD))
            .any(|(_, value, _)| is_unfinished(value))
}

/// Lines in which a document says what it is, where no section ends them.
const MOST_HEAD: u32 = 60;

/// Action items that are open longer than the team allows for incidents of this severity.
pub(in crate::lint) fn actions_late(cx: &LintContext<'_>, out: &mut Findings) {
    let open: Vec<&ActionItem> = open_actions(cx).filter(|item| item.parent.is_none()).collect();
    let Some(first) = open.first().filter(|_| cx.settings.deadlines != Default::default()) else { return };
    let stated = cx.document.severity.as_ref().map(|it| it.value);
    let day = cx.document.date.as_ref().and_then(|it| it.value.known_day());
    let (deadlines, today, path) = (cx.settings.deadlines, cx.today, cx.document.path.clone());
    let count = counted(i64::try_from(open.len()).unwrap_or(i64::MAX), "action item is", "action items are");
    out.push(first.line, format!("{count} open longer than the team allows"))
        .subject("deadline")
        .hint("tick what is done; what is left needs a decision: do it, or cancel it and write down why")
        .only_if(move |around: &dyn Surroundings, draft: &mut Draft| {
            // A fix plan leaves severity and day to the report of its incident.
            let (severity, began) = (Cell::new(stated), Cell::new(day));
            around.any_of_incident(&path, &|it: &Neighbour| {
                severity.set(severity.get().or(it.severity.filter(|_| it.kind.is_report())));
                began.set(began.get().or(it.date.filter(|_| it.kind.is_report())));
                false
            });
            let (Some(severity), Some(began)) = (severity.get(), began.get()) else { return false };
            let Some(days) = deadlines.actions(severity) else { return false };
            let age = (today - began).num_days();
            draft.message = format!(
                "{count} open {} after the incident began; {days} are allowed where it was {}",
                counted(age, "day", "days"),
                severity.word(),
            );
            age > i64::from(days)
        });
}
