//! The face for assistants: a read-only server of the Model Context Protocol, over stdin and stdout.
//!
//! A tool takes parameters of `crate::api` and gives its answers, so that there is one contract; no tool writes. What
//! leaves here goes to a model, so it is masked, always, bounded, and says how old it is. `serve` alone knows the protocol
//! and is async; `desk` answers one call, blocking.

mod arguments;
mod desk;
mod fit;
mod freshness;
mod schema;
mod serve;
mod tool;
mod tools;

pub use serve::{McpError, Report, serve};
