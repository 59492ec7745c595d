//! The arguments of a call as the parameters of the contract, which are text.

use serde_json::{Map, Value};

use super::tool::Tool;
use crate::api::Pairs;

/// Rows of a list where none are asked for: a model reads every one of them.
pub(super) const LIMIT: &str = "10";

/// Returns the parameters of a call.
///
/// # Errors
/// Where one is unknown or has no value that a parameter can have: all that is wrong, as a sentence.
pub(super) fn pairs(tool: &Tool, arguments: &Map<String, Value>) -> Result<Pairs, String> {
    let known: Vec<&str> = tool.takes.iter().map(|it| it.name()).collect();
    let (mut pairs, mut problems) = (Pairs::new(), Vec::new());
    for (name, value) in arguments {
        if !known.contains(&name.as_str()) {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let name: String = name.chars().take(100).collect();
            problems.push(format!("`{name}` is no parameter of `{}`; known are {}", tool.name, names.join(", ")));
            continue;
        }
        let values = match value {
            Value::Array(values) => values.as_slice(),
            // What a model leaves out it often names as nothing.
            Value::Null => &[],
            value => std::slice::from_ref(value),
        };
        for value in values {
            if let Some(value) = text(value) {
                pairs.push((name.clone(), value));
            } else {
                problems.push(format!("`{name}` is neither text nor a number, true or false, nor a list of them"));
            }
        }
    }
    if !problems.is_empty() {
        return Err(format!("{}.", problems.join("; ")));
    }
    if known.contains(&"limit") && !pairs.iter().any(|(name, _)| name == "limit") {
        pairs.push(("limit".to_owned(), LIMIT.to_owned()));
    }
    Ok(pairs)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        // 5.0 is a number of rows to some languages.
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(number) if number.fract() == 0.0 => Some(format!("{number:.0}")),
            _ => Some(number.to_string()),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Takes the parameter `name` out of `pairs`; of several the last.
pub(super) fn take(pairs: &mut Pairs, name: &str) -> Option<String> {
    let mut taken = None;
    pairs.retain(|(it, value)| {
        let is_it = it == name;
        if is_it {
            taken = Some(value.clone());
        }
        !is_it
    });
    taken
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tools::ALL;
    use super::*;

    fn read(arguments: Value) -> Result<Pairs, String> {
        let tool = ALL.iter().find(|it| it.name == "search").unwrap();
        pairs(tool, arguments.as_object().unwrap())
    }

    #[test]
    fn every_form_of_an_argument_is_read() {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let found = read(json!({ "query": null, "q": "redis", "severity": ["high", 2], "offset": 5.0 })).unwrap_err();
        assert!(found.contains("`query` is no parameter of `search`; known are `q`, "), "{found}");
        let found = read(json!({ "q": "redis", "severity": ["high", 2], "offset": 5.0, "sort": null })).unwrap();
        for pair in [named("q", "redis"), named("severity", "high"), named("severity", "2"), named("offset", "5")] {
            assert!(found.contains(&pair), "{found:?}");
        }
        assert_eq!((found.len(), found.last()), (5, Some(&named("limit", LIMIT))));
        for wrong in [json!({ "q": {} }), json!({ "q": [["a"]] }), json!({ "severity": [null] })] {
            assert!(read(wrong.clone()).unwrap_err().contains("is neither text"), "{wrong}");
        }
        assert_eq!(read(json!({ "offset": -1 })).unwrap()[0], named("offset", "-1"));
    }
}
