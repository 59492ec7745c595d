//! What the engine counts with the documents that have gone, counted without them.
//!
//! A document that changed stands in its segment until that is merged, and the engine's numbers (how many documents have
//! a word, how long they are) go on counting it. Answers rest on such numbers, and are to depend on the files alone.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::open::OpenIndex;

/// Documents of a word that are passed by in the time that it takes to look for one.
const PASSED: usize = 32;

/// The documents of a commit that have gone, and what is counted without them.
#[derive(Default)]
pub(crate) struct Living {
    /// For each segment, in order.
    gone: Vec<Vec<DocId>>,
    tokens: Mutex<FxHashMap<Field, u64>>,
}

/// A word in the dictionary of one segment.
pub(crate) struct Listed<'a> {
    pub(crate) key: &'a [u8],
    pub(crate) segment: u32,
    pub(crate) reader: &'a SegmentReader,
    index: &'a InvertedIndexReader,
    info: &'a TermInfo,
    gone: &'a [DocId],
}

impl Listed<'_> {
    /// Returns the documents of the segment that have it, in order.
    pub(crate) fn docs(&self) -> tantivy::Result<impl Iterator<Item = DocId>> {
        let mut postings = self.index.read_postings_from_terminfo(self.info, IndexRecordOption::Basic)?;
        let all = std::iter::from_fn(move || {
            let doc = postings.doc();
            postings.advance();
            (doc != TERMINATED).then_some(doc)
        });
        Ok(all.filter(|doc| !self.reader.is_deleted(*doc)))
    }

    /// Returns how many documents of the segment have it.
    pub(crate) fn documents(&self) -> tantivy::Result<u64> {
        let all = u64::from(self.info.doc_freq);
        if self.gone.is_empty() {
            return Ok(all);
        }
        if self.gone.len() * PASSED > self.info.doc_freq as usize {
            return Ok(self.docs()?.count() as u64);
        }
        let mut postings = self.index.read_postings_from_terminfo(self.info, IndexRecordOption::Basic)?;
        let mut has = |doc: DocId| {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            at == doc
        };
        Ok(all - self.gone.iter().filter(|doc| has(**doc)).count() as u64)
    }
}

impl Living {
    /// Returns what is known of the commit that `searcher` sees.
    pub(crate) fn of(open: &OpenIndex, searcher: &Searcher) -> Arc<Self> {
        let known = open.living.get(searcher, || Ok::<_, std::convert::Infallible>(Self::read(searcher)));
        known.unwrap_or_else(|never| match never {})
    }

    fn read(searcher: &Searcher) -> Self {
        let gone = |reader: &SegmentReader| match reader.alive_bitset() {
            Some(alive) => (0..reader.max_doc()).filter(|doc| alive.is_deleted(*doc)).collect(),
            None => Vec::new(),
        };
        Self { gone: searcher.segment_readers().iter().map(gone).collect(), tokens: Mutex::default() }
    }

    /// Returns the number of documents that have a term.
    pub(crate) fn documents(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let mut documents = 0;
        for ((segment, reader), gone) in (0..).zip(searcher.segment_readers()).zip(&self.gone) {
            let index = reader.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(term)? {
                let key = term.serialized_value_bytes();
                documents += Listed { key, segment, reader, index: &index, info: &info, gone }.documents()?;
            }
        }
        Ok(documents)
    }

    /// Calls `each` for the words of a field that begin with `start`, segment by segment and sorted in each; a segment ends
    /// where it returns false. The documents that have a word may all have gone.
    pub(crate) fn words(
        &self,
        searcher: &Searcher,
        field: Field,
        start: &str,
        mut each: impl FnMut(&Listed<'_>) -> tantivy::Result<bool>,
    ) -> tantivy::Result<()> {
        for ((segment, reader), gone) in (0..).zip(searcher.segment_readers()).zip(&self.gone) {
            let index = reader.inverted_index(field)?;
            let mut words = index.terms().range().ge(start.as_bytes()).into_stream()?;
            while words.advance() && words.key().starts_with(start.as_bytes()) {
                let (key, info) = (words.key(), words.value());
                if !each(&Listed { key, segment, reader, index: &index, info, gone })? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Calls `each` for the words of a field that are like that of a query.
    pub(crate) fn alike(
        &self,
        searcher: &Searcher,
        field: Field,
        query: &FuzzyTermQuery,
        mut each: impl FnMut(&Listed<'_>) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        for ((segment, reader), gone) in (0..).zip(searcher.segment_readers()).zip(&self.gone) {
            let index = reader.inverted_index(field)?;
            let mut words = index.terms().search(query.automaton()?).into_stream()?;
            while words.advance() {
                let (key, info) = (words.key(), words.value());
                each(&Listed { key, segment, reader, index: &index, info, gone })?;
            }
        }
        Ok(())
    }

    /// Returns the number of words in a field of all documents, as the engine rounds the length of each. (Its own sum is
    /// exact until segments are merged, and rounded from then on.)
    pub(crate) fn tokens(&self, searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
        if let Some(known) = self.tokens.lock().unwrap_or_else(PoisonError::into_inner).get(&field) {
            return Ok(*known);
        }
        let mut tokens = 0;
        for reader in searcher.segment_readers() {
            if let Some(lengths) = reader.fieldnorms_readers().get_field(field)? {
                tokens += reader.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
            }
        }
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).insert(field, tokens);
        Ok(tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::{EntryMaker, FileStamp};
    use crate::parse::{ParseOptions, parse};

    /// Makes an index of these documents, some of which go again.
    fn index(documents: impl Iterator<Item = usize>, gone: &[usize]) -> OpenIndex {
        let open = OpenIndex::create_in_memory(std::path::Path::new("x")).unwrap();
        let maker = EntryMaker::new(open.fields.clone());
        let mut writer = open.index.writer_with_num_threads(1, 15 << 20).unwrap();
        for at in documents {
            let rare = if at < 3 { "and the pelican " } else { "" };
            let text = format!("# Outage\n\nThe heron {rare}stayed.{}\n", " Nobody saw it.".repeat(at));
            let stamp = FileStamp { hash: [at as u64, 2], size: 3, modified: 4 };
            let parsed = parse(&format!("{at}.md"), text.as_bytes(), &ParseOptions::default());
            writer.add_document(maker.entry(parsed, &stamp)).unwrap();
        }
        writer.commit().unwrap();
        for at in gone {
            writer.delete_term(open.fields.path_term(&format!("{at}.md")));
        }
        writer.commit().unwrap();
        open.reload().unwrap();
        open
    }

    #[test]
    fn what_has_gone_is_counted_no_more() {
        for gone in [&[][..], &[1], &[0, 1, 2, 30]] {
            let updated = index(0..100, gone);
            let rebuilt = index((0..100).filter(|at| !gone.contains(at)), &[]);
            let body = updated.fields.body;
            let counts = |open: &OpenIndex| {
                let searcher = open.searcher();
                let living = Living::of(open, &searcher);
                let of = |word: &str| living.documents(&searcher, &Term::from_field_text(body, word)).unwrap();
                let mut begun = Vec::new();
                let note = |listed: &Listed<'_>| {
                    begun.push((String::from_utf8_lossy(listed.key).into_owned(), listed.documents()?));
                    Ok(true)
                };
                living.words(&searcher, body, "pel", note).unwrap();
                begun.retain(|(_, documents)| *documents > 0);
                ([of("heron"), of("pelican"), of("ostrich")], begun, living.tokens(&searcher, body).unwrap())
            };
            assert_eq!(counts(&updated), counts(&rebuilt), "{gone:?}");
            assert_eq!(counts(&updated).0[0], 100 - gone.len() as u64);
            assert!(gone.is_empty() || updated.searcher().segment_readers().iter().any(SegmentReader::has_deletes));
        }
    }
}
