//! A word or an identifier of somebody's text as a query: as a term, or as the terms of a whole side by side.

use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::noise::is_step;
use crate::index::living::Living;
use crate::index::open::OpenIndex;
use crate::index::text::{TokenKind, pieces};

/// Identifiers whose documents are counted; of the others the rarest part is taken.
const MAX_COUNTED: usize = 200;

/// How a word of a text is looked for: as a term, or as the terms of a whole identifier side by side.
pub(crate) struct Wanted {
    terms: Vec<(usize, Term)>,
}

impl Wanted {
    /// Returns how a word or whole identifier of a text is looked for.
    pub(crate) fn new(open: &OpenIndex, text: &str, kind: TokenKind) -> Self {
        let term = |text: &str| Term::from_field_text(open.fields.body, text);
        if kind != TokenKind::Whole {
            return Self { terms: vec![(0, term(text))] };
        }
        let parts = pieces(text).into_iter().filter(|piece| is_step(piece.kind));
        Self { terms: parts.map(|part| (part.position, term(&part.text))).collect() }
    }

    /// Returns the terms that it is made of, each with its place among them.
    pub(crate) fn terms(&self) -> &[(usize, Term)] {
        &self.terms
    }

    /// Returns the query.
    pub(crate) fn query(self) -> Box<dyn Query> {
        self.recording(IndexRecordOption::Basic)
    }

    /// Returns the query, whose scores also tell how often a document has it.
    pub(crate) fn counting_query(self) -> Box<dyn Query> {
        self.recording(IndexRecordOption::WithFreqs)
    }

    fn recording(mut self, option: IndexRecordOption) -> Box<dyn Query> {
        if self.terms.len() == 1 {
            return Box::new(TermQuery::new(self.terms.remove(0).1, option));
        }
        Box::new(PhraseQuery::new_with_offset(self.terms))
    }

    /// Returns the number of documents that have its rarest part.
    fn rarest(&self, living: &Living, searcher: &Searcher) -> tantivy::Result<u64> {
        let mut rarest = u64::MAX;
        for (_, term) in &self.terms {
            rarest = rarest.min(living.documents(searcher, term)?);
        }
        Ok(rarest)
    }

    /// Returns the number of documents, of identifiers about; `counted` bounds how many are counted truly.
    pub(crate) fn documents(&self, living: &Living, searcher: &Searcher, counted: &mut usize) -> tantivy::Result<u64> {
        let rarest = self.rarest(living, searcher)?;
        if self.terms.len() < 2 || rarest == 0 || *counted == MAX_COUNTED {
            return Ok(rarest);
        }
        *counted += 1;
        Ok(PhraseQuery::new_with_offset(self.terms.clone()).count(searcher)? as u64)
    }
}
