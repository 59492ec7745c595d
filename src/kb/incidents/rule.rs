//! What makes two documents documents of one incident. Lists, counts and the page of a document all ask here.

use crate::model::Kind;

/// Days between the dates of documents of one incident that have ids of their own (a plan is written later).
const DAYS_OF_ONE_INCIDENT: i64 = 14;

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

/// Tells whether a link between files of one folder joins them. People also link to other incidents, above all in
/// folders that hold a whole year: two reports are two incidents, and so are two documents with different ids and weeks
/// between their days.
pub(in crate::kb) fn link_joins(kinds: [Kind; 2], ids_differ: bool, days_apart: Option<i64>) -> bool {
    let reports = kinds.iter().all(|kind| *kind == Kind::Incident);
    let notes = kinds.contains(&Kind::Other);
    let other_day = days_apart.is_some_and(|days| days.abs() > DAYS_OF_ONE_INCIDENT);
    !(notes || reports || ids_differ && other_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_joins_documents_of_different_kinds() {
        assert!(id_joins([Kind::Incident, Kind::Rca, Kind::Resolution]));
        assert!(!id_joins([Kind::Incident, Kind::Rca, Kind::Incident]));
    }

    #[test]
    fn a_link_joins_unless_ids_and_weeks_part() {
        let kinds = [Kind::Incident, Kind::FixPlan];
        assert!(link_joins(kinds, true, Some(-14)));
        assert!(link_joins(kinds, false, Some(300)));
        assert!(link_joins(kinds, true, None));
        assert!(!link_joins(kinds, true, Some(15)));
        assert!(!link_joins([Kind::Incident, Kind::Incident], false, None));
        assert!(!link_joins([Kind::Rca, Kind::Other], false, None));
    }
}
