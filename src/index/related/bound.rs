//! How much a candidate can have in common at most, told from postings.

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher};

use super::clues::{Clue, ClueKind};
use super::shared::Scale;
use crate::index::answer::DocumentSummary;

/// Returns, for each address, the positions of the queries that match it.
pub(super) fn reached(
    searcher: &Searcher,
    addresses: &[DocAddress],
    queries: impl IntoIterator<Item = Box<dyn Query>>,
) -> tantivy::Result<Vec<Vec<usize>>> {
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    order.sort_unstable_by_key(|at| addresses[*at]);
    let mut reached = vec![Vec::new(); addresses.len()];
    for (position, query) in queries.into_iter().enumerate() {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for within in order.chunk_by(|a, b| addresses[*a].segment_ord == addresses[*b].segment_ord) {
            let mut matches = weight.scorer(searcher.segment_reader(addresses[within[0]].segment_ord), 1.0)?;
            for &at in within {
                let wanted = addresses[at].doc_id;
                let doc = if matches.doc() < wanted { matches.seek(wanted) } else { matches.doc() };
                if doc == wanted {
                    reached[at].push(position);
                }
            }
        }
    }
    Ok(reached)
}

/// Returns what each of these clues tells, as if it stood in the text itself.
pub(super) fn weights(clues: &[Clue], shared: &[usize], summary: &DocumentSummary, text: &str) -> Vec<(ClueKind, f32)> {
    let scale = Scale::of(summary, text);
    shared.iter().map(|at| (clues[*at].kind, scale.weight(&clues[*at]))).collect()
}
