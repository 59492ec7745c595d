//! Gaps in numbered ids: a number that nobody used may be an incident that nobody shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, name_of};

/// Ids of one series from which on it counts as one. Where the series names a year its first number is known, and one id
/// is enough.
const LEAST: usize = 2;
/// Numbers with more digits are days or times.
const MAX_DIGITS: usize = 6;

/// Numbers missing from a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap<'a> {
    /// What the ids begin with.
    prefix: &'a str,
    /// The first and the last number that is missing.
    numbers: (u32, u32),
    /// The id behind them.
    pub(super) before: &'a str,
}

impl<'a> Gap<'a> {
    /// Returns the missing id, or the first and the last.
    #[must_use]
    pub(super) fn named(&self) -> String {
        let width = self.before.len() - self.prefix.len();
        let spelt = |number: u32| format!("{}{number:0width$}", self.prefix);
        let (first, last) = self.numbers;
        if first == last { spelt(first) } else { format!("{} to {}", spelt(first), spelt(last)) }
    }

    /// Splits the gap into stretches of numbers that `explained` gives one reason for, and of those that it says nothing
    /// of. Its keys are ids, or the first and the last of some (`INC-2026-04 to INC-2026-06`).
    pub(super) fn stretches<'e>(&self, explained: &'e BTreeMap<String, String>) -> Vec<(Gap<'a>, Option<&'e str>)> {
        let reasons = explained.iter().filter_map(|(ids, reason)| Some((self.numbers_of(ids)?, reason.as_str())));
        let reasons: Vec<((u32, u32), &str)> = reasons.collect();
        let reason = |number: u32| {
            let of_number = |((first, last), _): &&((u32, u32), &str)| (*first..=*last).contains(&number);
            reasons.iter().find(of_number).map(|(_, reason)| *reason)
        };
        let mut found: Vec<(Gap<'a>, Option<&str>)> = Vec::new();
        for number in self.numbers.0..=self.numbers.1 {
            let reason = reason(number);
            match found.last_mut().filter(|(_, last)| *last == reason) {
                Some((stretch, _)) => stretch.numbers.1 = number,
                None => found.push((Gap { numbers: (number, number), ..self.clone() }, reason)),
            }
        }
        found
    }

    /// Returns the numbers of this series that a key of the settings names.
    fn numbers_of(&self, ids: &str) -> Option<(u32, u32)> {
        let number = |id| split(id).filter(|(prefix, _)| *prefix == self.prefix).map(|(_, number)| number);
        let (first, last) = ids.split_once(" to ").unwrap_or((ids, ids));
        number(first.trim()).zip(number(last.trim()))
    }
}

/// Returns the gaps in the series that `ids` form; of every id that is not one of `asked`, only gaps beside one of
/// `asked` are told. A series that names a year begins with 1 (or 0).
#[must_use]
pub(super) fn gaps<'a>(ids: impl IntoIterator<Item = &'a str>, asked: &BTreeSet<&str>) -> Vec<Gap<'a>> {
    let mut series: BTreeMap<&str, BTreeMap<u32, &str>> = BTreeMap::new();
    for id in ids {
        if let Some((prefix, number)) = split(id) {
            series.entry(prefix).or_default().insert(number, id);
        }
    }
    let mut found = Vec::new();
    for (prefix, members) in series.iter().filter(|(prefix, members)| is_series(prefix, members)) {
        let begins = has_year(prefix).then_some(0);
        let mut last: Option<(u32, Option<&str>)> = begins.map(|number| (number, None));
        for (&number, &id) in members {
            let is_asked = asked.contains(id) || last.and_then(|(_, id)| id).is_some_and(|id| asked.contains(id));
            if let Some((before, _)) = last
                && number > before + 1
                && is_asked
            {
                found.push(Gap { prefix, numbers: (before + 1, number - 1), before: id });
            }
            last = Some((number, Some(id)));
        }
    }
    found
}

fn is_series(prefix: &str, members: &BTreeMap<u32, &str>) -> bool {
    let names_day = |id: &&str| is_day(prefix, &id[prefix.len()..]);
    members.len() >= LEAST || has_year(prefix) && !members.values().any(names_day)
}

/// Tells whether `number` behind `prefix` may be a day: `17` of `RIS-2026-05-17`, `0517` of `RIS-2026-0517`.
fn is_day(prefix: &str, number: &str) -> bool {
    let holds = |number: &str, last: u32| number.parse().is_ok_and(|number: u32| (1..=last).contains(&number));
    match number.split_at_checked(2) {
        Some((day, "")) => ends_in_month(prefix) && holds(day, 31),
        Some((month, day)) if day.len() == 2 => holds(month, 12) && holds(day, 31),
        _ => false,
    }
}

/// Tells whether a year and a month are what `prefix` ends in.
fn ends_in_month(prefix: &str) -> bool {
    let mut parts = prefix.trim_end_matches(['-', '_']).rsplit(['-', '_']);
    let (month, year) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_month = month.len() == 2 && month.parse::<u32>().is_ok_and(|month| (1..=12).contains(&month));
    is_month && has_year(year)
}

/// Splits an id into its series and its number.
fn split(id: &str) -> Option<(&str, u32)> {
    let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, number) = id.split_at(id.len() - digits);
    let is_name = prefix.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_name && (1..=MAX_DIGITS).contains(&digits)).then(|| number.parse().ok().map(|number| (prefix, number)))?
}

/// Returns what ids of one series have in common, whatever their year and number: `inc-#-#` of `INC-2026-04`.
pub(super) fn series_of(id: &str) -> Option<String> {
    let is_numbered = id.ends_with(|c: char| c.is_ascii_digit()) && id.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut series = String::new();
    for c in id.chars().flat_map(char::to_lowercase) {
        match c {
            '0'..='9' if series.ends_with('#') => {}
            '0'..='9' => series.push('#'),
            c => series.push(c),
        }
    }
    is_numbered.then_some(series)
}

fn has_year(prefix: &str) -> bool {
    let mut parts = prefix.split(|c: char| !c.is_ascii_digit());
    parts.any(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
}

/// Returns what a document may be numbered by: its id, that of its incident, and what its file's name begins with.
pub(super) fn numbers_of(document: &Document) -> impl Iterator<Item = &str> {
    let ids = document.id.iter().chain(&document.incident).map(|id| id.value.as_str());
    ids.chain(number_in_name(name_of(&document.path)))
}

/// Returns `INC-2026-04` of `INC-2026-04-standby-secret-drift`.
fn number_in_name(name: &str) -> Option<&str> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut end = 0;
    for part in name.get(letters..)?.split_inclusive(['-', '_']) {
        let digits = part.trim_end_matches(['-', '_']);
        if !digits.is_empty() && !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        end += part.len();
    }
    let number = name[..letters + end].trim_end_matches(['-', '_']);
    (letters > 0 && number.len() > letters).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(ids: &[&str], asked: &[&str]) -> Vec<String> {
        let asked = asked.iter().copied().collect();
        gaps(ids.iter().copied(), &asked).iter().map(Gap::named).collect()
    }

    #[test]
    fn a_missing_number_is_a_gap() {
        let ids = ["INC-2026-01", "INC-2026-02", "INC-2026-05", "INC-2025-07", "INC-2025-09"];
        assert_eq!(told(&ids, &["INC-2026-05"]), ["INC-2026-03 to INC-2026-04"]);
        assert_eq!(told(&ids, &["INC-2026-02"]), ["INC-2026-03 to INC-2026-04"]);
        assert_eq!(told(&ids, &["INC-2026-01"]), [""; 0]);
        assert_eq!(told(&ids, &["INC-2025-07"]), ["INC-2025-01 to INC-2025-06", "INC-2025-08"]);
    }

    #[test]
    fn only_series_have_gaps() {
        assert_eq!(told(&["RIS-DB-20260501", "RIS-DB-20260701"], &["RIS-DB-20260501"]), [""; 0]);
        assert_eq!(told(&["7", "12"], &["7"]), [""; 0]);
        assert_eq!(told(&["INC-7"], &["INC-7"]), [""; 0]);
        assert_eq!(told(&["INC-7", "INC-9"], &["INC-9"]), ["INC-8"]);
        assert_eq!(told(&["INC-2026-00", "INC-2026-01"], &["INC-2026-00"]), [""; 0]);
    }

    #[test]
    fn each_number_of_a_gap_is_explained_by_itself() {
        let ids = ["INC-2026-01", "INC-2026-02", "INC-2026-09"];
        let told = |explained: &[(&str, &str)]| -> Vec<String> {
            let explained = explained.iter().map(|(ids, why)| ((*ids).to_owned(), (*why).to_owned())).collect();
            let asked = BTreeSet::from(["INC-2026-09"]);
            let gaps = gaps(ids, &asked);
            let stretches = gaps.iter().flat_map(|gap| gap.stretches(&explained));
            stretches.map(|(gap, why)| format!("{}: {}", gap.named(), why.unwrap_or("open"))).collect()
        };
        assert_eq!(told(&[]), ["INC-2026-03 to INC-2026-08: open"]);
        assert_eq!(told(&[("INC-2026-03", "drill")]), ["INC-2026-03: drill", "INC-2026-04 to INC-2026-08: open"]);
        assert_eq!(
            told(&[
                ("INC-2026-04", "a"),
                ("INC-2026-05", "a"),
                ("INC-2025-06", "of another year"),
                ("INC-2026-08", "b")
            ]),
            [
                "INC-2026-03: open",
                "INC-2026-04 to INC-2026-05: a",
                "INC-2026-06 to INC-2026-07: open",
                "INC-2026-08: b"
            ]
        );
        assert_eq!(told(&[("INC-2026-03 to INC-2026-08", "a")]), ["INC-2026-03 to INC-2026-08: a"]);
    }

    #[test]
    fn a_year_begins_with_its_first_number() {
        assert_eq!(told(&["PM2025-002", "PM2024-001"], &["PM2025-002", "PM2024-001"]), ["PM2025-001"]);
        assert_eq!(told(&["INC-2026-03"], &["INC-2026-03"]), ["INC-2026-01 to INC-2026-02"]);
        assert_eq!(told(&["INC-2026-0042"], &["INC-2026-0042"]), ["INC-2026-0001 to INC-2026-0041"]);
        for day in ["RIS-2026-05-17", "RIS_2026_05_17", "RIS-2026-0517"] {
            assert_eq!(told(&[day], &[day]), [""; 0], "{day} names a day");
        }
    }

    #[test]
    fn the_name_of_a_file_may_begin_with_a_number() {
        for (name, number) in [
            ("INC-2026-04-standby-secret-drift", Some("INC-2026-04")),
            ("INC-7", Some("INC-7")),
            ("PM_2020_002_x", Some("PM_2020_002")),
            ("RIS-STANDBY-20260506", None),
            ("2026-04-05-outage", None),
            ("postmortem", None),
        ] {
            assert_eq!(number_in_name(name), number, "{name}");
        }
    }
}
