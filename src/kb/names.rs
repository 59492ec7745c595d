//! Names that documents have, for whoever is typing one.

use super::{KbError, KnowledgeBase, KnownName, NameField};
use crate::index;

impl KnowledgeBase {
    /// Returns at most `limit` names of the kind `field` that begin with `prefix`, without regard to case, sorted.
    /// Answers from the index as it is, and mends nothing: whoever presses a key waits for no rebuild.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn known_names(&self, field: NameField, prefix: &str, limit: usize) -> Result<Vec<KnownName>, KbError> {
        let open = self.current_index()?;
        Ok(index::guarded(open.folder(), || index::names(&open, field, prefix, limit))?)
    }
}
