//! Severity: the impact of an incident, 1 (critical) to 5 (informational).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A severity and nothing else; the text as written is in [`Extracted::raw`](super::Extracted::raw). The first is the
/// worst; where it is stored or handed out it is the number of its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Severity {
    /// Impact on everyone, or loss of data.
    Critical = 1,
    /// Major function lost.
    High,
    /// Partial loss.
    Medium,
    /// Minor.
    Low,
    /// For information.
    Info,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// Returns the severity of a level between 1 and 5.
    #[must_use]
    pub fn from_level(level: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.level() == level)
    }

    /// Returns the level: 1 (critical) to 5 (informational).
    #[must_use]
    pub fn level(self) -> u8 {
        self as u8
    }

    /// Returns the English word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }

    /// Returns the severity with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> Self {
        severity.level()
    }
}

impl TryFrom<u8> for Severity {
    type Error = &'static str;

    fn try_from(level: u8) -> Result<Self, Self::Error> {
        Self::from_level(level).ok_or("a severity is a number from 1 to 5")
    }
}
