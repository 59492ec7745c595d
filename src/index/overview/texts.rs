//! Names (services, tags) of every row, each name once.

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher};

/// The names of a field and which rows have them.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    names: Vec<String>,
    /// Where the numbers of each row begin in `numbers`; one more than rows.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Texts {
    /// Reads the column `field` for `rows`, which come in the order of their addresses.
    pub(super) fn read(
        searcher: &Searcher,
        field: &str,
        rows: impl Iterator<Item = DocAddress>,
    ) -> tantivy::Result<Self> {
        let mut texts = Self { starts: vec![0], ..Self::default() };
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let mut columns: Vec<(Option<StrColumn>, Vec<u32>)> = Vec::new();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().str(field)?;
            let mut numbers = Vec::new();
            if let Some(column) = &column {
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let name = String::from_utf8_lossy(terms.key()).into_owned();
                    numbers.push(*known.entry(name.clone()).or_insert_with(|| {
                        texts.names.push(name);
                        u32::try_from(texts.names.len() - 1).unwrap_or(u32::MAX)
                    }));
                }
            }
            columns.push((column, numbers));
        }
        for address in rows {
            if let Some((Some(column), numbers)) =
                usize::try_from(address.segment_ord).ok().and_then(|at| columns.get(at))
            {
                let ords = column.ords().values_for_doc(address.doc_id);
                texts.numbers.extend(ords.filter_map(|ord| numbers.get(usize::try_from(ord).ok()?).copied()));
            }
            texts.starts.push(u32::try_from(texts.numbers.len()).unwrap_or(u32::MAX));
        }
        Ok(texts)
    }

    /// Returns the numbers of the names that `row` has.
    pub(crate) fn of(&self, row: usize) -> &[u32] {
        let at = |index: usize| self.starts.get(index).map_or(0, |it| *it as usize);
        self.numbers.get(at(row)..at(row + 1)).unwrap_or_default()
    }

    /// Returns a name.
    pub(crate) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// Returns every name with the number of rows that have it, most first.
    pub(crate) fn counts(&self) -> Vec<(String, u32)> {
        let mut counts = vec![0_u32; self.names.len()];
        self.numbers.iter().for_each(|number| counts[*number as usize] += 1);
        let named = self.names.iter().cloned().zip(counts).filter(|(_, count)| *count > 0);
        let mut named: Vec<(String, u32)> = named.collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        named
    }

    /// Returns the number of a name.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|it| it == name).and_then(|at| u32::try_from(at).ok())
    }
}
