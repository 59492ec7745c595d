//! Help for a search that found nothing.

use super::{KbError, KnowledgeBase, UnknownWord};
use crate::index;

impl KnowledgeBase {
    /// Returns the words of `query` that no document has, each with the nearest words that documents have.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn unknown_words(&self, query: &str) -> Result<Vec<UnknownWord>, KbError> {
        Ok(self.answer(|open| index::unknown_words(open, query), |_, _| {})?)
    }
}
