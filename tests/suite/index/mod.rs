//! The index through the knowledge base: sync, search, damage, crashes.

mod crash;
mod damage;
mod language;
mod log;
mod same;
mod search;
mod support;
mod sync;
