//! `[evidence]`: whose incidents a bundle shows, whom to ask, and what explains numbers and commits that look wrong.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Settings of evidence bundles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Whose incidents.
    pub organisation: Option<String>,
    /// Whom an auditor asks.
    pub contact: Option<String>,
    /// Ids that were given out and never used, with the reason: gaps in the numbers that are explained.
    #[serde(default, deserialize_with = "reasons")]
    pub unused_ids: BTreeMap<String, String>,
    /// Commits that took incidents out of a period for a good reason, with the reason: ids of commits, or their first
    /// digits (7 at least).
    #[serde(default, deserialize_with = "commits")]
    pub explained_commits: BTreeMap<String, String>,
}

/// Fewest digits that name a commit; git shows as many.
const LEAST_DIGITS: usize = 7;

/// What is explained without a word is not explained.
fn reasons<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let stated = BTreeMap::<String, String>::deserialize(from)?;
    match stated.iter().find(|(_, reason)| !reason.contains(char::is_alphanumeric)) {
        Some((what, _)) => Err(D::Error::custom(format!("`{what}` has no reason: write why"))),
        None => Ok(stated),
    }
}

fn commits<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let stated = reasons(from)?;
    let is_commit = |it: &String| it.len() >= LEAST_DIGITS && it.bytes().all(|byte| byte.is_ascii_hexdigit());
    match stated.keys().find(|it| !is_commit(it)) {
        Some(wrong) => Err(D::Error::custom(format!(
            "`{wrong}` is no id of a commit: at least {LEAST_DIGITS} of the digits that `git log` shows"
        ))),
        None => Ok(stated.into_iter().map(|(commit, reason)| (commit.to_ascii_lowercase(), reason)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::EvidenceConfig;

    #[test]
    fn what_is_explained_says_why() {
        let read = |text: &str| toml::from_str::<EvidenceConfig>(text).map_err(|error| error.to_string());
        let told =
            read("[unused-ids]\n\"INC-2026-04\" = \"reserved\"\n[explained-commits]\nABCDEF12 = \"a copy\"\n").unwrap();
        assert!(told.unused_ids.len() == 1 && told.explained_commits.contains_key("abcdef12"), "{told:?}");
        for empty in ["[unused-ids]\n\"INC-2026-04\" = \" \"\n", "[explained-commits]\nabcdef12 = \"\"\n"] {
            assert!(read(empty).unwrap_err().contains("has no reason: write why"), "{empty}");
        }
    }
}
