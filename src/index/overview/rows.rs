//! One row of facts for every document, and the way back from a row to its document.

use std::ops::Deref;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher, SegmentReader};

use super::marks::Minutes;
use super::table::Table;
use super::texts::Texts;
use crate::index::answer::{DocumentSummary, FacetField};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::search::{load, matching};
use crate::model::{DurationKind, Kind, StatusState};

/// What is known of a document without opening it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(super) address: DocAddress,
    pub(crate) kind: Kind,
    /// Made from its path: the same in every index of these files, unlike the order of the rows.
    pub(crate) key: u64,
    /// 1 to 5.
    pub(crate) severity: Option<u8>,
    pub(crate) status: Option<StatusState>,
    /// Days since 1970.
    pub(crate) date: Option<i32>,
    /// Day of the next review, and whether it was worked out.
    pub(crate) review: Option<(i32, bool)>,
    /// When the file changed: nanoseconds since 1970; 0 where that cannot be trusted.
    pub(crate) modified: u64,
    pub(crate) actions_open: u32,
    pub(crate) actions_total: u32,
    pub(super) durations: [Option<Minutes>; 4],
    pub(crate) has_cause: bool,
    pub(crate) has_resolution: bool,
    /// It states something about compliance.
    pub(crate) is_governed: bool,
}

impl Row {
    /// Returns the duration of this kind.
    pub(crate) fn duration(&self, kind: DurationKind) -> Option<Minutes> {
        self.durations[super::marks::position(kind)]
    }
}

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

pub(super) struct Columns {
    kind: Column<u64>,
    severity: Column<u64>,
    status: Column<u64>,
    date: Column<i64>,
    modified: Column<u64>,
    actions_open: Column<u64>,
    actions_total: Column<u64>,
    pub(super) marks: Column<u64>,
}

impl Columns {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            kind: columns.u64("kind")?,
            severity: columns.u64("severity")?,
            status: columns.u64("status")?,
            date: columns.i64("date")?,
            modified: columns.u64("modified")?,
            actions_open: columns.u64("actions_open")?,
            actions_total: columns.u64("actions_total")?,
            marks: columns.u64("marks")?,
        })
    }

    pub(super) fn row(&self, address: DocAddress) -> Row {
        let doc = address.doc_id;
        let small = |column: &Column<u64>| column.first(doc).and_then(|it| u32::try_from(it).ok());
        let day = |column: &Column<i64>| column.first(doc).and_then(|it| i32::try_from(it).ok());
        let named = |column| small(column).and_then(|it| usize::try_from(it).ok());
        Row {
            address,
            kind: named(&self.kind).and_then(|at| Kind::ALL.get(at)).copied().unwrap_or(Kind::Other),
            key: 0,
            severity: small(&self.severity).and_then(|it| u8::try_from(it).ok()),
            status: named(&self.status).and_then(|at| StatusState::ALL.get(at)).copied(),
            date: day(&self.date),
            review: None,
            modified: self.modified.first(doc).unwrap_or(0),
            actions_open: small(&self.actions_open).unwrap_or(0),
            actions_total: small(&self.actions_total).unwrap_or(0),
            durations: [None; 4],
            has_cause: false,
            has_resolution: false,
            is_governed: false,
        }
    }
}
