#![doc = include_str!("ARCHITECTURE.md")]

pub mod cli;
pub mod clock;
pub mod compliance;
pub mod config;
mod csv;
pub mod diag;
pub mod evidence;
pub(crate) mod index;
pub mod kb;
pub mod lint;
pub mod model;
pub mod parse;
pub(crate) mod related;
pub mod scaffold;
pub(crate) mod sensitive;
pub mod store;
pub(crate) mod taxonomy;
pub mod web;
mod words;
