//! How long each record is kept: which period decides, from which day, until when, and what stands against disposal.
//!
//! Nothing is disposed of because a day has passed: a day only says from when somebody may decide to.

mod hold;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::Record;
use super::record::{Named, scoped};
use crate::compliance::{Assessment, Framework, breach_retention, minimum_retention};
use crate::csv::{Cell, Table};
use crate::model::{Anchor, Document, Kind, Period};
pub use hold::Hold;
use hold::holds;

/// A record and how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionRow {
    /// Which document.
    #[serde(flatten)]
    pub document: Named,
    /// How it stands on the day asked about.
    pub state: RetentionState,
    /// The period that decides, as written: the longest. For the record of a possible breach that states none, that of
    /// HIPAA.
    pub period: Option<String>,
    /// Key of the framework that it is stated for; empty for none.
    pub framework: Option<String>,
    /// What the period is counted from.
    pub from: Option<Anchor>,
    /// The last day on which it must be kept; nothing for ever, and where no day follows.
    pub until: Option<NaiveDate>,
    /// The first day on which somebody may decide to dispose of it, if no hold stands against it.
    pub disposal_from: Option<NaiveDate>,
    /// What the law asks where less is stated, or nothing.
    pub floor: Option<Floor>,
    /// What keeps it, whatever the day.
    pub hold: Option<Hold>,
    /// The day has come and nothing stands against disposal.
    pub eligible: bool,
}

/// How a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetentionState {
    /// The period is over.
    Past,
    /// It is kept.
    Kept,
    /// It is kept for ever.
    Forever,
    /// A period is stated, and no day to count from is known.
    Undated,
    /// What is stated is no period.
    Unreadable,
    /// No period is stated.
    Unstated,
}

impl RetentionState {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Kept => "kept",
            Self::Forever => "forever",
            Self::Undated => "undated",
            Self::Unreadable => "unreadable",
            Self::Unstated => "unstated",
        }
    }

    /// Tells whether somebody has to state something before a day can be named.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Undated | Self::Unreadable | Self::Unstated)
    }
}

/// What the law asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Floor {
    /// The framework's name.
    pub regime: &'static str,
    /// Where it says so.
    pub citation: &'static str,
    /// Years.
    pub years: u32,
    /// Until when that is, where a day to count from is known.
    pub until: Option<NaiveDate>,
}

/// Returns every record with how long it is kept, the one whose day comes first at the top, those without a day last.
///
/// `committed` gives the day of the last commit that changed a file, where that is known.
#[must_use]
pub fn rows(records: &[Record<'_>], committed: &dyn Fn(&str) -> Option<NaiveDate>, at: NaiveDate) -> Vec<RetentionRow> {
    let holds = holds(records);
    let kept = records.iter().filter(|it| is_record(it.document));
    let mut rows: Vec<RetentionRow> = kept
        .map(|record| {
            let hold = holds.get(record.incident).cloned();
            row(record, hold, committed(&record.document.path), at)
        })
        .collect();
    sort(&mut rows);
    rows
}

/// Tells whether a document is a record: one of an incident, or any that says how long it is kept, or why. What kind it is
/// may be no more than guessed.
fn is_record(document: &Document) -> bool {
    let compliance = &document.compliance;
    let says = !(compliance.retention.is_empty() && compliance.holds.is_empty() && compliance.controls.is_empty());
    document.kind.value != Kind::Other || says || is_of_breach(document)
}

/// Tells whether a document is the record of a possible breach under HIPAA.
fn is_of_breach(document: &Document) -> bool {
    document.front_matter.as_ref().and_then(Assessment::of).is_some_and(|it| it.is_of_hipaa())
}

/// Puts the row whose day comes first at the top, those without a day last.
pub fn sort(rows: &mut [RetentionRow]) {
    rows.sort_by(|a, b| (a.order(), &a.document.path).cmp(&(b.order(), &b.document.path)));
}

/// Returns records as a table.
#[must_use]
pub(crate) fn table(rows: &[RetentionRow]) -> Table {
    let day = |day: Option<NaiveDate>| day.map_or(Cell::Empty, |day| day.to_string().as_str().into());
    let text = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
    let row = |it: &RetentionRow| {
        let floor = it.floor.as_ref();
        let about = [
            it.state.as_str().into(),
            text(it.period.as_deref()),
            text(it.framework.as_deref()),
            text(it.from.map(|from| from.what.as_str())),
            day(it.from.map(|from| from.day)),
            day(it.until),
            day(it.disposal_from),
            text(floor.map(|it| it.citation)),
            day(floor.and_then(|it| it.until)),
            text(it.hold.as_ref().map(Hold::shown)),
            if it.eligible { "yes" } else { "no" }.into(),
        ];
        it.document.cells().into_iter().chain(about).collect()
    };
    Table {
        head: vec![
            "path",
            "id",
            "title",
            "kind",
            "incident",
            "state",
            "period",
            "framework",
            "counted_from",
            "counted_from_day",
            "retain_until",
            "disposal_from",
            "law",
            "law_until",
            "hold",
            "eligible",
        ],
        rows: rows.iter().map(row).collect(),
    }
}

impl RetentionRow {
    /// Returns the period that decides and the framework that it is stated for, in words.
    #[must_use]
    pub fn period_words(&self) -> String {
        scoped(self.period.as_deref(), self.framework.as_deref())
    }

    fn order(&self) -> (bool, Option<NaiveDate>, RetentionState) {
        (self.until.is_none(), self.until, self.state)
    }
}

fn row(record: &Record<'_>, hold: Option<Hold>, committed: Option<NaiveDate>, at: NaiveDate) -> RetentionRow {
    let document = record.document;
    let from = document.kept_from(committed);
    let longest = longest(document).or_else(|| by_law(document));
    let floor = floor(document, longest.map(|(period, ..)| period), from);
    let stated = longest.zip(from).and_then(|((period, ..), from)| period.after(from.day));
    let until = stated.map(|day| floor.as_ref().and_then(|it| it.until).map_or(day, |least| day.max(least)));
    let state = match (longest, from, until) {
        (None, ..) if document.compliance.retention.is_empty() => RetentionState::Unstated,
        (None, ..) => RetentionState::Unreadable,
        (Some((Period::Indefinite, ..)), ..) => RetentionState::Forever,
        (_, _, None) => RetentionState::Undated,
        (_, _, Some(until)) if until < at => RetentionState::Past,
        _ => RetentionState::Kept,
    };
    let unreadable = || document.compliance.retention.first().map(|(of, it)| (of.clone(), it.value.clone()));
    let (framework, period) = longest.map(|(_, of, text)| (of.to_owned(), text.to_owned())).or_else(unreadable).unzip();
    RetentionRow {
        document: Named::of(record),
        state,
        period,
        framework,
        from,
        until,
        disposal_from: until.and_then(|day| day.checked_add_days(Days::new(1))),
        floor,
        eligible: state == RetentionState::Past && hold.is_none(),
        hold,
    }
}

/// Returns the longest period stated, the framework it is stated for, and its text.
fn longest(document: &Document) -> Option<(Period, &str, &str)> {
    let stated = document.compliance.retention.iter();
    let periods = stated.filter_map(|(of, it)| Some((Period::parse(&it.value)?, of.as_str(), it.value.as_str())));
    // The first of equal ones decides, as it stands.
    periods.rev().max_by_key(|(period, ..)| period.length())
}

/// Returns the period of the record of a possible breach that states none.
fn by_law(document: &Document) -> Option<(Period, &'static str, &'static str)> {
    let states_none = document.compliance.retention.is_empty();
    let (period, _) = breach_retention().filter(|_| states_none && is_of_breach(document))?;
    Some((period, Framework::Hipaa.key(), "6-years"))
}

/// Returns what the law asks where less than that is stated.
fn floor(document: &Document, longest: Option<Period>, from: Option<Anchor>) -> Option<Floor> {
    let named = document.compliance.frameworks();
    let of_breach = || {
        let (period, citation) = breach_retention().filter(|_| is_of_breach(document))?;
        Some((Framework::Hipaa, period, citation))
    };
    let least = |key: &&str| {
        let framework = Framework::from_key(key)?;
        minimum_retention(framework).map(|(period, citation)| (framework, period, citation))
    };
    let (framework, period, citation) = named.iter().find_map(least).or_else(of_breach)?;
    if longest.is_some_and(|it| it.length() >= period.length()) {
        return None;
    }
    let years = u32::try_from(period.length() / 365).unwrap_or(0);
    Some(Floor { regime: framework.name(), citation, years, until: from.and_then(|it| period.after(it.day)) })
}

#[cfg(test)]
mod tests;
