//! `[evidence]`: whose incidents a bundle shows, whom to ask, and what explains numbers and commits that look wrong.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Problem;
use super::place::way;

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
    /// Commits that took incidents out of a period for a good reason, with the reason: ids of commits, or their first
    /// digits (7 at least).
    #[serde(default)]
    pub explained_commits: BTreeMap<String, String>,
}

/// Fewest digits that name a commit; git shows as many.
const LEAST_DIGITS: usize = 7;

impl EvidenceConfig {
    /// Returns the settings once they are known to mean something; ids of commits in lower case.
    pub(super) fn checked(self) -> Result<Self, Problem> {
        explained("unused-ids", &self.unused_ids)?;
        explained("explained-commits", &self.explained_commits)?;
        let is_commit = |it: &String| it.len() >= LEAST_DIGITS && it.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(wrong) = self.explained_commits.keys().find(|it| !is_commit(it)) {
            let hint = format!("write at least {LEAST_DIGITS} of the digits that `git log` shows");
            return Err((
                way(&["evidence", "explained-commits", wrong]),
                format!("`{wrong}` is no id of a commit"),
                hint,
            ));
        }
        let lower = |(commit, reason): (String, String)| (commit.to_ascii_lowercase(), reason);
        Ok(Self { explained_commits: self.explained_commits.into_iter().map(lower).collect(), ..self })
    }
}

/// What is explained without a word is not explained.
fn explained(key: &str, reasons: &BTreeMap<String, String>) -> Result<(), Problem> {
    match reasons.iter().find(|(_, reason)| !reason.contains(char::is_alphanumeric)) {
        Some((what, _)) => {
            let hint = format!("an auditor reads it: `\"{what}\" = \"reserved, never used\"`");
            Err((way(&["evidence", key, what]), format!("`{what}` has no reason: write why"), hint))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::EvidenceConfig;

    #[test]
    fn what_is_explained_says_why() {
        let read = |text: &str| {
            let stated: EvidenceConfig = toml::from_str(text).unwrap();
            stated.checked().map_err(|(_, message, _)| message)
        };
        let told =
            read("[unused-ids]\n\"INC-2026-04\" = \"reserved\"\n[explained-commits]\nABCDEF12 = \"a copy\"\n").unwrap();
        assert!(told.unused_ids.len() == 1 && told.explained_commits.contains_key("abcdef12"), "{told:?}");
        for empty in ["[unused-ids]\n\"INC-2026-04\" = \" \"\n", "[explained-commits]\nabcdef12 = \"\"\n"] {
            assert!(read(empty).unwrap_err().contains("has no reason: write why"), "{empty}");
        }
    }
}
