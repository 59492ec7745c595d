//! The chart of the ledger, and the table behind it.

use crate::csv::{Cell, Table};
use crate::kb::{LedgerStretch, LedgerTimes, Unit};
use crate::model::capitalised;
use crate::web::chart::{Flow, FlowStep};
use crate::web::pages::insights::{bucket_label, unit_name};

/// Columns of the table.
const HEAD: [&str; 5] = ["period", "written", "done", "dropped", "open at the end"];

/// The chart with its table.
pub(super) struct Figure {
    pub(super) title: String,
    pub(super) chart: Flow,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) csv_url: String,
}

/// Returns the chart; `None` where there is nothing to draw.
pub(super) fn figure(times: &LedgerTimes, csv_url: String) -> Option<Figure> {
    if times.stretches.iter().all(|it| it.written + it.done + it.open == 0) {
        return None;
    }
    let unit = unit_name(times.unit);
    let title = format!("Open action items by {unit}");
    let step = |it: &LedgerStretch| FlowStep {
        label: bucket_label(times.unit, it.from),
        level: it.open,
        moved: [it.written, it.done],
    };
    let steps: Vec<FlowStep> = times.stretches.iter().map(step).collect();
    let names = [
        format!("Action items open at the end of each {unit}. The table below has the numbers."),
        format!("Action items written and done in each {unit}. The table below has the numbers."),
    ];
    let level = (
        "fill-level",
        match times.unit {
            Unit::Month => "Open at the end of the month",
            Unit::Quarter => "Open at the end of the quarter",
            Unit::Year => "Open at the end of the year",
        },
    );
    let moved = [("fill-accent", "Written"), ("fill-done", "Done")];
    let Table { head, rows } = table(times);
    Some(Figure {
        title,
        chart: Flow::new(names, &steps, level, moved, "action items", 12),
        head: head.into_iter().map(capitalised).collect(),
        rows: rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect(),
        csv_url,
    })
}

/// Returns the numbers of the chart.
pub(super) fn table(times: &LedgerTimes) -> Table {
    let row = |it: &LedgerStretch| {
        let label = Cell::Text(bucket_label(times.unit, it.from));
        vec![label, it.written.into(), it.done.into(), it.dropped.into(), it.open.into()]
    };
    Table { head: HEAD.to_vec(), rows: times.stretches.iter().map(row).collect() }
}
