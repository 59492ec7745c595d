//! The root-cause tags of every document, read from the columns: no document is loaded.

use tantivy::Searcher;
use tantivy::columnar::StrColumn;

use super::entry::kind_code;
use super::error::IndexError;
use super::open::OpenIndex;
use crate::model::Kind;

/// The tags of all documents.
#[derive(Debug, Default)]
pub(crate) struct TagTable {
    /// Folded names, sorted.
    pub(crate) names: Vec<String>,
    /// Documents that have tags; index pages and process notes are left out.
    pub(crate) rows: Vec<TagRow>,
}

/// The tags of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TagRow {
    /// Positions in [`TagTable::names`].
    pub(crate) tags: Vec<usize>,
    /// Days since 1970.
    pub(crate) day: Option<i64>,
    pub(crate) actions_open: u64,
}

/// Reads the tags of all documents.
pub(crate) fn tag_table(open: &OpenIndex) -> Result<TagTable, IndexError> {
    read(&open.searcher()).map_err(|error| open.fail(error))
}

fn read(searcher: &Searcher) -> tantivy::Result<TagTable> {
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().str("tag")?;
        let own = column.as_ref().map_or_else(|| Ok(Vec::new()), terms)?;
        names.extend(own.iter().cloned());
        columns.push((reader, column, own));
    }
    names.sort_unstable();
    names.dedup();
    let mut table = TagTable { names, rows: Vec::new() };
    for (reader, column, own) in columns {
        let Some(column) = column else { continue };
        let place = |name: &String| table.names.binary_search(name).unwrap_or_default();
        let places: Vec<usize> = own.iter().map(place).collect();
        let fast = reader.fast_fields();
        let (kinds, days, actions) = (fast.u64("kind")?, fast.i64("date")?, fast.u64("actions_open")?);
        for doc in reader.doc_ids_alive() {
            let tags: Vec<usize> = column
                .ords()
                .values_for_doc(doc)
                .filter_map(|ord| places.get(usize::try_from(ord).ok()?))
                .copied()
                .collect();
            if tags.is_empty() || kinds.first(doc) == Some(kind_code(Kind::Other)) {
                continue;
            }
            table.rows.push(TagRow { tags, day: days.first(doc), actions_open: actions.first(doc).unwrap_or(0) });
        }
    }
    Ok(table)
}

fn terms(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut names = Vec::with_capacity(column.num_terms());
    let mut terms = column.dictionary().stream()?;
    while terms.advance() {
        names.push(String::from_utf8_lossy(terms.key()).into_owned());
    }
    Ok(names)
}
