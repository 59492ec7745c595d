//! Reads the team's root-cause tags from the root of the knowledge base.

use std::path::Path;

use super::fs;

/// Name of the file in the root.
pub(crate) const TEAM_FILE: &str = "taxonomy.yaml";
/// A longer file is cut, which makes it no valid one.
const MAX_BYTES: u64 = 1 << 20;

/// Returns the text of the team's file, where there is one.
#[must_use]
pub(crate) fn read(root: &Path) -> Option<String> {
    let bytes = fs::read(&root.join(TEAM_FILE), MAX_BYTES).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
