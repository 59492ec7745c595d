//! The JSON shape of one document: the contract of `ris inspect --format json`.
//!
//! Schema 1 only ever gains fields. A value that is not there is null or an empty list.

use serde_json::{Map, Value, json};

use super::{ActionItem, Document, DurationKind, Durations, Extracted, FrontMatter, Moment, Times};

/// Returns the JSON object that describes `document`.
#[must_use]
pub fn inspect_json(document: &Document) -> Value {
    json!({
        "schema": 1,
        "path": document.path,
        "outcome": document.outcome,
        "kind": document.kind.value,
        "id": text(document.id.as_ref()),
        "incident": text(document.incident.as_ref()),
        "title": text(document.title.as_ref()),
        "date": document.date.as_ref().map(|date| date.value.to_string()),
        "severity": document.severity.as_ref().map(|it| json!({"level": it.value.level(), "raw": it.raw})),
        "status": document.status.as_ref().map(|it| json!({"state": it.value.state, "raw": it.raw})),
        "other_statuses": document.other_statuses.iter()
            .map(|it| json!({"state": it.value.state, "raw": it.raw, "line": it.origin.line})).collect::<Vec<_>>(),
        "language": document.language,
        "project": text(document.project.as_ref()),
        "checkboxes": document.checkboxes,
        "has_root_cause": document.has_root_cause,
        "root_cause": text(document.root_cause.as_ref()),
        "resolution": text(document.resolution.as_ref()),
        "commands": document.commands.iter()
            .map(|it| json!({"language": it.language, "text": it.text, "line": it.line})).collect::<Vec<_>>(),
        "sections": document.sections.iter()
            .map(|it| json!({"title": it.title, "level": it.level, "line": it.line, "role": it.role})).collect::<Vec<_>>(),
        "action_items": document.action_items.iter().map(action_json).collect::<Vec<_>>(),
        "timeline": document.timeline.iter().map(|it| json!({
            "time": it.at.as_ref().and_then(Moment::to_json), "raw": it.raw, "text": it.text, "line": it.line,
        })).collect::<Vec<_>>(),
        "times": times_json(&document.times),
        "durations": durations_json(&document.durations),
        "services": document.services.iter().map(|it| &it.value).collect::<Vec<_>>(),
        "tags": document.tags.iter().map(|it| json!({
            "tag": it.tag, "raw": it.raw, "origin": it.origin.kind, "line": it.origin.line,
            "because": it.because.iter().map(|it| &it.words).collect::<Vec<_>>(),
            "because_lines": it.because.iter().map(|it| it.line).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "owners": document.owners.iter().map(|it| &it.value).collect::<Vec<_>>(),
        "references": document.references.iter()
            .map(|it| json!({"kind": it.kind.as_str(), "target": it.target, "line": it.line})).collect::<Vec<_>>(),
        "compliance": compliance_json(document),
        "front_matter": document.front_matter.as_ref().map(|it| nested(it, "")),
        "origins": origins_json(document),
        "diagnostics": document.diagnostics,
    })
}

fn text<T: std::fmt::Display>(value: Option<&Extracted<T>>) -> Option<String> {
    value.map(|it| it.value.to_string())
}

fn action_json(item: &ActionItem) -> Value {
    let mut value = json!({
        "text": item.text,
        "done": item.is_done(),
        "state": item.state,
        "source": item.source,
        "class": item.class,
        "group": item.group,
        "owner": item.owner,
        "due": item.due.as_ref().map(|due| due.date.to_string()),
        "due_raw": item.due.as_ref().map(|due| &due.raw).or(item.due_raw.as_ref()),
        "due_inferred": item.due.as_ref().is_some_and(|due| due.inferred),
        "priority": item.priority,
        "estimate": item.estimate,
        "depends_on": item.depends_on,
        "tickets": item.tickets,
        "id": item.id,
        "parent": item.parent,
        "line": item.line,
    });
    if item.carried {
        value["carried"] = json!(true);
    }
    value
}

fn times_json(times: &Times) -> Value {
    let at = |moment: &Option<Extracted<Moment>>| moment.as_ref().and_then(|it| it.value.to_json());
    json!({
        "started": at(&times.started),
        "detected": at(&times.detected),
        "mitigated": at(&times.mitigated),
        "resolved": at(&times.resolved),
    })
}

fn durations_json(durations: &Durations) -> Value {
    let mut stated = Map::new();
    for duration in &durations.stated {
        stated.entry(duration.kind.as_str()).or_insert_with(|| json!(duration.raw));
    }
    let mut computed = Map::new();
    for duration in &durations.computed {
        computed.entry(format!("{}_minutes", duration.kind.as_str())).or_insert_with(|| json!(duration.minutes));
    }
    let total = durations.stated.iter().find(|it| it.kind == DurationKind::Total).and_then(|it| it.minutes);
    let object = |map: Map<String, Value>| if map.is_empty() { Value::Null } else { Value::Object(map) };
    json!({"stated": object(stated), "stated_total_minutes": total, "computed": object(computed)})
}

fn compliance_json(document: &Document) -> Value {
    let compliance = &document.compliance;
    let mut map = match &document.front_matter {
        Some(front_matter) => match nested(front_matter, "compliance.") {
            Value::Object(map) => map,
            _ => Map::new(),
        },
        None => Map::new(),
    };
    let review = &compliance.review;
    if let Some(next) = &review.next {
        map.insert("next_review".into(), json!(next.value.to_string()));
    }
    if let Some(last) = &review.last {
        map.insert("last_review".into(), json!(last.value.to_string()));
    }
    if let Some(reviewer) = &review.reviewer {
        map.insert("reviewer".into(), json!(reviewer.value));
    }
    Value::Object(map)
}

/// Returns the entries below `prefix` as nested JSON; every scalar stays text.
fn nested(front_matter: &FrontMatter, prefix: &str) -> Value {
    let mut root = Map::new();
    for entry in &front_matter.entries {
        let Some(path) = entry.path.strip_prefix(prefix) else { continue };
        insert(&mut root, path, &entry.value, entry.in_list);
    }
    Value::Object(root)
}

fn insert(map: &mut Map<String, Value>, path: &str, value: &str, in_list: bool) {
    match path.split_once('.') {
        Some((head, rest)) => {
            let slot = map.entry(head).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = slot {
                insert(inner, rest, value, in_list);
            }
        }
        None => match map.get_mut(path) {
            Some(Value::Array(list)) => list.push(json!(value)),
            Some(_) => {}
            None => {
                map.insert(path.into(), if in_list { json!([value]) } else { json!(value) });
            }
        },
    }
}

fn origins_json(document: &Document) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, origin: Option<super::Origin>| {
        if let Some(origin) = origin {
            map.insert(name.into(), json!(origin));
        }
    };
    put("kind", Some(document.kind.origin));
    put("id", document.id.as_ref().map(|it| it.origin));
    put("incident", document.incident.as_ref().map(|it| it.origin));
    put("title", document.title.as_ref().map(|it| it.origin));
    put("date", document.date.as_ref().map(|it| it.origin));
    put("severity", document.severity.as_ref().map(|it| it.origin));
    put("status", document.status.as_ref().map(|it| it.origin));
    put("project", document.project.as_ref().map(|it| it.origin));
    put("root_cause", document.root_cause.as_ref().map(|it| it.origin));
    put("resolution", document.resolution.as_ref().map(|it| it.origin));
    put("services", document.services.first().map(|it| it.origin));
    put("owners", document.owners.first().map(|it| it.origin));
    put("started", document.times.started.as_ref().map(|it| it.origin));
    put("detected", document.times.detected.as_ref().map(|it| it.origin));
    put("mitigated", document.times.mitigated.as_ref().map(|it| it.origin));
    put("resolved", document.times.resolved.as_ref().map(|it| it.origin));
    put("stated_duration", document.durations.stated.first().map(|it| it.origin));
    put("next_review", document.compliance.review.next.as_ref().map(|it| it.origin));
    Value::Object(map)
}
