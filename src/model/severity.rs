//! Severity: the impact of an incident, 1 (critical) to 5 (informational).

/// A severity level and nothing else; the text as written is in [`Extracted::raw`](super::Extracted::raw).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Severity(u8);

impl Severity {
    /// Impact on everyone, or loss of data.
    pub const CRITICAL: Self = Self(1);
    /// Major function lost.
    pub const HIGH: Self = Self(2);
    /// Partial loss.
    pub const MEDIUM: Self = Self(3);
    /// Minor.
    pub const LOW: Self = Self(4);
    /// For information.
    pub const INFO: Self = Self(5);

    /// Returns the level if `level` is between 1 and 5.
    #[must_use]
    pub fn from_level(level: u8) -> Option<Self> {
        (1..=5).contains(&level).then_some(Self(level))
    }

    /// Returns the level: 1 (critical) to 5 (informational).
    #[must_use]
    pub fn level(self) -> u8 {
        self.0
    }

    /// Returns the English word for the level.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self.0 {
            1 => "critical",
            2 => "high",
            3 => "medium",
            4 => "low",
            _ => "info",
        }
    }
}
