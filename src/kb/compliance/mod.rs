//! Controls, retention, reviews and notices over all documents, from what the index keeps of them.

mod controls;
mod notices;
mod record;
mod retention;

use std::time::Duration;

use super::incidents::groups;
use super::{KbError, KnowledgeBase};
use crate::evidence::Record;
use crate::evidence::controls::{Coverage, coverage};
use crate::evidence::notices::{self as owed, Notices};
use crate::evidence::retention::{self as kept, RetentionRow};
use crate::evidence::reviews::{self as promised, ReviewRow};
use crate::index::{IndexError, OpenIndex, Overview, Row};

pub use notices::NoticesDue;
pub use record::{ReviewPlan, ReviewRequest};
pub use retention::{Commits, Retention};

/// Documents read from the index at once: what is made of them is small, they are not.
const AT_ONCE: usize = 2_000;

/// Everything over all documents: what the four lists say, made from one reading of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compliance {
    /// Which controls documents cite.
    pub coverage: Coverage,
    /// How long records are kept.
    pub retention: Retention,
    /// Which reviews are promised.
    pub reviews: Vec<ReviewRow>,
    /// Who is to be told of possible breaches.
    pub notices: Notices,
}

impl KnowledgeBase {
    /// Returns everything over all documents as of today; only the controls are those of incidents that match `query`. Reads
    /// on in the git history for about `budget`.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn compliance(&self, query: &str, budget: Duration) -> Result<Compliance, KbError> {
        let (now, days) = (self.this_minute(), self.commit_days(budget)?);
        let at = now.day;
        let (mut all, mut rows, mut reviews, mut notices) =
            self.gather("", retention::is_kept, |found: &mut Found, records| {
                found.0.merge(coverage(records));
                found.1.extend(kept::rows(records, &|path| days.of(path), at));
                found.2.extend(promised::rows(records, at));
                found.3.add(records, now);
            })?;
        kept::sort(&mut rows);
        promised::sort(&mut reviews);
        owed::sort(&mut notices.rows);
        if !query.is_empty() {
            all = self.control_coverage(query)?;
        }
        let retention = Retention::new(at, &days, rows);
        Ok(Compliance { coverage: all.completed(), retention, reviews, notices })
    }

    /// Makes something of the documents that `wanted` says yes to, of incidents of which one document matches `query`
    /// strictly: `add` is given some documents at a time, those of one incident never apart.
    fn gather<T: Default>(
        &self,
        query: &str,
        wanted: impl Fn(&Row) -> bool,
        add: impl Fn(&mut T, &[Record<'_>]),
    ) -> Result<T, KbError> {
        let gathered = |open: &OpenIndex| {
            let mut all = T::default();
            each(open, query, &wanted, &mut |records| add(&mut all, records))?;
            Ok(all)
        };
        self.ask(gathered)
    }

    /// Returns every promised review, the most overdue first; those without a day come last.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>, KbError> {
        let today = self.today();
        let mut found = self.gather(
            "",
            |row| row.is_governed,
            |found: &mut Vec<ReviewRow>, records| found.extend(promised::rows(records, today)),
        )?;
        promised::sort(&mut found);
        Ok(found)
    }
}

/// What is gathered for everything.
type Found = (Coverage, Vec<RetentionRow>, Vec<ReviewRow>, Notices);

fn each(
    open: &OpenIndex,
    query: &str,
    wanted: &dyn Fn(&Row) -> bool,
    visit: &mut dyn FnMut(&[Record<'_>]),
) -> Result<(), IndexError> {
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
    let is_wanted = |at: &usize| matches[main[*at]] && wanted(&overview.rows[*at]);
    let mut rows: Vec<usize> = (0..main.len()).filter(is_wanted).collect();
    rows.sort_unstable_by_key(|at| (main[*at], *at));
    for rows in portions(&rows, |at| main[at], AT_ONCE) {
        let documents = overview.governed(rows)?;
        let record = |(document, at): (_, &usize)| Record { document, incident: paths[main[*at]].as_str() };
        visit(&documents.iter().zip(rows).map(record).collect::<Vec<_>>());
    }
    Ok(())
}

/// Splits `rows` into portions of at least `size`, and no portion between two of the same group.
fn portions(rows: &[usize], group: impl Fn(usize) -> usize, size: usize) -> Vec<&[usize]> {
    let (mut portions, mut rest) = (Vec::new(), rows);
    while !rest.is_empty() {
        let mut end = size.clamp(1, rest.len());
        while end < rest.len() && group(rest[end]) == group(rest[end - 1]) {
            end += 1;
        }
        let (portion, behind) = rest.split_at(end);
        portions.push(portion);
        rest = behind;
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::portions;

    #[test]
    fn no_portion_parts_a_group() {
        let groups = [1, 1, 2, 2, 2, 3, 4];
        let split = |size| portions(&[0, 1, 2, 3, 4, 5, 6], |at| groups[at], size);
        assert_eq!(split(1), [&[0, 1][..], &[2, 3, 4], &[5], &[6]]);
        assert_eq!(split(3), [&[0, 1, 2, 3, 4][..], &[5, 6]]);
        assert_eq!(split(100).len(), 1);
        assert!(portions(&[], |at| at, 3).is_empty());
    }
}
