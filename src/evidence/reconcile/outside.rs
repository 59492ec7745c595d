//! Reading another system's list of incidents.

use chrono::NaiveDate;

/// Names of columns, folded to letters: of an id, of a title, of the day.
const ID: [&str; 12] = [
    "id",
    "key",
    "number",
    "incident",
    "incidentid",
    "incidentnumber",
    "ticket",
    "ticketid",
    "issue",
    "issuekey",
    "reference",
    "nummer",
];
const TITLE: [&str; 8] = ["title", "summary", "name", "description", "subject", "titel", "titre", "titulo"];
const DAY: [&str; 16] = [
    "date",
    "day",
    "created",
    "createdat",
    "createdon",
    "opened",
    "openedat",
    "started",
    "startedat",
    "start",
    "triggeredat",
    "detected",
    "detectedat",
    "datum",
    "fecha",
    "occurredat",
];
/// An incident as another system lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideRow {
    /// Row of the file, counted from 1 with the head.
    pub row: u64,
    /// Its id there.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub day: Option<NaiveDate>,
    /// A day is written and not read: only days that begin like 2026-05-17 are, since 5/6 is two days.
    pub has_unread_day: bool,
}

/// Reads a list with a head, separated by commas, semicolons or tabs.
///
/// # Errors
/// What is wrong with it, with the row.
pub fn read_outside(bytes: &[u8]) -> Result<Vec<OutsideRow>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| head.iter().filter(|byte| **byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|it| count(*it)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(bytes);
    let names: Vec<String> = reader.byte_headers().map_err(|error| error.to_string())?.iter().map(folded).collect();
    let column = |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|it| it == name));
    let Some(id) = column(&ID) else {
        return Err(format!(
            "no column is called `id`, `key`, `number` or `ticket`; the head has {}",
            names.join(", ")
        ));
    };
    let (title, day) = (column(&TITLE), column(&DAY));
    let mut rows = Vec::new();
    for (row, record) in (2..).zip(reader.byte_records()) {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |at: Option<usize>| {
            let bytes = at.and_then(|at| record.get(at)).unwrap_or_default();
            String::from_utf8_lossy(bytes).trim().to_owned()
        };
        let written = cell(day);
        let day = written.get(..10).and_then(|day| day.parse().ok());
        let has_unread_day = day.is_none() && !written.is_empty();
        rows.push(OutsideRow { row, id: cell(Some(id)), title: cell(title), day, has_unread_day });
    }
    rows.retain(|row| !row.id.is_empty() || !row.title.is_empty());
    Ok(rows)
}

/// Returns the letters and digits of a name, in lower case.
pub(super) fn folded(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).to_lowercase();
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_systems_write_them() {
        let text = "\u{feff}Incident Number;Created At;Summary\r\n42;2026-01-02T03:04:05Z;\"two\nlines\"\r\n;;\r\n";
        let rows = read_outside(text.as_bytes()).unwrap();
        let day = "2026-01-02".parse().ok();
        let title = "two\nlines".to_owned();
        assert_eq!(rows, [OutsideRow { row: 2, id: "42".into(), title, day, has_unread_day: false }]);
        assert!(read_outside(b"id,date\n1,05/06/2026\n").unwrap()[0].has_unread_day);
        assert!(read_outside(b"a,b\n1,2\n").unwrap_err().contains("no column is called"));
        assert!(read_outside(b"").is_err());
    }
}
