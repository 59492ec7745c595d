//! Timeline entries.

use super::Moment;

/// What an entry marks in the life of the incident, where its words say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimelineMark {
    /// The incident began.
    Started,
    /// Someone or something noticed.
    Detected,
    /// The effect ended.
    Mitigated,
    /// It was resolved.
    Resolved,
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When; `None` where the entry carries no time that could be read.
    pub at: Option<Moment>,
    /// The time as written (`08:00 UTC`), empty where there is none.
    pub raw: String,
    /// What happened, as plain text.
    pub text: String,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// What the entry marks.
    pub mark: Option<TimelineMark>,
}
