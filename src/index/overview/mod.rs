//! What overview pages are made from: a few facts of every document, read from columns, never one stored document
//! after another.

mod actions;
mod governed;
mod marks;
mod rows;
mod sets;
mod table;
mod texts;
mod view;

pub(crate) use actions::{ActionRow, ActionRows};
pub(crate) use marks::{Join, JoinKind, Minutes, id_key, join, joins_of, marks, path_key};
pub(crate) use rows::Row;
pub(crate) use sets::Sets;
pub(crate) use table::Table;
pub(crate) use texts::Texts;
pub(crate) use view::Overview;
