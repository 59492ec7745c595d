//! What is made from one commit and kept until another one is asked about.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Searcher;

/// Holds what was made from the last commit that was asked about. Cheap to clone; clones hold the same.
pub(crate) struct PerCommit<T>(Arc<Mutex<Option<Made<T>>>>);

/// What was made, and the commit as the reader counts them.
type Made<T> = (u64, Arc<T>);

impl<T> PerCommit<T> {
    /// Returns what `make` makes from the commit that `searcher` sees. Who asks while it is being made waits, and does
    /// not make it too.
    pub(crate) fn get<E>(&self, searcher: &Searcher, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let generation = searcher.generation().generation_id();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, made)) = held.as_ref()
            && *of == generation
        {
            return Ok(Arc::clone(made));
        }
        *held = None;
        let made = Arc::new(make()?);
        *held = Some((generation, Arc::clone(&made)));
        Ok(made)
    }
}

impl<T> Clone for PerCommit<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for PerCommit<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}
