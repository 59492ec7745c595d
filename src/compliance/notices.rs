//! Who is owed a notice of a possible breach, by when, and whether it was given.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::assessment::{Assessment, is_waiver};
use super::clocks::{Clock, Trigger, Unit, clock};
use super::point::Point;
use super::who::clocks_for;

/// Notices that start another clock, by what the data calls that start.
const FOLLOWS: [(&str, &str); 4] = [
    ("initial-notification", "dora-initial"),
    ("intermediate-report", "dora-intermediate"),
    ("incident-notification", "nis2-notification"),
    ("consumer-notice", "ca-individuals"),
];

/// A notice that a clock asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The rule.
    pub clock: &'static Clock,
    /// What it is recorded as, behind `notified-`.
    pub name: &'static str,
    /// What the clock counts from, as the data calls it, and when that was.
    pub from: (&'static str, Point),
    /// The last moment.
    pub due: Point,
    /// When they were told, as it is written.
    pub told: Option<Point>,
    /// Why no notice is given, where the record says so: in place of its day, or by its conclusion.
    pub waived: Option<String>,
    /// The discovery, before which nobody can have been told.
    discovered: Point,
}

/// How a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeState {
    /// Not given, and its day is past.
    Overdue,
    /// Not given yet.
    Open,
    /// Given after its last day.
    Late,
    /// Given in time.
    Given,
    /// The record says why none is given.
    Waived,
}

impl NoticeState {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Late => "late",
            Self::Given => "given",
            Self::Waived => "waived",
        }
    }
}

impl Notice {
    /// Returns when they were told, unless nobody can have been then: before the discovery, or after `as_of`.
    #[must_use]
    pub(crate) fn given(&self, as_of: Point) -> Option<Point> {
        self.told.filter(|told| !self.discovered.is_after(*told) && !told.is_after(as_of))
    }

    /// Returns how it stands at `as_of`; the last day itself is on time, and so is the last minute of a clock of hours.
    #[must_use]
    pub(crate) fn state(&self, as_of: Point) -> NoticeState {
        match self.given(as_of) {
            Some(told) if told.is_after(self.due) => NoticeState::Late,
            Some(_) => NoticeState::Given,
            None if self.waived.is_some() => NoticeState::Waived,
            None if as_of.is_after(self.due) => NoticeState::Overdue,
            None => NoticeState::Open,
        }
    }

    /// Returns what the clock counts from, in words.
    #[must_use]
    pub(crate) fn counted_from(&self) -> String {
        self.from.0.replace('-', " ")
    }
}

impl Assessment<'_> {
    /// Returns the notices that the clocks ask for which have started and have a number: given, owed, or waived, as all are
    /// that nobody was given where the conclusion is that it is no breach.
    #[must_use]
    pub(crate) fn notices(&self) -> Vec<Notice> {
        let Some((discovered, _)) = self.discovered() else { return Vec::new() };
        let is_enough = |clock: &Clock, people: RangeInclusive<u64>| {
            self.number(clock.counted()).is_some_and(|it| people.contains(&it))
        };
        let clocks = clocks_for(Some(self.role()), &self.regimes(), discovered.day, is_enough);
        clocks.into_iter().filter_map(|clock| self.notice(clock, discovered)).collect()
    }

    fn notice(&self, clock: &'static Clock, discovered: Point) -> Option<Notice> {
        let (trigger, start) = self.start_of(clock, discovered)?;
        let due = match clock.unit {
            Unit::Hours => start.plus_hours(clock.amount)?,
            _ => clock.deadline(start.day)?.into(),
        };
        let due = if clock.regime == "HIPAA" { self.delayed(due) } else { due };
        let name = name_of(clock);
        // `notified: <day>` is said of all.
        let stated = self.get(&format!("notified-{name}")).or_else(|| self.get("notified"));
        let told = stated.and_then(|it| Point::parse(&it.value));
        let waiver = stated.filter(|it| told.is_none() && is_waiver(&it.value));
        let waiver = waiver.or_else(|| self.get("conclusion").filter(|_| self.is_no_breach()));
        Some(Notice {
            clock,
            name,
            from: (trigger, start),
            due,
            told,
            waived: waiver.map(|it| it.value.trim().to_owned()),
            discovered,
        })
    }

    /// Returns what started a clock; a clock that counts from awareness counts from the discovery where no other moment
    /// is stated.
    fn start_of(&self, clock: &Clock, discovered: Point) -> Option<(&'static str, Point)> {
        let trigger = match clock.trigger {
            Trigger::Discovery => return Some(("discovery", discovered)),
            Trigger::EndOfYear => {
                let end = NaiveDate::from_ymd_opt(discovered.day.year(), 12, 31)?;
                return Some(("end of the year of discovery", end.into()));
            }
            Trigger::Other(trigger) => trigger,
        };
        let follows = || FOLLOWS.iter().find(|(what, _)| *what == trigger).map(|(_, notice)| *notice);
        let start = self.point(trigger).or_else(|| match trigger {
            _ if clock.is_from_discovery() => Some(discovered),
            _ => self.point(&format!("notified-{}", follows()?)),
        });
        Some((trigger, start?))
    }

    /// Law enforcement may ask to wait: in writing until a day, orally for 30 days at most (45 CFR 164.412). What was asked
    /// for after the last day cures no delay.
    fn delayed(&self, due: Point) -> Point {
        let written = self.point("law-enforcement-until").map(|it| it.day);
        let oral = self.point("law-enforcement-oral").filter(|asked| !asked.is_after(due));
        let oral = oral.and_then(|it| clock("hipaa-law-enforcement-oral")?.deadline(it.day));
        let until = written.or(oral).filter(|until| *until > due.day);
        until.map_or(due, Point::from)
    }
}

/// Returns what a notice is recorded as, behind `notified-`; one notice may stop two clocks.
pub(super) fn name_of(clock: &Clock) -> &'static str {
    match clock.key {
        "hipaa-individuals" => "individuals",
        "hipaa-media" => "media",
        "hipaa-hhs-500-or-more" | "hipaa-hhs-under-500" => "secretary",
        "hipaa-business-associate" => "covered-entity",
        "dora-initial-awareness" | "dora-initial-classification" => "dora-initial",
        key => key,
    }
}
