//! When an action is due: stated as a date, or by the group that it stands in.

use chrono::{Datelike, Duration, Months, NaiveDate};

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

/// Tells whether a text names when something is due, though it may need a year.
pub(super) fn is_named(source: &Source<'_>, value: &str) -> bool {
    when::find_date(value, &source.when(None)).is_some() || quarter(value).is_some()
}

/// Works out when `by March 20`, `Q1 2026` and `March 2026` are: without a year the next time after the incident, and of a
/// stretch of time its last day.
pub(super) fn implied(source: &Source<'_>, document: &Document, raw: &str) -> Option<Due> {
    let start = document.date.as_ref()?.value.first_day();
    let due = |date| Due { date, raw: raw.to_owned(), inferred: true };
    let years = |stated: Option<i32>| stated.map_or(vec![start.year(), start.year() + 1], |year| vec![year]);
    if let Some((quarter, year)) = quarter(raw) {
        let ends = years(year).into_iter().filter_map(|year| last_day(year, quarter * 3));
        return ends.into_iter().find(|end| year.is_some() || *end >= start).map(due);
    }
    let (date, _) = when::find_date(raw, &source.when(None))?;
    let day = |year| match date.day {
        Some(_) => date.with_year(Some(year))?.known_day(),
        None => last_day(year, date.month),
    };
    years(date.year).into_iter().filter_map(day).find(|day| date.year.is_some() || *day >= start).map(due)
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// Reads `Q1 2026`, `2026-Q1` and `Q1`: the quarter, and the year where it is stated.
fn quarter(text: &str) -> Option<(u32, Option<i32>)> {
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let quarter = words().find_map(|word| match word.as_bytes() {
        [b'Q' | b'q', digit @ b'1'..=b'4'] => Some(u32::from(digit - b'0')),
        _ => None,
    })?;
    let year = words().filter(|word| word.len() == 4).find_map(|word| word.parse().ok());
    Some((quarter, year.filter(|year| (1970..2200).contains(year))))
}

/// Works a due date out from a heading such as `Short Term (Next 2 Weeks)` and the incident's date.
pub(super) fn from_group(source: &Source<'_>, document: &Document, section: &Section) -> Option<Due> {
    let start = document.date.as_ref()?.value.known_day()?;
    let raw = source.outline.plain[section.title.clone()].trim();
    if raw.is_empty() || section.level < 2 {
        return None;
    }
    let duration = when::find_duration(&upper(raw), &source.when(Some(start.year())));
    let days = duration
        .and_then(|found| found.minutes)
        .map(|minutes| (minutes + 1439) / 1440)
        .or_else(|| source.words.within.first(&section.folded).map(|(days, _, _)| days))
        .filter(|days| (0..=3660).contains(days))?;
    Some(Due { date: start + Duration::days(days), raw: raw.to_owned(), inferred: true })
}

/// Keeps the upper end of a span: `Short term (1-2 weeks)` is over after two.
fn upper(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        kept.push(c);
        let is_dash = matches!(c, '-' | '–' | '—')
            && text[at + c.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        let before = kept.trim_end_matches(|it: char| it == c || it.is_whitespace());
        if is_dash && before.ends_with(|c: char| c.is_ascii_digit()) {
            kept.truncate(before.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    #[test]
    fn a_group_is_due_at_the_end_of_its_span() {
        let due = |heading: &str| {
            let text =
                format!("# Incident\n\n**Date:** 2026-01-01\n\n## Action items\n\n### {heading}\n\n- Write it\n");
            let item = parse("a.md", text.as_bytes(), &Default::default()).document.action_items.remove(0);
            item.due.map(|due| due.date.to_string()).unwrap_or_default()
        };
        assert_eq!(due("Short term (1-2 weeks)"), "2026-01-15");
        assert_eq!(due("Medium term (30 – 90 days)"), "2026-04-01");
        assert_eq!(due("Within 2 weeks"), "2026-01-15");
    }

    #[test]
    fn a_due_day_without_a_year_comes_after_the_incident() {
        let read = |item: &str| {
            let text = format!("# Incident\n\n**Date:** 2025-12-03\n\n## Action items\n\n- {item}\n");
            let item = parse("a.md", text.as_bytes(), &Default::default()).document.action_items.remove(0);
            let due = item.due.map(|due| format!("{}{}", due.date, if due.inferred { " inferred" } else { "" }));
            (item.text, item.owner.unwrap_or_default(), due.unwrap_or_default())
        };
        for (item, text, owner, due) in [
            ("Write it (owner: Ana, by March 20)", "Write it", "Ana", "2026-03-20 inferred"),
            ("Write it (due: December 15)", "Write it", "", "2025-12-15 inferred"),
            ("Train them (due: Q1 2026)", "Train them", "", "2026-03-31 inferred"),
            ("Train them (due: Q4)", "Train them", "", "2025-12-31 inferred"),
            ("Train them (due: end of Q3)", "Train them", "", "2026-09-30 inferred"),
            ("Pay it (due: February 2026)", "Pay it", "", "2026-02-28 inferred"),
            ("Check it (Müller, bis 31.10.2025) - erledigt", "Check it", "Müller", "2025-10-31"),
            ("Move it (owner: unassigned, due: 2026-01-05)", "Move it", "", "2026-01-05"),
            ("Ask them (due: soon)", "Ask them", "", ""),
        ] {
            assert_eq!(read(item), (text.to_owned(), owner.to_owned(), due.to_owned()), "{item}");
        }
    }
}
