//! What the index knows of every file, read back from its columns.

use tantivy::columnar::{Column, ColumnIndex};
use tantivy::error::DataCorruption;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::codes::outcome_from;
use super::entry::FileStamp;
use crate::model::Outcome;

/// One file as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileRecord {
    pub(crate) path: String,
    pub(crate) stamp: FileStamp,
    pub(crate) outcome: Outcome,
    pub(crate) address: DocAddress,
}

/// Returns every file in the index, sorted by path.
pub(crate) fn file_records(searcher: &Searcher) -> tantivy::Result<Vec<FileRecord>> {
    let mut records = Vec::new();
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        read_segment(u32::try_from(segment).unwrap_or(u32::MAX), reader, &mut records)?;
    }
    records.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(records)
}

fn read_segment(segment: u32, reader: &SegmentReader, records: &mut Vec<FileRecord>) -> tantivy::Result<()> {
    let columns = reader.fast_fields();
    let Some(files) = columns.str("file")? else { return Ok(()) };
    let mut paths = Vec::with_capacity(files.num_terms());
    let mut terms = files.dictionary().stream()?;
    while terms.advance() {
        paths.push(String::from_utf8_lossy(terms.key()).into_owned());
    }
    // A file has a value in each of these columns and nothing else has, so the nth value of each is the nth file's.
    let docs = docs_with_values(&files.ords().index, reader.max_doc());
    let column = |column: &Column<u64>| -> tantivy::Result<Vec<u64>> {
        if column.values.num_vals() as usize != docs.len() {
            let reason = "the columns of files do not fit together".to_owned();
            return Err(DataCorruption::comment_only(reason).into());
        }
        let mut values = vec![0; docs.len()];
        column.values.get_range(0, &mut values);
        Ok(values)
    };
    let ords = column(files.ords())?;
    let [hash_a, hash_b] = [column(&columns.u64("hash_a")?)?, column(&columns.u64("hash_b")?)?];
    let [size, modified] = [column(&columns.u64("size")?)?, column(&columns.u64("modified")?)?];
    let outcome = column(&columns.u64("outcome")?)?;
    records.reserve(docs.len());
    for (at, &doc) in docs.iter().enumerate() {
        if reader.is_deleted(doc) {
            continue;
        }
        let path = usize::try_from(ords[at]).ok().and_then(|ord| paths.get_mut(ord)).map(std::mem::take);
        records.push(FileRecord {
            path: path.unwrap_or_default(),
            stamp: FileStamp { hash: [hash_a[at], hash_b[at]], size: size[at], modified: modified[at] },
            outcome: outcome_from(outcome[at]),
            address: DocAddress::new(segment, doc),
        });
    }
    Ok(())
}

fn docs_with_values(index: &ColumnIndex, count: DocId) -> Vec<DocId> {
    match index {
        ColumnIndex::Empty { .. } => Vec::new(),
        ColumnIndex::Full => (0..count).collect(),
        ColumnIndex::Optional(docs) => docs.iter_non_null_docs().collect(),
        ColumnIndex::Multivalued(_) => (0..count).filter(|&doc| index.has_value(doc)).collect(),
    }
}
