//! Answers queries from one consistent snapshot of the index.

mod answer;
mod collect;
mod compile;
mod expand;
mod filter;
mod highlight;
mod log;
mod paste;
mod statistics;
mod words;

pub(crate) use answer::{load, search, unreadable};
pub(crate) use collect::Collect;
pub(crate) use log::search_log;
