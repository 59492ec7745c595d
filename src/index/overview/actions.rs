//! Action items of every row. Their columns are known here and in `index::actions`, nowhere else.

use rustc_hash::FxHashMap;

use super::view::Overview;
use crate::index::actions::{ActionColumns, ActionMark, StoredAction, stored_actions};
use crate::index::error::IndexError;

/// An action item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ActionRow {
    /// Row of its document.
    pub(crate) row: u32,
    /// Its place among the items of the document.
    pub(crate) position: u32,
    pub(crate) mark: ActionMark,
    /// Number of its owner among the owners; the owner of number 0 has no name.
    pub(crate) owner: u32,
}

/// Every action item, document by document, in the order of the files.
#[derive(Debug, Default)]
pub(crate) struct ActionRows {
    pub(crate) items: Vec<ActionRow>,
    /// Owners as written, each once; the first has no name.
    pub(crate) owners: Vec<String>,
}

impl Overview<'_> {
    /// Reads every action item that `wanted` says yes to.
    pub(crate) fn actions(&self, wanted: impl Fn(usize, &ActionMark) -> bool) -> Result<ActionRows, IndexError> {
        self.read_actions(&wanted).map_err(|error| self.open.fail(error))
    }

    fn read_actions(&self, wanted: &dyn Fn(usize, &ActionMark) -> bool) -> tantivy::Result<ActionRows> {
        let mut rows = ActionRows { items: Vec::new(), owners: vec![String::new()] };
        let mut known: FxHashMap<String, u32> = std::iter::once((String::new(), 0)).collect();
        let mut at = 0;
        for (ordinal, reader) in (0_u32..).zip(self.searcher.segment_readers()) {
            let columns = ActionColumns::open(reader)?;
            let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
            while let Some(row) = self.rows.get(at).filter(|row| row.address.segment_ord == ordinal) {
                for (position, (mark, owner)) in (0_u32..).zip(columns.of(row.address.doc_id)) {
                    if !wanted(at, &mark) {
                        continue;
                    }
                    let owner = match owner {
                        None => 0,
                        Some(owner) => match numbers.get(&owner) {
                            Some(number) => *number,
                            None => {
                                let name = columns.owner(owner)?;
                                let next = u32::try_from(known.len()).unwrap_or(0);
                                let number = *known.entry(name).or_insert_with_key(|name| {
                                    rows.owners.push(name.clone());
                                    next
                                });
                                numbers.insert(owner, number);
                                number
                            }
                        },
                    };
                    rows.items.push(ActionRow { row: u32::try_from(at).unwrap_or(u32::MAX), position, mark, owner });
                }
                at += 1;
            }
        }
        Ok(rows)
    }

    /// Returns what the store keeps of the action items of a row's document, in the order of the file.
    pub(crate) fn stored_actions(&self, row: usize) -> Result<Vec<StoredAction<'static>>, IndexError> {
        stored_actions(self.open, &self.searcher, self.rows[row].address).map_err(|error| self.open.fail(error))
    }
}
