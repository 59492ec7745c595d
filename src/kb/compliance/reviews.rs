//! Reviews that documents promise.

use crate::evidence::reviews::{ReviewRow, rows, sort};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns every promised review, the most overdue first; those without a day come last.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>, KbError> {
        let today = self.today();
        let mut found = self.gather(
            "",
            |row| row.is_governed,
            |found: &mut Vec<ReviewRow>, records| {
                found.extend(rows(records, today));
            },
        )?;
        sort(&mut found);
        Ok(found)
    }
}
