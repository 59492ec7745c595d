//! The index: derived from the files, disposable, versioned. The only module that knows tantivy.

mod actions;
mod answer;
mod check;
mod clean;
mod directory;
mod entry;
mod error;
mod facts;
mod find;
mod gate;
mod guard;
mod handover;
mod lock;
mod merge;
mod open;
mod plan;
mod query;
mod records;
mod schema;
mod search;
mod status;
mod sync;
mod text;
mod write;

pub use answer::*;
pub use error::{IndexError, QueryError};
pub(crate) use find::{find, nearest};
pub(crate) use guard::guarded;
pub(crate) use open::OpenIndex;
pub(crate) use search::{search, search_log};
pub(crate) use status::status;
pub(crate) use sync::IndexStore;
pub use sync::SyncOptions;
