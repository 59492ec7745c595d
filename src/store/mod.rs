//! The folder on disk: what is there and what it holds. The only layer that reads documents from disk, and
//! the only one that changes them.

pub(crate) mod archive;
pub(crate) mod bag;
mod beside;
pub(crate) mod edit;
pub(crate) mod folder;
pub(crate) mod fs;
pub(crate) mod git;
mod ignored;
pub(crate) mod lock;
pub(crate) mod signing;
pub(crate) mod state;
pub(crate) mod taxonomy;
mod walk;
pub(crate) mod write;
