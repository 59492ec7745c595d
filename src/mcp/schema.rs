//! What tools take and give as JSON Schema, made from the description of the contract.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::arguments::LIMIT;
use super::tool::{Gives, Takes, Tool};
use crate::api::OPENAPI;

/// Where the contract keeps its schemas, and where a tool does.
const THERE: &str = "#/components/schemas/";
const HERE: &str = "#/$defs/";

/// Returns what a tool takes.
pub(super) fn input(tool: &Tool) -> Map<String, Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for takes in tool.takes {
        let name = takes.name();
        let (mut schema, about, is_required) = match takes {
            Takes::Like(_) => of_contract(tool.like, name),
            Takes::Own { about, schema, required, .. } => (read(schema), (*about).to_owned(), *required),
        };
        schema["description"] = about.into();
        if name == "limit" {
            schema["default"] = read(LIMIT);
        }
        properties.insert(name.to_owned(), schema);
        required.extend(is_required.then_some(name));
    }
    let schema =
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    object(schema)
}

/// Returns what a tool gives.
pub(super) fn output(tool: &Tool) -> Map<String, Value> {
    let mut schema = match tool.gives {
        Gives::Like(name) => contract()["components"]["schemas"][name].clone(),
        Gives::Members(members) => {
            let members = object(read(members));
            let names: Vec<&String> = members.keys().collect();
            json!({ "type": "object", "required": names, "properties": members })
        }
    };
    add_envelope(&mut schema, tool);
    let mut definitions = Map::new();
    add_definitions(&schema, &mut definitions);
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    refer_here(&mut schema);
    object(schema)
}

/// Adds what every answer says of itself.
fn add_envelope(schema: &mut Value, tool: &Tool) {
    let mut members = object(json!({
        "index": {
            "type": "object",
            "description": "How fresh the answer is: whether the files were just looked at, since when they are known, and the git commit that is checked out.",
            "properties": {
                "up_to_date": { "type": "boolean" },
                "behind": { "type": ["integer", "null"] },
                "seen_at": { "type": ["string", "null"] },
                "age_seconds": { "type": ["integer", "null"] },
                "commit": { "type": ["string", "null"] },
                "notices": { "type": "array", "items": { "type": "string" } }
            }
        },
        "removed": {
            "type": "array",
            "description": "Secrets and data of patients that were taken out of the answer; `[removed: …]` stands in their place.",
            "items": { "type": "object", "properties": { "what": { "type": "string" }, "count": { "type": "integer" } } }
        },
        "cut": {
            "type": "array",
            "description": "What was left out because the answer would be too long.",
            "items": { "type": "string" }
        }
    }));
    if tool.is_paged() {
        let about = "The `offset` of the next part; null at the end.";
        members.insert("next_offset".to_owned(), json!({ "type": ["integer", "null"], "description": about }));
    }
    let names: Vec<Value> = members.keys().map(|name| name.as_str().into()).collect();
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.extend(members);
    }
    if let Some(required) = schema["required"].as_array_mut() {
        required.extend(names);
    }
}

/// Returns schema, description and whether it is required, of a parameter of the contract.
fn of_contract(path: &str, name: &str) -> (Value, String, bool) {
    let operations = &contract()["paths"][path];
    let parameters = operations["get"]["parameters"].as_array().or(operations["post"]["parameters"].as_array());
    let parameter = parameters.into_iter().flatten().find(|it| it["name"] == name).cloned().unwrap_or_default();
    let about = parameter["description"].as_str().unwrap_or_default().to_owned();
    (parameter["schema"].clone(), about, parameter["required"] == true)
}

/// Adds the schemas of the contract that `schema` refers to.
fn add_definitions(schema: &Value, definitions: &mut Map<String, Value>) {
    match schema {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix(THERE));
            if let Some(name) = name.filter(|name| !definitions.contains_key(*name)) {
                let referred = contract()["components"]["schemas"][name].clone();
                definitions.insert(name.to_owned(), referred.clone());
                add_definitions(&referred, definitions);
            }
            members.values().for_each(|member| add_definitions(member, definitions));
        }
        Value::Array(items) => items.iter().for_each(|item| add_definitions(item, definitions)),
        _ => {}
    }
}

fn refer_here(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref") {
                *target = target.replacen(THERE, HERE, 1);
            }
            members.values_mut().for_each(refer_here);
        }
        Value::Array(items) => items.iter_mut().for_each(refer_here),
        _ => {}
    }
}

fn contract() -> &'static Value {
    static CONTRACT: OnceLock<Value> = OnceLock::new();
    CONTRACT.get_or_init(|| read(OPENAPI))
}

/// Reads JSON that is built in.
fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("what is built in is JSON, which a test reads")
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tools::ALL;
    use super::*;

    #[test]
    fn every_parameter_and_answer_is_described() {
        for tool in ALL {
            let input = Value::Object(input(tool));
            for takes in tool.takes {
                let parameter = &input["properties"][takes.name()];
                let is_described = parameter["description"].as_str().is_some_and(|it| it.len() > 10);
                assert!(is_described && parameter["type"].is_string(), "{}: {}: {parameter}", tool.name, takes.name());
            }
            let output = Value::Object(output(tool));
            let text = output.to_string();
            assert_eq!(output["type"], "object", "{}: {output}", tool.name);
            assert!(!text.contains(THERE) && output["properties"]["index"].is_object(), "{}: {output}", tool.name);
            for target in text.split("\"$ref\":\"").skip(1).filter_map(|it| it.split('"').next()) {
                assert!(output.pointer(&target[1..]).is_some_and(Value::is_object), "{}: {target}", tool.name);
            }
        }
    }
}
