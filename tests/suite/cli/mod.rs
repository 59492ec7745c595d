//! The command line, one file a command: a few cases each that prove the wiring.

mod actions;
mod check;
mod check_content;
mod help;
mod index;
mod inspect;
mod list;
mod log;
mod related;
mod search;
mod serve;
mod show;
mod tags;
mod terminal;
