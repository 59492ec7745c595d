//! How much work is open in whole incidents, asked by their documents.

use super::groups;
use crate::index::{IndexError, Overview};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns, for each of `paths`, how many action items are open in all documents of the incident that it belongs
    /// to, and the path of the one that has most of them; for a document of no incident, in that document.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub(in crate::kb) fn open_work(&self, paths: &[&str]) -> Result<Vec<(u32, String)>, KbError> {
        self.ask(|open| {
            let overview = Overview::read(open)?;
            let rows = paths.iter().map(|path| overview.row_of(path)).collect::<Result<Vec<_>, _>>()?;
            let groups = groups(&overview);
            let work = |(path, row): (&&str, Option<usize>)| -> Result<(u32, String), IndexError> {
                let Some(row) = row else { return Ok((0, (*path).to_owned())) };
                let of_group = groups.iter().find(|group| group.rows.contains(&row));
                let all = of_group.map_or(vec![row], |group| group.rows.to_vec());
                let open = |row: usize| overview.rows[row].actions_open;
                // Of equals the one asked about, then the first.
                let most = all.iter().copied().rev().max_by_key(|it| (open(*it), *it == row)).unwrap_or(row);
                let path = if most == row { (*path).to_owned() } else { overview.summary(most)?.path };
                Ok((all.into_iter().map(open).sum(), path))
            };
            paths.iter().zip(rows).map(work).collect()
        })
    }
}
