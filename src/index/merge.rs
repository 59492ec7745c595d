//! Keeps the number of segments small: every small sync adds one, and each costs every later search a little.

use tantivy::index::SegmentMeta;
use tantivy::schema::Document;
use tantivy::{Index, IndexWriter};

/// Segments of about one size from which they are merged.
const MANY: usize = 8;
/// A segment may join a merge while it is at most this many times the size of those before it together.
const GROWTH: u64 = 4;
/// Largest merge, in index documents: what a person would notice is left alone.
const MAX_MERGED: u64 = 60_000;

/// Merges the smallest segments where there are many; the cost stays small and grows with what changed.
pub(crate) fn merge_small_segments<D: Document>(writer: &mut IndexWriter<D>, index: &Index) -> tantivy::Result<()> {
    let segments = index.searchable_segment_metas()?;
    let chosen = choose(&segments.iter().map(|segment| u64::from(segment.num_docs())).collect::<Vec<_>>());
    if chosen.len() < MANY {
        return Ok(());
    }
    let ids: Vec<_> = chosen.into_iter().map(|at| SegmentMeta::id(&segments[at])).collect();
    writer.merge(&ids).wait()?;
    Ok(())
}

/// Returns the positions of the segments to merge, smallest first.
fn choose(sizes: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&at| (sizes[at], at));
    let mut chosen = Vec::new();
    let mut sum = 0;
    for at in order {
        let fits = chosen.is_empty() || sizes[at] <= (GROWTH * sum).max(64);
        if !fits || sum + sizes[at] > MAX_MERGED {
            break;
        }
        sum += sizes[at];
        chosen.push(at);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn chooses_small_segments_and_leaves_large_ones() {
        assert_eq!(choose(&[50_000, 3, 1, 2]), [2, 3, 1]);
        assert_eq!(choose(&[1, 10_000]), [0]);
        assert_eq!(choose(&[40_000, 30_000]), [1]);
        assert_eq!(choose(&[]), [0_usize; 0]);
    }
}
