//! Days that follow from what a document states: until when it is kept, and when it is to be reviewed.
//!
//! Nothing is assumed: without a stated period and a stated day to count from there is no deadline.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Document, Extracted, PartialDate, Period};

/// A day that was worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day; `None` for what is kept for ever.
    pub date: Option<NaiveDate>,
    /// The period as written.
    pub period: String,
    /// The framework it was stated for; empty for none.
    pub framework: String,
    /// What it was counted from.
    pub from: Anchor,
}

/// A day to count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// What happened on it.
    pub what: Milestone,
    /// The day.
    pub day: NaiveDate,
}

/// What happens to an incident and its record on days that are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Milestone {
    /// The incident began.
    Began,
    /// The document was changed last.
    #[serde(rename = "last commit")]
    LastCommit,
    /// The record was made.
    Created,
    /// The record says that it was changed.
    Updated,
    /// The incident was resolved.
    Resolved,
    /// The record was closed.
    Closed,
    /// The record was reviewed last.
    #[serde(rename = "last review")]
    LastReview,
}

impl Milestone {
    /// Returns what happened in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::LastCommit => "last commit",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::LastReview => "last review",
        }
    }
}

impl Document {
    /// Returns the day from which the document is kept, and what happened on it: the latest day that says that the record
    /// was not complete before. Of several things on one day, the one that says most of the record is named.
    ///
    /// `committed` is the day of the last commit that changed it, where that is known.
    #[must_use]
    pub fn kept_from(&self, committed: Option<NaiveDate>) -> Option<Anchor> {
        let days = [
            (Milestone::Began, self.date.as_ref().and_then(|it| it.value.known_day())),
            (Milestone::LastCommit, committed),
            (Milestone::Created, self.days.created),
            (Milestone::Updated, self.days.updated),
            (Milestone::Resolved, self.times.resolved.as_ref().and_then(|it| it.value.date)),
            (Milestone::Closed, self.days.closed),
        ];
        days.into_iter().filter_map(|(what, day)| Some(Anchor { what, day: day? })).max_by_key(|it| it.day)
    }

    /// Returns the last day on which the document must be kept by what it states: the longest of its periods, counted from
    /// the day of [`Document::kept_from`].
    #[must_use]
    pub fn keep_until(&self, committed: Option<NaiveDate>) -> Option<Deadline> {
        let from = self.kept_from(committed)?;
        let stated = self.compliance.retention.iter();
        let periods = stated.filter_map(|(framework, it)| Some((framework, it, Period::parse(&it.value)?)));
        let (framework, text, period) = periods.max_by_key(|(.., period)| period.length())?;
        Some(deadline(from, period, framework, text))
    }

    /// Returns the day of the next review and whether it was worked out: the stated day, unless a review has taken place
    /// since, or else what follows from the frequencies stated.
    #[must_use]
    pub fn review_due(&self) -> Option<(NaiveDate, bool)> {
        let stated = self.stated_review().map(|day| (day, false));
        stated.or_else(|| Some((self.next_review_due()?.date?, true)))
    }

    /// Returns the first day on which a review is due by the frequencies stated, counted from the last review or else
    /// from `created`; `None` where the day itself is stated.
    #[must_use]
    pub fn next_review_due(&self) -> Option<Deadline> {
        if self.stated_review().is_some() {
            return None;
        }
        let review = &self.compliance.review;
        let known = |date: &Extracted<PartialDate>| date.value.known_day();
        let last = review.last.as_ref().and_then(known).map(|day| (Milestone::LastReview, day));
        let (what, day) = last.or_else(|| self.days.created.map(|day| (Milestone::Created, day)))?;
        let stated = review.frequencies.iter();
        let periods = stated.filter_map(|(framework, it)| Some((framework, it, Period::parse_frequency(&it.value)?)));
        let (framework, text, period) = periods.min_by_key(|(.., period)| period.length())?;
        Some(deadline(Anchor { what, day }, period, framework, text))
    }

    /// Returns the day on which a review is stated to be due, unless there was one on it or since.
    fn stated_review(&self) -> Option<NaiveDate> {
        let review = &self.compliance.review;
        let day = review.next.as_ref()?.value.first_day();
        let last = review.last.as_ref().map(|it| it.value.first_day());
        last.is_none_or(|last| last < day).then_some(day)
    }
}

fn deadline(from: Anchor, period: Period, framework: &str, text: &Extracted<String>) -> Deadline {
    Deadline { date: period.after(from.day), period: text.value.clone(), framework: framework.to_owned(), from }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Origin, OriginKind};

    fn from<T>(value: T) -> Extracted<T> {
        Extracted::new(value, "", Origin::new(OriginKind::FrontMatter, 1))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_review_is_due_as_stated_or_after_the_shortest_frequency() {
        let mut document = Document::empty("a.md", from(Kind::Incident));
        document.compliance.review.last = Some(from(PartialDate::day(day("2026-01-31"))));
        assert_eq!(document.review_due(), None);
        document.compliance.review.frequencies =
            vec![("soc2".into(), from("Annual".into())), ("hipaa".into(), from("monthly".into()))];
        assert_eq!(document.review_due(), Some((day("2026-02-28"), true)));
        document.compliance.review.next = Some(from(PartialDate::day(day("2027-01-01"))));
        assert_eq!(document.review_due(), Some((day("2027-01-01"), false)));
        document.compliance.review.last = Some(from(PartialDate::day(day("2027-01-04"))));
        assert_eq!(document.review_due(), Some((day("2027-02-04"), true)), "the stated review took place");
    }
}
