//! One row of facts for every document.

use tantivy::columnar::Column;
use tantivy::{DocAddress, SegmentReader};

use super::super::codes::severity_from;
use super::marks::Minutes;
use crate::model::{DurationKind, Kind, Severity, StatusState};

/// What is known of a document without opening it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(super) address: DocAddress,
    pub(crate) kind: Kind,
    /// Made from its path: the same in every index of these files, unlike the order of the rows.
    pub(crate) key: u64,
    pub(crate) severity: Option<Severity>,
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
    /// It is the record of a possible breach.
    pub(crate) has_assessment: bool,
}

impl Row {
    /// Returns the duration of this kind.
    pub(crate) fn duration(&self, kind: DurationKind) -> Option<Minutes> {
        self.durations[super::marks::position(kind)]
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
            severity: self.severity.first(doc).and_then(severity_from),
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
            has_assessment: false,
        }
    }
}
