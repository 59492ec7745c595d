#![doc = include_str!("ARCHITECTURE.md")]

pub mod cli;
pub mod clock;
pub mod compliance;
pub mod config;
mod csv;
pub mod diag;
pub mod evidence;
pub mod index;
pub mod kb;
pub mod lint;
pub mod model;
pub mod parse;
pub mod related;
pub mod scaffold;
pub mod sensitive;
pub mod store;
pub mod taxonomy;
pub mod web;
mod words;
