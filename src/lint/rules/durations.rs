//! Durations as written against those that the timeline gives.

use chrono::NaiveDateTime;

use crate::lint::{Findings, LintContext};
use crate::model::{DurationKind, OriginKind, StatedDuration, TimelineEntry, format_minutes};

/// Below this difference in minutes, or the fiftieth part, two durations agree.
const TOLERANCE: i64 = 5;

/// A stated duration that the timeline does not bear out.
pub(in crate::lint) fn contradiction(cx: &LintContext<'_>, out: &mut Findings) {
    let mut told = Vec::new();
    for diagnostic in cx.document.diagnostics.iter().filter(|it| it.code == "duration-contradiction") {
        told.push(diagnostic.line);
        let draft = out.push(diagnostic.line, diagnostic.message.clone());
        draft.span(diagnostic.span).hint = diagnostic.hint.clone();
    }
    let computed = |kind| cx.document.durations.computed.iter().any(|it| it.kind == kind);
    let stated = cx.document.durations.stated.iter().filter(|it| it.kind == DurationKind::Total);
    for stated in stated.filter(|it| !computed(it.kind) && !told.contains(&it.origin.line)) {
        total_of_entries(cx, stated, out);
    }
}

/// Where nobody says at what time it was resolved, the last entry of the timeline of that day ends it.
fn total_of_entries(cx: &LintContext<'_>, stated: &StatedDuration, out: &mut Findings) {
    let times = &cx.document.times;
    let exact = stated.origin.kind != OriginKind::Inferred && !stated.raw.contains(['~', '≈']);
    let (Some(minutes), true) = (stated.minutes, exact) else { return };
    let Some(start) = times.started.as_ref().and_then(|it| it.value.utc()) else { return };
    let resolved_on = times.resolved.as_ref().and_then(|it| it.value.date);
    let timed: Vec<(&TimelineEntry, NaiveDateTime)> = cx
        .document
        .timeline
        .iter()
        .filter(|entry| entry.at.is_some_and(|at| at.time.is_some() && !at.approximate))
        .filter_map(|entry| Some((entry, entry.at?.utc()?)))
        .collect();
    let Some((last, end)) = timed.last().filter(|(entry, _)| entry.at.and_then(|at| at.date) == resolved_on) else {
        return;
    };
    let tolerance = TOLERANCE.max(minutes / 50);
    // Some start the clock at the detection, some stop it when the effect is gone.
    let starts = [Some(start), times.detected.as_ref().and_then(|it| it.value.utc()), timed.first().map(|it| it.1)];
    let agrees = |from: NaiveDateTime| {
        timed.iter().any(|(_, to)| *to > from && ((*to - from).num_minutes() - minutes).abs() <= tolerance)
    };
    let total = (*end - start).num_minutes();
    if total <= 0 || starts.into_iter().flatten().any(agrees) {
        return;
    }
    let (stated_as, gives) = (format_minutes(minutes), format_minutes(total));
    out.push(stated.origin.line, format!("total duration is stated as {stated_as}, but the timeline gives {gives}"))
        .span(cx.find_on_line(stated.origin.line, &stated.raw))
        .hint(format!(
            "from {} to {} (line {}); correct the figure, or the time stamps it rests on",
            start.format("%H:%M"),
            end.format("%H:%M"),
            last.line
        ));
}
