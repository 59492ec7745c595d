//! Controls, retention and reviews over all documents, from what the index keeps of them.

mod controls;
mod record;
mod retention;
mod reviews;

use super::incidents::groups;
use super::{KbError, KnowledgeBase};
use crate::evidence::Record;
use crate::index::{IndexError, OpenIndex, Overview, Row};
use crate::model::Document;

pub use record::{ReviewPlan, ReviewRequest};
pub use retention::{Commits, Retention};

/// Documents as evidence, each with the path of the one that stands for its incident.
struct Governed(Vec<(Document, String)>);

impl Governed {
    fn records(&self) -> Vec<Record<'_>> {
        self.0.iter().map(|(document, incident)| Record { document, incident }).collect()
    }
}

impl KnowledgeBase {
    /// Returns the documents that `wanted` says yes to, of incidents of which one document matches `query` strictly.
    fn governed(&self, query: &str, wanted: impl Fn(&Row) -> bool) -> Result<Governed, KbError> {
        Ok(self.answer(|open| governed(open, query, &wanted), |_, _| {})?)
    }
}

fn governed(open: &OpenIndex, query: &str, wanted: &dyn Fn(&Row) -> bool) -> Result<Governed, IndexError> {
    let overview = Overview::read(open)?;
    let mut main: Vec<usize> = (0..overview.rows.len()).collect();
    for group in groups(&overview) {
        group.rows.iter().for_each(|row| main[*row] = group.main());
    }
    let mut matches = vec![query.trim().is_empty(); main.len()];
    if !query.trim().is_empty() {
        overview.matching(query)?.into_iter().for_each(|row| matches[main[row]] = true);
    }
    let paths = overview.paths()?;
    let documents = overview.governed(|at, row| matches[main[at]] && wanted(row))?;
    Ok(Governed(documents.into_iter().map(|(at, document)| (document, paths[main[at]].clone())).collect()))
}
