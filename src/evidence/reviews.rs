//! Reviews that documents promise: when each is due, by which frequency, and how late it is.
//!
//! The frequency that a document declares is the commitment that is tested: no framework fixes a number for records of
//! incidents. The day on which a review is due is on time.

use chrono::NaiveDate;
use serde::Serialize;

use super::Record;
use super::record::{Named, scoped};
use crate::csv::{Cell, Table};
use crate::model::{Anchor, Document, Period};

/// A document and its next review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewRow {
    /// Which document.
    #[serde(flatten)]
    pub document: Named,
    /// The day of the next review.
    pub due: Option<NaiveDate>,
    /// The document states the day; otherwise it is worked out.
    pub stated: bool,
    /// How often it is reviewed, as written: the shortest stated.
    pub frequency: Option<String>,
    /// Key of the framework that this is stated for; empty for none.
    pub framework: Option<String>,
    /// What a day that is worked out is counted from.
    pub from: Option<Anchor>,
    /// The day of the last review.
    pub last: Option<NaiveDate>,
    /// Who reviewed it, or is to.
    pub reviewer: Option<String>,
    /// Days since it was due; less than zero while there is time.
    pub days_late: Option<i64>,
    /// Periods that ended without a review, where a frequency is known.
    pub missed: Option<u32>,
    /// Why there is no day, where there is none.
    pub lack: Option<Lack>,
}

/// Why a review has no day though one is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Neither a last review nor a day on which the document was made is stated.
    Start,
    /// The frequency has two meanings or none.
    Frequency,
    /// It is reviewed when something happens, not by the calendar.
    ByEvent,
}

impl Lack {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Frequency => "frequency",
            Self::ByEvent => "by-event",
        }
    }
}

impl ReviewRow {
    /// Returns how often it is reviewed and the framework that this is stated for, in words.
    #[must_use]
    pub fn frequency_words(&self) -> String {
        scoped(self.frequency.as_deref(), self.framework.as_deref())
    }

    /// Tells whether the review is late.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.days_late.is_some_and(|days| days > 0)
    }
}

/// Periods that are counted; more say no more.
const MOST_MISSED: u32 = 9999;

/// Returns every promised review, the most overdue first; those without a day come last.
#[must_use]
pub fn rows(records: &[Record<'_>], today: NaiveDate) -> Vec<ReviewRow> {
    let mut rows: Vec<ReviewRow> = records.iter().filter_map(|record| row(record, today)).collect();
    sort(&mut rows);
    rows
}

/// Puts the most overdue review first, those without a day last.
pub fn sort(rows: &mut [ReviewRow]) {
    rows.sort_by(|a, b| {
        (a.due.is_none(), a.due, a.lack, &a.document.path).cmp(&(b.due.is_none(), b.due, b.lack, &b.document.path))
    });
}

/// Returns reviews as a table.
#[must_use]
pub(crate) fn table(rows: &[ReviewRow]) -> Table {
    let day = |day: Option<NaiveDate>| day.map_or(Cell::Empty, |day| day.to_string().as_str().into());
    let text = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
    let row = |it: &ReviewRow| {
        let about = [
            day(it.due),
            it.due.map_or("", |_| if it.stated { "stated" } else { "worked out" }).into(),
            text(it.frequency.as_deref()),
            text(it.framework.as_deref()),
            text(it.from.map(|from| from.what.as_str())),
            day(it.from.map(|from| from.day)),
            day(it.last),
            text(it.reviewer.as_deref()),
            it.days_late
                .and_then(|days| i32::try_from(days).ok())
                .map_or(Cell::Empty, |days| Cell::Number(days.into())),
            it.missed.map_or(Cell::Empty, Cell::from),
            text(it.lack.map(Lack::as_str)),
        ];
        it.document.cells().into_iter().chain(about).collect()
    };
    let head = "path id title kind incident due origin frequency framework counted_from counted_from_day last_reviewed \
                reviewer days_late periods_missed lack";
    Table { head: head.split(' ').collect(), rows: rows.iter().map(row).collect() }
}

fn row(record: &Record<'_>, today: NaiveDate) -> Option<ReviewRow> {
    let document = record.document;
    let review = &document.compliance.review;
    let due = document.review_due();
    if due.is_none() && review.frequencies.is_empty() {
        return None;
    }
    let shortest = shortest_frequency(document);
    let stated = shortest.map(|(_, of, text)| (of, text));
    let written = stated.or_else(|| review.frequencies.first().map(|(of, it)| (of.as_str(), it.value.as_str())));
    let worked_out = document.next_review_due().filter(|_| due.is_some());
    Some(ReviewRow {
        document: Named::of(record),
        due: due.map(|(day, _)| day),
        stated: due.is_some_and(|(_, inferred)| !inferred),
        frequency: written.map(|(_, text)| text.to_owned()),
        framework: written.map(|(of, _)| of.to_owned()),
        from: worked_out.map(|it| it.from),
        last: review.last.as_ref().map(|it| it.value.first_day()),
        reviewer: review.reviewer.as_ref().map(|it| it.value.trim().to_owned()).filter(|it| !it.is_empty()),
        days_late: due.map(|(day, _)| (today - day).num_days()),
        missed: shortest.zip(due).map(|((period, ..), (day, _))| missed(period, day, today)),
        lack: if due.is_some() { None } else { Some(lack(document, shortest.is_some())) },
    })
}

/// Returns the shortest frequency stated, the framework it is stated for, and its text.
#[must_use]
pub fn shortest_frequency(document: &Document) -> Option<(Period, &str, &str)> {
    let stated = document.compliance.review.frequencies.iter();
    let periods =
        stated.filter_map(|(of, it)| Some((Period::parse_frequency(&it.value)?, of.as_str(), it.value.as_str())));
    periods.min_by_key(|(period, ..)| period.length())
}

/// Returns how many periods ended without a review, where the first one did on `due`.
fn missed(period: Period, due: NaiveDate, today: NaiveDate) -> u32 {
    let ended = |times: &u32| period.times(*times).and_then(|it| it.after(due)).is_some_and(|day| day < today);
    if due >= today { 0 } else { 1 + (1..MOST_MISSED).take_while(ended).count() as u32 }
}

fn lack(document: &Document, has_period: bool) -> Lack {
    match has_period {
        true => Lack::Start,
        false if document.compliance.review.frequencies.iter().all(|(_, it)| Period::is_by_event(&it.value)) => {
            Lack::ByEvent
        }
        false => Lack::Frequency,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::record::tests::{document, records};
    use crate::model::Milestone;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn only(front_matter: &str, today: &str) -> Option<ReviewRow> {
        let document = document("a.md", front_matter);
        rows(&records(std::slice::from_ref(&document)), day(today)).pop()
    }

    fn every(frequency: &str) -> String {
        format!("compliance:\n  soc2:\n    review-frequency: {frequency}\n")
    }

    #[test]
    fn the_vectors_hold() {
        const VECTORS: &str = include_str!("../compliance/data/date-vectors.tsv");
        let mut tried = 0;
        for line in VECTORS.lines().skip(1) {
            let [kind, anchor, period, times, expected, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
                continue;
            };
            if kind == "review-rolling" {
                let row = only(&format!("created: {anchor}\n{}", every(period)), "2026-01-01").unwrap();
                assert_eq!(row.due, Some(day(expected)), "{line}");
                tried += 1;
            } else if kind == "review-series" {
                let period = Period::parse_frequency(period).and_then(|it| it.times(times.parse().unwrap())).unwrap();
                assert_eq!(period.after(day(anchor)), Some(day(expected)), "{line}");
                tried += 1;
            }
        }
        assert_eq!(tried, 14);
    }

    #[test]
    fn the_day_itself_is_on_time_and_the_next_one_late() {
        let on = |today: &str| only(&format!("created: 2026-01-10\n{}", every("quarterly")), today).unwrap();
        let shown = |row: ReviewRow| (row.days_late, row.is_overdue(), row.missed);
        assert_eq!(shown(on("2026-04-01")), (Some(-9), false, Some(0)));
        assert_eq!(shown(on("2026-04-10")), (Some(0), false, Some(0)));
        assert_eq!(shown(on("2026-04-11")), (Some(1), true, Some(1)));
        assert_eq!(shown(on("2026-12-31")), (Some(265), true, Some(3)));
    }

    #[test]
    fn a_review_since_moves_the_day() {
        let text = format!("created: 2025-01-10\nlast-reviewed: 2026-02-01\nreviewed-by: Ada\n{}", every("monthly"));
        let row = only(&text, "2026-02-10").unwrap();
        assert_eq!((row.due, row.last), (Some(day("2026-03-01")), Some(day("2026-02-01"))));
        assert_eq!(row.from, Some(Anchor { what: Milestone::LastReview, day: day("2026-02-01") }));
        assert_eq!((row.reviewer.as_deref(), row.framework.as_deref()), (Some("Ada"), Some("soc2")));
        let inside = "created: 2025-01-10\ncompliance:\n  last-reviewed: 2026-02-01\n  next-review: 2026-05-01\n  reviewer: Bo\n";
        let row = only(inside, "2026-02-10").unwrap();
        assert_eq!((row.due, row.stated, row.reviewer.as_deref()), (Some(day("2026-05-01")), true, Some("Bo")));
    }

    #[test]
    fn what_has_no_day_says_why() {
        let lack = |text: &str| only(text, "2026-01-01").map(|it| it.lack);
        assert_eq!(lack(&every("quarterly")), Some(Some(Lack::Start)));
        assert_eq!(lack(&format!("created: 2025-01-10\n{}", every("biannual"))), Some(Some(Lack::Frequency)));
        assert_eq!(lack(&format!("created: 2025-01-10\n{}", every("on-change"))), Some(Some(Lack::ByEvent)));
        assert_eq!(lack("created: 2025-01-10\nlast-reviewed: 2026-01-01\n"), None);
    }

    #[test]
    fn the_most_overdue_comes_first_and_what_has_no_day_last() {
        let made = |path: &str, created: &str| document(path, &format!("created: {created}\n{}", every("annual")));
        let documents = [
            document("a.md", &every("annual")),
            made("b.md", "2025-01-01"),
            made("c.md", "2023-01-01"),
            document("d.md", ""),
        ];
        let found = rows(&records(&documents), day("2026-06-01"));
        assert_eq!(found.iter().map(|it| it.document.path.as_str()).collect::<Vec<_>>(), ["c.md", "b.md", "a.md"]);
        assert!(table(&found).csv().contains("\r\nc.md,c.md,Queue stuck,incident,c.md,2024-01-01,worked out,annual,soc2,created,2023-01-01,,,882,3,\r\n"), "{}", table(&found).csv());
    }
}
