//! Incidents as a list: documents about the same event count once.

mod forest;
mod group;
mod open_work;
mod rule;
mod select;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{DocumentSummary, KbError, KnowledgeBase};
use crate::index::{Minutes, Overview};
use crate::model::{DurationKind, Kind, Severity, StatusState};

pub(super) use group::{Group, Member, group_all, groups};
pub(super) use rule::{Tie, id_joins};
pub(super) use select::{Selection, incident, median};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Things that happened.
    #[default]
    Incidents,
    /// Things that almost happened.
    NearMisses,
    /// Exercises.
    Drills,
}

impl Scope {
    /// Every scope, in the order shown.
    pub const ALL: [Self; 3] = [Self::Incidents, Self::NearMisses, Self::Drills];

    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::NearMisses => "near-misses",
            Self::Drills => "drills",
        }
    }
}

/// Days from and to, both included; an end that is not set is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Period {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Tells whether the period leaves nothing out.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Tells whether the day belongs to it; what has no day belongs only to everything.
    pub(super) fn holds(&self, day: Option<i32>) -> bool {
        let Some(day) = day else { return self.is_everything() };
        self.from.is_none_or(|from| from.to_epoch_days() <= day) && self.to.is_none_or(|to| day <= to.to_epoch_days())
    }
}

/// Which incidents are wanted. Values of one field widen, fields narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentFilter {
    /// A query in the query language that one of the incident's documents must match strictly; empty for all.
    pub query: String,
    /// What is counted.
    pub scope: Scope,
    /// `None` for those without a severity.
    pub severities: Vec<Option<Severity>>,
    /// States; `None` for those without a status.
    pub statuses: Vec<Option<StatusState>>,
    /// A service, as the documents name it, without regard to case.
    pub service: Option<String>,
    /// A root-cause tag.
    pub tag: Option<String>,
    /// When it began.
    pub period: Period,
    /// Only incidents with open action items.
    pub open_actions: bool,
}

/// Order of incidents; those without the value come last, whatever the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentSort {
    /// When it began.
    Date,
    /// How severe it was.
    Severity,
    /// How far its handling has come.
    Status,
    /// How many action items are open.
    Actions,
    /// Time to detect.
    Detect,
    /// Time to resolve.
    Resolve,
    /// Whole duration.
    Total,
    /// When one of its files last changed.
    Updated,
}

impl IncidentSort {
    /// Every order.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Severity,
        Self::Status,
        Self::Actions,
        Self::Detect,
        Self::Resolve,
        Self::Total,
        Self::Updated,
    ];

    /// Returns the stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Severity => "severity",
            Self::Status => "status",
            Self::Actions => "actions",
            Self::Detect => "detect",
            Self::Resolve => "resolve",
            Self::Total => "total",
            Self::Updated => "updated",
        }
    }

    /// Tells whether large values come first unless asked otherwise: newest, longest, most.
    #[must_use]
    pub fn descends(self) -> bool {
        !matches!(self, Self::Severity | Self::Status)
    }
}

/// A page of incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRequest {
    /// Which.
    pub filter: IncidentFilter,
    /// In which order.
    pub sort: IncidentSort,
    /// Large values first.
    pub descending: bool,
    /// First incident wanted, from 0.
    pub offset: usize,
    /// Number of incidents wanted.
    pub limit: usize,
}

/// A time that an incident took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Took {
    /// Minutes.
    pub minutes: u32,
    /// A person wrote it; otherwise it is worked out from the timeline.
    pub stated: bool,
}

impl From<Minutes> for Took {
    fn from(minutes: Minutes) -> Self {
        Self { minutes: minutes.minutes, stated: minutes.stated }
    }
}

/// A document of an incident besides the one that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Kind.
    pub kind: Kind,
}

/// An incident in a list. Values come from the document that stands for it, or else from its others; the status is the
/// furthest that a report of it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// The document that stands for it.
    pub document: DocumentSummary,
    /// Its other documents.
    pub parts: Vec<Part>,
    /// The day it began.
    pub date: Option<NaiveDate>,
    /// 1 to 5.
    pub severity: Option<Severity>,
    /// State.
    pub status: Option<StatusState>,
    /// Time to detect.
    pub detect: Option<Took>,
    /// Time to resolve.
    pub resolve: Option<Took>,
    /// Whole duration.
    pub total: Option<Took>,
    /// Open action items in all its documents.
    pub actions_open: u32,
    /// Action items in all its documents, without those that nobody will do.
    pub actions_total: u32,
    /// When one of its files last changed, where that is known.
    pub updated: Option<DateTime<Utc>>,
}

/// A page of incidents and what it is cut from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incidents {
    /// Incidents that were asked for.
    pub total: usize,
    /// Documents that these incidents consist of.
    pub documents: usize,
    /// The incidents of the page.
    pub items: Vec<Incident>,
}

impl KnowledgeBase {
    /// Lists incidents: documents about the same event count once.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn incidents(&self, request: &IncidentRequest) -> Result<Incidents, KbError> {
        self.ask(|open| {
            let overview = Overview::read(open)?;
            let found = Selection::of(&overview, &request.filter)?.groups;
            let (total, documents) = (found.len(), found.iter().map(|group| group.rows.len()).sum());
            let page = select::ordered(&overview, found, request);
            let items = page.iter().map(|group| select::incident(&overview, group));
            Ok(Incidents { total, documents, items: items.collect::<Result<_, _>>()? })
        })
    }
}

/// Returns the day that many days after 1970.
pub(super) fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(days)
}

/// The durations that are shown, in the order shown.
pub(super) const TIMES: [DurationKind; 3] = [DurationKind::Detect, DurationKind::Resolve, DurationKind::Total];
