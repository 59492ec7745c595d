//! Stretches of time, and the times that incidents took.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use super::{Bucket, Took, Unit, day};
use crate::index::{IndexError, Overview};
use crate::kb::incidents::{Group, median};
use crate::model::DurationKind;

/// Most months, then most quarters: beyond, a chart would show noise.
const MAX_MONTHS: i32 = 24;
const MAX_QUARTERS: i32 = 40;
/// Incidents below which a trend would be chance.
const TREND_FROM: usize = 20;
/// Incidents in each step of a trend, at least, and the most steps.
const STEP: usize = 8;
const MAX_STEPS: usize = 12;

/// The time that one incident took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Path of the document that stands for the incident.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The day the incident began.
    pub date: NaiveDate,
    /// The time.
    pub took: Took,
}

/// A step of the trend: incidents one after another and their median.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendStep {
    /// Day of the first incident.
    pub from: NaiveDate,
    /// Day of the last incident.
    pub to: NaiveDate,
    /// Incidents.
    pub n: usize,
    /// Median in minutes.
    pub median: f64,
}

/// The times that incidents took, of one sort.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Times {
    /// Which sort: detect, resolve or total.
    pub kind: DurationKind,
    /// Incidents with a date and this time.
    pub n: usize,
    /// Of these, incidents whose time a person wrote.
    pub stated: usize,
    /// Incidents without.
    pub without: usize,
    /// Median in minutes.
    pub median: Option<f64>,
    /// One for each incident, oldest first; where there are many, some from the first to the last.
    pub dots: Vec<Dot>,
    /// Medians of incidents in the order of their dates; empty below 20.
    pub trend: Vec<TrendStep>,
}

/// Returns empty stretches that cover these days.
pub(super) fn buckets(days: &[i32]) -> (Unit, Vec<Bucket>) {
    let ends = days.iter().min().zip(days.iter().max());
    let Some((first, last)) = ends.and_then(|(first, last)| Some((day(*first)?, day(*last)?))) else {
        return (Unit::Month, Vec::new());
    };
    let (unit, stretches) = stretches(first, last);
    let bucket = |(from, to)| Bucket { from, to, by_severity: [0; 5], unrated: 0 };
    (unit, stretches.into_iter().map(bucket).collect())
}

/// Returns the months from that of one day to that of another, first and last day of each; quarters or years where these are
/// too many to draw.
pub(in crate::kb) fn stretches(first: NaiveDate, last: NaiveDate) -> (Unit, Vec<(NaiveDate, NaiveDate)>) {
    let months = (last.year() - first.year()) * 12 + last.month0().cast_signed() - first.month0().cast_signed();
    let (unit, length) = match months {
        ..MAX_MONTHS => (Unit::Month, 1),
        _ if months < MAX_QUARTERS * 3 => (Unit::Quarter, 3),
        _ => (Unit::Year, 12),
    };
    let mut from = NaiveDate::from_ymd_opt(first.year(), first.month0() / length * length + 1, 1);
    let mut stretches = Vec::new();
    while let Some(start) = from.filter(|from| *from <= last) {
        from = start.checked_add_months(Months::new(length));
        stretches.push((start, from.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(last)));
    }
    (unit, stretches)
}

/// Returns the years of these days, newest first.
pub(super) fn years(days: impl Iterator<Item = i32>) -> Vec<i32> {
    let mut years: Vec<i32> = days.filter_map(day).map(|date| date.year()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years
}

/// Returns the stretch that holds a day.
pub(super) fn bucket_of(buckets: &mut [Bucket], days: i32) -> Option<&mut Bucket> {
    let date = day(days)?;
    let at = buckets.partition_point(|bucket| bucket.to < date);
    buckets.get_mut(at)
}

/// Returns the times of one sort.
pub(super) fn times(
    overview: &Overview<'_>,
    groups: &[Group<'_>],
    kind: DurationKind,
    most: usize,
) -> Result<Times, IndexError> {
    let point =
        |group: &Group<'_>| Some((group.day(overview)?, group.main(), Took::from(group.duration(overview, kind)?)));
    let mut points: Vec<(i32, usize, Took)> = groups.iter().filter_map(point).collect();
    points.sort_by_key(|(day, row, _)| (*day, overview.rows[*row].key));
    let dot = |&(at, row, took): &(i32, usize, Took)| {
        let document = overview.summary(row)?;
        Ok(day(at).map(|date| Dot { path: document.path, title: document.title, date, took }))
    };
    let dots: Result<Vec<_>, IndexError> = spread(&points, most).map(dot).collect();
    Ok(Times {
        kind,
        n: points.len(),
        stated: points.iter().filter(|(.., took)| took.stated).count(),
        without: groups.len() - points.len(),
        median: median(&sorted(&points)),
        dots: dots?.into_iter().flatten().collect(),
        trend: trend(&points),
    })
}

/// Returns at most `most`, at equal distances from the first to the last.
fn spread<T>(all: &[T], most: usize) -> impl Iterator<Item = &T> {
    let shown = all.len().min(most);
    (0..shown).map(move |at| &all[at * (all.len() - 1) / (shown - 1).max(1)])
}

/// Cuts the incidents into steps of equal number, in the order of their dates, and takes the median of each.
fn trend(points: &[(i32, usize, Took)]) -> Vec<TrendStep> {
    if points.len() < TREND_FROM {
        return Vec::new();
    }
    let steps = (points.len() / STEP).min(MAX_STEPS);
    let step = |at: usize| {
        let part = &points[at * points.len() / steps..(at + 1) * points.len() / steps];
        let (from, to) = (day(part.first()?.0)?, day(part.last()?.0)?);
        Some(TrendStep { from, to, n: part.len(), median: median(&sorted(part))? })
    };
    (0..steps).filter_map(step).collect()
}

fn sorted(points: &[(i32, usize, Took)]) -> Vec<u32> {
    let mut minutes: Vec<u32> = points.iter().map(|(.., took)| took.minutes).collect();
    minutes.sort_unstable();
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(dates: &[(i32, u32, u32)]) -> Vec<i32> {
        dates.iter().map(|(y, m, d)| NaiveDate::from_ymd_opt(*y, *m, *d).unwrap().to_epoch_days()).collect()
    }

    #[test]
    fn stretches_have_no_gap_and_grow_with_the_period() {
        let (unit, months) = buckets(&days(&[(2024, 11, 30), (2025, 2, 1)]));
        let starts: Vec<String> = months.iter().map(|it| it.from.to_string()).collect();
        assert_eq!((unit, starts.join(" ").as_str()), (Unit::Month, "2024-11-01 2024-12-01 2025-01-01 2025-02-01"));
        assert_eq!(months[3].to.to_string(), "2025-02-28");
        let (unit, quarters) = buckets(&days(&[(2020, 5, 3), (2025, 2, 1)]));
        assert_eq!((unit, quarters[0].from.to_string().as_str(), quarters.len()), (Unit::Quarter, "2020-04-01", 20));
        let (unit, years) = buckets(&days(&[(1990, 5, 3), (2025, 2, 1)]));
        assert_eq!((unit, years.len()), (Unit::Year, 36));
        assert_eq!(buckets(&[]).1.len(), 0);
    }

    #[test]
    fn a_day_finds_its_stretch() {
        let dates = days(&[(2024, 11, 30), (2025, 2, 1), (2024, 12, 31)]);
        let mut months = buckets(&dates).1;
        assert_eq!(bucket_of(&mut months, dates[2]).unwrap().from.to_string(), "2024-12-01");
        assert!(bucket_of(&mut months, days(&[(2026, 1, 1)])[0]).is_none());
    }

    #[test]
    fn there_is_no_trend_below_twenty() {
        let points = |count: u32| -> Vec<(i32, usize, Took)> {
            (0..count).map(|at| (at.cast_signed(), 0, Took { minutes: at, stated: true })).collect()
        };
        assert!(trend(&points(19)).is_empty());
        let steps = trend(&points(20));
        assert_eq!(steps.iter().map(|it| it.n).sum::<usize>(), 20);
        assert_eq!(steps[0].median, 4.5);
        assert_eq!(trend(&points(1000)).len(), MAX_STEPS);
    }
}
