//! The numbers of the ledger by month.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::LedgerRequest;
use super::entries::is_wanted;
use super::read::Tellings;
use crate::kb::Unit;
use crate::kb::insights::stretches;
use crate::ledger::{LedgerStretch, Story, Stretch, flow};

/// What happened over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerTimes {
    /// Years in which anything happened to any item, newest first.
    pub years: Vec<i32>,
    /// Length of the stretches.
    pub unit: Unit,
    /// Stretches of time without a gap, oldest first. The first and the last are cut at the ends of the period; there are none
    /// before the first commit.
    pub stretches: Vec<LedgerStretch>,
}

/// Counts what happened in each month of the period asked for.
pub(super) fn times(tellings: &Tellings, request: &LedgerRequest, today: NaiveDate) -> LedgerTimes {
    let last_day = tellings.last_day(today);
    let day = |commit: Option<usize>| commit.map_or(last_day, |it| tellings.commits[it].at.date_naive());
    let all = || tellings.documents.iter().flat_map(|told| told.stories.iter());
    let days = || all().flat_map(|story: &Story| story.events.iter().map(|event| day(event.commit)));
    let (unit, stretches) = days().min().zip(days().max()).map_or((Unit::Month, Vec::new()), |(first, last)| {
        let window = request.window;
        let start = window.map_or(first, |it| it.start.max(first));
        // Nobody knows the rest of a period that is not over.
        let end = window.map_or(last.max(today), |it| it.end.min(last.max(today)));
        cut(start, end)
    });
    let mut years: Vec<i32> = days().map(|day| day.year()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    LedgerTimes { years, unit, stretches: flow(all().filter(|story| is_wanted(story, request)), &stretches, &day) }
}

fn cut(start: NaiveDate, end: NaiveDate) -> (Unit, Vec<Stretch>) {
    if start > end {
        return (Unit::Month, Vec::new());
    }
    let (unit, mut found) = stretches(start, end);
    if let Some(first) = found.first_mut() {
        first.0 = start;
    }
    if let Some(last) = found.last_mut() {
        last.1 = end;
    }
    (unit, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_cut_at_the_ends_of_the_period() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (unit, months) = cut(day("2025-11-23"), day("2026-01-15"));
        let named = months.iter().map(|(from, to)| format!("{from} {to}")).collect::<Vec<_>>().join(", ");
        assert_eq!(unit, Unit::Month);
        assert_eq!(named, "2025-11-23 2025-11-30, 2025-12-01 2025-12-31, 2026-01-01 2026-01-15");
        assert_eq!(cut(day("2026-01-15"), day("2026-01-15")).1, [(day("2026-01-15"), day("2026-01-15"))]);
        assert!(cut(day("2026-01-16"), day("2026-01-15")).1.is_empty());
    }
}
