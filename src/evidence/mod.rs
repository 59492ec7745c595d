//! What an auditor asks for, over all documents: which controls are evidenced, how long each record is kept, which
//! reviews took place.
//!
//! Pure functions from records to rows: no I/O, no clock. Days are handed in.

pub mod controls;
mod record;
pub mod retention;
pub mod reviews;

pub use record::Record;
