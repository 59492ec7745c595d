//! Tables that lose cells or are none.

use crate::lint::{Findings, LintContext};

/// A row with more cells than the table has columns: what is too much is not shown.
pub(in crate::lint) fn too_many_cells(cx: &LintContext<'_>, out: &mut Findings) {
    let mut columns = 0;
    let mut before: Option<&str> = None;
    for (number, start, line) in cx.body_lines() {
        let row = line.trim();
        let is_row = row.contains('|') && !cx.is_code(start + (line.len() - line.trim_start().len()));
        if !is_row {
            (columns, before) = (0, None);
            continue;
        }
        if columns == 0 && is_delimiter(row) {
            columns = before.map_or(0, cells).min(cells(row));
        } else if columns > 0 {
            let found = cells(row);
            let lost = last_cells(row, found - columns.min(found));
            let comment = lost.trim().starts_with("<!--") && lost.trim().ends_with("-->");
            if found > columns && !lost.trim().is_empty() && !comment {
                out.push(
                    number,
                    format!("the row has {found} cells, the table {columns} columns; the rest is not shown"),
                )
                .hint("write a bar that belongs to the text as `\\|`");
            }
        }
        before = Some(row);
    }
}

fn is_delimiter(row: &str) -> bool {
    row.contains('-') && row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// Returns the bytes of the bars that part cells: not those behind a backslash.
fn bars(row: &str) -> impl Iterator<Item = usize> + '_ {
    row.match_indices('|').map(|(at, _)| at).filter(|at| !row[..*at].ends_with('\\'))
}

fn cells(row: &str) -> usize {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    bars(inner).count() + 1
}

/// Returns the text of the last `count` cells.
fn last_cells(row: &str, count: usize) -> &str {
    let inner = row.strip_suffix('|').unwrap_or(row);
    let bars: Vec<usize> = bars(inner).collect();
    count.checked_sub(1).and_then(|skip| bars.iter().rev().nth(skip)).map_or("", |at| &inner[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_they_render() {
        for (row, count) in [("| a | b |", 2), ("a | b", 2), ("| a \\| b |", 1), ("| a | b | c", 3), ("|a|", 1)] {
            assert_eq!(cells(row), count, "{row}");
        }
        assert_eq!(last_cells("| a | b | c |", 1), " c ");
        assert_eq!(last_cells("| a |", 0), "");
    }
}
