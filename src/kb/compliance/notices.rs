//! Notices that possible breaches ask for.

use crate::evidence::notices::{NoticeRow, rows, sort};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns every notice of a possible breach, those still to be given first, the one due first at the top.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn notices(&self) -> Result<Vec<NoticeRow>, KbError> {
        let today = self.today();
        let mut found = self.gather(
            "",
            |row| row.is_governed,
            |found: &mut Vec<NoticeRow>, records| {
                found.extend(rows(records, today));
            },
        )?;
        sort(&mut found);
        Ok(found)
    }
}
