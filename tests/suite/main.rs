//! The one integration-test binary.

mod index;
mod web;
