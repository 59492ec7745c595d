//! `[evidence]`: whose incidents a bundle shows, whom to ask, and which numbers were never used.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Settings of evidence bundles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Whose incidents.
    pub organisation: Option<String>,
    /// Whom an auditor asks.
    pub contact: Option<String>,
    /// Ids that were given out and never used, with the reason: gaps in the numbers that are explained.
    #[serde(default)]
    pub unused_ids: BTreeMap<String, String>,
}
