//! How much work is open in whole incidents, asked by their documents.

use super::groups;
use crate::index::Overview;
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns, for each of `paths`, how many action items are open in all documents of the incident that it belongs
    /// to; for a document of no incident, in that document.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub(in crate::kb) fn open_work(&self, paths: &[&str]) -> Result<Vec<u32>, KbError> {
        self.ask(|open| {
            let overview = Overview::read(open)?;
            let rows = paths.iter().map(|path| overview.row_of(path)).collect::<Result<Vec<_>, _>>()?;
            let mut counts: Vec<u32> =
                rows.iter().map(|row| row.map_or(0, |row| overview.rows[row].actions_open)).collect();
            for group in groups(&overview) {
                for at in (0..rows.len()).filter(|at| rows[*at].is_some_and(|row| group.rows.contains(&row))) {
                    counts[at] = group.actions(&overview).0;
                }
            }
            Ok(counts)
        })
    }
}
