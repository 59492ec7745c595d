//! Controls and what cites them as tables.

use super::{Citation, ControlRow, FaultRow, Place};
use crate::csv::{Cell, Table};

/// Returns the controls as a table, those that nobody cites among them.
#[must_use]
pub(crate) fn table(rows: &[ControlRow]) -> Table {
    let row = |row: &ControlRow| {
        let newest = row.newest.as_ref();
        vec![
            row.framework.into(),
            row.id.into(),
            row.title.into(),
            number(row.incidents),
            number(row.documents),
            newest.map_or(Cell::Empty, |it| it.date.to_string().as_str().into()),
            newest.map_or(Cell::Empty, |it| it.path.as_str().into()),
        ]
    };
    Table {
        head: vec!["framework", "control", "title", "incidents", "documents", "newest", "newest_path"],
        rows: rows.iter().map(row).collect(),
    }
}

/// Returns the citations that are no controls as a table, a row a place.
#[must_use]
pub(crate) fn fault_table(faults: &[FaultRow]) -> Table {
    let row = |(of, place): (&FaultRow, &Place)| {
        vec![
            of.fault.as_str().into(),
            of.framework.as_str().into(),
            of.id.as_str().into(),
            of.instead.join(" ").as_str().into(),
            place.path.as_str().into(),
            place.line.into(),
        ]
    };
    let places = faults.iter().flat_map(|of| of.places.iter().map(move |place| (of, place)));
    Table { head: vec!["fault", "framework", "cited", "instead", "path", "line"], rows: places.map(row).collect() }
}

/// Returns citations as a table.
#[must_use]
pub(crate) fn citation_table(citations: &[Citation]) -> Table {
    let row = |it: &Citation| {
        vec![
            it.date.map_or(Cell::Empty, |date| date.to_string().as_str().into()),
            it.name.as_str().into(),
            it.title.as_str().into(),
            it.kind.into(),
            it.written.as_str().into(),
            it.path.as_str().into(),
            it.line.into(),
            it.incident.as_str().into(),
        ]
    };
    Table {
        head: vec!["date", "id", "title", "kind", "cited", "path", "line", "incident"],
        rows: citations.iter().map(row).collect(),
    }
}

fn number(count: usize) -> Cell {
    u32::try_from(count).map_or(Cell::Empty, Cell::from)
}
