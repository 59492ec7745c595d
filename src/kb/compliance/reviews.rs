//! Reviews that documents promise.

use crate::evidence::reviews::{ReviewRow, rows};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns every promised review, the most overdue first; those without a day come last.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>, KbError> {
        Ok(rows(&self.governed("", |row| row.is_governed)?.records(), self.today()))
    }
}
