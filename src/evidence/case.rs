//! An incident as an auditor counts it: its documents, and when it began, was noticed and ended.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Record, Window};
use crate::model::{Document, Extracted, Kind, PartialDate, Severity, StatusState, status_of};

/// An incident, a near miss or an exercise.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// Its documents; the first stands for it.
    pub documents: Vec<&'a Document>,
}

/// What decides to which period an incident belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacedBy {
    /// The day on which it was noticed.
    Detected,
    /// The day on which it began.
    Began,
}

impl PlacedBy {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Detected => "detected",
            Self::Began => "began",
        }
    }
}

/// How an incident stands to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It belongs to the period by its day.
    InPeriod,
    /// It is of an earlier day and was not over when the period began.
    CarriedIn,
    /// It was over before, or nothing says that it was not.
    Earlier,
    /// It came after.
    Later,
    /// No document says when it was, or not exactly enough.
    Undated,
}

impl Standing {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InPeriod => "in-period",
            Self::CarriedIn => "carried-in",
            Self::Earlier => "earlier",
            Self::Later => "later",
            Self::Undated => "undated",
        }
    }
}

/// When an incident ended, as far as its documents say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It has not.
    Open,
    /// On this day.
    On(NaiveDate),
    /// It has, or nothing is said; no day is known.
    Unknown,
}

impl Case<'_> {
    /// Returns the document that stands for it.
    #[must_use]
    pub fn main(&self) -> &Document {
        self.documents[0]
    }

    /// Returns its documents as records of it.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let incident = &self.main().path;
        self.documents.iter().map(move |document| Record { document, incident })
    }

    /// Returns the first value that one of its documents has.
    fn first<T>(&self, value: impl Fn(&Document) -> Option<T>) -> Option<T> {
        self.documents.iter().find_map(|document| value(document))
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let own = |document: &&&Document| document.id.is_some();
        self.documents.iter().find(own).and_then(|document| document.id.as_ref()).map(|id| id.value.as_str())
    }

    /// Returns what it is called where a name is needed: its id, or the path of its document.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id().unwrap_or(&self.main().path)
    }

    /// Returns the severity: 1 (critical) to 5.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.first(|document| document.severity.as_ref().map(|it| it.value))
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> Option<StatusState> {
        let state = |it: &Document| it.status.as_ref().map(|status| status.value);
        status_of(self.documents.iter().map(|it| (it.kind.value, state(it))))
    }

    /// Returns the day or month in which it began, and where that stands.
    #[must_use]
    pub fn began(&self) -> Option<&Extracted<PartialDate>> {
        self.documents.iter().find_map(|document| document.date.as_ref())
    }

    /// Returns the day on which it was noticed.
    #[must_use]
    pub fn detected(&self) -> Option<NaiveDate> {
        self.first(|document| document.times.detected.as_ref().and_then(|it| it.value.date))
    }

    /// Returns the day on which it was resolved. One that is said to go on has none, though the last entry of a timeline
    /// may read like it.
    #[must_use]
    pub fn resolved(&self) -> Option<NaiveDate> {
        let goes_on = self.status().is_some_and(|status| !status.is_over());
        let day = || self.first(|document| document.times.resolved.as_ref().and_then(|it| it.value.date));
        if goes_on { None } else { day() }
    }

    /// Returns when it ended.
    #[must_use]
    pub fn closing(&self) -> Closing {
        match (self.status(), self.resolved()) {
            (Some(status), _) if !status.is_over() => Closing::Open,
            (_, Some(day)) => Closing::On(day),
            _ => Closing::Unknown,
        }
    }

    /// Returns what decides to which period it belongs, and by what: the day it was noticed, else the day it began.
    #[must_use]
    pub fn membership(&self) -> Option<(PartialDate, PlacedBy)> {
        let noticed = self.detected().map(|day| (PartialDate::day(day), PlacedBy::Detected));
        noticed.or_else(|| Some((self.began()?.value, PlacedBy::Began)))
    }

    /// Returns how it stands to `window`. A month belongs to it only as a whole.
    #[must_use]
    pub fn standing(&self, window: &Window) -> Standing {
        let Some((date, _)) = self.membership() else { return Standing::Undated };
        let (first, last) = match date.known_day() {
            Some(day) => (day, day),
            None => {
                Window::parse(&date.to_string()).map_or((date.first_day(), date.first_day()), |it| (it.start, it.end))
            }
        };
        match self.closing() {
            _ if window.holds(first) && window.holds(last) => Standing::InPeriod,
            _ if first > window.end => Standing::Later,
            _ if last >= window.start => Standing::Undated,
            Closing::Open => Standing::CarriedIn,
            Closing::On(day) if day >= window.start => Standing::CarriedIn,
            _ => Standing::Earlier,
        }
    }

    /// Tells whether it was not over at the end of `window`; `None` where no document says when it ended. One that is over
    /// now may not have been then.
    #[must_use]
    pub fn is_open_after(&self, window: &Window) -> Option<bool> {
        match self.closing() {
            Closing::Open => Some(true),
            Closing::On(day) => Some(day > window.end),
            Closing::Unknown => None,
        }
    }

    /// Tells whether it is an incident, and neither a near miss nor an exercise.
    #[must_use]
    pub fn is_incident(&self) -> bool {
        !matches!(self.main().kind.value, Kind::NearMiss | Kind::Drill)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, Origin, OriginKind, ZoneOrigin};

    fn from<T>(value: T) -> Extracted<T> {
        Extracted::new(value, "", Origin::new(OriginKind::Label, 1))
    }

    fn moment(day: &str) -> Extracted<Moment> {
        let date = Some(day.parse().unwrap());
        from(Moment { date, time: None, offset: None, zone: ZoneOrigin::Unknown, approximate: false })
    }

    fn document(began: &str, resolved: Option<&str>, state: Option<StatusState>) -> Document {
        let mut document = Document::empty("a.md", from(Kind::Incident));
        let date = match began.len() {
            10 => PartialDate::day(began.parse().unwrap()),
            _ => PartialDate::month(began[..4].parse().unwrap(), began[5..].parse().unwrap()).unwrap(),
        };
        document.date = Some(from(date));
        document.times.resolved = resolved.map(moment);
        document.status = state.map(from);
        document
    }

    #[test]
    fn an_incident_belongs_to_the_period_of_its_day_or_is_carried_in() {
        use StatusState::{Closed, Investigating};
        let window = Window::parse("2026-H1").unwrap();
        for (document, standing, open_after) in [
            (document("2026-01-01", None, Some(Closed)), Standing::InPeriod, None),
            (document("2026-06-30", Some("2026-07-01"), Some(Closed)), Standing::InPeriod, Some(true)),
            (document("2025-12-31", Some("2026-01-01"), None), Standing::CarriedIn, Some(false)),
            (document("2025-12-31", Some("2025-12-31"), None), Standing::Earlier, Some(false)),
            (document("2025-03-01", None, Some(Investigating)), Standing::CarriedIn, Some(true)),
            (document("2025-03-01", None, None), Standing::Earlier, None),
            (document("2026-07-01", None, Some(Investigating)), Standing::Later, Some(true)),
            (document("2026-06", None, None), Standing::InPeriod, None),
        ] {
            let case = Case { documents: vec![&document] };
            assert_eq!(case.standing(&window), standing, "{:?}", document.date);
            assert_eq!(case.is_open_after(&window), open_after, "{:?}", document.date);
        }
        let split = Window::parse("2026-01-15..2026-06-15").unwrap();
        let month = document("2026-06", None, None);
        assert_eq!(Case { documents: vec![&month] }.standing(&split), Standing::Undated);
    }

    #[test]
    fn what_is_only_mitigated_was_not_resolved() {
        for (state, day) in [(StatusState::Mitigated, None), (StatusState::Closed, "2026-01-02".parse().ok())] {
            let document = document("2026-01-01", Some("2026-01-02"), Some(state));
            assert_eq!(Case { documents: vec![&document] }.resolved(), day, "{state:?}");
        }
    }

    #[test]
    fn the_day_it_was_noticed_decides() {
        let mut late = document("2025-12-30", Some("2026-02-01"), None);
        late.times.detected = Some(moment("2026-01-20"));
        let case = Case { documents: vec![&late] };
        assert_eq!(case.standing(&Window::parse("2026-H1").unwrap()), Standing::InPeriod);
        assert_eq!(case.membership().map(|(_, by)| by), Some(PlacedBy::Detected));
    }
}
