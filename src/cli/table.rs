//! Lays rows out in columns, as wide as the widest cell, the greedy columns shrunk to the terminal.

use super::text::{Line, Style};
use super::wrap::{longest_word, wrap};

/// Rows of cells under optional headings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    header: Vec<Line>,
    rows: Vec<Vec<Line>>,
    right: Vec<usize>,
    flexible: Vec<usize>,
    ruled: bool,
}

/// Columns between two cells.
const GAP: usize = 2;
/// A flexible column is shrunk to this before the others are.
const COMFORTABLE: usize = 20;
/// No column is shrunk below this.
const NARROWEST: usize = 6;
/// A longer word does not keep a column wide.
const LONGEST_WORD: usize = 26;

impl Table {
    /// Returns an empty table.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Sets the headings.
    pub(crate) fn header(mut self, names: &[&str]) -> Self {
        self.header = names.iter().map(|name| Line::styled(name, Style::Dim)).collect();
        self
    }

    /// Sets headings that are lines of their own, with a rule below.
    pub(crate) fn ruled_header(mut self, cells: Vec<Line>) -> Self {
        self.header = cells;
        self.ruled = true;
        self
    }

    /// Aligns column `index` to the right.
    pub(crate) fn right(mut self, index: usize) -> Self {
        self.right.push(index);
        self
    }

    /// Lets only column `index` (and others named so) be shrunk, as long as that is enough.
    pub(crate) fn flexible(mut self, index: usize) -> Self {
        self.flexible.push(index);
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Line>) {
        self.rows.push(cells);
    }

    /// Tells whether there are no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the lines of the table in at most `width` columns; cells that are too long are wrapped, columns
    /// without text are left out.
    pub(crate) fn render(&self, width: usize) -> Vec<Line> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> = (0..columns)
            .filter(|column| self.rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let pick = |row: &Vec<Line>| used.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect();
        let moved = |columns: &[usize]| columns.iter().filter_map(|at| used.iter().position(|it| it == at)).collect();
        let shown = Self {
            header: if self.header.is_empty() { Vec::new() } else { pick(&self.header) },
            rows: self.rows.iter().map(pick).collect(),
            right: moved(&self.right),
            flexible: moved(&self.flexible),
            ruled: self.ruled,
        };
        shown.render_all(width)
    }

    fn render_all(&self, width: usize) -> Vec<Line> {
        let widths = self.widths(width);
        let mut lines = Vec::new();
        if self.header.iter().any(|cell| !cell.is_empty()) {
            lines.extend(self.render_row(&self.header, &widths));
            if self.ruled {
                let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
                lines.push(Line::styled(&rule.join(&" ".repeat(GAP)), Style::Dim));
            }
        }
        for row in &self.rows {
            lines.extend(self.render_row(row, &widths));
        }
        lines
    }

    fn widths(&self, width: usize) -> Vec<usize> {
        let columns = self.rows.iter().chain([&self.header]).map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![0; columns];
        for row in self.rows.iter().chain([&self.header]) {
            for (column, cell) in row.iter().enumerate() {
                widths[column] = widths[column].max(cell.width());
            }
        }
        let room = width.saturating_sub(GAP * columns.saturating_sub(1));
        if !self.flexible.is_empty() {
            shrink(&mut widths, room, &vec![COMFORTABLE; columns], &|column| self.flexible.contains(&column));
        }
        // Words are cut only where there is no other way.
        shrink(&mut widths, room, &self.longest_words(columns), &|_| true);
        shrink(&mut widths, room, &vec![NARROWEST; columns], &|_| true);
        widths
    }

    fn longest_words(&self, columns: usize) -> Vec<usize> {
        let mut longest = vec![NARROWEST; columns];
        for row in self.rows.iter().chain([&self.header]) {
            for (column, cell) in row.iter().enumerate() {
                longest[column] = longest[column].max(longest_word(cell).min(LONGEST_WORD));
            }
        }
        longest
    }

    fn render_row(&self, row: &[Line], widths: &[usize]) -> Vec<Line> {
        let cells: Vec<Vec<Line>> = row.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        (0..height).map(|at| self.render_line(&cells, widths, at)).collect()
    }

    fn render_line(&self, cells: &[Vec<Line>], widths: &[usize], at: usize) -> Line {
        let last = cells.iter().rposition(|cell| cell.get(at).is_some_and(|line| !line.is_empty()));
        let mut line = Line::new();
        let mut start = 0;
        for (column, cell) in cells.iter().enumerate() {
            line.pad(start);
            let text = cell.get(at).cloned().unwrap_or_default();
            if self.right.contains(&column) {
                line.pad(start + widths[column].saturating_sub(text.width()));
            }
            line.append(text);
            start += widths[column] + GAP;
            if Some(column) >= last {
                break;
            }
        }
        line
    }
}

/// Takes columns from the widest of those that `may` be shrunk until all fit into `room`,
/// none below its floor.
fn shrink(widths: &mut [usize], room: usize, floors: &[usize], may: &dyn Fn(usize) -> bool) {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let among: Vec<usize> = (0..widths.len()).filter(|at| may(*at) && widths[*at] > floors[*at]).collect();
        let Some(widest) = among.iter().map(|at| widths[*at]).max() else { return };
        let below = among.iter().map(|at| widths[*at]).filter(|width| *width < widest).max().unwrap_or(0);
        let wide: Vec<usize> = among.into_iter().filter(|at| widths[*at] == widest).collect();
        let next = wide.iter().map(|at| floors[*at]).max().unwrap_or(0).max(below);
        let step = (widest - next).min(excess.div_ceil(wide.len()));
        for at in wide {
            let taken = step.min(excess);
            widths[at] -= taken;
            excess -= taken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::text::Span;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.spans().iter().map(Span::text).collect()).collect()
    }

    #[test]
    fn aligns_columns_by_displayed_width() {
        let mut table = Table::new().header(&["when", "what"]);
        table.row(vec![Line::plain("08:00"), Line::plain("障害")]);
        table.row(vec![Line::plain("17:10 UTC"), Line::plain("fixed")]);
        assert_eq!(texts(&table.render(40)), ["when       what", "08:00      障害", "17:10 UTC  fixed"]);
    }

    #[test]
    fn wraps_the_widest_column_first() {
        let mut table = Table::new();
        table.row(vec![Line::plain("08:00"), Line::plain("a long text that does not fit")]);
        assert_eq!(texts(&table.render(22)), ["08:00  a long text", "       that does not", "       fit"]);
    }

    #[test]
    fn words_stay_whole_while_another_column_can_give() {
        let mut table = Table::new();
        table.row(vec![Line::plain("configuration"), Line::plain("one two three four")]);
        assert_eq!(
            texts(&table.render(21)),
            ["configuration  one", "               two", "               three", "               four"]
        );
    }

    #[test]
    fn shrinks_only_flexible_columns_while_that_is_enough() {
        let mut table = Table::new().flexible(1);
        let cells = ["a rather long name", "some text to wrap and to read", "place.md:12"];
        table.row(cells.into_iter().map(Line::plain).collect());
        assert_eq!(texts(&table.render(54))[0], "a rather long name  some text to wrap and  place.md:12");
    }

    #[test]
    fn a_table_wider_than_any_terminal_still_renders() {
        let mut table = Table::new();
        table.row((0..200).map(|_| Line::plain("some words here")).collect());
        assert!(!table.render(80).is_empty());
    }
}
