//! All documents that a query matches, without order and without hits to show.

use tantivy::collector::DocSetCollector;
use tantivy::{DocAddress, Searcher};

use super::answer::understand;
use super::compile::{Compiler, Demand};
use super::snapshot::Snapshot;
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::query::Reading;

/// Returns the documents that have every word and meet every condition of `query`, in the order of the index.
pub(crate) fn matching(open: &OpenIndex, searcher: &Searcher, query: &str) -> Result<Vec<DocAddress>, IndexError> {
    let parsed = understand(open, searcher, query, Reading::Strict)?;
    let ask = || {
        let snapshot = Snapshot::of(open, searcher)?;
        let mut compiler = Compiler::new(open, searcher, &snapshot);
        // A list has no place to say what else it searched for.
        compiler.forgives = false;
        let query = compiler.prepare(&parsed.root)?.query(Demand::All);
        searcher.search_with_statistics_provider(query.as_ref(), &DocSetCollector, &compiler.statistics)
    };
    let found = ask().map_err(|error| open.fail(error))?;
    let mut found: Vec<DocAddress> = found.into_iter().collect();
    found.sort_unstable();
    Ok(found)
}
