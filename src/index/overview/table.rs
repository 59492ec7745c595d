//! The rows of one commit, read once and kept with the open index until the next commit.
//!
//! At 100,000 documents they are some 20 megabytes; only those of the last commit that was asked about are held.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::{DocAddress, DocId, Searcher, SegmentReader, Term};

use super::marks::{Join, JoinKind, Mark, unpack};
use super::rows::{Columns, Row};
use super::sets::Sets;
use super::texts::Texts;
use crate::index::facts;
use crate::index::open::OpenIndex;
use crate::index::postings::having;
use crate::model::Document;

/// What is known of every document without opening it.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Rows in the order of their addresses.
    pub(crate) rows: Vec<Row>,
    /// Row and what may join it to others.
    pub(crate) joins: Vec<(u32, Join)>,
    sets: OnceLock<Sets>,
    texts: Mutex<Vec<(&'static str, Arc<Texts>)>>,
    assessed: Mutex<Option<Arc<Vec<Document>>>>,
}

impl Table {
    /// Reads the rows of every document that could be read.
    pub(super) fn read(open: &OpenIndex, searcher: &Searcher) -> tantivy::Result<Self> {
        let mut table = Self::default();
        for (ordinal, reader) in (0_u32..).zip(searcher.segment_readers()) {
            table.read_segment(open, ordinal, reader)?;
        }
        table.rows.shrink_to_fit();
        table.joins.shrink_to_fit();
        Ok(table)
    }

    fn read_segment(&mut self, open: &OpenIndex, ordinal: u32, reader: &SegmentReader) -> tantivy::Result<()> {
        let columns = Columns::open(reader)?;
        let fact = |key, value| Term::from_field_text(open.fields.facts, &facts::document(key, value));
        let all = |what| having(reader, &fact("has", what)).map(Iterator::collect::<Vec<DocId>>);
        let (cause, resolution) = (all("cause")?, all("resolution")?);
        let (governed, assessed) = (all("compliance")?, all("assessment")?);
        for doc in having(reader, &fact("type", "document"))? {
            let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            let mut row = columns.row(DocAddress::new(ordinal, doc));
            for mark in columns.marks.values_for_doc(doc).filter_map(unpack) {
                match mark {
                    Mark::Join(join) => {
                        if join.kind == JoinKind::Here {
                            row.key = join.key;
                        }
                        self.joins.push((at, join));
                    }
                    Mark::Duration(position, minutes) => row.durations[position] = Some(minutes),
                    Mark::Review(day, inferred) => row.review = Some((day, inferred)),
                }
            }
            row.has_cause = cause.binary_search(&doc).is_ok();
            row.has_resolution = resolution.binary_search(&doc).is_ok();
            row.is_governed = governed.binary_search(&doc).is_ok();
            row.has_assessment = assessed.binary_search(&doc).is_ok();
            self.rows.push(row);
        }
        Ok(())
    }

    /// Returns the rows that are about the same event, as `find` found them at the first call.
    pub(crate) fn sets(&self, find: impl FnOnce(&[Row], &[(u32, Join)]) -> Sets) -> &Sets {
        self.sets.get_or_init(|| find(&self.rows, &self.joins))
    }

    /// Returns the records of possible breaches, as `read` makes them of these rows at the first call.
    pub(super) fn assessed<E>(
        &self,
        read: impl FnOnce(&[usize]) -> Result<Vec<Document>, E>,
    ) -> Result<Arc<Vec<Document>>, E> {
        let mut held = self.assessed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(documents) = &*held {
            return Ok(Arc::clone(documents));
        }
        let rows: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].has_assessment).collect();
        let documents = Arc::new(read(&rows)?);
        *held = Some(Arc::clone(&documents));
        Ok(documents)
    }

    /// Returns the names that every row has in a column.
    pub(super) fn texts(&self, searcher: &Searcher, column: &'static str) -> tantivy::Result<Arc<Texts>> {
        let mut held = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, texts)) = held.iter().find(|(of, _)| *of == column) {
            return Ok(Arc::clone(texts));
        }
        let addresses = self.rows.iter().map(|row| row.address);
        let texts = Arc::new(Texts::read(searcher, column, addresses)?);
        held.push((column, Arc::clone(&texts)));
        Ok(texts)
    }
}
