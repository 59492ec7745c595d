//! What the tests share: a hermetic place to run `ris` in.

mod sandbox;
mod schema;

pub(crate) use sandbox::{Run, Sandbox};
pub(crate) use schema::check;
