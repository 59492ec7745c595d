//! Answers queries from one consistent snapshot of the index.

mod answer;
mod collect;
mod compile;
mod expand;
mod highlight;
mod log;
mod paste;
mod statistics;

pub(crate) use answer::{load, search};
pub(crate) use collect::Collect;
pub(crate) use log::search_log;
