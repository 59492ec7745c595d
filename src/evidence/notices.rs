//! Notices that possible breaches ask for: who is told, by when, and who was.
//!
//! Every clock counts from what its rule names (the discovery, the awareness, a determination), as the document states it;
//! a clock whose start is not stated does not run here. The last day itself is on time.

use serde::{Serialize, Serializer};

use super::Record;
use super::record::Named;
pub use crate::compliance::{NoticeState, Point};

use crate::compliance::{Assessment, Notice};
use crate::csv::{Cell, Table};
use crate::model::{Document, Kind};

/// A notice that is owed, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeRow {
    /// Which document holds the assessment.
    #[serde(flatten)]
    pub document: Named,
    /// Whose rule asks for it.
    pub regime: &'static str,
    /// Where the rule stands.
    pub citation: &'static str,
    /// Who is told.
    pub recipient: &'static str,
    /// For whom the rule holds, and when.
    pub condition: &'static str,
    /// Whether the data was compared with the text of the rule.
    pub compared: bool,
    /// The key that it is recorded with, below `breach-assessment`.
    pub key: String,
    /// What its clock counts from.
    pub counted_from: String,
    /// When that was.
    #[serde(serialize_with = "shown")]
    pub counted_from_day: Point,
    /// The last moment.
    #[serde(serialize_with = "shown")]
    pub due: Point,
    /// When they were told.
    #[serde(serialize_with = "shown_if_any")]
    pub told: Option<Point>,
    /// Why no notice is given, where the document says so.
    pub waived: Option<String>,
    /// How it stands.
    #[serde(serialize_with = "named")]
    pub state: NoticeState,
    /// Whole days from the last moment to the notice, or to now where none was given; less than zero while there is time.
    pub days_late: i64,
    /// How far the one is from the other, in words; `None` on one day without a clock.
    #[serde(skip)]
    distance: Option<String>,
}

impl NoticeRow {
    fn of(record: &Record<'_>, notice: Notice, now: Point) -> Self {
        let (told, state) = (notice.given(now), notice.state(now));
        Self {
            document: Named::of(record),
            regime: notice.clock.regime,
            citation: notice.clock.citation,
            recipient: notice.clock.recipient,
            condition: notice.clock.condition,
            compared: notice.clock.is_compared(),
            key: format!("notified-{}", notice.name),
            counted_from: notice.counted_from(),
            counted_from_day: notice.from.1,
            due: notice.due,
            told,
            state,
            waived: notice.waived,
            days_late: told.unwrap_or(now).days_since(notice.due),
            distance: told.unwrap_or(now).distance(notice.due),
        }
    }

    /// Returns how it stands, in words; `shown` writes the moment at which somebody was told.
    #[must_use]
    pub fn standing(&self, shown: impl Fn(Point) -> String) -> String {
        let told = self.told.map(shown).unwrap_or_default();
        match (self.state, &self.distance) {
            (NoticeState::Overdue, None) => "overdue".to_owned(),
            (NoticeState::Overdue, Some(late)) => format!("{late} overdue"),
            (NoticeState::Open, None) => "today".to_owned(),
            (NoticeState::Open, Some(early)) => format!("in {early}"),
            (NoticeState::Late, None) => format!("given {told}, late"),
            (NoticeState::Late, Some(late)) => format!("given {told}, {late} late"),
            (NoticeState::Given, _) => format!("given {told}"),
            (NoticeState::Waived, _) => self.waived.clone().unwrap_or_default(),
        }
    }

    /// Tells whether somebody is still to be told.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, NoticeState::Open | NoticeState::Overdue)
    }
}

/// What possible breaches ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    /// Those still to be given first, the one due first at the top.
    pub rows: Vec<NoticeRow>,
    /// Records that lack something that clocks hang on.
    pub unclear: Vec<Unclear>,
}

impl Notices {
    /// Returns what `records` ask for.
    #[must_use]
    pub fn of(records: &[Record<'_>], now: Point) -> Self {
        Self { rows: rows(records, now), unclear: unclear(records).collect() }
    }

    /// Adds what `records` ask for; unsorted.
    pub fn add(&mut self, records: &[Record<'_>], now: Point) {
        self.rows.extend(rows(records, now));
        self.unclear.extend(unclear(records));
    }

    /// Returns them as a table: below the notices the records that lack something that clocks hang on.
    #[must_use]
    pub(crate) fn table(&self) -> Table {
        let row = |it: &NoticeRow| {
            let about = [
                it.regime.into(),
                it.citation.into(),
                it.recipient.into(),
                it.condition.into(),
                if it.compared { "yes" } else { "no" }.into(),
                it.key.as_str().into(),
                it.counted_from.as_str().into(),
                it.counted_from_day.to_string().into(),
                it.due.to_string().into(),
                it.told.map(|told| told.to_string()).into(),
                it.waived.as_deref().into(),
                it.state.as_str().into(),
                i32::try_from(it.days_late).map_or(Cell::Empty, |days| Cell::Number(days.into())),
                Cell::Empty,
            ];
            it.document.cells().into_iter().chain(about).collect()
        };
        let head = "path id title kind incident regime citation recipient condition rule_compared key counted_from \
                    counted_from_day due told waived state days_late unclear";
        let head: Vec<_> = head.split(' ').collect();
        let lack = |it: &Unclear| {
            let mut cells: Vec<Cell> = it.document.cells().into_iter().collect();
            cells.resize(head.len() - 1, Cell::Empty);
            cells.push(it.reasons.join("; ").into());
            cells
        };
        let rows = self.rows.iter().map(row).chain(self.unclear.iter().map(lack)).collect();
        Table { head, rows }
    }
}

/// A record whose notices cannot all be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unclear {
    /// Which document holds it.
    #[serde(flatten)]
    pub document: Named,
    /// What cannot be read or is not there, each a part of a sentence.
    pub reasons: Vec<String>,
}

fn unclear<'a>(records: &'a [Record<'_>]) -> impl Iterator<Item = Unclear> + 'a {
    records.iter().filter_map(|record| {
        let reasons = assessment(record.document)?.unclear();
        (!reasons.is_empty()).then(|| Unclear { document: Named::of(record), reasons })
    })
}

/// Returns every notice, those still to be given first, the one due first at the top.
#[must_use]
pub fn rows(records: &[Record<'_>], now: Point) -> Vec<NoticeRow> {
    let of_record = |record: &Record<'_>| {
        let notices = assessment(record.document).map(|it| it.notices()).unwrap_or_default();
        notices.into_iter().map(|notice| NoticeRow::of(record, notice, now)).collect::<Vec<_>>()
    };
    let mut rows: Vec<NoticeRow> = records.iter().flat_map(of_record).collect();
    sort(&mut rows);
    rows
}

/// Returns the assessment that a document holds; an exercise only plays at one.
fn assessment(document: &Document) -> Option<Assessment<'_>> {
    let is_played = document.kind.value == Kind::Drill;
    document.front_matter.as_ref().filter(|_| !is_played).and_then(Assessment::of)
}

/// Returns the notices that one document asks for.
#[must_use]
pub fn of(document: &Document, now: Point) -> Vec<NoticeRow> {
    rows(&[Record { document, incident: &document.path }], now)
}

/// Puts what is still to be given first, the one due first at the top.
pub fn sort(rows: &mut [NoticeRow]) {
    rows.sort_by(|a, b| {
        let order = |it: &NoticeRow| (!it.is_open(), it.due.day, it.due.time);
        order(a).cmp(&order(b)).then_with(|| a.document.path.cmp(&b.document.path)).then(a.key.cmp(&b.key))
    });
}

fn shown<S: Serializer>(point: &Point, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(point)
}

fn shown_if_any<S: Serializer>(point: &Option<Point>, out: S) -> Result<S::Ok, S::Error> {
    point.map(|it| it.to_string()).serialize(out)
}

fn named<S: Serializer>(state: &NoticeState, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(state.as_str())
}
