//! When an action is due: stated as a date, or by the group that it stands in.

use chrono::{Datelike, Duration};

use crate::model::{Document, Due};
use crate::parse::extract::Source;
use crate::parse::outline::Section;
use crate::parse::when;
use crate::words::trimmed;

/// Reads a stated due date; a date without a year gets the incident's, or the next one if it would be before it.
pub(super) fn stated(source: &Source<'_>, year: Option<i32>, value: &str) -> Option<Due> {
    let cx = source.when(year);
    let scanned = when::scan_start(value, &cx).and_then(|scanned| scanned.when.date);
    let date = scanned.or_else(|| when::find_date(value, &cx).map(|(date, _)| date))?;
    let date = date.with_year(year)?.known_day()?;
    Some(Due { date, raw: trimmed(value).to_owned(), inferred: false })
}

/// Works a due date out from a heading such as `Short Term (Next 2 Weeks)` and the incident's date.
pub(super) fn from_group(source: &Source<'_>, document: &Document, section: &Section) -> Option<Due> {
    let start = document.date.as_ref()?.value.known_day()?;
    let raw = source.outline.plain[section.title.clone()].trim();
    if raw.is_empty() || section.level < 2 {
        return None;
    }
    let duration = when::find_duration(raw, &source.when(Some(start.year())));
    let days = duration
        .and_then(|found| found.minutes)
        .map(|minutes| (minutes + 1439) / 1440)
        .or_else(|| source.words.within.first(&section.folded).map(|(days, _, _)| days))
        .filter(|days| (0..=3660).contains(days))?;
    Some(Due { date: start + Duration::days(days), raw: raw.to_owned(), inferred: true })
}
