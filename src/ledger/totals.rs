//! What happened to action items in a period, counted.

use chrono::NaiveDate;
use serde::Serialize;

use super::story::{Happening, Story};
use crate::model::ItemState;

/// Numbers of a period.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Totals {
    /// Open on the day before its first.
    pub open_before: usize,
    /// Written down.
    pub written: usize,
    /// Of these, settled when they were written: nobody can say since when.
    pub written_settled: usize,
    /// Marked as done.
    pub done: usize,
    /// Marked as what nobody will do.
    pub cancelled: usize,
    /// Opened again.
    pub reopened: usize,
    /// Taken out of their document while open.
    pub dropped: usize,
    /// Times that a due day was put off, or taken away.
    pub put_off: usize,
    /// Open on its last day.
    pub open_after: usize,
    /// Days from when an item was written until it was done: the median of those done in the period of which both are known.
    pub median_days: Option<f64>,
    /// How many that rests on.
    pub timed: usize,
}

/// Counts what happened from `start` to `end`. `day` tells when a commit was made, and whether the history begins with it: what
/// is in it may be of any age.
#[must_use]
pub(crate) fn count<'a>(
    stories: impl IntoIterator<Item = &'a Story>,
    (start, end): (NaiveDate, NaiveDate),
    day: &dyn Fn(Option<usize>) -> (NaiveDate, bool),
) -> Totals {
    let mut totals = Totals::default();
    let mut days: Vec<i64> = Vec::new();
    for story in stories {
        let mut state = None;
        let mut written = None;
        let (mut before, mut after) = (false, false);
        for event in &story.events {
            let (on, is_first) = day(event.commit);
            let within = usize::from(start <= on && on <= end);
            match &event.what {
                Happening::Written(as_) => {
                    written = (!is_first).then_some(on);
                    totals.written += within;
                    totals.written_settled += if as_.is_open() { 0 } else { within };
                }
                Happening::Done => {
                    totals.done += within;
                    days.extend(written.filter(|_| within == 1).map(|written| (on - written).num_days().max(0)));
                }
                Happening::Cancelled => totals.cancelled += within,
                Happening::Reopened => totals.reopened += within,
                Happening::Dropped => totals.dropped += within,
                Happening::DueMoved { from: Some(from), to } => {
                    totals.put_off += if to.is_none_or(|to| to > *from) { within } else { 0 };
                }
                Happening::DueMoved { .. } | Happening::Handed { .. } | Happening::Moved(_) => {}
            }
            state = event.what.leads_to(state);
            let is_open = state == Some(ItemState::Open);
            if on < start {
                before = is_open;
            }
            if on <= end {
                after = is_open;
            }
        }
        totals.open_before += usize::from(before);
        totals.open_after += usize::from(after);
    }
    days.sort_unstable();
    totals.timed = days.len();
    totals.median_days = median(&days);
    totals
}

fn median(sorted: &[i64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)? as f64;
    Some(if sorted.len() % 2 == 1 { upper } else { (sorted[middle - 1] as f64 + upper) / 2.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::made_up;

    fn story(events: &[(usize, Happening)]) -> Story {
        made_up::story("Add an alert", events)
    }

    #[test]
    fn a_period_is_what_was_open_before_it_and_what_happened_in_it() {
        let day = |number: usize| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number as u64);
        let open = Happening::Written(ItemState::Open);
        let moved = |from, to| Happening::DueMoved { from: Some(day(from)), to };
        let stories = [
            story(&[(10, open.clone()), (40, Happening::Done)]),
            story(&[(12, open.clone()), (45, Happening::Done), (50, Happening::Reopened), (70, Happening::Done)]),
            story(&[
                (35, open.clone()),
                (36, moved(60, Some(day(80)))),
                (37, moved(80, Some(day(70)))),
                (38, moved(70, None)),
            ]),
            story(&[(41, Happening::Written(ItemState::Done))]),
            story(&[(0, open.clone()), (42, Happening::Done)]),
            story(&[(5, open), (43, Happening::Dropped)]),
        ];
        let of = |commit: Option<usize>| (day(commit.unwrap()), commit == Some(0));
        let wanted = Totals {
            open_before: 4,
            written: 2,
            written_settled: 1,
            done: 3,
            cancelled: 0,
            reopened: 1,
            dropped: 1,
            put_off: 2,
            open_after: 2,
            median_days: Some(31.5),
            timed: 2,
        };
        assert_eq!(count(&stories, (day(30), day(60)), &of), wanted);
        let later = count(&stories, (day(61), day(90)), &of);
        assert_eq!((later.open_before, later.done, later.open_after), (2, 1, 1));
    }
}
