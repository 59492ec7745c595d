//! The numbers behind BM25, put right for an index that also holds action items and treats forms as one word.

use std::collections::HashMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::snapshot::Snapshot;
use crate::index::living::Living;

/// Counts documents only, and gives every form of a query word the frequency of all its forms together, so that a
/// rare form does not outweigh the word itself.
pub(crate) struct Statistics<'a> {
    searcher: &'a Searcher,
    living: &'a Living,
    documents: u64,
    groups: HashMap<Term, u64>,
}

impl<'a> Statistics<'a> {
    /// Returns the numbers of a commit, or those of one with `fewest` documents where it has fewer.
    pub(crate) fn new(searcher: &'a Searcher, snapshot: &'a Snapshot, fewest: u64) -> Self {
        let documents = snapshot.documents.max(fewest).max(1);
        Self { searcher, living: &snapshot.living, documents, groups: HashMap::new() }
    }

    /// Notes that `term` is one of the forms of a word found in `frequency` documents.
    pub(crate) fn set_group(&mut self, term: Term, frequency: u64) {
        let known = self.groups.entry(term).or_default();
        *known = (*known).max(frequency);
    }

    /// Returns how much a word in `frequency` documents tells.
    pub(crate) fn weight(&self, frequency: u64) -> f32 {
        let (documents, frequency) = (self.documents as f32, frequency.min(self.documents) as f32);
        (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// Returns what is counted without the documents that have gone.
    pub(crate) fn living(&self) -> &Living {
        self.living
    }

    /// Returns the number of documents.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.living.tokens(self.searcher, field)?.max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let frequency = match self.groups.get(term) {
            Some(&frequency) => frequency,
            None => self.living.documents(self.searcher, term)?,
        };
        Ok(frequency.min(self.documents))
    }
}
