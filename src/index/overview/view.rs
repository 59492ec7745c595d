//! The rows of one commit, and the way back from a row to its document.

use std::ops::Deref;
use std::sync::Arc;

use tantivy::{DocAddress, Searcher};

use super::table::Table;
use super::texts::Texts;
use crate::index::answer::{DocumentSummary, FacetField};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::postings::addresses;
use crate::index::search::{load, matching};

/// All rows of one commit.
pub(crate) struct Overview<'a> {
    pub(super) open: &'a OpenIndex,
    pub(super) searcher: Searcher,
    table: Arc<Table>,
}

impl Deref for Overview<'_> {
    type Target = Table;

    fn deref(&self) -> &Table {
        &self.table
    }
}

impl<'a> Overview<'a> {
    /// Returns the rows of every document that could be read.
    pub(crate) fn read(open: &'a OpenIndex) -> Result<Self, IndexError> {
        let searcher = open.searcher();
        let table = open.table.get(&searcher, || Table::read(open, &searcher)).map_err(|error| open.fail(error))?;
        Ok(Self { open, searcher, table })
    }

    /// Returns the rows that a query matches strictly, in order.
    pub(crate) fn matching(&self, query: &str) -> Result<Vec<usize>, IndexError> {
        let addresses = matching(self.open, &self.searcher, query)?;
        Ok(addresses.into_iter().filter_map(|it| self.row_at(it)).collect())
    }

    pub(super) fn row_at(&self, address: DocAddress) -> Option<usize> {
        self.rows.binary_search_by_key(&address, |row| row.address).ok()
    }

    /// Returns the row of the document with this path.
    pub(crate) fn row_of(&self, path: &str) -> Result<Option<usize>, IndexError> {
        let found = addresses(&self.searcher, &self.open.fields.path_term(path));
        let found = found.map_err(|error| self.open.fail(error))?;
        Ok(found.into_iter().find_map(|it| self.row_at(it)))
    }

    /// Returns the path of every row.
    pub(crate) fn paths(&self) -> Result<Vec<String>, IndexError> {
        let read = || -> tantivy::Result<Vec<String>> {
            let mut paths = Vec::with_capacity(self.rows.len());
            for of_segment in self.rows.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
                let segment = self.searcher.segment_reader(of_segment[0].address.segment_ord);
                let files = segment.fast_fields().str("file")?;
                for row in of_segment {
                    let mut path = String::new();
                    if let Some(files) = &files
                        && let Some(ord) = files.ords().first(row.address.doc_id)
                    {
                        files.ord_to_str(ord, &mut path)?;
                    }
                    paths.push(path);
                }
            }
            Ok(paths)
        };
        read().map_err(|error| self.open.fail(error))
    }

    /// Returns what the lists show of a row's document.
    pub(crate) fn summary(&self, row: usize) -> Result<DocumentSummary, IndexError> {
        let stored = load(self.open, &self.searcher, self.rows[row].address);
        Ok(stored.map_err(|error| self.open.fail(error))?.summary)
    }

    /// Returns the services or the tags of every row.
    pub(crate) fn texts(&self, field: FacetField) -> Result<Arc<Texts>, IndexError> {
        self.table.texts(&self.searcher, field.as_str()).map_err(|error| self.open.fail(error))
    }

    /// Returns those tags of every row that were inferred.
    pub(crate) fn inferred_tags(&self) -> Result<Arc<Texts>, IndexError> {
        self.table.texts(&self.searcher, "tag_inferred").map_err(|error| self.open.fail(error))
    }
}
