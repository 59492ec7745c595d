//! A stated day that is the day of the report: all of the timeline is before it.

use chrono::NaiveDate;

use super::Source;
use super::date::{POST_DAYS, Reading, is_record};
use crate::diag::{Diagnostic, Level};
use crate::model::{Document, OriginKind};
use crate::parse::vocabulary::{ColumnRole, LabelRole, fold};
use crate::parse::when;

/// Whether every dated entry of the timeline is before the day that the title names, or soon before one that is called
/// `Date` and no more: that is the day of the report.
pub(super) fn is_of_report(source: &Source<'_>, document: &Document, stated: &Reading, first: &Reading) -> bool {
    let last = document.timeline.iter().filter_map(|entry| entry.at?.date).max();
    let Some((day, last)) = stated.value.known_day().zip(last) else { return false };
    let soon = |before: NaiveDate| (1..=POST_DAYS).contains(&(day - before).num_days());
    soon(last)
        && (stated.origin.kind == OriginKind::Heading
            || soon(first.value.first_day()) && is_called_date(source, stated))
}

/// `Date: 2026-05-06` does not say of what it is the day, and `Reported on` says it; `Incident date` is the incident's, and so is
/// a value with a time or an end, and the date of a record.
fn is_called_date(source: &Source<'_>, stated: &Reading) -> bool {
    const MARKS: [char; 8] = ['|', '-', '*', '_', '#', '+', ' ', '\t'];
    let text = &source.text[source.lines.start(stated.origin.line)..];
    let line = text.lines().next().unwrap_or_default().trim_start_matches(MARKS);
    let label = fold(line.split([':', '：', '|', '*']).next().unwrap_or_default());
    let is_day = when::scan_start(&stated.raw, &source.when(None))
        .is_some_and(|it| it.when.time.is_none() && it.when.end_date.is_none());
    let of_record = stated.origin.kind == OriginKind::FrontMatter && is_record(source);
    let roles = source.words.label(&label);
    let is_plain = || !label.contains(' ') && source.words.column(&label).contains(&ColumnRole::Time);
    is_day && !of_record && (roles.means(LabelRole::DateWeak) || roles.means(LabelRole::Date) && is_plain())
}

/// Says that the stated day was not taken for the incident's.
pub(super) fn report(document: &mut Document, stated: &Reading, first: &Reading) {
    let (day, first) = (stated.value.first_day(), first.value.first_day());
    let message =
        format!("the timeline is over before {day}: read as the day of writing, the incident began on {first}");
    let finding = Diagnostic::new("date-contradiction", Level::Note, stated.origin.line, message);
    document.diagnostics.push(finding.hint("`Incident date:` says that it is the incident's day"));
}
