//! Which documents speak of a word or name, and how much.

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher, Term};

use crate::index::search::{Snapshot, Wanted};

/// Documents, each with how much it speaks of something: 1 where a text of common length says it once, more where it is
/// said again, less in a longer text, which says many things.
pub(super) type Speaking = Vec<(DocAddress, f32)>;

/// Numbers behind BM25 that make everything as rare: what is left of a score is how much a document speaks of it.
pub(super) struct Flat {
    documents: u64,
    tokens: u64,
}

impl Flat {
    pub(super) fn new(searcher: &Searcher, snapshot: &Snapshot, field: Field) -> tantivy::Result<Self> {
        let tokens = snapshot.living.tokens(searcher, field)?.max(1);
        Ok(Self { documents: snapshot.documents.max(1), tokens })
    }

    /// What the engine multiplies the score of one term with.
    fn rarity(&self) -> f32 {
        (1.0 + (self.documents as f32 - 0.5) / 1.5).ln()
    }

    /// Returns the documents that have `wanted`.
    pub(super) fn speaking(&self, searcher: &Searcher, wanted: Wanted) -> tantivy::Result<Speaking> {
        let mut found = Vec::new();
        let scale = 1.0 / (self.rarity() * wanted.terms().len() as f32);
        let query: Box<dyn Query> = wanted.counting_query();
        let weight = query.weight(EnableScoring::enabled_from_statistics_provider(self, searcher))?;
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            weight.for_each(reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    found.push((DocAddress::new(segment, doc), score * scale));
                }
            })?;
        }
        Ok(found)
    }
}

impl Bm25StatisticsProvider for Flat {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(1)
    }
}
