//! What an assessment lacks that clocks hang on.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::clocks::{Clock, INDIVIDUALS, RESIDENTS};
use super::notices::name_of;
use super::who::clocks_for;

impl Assessment<'_> {
    /// Returns what cannot be read or is not there, so that no clock runs or one may be left out: each a part of a sentence.
    /// Nothing where the conclusion is that nobody must be told.
    #[must_use]
    pub(crate) fn unclear(&self) -> Vec<String> {
        if self.is_no_breach() {
            return Vec::new();
        }
        let Some((discovered, _)) = self.discovered() else {
            let what = if self.get("discovered").is_some() { "no day that can be read" } else { "not stated" };
            return vec![format!("`discovered` is {what}: no clock runs")];
        };
        let unreadable = self.unreadable().map(|(key, wanted, _)| format!("`{key}` should be {wanted}"));
        let unknown = self.unknown_regimes().map(|(name, _)| format!("there are no clocks of `{name}`"));
        let uncounted = [INDIVIDUALS, RESIDENTS].into_iter().filter(|key| self.get(key).is_none()).filter_map(|key| {
            let told = self.uncounted(key, discovered.day);
            (!told.is_empty()).then(|| format!("`{key}` is not stated, on which notices hang: {}", told.join(", ")))
        });
        unreadable.chain(unknown).chain(uncounted).collect()
    }

    /// Returns who may have to be told, depending on the number at `key`, and of whom the record says nothing else. The
    /// residents of one State are no more than all individuals.
    fn uncounted(&self, key: &str, discovered: NaiveDate) -> Vec<&'static str> {
        let all = self.number(INDIVIDUALS);
        let may_be_enough = |clock: &Clock, people: RangeInclusive<u64>| {
            clock.counted() == key && all.map_or(key == INDIVIDUALS, |all| *people.start() <= all)
        };
        let clocks = clocks_for(Some(self.role()), &self.regimes(), discovered, may_be_enough);
        let is_settled = |clock: &Clock| self.get(&format!("notified-{}", name_of(clock))).is_some();
        let hangs = clocks.into_iter().filter(|clock| clock.people().is_some() && !is_settled(clock));
        let mut told: Vec<_> = hangs.map(|clock| clock.recipient).collect();
        told.dedup();
        told
    }
}
