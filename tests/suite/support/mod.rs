//! What the tests share: a hermetic place to run `ris` in.

mod sandbox;

pub(crate) use sandbox::{Run, Sandbox};
