//! Controls, retention and reviews over all documents, from what the index keeps of them.

mod controls;
mod record;
mod retention;
mod reviews;

use std::time::Duration;

use super::incidents::groups;
use super::{KbError, KnowledgeBase};
use crate::evidence::Record;
use crate::evidence::controls::{Coverage, coverage};
use crate::evidence::reviews::{ReviewRow, rows};
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

/// Everything over all documents: what the three lists say, made from one reading of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compliance {
    /// Which controls documents cite.
    pub coverage: Coverage,
    /// How long records are kept.
    pub retention: Retention,
    /// Which reviews are promised.
    pub reviews: Vec<ReviewRow>,
}

impl KnowledgeBase {
    /// Returns everything over all documents as of today; only the controls are those of incidents that match `query`. Reads
    /// on in the git history for about `budget`.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn compliance(&self, query: &str, budget: Duration) -> Result<Compliance, KbError> {
        let governed = self.governed("", retention::is_kept)?;
        let records = governed.records();
        Ok(Compliance {
            coverage: if query.is_empty() { coverage(&records) } else { self.control_coverage(query)? },
            retention: self.retention_of(&records, None, budget)?,
            reviews: rows(&records, self.today()),
        })
    }

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
