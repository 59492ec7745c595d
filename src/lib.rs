#![doc = include_str!("ARCHITECTURE.md")]

pub(crate) mod api;
mod calendar;
pub mod cli;
pub mod clock;
pub(crate) mod compliance;
pub(crate) mod config;
mod csv;
pub(crate) mod diag;
#[cfg(test)]
mod effort;
pub mod evidence;
pub(crate) mod index;
pub mod kb;
pub(crate) mod ledger;
pub(crate) mod lint;
pub mod mcp;
pub mod model;
pub mod parse;
pub(crate) mod related;
pub(crate) mod scaffold;
pub(crate) mod sensitive;
mod signals;
pub(crate) mod store;
pub(crate) mod taxonomy;
pub mod web;
mod words;
