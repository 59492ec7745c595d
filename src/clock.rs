//! The clock, injected so that "today", "overdue" and the age of an index can be tested.

use chrono::{DateTime, NaiveDate, Utc};

/// A source of the current time.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A fixed instant.
    Fixed(DateTime<Utc>),
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

    /// Returns the current day in UTC.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.now().date_naive()
    }
}
