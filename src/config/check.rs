//! `[check]` of `ris.toml`: levels and thresholds of `ris check`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A level that a team gives a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedLevel {
    /// Code of the rule.
    pub code: String,
    /// `allow`, `note`, `warn` or `deny`, as written.
    pub level: String,
}

/// Settings of `ris check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckConfig {
    /// Levels other than the built-in ones.
    pub levels: Vec<StatedLevel>,
    /// Days after its due date before an open action item counts as overdue.
    pub grace_days: i64,
    /// Path of the baseline, relative to the root.
    pub baseline: String,
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self { levels: Vec::new(), grace_days: 0, baseline: ".ris-baseline.json".to_owned() }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawCheck {
    #[serde(default)]
    rules: BTreeMap<String, String>,
    grace_days: Option<i64>,
    baseline: Option<String>,
}

impl RawCheck {
    /// Returns the settings.
    pub(super) fn checked(self) -> CheckConfig {
        let default = CheckConfig::default();
        let levels = self.rules.into_iter().map(|(code, level)| StatedLevel { code, level }).collect();
        CheckConfig {
            levels,
            grace_days: self.grace_days.unwrap_or(default.grace_days),
            baseline: self.baseline.unwrap_or(default.baseline),
        }
    }
}
