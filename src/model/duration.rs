//! Durations of an incident: what was written and what the timeline gives.

use serde::Serialize;

use super::{Origin, OriginKind};

/// Which stretch of an incident a duration measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DurationKind {
    /// From the start to the detection.
    Detect,
    /// From the detection (or start) to the end of the effect.
    Mitigate,
    /// From the detection (or start) to the resolution.
    Resolve,
    /// From the start to the resolution.
    Total,
}

impl DurationKind {
    /// Returns the name used in JSON: `detect`, `mitigate`, `resolve` or `total`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Mitigate => "mitigate",
            Self::Resolve => "resolve",
            Self::Total => "total",
        }
    }
}

/// A duration that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDuration {
    /// What it measures.
    pub kind: DurationKind,
    /// The text as written.
    pub raw: String,
    /// Minutes, where the text could be understood.
    pub minutes: Option<i64>,
    /// Written as an estimate: `about 2 hours`, `4–5 h`.
    pub approximate: bool,
    /// Where it was read.
    pub origin: Origin,
}

impl StatedDuration {
    /// Tells whether it is no exact figure: called an estimate, or told in running text.
    #[must_use]
    pub fn is_estimate(&self) -> bool {
        self.approximate || self.origin.kind == OriginKind::Inferred
    }
}

/// A duration worked out from the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComputedDuration {
    /// What it measures.
    pub kind: DurationKind,
    /// Minutes.
    pub minutes: i64,
}

/// Written and computed durations, kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Durations {
    /// As written.
    pub stated: Vec<StatedDuration>,
    /// As the timeline gives them.
    pub computed: Vec<ComputedDuration>,
}

/// Returns minutes as people write them: `9 h 50 min`, `2 d 1 h`, `25 min`.
#[must_use]
pub fn format_minutes(minutes: i64) -> String {
    let (sign, minutes) = if minutes < 0 { ("-", -minutes) } else { ("", minutes) };
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(format!("{days} d"));
    }
    if hours > 0 {
        parts.push(format!("{hours} h"));
    }
    if rest > 0 || parts.is_empty() {
        parts.push(format!("{rest} min"));
    }
    format!("{sign}{}", parts.join(" "))
}
