//! The documents that another search may choose from: those that a request for hits would find.

use tantivy::Searcher;
use tantivy::query::{ConstScoreQuery, Query};

use super::answer::{Search, understand};
use super::compile::{Compiler, Demand};
use super::snapshot::Snapshot;
use crate::index::answer::SearchRequest;
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::query::Reading;

/// Returns the condition that a document has every word and meets every condition of `request`, without influence on
/// the order.
pub(super) fn within(
    open: &OpenIndex,
    searcher: &Searcher,
    request: &SearchRequest,
) -> Result<Box<dyn Query>, IndexError> {
    let parsed = understand(open, searcher, &request.query, Reading::Strict)?;
    let compile = || -> tantivy::Result<Box<dyn Query>> {
        let snapshot = Snapshot::of(open, searcher)?;
        let mut compiler = Compiler::new(open, searcher, &snapshot);
        // There is no place to say what else was searched for.
        compiler.forgives = false;
        let query = compiler.prepare(&parsed.root)?.query(Demand::All);
        let chosen = Search::new(open, searcher, request)?.with_choices(&compiler, query.as_ref(), &|_| true)?;
        Ok(Box::new(ConstScoreQuery::new(chosen, 0.0)))
    };
    compile().map_err(|error| open.fail(error))
}
