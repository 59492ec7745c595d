//! Dates that were not read since they can be read two ways.

use super::Source;
use crate::diag::{Diagnostic, Level};
use crate::model::Document;
use crate::parse::vocabulary::LabelRole;
use crate::parse::when::two_ways;

const DATED: [LabelRole; 5] =
    [LabelRole::Date, LabelRole::DateWeak, LabelRole::Started, LabelRole::Detected, LabelRole::Resolved];

/// Reports the first of them, in the fields or else in the timeline: the others are as the first.
pub(super) fn report(source: &Source<'_>, document: &mut Document) {
    let cx = source.when(None);
    let fields = DATED.iter().flat_map(|role| source.labelled(*role)).map(|label| (label.value, label.origin.line));
    let entries = document.timeline.iter().filter(|it| it.at.is_none()).map(|it| (it.raw.as_str(), it.line));
    let found = fields.chain(entries).find_map(|(text, line)| Some((text, line, two_ways(text, &cx)?)));
    let Some((text, line, found)) = found else { return };
    let written = text[..found.date_end].trim_start_matches(|c: char| !c.is_ascii_digit());
    let [one, other] = found.days.map(|day| day.format("%-d %B"));
    let message = format!("`{written}` may be {one} or {other}, and nothing here tells which: it was not read");
    let hint =
        format!("write {} or {}, or set `date-order` below `[reading]` in ris.toml", found.days[0], found.days[1]);
    document.diagnostics.push(Diagnostic::new("ambiguous-date", Level::Warning, line, message).hint(hint));
}
