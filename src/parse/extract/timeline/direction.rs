//! Whether the times of day of a list run forwards or, as on status pages, with the latest first.

use chrono::{NaiveTime, TimeDelta};

use super::Piece;

/// A step of this much against the direction of a list crosses midnight; less is an entry out of order.
pub(super) const CROSSING: TimeDelta = TimeDelta::hours(6);

/// Two entries have no direction: `18:00`, `10:00` cross midnight.
const FEWEST: usize = 3;

/// How the times of a list run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Forwards,
    /// The latest first; the first entry is so many midnights behind the last.
    Backwards(u64),
}

impl Direction {
    /// Returns the direction of the list that begins with the first of `pieces`: it ends where another list, a day or a dated
    /// entry begins. Backwards run those lists that are then in better order and told in less time.
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let (mut forwards, mut backwards) = (Course::default(), Course::default());
        let mut last: Option<NaiveTime> = None;
        let mut count = 0;
        for (at, piece) in pieces.iter().enumerate() {
            let found = match piece {
                Piece::Entry(found) if at == 0 || found.when.date.is_none() => found,
                Piece::Zone(_) | Piece::Year(_) => continue,
                Piece::Entry(_) | Piece::Date(_) | Piece::Begin => break,
            };
            let Some(time) = found.when.time else { continue };
            if let Some(last) = last {
                forwards.step(last, time);
                backwards.step(time, last);
            }
            last = Some(time);
            count += 1;
        }
        let better = backwards.disorder < forwards.disorder
            || backwards.disorder == forwards.disorder && backwards.midnights == 0;
        if count >= FEWEST && better && backwards.span < forwards.span {
            Self::Backwards(backwards.midnights)
        } else {
            Self::Forwards
        }
    }
}

/// What a list is if its times run in one direction.
#[derive(Default)]
struct Course {
    span: TimeDelta,
    midnights: u64,
    /// Steps against the direction.
    disorder: usize,
}

impl Course {
    fn step(&mut self, from: NaiveTime, to: NaiveTime) {
        if crosses_midnight(from, to) {
            self.span += TimeDelta::days(1);
            self.midnights += 1;
        } else {
            self.disorder += usize::from(to < from);
        }
        self.span += to - from;
    }
}

/// Tells whether the second of two times belongs to the day after the first.
pub(super) fn crosses_midnight(from: NaiveTime, to: NaiveTime) -> bool {
    from - to >= CROSSING
}
