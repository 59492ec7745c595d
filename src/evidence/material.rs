//! What evidence is made from.

use std::collections::BTreeMap;

use super::breaches::BreachRow;
use super::ledger::CommitRow;
use super::{
    About, Check, DroppedItem, Enclosed, Placed, Population, Profile, Proofs, Reconciliation, Redaction, SourceFile,
};

/// Everything that evidence is made from.
pub struct Evidence<'a> {
    /// What it is about.
    pub about: About,
    /// Every file of the commit.
    pub files: &'a [SourceFile],
    /// The incidents.
    pub population: Population<'a>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// Documents and other files of the incidents that go into the bundle.
    pub enclosed: Vec<Enclosed>,
    /// The commits that changed each enclosed document, newest first.
    pub histories: BTreeMap<String, Vec<CommitRow>>,
    /// When action items were done, by document.
    pub proofs: BTreeMap<String, Proofs>,
    /// Action items that were taken out while they were open.
    pub dropped: Vec<DroppedItem>,
    /// The assessments of possible breaches.
    pub breaches: Vec<BreachRow>,
    /// What was found to be sensitive, and in the redacted profile taken out.
    pub redactions: Vec<Redaction>,
    /// The comparison with another system's list, where there was one.
    pub reconciliation: Option<Reconciliation>,
}

impl Evidence<'_> {
    /// Returns the members whose documents were asked for.
    pub(super) fn sampled(&self) -> impl Iterator<Item = &Placed<'_>> {
        let wanted = |it: &&Placed<'_>| {
            let names = &self.about.sample;
            names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(it.case.name()))
        };
        self.population.members().filter(wanted)
    }

    /// Tells whether the blob of a file is not told: from it, what was taken out could be guessed and tried.
    pub(super) fn is_hidden(&self, path: &str) -> bool {
        self.about.profile == Profile::Redacted && self.redactions.iter().any(|it| it.path == path)
    }
}
