//! Which clocks run: for whom, under which regimes, for how many people, since when.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::clocks::{Clock, clocks};

/// The regime whose clocks run where none is named.
pub(crate) const USUAL_REGIME: &str = "HIPAA";

/// What an entity is to the people affected: theirs, or one that works for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Role {
    is_associate: bool,
    is_processor: bool,
}

impl Role {
    /// Reads a role as people write it; what is neither an associate nor a processor tells the people itself.
    #[must_use]
    pub(crate) fn of(text: &str) -> Self {
        let plain = text.to_ascii_lowercase();
        Self { is_associate: plain.contains("associate"), is_processor: plain.contains("processor") }
    }

    /// Reads a role that must be one.
    #[must_use]
    pub(crate) fn named(text: &str) -> Option<Self> {
        let plain = text.to_ascii_lowercase();
        let is_known = ["covered", "controller", "associate", "processor"].iter().any(|it| plain.contains(it));
        is_known.then(|| Self::of(text))
    }

    fn has(self, clock: &Clock) -> bool {
        match clock.key {
            "hipaa-business-associate" => self.is_associate,
            "gdpr-authority" => !self.is_processor,
            "gdpr-processor" => self.is_processor,
            _ => clock.regime != "HIPAA" || !self.is_associate,
        }
    }
}

/// Returns the clocks of these regimes for a breach discovered on that day: all that are for `role`, or for any where it is
/// not known. `is_enough` tells whether a clock that runs only for so many people runs.
pub(crate) fn clocks_for(
    role: Option<Role>,
    regimes: &[&str],
    discovered: NaiveDate,
    is_enough: impl Fn(&Clock, RangeInclusive<u64>) -> bool,
) -> Vec<&'static Clock> {
    // SB 446 is in force from then on.
    let is_in_force = |clock: &Clock| clock.key != "ca-individuals" || discovered.year() >= 2026;
    let applies = |clock: &&Clock| {
        regimes.contains(&clock.regime)
            // Without anybody to tell it is a delay.
            && !clock.recipient.is_empty()
            && is_in_force(clock)
            && role.is_none_or(|role| role.has(clock))
            && clock.people().is_none_or(|people| is_enough(clock, people))
    };
    clocks().iter().filter(applies).collect()
}

/// Reads a number of people; `1,200` and `1_200` are one, `1.200` may be two.
#[must_use]
pub(crate) fn people(text: &str) -> Option<u64> {
    text.trim().replace([',', '_', ' '], "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(role: &str, regime: &str, discovered: &str) -> Vec<&'static str> {
        let found = clocks_for(Role::named(role), &[regime], discovered.parse().unwrap(), |_, _| true);
        found.into_iter().map(|clock| clock.key).collect()
    }

    #[test]
    fn who_works_for_another_tells_that_one() {
        assert_eq!(keys("business-associate", "HIPAA", "2026-01-01"), ["hipaa-business-associate"]);
        assert_eq!(keys("covered entity", "HIPAA", "2026-01-01").len(), 4);
        assert_eq!(keys("", "HIPAA", "2026-01-01").len(), 5);
        assert_eq!(keys("processor", "GDPR", "2026-01-01"), ["gdpr-processor", "gdpr-data-subjects"]);
        assert_eq!(keys("controller", "GDPR", "2026-01-01"), ["gdpr-authority", "gdpr-data-subjects"]);
        assert_eq!(keys("business-associate", "NYDFS", "2026-01-01").len(), 3);
    }

    #[test]
    fn a_rule_runs_from_the_day_on_which_it_is_in_force() {
        assert_eq!(keys("", "California", "2025-12-31"), ["ca-attorney-general"]);
        assert_eq!(keys("", "California", "2026-01-01"), ["ca-individuals", "ca-attorney-general"]);
    }
}
