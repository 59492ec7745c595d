//! What asks for someone's attention: reviews that are due, and incidents closed without an explanation.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::incidents::{Scope, Selection, day};
use super::page::page;
use super::{DocumentSummary, IncidentFilter, KbError, KnowledgeBase};
use crate::index::{IndexError, Overview};
use crate::model::StatusState;

/// Days before its date from which a review is said to be near.
const NEAR: i32 = 30;

/// A document whose next review is past or near.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewDue {
    /// The document.
    pub document: DocumentSummary,
    /// The day of its next review.
    pub date: NaiveDate,
    /// Worked out from the last review and the stated frequency; otherwise the document states the day.
    pub inferred: bool,
    /// The day is past.
    pub overdue: bool,
}

/// An incident that is said to be resolved, with no document that says why it happened or how it was fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unexplained {
    /// The document that stands for the incident.
    pub document: DocumentSummary,
    /// No cause is named.
    pub no_cause: bool,
    /// No resolution is described.
    pub no_resolution: bool,
}

/// What asks for attention: the first of each sort, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NeedsReview {
    /// Reviews, the most overdue first.
    pub due: Vec<ReviewDue>,
    /// Number of reviews past or near.
    pub due_total: usize,
    /// Incidents resolved without an explanation, newest first.
    pub unexplained: Vec<Unexplained>,
    /// Number of these.
    pub unexplained_total: usize,
}

impl KnowledgeBase {
    /// Returns what asks for attention, `limit` of each sort.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn needs_review(&self, limit: usize) -> Result<NeedsReview, KbError> {
        let today = self.today().to_epoch_days();
        self.ask(|open| {
            let overview = Overview::read(open)?;
            let (due, due_total) = due(&overview, today, limit)?;
            let (unexplained, unexplained_total) = unexplained(&overview, limit)?;
            Ok(NeedsReview { due, due_total, unexplained, unexplained_total })
        })
    }
}

fn due(overview: &Overview<'_>, today: i32, limit: usize) -> Result<(Vec<ReviewDue>, usize), IndexError> {
    let dated = overview.rows.iter().enumerate().filter_map(|(at, row)| Some((row.review?, at)));
    let found: Vec<((i32, bool), usize)> = dated.filter(|((review, _), _)| *review <= today + NEAR).collect();
    let total = found.len();
    let view = |&((review, inferred), row): &((i32, bool), usize)| {
        let document = overview.summary(row)?;
        Ok(day(review).map(|date| ReviewDue { document, date, inferred, overdue: review < today }))
    };
    let shown = page(found, |(review, row)| (*review, overview.rows[*row].key), 0, limit);
    let shown: Result<Vec<_>, IndexError> = shown.iter().map(view).collect();
    Ok((shown?.into_iter().flatten().collect(), total))
}

fn unexplained(overview: &Overview<'_>, limit: usize) -> Result<(Vec<Unexplained>, usize), IndexError> {
    let filter = IncidentFilter {
        scope: Scope::Incidents,
        statuses: vec![Some(StatusState::Resolved), Some(StatusState::Closed)],
        ..IncidentFilter::default()
    };
    let mut found = Selection::of(overview, &filter)?.groups;
    found.retain(|group| !group.has(overview, |row| row.has_cause) || !group.has(overview, |row| row.has_resolution));
    let total = found.len();
    let shown = page(found, |group| (Reverse(group.day(overview)), group.key(overview)), 0, limit);
    let view = |group: &super::incidents::Group<'_>| {
        Ok(Unexplained {
            document: overview.summary(group.main())?,
            no_cause: !group.has(overview, |row| row.has_cause),
            no_resolution: !group.has(overview, |row| row.has_resolution),
        })
    };
    let shown: Result<Vec<_>, IndexError> = shown.iter().map(view).collect();
    Ok((shown?, total))
}
