//! Comma-separated values (RFC 4180) that a spreadsheet can open without obeying what a document says.

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Other people's text, which may begin like a formula.
    Text(String),
    /// A number of ours.
    Number(f64),
    /// Nothing.
    Empty,
}

/// A table: what a chart shows, as figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Returns the table as CSV, lines ended by CRLF.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::new();
        let head = self.head.iter().map(|name| (*name).to_owned()).collect();
        for row in std::iter::once(head).chain(self.rows.iter().map(|row| row.iter().map(Cell::csv).collect())) {
            let row: Vec<String> = row;
            out.push_str(&row.join(","));
            out.push_str("\r\n");
        }
        out
    }
}

impl Cell {
    /// Returns the text of a cell in a page.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Empty => String::new(),
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => quoted(&disarmed(text)),
            other => other.shown(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<chrono::NaiveDate> for Cell {
    fn from(day: chrono::NaiveDate) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<usize> for Cell {
    /// Numbers of rows and days are far below where a float is no longer exact.
    fn from(number: usize) -> Self {
        u32::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::from)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

/// A spreadsheet takes what begins with one of these for a formula; an apostrophe before it makes it text.
fn disarmed(text: &str) -> String {
    let shown = text.trim_start_matches(is_unseen);
    let unseen = &text[..text.len() - shown.len()];
    let is_formula =
        unseen.contains(['\t', '\r', '\n']) || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Tells whether a character takes no room: a spreadsheet may drop it and begin with what stands behind it.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Semicolons and tabs part cells where a spreadsheet is set so.
fn quoted(text: &str) -> String {
    let parts = text.contains(['"', ',', ';', '\t', '\r', '\n']);
    if parts { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_what_needs_it() {
        let row =
            vec![Cell::from("a,b"), Cell::from("say \"x\""), Cell::from("two\nlines"), Cell::Empty, Cell::from(3_u32)];
        let table = Table { head: vec!["a", "b"], rows: vec![row] };
        assert_eq!(table.csv(), "a,b\r\n\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,3\r\n");
    }

    #[test]
    fn what_some_spreadsheets_part_cells_by_stands_in_quotes() {
        let row = vec![Cell::from("a;=1+1"), Cell::from("b\t=1+1")];
        let table = Table { head: vec!["a", "b"], rows: vec![row] };
        assert_eq!(table.csv(), "a,b\r\n\"a;=1+1\",\"b\t=1+1\"\r\n");
    }

    #[test]
    fn what_a_document_says_is_no_formula() {
        for text in ["=1+1", "+1", "-1", "@x", " =cmd|'/C calc'!A0", "\t=1", "＝1"] {
            let cell = Cell::from(text).csv();
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell}");
        }
        // What a spreadsheet does not show, or drops, stands before no formula either.
        for text in ["\u{2060}=1", "\u{200e}@x", "\u{b}-1", "\0+1", "\u{3000}=1"] {
            assert!(Cell::from(text).csv().starts_with('\''), "{text:?}");
        }
        assert_eq!(Cell::Number(-1.0).csv(), "-1");
        assert_eq!(Cell::from("2026-01-02").csv(), "2026-01-02");
    }
}
