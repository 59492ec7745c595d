//! The one integration-test binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed; the helpers of tests are no exception")]

mod cli;
mod index;
mod support;
mod tidy;
mod web;
