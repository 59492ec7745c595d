//! The evidence as OSCAL assessment results (NIST, version 1.2.3): one observation an incident, and the mechanical checks
//! in the description. No findings: a tool that collects evidence gives no opinion on controls.

use serde_json::{Value, json};
use uuid::Uuid;

use super::bag::sha256;
use super::part::Part;
use super::{Case, CheckResult, Evidence};
use crate::compliance::{Lookup, look_up};
use crate::model::{Severity, StatusState};

const VERSION: &str = "1.2.3";
/// Namespace of our own names of properties.
const NAMES: &str = "https://example.org/ns/ris";

/// Returns the assessment results. Every id follows from the bundle's, so that the same evidence gives the same bytes.
pub(super) fn results(evidence: &Evidence<'_>, parts: &[Part]) -> Value {
    let about = &evidence.about;
    let ids = Ids(Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("ris:{}", about.bundle_id).as_bytes()));
    let at = |day: chrono::NaiveDate, time: &str| format!("{day}T{time}Z");
    let collected = at(about.as_of, "00:00:00");
    let observations: Vec<Value> =
        evidence.sampled().map(|it| observation(&it.case, parts, &ids, &collected)).collect();
    let mut result = json!({
        "uuid": ids.of("result"),
        "title": "Incident population and evidence",
        "description": description(evidence),
        "start": at(about.period.start, "00:00:00"),
        "end": at(about.period.end, "23:59:59"),
        "props": [property("population-count", &evidence.population.members().count().to_string())],
        "local-definitions": { "components": [{
            "uuid": ids.of("tool"), "type": "software", "title": "ris", "description": "Collected the evidence",
            "status": { "state": "operational" },
        }] },
        "reviewed-controls": { "control-selections": [selection(evidence)] },
    });
    if !observations.is_empty() {
        result["observations"] = Value::Array(observations);
    }
    json!({ "assessment-results": {
        "uuid": ids.of("assessment-results"),
        "metadata": {
            "title": format!("Incident evidence, {}, {}", about.organisation(), about.period),
            "last-modified": collected,
            "version": format!("{}.{}", about.period.name(), about.version),
            "oscal-version": VERSION,
            "props": [
                property("generator", &format!("ris {}", about.tool_version)),
                property("source-commit", &about.source.commit),
            ],
            "roles": [{ "id": "preparer", "title": "Prepared the bundle" }],
            "parties": [{ "uuid": ids.of("party"), "type": "organization", "name": about.organisation() }],
            "responsible-parties": [{ "role-id": "preparer", "party-uuids": [ids.of("party")] }],
        },
        "import-ap": { "href": format!("#{}", ids.of("no-plan")) },
        "results": [result],
        "back-matter": { "resources": resources(parts, &ids) },
    } })
}

/// Makes ids from names.
struct Ids(Uuid);

impl Ids {
    fn of(&self, name: &str) -> String {
        Uuid::new_v5(&self.0, name.as_bytes()).to_string()
    }
}

fn description(evidence: &Evidence<'_>) -> String {
    let failed: Vec<&str> =
        evidence.checks.iter().filter(|check| check.result == CheckResult::Fail).map(|check| check.id).collect();
    let checks = if failed.is_empty() { "none failed".to_owned() } else { format!("failed: {}", failed.join(", ")) };
    format!(
        "All incidents of the period and the documents of each. Mechanical checks of the collection, which are no \
         opinion on any control: {checks}."
    )
}

fn observation(case: &Case<'_>, parts: &[Part], ids: &Ids, collected: &str) -> Value {
    let own: Vec<&Part> = parts.iter().filter(|part| part.incident.as_deref() == Some(case.name())).collect();
    let mut props = vec![property("incident-id", case.name())];
    props.extend(case.severity().map(|severity| property("severity", Severity::word(severity))));
    props.extend(case.status().map(|status| property("status", StatusState::as_str(status))));
    props.extend(case.membership().map(|(date, by)| property(by.as_str(), &date.to_string())));
    let subject = |part: &&Part| json!({ "subject-uuid": ids.of(&part.file.path), "type": "resource", "title": line(&part.file.path) });
    let evidence = |part: &&Part| json!({ "href": format!("#{}", ids.of(&part.file.path)), "description": format!("{} of the incident", part.role) });
    json!({
        "uuid": ids.of(&format!("observation of {}", case.main().path)),
        "title": line(case.name()),
        "description": "Documents of the incident and the commits that changed them.",
        "props": props,
        "methods": ["EXAMINE"],
        "types": ["historic"],
        "origins": [{ "actors": [{ "type": "tool", "actor-uuid": ids.of("tool") }] }],
        "subjects": own.iter().map(subject).collect::<Vec<_>>(),
        "relevant-evidence": own.iter().map(evidence).collect::<Vec<_>>(),
        "collected": collected,
    })
}

/// Returns the controls that documents of the incidents cite, or all where they cite none.
fn selection(evidence: &Evidence<'_>) -> Value {
    let documents = evidence.sampled().flat_map(|it| it.case.documents.iter());
    let controls = documents.flat_map(|document| document.compliance.controls.iter());
    let mut tokens: Vec<String> = controls.filter_map(|it| token(&it.framework, &it.id)).collect();
    tokens.sort();
    tokens.dedup();
    if tokens.is_empty() {
        return json!({ "include-all": {} });
    }
    let include: Vec<Value> = tokens.iter().map(|token| json!({ "control-id": token })).collect();
    json!({ "include-controls": include })
}

/// Returns a control's id as OSCAL can write it: its tokens have no brackets.
fn token(framework: &str, id: &str) -> Option<String> {
    let Lookup::Known { control, .. } = look_up(framework, id) else { return None };
    let plain = control.id.replace(['(', ')'], ".").replace("..", ".");
    let plain = plain.trim_end_matches('.');
    let is_word = plain.starts_with(|c: char| c.is_ascii_alphabetic());
    Some(if is_word { plain.to_owned() } else { format!("{}-{plain}", control.framework.key()) })
}

fn resources(parts: &[Part], ids: &Ids) -> Vec<Value> {
    let no_plan = json!({
        "uuid": ids.of("no-plan"), "title": "No assessment plan",
        "description": "This evidence was collected without an assessment plan in OSCAL.",
    });
    let resource = |part: &Part| {
        json!({
            "uuid": ids.of(&part.file.path),
            "title": line(&part.file.path),
            "rlinks": [{
                "href": format!("../../{}", percent(&part.file.path)),
                "hashes": [{ "algorithm": "SHA-256", "value": sha256(&part.file.bytes) }],
            }],
        })
    };
    let own = parts.iter().filter(|part| part.incident.is_some()).map(resource);
    std::iter::once(no_plan).chain(own).collect()
}

fn percent(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "ns": NAMES, "value": line(value) })
}

/// Values of properties are one line, and not empty.
fn line(text: &str) -> String {
    let plain: Vec<&str> = text.split_whitespace().collect();
    if plain.is_empty() { "-".to_owned() } else { plain.join(" ") }
}
