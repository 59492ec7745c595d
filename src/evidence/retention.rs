//! How long each record is kept: which period decides, from which day, until when, and what stands against disposal.
//!
//! Nothing is disposed of because a day has passed: a day only says from when somebody may decide to.

use chrono::{Days, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Record;
use super::record::{name, scoped};
use crate::compliance::{Framework, minimum_retention};
use crate::csv::{Cell, Table};
use crate::model::{Document, Kind, Period};

/// A record and how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionRow {
    /// Path of the document.
    pub path: String,
    /// Its id, or its path where it has none.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: &'static str,
    /// Path of the document that stands for its incident.
    pub incident: String,
    /// How it stands on the day asked about.
    pub state: RetentionState,
    /// The period that decides, as written: the longest.
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

/// A day to count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// What happened on it (`closed`, `last commit`).
    pub what: &'static str,
    /// The day.
    pub day: NaiveDate,
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

/// An order not to dispose of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// Its names; empty where it has none.
    pub name: String,
    /// Where it is stated: in this document or in another one of its incident.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// Returns every record with how long it is kept, the one whose day comes first at the top, those without a day last.
///
/// `committed` gives the day of the last commit that changed a file, where that is known.
#[must_use]
pub fn rows(records: &[Record<'_>], committed: &dyn Fn(&str) -> Option<NaiveDate>, at: NaiveDate) -> Vec<RetentionRow> {
    let holds = holds(records);
    let kept = records.iter().filter(|it| it.document.kind.value != Kind::Other);
    let mut rows: Vec<RetentionRow> = kept
        .map(|record| {
            let hold = holds.get(record.incident).cloned();
            row(record, hold, committed(&record.document.path), at)
        })
        .collect();
    sort(&mut rows);
    rows
}

/// Puts the row whose day comes first at the top, those without a day last.
pub fn sort(rows: &mut [RetentionRow]) {
    rows.sort_by(|a, b| (a.order(), &a.path).cmp(&(b.order(), &b.path)));
}

/// Returns records as a table.
#[must_use]
pub(crate) fn table(rows: &[RetentionRow]) -> Table {
    let day = |day: Option<NaiveDate>| day.map_or(Cell::Empty, |day| day.to_string().as_str().into());
    let text = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
    let row = |it: &RetentionRow| {
        let floor = it.floor.as_ref();
        vec![
            it.path.as_str().into(),
            it.name.as_str().into(),
            it.title.as_str().into(),
            it.kind.into(),
            it.incident.as_str().into(),
            it.state.as_str().into(),
            text(it.period.as_deref()),
            text(it.framework.as_deref()),
            text(it.from.map(|from| from.what)),
            day(it.from.map(|from| from.day)),
            day(it.until),
            day(it.disposal_from),
            text(floor.map(|it| it.citation)),
            day(floor.and_then(|it| it.until)),
            text(it.hold.as_ref().map(Hold::shown)),
            if it.eligible { "yes" } else { "no" }.into(),
        ]
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

impl Hold {
    /// Returns the name to show.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { "legal hold" } else { &self.name }
    }
}

/// Returns the hold of each incident: evidence of one matter is all of its documents.
fn holds<'a>(records: &[Record<'a>]) -> FxHashMap<&'a str, Hold> {
    let mut holds: FxHashMap<&str, Hold> = FxHashMap::default();
    for record in records {
        for stated in &record.document.compliance.holds {
            let hold = holds.entry(record.incident).or_insert_with(|| Hold {
                name: String::new(),
                path: record.document.path.clone(),
                line: stated.origin.line,
            });
            let names = || hold.name.split(", ").any(|name| name == stated.value);
            if !stated.value.is_empty() && !names() {
                hold.name = if hold.name.is_empty() {
                    stated.value.clone()
                } else {
                    format!("{}, {}", hold.name, stated.value)
                };
            }
        }
    }
    holds
}

fn row(record: &Record<'_>, hold: Option<Hold>, committed: Option<NaiveDate>, at: NaiveDate) -> RetentionRow {
    let document = record.document;
    let from = document.kept_from(committed).map(|(what, day)| Anchor { what, day });
    let longest = longest(document);
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
        path: document.path.clone(),
        name: name(document).to_owned(),
        title: document.display_title().to_owned(),
        kind: document.kind.value.as_str(),
        incident: record.incident.to_owned(),
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

/// Returns what the law asks where less than that is stated.
fn floor(document: &Document, longest: Option<Period>, from: Option<Anchor>) -> Option<Floor> {
    let named = document.compliance.frameworks();
    let least = |key: &&str| {
        let framework = Framework::from_key(key)?;
        minimum_retention(framework).map(|(period, citation)| (framework, period, citation))
    };
    let (framework, period, citation) = named.iter().find_map(least)?;
    if longest.is_some_and(|it| it.length() >= period.length()) {
        return None;
    }
    let years = u32::try_from(period.length() / 365).unwrap_or(0);
    Some(Floor { regime: framework.name(), citation, years, until: from.and_then(|it| period.after(it.day)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::record::tests::{document, records};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn only(front_matter: &str, committed: Option<&str>, at: &str) -> RetentionRow {
        let document = document("a.md", front_matter);
        rows(&records(&[document]), &|_| committed.map(day), day(at)).remove(0)
    }

    fn stated(created: &str, period: &str) -> String {
        format!("created: {created}\ncompliance:\n  soc2:\n    retention-period: {period}\n")
    }

    #[test]
    fn the_vectors_hold() {
        const VECTORS: &str = include_str!("../compliance/data/date-vectors.tsv");
        let mut tried = 0;
        for line in VECTORS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [kind @ ("retention" | "disposal-eligible"), anchor, period, _, expected, ..] = cells[..] else {
                continue;
            };
            let row = only(&stated(anchor, period), None, "2026-01-01");
            let found = if kind == "retention" { row.until } else { row.disposal_from };
            assert_eq!(found, Some(day(expected)), "{line}");
            tried += 1;
        }
        assert_eq!(tried, 10);
    }

    #[test]
    fn the_last_day_itself_is_kept() {
        let on = |at| only(&stated("2019-01-10", "7-years"), None, at);
        assert_eq!((on("2026-01-10").state, on("2026-01-10").eligible), (RetentionState::Kept, false));
        assert_eq!((on("2026-01-11").state, on("2026-01-11").eligible), (RetentionState::Past, true));
    }

    #[test]
    fn the_longest_period_decides_and_the_latest_day_is_counted_from() {
        let block = "created: 2020-01-10\nupdated: 2020-05-01\nclosed: 2020-06-01\ncompliance:\n  soc2:\n    \
                     retention-period: 3-years\n  hipaa:\n    retention-period: 7-years\n  pci:\n    retention-period: P1Y\n";
        let row = only(block, Some("2020-03-01"), "2026-01-01");
        assert_eq!((row.period.as_deref(), row.framework.as_deref()), (Some("7-years"), Some("hipaa")));
        assert_eq!(row.from, Some(Anchor { what: "closed", day: day("2020-06-01") }));
        assert_eq!((row.until, row.floor), (Some(day("2027-06-01")), None));
        let row = only(block, Some("2021-03-01"), "2026-01-01");
        assert_eq!(row.from, Some(Anchor { what: "last commit", day: day("2021-03-01") }));
    }

    #[test]
    fn the_law_holds_where_less_is_stated() {
        let block = "created: 2019-06-30\ncompliance:\n  hipaa:\n    retention-period: 3-years\n";
        let row = only(block, None, "2024-01-01");
        assert_eq!((row.until, row.state, row.eligible), (Some(day("2025-06-30")), RetentionState::Kept, false));
        let floor = row.floor.unwrap();
        assert_eq!((floor.years, floor.citation, floor.until), (6, "45 CFR 164.316(b)(2)(i)", Some(day("2025-06-30"))));
        let cited = "created: 2019-06-30\ncompliance:\n  hipaa:\n    controls: ['164.312(b)']\n";
        let row = only(cited, None, "2024-01-01");
        assert_eq!((row.state, row.until), (RetentionState::Unstated, None));
        assert_eq!(row.floor.and_then(|it| it.until), Some(day("2025-06-30")));
    }

    #[test]
    fn a_hold_suspends_disposal_of_every_document_of_the_incident() {
        let held = format!("{}legal-hold: LH-2026-01\n", stated("2010-01-10", "7-years"));
        let documents = [
            document("a/report.md", &held),
            document("a/plan.md", &stated("2010-01-10", "7-years").replace("created", "kind: fix-plan\ncreated")),
            document("b.md", &stated("2010-01-10", "7-years")),
        ];
        let mut records = records(&documents);
        records[1].incident = "a/report.md";
        let found = rows(&records, &|_| None, day("2026-01-01"));
        let shown: Vec<(&str, RetentionState, bool)> =
            found.iter().map(|it| (it.path.as_str(), it.state, it.eligible)).collect();
        let past = RetentionState::Past;
        assert_eq!(shown, [("a/plan.md", past, false), ("a/report.md", past, false), ("b.md", past, true)]);
        let hold = found[0].hold.as_ref().unwrap();
        assert_eq!((hold.shown(), hold.path.as_str(), hold.line), ("LH-2026-01", "a/report.md", 7));
    }

    #[test]
    fn holds_are_read_as_people_write_them_and_end_when_they_are_released() {
        let held = |text: &str| only(&format!("{}{text}\n", stated("2010-01-10", "7-years")), None, "2026-01-01").hold;
        let name = |text: &str| held(text).map(|it| it.name);
        for text in ["legal-hold: true", "legal_hold: yes", "  legal-hold: true", "litigation-hold: active"] {
            assert_eq!(name(text).as_deref(), Some(""), "{text}");
        }
        for text in ["legal-hold: LH-1", "  legal-hold: LH-1", "legal-hold:\n  id: LH-1\n  matter: Marlow"] {
            assert_eq!(name(text).as_deref(), Some("LH-1"), "{text}");
        }
        assert_eq!(name("legal-hold: [LH-1, LH-2]").as_deref(), Some("LH-1, LH-2"));
        assert_eq!(name("legal-hold: No. 12 against Marlow").as_deref(), Some("No. 12 against Marlow"));
        assert_eq!(name("legal-hold:\n  issued: 2026-01-01").as_deref(), Some(""));
        for text in ["legal-hold: false", "legal-hold:", "legal-hold: none", "legal-hold: released 2026-01-02"] {
            assert_eq!(held(text), None, "{text}");
        }
        assert_eq!(held("legal-hold:\n  id: LH-1\n  released: 2026-02-01"), None);
    }

    #[test]
    fn what_gives_no_day_says_why() {
        let state = |text: &str| only(text, None, "2026-01-01").state;
        assert_eq!(state("created: 2020-01-01\n"), RetentionState::Unstated);
        assert_eq!(state("retention-period: 7-years\n"), RetentionState::Undated);
        assert_eq!(state("created: 2020-01-01\nretention-period: forever\n"), RetentionState::Forever);
        assert_eq!(state("created: 2020-01-01\nretention-period: a while\n"), RetentionState::Unreadable);
        assert_eq!(state("created: 2020-01-01\nretention_period: 7 years\n"), RetentionState::Kept);
        let policy = document("p.md", "kind: other\nretention-period: 7-years\n");
        assert!(rows(&records(&[policy]), &|_| None, day("2026-01-01")).is_empty());
    }
}
