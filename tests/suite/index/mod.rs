//! The index through the knowledge base: sync, search, damage, crashes.

mod search;
mod support;
