//! Status: how far the handling of an incident has come.

use serde::{Deserialize, Serialize};

/// The state of an incident. Absent means unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusState {
    /// Known, nothing restored yet.
    Open,
    /// The cause is being looked for.
    Investigating,
    /// The effect is gone, the cause is not.
    Mitigated,
    /// Service and cause are dealt with.
    Resolved,
    /// Resolved and followed up.
    Closed,
}

impl StatusState {
    /// All states in the order an incident passes through them.
    pub const ALL: [Self; 5] = [Self::Open, Self::Investigating, Self::Mitigated, Self::Resolved, Self::Closed];

    /// Returns the lower-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Investigating => "investigating",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Tells whether the incident is over: nothing mitigated is.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }

    /// Returns the state with this lower-case name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
