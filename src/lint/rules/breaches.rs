//! Records of possible breaches: what an assessment needs, and the days by which somebody must be told.

use crate::compliance::{Assessment, BREACH_BLOCK, FACTORS, Owed, odd_day};
use crate::lint::{Findings, LintContext};

/// Days before a deadline from which it is near.
const NEAR: i64 = 14;

/// The record lacks a key or one of the four factors.
pub(in crate::lint) fn incomplete(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = assessment(cx) else { return };
    for (key, why) in assessment.lacks() {
        out.push(assessment.line(), format!("the breach assessment does not say `{key}`"))
            .subject(key)
            .hint(format!("`{BREACH_BLOCK}.{key}`: {why}"));
    }
    let body = cx.text[cx.document.body_start.min(cx.text.len())..].to_lowercase();
    for factor in FACTORS.iter().filter(|factor| !factor.is_weighed_in(&body)) {
        out.push(assessment.line(), format!("the assessment leaves out a factor: {}", factor.about))
            .subject(factor.citation)
            .hint(format!("all four are weighed, in writing (45 CFR {}, 164.414(b))", factor.citation));
    }
}

/// A day of the assessment cannot be: before the discovery, or still to come.
pub(in crate::lint) fn days(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = assessment(cx) else { return };
    let discovered = assessment.discovered().map(|(day, _)| day);
    for (key, day, entry) in assessment.days() {
        if let Some(wrong) = odd_day(key, day, discovered, cx.today) {
            out.push(entry.line, wrong)
                .span(entry.span)
                .subject(key)
                .hint("every clock counts from these days; a notice of such a day counts as none");
        }
    }
}

/// Somebody was told later than the law allows.
pub(in crate::lint) fn late(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(assessment) = assessment(cx) else { return };
    for owed in assessment.owed() {
        let Some(given) = owed.given(cx.today).filter(|day| *day > owed.due) else { continue };
        let late = (given - owed.due).num_days();
        let message = format!("notice to {} was due on {} and given {late} days later", owed.clock.recipient, owed.due);
        out.push(assessment.line(), message).subject(owed.clock.key).hint(format!(
            "{}: it cannot be undone; write down why, and allow this finding with that reason",
            owed.clock.citation
        ));
    }
}

/// A day by which somebody had to be told is past.
pub(in crate::lint) fn overdue(cx: &LintContext<'_>, out: &mut Findings) {
    for notice in notices(cx).into_iter().filter(|it| it.owed.due < cx.today) {
        let late = (cx.today - notice.owed.due).num_days();
        notice.tell(
            out,
            format!(
                "notice to {} was due on {}, {late} days ago, and none is recorded",
                notice.owed.clock.recipient, notice.owed.due
            ),
        );
    }
}

/// A day by which somebody must be told is near.
pub(in crate::lint) fn near(cx: &LintContext<'_>, out: &mut Findings) {
    for notice in notices(cx) {
        let left = (notice.owed.due - cx.today).num_days();
        if (0..=NEAR).contains(&left) {
            notice.tell(
                out,
                format!(
                    "notice to {} is due by {}, in {left} days, and none is recorded",
                    notice.owed.clock.recipient, notice.owed.due
                ),
            );
        }
    }
}

/// A notice that is owed and not recorded.
struct Notice {
    owed: Owed,
    line: u32,
    span: Option<crate::diag::Span>,
}

impl Notice {
    fn tell(&self, out: &mut Findings, message: String) {
        let Owed { clock, recipient, .. } = self.owed;
        out.push(self.line, message).span(self.span).subject(clock.key).hint(format!(
            "{}, counted from discovery; record it as `{BREACH_BLOCK}.notified-{recipient}: <day>`, or the conclusion that it is no breach",
            clock.citation
        ));
    }
}

fn notices(cx: &LintContext<'_>) -> Vec<Notice> {
    let Some(assessment) = assessment(cx) else { return Vec::new() };
    let Some((_, entry)) = assessment.discovered() else { return Vec::new() };
    let open = assessment.owed().into_iter().filter(|it| it.given(cx.today).is_none());
    open.map(|owed| Notice { owed, line: entry.line, span: entry.span }).collect()
}

fn assessment<'a>(cx: &LintContext<'a>) -> Option<Assessment<'a>> {
    Assessment::of(cx.document.front_matter.as_ref()?)
}
