//! The one integration-test binary.

mod cli;
mod index;
mod support;
mod tidy;
mod web;
