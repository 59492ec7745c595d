//! The one integration-test binary.

mod cli;
mod support;
mod tidy;
