//! The folder on disk: what is there and what it holds. The only layer that reads documents from disk, and
//! the only one that changes them.

pub mod archive;
pub mod bag;
mod beside;
pub mod edit;
pub mod fs;
pub mod git;
mod ignored;
pub mod lock;
pub mod signing;
pub mod state;
pub mod taxonomy;
mod walk;
pub mod write;
