//! The clock, injected so that "today", "overdue" and the age of an index can be tested.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, Offset, Utc};

/// A source of the current time.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A fixed instant.
    Fixed(DateTime<Utc>),
}

/// The zone in which times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zone {
    /// UTC.
    #[default]
    Utc,
    /// The zone of this machine.
    Local,
    /// A zone that keeps one offset.
    Fixed(FixedOffset),
}

impl Clock {
    /// Returns the current instant.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(at) => at,
        }
    }

    /// Returns the current day in `zone`.
    #[must_use]
    pub fn today(self, zone: Zone) -> NaiveDate {
        self.now_in(zone).date_naive()
    }

    /// Returns the current instant as the clocks of `zone` show it.
    #[must_use]
    pub fn now_in(self, zone: Zone) -> DateTime<FixedOffset> {
        zone.at(self.now())
    }
}

impl Zone {
    /// Returns `instant` as the clocks of the zone show it.
    #[must_use]
    pub fn at(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::Utc => instant.fixed_offset(),
            Self::Local => instant.with_timezone(&Local).fixed_offset(),
            Self::Fixed(offset) => instant.with_timezone(&offset),
        }
    }

    /// Returns how the zone is written beside a time at `instant`: `UTC`, `UTC+02:00`.
    #[must_use]
    pub fn label(self, instant: DateTime<Utc>) -> String {
        let offset = self.at(instant).offset().fix();
        if offset.local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{offset}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_a_label_and_moves_the_hands() {
        let at: DateTime<Utc> = "2026-01-15T12:00:00Z".parse().unwrap();
        assert_eq!(Zone::Utc.label(at), "UTC");
        let zone = Zone::Fixed(FixedOffset::east_opt(7200).unwrap());
        assert_eq!(zone.label(at), "UTC+02:00");
        assert_eq!(Clock::Fixed(at).now_in(zone).format("%H:%M").to_string(), "14:00");
        let far = Zone::Fixed(FixedOffset::east_opt(12 * 3600).unwrap());
        assert_eq!([Zone::Utc, far].map(|it| Clock::Fixed(at).today(it).to_string()), ["2026-01-15", "2026-01-16"]);
    }
}
