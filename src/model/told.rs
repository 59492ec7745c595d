//! One of several incidents that a document tells of.

use super::PartialDate;

/// An incident that a section of a document tells of, where others stand beside it: known by its id, its day or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldIncident {
    /// Line of the heading, from 1.
    pub line: u32,
    /// The id at the head of the heading.
    pub id: Option<String>,
    /// The day in the heading, or that of a label below it.
    pub day: Option<PartialDate>,
    /// What it is called: the heading without id and day, its day where nothing else stands there, or the cell of a table.
    pub name: String,
}

impl std::fmt::Display for ToldIncident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.id, self.day) {
            (Some(id), Some(day)) => write!(f, "{id} of {day}")?,
            (Some(id), None) => f.write_str(id)?,
            (None, Some(day)) => write!(f, "one of {day}")?,
            (None, None) => write!(f, "“{}”", self.name)?,
        }
        write!(f, " (line {})", self.line)
    }
}
