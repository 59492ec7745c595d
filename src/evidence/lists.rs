//! The lists of a bundle: which there are, and where they lie.

use std::collections::BTreeMap;

use super::notices::Notices;
use super::part::Part;
use super::{Evidence, FileRow, Placed, Standing, breaches, controls, retention, reviews, tables};
use crate::csv::{Cell, Table};

impl Evidence<'_> {
    /// Returns every list. `digests` are the SHA-256 of the documents in the bundle, by path.
    pub(super) fn lists(&self, digests: &BTreeMap<String, String>) -> Vec<Part> {
        let window = &self.population.window;
        let rows: Vec<FileRow<'_>> = self.population.account(self.files);
        let incidents = |placed: Vec<&Placed<'_>>| tables::incidents(placed.into_iter(), window, digests);
        let carried = self.population.placed.iter().filter(tables::is_carried_in).collect();
        let undated = self.population.incidents(Standing::Undated).collect();
        let records = self.population.records();
        let (coverage, citations) = (controls::coverage(&records), controls::citations(&records, |_, _| true));
        let compared = self.reconciliation.iter();
        let compared =
            compared.map(|it| self.table("data/population/reconciliation.csv", "reconciliation", it.table.clone()));
        let lists = vec![
            self.table("data/population/incidents.csv", "population", incidents(self.population.members().collect())),
            self.table("data/population/carried-in.csv", "population", incidents(carried)),
            self.table("data/population/undated.csv", "population", incidents(undated)),
            self.table(
                "data/population/near-misses-and-drills.csv",
                "population",
                incidents(self.population.others().collect()),
            ),
            self.table(
                "data/population/files.csv",
                "account",
                tables::files(&rows, self.files, &|path| self.is_hidden(path)),
            ),
            self.table(
                "data/actions/action-items.csv",
                "actions",
                tables::actions(self.population.members(), (&self.proofs, &self.dropped), self.about.as_of),
            ),
            self.table("data/controls/matrix.csv", "controls", controls::citation_table(&citations)),
            self.table("data/controls/coverage.csv", "controls", controls::table(&coverage.controls)),
            self.table("data/controls/invalid.csv", "controls", controls::fault_table(&coverage.faults)),
            self.table("data/retention/schedule.csv", "retention", retention::table(&self.retention())),
            self.table(
                "data/reviews/reviews.csv",
                "reviews",
                reviews::table(&reviews::rows(&records, self.about.as_of)),
            ),
            self.table("data/breaches/assessments.csv", "breaches", breaches::table(&self.breaches)),
            self.table("data/breaches/notices.csv", "breaches", Notices::of(&records, self.about.as_of.into()).table()),
            self.table("data/redactions.csv", "redactions", tables::redactions(&self.redactions)),
            self.table("data/custody/custody.csv", "custody", self.custody()),
        ];
        lists.into_iter().chain(compared).collect()
    }

    fn retention(&self) -> Vec<retention::RetentionRow> {
        let committed = |path: &str| Some(self.histories.get(path)?.first()?.day);
        retention::rows(&self.population.records(), &committed, self.about.as_of)
    }

    /// Returns the first row of the chain of custody; whoever hands the bundle on keeps the next ones.
    fn custody(&self) -> Table {
        let about = &self.about;
        let mut row = vec![
            about.bundle_id.as_str().into(),
            "collected".into(),
            about.by.as_str().into(),
            about.bagged.into(),
            Cell::from(format!("ris {}", about.tool_version)),
            Cell::from(about.source.commit.as_str()),
            Cell::from("the hash of tagmanifest-sha256.txt"),
        ];
        row.push(Cell::from(about.accepted_by.as_ref().map(|name| format!("{name} let sensitive text stay in"))));
        let head = vec!["evidence", "event", "by", "on", "with", "source_commit", "hash", "note"];
        Table { head, rows: vec![row] }
    }
}
