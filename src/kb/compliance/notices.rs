//! Notices that possible breaches ask for.

use crate::evidence::notices::{NoticeState, Notices, of, sort};
use crate::index::{OpenIndex, Overview};
use crate::kb::{KbError, KnowledgeBase};

impl KnowledgeBase {
    /// Returns every notice of a possible breach.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn notices(&self) -> Result<Notices, KbError> {
        let now = self.this_minute();
        let mut found =
            self.gather("", |row| row.has_assessment, |found: &mut Notices, records| found.add(records, now))?;
        sort(&mut found.rows);
        Ok(found)
    }

    /// Returns how many notices are overdue, and how many are due within `days` days.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn notices_due(&self, days: i64) -> Result<NoticesDue, KbError> {
        let now = self.this_minute();
        let counted = |open: &OpenIndex| {
            let mut due = NoticesDue::default();
            for row in Overview::read(open)?.assessed()?.iter().flat_map(|document| of(document, now)) {
                due.overdue += usize::from(row.state == NoticeState::Overdue);
                due.near += usize::from(row.state == NoticeState::Open && -row.days_late <= days);
            }
            Ok(due)
        };
        self.ask(counted)
    }
}

/// How many notices somebody should think of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoticesDue {
    /// Their last day is past.
    pub overdue: usize,
    /// Their last day is near.
    pub near: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::kb::OpenOptions;

    #[test]
    fn what_is_due_is_counted_anew_for_every_commit_of_the_index() {
        let folder = tempfile::tempdir().unwrap();
        // Individuals and the covered entity's own are told within 60 days.
        let record = |name: &str, discovered: &str| {
            let assessment = format!("breach-assessment:\n  discovered: {discovered}\n  conclusion: breach\n");
            let text = format!("---\nkind: incident\nid: {name}\n{assessment}  individuals: 12\n---\n# Letters\n");
            std::fs::write(folder.path().join(format!("{name}.md")), text).unwrap();
        };
        record("INC-1", "2025-11-20");
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let root = folder.path().to_path_buf();
        let options = OpenOptions { root: Some(root.clone()), current_dir: root, clock };
        let kb = KnowledgeBase::open(&options).unwrap();
        let due = |days| {
            kb.sync(&|_| {}).unwrap();
            let due = kb.notices_due(days).unwrap();
            (due.overdue, due.near)
        };
        assert_eq!((due(7), due(3)), ((0, 1), (0, 0)), "due on 2026-01-19");
        record("INC-2", "2025-11-01");
        assert_eq!(due(7), (1, 1));
        let listed = kb.notices().unwrap().rows;
        assert_eq!(listed.iter().filter(|row| row.state == NoticeState::Overdue).count(), 1);
    }
}
