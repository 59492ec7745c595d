//! The status against what the document itself says.

use super::follow_up::finished;
use crate::diag::Span;
use crate::lint::{Draft, Findings, LintContext, Neighbour, Surroundings};
use crate::model::{Kind, SectionRole, StatusState, capitalised, question_of};
use crate::parse::{is_status_label, read_status};

/// Headings of the part in which a document is signed off.
const SIGN_OFF: [&str; 8] =
    ["sign off", "sign-off", "signoff", "closure", "closing", "final status", "freigabe", "cierre"];
/// Words by which something is still to come.
const WAITING: [&str; 12] = [
    "awaiting",
    "waiting",
    "pending",
    "blocked",
    "not yet",
    "to be ",
    "in progress",
    "incomplete",
    "remaining",
    "ausstehend",
    "pendiente",
    "en attente",
];

/// Two places of the document give two states.
pub(in crate::lint) fn contradiction(cx: &LintContext<'_>, out: &mut Findings) {
    let hint = "make the two agree; ris takes the first one";
    let known = cx.document.diagnostics.iter().filter(|it| it.code == "status-contradiction");
    for diagnostic in known.clone() {
        out.push(diagnostic.line, diagnostic.message.clone()).hint(hint);
    }
    let Some(status) = &cx.document.status else { return };
    for (line, value, span) in signed_off(cx) {
        let Some(state) = read_status(value).filter(|state| *state != status.value) else { continue };
        if line == status.origin.line || known.clone().any(|it| it.line == line) {
            continue;
        }
        let message = format!(
            "status is `{}` here but `{}` at line {}",
            state.as_str(),
            status.value.as_str(),
            status.origin.line
        );
        out.push(line, message).span(span).hint(hint);
    }
}

/// Called resolved or closed, while the same words say that something is awaited.
pub(in crate::lint) fn awaits(cx: &LintContext<'_>, out: &mut Findings) {
    let own = cx.document.status.iter().chain(&cx.document.other_statuses);
    let own = own.map(|it| (it.origin.line, it.raw.as_str(), None));
    let mut told = Vec::new();
    for (line, value, span) in own.chain(signed_off(cx).map(|(line, value, span)| (line, value, Some(span)))) {
        let state = read_status(value).filter(|it| matches!(it, StatusState::Resolved | StatusState::Closed));
        let folded = value.to_lowercase();
        let waiting = WAITING.iter().find(|word| folded.contains(*word));
        let (Some(state), Some(word)) = (state, waiting) else { continue };
        if line == 0 || told.contains(&line) || !cx.is_about_incident() {
            continue;
        }
        told.push(line);
        let message = format!("the incident is {} here, but something is {}", state.as_str(), word.trim());
        let span = span.or_else(|| cx.find_on_line(line, value));
        out.push(line, message)
            .span(span)
            .hint("`mitigated` says that the effect is gone while work is left; or finish what is awaited");
    }
}

/// Returns the status lines of the part in which the document is signed off: line, value and its bytes.
fn signed_off<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = (u32, &'a str, Span)> {
    let sections = cx.document.sections.iter().filter(|section| {
        let title = section.title.to_lowercase();
        SIGN_OFF.iter().any(|word| title.contains(word))
    });
    sections.flat_map(move |section| labelled(cx, section.line + 1, cx.line_of(section.span.end.saturating_sub(1))))
}

/// Returns the lines from `first` to `last` that are labelled as a status: line, value and its bytes.
pub(super) fn labelled<'a>(
    cx: &'a LintContext<'_>,
    first: u32,
    last: u32,
) -> impl Iterator<Item = (u32, &'a str, Span)> {
    (first..=last).filter_map(move |number| {
        let line = cx.line(number);
        let start = cx.line_start(number);
        let (label, value) = line.split_once(':')?;
        let name = label.trim_matches([' ', '*', '_', '-', '|', '>']);
        let value = value.trim().trim_start_matches(['*', '_', ' ']);
        if !is_status_label(name) || value.is_empty() || cx.is_code(start) {
            return None;
        }
        let at = start + line.find(value)?;
        Some((number, value, Span::new(at, at + value.len())))
    })
}

/// Resolved or closed, and no document of the incident says how.
pub(in crate::lint) fn without_resolution(cx: &LintContext<'_>, out: &mut Findings) {
    let told = cx.document.resolution.is_some();
    unless_another(cx, out, told, SectionRole::Resolution, |it| it.has_resolution);
}

/// Resolved or closed, and no document of the incident says why it happened.
pub(in crate::lint) fn without_cause(cx: &LintContext<'_>, out: &mut Findings) {
    let told = cx.document.has_root_cause;
    unless_another(cx, out, told, SectionRole::RootCause, |it| it.has_cause);
}

/// Returns what to do where nothing is told: a section that is there asks for more than a heading.
fn advice(cx: &LintContext<'_>, role: SectionRole, what: &str) -> String {
    let Some(section) = cx.document.sections.iter().find(|section| section.role == Some(role)) else {
        return format!("add a `## {}` section, or link the document that tells it", capitalised(what));
    };
    let text = cx.text.get(section.span.start..section.span.end).unwrap_or_default();
    let step =
        if text.lines().any(|line| question_of(line).is_some()) { "answer the questions in" } else { "write it into" };
    format!("{step} `{} {}` (line {})", "#".repeat(section.level.into()), section.title, section.line)
}

fn unless_another(
    cx: &LintContext<'_>,
    out: &mut Findings,
    told: bool,
    role: SectionRole,
    has: fn(&Neighbour) -> bool,
) {
    let what = if role == SectionRole::RootCause { "root cause" } else { "resolution" };
    // An exercise has no cause, and a plan is a part of what has one.
    let tells = matches!(cx.document.kind.value, Kind::Incident | Kind::Resolution | Kind::Rca);
    let Some(status) = finished(cx).filter(|_| tells && !told) else { return };
    let line = cx.document.status.as_ref().map_or(0, |it| it.origin.line);
    let path = cx.document.path.clone();
    out.push(line, format!("the incident is {}, but no section or label tells the {what}", status.as_str()))
        .subject(what)
        .hint(advice(cx, role, what))
        .only_if(move |around: &dyn Surroundings, _: &mut Draft| !around.any_of_incident(&path, &has));
}
