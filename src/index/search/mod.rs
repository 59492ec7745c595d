//! Answers queries from one consistent snapshot of the index.

mod answer;
mod boilerplate;
mod collect;
mod compile;
mod exact;
mod expand;
mod facets;
mod filter;
mod highlight;
mod log;
mod matching;
mod noise;
mod paste;
mod paths;
mod runs;
mod snapshot;
mod statistics;
mod wanted;
mod within;
mod words;

pub(crate) use answer::{Opened, load, open_document, search, understand, unreadable};
pub(crate) use collect::Collect;
pub(crate) use facets::{FacetValues, fact as fact_of};
pub(crate) use log::search_log;
pub(crate) use matching::matching;
pub(crate) use noise::{is_noise, is_step};
pub(crate) use snapshot::Snapshot;
pub(crate) use statistics::Statistics;
pub(crate) use wanted::Wanted;
