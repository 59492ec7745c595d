//! The record of a possible breach as its front matter states it.

use super::breach::{BREACH_BLOCK, BREACH_KEYS};
use super::clocks::{Clock, INDIVIDUALS, RESIDENTS, Trigger, clocks, regimes};
use super::point::Point;
use super::who::{Role, USUAL_REGIME, people};
use crate::model::{FrontMatter, FrontMatterEntry};

/// The block of an assessment.
#[derive(Debug)]
pub(crate) struct Assessment<'a> {
    /// By key below the block, in lower case and with `-` for `_`.
    entries: Vec<(String, &'a FrontMatterEntry)>,
}

impl<'a> Assessment<'a> {
    /// Returns the assessment that a front matter holds, if there is one.
    #[must_use]
    pub(crate) fn of(front_matter: &'a FrontMatter) -> Option<Self> {
        let entry = |entry: &'a FrontMatterEntry| Some((folded(below(&entry.path)?), entry));
        let entries: Vec<_> = front_matter.entries.iter().filter_map(entry).collect();
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// Tells whether a dotted path of front matter lies in such a block.
    #[must_use]
    pub(crate) fn has(path: &str) -> bool {
        below(path).is_some()
    }

    /// Returns the line on which it begins.
    #[must_use]
    pub(crate) fn line(&self) -> u32 {
        self.entries[0].1.line
    }

    /// Returns the entry with this key, if something stands there.
    #[must_use]
    pub(crate) fn get(&self, key: &str) -> Option<&'a FrontMatterEntry> {
        self.entries.iter().find(|(name, it)| name == key && is_filled(&it.value)).map(|(_, it)| *it)
    }

    /// Returns the moment that stands at this key.
    #[must_use]
    pub(crate) fn point(&self, key: &str) -> Option<Point> {
        Point::parse(&self.get(key)?.value)
    }

    /// Returns the number that stands at this key.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        people(&self.get(key)?.value)
    }

    /// Returns the role of the entity.
    pub(super) fn role(&self) -> Role {
        self.get("role").map_or_else(Role::default, |it| Role::of(&it.value))
    }

    /// Returns the keys that it needs and does not have, each with what it is needed for.
    pub(crate) fn lacks(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        BREACH_KEYS.into_iter().filter(|(key, _)| self.get(key).is_none())
    }

    /// Returns the moment of discovery, and where it stands.
    #[must_use]
    pub(crate) fn discovered(&self) -> Option<(Point, &'a FrontMatterEntry)> {
        let entry = self.get("discovered")?;
        Some((Point::parse(&entry.value)?, entry))
    }

    /// Returns the days that it states: of discovery, decision, notices and of what starts a clock.
    pub(crate) fn days(&self) -> impl Iterator<Item = (&str, Point, &'a FrontMatterEntry)> {
        let days = self.entries.iter().filter(|(key, _)| is_day(key));
        days.filter_map(|(key, entry)| Some((key.as_str(), Point::parse(&entry.value)?, *entry)))
    }

    /// Returns the regimes whose clocks run, as the data spells them: those of `regimes`, or HIPAA.
    #[must_use]
    pub(crate) fn regimes(&self) -> Vec<&'static str> {
        let mut found: Vec<_> = self.named_regimes().filter_map(|(name, _)| regime(name)).collect();
        if found.is_empty() && self.named_regimes().next().is_none() {
            found.push(USUAL_REGIME);
        }
        found
    }

    /// Returns the regimes that are named and have no clocks here.
    pub(crate) fn unknown_regimes(&self) -> impl Iterator<Item = (&'a str, &'a FrontMatterEntry)> {
        self.named_regimes().filter(|(name, _)| regime(name).is_none())
    }

    fn named_regimes(&self) -> impl Iterator<Item = (&'a str, &'a FrontMatterEntry)> {
        let entries = self.entries.iter().filter(|(key, it)| key == "regimes" && is_filled(&it.value));
        let names = entries.flat_map(|(_, entry)| entry.value.split([',', ';']).map(move |name| (name.trim(), *entry)));
        names.filter(|(name, _)| !name.is_empty())
    }

    /// Tells whether the clocks of HIPAA run, and so the four factors are weighed.
    #[must_use]
    pub(crate) fn is_of_hipaa(&self) -> bool {
        self.regimes().contains(&USUAL_REGIME)
    }

    /// Returns the values that cannot be read, each with its key and what it should be: a clock that hangs on it does not run.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = (&str, &'static str, &'a FrontMatterEntry)> {
        self.entries.iter().filter_map(|(key, entry)| {
            let is_plan = key.starts_with("law-enforcement");
            let is_count = matches!(key.as_str(), INDIVIDUALS | RESIDENTS);
            let wanted = match Point::parse(&entry.value) {
                None if is_count && people(&entry.value).is_none() => "a number such as 1200",
                None if (is_plan || is_day(key)) && !is_waiver(&entry.value) => "a day such as 2026-01-15",
                _ => return None,
            };
            is_filled(&entry.value).then_some((key.as_str(), wanted, *entry))
        })
    }

    /// Tells whether nobody must be told: the assessment found a low probability of compromise, that a risk is unlikely,
    /// or an exception.
    #[must_use]
    pub(crate) fn is_no_breach(&self) -> bool {
        self.get("conclusion").is_some_and(|it| {
            let plain = folded(&it.value).replace('-', " ");
            let denies = ["low", "unlikely", "no ", "not a ", "not breach", "exception"];
            let excepts = plain.contains("exception applies") || plain.starts_with("exception");
            let is_breach = plain.starts_with("breach") || plain.contains("no exception");
            !is_breach && (excepts || denies.iter().any(|word| plain.starts_with(word)))
        })
    }
}

/// Returns what is wrong with a moment of an assessment, as a part of a sentence: it lies before the discovery, or after
/// `as_of`.
#[must_use]
pub(crate) fn odd_day(key: &str, at: Point, discovered: Option<Point>, as_of: Point) -> Option<String> {
    if at.is_after(as_of) {
        return Some(format!("`{key}` is {at}, which is still to come"));
    }
    let discovered = discovered.filter(|discovered| discovered.is_after(at))?;
    Some(format!("`{key}` is {at}, before the discovery on {discovered}"))
}

/// Returns the regime called `name`, as the data spells it; its first word will do.
#[must_use]
pub(crate) fn regime(name: &str) -> Option<&'static str> {
    let is = |regime: &&str| {
        regime.eq_ignore_ascii_case(name)
            || regime.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(name))
    };
    regimes().find(is)
}

/// Tells whether a value says why no notice is given: `not required: 12 residents of Texas`.
pub(super) fn is_waiver(value: &str) -> bool {
    let plain = folded(value).replace('-', " ");
    ["not required", "not owed", "not applicable", "n/a"].iter().any(|word| plain.starts_with(word))
}

/// Tells whether a key states the day of something that has happened and that a clock counts from or stops at.
fn is_day(key: &str) -> bool {
    let starts = |clock: &Clock| matches!(clock.trigger, Trigger::Other(trigger) if trigger == key);
    matches!(key, "discovered" | "decided-on") || key.starts_with("notified") || clocks().iter().any(starts)
}

/// Returns the part of a dotted path below the block.
fn below(path: &str) -> Option<&str> {
    let (block, key) = path.split_at_checked(BREACH_BLOCK.len())?;
    // Nearly every path is of something else.
    let key = key.strip_prefix('.').filter(|_| block.as_bytes()[0].eq_ignore_ascii_case(&b'b'))?;
    (folded(block) == BREACH_BLOCK).then_some(key)
}

fn is_filled(value: &str) -> bool {
    let plain = value.trim().to_lowercase();
    !matches!(plain.as_str(), "" | "null" | "~" | "tbd" | "todo" | "pending" | "unknown" | "?")
}

fn folded(key: &str) -> String {
    key.trim().to_ascii_lowercase().replace(['_', ' '], "-")
}
