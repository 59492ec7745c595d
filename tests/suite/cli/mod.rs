//! The command line, one file a command: a few cases each that prove the wiring.

mod actions;
mod examples;
mod help;
mod index;
mod inspect;
mod list;
mod log;
mod log_entry;
mod related;
mod resolve;
mod search;
mod serve;
mod shells;
mod show;
mod tags;
mod terminal;
