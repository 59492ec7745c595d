//! All documents that a query matches, without order and without hits to show.

use tantivy::collector::DocSetCollector;
use tantivy::{DocAddress, Searcher};

use super::answer::{languages, understand};
use super::compile::{Compiler, Demand};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::text::Stemmers;

/// Returns the documents that have every word and meet every condition of `query`, in the order of the index.
pub(crate) fn matching(open: &OpenIndex, searcher: &Searcher, query: &str) -> Result<Vec<DocAddress>, IndexError> {
    let parsed = understand(open, searcher, query)?;
    let ask = || {
        let stemmers = Stemmers::new(languages(searcher)?.iter().map(String::as_str));
        let mut compiler = Compiler::new(open, searcher, &stemmers)?;
        let query = compiler.prepare(&parsed.root)?.query(Demand::All);
        searcher.search_with_statistics_provider(query.as_ref(), &DocSetCollector, &compiler.statistics)
    };
    let found = ask().map_err(|error| open.fail(error))?;
    let mut found: Vec<DocAddress> = found.into_iter().collect();
    found.sort_unstable();
    Ok(found)
}
