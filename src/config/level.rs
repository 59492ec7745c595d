//! How much a rule weighs.

use crate::diag::Level;

/// What a team makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleLevel {
    /// Not told.
    Allow,
    /// Advice: told, and never a failure unless asked for.
    Note,
    /// Told; a failure only with `--deny warnings`.
    Warn,
    /// Told, and the check fails.
    Deny,
}

impl RuleLevel {
    /// Every level, the lightest first.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Note, Self::Warn, Self::Deny];

    /// Returns the name used in settings and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// Returns the level with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// Returns the level that its findings are shown with; `None` where they are not shown.
    #[must_use]
    pub fn shown(self) -> Option<Level> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Level::Note),
            Self::Warn => Some(Level::Warning),
            Self::Deny => Some(Level::Error),
        }
    }
}
