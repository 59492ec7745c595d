//! The search by a pasted error, stack trace or log.

use crate::index::answer::{LogRequest, LogResults};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;

/// Finds the incidents that share rare words with a paste.
pub(crate) fn search_log(_open: &OpenIndex, _request: &LogRequest) -> Result<LogResults, IndexError> {
    Ok(LogResults { words: Vec::new(), hits: Vec::new(), notices: Vec::new() })
}
