//! Incidents that a table lists, a row each.

use super::differ;
use crate::model::ToldIncident;
use crate::parse::extract::Source;
use crate::parse::extract::id::incident_id;
use crate::parse::outline::{Block, BlockKind};
use crate::parse::vocabulary::{ColumnRole, LabelRole, RoleSet, fold};
use crate::parse::when::find_date;

/// A table that gives each row a day and a severity.
struct Register {
    table: u32,
    /// How well each column names an incident; 0 is best.
    names: Vec<u8>,
}

/// A column that holds something else than a name.
const NO_NAME: u8 = 4;

/// Returns the incidents of a table that gives each row a day and a severity; rows that link to a document have one.
pub(super) fn registered(source: &Source<'_>) -> Vec<ToldIncident> {
    let outline = source.outline;
    let mut register: Option<Register> = None;
    let mut told: Vec<ToldIncident> = Vec::new();
    for block in &outline.blocks {
        let BlockKind::Row { header, table } = block.kind else { continue };
        if header {
            let means = |role| outline.cells(block).any(|cell| source.words.label_of(cell).means(role));
            let is_register = means(LabelRole::Date) && means(LabelRole::Severity);
            register = is_register.then(|| Register { table, names: names(source, block) });
            continue;
        }
        let Some(register) = register.as_ref().filter(|it| it.table == table) else { continue };
        if source.text[block.src.clone()].contains("](") {
            continue;
        }
        let date = |cell| find_date(cell, &source.when(None)).and_then(|(date, _)| date.day.and(date.with_year(None)));
        let day = outline.cells(block).find_map(date);
        let id = outline.cells(block).find_map(incident_id).map(str::to_owned);
        let name = name(source, block, register);
        told.extend(day.is_some().then_some(ToldIncident { line: block.line, id, day, name }));
    }
    if told.iter().any(|it| differ(&told[0], it)) { told } else { Vec::new() }
}

fn names(source: &Source<'_>, header: &Block) -> Vec<u8> {
    let rank = |cell: &str| {
        let role = source.words.label_of(cell);
        let is_event = || source.words.column(&fold(cell)).contains(&ColumnRole::Event);
        match () {
            () if role.meets(RoleSet::labels(&[LabelRole::Title, LabelRole::Incident])) => 0,
            () if role.means(LabelRole::Summary) => 1,
            () if role.is_empty() && is_event() => 2,
            () if role.is_empty() => 3,
            () => NO_NAME,
        }
    };
    source.outline.cells(header).map(rank).collect()
}

/// Returns the cell that names the incident of a row: that of the best column, of equal ones the longest.
fn name(source: &Source<'_>, row: &Block, register: &Register) -> String {
    let ranked = source.outline.cells(row).zip(register.names.iter().chain(std::iter::repeat(&NO_NAME)));
    let names = ranked.filter(|(cell, _)| cell.contains(char::is_alphabetic) && incident_id(cell) != Some(cell));
    let best = names.min_by_key(|(cell, rank)| (**rank, std::cmp::Reverse(cell.len())));
    best.map(|(cell, _)| cell.to_owned()).unwrap_or_default()
}
