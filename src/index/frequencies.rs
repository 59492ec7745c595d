//! How many documents have a word, remembered for one commit: reports use the same words, so most of what a document asks
//! for another one asked for before. (Lists of documents are not worth keeping: those that are long are asked for by few.)

use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::{Searcher, Term};

use super::living::Living;

/// Documents from which a word is remembered: rarer ones are many, and seldom asked for again.
const FREQUENT: u64 = 16;
/// Words that are remembered; less than 100 bytes each.
const MAX_WORDS: usize = 1 << 14;

/// The number of documents that have each of the frequent words of a commit.
#[derive(Default)]
pub(crate) struct Frequencies(RwLock<FxHashMap<Term, u64>>);

impl Frequencies {
    /// Returns the number of documents that have a term.
    pub(crate) fn of(&self, living: &Living, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(term) {
            return Ok(*known);
        }
        let documents = living.documents(searcher, term)?;
        if documents >= FREQUENT {
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() < MAX_WORDS {
                known.insert(term.clone(), documents);
            }
        }
        Ok(documents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::{EntryMaker, FileStamp};
    use crate::index::open::OpenIndex;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn what_is_remembered_is_what_the_index_says() {
        let open = OpenIndex::create_in_memory(std::path::Path::new("x")).unwrap();
        let maker = EntryMaker::new(open.fields.clone());
        let mut writer = open.index.writer_with_num_threads(1, 15 << 20).unwrap();
        for at in 0..FREQUENT {
            let text = format!("# Outage\n\nThe heron{}.\n", if at == 0 { " and the pelican" } else { "" });
            let stamp = FileStamp { hash: [at, 2], size: 3, modified: 4 };
            let parsed = parse(&format!("{at}.md"), text.as_bytes(), &ParseOptions::default());
            writer.add_document(maker.entry(parsed, &stamp)).unwrap();
        }
        writer.commit().unwrap();
        open.reload().unwrap();
        let frequencies = Frequencies::default();
        for _ in 0..2 {
            for (word, documents) in [("heron", FREQUENT), ("pelican", 1), ("ostrich", 0)] {
                let term = Term::from_field_text(open.fields.body, word);
                let (searcher, living) = (open.searcher(), Living::of(&open, &open.searcher()));
                assert_eq!(frequencies.of(&living, &searcher, &term).unwrap(), documents, "{word}");
            }
        }
        assert_eq!(frequencies.0.read().unwrap().len(), 1);
    }
}
