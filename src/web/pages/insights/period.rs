//! The period that insights are about, in addresses and in words.

use chrono::{Days, Months, NaiveDate};

use crate::kb::Period;
use crate::web::links;
use crate::web::pages::address::day_from;

/// Years offered.
const YEARS: usize = 6;

/// A period to choose.
pub(super) struct Preset {
    pub(super) label: String,
    pub(super) url: String,
    pub(super) chosen: bool,
}

/// Reads the parameters; days that are none are passed over, and returned to be told.
pub(in crate::web::pages) fn read(pairs: &[(String, String)]) -> (Period, Vec<String>) {
    let mut no_days = Vec::new();
    let mut day = |name: &str| {
        let value = pairs.iter().rev().find(|(it, _)| it == name);
        value.and_then(|(_, value)| day_from(value, &mut no_days))
    };
    let period = Period { from: day("from"), to: day("to") };
    (period, no_days)
}

/// Returns the address of a page about a period.
pub(in crate::web::pages) fn url(path: &str, period: &Period) -> String {
    let ends = [("from", period.from), ("to", period.to)];
    let pairs: Vec<(&str, String)> =
        ends.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))).collect();
    links::with_query(path, &pairs)
}

/// Returns the periods offered.
pub(super) fn presets(period: &Period, years: &[i32], today: NaiveDate) -> Vec<Preset> {
    let preset =
        |label: &str, it: Period| Preset { label: label.to_owned(), url: url("/insights", &it), chosen: it == *period };
    let year_ago = today.checked_sub_months(Months::new(12)).and_then(|day| day.checked_add_days(Days::new(1)));
    let mut presets =
        vec![preset("All", Period::default()), preset("Last 12 months", Period { from: year_ago, to: Some(today) })];
    presets.extend(years.iter().take(YEARS).map(|year| {
        let end = |month, day| NaiveDate::from_ymd_opt(*year, month, day);
        preset(&year.to_string(), Period { from: end(1, 1), to: end(12, 31) })
    }));
    presets
}

/// Returns the period in words, to stand behind "began".
pub(in crate::web::pages) fn words(period: &Period) -> String {
    let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    match (period.from, period.to) {
        (None, None) => String::new(),
        (Some(from), Some(to)) => format!(" from {} to {}", day(from), day(to)),
        (Some(from), None) => format!(" since {}", day(from)),
        (None, Some(to)) => format!(" until {}", day(to)),
    }
}
