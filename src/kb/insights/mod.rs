//! Insights: incidents by time, severity, cause and service, the times they took, and what became of action items.

mod time;
mod work;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::incidents::{Group, Scope, Selection, day};
use super::{IncidentFilter, KbError, KnowledgeBase, Period, Took};
use crate::index::{FacetField, IndexError, Overview};

pub(super) use time::stretches;
pub use time::{Dot, Times, TrendStep};
pub use work::{AgeBucket, Completion};

/// Names of one sort that are listed; the rest is counted together.
const MAX_NAMES: usize = 1000;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsightsRequest {
    /// When the incidents began.
    pub period: Period,
    /// Most dots of each sort of time, spread over all. The numbers always rest on all.
    pub dots: usize,
}

/// A stretch of time and the incidents that began in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Incidents of each severity, in the order of `Severity::ALL`.
    pub by_severity: [u32; 5],
    /// Incidents without a severity.
    pub unrated: u32,
}

impl Bucket {
    /// Returns the number of incidents.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.by_severity.iter().sum::<u32>() + self.unrated
    }
}

/// Length of the stretches of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A calendar year.
    Year,
}

/// Incidents by a name that they carry; an incident with several is counted under each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ByName {
    /// Names, that of most incidents first.
    pub names: Vec<NameCount>,
    /// Names beyond those listed.
    pub more: usize,
    /// Incidents without any.
    pub without: u32,
}

/// A name and how many incidents carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameCount {
    /// Tag or service.
    pub name: String,
    /// Incidents.
    pub incidents: u32,
}

/// What the knowledge base says about a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Insights {
    /// The period asked for.
    pub period: Period,
    /// Years in which incidents began, whatever the period asked for, newest first.
    pub years: Vec<i32>,
    /// Incidents counted.
    pub incidents: usize,
    /// Documents that they consist of.
    pub documents: usize,
    /// Documents of the knowledge base that are no part of an incident: drills, near misses, process notes.
    pub left_out: usize,
    /// Incidents without a date, which no stretch of time holds.
    pub undated: usize,
    /// Length of the stretches.
    pub unit: Unit,
    /// Stretches of time without a gap, oldest first.
    pub buckets: Vec<Bucket>,
    /// By root-cause tag.
    pub causes: ByName,
    /// By affected service.
    pub services: ByName,
    /// Times to detect, to resolve, and in whole.
    pub times: Vec<Times>,
    /// Open action items by the age of their incident.
    pub ages: Vec<AgeBucket>,
    /// Action items done and open, by the time their incident began.
    pub completion: Vec<Completion>,
}

impl KnowledgeBase {
    /// Returns every service or root-cause tag with the number of documents that carry it, most first.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn names(&self, field: FacetField) -> Result<Vec<(String, u32)>, KbError> {
        self.ask(|open| Ok(Overview::read(open)?.texts(field)?.counts()))
    }

    /// Counts what happened in a period.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn insights(&self, request: &InsightsRequest) -> Result<Insights, KbError> {
        let today = self.today();
        self.ask(|open| insights(&Overview::read(open)?, request, today))
    }
}

fn insights(overview: &Overview<'_>, request: &InsightsRequest, today: NaiveDate) -> Result<Insights, IndexError> {
    let filter = IncidentFilter { scope: Scope::Incidents, ..IncidentFilter::default() };
    let mut groups = Selection::of(overview, &filter)?.groups;
    let years = time::years(groups.iter().filter_map(|group| group.day(overview)));
    // Documents of an incident have days of their own: what is none of any is counted by its own day.
    let mut outside = vec![true; overview.rows.len()];
    groups.iter().flat_map(|group| group.rows).for_each(|row| outside[*row] = false);
    let left_out = overview.rows.iter().zip(outside).filter(|(row, is)| *is && request.period.holds(row.date)).count();
    groups.retain(|group| request.period.holds(group.day(overview)));
    let documents = groups.iter().map(|group| group.rows.len()).sum();
    let dated: Vec<i32> = groups.iter().filter_map(|group| group.day(overview)).collect();
    let (unit, mut buckets) = time::buckets(&dated);
    for group in &groups {
        if let Some(bucket) = group.day(overview).and_then(|day| time::bucket_of(&mut buckets, day)) {
            match group.severity(overview) {
                Some(severity) => bucket.by_severity[usize::from(severity.level()) - 1] += 1,
                None => bucket.unrated += 1,
            }
        }
    }
    let completion = work::completion(overview, &groups, &buckets);
    Ok(Insights {
        period: request.period,
        years,
        incidents: groups.len(),
        documents,
        left_out,
        undated: groups.len() - dated.len(),
        unit,
        causes: by_name(overview, &groups, FacetField::Tag)?,
        services: by_name(overview, &groups, FacetField::Service)?,
        times: super::incidents::TIMES
            .into_iter()
            .map(|kind| time::times(overview, &groups, kind, request.dots))
            .collect::<Result<_, _>>()?,
        ages: work::ages(overview, &groups, today.to_epoch_days()),
        completion,
        buckets,
    })
}

fn by_name(overview: &Overview<'_>, groups: &[Group<'_>], field: FacetField) -> Result<ByName, IndexError> {
    let texts = overview.texts(field)?;
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut without = 0;
    for group in groups {
        let mut numbers: Vec<u32> = group.rows.iter().flat_map(|row| texts.of(*row)).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        without += u32::from(numbers.is_empty());
        numbers.into_iter().for_each(|number| *counts.entry(number).or_default() += 1);
    }
    let name = |(number, incidents)| NameCount { name: texts.name(number).to_owned(), incidents };
    let mut names: Vec<NameCount> = counts.into_iter().map(name).collect();
    names.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.name.cmp(&b.name)));
    let more = names.len().saturating_sub(MAX_NAMES);
    names.truncate(MAX_NAMES);
    Ok(ByName { names, more, without })
}
