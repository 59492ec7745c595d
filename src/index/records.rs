//! What the index knows of every file, read back from its columns.

use tantivy::{Searcher, SegmentReader};

use super::entry::{FileStamp, outcome_from};
use crate::model::Outcome;

/// One file as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileRecord {
    pub(crate) path: String,
    pub(crate) stamp: FileStamp,
    pub(crate) outcome: Outcome,
    pub(crate) address: tantivy::DocAddress,
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
    let [hash_a, hash_b, size] = [columns.u64("hash_a")?, columns.u64("hash_b")?, columns.u64("size")?];
    let (modified, outcome) = (columns.u64("modified")?, columns.u64("outcome")?);
    let ords = files.ords();
    records.reserve(paths.len());
    for doc in reader.doc_ids_alive() {
        let Some(ord) = ords.first(doc) else { continue };
        let number = |column: &tantivy::columnar::Column<u64>| column.first(doc).unwrap_or(0);
        let path = usize::try_from(ord).ok().and_then(|ord| paths.get_mut(ord)).map(std::mem::take).unwrap_or_default();
        records.push(FileRecord {
            path,
            stamp: FileStamp {
                hash: [number(&hash_a), number(&hash_b)],
                size: number(&size),
                modified: number(&modified),
            },
            outcome: outcome_from(number(&outcome)),
            address: tantivy::DocAddress::new(segment, doc),
        });
    }
    Ok(())
}
