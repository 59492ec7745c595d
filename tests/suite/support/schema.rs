//! Whether answers are as they are described.

use serde_json::Value;

/// Checks a value against the part of JSON Schema that the description uses.
pub(crate) fn check(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is missing"));
        return check(root, target, value, at);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        let option = options.iter().find(|option| (option["type"] == "null") == value.is_null());
        return check(root, option.unwrap_or_else(|| panic!("{at}: {value}")), value, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |it: &Value| it == kind || (it == "number" && kind == "integer");
    let types = &schema["type"];
    let allowed = types.is_null() || fits(types) || types.as_array().is_some_and(|types| types.iter().any(fits));
    assert!(allowed, "{at}: {value} is no {types}");
    assert!(schema["const"].is_null() || schema["const"] == *value, "{at}: {value}");
    if let Some(options) = schema["enum"].as_array() {
        assert!(options.contains(value), "{at}: {value} is none of {options:?}");
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        check(root, &schema["items"], item, &format!("{at}[{index}]"));
    }
    let Some(members) = value.as_object().filter(|_| !schema["properties"].is_null()) else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(members.contains_key(name.as_str().unwrap()), "{at}: {name} is missing");
    }
    for (name, member) in members {
        let schema = &schema["properties"][name];
        // What `ris inspect` shows of a document is described there.
        assert!(!schema.is_null() || at.starts_with("document"), "{at}: {name} is not described");
        check(root, schema, member, &format!("{at}.{name}"));
    }
}
