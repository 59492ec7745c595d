//! Notices that possible breaches ask for.

use crate::evidence::notices::{Notices, sort};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns every notice of a possible breach.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn notices(&self) -> Result<Notices, KbError> {
        let today = self.today();
        let mut found =
            self.gather("", |row| row.is_governed, |found: &mut Notices, records| found.add(records, today))?;
        sort(&mut found.rows);
        Ok(found)
    }
}
