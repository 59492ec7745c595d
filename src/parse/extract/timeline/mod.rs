//! The timeline: finding its entries, giving them dates and zones, and reading from them when the incident began and
//! ended.

mod columns;
mod dates;
mod days;
mod direction;
mod find;
mod front_matter;
mod gather;
mod headings;
mod index_page;
mod lines;
mod marks;
mod places;
mod unnamed;
mod untimed;
mod updates;

use crate::parse::when::{DateReading, When, ZoneReading};

pub(super) use dates::resolve;
pub(super) use days::labelled;
pub(super) use find::gather;
pub(super) use marks::{compute, finish, leave_open};

/// One thing read in a timeline, in the order written.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A section or a table of its own: its times may begin anew.
    Begin,
    /// A date that the entries after it inherit.
    Date(DateReading),
    /// A zone that the entries after it inherit.
    Zone(ZoneReading),
    /// A year that the entries after it inherit.
    Year(i32),
    /// An entry.
    Entry(Found),
}

/// An entry as found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) when: When,
    /// The time as written.
    pub(super) raw: String,
    /// What happened.
    pub(super) text: String,
    pub(super) line: u32,
    /// The words stand before the time: a key event such as `First detected 2020-09-28 13:14`.
    pub(super) key_event: bool,
}

/// The pieces of the timeline, and of key events that stand beside it.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) pieces: Vec<Piece>,
    pub(super) key_events: Vec<Piece>,
    /// Some entry or heading of the timeline states a date of its own.
    pub(super) has_dates: bool,
}
