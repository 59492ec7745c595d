//! The two machine-readable pages: how the population was made, and what every file of the bundle is.

use serde_json::{Value, json};

use super::about::BUNDLE_FORMAT;
use super::bag::sha256;
use super::part::Part;
use super::{Enclosed, Evidence, Placed, Population, Standing};
use crate::model::{Severity, StatusState};

/// Returns how the population was found and what it adds up to.
pub(super) fn population(evidence: &Evidence<'_>) -> Value {
    let (about, population) = (&evidence.about, &evidence.population);
    let of = |standing| named(population.incidents(standing));
    let members: Vec<&Placed<'_>> = population.members().collect();
    json!({
        "query": rule(),
        "period": { "start": about.period.start, "end": about.period.end, "days_in": "the zone that each document states" },
        "as_of": about.as_of,
        "count": members.len(),
        "first": members.first().map(|it| it.case.name()),
        "last": members.last().map(|it| it.case.name()),
        "by_severity": population.totals(|case| case.severity().map_or("not stated", Severity::word).to_owned()),
        "by_status": population.totals(|case| case.status().map_or("not stated", StatusState::as_str).to_owned()),
        "by_month": by_month(population),
        "incidents": named(population.members()),
        "carried_in": of(Standing::CarriedIn),
        "carried_out": named(population.ended(Some(true))),
        "end_unknown": named(population.ended(None)),
        "undated": of(Standing::Undated),
        "near_misses_and_drills": named(population.others()),
        "sample": about.sample,
    })
}

fn named<'p>(placed: impl Iterator<Item = &'p Placed<'p>>) -> Vec<&'p str> {
    placed.map(|it| it.case.name()).collect()
}

fn by_month(population: &Population<'_>) -> std::collections::BTreeMap<String, usize> {
    population.totals(|case| {
        let day = case.membership().map(|(date, _)| date.first_day().format("%Y-%m").to_string());
        day.unwrap_or_default()
    })
}

/// Returns the rule of membership, in words.
pub(super) fn rule() -> &'static str {
    "every file of the commit that the settings of the knowledge base count as a document was read; documents about one \
     event (the same id, the key incident of the front matter, a link within one folder) are one incident; an incident belongs to \
     the period by the day it was detected, or where no document says so by the day it began; near misses, exercises, \
     index pages, templates and plans without an incident are not counted"
}

/// Returns the index of the bundle. It cannot list itself.
pub(super) fn index(evidence: &Evidence<'_>, parts: &[Part]) -> Value {
    let about = &evidence.about;
    let list = parts.iter().find(|part| part.file.path == "data/population/incidents.csv");
    let excluded = |row: &super::FileRow<'_>| json!({ "path": row.path, "rule": row.reason });
    let rows = evidence.population.account(evidence.files);
    let excluded: Vec<Value> = rows.iter().filter(|row| !row.reason.is_empty()).map(excluded).collect();
    json!({
        "bundle_format": BUNDLE_FORMAT,
        "bundle_id": about.bundle_id,
        "version": about.version,
        "supersedes": about.supersedes,
        "organisation": about.organisation,
        "period": {
            "start": about.period.start, "end": about.period.end, "membership_date": "detected, else began",
        },
        "source": about.source,
        "generated": {
            "by": about.by, "tool": "ris", "tool_version": about.tool_version, "as_of": about.as_of,
        },
        "population": {
            "count": evidence.population.members().count(),
            "sha256": list.map(|part| sha256(&part.file.bytes)),
            "query": rule(),
            "excluded": excluded,
        },
        "classification": {
            "profile": about.profile, "redactions": evidence.redactions.len(), "accepted_by": about.accepted_by,
        },
        "withheld": evidence.enclosed.iter().filter_map(withheld).collect::<Vec<_>>(),
        "files": parts.iter().map(file).collect::<Vec<_>>(),
        "checks": evidence.checks,
    })
}

fn withheld(file: &Enclosed) -> Option<Value> {
    let why = file.bytes.as_ref().err()?;
    Some(json!({ "path": file.path, "of": file.of, "why": why.as_str() }))
}

fn file(part: &Part) -> Value {
    let mut value = json!({
        "path": part.file.path,
        "sha256": sha256(&part.file.bytes),
        "bytes": part.file.bytes.len(),
        "role": part.role,
    });
    if let Some(incident) = &part.incident {
        value["incident"] = json!(incident);
    }
    if let Some((path, blob)) = &part.source {
        value["source_path"] = json!(path);
        value["blob"] = json!(blob);
    }
    value
}
