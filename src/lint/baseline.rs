//! The baseline: findings that a team has accepted for now, so that only new ones fail.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Finding;

/// Version of the file.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    known: BTreeSet<Known>,
}

/// What a finding is known by: not its line, so that it may move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: String,
    code: String,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    findings: Vec<Known>,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is no baseline.
    #[error("not a baseline of `ris check`: {0}")]
    Malformed(String),
    /// A later ris wrote it.
    #[error("written by a later version of ris (version {0} of the file)")]
    TooNew(u32),
}

impl Baseline {
    /// Returns the baseline that holds `findings`.
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        Self { known: findings.into_iter().map(known).collect() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// Where `text` is none.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text).map_err(|error| BaselineError::Malformed(error.to_string()))?;
        if file.version > VERSION {
            return Err(BaselineError::TooNew(file.version));
        }
        Ok(Self { known: file.findings.into_iter().collect() })
    }

    /// Returns the file, one finding a line, so that it merges well.
    #[must_use]
    pub fn render(&self) -> String {
        let line =
            |it: &Known| format!("    {}", serde_json::to_string(it).expect("plain data always has a JSON form"));
        let lines: Vec<String> = self.known.iter().map(line).collect();
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n"))
    }

    /// Tells whether `finding` is known.
    #[must_use]
    pub fn knows(&self, finding: &Finding) -> bool {
        self.known.contains(&known(finding))
    }

    /// Returns how many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Tells whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

fn known(finding: &Finding) -> Known {
    Known {
        path: finding.path.clone(),
        code: finding.diagnostic.code.to_owned(),
        fingerprint: finding.fingerprint.clone(),
    }
}
