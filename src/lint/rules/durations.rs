//! Durations as written against those that the timeline gives.

use chrono::NaiveDateTime;

use crate::lint::{Findings, LintContext};
use crate::model::{DurationKind, StatedDuration, TimelineEntry, format_minutes};

/// A stated duration that the timeline does not bear out.
pub(in crate::lint) fn contradiction(cx: &LintContext<'_>, out: &mut Findings) {
    let mut told = Vec::new();
    // A document with several outages gives each its own.
    let several = |line: u32| {
        let stated = &cx.document.durations.stated;
        let this = stated.iter().find(|it| it.origin.line == line).map(|it| it.kind);
        stated.iter().filter(|it| Some(it.kind) == this).any(|it| it.origin.line != line)
    };
    for diagnostic in cx.document.diagnostics.iter().filter(|it| it.code == "duration-contradiction") {
        let stated = cx.document.durations.stated.iter().find(|it| it.origin.line == diagnostic.line);
        if several(diagnostic.line) || stated.and_then(|it| it.minutes).is_some_and(|it| between_key_events(cx, it)) {
            continue;
        }
        told.push(diagnostic.line);
        let draft = out.push(diagnostic.line, diagnostic.message.clone());
        draft.span(diagnostic.span).hint = diagnostic.hint.clone();
    }
    let computed = |kind| cx.document.durations.computed.iter().any(|it| it.kind == kind);
    let stated = cx.document.durations.stated.iter().filter(|it| it.kind == DurationKind::Total);
    for stated in stated.filter(|it| !computed(it.kind) && !told.contains(&it.origin.line) && !several(it.origin.line))
    {
        total_of_entries(cx, stated, out);
    }
}

/// Tells whether `minutes` lie between two of the events that stand beside the stated times: some count from the
/// declaration of the incident or from the repair.
fn between_key_events(cx: &LintContext<'_>, minutes: i64) -> bool {
    let times = &cx.document.times;
    let stated = [&times.started, &times.detected, &times.mitigated, &times.resolved];
    let lines: Vec<u32> = stated.into_iter().flatten().map(|it| it.origin.line).collect();
    let beside = |entry: &&TimelineEntry| lines.iter().any(|line| entry.line.abs_diff(*line) <= 2);
    let entries =
        cx.document.timeline.iter().filter(beside).filter_map(|entry| entry.at.filter(|at| at.time.is_some())?.utc());
    let of_times = stated.into_iter().flatten().filter_map(|it| it.value.time.and(it.value.utc()));
    let moments: Vec<NaiveDateTime> = entries.chain(of_times).collect();
    moments.len() <= 12 && moments.iter().any(|from| moments.iter().any(|to| (*to - *from).num_minutes() == minutes))
}

/// Where nobody says at what time it was resolved, the last entry of the timeline of that day ends it.
fn total_of_entries(cx: &LintContext<'_>, stated: &StatedDuration, out: &mut Findings) {
    let times = &cx.document.times;
    let (Some(minutes), false) = (stated.minutes, stated.is_estimate()) else { return };
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
    // Some start the clock at the detection, some stop it when the effect is gone.
    let starts = [Some(start), times.detected.as_ref().and_then(|it| it.value.utc()), timed.first().map(|it| it.1)];
    let agrees =
        |from: NaiveDateTime| timed.iter().any(|(_, to)| *to > from && stated.agrees_with((*to - from).num_minutes()));
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
