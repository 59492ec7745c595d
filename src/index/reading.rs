//! A document of any bytes: one that cannot be read is a rejected one, so that it is accounted for.

use std::error::Error;

use super::guard::quietly;
use crate::model::Document;
use crate::parse::{ParseOptions, Parsed, parse, parse_items};
use crate::store::fs::FsError;

/// Parses; a fault of the parser costs the document, never the run.
pub(crate) fn parse_or_reject(path: &str, bytes: &[u8], options: &ParseOptions) -> Parsed {
    let failed = || rejected(path, "internal-error", "the reader failed on it; please report this".to_owned());
    quietly(|| parse(path, bytes, options)).unwrap_or_else(failed)
}

/// Reads the action items of a document; a fault of the parser costs the document, never the run.
pub(crate) fn parse_items_or_reject(path: &str, bytes: &[u8], options: &ParseOptions) -> Document {
    let failed = || Document::rejected(path, "internal-error", String::new());
    quietly(|| parse_items(path, bytes, options).document).unwrap_or_else(failed)
}

/// Returns what a file is taken for that cannot be read.
pub(crate) fn unreadable(path: &str, error: &FsError) -> Parsed {
    let cause = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
    rejected(path, "unreadable", format!("cannot be read{cause}"))
}

/// Returns a document of which nothing is known but why.
pub(crate) fn rejected(path: &str, code: &'static str, reason: String) -> Parsed {
    Parsed { document: Document::rejected(path, code, reason), text: String::new() }
}
