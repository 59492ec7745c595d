//! What became of action items: open ones by age, and how many were completed.

use chrono::NaiveDate;
use serde::Serialize;

use super::Bucket;
use crate::index::Overview;
use crate::kb::incidents::Group;

/// Upper ends of the ages, in days.
const AGES: [i32; 4] = [30, 90, 180, 365];

/// Open action items whose incident began so many days ago.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgeBucket {
    /// Least age in days; `None` where the incident has no date.
    pub from_days: Option<i32>,
    /// Age in days below which it ends.
    pub to_days: Option<i32>,
    /// Open action items.
    pub open: u32,
    /// Incidents that they belong to.
    pub incidents: u32,
}

/// Action items of the incidents of one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Done.
    pub done: u32,
    /// Not done.
    pub open: u32,
}

/// Returns open action items by the age of their incident.
pub(super) fn ages(overview: &Overview<'_>, groups: &[Group<'_>], today: i32) -> Vec<AgeBucket> {
    let starts = std::iter::once(0).chain(AGES);
    let ends = AGES.into_iter().map(Some).chain(std::iter::once(None));
    let bucket =
        |(from, to): (i32, Option<i32>)| AgeBucket { from_days: Some(from), to_days: to, open: 0, incidents: 0 };
    let mut buckets: Vec<AgeBucket> = starts.zip(ends).map(bucket).collect();
    buckets.push(AgeBucket { from_days: None, to_days: None, open: 0, incidents: 0 });
    for group in groups {
        let (open, _) = group.actions(overview);
        let at = match group.day(overview) {
            Some(day) => AGES.partition_point(|end| *end <= today - day),
            None => AGES.len() + 1,
        };
        buckets[at].open += open;
        buckets[at].incidents += u32::from(open > 0);
    }
    buckets.retain(|bucket| bucket.from_days.is_some() || bucket.open > 0);
    buckets
}

/// Returns action items done and open in each stretch of time.
pub(super) fn completion(overview: &Overview<'_>, groups: &[Group<'_>], buckets: &[Bucket]) -> Vec<Completion> {
    let empty = |bucket: &Bucket| Completion { from: bucket.from, to: bucket.to, done: 0, open: 0 };
    let mut parts: Vec<Completion> = buckets.iter().map(empty).collect();
    for group in groups {
        let Some(date) = group.day(overview).and_then(super::day) else { continue };
        let at = parts.partition_point(|part| part.to < date);
        let (open, total) = group.actions(overview);
        if let Some(part) = parts.get_mut(at) {
            part.open += open;
            part.done += total.saturating_sub(open);
        }
    }
    parts
}
