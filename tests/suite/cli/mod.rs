//! The command line, one file a command: a few cases each that prove the wiring.

mod actions;
mod adopt;
mod check;
mod check_content;
mod controls;
mod evidence;
mod examples;
mod help;
mod index;
mod init;
mod inspect;
mod list;
mod log;
mod log_entry;
mod new;
mod related;
mod resolve;
mod retention;
mod review;
mod search;
mod serve;
mod shells;
mod show;
mod tags;
mod terminal;
