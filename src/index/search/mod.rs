//! Answers queries from one consistent snapshot of the index.

mod answer;
mod collect;
mod compile;
mod expand;
mod filter;
mod highlight;
mod log;
mod matching;
mod paste;
mod paths;
mod statistics;
mod wanted;
mod words;

pub(crate) use answer::{Opened, languages, load, open_document, search, unreadable};
pub(crate) use collect::Collect;
pub(crate) use log::search_log;
pub(crate) use matching::matching;
pub(crate) use paste::{is_noise, is_step};
pub(crate) use statistics::Statistics;
pub(crate) use wanted::Wanted;
