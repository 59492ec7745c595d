//! What evidence is about and how it came to be: everything that is no content of a document.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Profile, Window};

/// Version of the layout of a bundle.
pub(super) const BUNDLE_FORMAT: &str = "1.0";

/// The commit that evidence is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its id in full.
    pub commit: String,
    /// When it was made (RFC 3339).
    pub commit_time: String,
    /// Id of its tree.
    pub tree: String,
    /// Where the knowledge base lies below the top of the repository; empty where it is the top.
    pub folder: String,
    /// Id of the blob of its settings, `ris.toml`; the defaults hold without one.
    pub settings: Option<String>,
    /// What they say of how documents are read, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reading: Vec<String>,
    /// Whether it is signed.
    pub commit_signature: CommitSignature,
    /// The folder held changes that are not in the commit, so that they are not in the bundle.
    pub dirty: bool,
}

/// Whether a commit is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommitSignature {
    /// It is; the signature is not verified here.
    Present,
    /// It is not.
    None,
}

/// What a bundle is about, and how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// Name of the bundle, which is that of its folder.
    pub bundle_id: String,
    /// Counts the bundles of this period in this place.
    pub version: u32,
    /// SHA-256 of the tag manifest of the version before.
    pub supersedes: Option<String>,
    /// Whose incidents.
    pub organisation: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The period.
    pub period: Window,
    /// The commit.
    pub source: Source,
    /// Who collected it.
    pub by: String,
    /// The program's version.
    pub tool_version: &'static str,
    /// The day as of which ages and delays are told.
    pub as_of: NaiveDate,
    /// The day of the run.
    pub bagged: NaiveDate,
    /// What was taken out.
    pub profile: Profile,
    /// The incidents whose documents were asked for; all without any.
    pub sample: Vec<String>,
    /// Who let sensitive text stay in.
    pub accepted_by: Option<String>,
}

impl About {
    /// Returns the organisation's name, or that there is none.
    #[must_use]
    pub fn organisation(&self) -> &str {
        self.organisation.as_deref().unwrap_or("not stated")
    }
}
