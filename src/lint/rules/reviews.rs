//! Reviews: overdue, promised to nobody, or of a frequency that can be read in two ways.

use crate::lint::{Findings, LintContext};
use crate::model::{Anchor, Period};

/// Days from one day to another, in words.
fn days(number: i64) -> String {
    if number == 1 { "one day".to_owned() } else { format!("{number} days") }
}

/// The next review is past.
pub(in crate::lint) fn overdue(cx: &LintContext<'_>, out: &mut Findings) {
    let Some((due, inferred)) = cx.document.review_due().filter(|(due, _)| *due < cx.today) else { return };
    let late = days((cx.today - due).num_days());
    let review = &cx.document.compliance.review;
    let hint = "review it, and write the day beside `last-reviewed`; a late review stays late";
    if !inferred {
        let origin = review.next.as_ref().map(|next| next.origin);
        out.push(origin.map_or(0, |it| it.line), format!("the review was due on {due}, {late} ago"))
            .span(origin.and_then(|it| it.span))
            .subject("review")
            .hint(hint);
        return;
    }
    let Some(deadline) = cx.document.next_review_due() else { return };
    let Anchor { what, day } = deadline.from;
    let stated = review.frequencies.iter().find(|(of, it)| *of == deadline.framework && it.value == deadline.period);
    let origin = stated.map(|(_, it)| it.origin);
    let message = format!("the `{}` review was due on {due}, {late} ago ({} {day})", deadline.period, what.as_str());
    out.push(origin.map_or(0, |it| it.line), message).span(origin.and_then(|it| it.span)).subject("review").hint(hint);
}

/// The reviewer is a placeholder.
pub(in crate::lint) fn pending(cx: &LintContext<'_>, out: &mut Findings) {
    const NOBODY: [&str; 16] = [
        "pending",
        "tbd",
        "tba",
        "todo",
        "to be determined",
        "to be assigned",
        "to be confirmed",
        "none",
        "n/a",
        "na",
        "-",
        "?",
        "unassigned",
        "ausstehend",
        "pendiente",
        "offen",
    ];
    let Some(reviewer) = &cx.document.compliance.review.reviewer else { return };
    let plain = reviewer
        .value
        .trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | '*' | '_' | '.') || c.is_whitespace());
    let plain = plain.to_lowercase();
    let nobody = NOBODY.contains(&plain.as_str()) || plain.starts_with("pending ") || plain.starts_with("tbd ");
    if nobody || plain.is_empty() {
        out.push(reviewer.origin.line, format!("nobody has reviewed it: the reviewer is `{}`", reviewer.value.trim()))
            .span(reviewer.origin.span)
            .subject("reviewer")
            .hint("name who reviewed it and when, or who is to do it by which day");
    }
}

/// A frequency has two meanings or none.
pub(in crate::lint) fn unclear(cx: &LintContext<'_>, out: &mut Findings) {
    for (_, stated) in &cx.document.compliance.review.frequencies {
        let plain: String = stated.value.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        if Period::is_by_event(&stated.value) {
            continue;
        }
        let hint = match plain.as_str() {
            "biannual" | "biannually" => "write `semi-annual` for twice a year or `biennial` for every two years",
            "bimonthly" => "write `every-2-months` or `biweekly`",
            _ if Period::parse_frequency(&stated.value).is_some() => continue,
            _ => "write `monthly`, `quarterly`, `semi-annual`, `annual`, `biennial` or `every-18-months`",
        };
        out.push(stated.origin.line, format!("`{}` does not say how often", stated.value))
            .span(stated.origin.span)
            .subject(&stated.value)
            .hint(hint);
    }
}
