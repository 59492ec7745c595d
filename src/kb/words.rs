//! Help for a search that found nothing.

use super::{KbError, KnowledgeBase, UnknownWord};
use crate::index;

impl KnowledgeBase {
    /// Returns the words of `query` that no document has, each with the nearest words that documents have.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn unknown_words(&self, query: &str) -> Result<Vec<UnknownWord>, KbError> {
        self.ask(|open| index::unknown_words(open, query))
    }

    /// Returns what is wrong with the fields of a query that finds nothing: fields that are none, and names that no
    /// document has. Full sentences.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read, or the query cannot be understood.
    pub fn search_advice(&self, query: &str) -> Result<Vec<String>, KbError> {
        self.ask(|open| index::advice(open, query))
    }
}
