//! Comparing what was collected with another system's list of incidents.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::EvidenceRequest;
use super::read::Commit;
use crate::evidence::{Population, Reconciliation, read_outside, reconcile};
use crate::kb::{KbError, Refused};
use crate::store::git::Snapshot;

/// Compares the population with the list that `request` names; `None` where it names none.
pub(super) fn compare(
    request: &EvidenceRequest,
    commit: &Commit,
    snapshot: &Snapshot,
    population: &Population<'_>,
) -> Result<Option<Reconciliation>, KbError> {
    let Some(list) = &request.compare else { return Ok(None) };
    let fail = |why: String| Refused::new(format!("cannot compare with `{}`: {why}", list.display()));
    let bytes = std::fs::read(list)
        .map_err(|error| fail(error.to_string()).hint("name the list of the other system, a CSV file"))?;
    let hint = "write a head with `id`, and if you can `title` and `date` (2026-05-17), and one row an incident";
    let outside = read_outside(&bytes).map_err(|why| fail(why).hint(hint))?;
    let blobs: FxHashMap<&str, &str> = commit.files.iter().map(|it| (it.path.as_str(), it.blob.as_str())).collect();
    let mut texts = BTreeMap::new();
    for document in population.placed.iter().flat_map(|it| &it.case.documents) {
        let bytes = snapshot.read(blobs[document.path.as_str()])?;
        texts.insert(document.path.as_str(), String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(Some(reconcile(&outside, population, &texts)))
}
