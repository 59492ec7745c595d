//! What happened to action items in each of several stretches of time, and how many were open at the end of each.

use chrono::NaiveDate;
use serde::Serialize;

use super::story::{Happening, Story};
use crate::model::ItemState;

/// First and last day.
pub(crate) type Stretch = (NaiveDate, NaiveDate);

/// Numbers of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LedgerStretch {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Written down.
    pub written: u32,
    /// Marked as done.
    pub done: u32,
    /// Taken out of their document while open.
    pub dropped: u32,
    /// Open on the last day.
    pub open: u32,
}

/// Counts what happened in each of `stretches`, which follow each other without a gap. `day` tells when a commit was made.
#[must_use]
pub(crate) fn flow<'a>(
    stories: impl IntoIterator<Item = &'a Story>,
    stretches: &[Stretch],
    day: &dyn Fn(Option<usize>) -> NaiveDate,
) -> Vec<LedgerStretch> {
    let empty = |&(from, to): &Stretch| LedgerStretch { from, to, written: 0, done: 0, dropped: 0, open: 0 };
    let mut counted: Vec<LedgerStretch> = stretches.iter().map(empty).collect();
    let mut is_open = vec![false; stretches.len()];
    for story in stories {
        is_open.fill(false);
        let mut state = None;
        for event in &story.events {
            let on = day(event.commit);
            let at = stretches.partition_point(|(_, to)| *to < on);
            if let Some(within) = counted.get_mut(at).filter(|it| it.from <= on) {
                match event.what {
                    Happening::Written(_) => within.written += 1,
                    Happening::Done => within.done += 1,
                    Happening::Dropped => within.dropped += 1,
                    _ => {}
                }
            }
            state = event.what.leads_to(state);
            is_open[at..].fill(state == Some(ItemState::Open));
        }
        counted.iter_mut().zip(&is_open).for_each(|(it, is_open)| it.open += u32::from(*is_open));
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{count, made_up};

    fn story(events: &[(usize, Happening)]) -> Story {
        made_up::story("Add an alert", events)
    }

    /// Commits are numbered by their day, from 1 January 2026.
    fn day(number: usize) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number as u64)
    }

    fn stories() -> [Story; 6] {
        let open = || Happening::Written(ItemState::Open);
        [
            story(&[(5, open()), (40, Happening::Done), (65, Happening::Reopened)]),
            story(&[(10, open()), (33, Happening::DueMoved { from: None, to: None }), (70, Happening::Dropped)]),
            story(&[(36, open()), (37, Happening::Done), (38, Happening::Reopened), (39, Happening::Done)]),
            story(&[(45, Happening::Written(ItemState::Done))]),
            story(&[(88, open()), (95, Happening::Done)]),
            // Nothing happens to it for months, and it is open in each.
            story(&[(6, open())]),
        ]
    }

    #[test]
    fn every_month_says_what_happened_and_what_was_open_at_its_end() {
        let months = [(day(0), day(30)), (day(31), day(58)), (day(59), day(89))];
        let found = flow(&stories(), &months, &|commit| day(commit.unwrap()));
        let numbers = found.iter().map(|it| (it.written, it.done, it.dropped, it.open)).collect::<Vec<_>>();
        assert_eq!(numbers, [(3, 0, 0, 3), (2, 3, 0, 2), (1, 0, 1, 3)]);
        assert_eq!((found[1].from, found[1].to), months[1]);
    }

    #[test]
    fn what_was_before_the_first_month_is_open_in_it() {
        let months = [(day(31), day(58))];
        let found = flow(&stories(), &months, &|commit| day(commit.unwrap()));
        assert_eq!((found[0].written, found[0].done, found[0].open), (2, 3, 2));
        let totals = count(&stories(), months[0], &|commit| (day(commit.unwrap()), false));
        assert_eq!((totals.written, totals.done, totals.open_after), (2, 3, 2), "as the numbers of the period say");
    }
}
