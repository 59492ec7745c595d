//! The JSON shape of one document: the contract of `ris inspect --format json`.
//!
//! Schema 1 only ever gains fields. A value that is not there is null or an empty list.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{ActionItem, Document, DurationKind, Durations, Each, Extracted, FrontMatter, Moment, Times};

/// The JSON object that describes a document, keys in alphabetical order.
///
/// Written item by item and never held as a whole: a file of some megabytes may hold a hundred thousand action items.
#[derive(Debug, Clone, Copy)]
pub struct Inspected<'a>(pub &'a Document);

impl Serialize for Inspected<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.0;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("action_items", &Each::of(&document.action_items, action_json))?;
        out.serialize_entry("checkboxes", &json!(document.checkboxes))?;
        out.serialize_entry("commands", &json!(document.commands))?;
        out.serialize_entry("compliance", &compliance_json(document))?;
        out.serialize_entry("date", &document.date.as_ref().map(|date| date.value.to_string()))?;
        out.serialize_entry("diagnostics", &Each::of(&document.diagnostics, |it| json!(it)))?;
        out.serialize_entry("durations", &durations_json(&document.durations))?;
        out.serialize_entry("front_matter", &document.front_matter.as_ref().map(|it| nested(it, "")))?;
        out.serialize_entry("has_root_cause", &document.has_root_cause)?;
        out.serialize_entry("id", &text(document.id.as_ref()))?;
        out.serialize_entry("incident", &text(document.incident.as_ref()))?;
        out.serialize_entry("kind", &document.kind.value)?;
        out.serialize_entry("language", &document.language)?;
        out.serialize_entry("origins", &origins_json(document))?;
        out.serialize_entry(
            "other_statuses",
            &Each::of(&document.other_statuses, |it| json!({"state": it.value, "raw": it.raw, "line": it.origin.line})),
        )?;
        out.serialize_entry("outcome", &document.outcome)?;
        out.serialize_entry("owners", &Each::of(&document.owners, |it| &it.value))?;
        out.serialize_entry("path", &document.path)?;
        out.serialize_entry("project", &text(document.project.as_ref()))?;
        out.serialize_entry(
            "references",
            &Each::of(
                &document.references,
                |it| json!({"kind": it.kind.as_str(), "target": it.target, "line": it.line}),
            ),
        )?;
        out.serialize_entry("resolution", &text(document.resolution.as_ref()))?;
        out.serialize_entry("root_cause", &text(document.root_cause.as_ref()))?;
        out.serialize_entry("schema", &1)?;
        out.serialize_entry(
            "sections",
            &Each::of(
                &document.sections,
                |it| json!({"title": it.title, "level": it.level, "line": it.line, "role": it.role}),
            ),
        )?;
        out.serialize_entry("services", &Each::of(&document.services, |it| &it.value))?;
        let severity = document.severity.as_ref().map(|it| json!({"level": it.value.level(), "raw": it.raw}));
        out.serialize_entry("severity", &severity)?;
        let status = document.status.as_ref().map(|it| json!({"state": it.value, "raw": it.raw}));
        out.serialize_entry("status", &status)?;
        out.serialize_entry(
            "tags",
            &Each::of(&document.tags, |it| {
                json!({
                    "tag": it.tag, "raw": it.raw, "origin": it.origin.kind, "line": it.origin.line,
                    "because": it.because.iter().map(|it| &it.words).collect::<Vec<_>>(),
                    "because_lines": it.because.iter().map(|it| it.line).collect::<Vec<_>>(),
                })
            }),
        )?;
        out.serialize_entry(
            "timeline",
            &Each::of(&document.timeline, |it| {
                json!({
                    "time": it.at.as_ref().and_then(Moment::to_json), "raw": it.raw, "text": it.text, "line": it.line,
                })
            }),
        )?;
        out.serialize_entry("times", &times_json(&document.times))?;
        out.serialize_entry("title", &text(document.title.as_ref()))?;
        out.end()
    }
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
        "type": item.sort,
        "done_when": item.done_when,
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
        insert(&mut root, path, &entry.value, entry.in_list, LEVELS);
    }
    Value::Object(root)
}

/// Nobody nests front matter deeper: what is left of a longer path is one key. A key of forty thousand dots would
/// otherwise take all of the stack, here and in whoever reads the JSON.
const LEVELS: usize = 32;

fn insert(map: &mut Map<String, Value>, path: &str, value: &str, in_list: bool, levels: usize) {
    match path.split_once('.').filter(|_| levels > 1) {
        Some((head, rest)) => {
            let slot = map.entry(head).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = slot {
                insert(inner, rest, value, in_list, levels - 1);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_many_parts_is_one_key_below_some_levels() {
        let mut root = Map::new();
        insert(&mut root, "a.b.c", "1", false, LEVELS);
        insert(&mut root, &"k.".repeat(40_000), "2", false, LEVELS);
        let mut root = Value::Object(root);
        assert_eq!(root["a"]["b"]["c"], "1");
        for _ in 1..LEVELS {
            root = root["k"].take();
        }
        assert_eq!(root.as_object().unwrap().keys().map(String::len).collect::<Vec<_>>(), [80_000 - 2 * (LEVELS - 1)]);
    }
}
