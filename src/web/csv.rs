//! Tables as files to save.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::view::grouped;
use crate::csv::{Cell, Table};

/// Most rows of a list in one file.
pub(crate) const MAX_ROWS: usize = 10_000;

/// Returns how many of `total` rows a file holds, in words, where it does not hold all.
pub(crate) fn part_of(total: usize) -> Option<String> {
    (total > MAX_ROWS).then(|| grouped(MAX_ROWS))
}

impl Table {
    /// Returns the rows of a list that has `total` of them as a file to save. Where these are not all, the file says so
    /// by its name and in its last row.
    pub(crate) fn download_of(self, name: &str, total: usize) -> Response {
        let (name, table) = self.part(name, total);
        table.download(&name)
    }

    fn part(mut self, name: &str, total: usize) -> (String, Self) {
        let Some(part) = part_of(total) else { return (format!("{name}.csv"), self) };
        let rest = format!("These are the first {part} of {} rows; narrow the list for the others.", grouped(total));
        let mut row = vec![Cell::Text(rest)];
        row.resize(self.head.len().max(1), Cell::Empty);
        self.rows.push(row);
        (format!("{name}-first-{MAX_ROWS}-of-{total}.csv"), self)
    }

    /// Returns the table as a file to save.
    pub(crate) fn download(&self, name: &str) -> Response {
        let disposition = format!("attachment; filename=\"{name}\"");
        let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
        let csv = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        ([(CONTENT_TYPE, csv), (CONTENT_DISPOSITION, disposition)], self.csv()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_a_part_says_so() {
        let table = || Table { head: vec!["a", "b"], rows: vec![vec![Cell::from(1_u32), Cell::from(2_u32)]] };
        let name = |response: &Response| response.headers()[CONTENT_DISPOSITION].to_str().unwrap().to_owned();
        assert_eq!(name(&table().download_of("x", MAX_ROWS)), "attachment; filename=\"x.csv\"");
        let part = table().part("x", MAX_ROWS + 1);
        assert_eq!(part.0, "x-first-10000-of-10001.csv");
        assert!(
            part.1
                .csv()
                .ends_with("\"These are the first 10,000 of 10,001 rows; narrow the list for the others.\",\r\n"),
            "a reader wants as many cells in each row"
        );
    }
}
