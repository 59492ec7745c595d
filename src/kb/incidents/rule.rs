//! What makes two documents documents of one incident. Lists, counts and the page of a document all ask here.

use crate::index::id_key;
use crate::kb::DocumentSummary;
use crate::model::{Document, Kind, PartialDate};

/// Days between the dates of documents of one incident that have ids of their own (a plan is written later).
const DAYS_OF_ONE_INCIDENT: u32 = 14;

/// Tells whether an id joins the documents of these kinds that carry it as their own: two of one kind are two
/// incidents whose id was given twice.
pub(in crate::kb) fn id_joins(kinds: impl IntoIterator<Item = Kind>) -> bool {
    let mut seen = Vec::new();
    kinds.into_iter().all(|kind| {
        let is_new = !seen.contains(&kind);
        seen.push(kind);
        is_new
    })
}

/// What is compared of two documents, in one form wherever it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kb) struct Tie {
    pub(in crate::kb) kind: Kind,
    /// Key of its own id.
    pub(in crate::kb) id: Option<u64>,
    /// Days since 1970; of a month, the first.
    pub(in crate::kb) day: Option<i32>,
}

impl Tie {
    pub(in crate::kb) fn of(document: &Document) -> Self {
        let id = document.id.as_ref().map(|id| id.value.as_str());
        Self::new(document.kind.value, id, document.date.as_ref().map(|it| it.value))
    }

    pub(in crate::kb) fn of_summary(summary: &DocumentSummary) -> Self {
        let date = summary.date.as_deref().and_then(PartialDate::from_displayed);
        Self::new(summary.kind, summary.id.as_deref(), date)
    }

    fn new(kind: Kind, id: Option<&str>, date: Option<PartialDate>) -> Self {
        Self { kind, id: id.map(id_key), day: date.map(|it| it.first_day().to_epoch_days()) }
    }

    /// Tells whether a link between files of one folder joins them. People also link to other incidents, above all in
    /// folders that hold a whole year: two reports are two incidents, and so are two documents with different ids and
    /// weeks between their days.
    pub(in crate::kb) fn link_joins(self, other: Self) -> bool {
        let kinds = [self.kind, other.kind];
        let reports = kinds.iter().all(|kind| *kind == Kind::Incident);
        let notes = kinds.contains(&Kind::Other);
        let ids_differ = self.id.zip(other.id).is_some_and(|(own, id)| own != id);
        let other_day = self.day.zip(other.day).is_some_and(|(own, day)| own.abs_diff(day) > DAYS_OF_ONE_INCIDENT);
        !(notes || reports || ids_differ && other_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn an_id_joins_documents_of_different_kinds() {
        assert!(id_joins([Kind::Incident, Kind::Rca, Kind::Resolution]));
        assert!(!id_joins([Kind::Incident, Kind::Rca, Kind::Incident]));
    }

    #[test]
    fn a_link_joins_unless_ids_and_weeks_part() {
        let tie = |kind, id, day| Tie { kind, id: Some(id), day };
        let report = tie(Kind::Incident, 1, Some(300));
        assert!(report.link_joins(tie(Kind::FixPlan, 2, Some(314))));
        assert!(report.link_joins(tie(Kind::FixPlan, 1, Some(0))));
        assert!(report.link_joins(tie(Kind::FixPlan, 2, None)));
        assert!(!report.link_joins(tie(Kind::FixPlan, 2, Some(285))));
        assert!(!report.link_joins(Tie { id: None, ..report }));
        assert!(!tie(Kind::Rca, 1, None).link_joins(tie(Kind::Other, 1, None)));
    }

    #[test]
    fn an_id_and_a_month_are_the_same_wherever_they_were_read() {
        let read = |id: &str, date: &str| {
            let text = format!("---\nid: {id}\ndate: {date}\n---\n# Outage\n");
            Tie::of(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document)
        };
        let (upper, lower) = (read("INC-7", "2025-06"), read("inc-7", "2025-06-01"));
        assert_eq!(upper, lower);
        assert!(upper.id.is_some() && upper.day.is_some());
    }
}
