//! Labels in tables of fields: `| Severity | 1 |`, or one row of values under a row of labels.

use std::ops::Range;

use super::{Collector, FACTS};
use crate::model::{Origin, OriginKind};
use crate::parse::outline::{Block, BlockKind, Outline};
use crate::parse::vocabulary::{ColumnRole, LabelRole, RoleSet, Vocabulary, fold};
use crate::words::trimmed;

/// Collects the labelled values of the table whose header row is block `index`.
pub(super) fn collect(collector: &mut Collector<'_>, index: usize) {
    let outline = collector.outline;
    let BlockKind::Row { table, .. } = outline.blocks[index].kind else { return };
    let rows: Vec<usize> = (index..outline.blocks.len())
        .take_while(|at| matches!(outline.blocks[*at].kind, BlockKind::Row { table: of, .. } if of == table))
        .collect();
    let header = &outline.blocks[index];
    let columns: Vec<RoleSet> = outline.cells(header).map(roles_of).collect();
    let known = |row: &usize| outline.cells(&outline.blocks[*row]).next().is_some_and(|cell| is_field(roles_of(cell)));
    let facts = columns.len() == 2 && rows.iter().filter(|row| known(row)).count() >= 2;
    // A table of facts may call its columns `Item` and `Value`.
    if !facts && is_log(outline.cells(header).next().unwrap_or_default()) {
        return;
    }
    if columns.len() >= 3 && rows.len() == 2 && columns.iter().filter(|roles| is_field(**roles)).count() >= 2 {
        row_of_values(collector, rows[1], &columns);
        return;
    }
    if columns.len() == 2 || rows.iter().filter(|row| known(row)).count() >= 2 {
        for row in rows {
            field_row(collector, row);
        }
    }
}

/// Whether three rows or more of a table name facts.
pub(super) fn has_facts(outline: &Outline, blocks: Range<usize>, table: u32) -> bool {
    let rows = outline.blocks[blocks].iter();
    let rows = rows.filter(|block| matches!(block.kind, BlockKind::Row { table: of, .. } if of == table));
    let names = |block: &&Block| outline.cells(block).next().is_some_and(|cell| is_field(roles_of(cell)));
    rows.filter(names).take(FACTS).count() == FACTS
}

fn row_of_values(collector: &mut Collector<'_>, row: usize, columns: &[RoleSet]) {
    let outline = collector.outline;
    let block = &outline.blocks[row];
    for (roles, cell) in columns.iter().zip(outline.cells(block)) {
        if !roles.is_empty() && !cell.is_empty() {
            collector.push(row, *roles, cell, Origin::new(OriginKind::Table, block.line));
        }
    }
}

fn field_row(collector: &mut Collector<'_>, row: usize) {
    let outline = collector.outline;
    let block: &Block = &outline.blocks[row];
    let mut cells = outline.cells(block);
    let (Some(label), Some(value)) = (cells.next(), cells.next()) else { return };
    let roles = roles_of(label);
    let header_like = block.kind_is_header() && !roles_of(value).is_empty();
    if !roles.is_empty() && !value.is_empty() && !header_like {
        let cell = outline.behind_struck(outline.cells[block.cells.start + 1].clone());
        collector.push(row, roles, trimmed(&outline.plain[cell]), Origin::new(OriginKind::Table, block.line));
    }
}

impl Block {
    fn kind_is_header(&self) -> bool {
        matches!(self.kind, BlockKind::Row { header: true, .. })
    }
}

fn roles_of(cell: &str) -> RoleSet {
    // What stands in brackets only qualifies (`Start (UTC)`).
    let qualified = if cell.ends_with(')') { cell.split_once(" (") } else { None };
    let name = qualified.map_or(cell, |(name, _)| name);
    if name.len() > 60 {
        return RoleSet::NONE;
    }
    let roles = Vocabulary::get().label_of(cell);
    if roles.is_empty() && name.len() < cell.len() { Vocabulary::get().label_of(name) } else { roles }
}

/// Tells whether a label names a fact of the incident, as tables of facts do.
fn is_field(roles: RoleSet) -> bool {
    const FIELDS: RoleSet = RoleSet::labels(&[
        LabelRole::Status,
        LabelRole::Id,
        LabelRole::Title,
        LabelRole::Date,
        LabelRole::DateWeak,
        LabelRole::Started,
        LabelRole::Detected,
        LabelRole::Mitigated,
        LabelRole::Resolved,
        LabelRole::Severity,
        LabelRole::Services,
        LabelRole::Owners,
        LabelRole::DurationTotal,
        LabelRole::DurationDetect,
        LabelRole::DurationMitigate,
        LabelRole::DurationResolve,
    ]);
    FIELDS.meets(roles)
}

/// Tells whether a table is a log of times or a list of actions, by its first column.
fn is_log(header: &str) -> bool {
    let folded = fold(header);
    let roles = Vocabulary::get().column(&folded);
    roles.contains(&ColumnRole::Time) && !header.eq_ignore_ascii_case("date")
        || roles.contains(&ColumnRole::Action) && !roles_of(header).means(LabelRole::Summary)
}
