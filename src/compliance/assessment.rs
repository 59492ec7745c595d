//! The record of a possible breach as its front matter states it: what is said, and who is owed a notice by when.

use chrono::NaiveDate;

use super::breach::{BREACH_BLOCK, BREACH_KEYS};
use super::clocks::{Clock, clock, under_500_deadline};
use crate::model::{FrontMatter, FrontMatterEntry};

/// The block of an assessment.
pub struct Assessment<'a> {
    /// By key below the block.
    entries: Vec<(&'a str, &'a FrontMatterEntry)>,
}

/// A notice that HIPAA asks for. Other regimes need facts that the record does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// The rule.
    pub clock: &'static Clock,
    /// Whom, as in `notified-individuals`.
    pub recipient: &'static str,
    /// The last day.
    pub due: NaiveDate,
    /// The day on which they were told, as it is written.
    pub told: Option<NaiveDate>,
    /// The day of discovery.
    discovered: NaiveDate,
}

impl Owed {
    /// Returns the day on which they were told, unless it is one on which nobody can have been: before the discovery, or
    /// after `as_of`.
    #[must_use]
    pub fn given(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        self.told.filter(|day| self.discovered <= *day && *day <= as_of)
    }
}

/// Returns what is wrong with a day of an assessment, as a part of a sentence: it lies before the discovery, or after `as_of`.
#[must_use]
pub fn odd_day(key: &str, day: NaiveDate, discovered: Option<NaiveDate>, as_of: NaiveDate) -> Option<String> {
    if day > as_of {
        return Some(format!("`{key}` is {day}, which is still to come"));
    }
    let discovered = discovered.filter(|discovered| day < *discovered)?;
    Some(format!("`{key}` is {day}, before the discovery on {discovered}"))
}

impl<'a> Assessment<'a> {
    /// Returns the assessment that a front matter holds, if there is one.
    #[must_use]
    pub fn of(front_matter: &'a FrontMatter) -> Option<Self> {
        let below = |path: &'a str| path.strip_prefix(BREACH_BLOCK)?.strip_prefix('.');
        let entries: Vec<_> =
            front_matter.entries.iter().filter_map(|entry| Some((below(&entry.path)?, entry))).collect();
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// Returns the line on which it begins.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.entries[0].1.line
    }

    /// Returns the entry with this key, if something stands there.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a FrontMatterEntry> {
        let filled = |value: &str| {
            let plain = value.trim().to_lowercase();
            !matches!(plain.as_str(), "" | "null" | "~" | "tbd" | "todo" | "pending" | "unknown" | "?")
        };
        self.entries.iter().find(|(name, it)| *name == key && filled(&it.value)).map(|(_, it)| *it)
    }

    /// Returns the keys that it needs and does not have, each with what it is needed for.
    pub fn lacks(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        BREACH_KEYS.into_iter().filter(|(key, _)| self.get(key).is_none())
    }

    /// Returns the day of discovery.
    #[must_use]
    pub fn discovered(&self) -> Option<(NaiveDate, &'a FrontMatterEntry)> {
        let entry = self.get("discovered")?;
        Some((day(entry)?, entry))
    }

    /// Returns the days that it states: of discovery, decision and notices.
    pub fn days(&self) -> impl Iterator<Item = (&'a str, NaiveDate, &'a FrontMatterEntry)> {
        let is_day = |key: &str| matches!(key, "discovered" | "decided-on") || key.starts_with("notified");
        let days = self.entries.iter().filter(move |(key, _)| is_day(key));
        days.filter_map(|(key, entry)| Some((*key, day(entry)?, *entry)))
    }

    /// Tells whether nobody must be told: the assessment found a low probability of compromise, or an exception.
    #[must_use]
    pub fn is_no_breach(&self) -> bool {
        self.get("conclusion").is_some_and(|it| {
            let plain = it.value.to_lowercase();
            plain.starts_with("low")
                || plain.starts_with("no ")
                || plain.contains("no-breach")
                || plain.contains("not-a-breach")
                || plain.contains("exception")
        })
    }

    /// Returns the notices that are owed, told or not.
    #[must_use]
    pub fn owed(&self) -> Vec<Owed> {
        let Some((discovered, _)) = self.discovered().filter(|_| !self.is_no_breach()) else { return Vec::new() };
        let count: Option<u64> = self.get("individuals").and_then(|it| it.value.replace([',', '_'], "").parse().ok());
        let is_associate = self.get("role").is_some_and(|it| it.value.to_lowercase().contains("associate"));
        let owed: &[(&str, &str)] = match count {
            _ if is_associate => &[("hipaa-business-associate", "covered-entity")],
            Some(500..) => &[("hipaa-individuals", "individuals"), ("hipaa-hhs-500-or-more", "secretary")],
            Some(_) => &[("hipaa-individuals", "individuals"), ("hipaa-hhs-under-500", "secretary")],
            None => &[("hipaa-individuals", "individuals")],
        };
        let due = |it: &Clock| {
            if it.key == "hipaa-hhs-under-500" { under_500_deadline(discovered) } else { it.deadline(discovered) }
        };
        let notice = |&(name, recipient)| {
            let clock = clock(name)?;
            Some(Owed { clock, recipient, due: due(clock)?, told: self.told(recipient), discovered })
        };
        owed.iter().filter_map(notice).collect()
    }

    /// Returns when a notice was given: `notified-individuals: <day>` for one recipient, `notified: <day>` for all.
    fn told(&self, recipient: &str) -> Option<NaiveDate> {
        let key = format!("notified-{recipient}");
        let (_, entry) =
            self.entries.iter().find(|(name, it)| (*name == key || *name == "notified") && day(it).is_some())?;
        day(entry)
    }
}

fn day(entry: &FrontMatterEntry) -> Option<NaiveDate> {
    entry.value.get(..10)?.parse().ok()
}
