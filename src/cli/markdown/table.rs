//! Collects the cells of a Markdown table; one that is too wide for the terminal becomes a list of records.

use pulldown_cmark::Alignment;

use crate::cli::table::Table;
use crate::cli::text::{Line, Span, Style};
use crate::cli::wrap::wrap_hanging;

/// A table of which every column gets less than this is set as records.
const NARROWEST: usize = 9;

/// A table being read.
pub(super) struct TableBuilder {
    right: Vec<usize>,
    header: Option<Vec<Line>>,
    rows: Vec<Vec<Line>>,
    row: Vec<Line>,
}

impl TableBuilder {
    pub(super) fn new(alignments: &[Alignment]) -> Self {
        let right = alignments.iter().enumerate().filter(|(_, it)| **it == Alignment::Right).map(|(at, _)| at);
        Self { right: right.collect(), header: None, rows: Vec::new(), row: Vec::new() }
    }

    pub(super) fn cell(&mut self, cell: Line) {
        self.row.push(cell);
    }

    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        match self.header {
            None => self.header = Some(strong(row)),
            Some(_) => self.rows.push(row),
        }
    }

    pub(super) fn render(self, width: usize) -> Vec<Line> {
        let header = self.header.unwrap_or_default();
        if header.len() * NARROWEST > width {
            return records(&header, self.rows, width);
        }
        let mut table = Table::new().ruled_header(header);
        for column in self.right {
            table = table.right(column);
        }
        for row in self.rows {
            table.row(row);
        }
        table.render(width)
    }
}

fn strong(row: Vec<Line>) -> Vec<Line> {
    let restyle = |line: Line| line.spans().iter().fold(Line::new(), |out, span| out.with(span.text(), Style::Strong));
    row.into_iter().map(restyle).collect()
}

/// Returns each row as lines of `heading: cell`, empty cells left out.
fn records(header: &[Line], rows: Vec<Vec<Line>>, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for row in rows {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        for (column, cell) in row.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let name: String =
                header.get(column).map(|it| it.spans().iter().map(Span::text).collect()).unwrap_or_default();
            let mut line = Line::styled(&format!("{name}: "), Style::Strong);
            line.append(cell);
            lines.extend(wrap_hanging(&line, width, 2));
        }
    }
    lines
}
