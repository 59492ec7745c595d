//! The command line, one file a command: a few cases each that prove the wiring.

mod help;
mod inspect;
