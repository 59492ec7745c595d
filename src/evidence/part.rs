//! A file of a bundle and what it is.

use super::bag::BagFile;

/// A file of the bundle and what it is.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) file: BagFile,
    pub(super) role: &'static str,
    pub(super) incident: Option<String>,
    /// The path and the blob that it is a copy of.
    pub(super) source: Option<(String, String)>,
}

impl Part {
    /// Returns a file of text that is no copy.
    pub(super) fn text(path: &str, role: &'static str, text: String) -> Self {
        let file = BagFile { path: path.to_owned(), bytes: text.into_bytes() };
        Self { file, role, incident: None, source: None }
    }

    /// Returns a page of JSON.
    pub(super) fn json(path: &str, role: &'static str, value: &serde_json::Value) -> Self {
        Self::text(path, role, format!("{value:#}\n"))
    }
}
