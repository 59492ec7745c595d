//! Records of possible breaches: what an assessment needs, and the days by which somebody must be told.

use crate::compliance::{Assessment, BREACH_BLOCK, Clock, FACTORS, Notice, NoticeState, odd_day, regimes, weighed};
use crate::lint::{Findings, LintContext};
use crate::model::{FrontMatterEntry, Kind, counted};

/// Days before a deadline from which it is near.
const NEAR: i64 = 14;

/// The record lacks a key or one of the four factors, has a value that cannot be read, or names a regime without clocks.
pub(in crate::lint) fn incomplete(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = assessment(cx) else { return };
    for (key, why) in assessment.lacks() {
        out.push(assessment.line(), format!("the breach assessment does not say `{key}`"))
            .subject(key)
            .hint(format!("`{BREACH_BLOCK}.{key}`: {why}"));
    }
    for (key, wanted, entry) in assessment.unreadable() {
        out.push(entry.line, format!("`{key}` of the breach assessment cannot be read: `{}`", entry.value.trim()))
            .span(entry.span)
            .subject(key)
            .hint(format!("write {wanted}; no clock that hangs on it runs before that"));
    }
    for (name, entry) in assessment.unknown_regimes() {
        out.push(entry.line, format!("there are no clocks of `{name}`"))
            .span(entry.span)
            .subject(name)
            .hint(format!("there are clocks of {}", regimes().collect::<Vec<_>>().join(", ")));
    }
    if !assessment.is_of_hipaa() {
        return;
    }
    let body = &cx.text[cx.document.body_start.min(cx.text.len())..];
    for (factor, _) in FACTORS.iter().zip(weighed(body)).filter(|(_, weighed)| !weighed) {
        out.push(assessment.line(), format!("the assessment leaves out a factor: {}", factor.about))
            .subject(factor.citation)
            .hint(format!("all four are weighed, in writing (45 CFR {}, 164.414(b))", factor.citation));
    }
}

/// A day of the assessment cannot be: before the discovery, or still to come.
pub(in crate::lint) fn days(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = assessment(cx) else { return };
    let discovered = assessment.discovered().map(|(at, _)| at);
    for (key, at, entry) in assessment.days() {
        if let Some(wrong) = odd_day(key, at, discovered, cx.now) {
            out.push(entry.line, wrong)
                .span(entry.span)
                .subject(key)
                .hint("every clock counts from these days; a notice of such a day counts as none");
        }
    }
}

/// Somebody was told later than the rule allows.
pub(in crate::lint) fn late(cx: &LintContext<'_>, out: &mut Findings) {
    for (notice, entry) in notices(cx, NoticeState::Late) {
        let given = notice.given(cx.now).map_or_else(String::new, |at| at.to_string());
        let message = format!("notice to {} was due by {} and given on {given}", notice.clock.recipient, notice.due);
        out.push(entry.line, message).span(entry.span).subject(notice.clock.key).hint(format!(
            "{}: it cannot be undone; write down why, and allow this finding with that reason",
            citation(&notice)
        ));
    }
}

/// A day by which somebody had to be told is past.
pub(in crate::lint) fn overdue(cx: &LintContext<'_>, out: &mut Findings) {
    for (notice, entry) in notices(cx, NoticeState::Overdue) {
        let late = cx.now.distance(notice.due).map_or_else(String::new, |late| format!(", {late} ago"));
        let message =
            format!("notice to {} was due by {}{late}, and none is recorded", notice.clock.recipient, notice.due);
        out.push(entry.line, message).span(entry.span).subject(notice.clock.key).hint(advice(&notice));
    }
}

/// A day by which somebody must be told is near.
pub(in crate::lint) fn near(cx: &LintContext<'_>, out: &mut Findings) {
    for (notice, entry) in notices(cx, NoticeState::Open) {
        let left = (notice.due.day - cx.today).num_days();
        if left <= NEAR {
            let when = if left == 0 { "today".to_owned() } else { format!("in {}", counted(left, "day", "days")) };
            let message =
                format!("notice to {} is due by {}, {when}, and none is recorded", notice.clock.recipient, notice.due);
            out.push(entry.line, message).span(entry.span).subject(notice.clock.key).hint(advice(&notice));
        }
    }
}

fn advice(notice: &Notice) -> String {
    format!(
        "{}, counted from {}; record it as `{BREACH_BLOCK}.notified-{}: <day>`, or the conclusion that it is no breach",
        citation(notice),
        notice.counted_from(),
        notice.name
    )
}

/// Returns where the rule stands; what was not compared with its text says so.
fn citation(notice: &Notice) -> String {
    let Clock { regime, citation, .. } = notice.clock;
    let unsure = if notice.clock.is_compared() { "" } else { " (not compared with the text of the rule: ask counsel)" };
    format!("{regime}, {citation}{unsure}")
}

/// Returns the notices in this state, each with the entry of the discovery.
fn notices<'a>(cx: &LintContext<'a>, state: NoticeState) -> impl Iterator<Item = (Notice, &'a FrontMatterEntry)> {
    let assessment = assessment(cx);
    let entry = assessment.as_ref().and_then(|it| it.discovered()).map(|(_, entry)| entry);
    let all = assessment.map(|it| it.notices()).unwrap_or_default();
    let now = cx.now;
    all.into_iter().filter(move |it| it.state(now) == state).filter_map(move |it| Some((it, entry?)))
}

/// Returns the assessment of a document; an exercise only plays at one.
fn assessment<'a>(cx: &LintContext<'a>) -> Option<Assessment<'a>> {
    let is_played = cx.document.kind.value == Kind::Drill;
    Assessment::of(cx.document.front_matter.as_ref()?).filter(|_| !is_played)
}
