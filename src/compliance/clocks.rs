//! Who must be told within what time once something is known.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::tsv;
use crate::model::working_days_after;

const CLOCKS: &str = include_str!("data/clocks.tsv");

/// The key of an assessment that says how many people are affected.
pub(super) const INDIVIDUALS: &str = "individuals";

/// The key that says how many of them are residents of one State, the one with the most.
pub(super) const RESIDENTS: &str = "residents-of-one-state";

/// What starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// The day it was discovered, or would have been by reasonable diligence.
    Discovery,
    /// The end of the calendar year of the discovery.
    EndOfYear,
    /// Something else, by its name in the data (`awareness`, `determination`).
    Other(&'static str),
}

/// What a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Days, weekends included.
    Days,
    /// Days without weekends; holidays are not known here.
    BusinessDays,
    /// Hours, through weekends.
    Hours,
    /// Calendar months.
    Months,
    /// No number: at once, or without undue delay.
    None,
}

/// A clock of notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Stable key (`hipaa-individuals`).
    pub key: &'static str,
    /// Whose rule it is.
    pub regime: &'static str,
    /// Where it stands.
    pub citation: &'static str,
    /// What starts it.
    pub trigger: Trigger,
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
    /// Who is told.
    pub recipient: &'static str,
    /// For whom it holds, and when.
    pub condition: &'static str,
    /// How sure the data is: `verified`, `regulation-text`, `secondary`, `unverified`.
    pub confidence: &'static str,
}

impl Clock {
    /// Tells whether the data was compared with the text of the rule.
    #[must_use]
    pub(crate) fn is_compared(&self) -> bool {
        !matches!(self.confidence, "secondary" | "unverified")
    }

    /// Tells whether it counts from the discovery where nothing else is said: who discovers a breach is aware of it.
    #[must_use]
    pub(crate) fn is_from_discovery(&self) -> bool {
        matches!(self.trigger, Trigger::Discovery | Trigger::EndOfYear | Trigger::Other("awareness"))
    }

    /// Returns of how many people it asks for a notice; `None` of any number.
    ///
    /// 500 or more for the Secretary (45 CFR 164.408), more than 500 residents of one State for the media (164.406).
    #[must_use]
    pub(crate) fn people(&self) -> Option<RangeInclusive<u64>> {
        match self.key {
            "hipaa-hhs-500-or-more" | "glba-ftc" => Some(500..=u64::MAX),
            "hipaa-hhs-under-500" => Some(0..=499),
            "hipaa-media" | "ca-attorney-general" => Some(501..=u64::MAX),
            "tx-attorney-general" => Some(250..=u64::MAX),
            _ => None,
        }
    }

    /// Returns the key of an assessment that states the number of those people.
    pub(super) fn counted(&self) -> &'static str {
        if self.key == "hipaa-media" { RESIDENTS } else { INDIVIDUALS }
    }

    /// Returns the last day on time for a clock that starts on `from`; `None` for hours and for clocks without a number.
    #[must_use]
    pub(crate) fn deadline(&self, from: NaiveDate) -> Option<NaiveDate> {
        let from = match self.trigger {
            Trigger::EndOfYear => NaiveDate::from_ymd_opt(from.year(), 12, 31)?,
            _ => from,
        };
        match self.unit {
            Unit::Days => from.checked_add_days(Days::new(u64::from(self.amount))),
            Unit::Months => from.checked_add_months(Months::new(self.amount)),
            Unit::BusinessDays => working_days_after(from, u16::try_from(self.amount).ok()?),
            Unit::Hours | Unit::None => None,
        }
    }

    fn of([key, regime, citation, trigger, amount, unit, recipient, condition, confidence]: [&'static str; 9]) -> Self {
        let trigger = match trigger {
            "discovery" => Trigger::Discovery,
            "end-of-calendar-year-of-discovery" => Trigger::EndOfYear,
            other => Trigger::Other(other),
        };
        let unit = match unit {
            "calendar-days" => Unit::Days,
            "business-days" => Unit::BusinessDays,
            "hours" => Unit::Hours,
            "months" => Unit::Months,
            _ => Unit::None,
        };
        let amount = amount.parse().unwrap_or(0);
        Self { key, regime, citation, trigger, amount, unit, recipient, condition, confidence }
    }
}

/// Returns every clock, in the order of the data.
#[must_use]
pub(crate) fn clocks() -> &'static [Clock] {
    static ALL: LazyLock<Vec<Clock>> = LazyLock::new(|| tsv::rows(CLOCKS).map(Clock::of).collect());
    &ALL
}

/// Returns the regimes that have clocks, each once, in the order of the data.
pub(crate) fn regimes() -> impl Iterator<Item = &'static str> {
    clocks().chunk_by(|one, next| one.regime == next.regime).map(|of_one| of_one[0].regime)
}

/// Returns the clock with this key.
#[must_use]
pub(crate) fn clock(key: &str) -> Option<&'static Clock> {
    clocks().iter().find(|clock| clock.key == key)
}
