//! Names of time zones and how far they are from UTC. Offsets are those of the IANA database and common use; a name with
//! several meanings (`IST`, `CST`, `BST`) has the one most met in incident documents.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime, Weekday};

/// How far a zone is from UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Zone {
    /// Minutes east of UTC.
    Fixed(i32),
    /// Minutes east of UTC in winter; one hour more under the daylight-saving time of the United States.
    UsDaylight(i32),
}

/// A zone as read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ZoneReading {
    pub(crate) name: &'static str,
    pub(crate) zone: Zone,
}

use Zone::{Fixed, UsDaylight};

/// Sorted by name.
const ZONES: &[(&str, Zone)] = &[
    ("ACDT", Fixed(630)),
    ("ACST", Fixed(570)),
    ("AEDT", Fixed(660)),
    ("AEST", Fixed(600)),
    ("AKDT", Fixed(-480)),
    ("AKST", Fixed(-540)),
    ("ART", Fixed(-180)),
    ("AWST", Fixed(480)),
    ("BRT", Fixed(-180)),
    ("BST", Fixed(60)),
    ("CAT", Fixed(120)),
    ("CDT", Fixed(-300)),
    ("CEST", Fixed(120)),
    ("CET", Fixed(60)),
    ("CLST", Fixed(-180)),
    ("CLT", Fixed(-240)),
    ("COT", Fixed(-300)),
    ("CST", Fixed(-360)),
    ("CT", UsDaylight(-360)),
    ("EAT", Fixed(180)),
    ("EDT", Fixed(-240)),
    ("EEST", Fixed(180)),
    ("EET", Fixed(120)),
    ("EST", Fixed(-300)),
    ("ET", UsDaylight(-300)),
    ("GMT", Fixed(0)),
    ("GST", Fixed(240)),
    ("HKT", Fixed(480)),
    ("HST", Fixed(-600)),
    ("ICT", Fixed(420)),
    ("IDT", Fixed(180)),
    ("IST", Fixed(330)),
    ("JST", Fixed(540)),
    ("KST", Fixed(540)),
    ("MDT", Fixed(-360)),
    ("MESZ", Fixed(120)),
    ("MEZ", Fixed(60)),
    ("MSK", Fixed(180)),
    ("MST", Fixed(-420)),
    ("MT", UsDaylight(-420)),
    ("NPT", Fixed(345)),
    ("NZDT", Fixed(780)),
    ("NZST", Fixed(720)),
    ("PDT", Fixed(-420)),
    ("PET", Fixed(-300)),
    ("PHT", Fixed(480)),
    ("PKT", Fixed(300)),
    ("PST", Fixed(-480)),
    ("PT", UsDaylight(-480)),
    ("SAST", Fixed(120)),
    ("SGT", Fixed(480)),
    ("TRT", Fixed(180)),
    ("UTC", Fixed(0)),
    ("WAT", Fixed(60)),
    ("WEST", Fixed(60)),
    ("WET", Fixed(0)),
    ("WIB", Fixed(420)),
];

impl ZoneReading {
    pub(crate) fn fixed(name: &'static str, offset: FixedOffset) -> Self {
        Self { name, zone: Fixed(offset.local_minus_utc() / 60) }
    }

    /// Returns the zone of that abbreviation.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = ZONES.binary_search_by_key(&name, |(known, _)| known).ok()?;
        let (name, zone) = ZONES[found];
        Some(Self { name, zone })
    }

    /// Returns whether the offset depends on the date.
    pub(crate) fn needs_date(&self) -> bool {
        matches!(self.zone, UsDaylight(_))
    }

    /// Returns the offset on that day at that time; without a time, that of most of the day, without a day, that of winter.
    pub(crate) fn offset_on(&self, date: Option<NaiveDate>, time: Option<NaiveTime>) -> FixedOffset {
        let minutes = match self.zone {
            Fixed(minutes) => minutes,
            UsDaylight(winter) => winter + if date.is_some_and(|date| is_us_summer(date, time)) { 60 } else { 0 },
        };
        FixedOffset::east_opt(minutes * 60).expect("every offset here is below 24 hours")
    }
}

/// Second Sunday of March to first Sunday of November, at two in the morning: the rule since 2007. Of the hour that comes
/// twice in November the first is meant.
fn is_us_summer(date: NaiveDate, time: Option<NaiveTime>) -> bool {
    let change = |month, week| {
        let day = NaiveDate::from_weekday_of_month_opt(date.year(), month, Weekday::Sun, week)?;
        day.and_hms_opt(2, 0, 0)
    };
    let at = time.map_or_else(|| date.and_hms_opt(12, 0, 0), |time| Some(date.and_time(time)));
    at >= change(3, 2) && at < change(11, 1)
}
