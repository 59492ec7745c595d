//! How often each root-cause tag occurs, from the columns alone: no document is read.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::answer::TagCount;
use super::error::IndexError;
use super::open::OpenIndex;

/// Returns every tag that a document has, by name.
pub(crate) fn tag_counts(open: &OpenIndex) -> Result<Vec<TagCount>, IndexError> {
    let mut counts = BTreeMap::new();
    for reader in open.searcher().segment_readers() {
        count_segment(reader, &mut counts).map_err(|error| open.fail(error))?;
    }
    Ok(counts.into_values().collect())
}

fn count_segment(reader: &SegmentReader, counts: &mut BTreeMap<String, TagCount>) -> tantivy::Result<()> {
    let columns = reader.fast_fields();
    let actions = columns.u64("actions_open")?;
    let open_actions = |doc: DocId| actions.first(doc).unwrap_or(0);
    for (tag, docs) in docs_by_tag(reader, columns.str("tag")?)? {
        let count = counts.entry(tag.clone()).or_insert_with(|| TagCount { tag, ..TagCount::default() });
        count.stated += docs.len() as u64;
        count.actions_open += docs.iter().map(|doc| open_actions(*doc)).sum::<u64>();
    }
    // What was inferred has been counted as stated above.
    for (tag, docs) in docs_by_tag(reader, columns.str("tag_inferred")?)? {
        if let Some(count) = counts.get_mut(&tag) {
            count.inferred += docs.len() as u64;
            count.stated = count.stated.saturating_sub(docs.len() as u64);
        }
    }
    Ok(())
}

fn docs_by_tag(reader: &SegmentReader, column: Option<StrColumn>) -> tantivy::Result<Vec<(String, Vec<DocId>)>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut docs: Vec<Vec<DocId>> = vec![Vec::new(); column.num_terms()];
    for doc in reader.doc_ids_alive() {
        for ord in column.ords().values_for_doc(doc) {
            if let Some(of_tag) = usize::try_from(ord).ok().and_then(|ord| docs.get_mut(ord)) {
                of_tag.push(doc);
            }
        }
    }
    let mut named = Vec::new();
    for (ord, docs) in docs.into_iter().enumerate().filter(|(_, docs)| !docs.is_empty()) {
        let mut tag = String::new();
        column.ord_to_str(ord as u64, &mut tag)?;
        named.push((tag, docs));
    }
    Ok(named)
}
