//! The browser's face of the knowledge base: pages rendered on the server, live updates, graceful stop.
//!
//! Async lives here and nowhere else; everything the knowledge base does is blocking and runs on blocking threads.

mod api;
mod assets;
mod calendar;
mod chart;
mod client;
mod connections;
mod csv;
mod error;
mod etag;
mod events;
mod export;
mod feed;
mod ledger;
mod links;
mod markdown;
mod middleware;
mod options;
mod page_memory;
mod pages;
mod patient;
mod routes;
mod serve;
mod state;
mod svg;
mod view;
mod watch;

pub use export::{ExportError, Exported, export};
pub use options::{Limits, ServeOptions, Watching};
pub use routes::router;
pub use serve::{Ready, ServeError, StopHandle, serve};
pub use state::AppState;
