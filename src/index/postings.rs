//! Which documents have a term.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// Returns the documents of a segment that have a term and are not deleted, in order.
pub(crate) fn having<'a>(
    reader: &'a SegmentReader,
    term: &Term,
) -> tantivy::Result<impl Iterator<Item = DocId> + use<'a>> {
    let mut postings = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?;
    let all = std::iter::from_fn(move || {
        let postings = postings.as_mut()?;
        let doc = postings.doc();
        postings.advance();
        (doc != TERMINATED).then_some(doc)
    });
    Ok(all.filter(|doc| !reader.is_deleted(*doc)))
}

/// Returns the documents that have a term.
pub(crate) fn addresses(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        found.extend(having(reader, term)?.map(|doc| DocAddress::new(segment, doc)));
    }
    Ok(found)
}
