//! The folder on disk: what is there and what it holds. The only layer that reads documents from disk.

pub mod fs;
pub mod git;
mod ignored;
pub mod taxonomy;
mod walk;
