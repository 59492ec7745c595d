//! The index: derived from the files, disposable, versioned. The only module that knows tantivy.

mod answer;

pub use answer::*;
