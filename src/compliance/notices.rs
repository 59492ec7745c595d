//! Who is owed a notice of a possible breach, by when, and whether it was given.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::assessment::{Assessment, is_waiver};
use super::clocks::{Clock, Trigger, Unit, clock, clocks};
use super::point::Point;

/// Notices that start another clock, by what the data calls that start.
const FOLLOWS: [(&str, &str); 4] = [
    ("initial-notification", "dora-initial"),
    ("intermediate-report", "dora-intermediate"),
    ("incident-notification", "nis2-notification"),
    ("consumer-notice", "ca-individuals"),
];

/// How many residents of one State are affected, where most are.
const RESIDENTS: &str = "residents-of-one-state";

/// A notice that a clock asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
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
    pub fn given(&self, as_of: Point) -> Option<Point> {
        self.told.filter(|told| !self.discovered.is_after(*told) && !told.is_after(as_of))
    }

    /// Returns how it stands at `as_of`; the last day itself is on time, and so is the last minute of a clock of hours.
    #[must_use]
    pub fn state(&self, as_of: Point) -> NoticeState {
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
    pub fn counted_from(&self) -> String {
        self.from.0.replace('-', " ")
    }
}

impl Assessment<'_> {
    /// Returns the notices that the clocks ask for which have started and have a number: given, owed, or waived, as all are
    /// that nobody was given where the conclusion is that it is no breach.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let Some((discovered, _)) = self.discovered() else { return Vec::new() };
        let regimes = self.regimes();
        let applies = |clock: &&Clock| regimes.contains(&clock.regime) && self.applies(clock, discovered.day);
        clocks().iter().filter(applies).filter_map(|clock| self.notice(clock, discovered)).collect()
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
            "awareness" => Some(discovered),
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

    /// Tells whether a clock is one for this entity and for so many people, as far as the record says.
    fn applies(&self, clock: &Clock, discovered: NaiveDate) -> bool {
        let is_enough = |people: RangeInclusive<u64>| self.people(clock).is_some_and(|it| people.contains(&it));
        self.is_asked_of(clock, discovered) && clock.people().is_none_or(is_enough)
    }

    /// Returns the number of those that a clock counts, where it is stated.
    fn people(&self, clock: &Clock) -> Option<u64> {
        self.number(counted(clock))
    }

    /// Returns what of the record cannot be read or is not there, so that no clock runs or one may be left out: each a part of
    /// a sentence. Nothing where the conclusion is that nobody must be told.
    #[must_use]
    pub fn unclear(&self) -> Vec<String> {
        if self.is_no_breach() {
            return Vec::new();
        }
        let Some((discovered, _)) = self.discovered() else {
            let what = if self.get("discovered").is_some() { "no day that can be read" } else { "not stated" };
            return vec![format!("`discovered` is {what}: no clock runs")];
        };
        let unreadable = self.unreadable().map(|(key, wanted, _)| format!("`{key}` should be {wanted}"));
        let unknown = self.unknown_regimes().map(|(name, _)| format!("there are no clocks of `{name}`"));
        let uncounted = ["individuals", RESIDENTS].into_iter().filter_map(|key| {
            let told = self.uncounted(key, discovered.day);
            (!told.is_empty()).then(|| format!("`{key}` is not stated, on which notices hang: {}", told.join(", ")))
        });
        unreadable.chain(unknown).chain(uncounted).collect()
    }

    /// Returns who is told only from some number of people on, where `key`, that number, is not stated. The residents of one
    /// State are no more than all.
    fn uncounted(&self, key: &str, discovered: NaiveDate) -> Vec<&'static str> {
        let regimes = self.regimes();
        let may_be_enough = |clock: &Clock| match (clock.people(), self.number("individuals")) {
            (None, _) => false,
            (Some(people), Some(all)) => *people.start() <= all,
            (Some(_), None) => key != RESIDENTS,
        };
        let hangs = |clock: &&Clock| {
            counted(clock) == key
                && regimes.contains(&clock.regime)
                && self.is_asked_of(clock, discovered)
                && may_be_enough(clock)
        };
        let unsaid = self.get(key).is_none();
        let mut told: Vec<_> = clocks().iter().filter(|_| unsaid).filter(hangs).map(|clock| clock.recipient).collect();
        told.dedup();
        told
    }

    /// Tells whether a clock is one for this entity, on that day.
    fn is_asked_of(&self, clock: &Clock, discovered: NaiveDate) -> bool {
        let is_associate = self.is_role("associate");
        match clock.key {
            "hipaa-law-enforcement-oral" => false,
            "hipaa-business-associate" => is_associate,
            "gdpr-authority" => !self.is_role("processor"),
            // SB 446 is in force from then on.
            "ca-individuals" => discovered.year() >= 2026,
            _ => clock.regime != "HIPAA" || !is_associate,
        }
    }
}

/// Returns the key of the number of those that a clock counts.
fn counted(clock: &Clock) -> &'static str {
    if clock.key == "hipaa-media" { RESIDENTS } else { "individuals" }
}

/// Returns what a notice is recorded as, behind `notified-`; one notice may stop two clocks.
fn name_of(clock: &Clock) -> &'static str {
    match clock.key {
        "hipaa-individuals" => "individuals",
        "hipaa-media" => "media",
        "hipaa-hhs-500-or-more" | "hipaa-hhs-under-500" => "secretary",
        "hipaa-business-associate" => "covered-entity",
        "dora-initial-awareness" | "dora-initial-classification" => "dora-initial",
        key => key,
    }
}
