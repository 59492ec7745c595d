//! Variables of a template as the user sets them: those that it has, with values that suit their defaults.

use serde_json::Value;

use super::{NewRequest, Refused};
use crate::model::nearest;
use crate::scaffold::TemplateInfo;

/// A variable that the template does not have is a misspelt one.
pub(super) fn check_names(info: &TemplateInfo, request: &NewRequest) -> Result<(), Refused> {
    let own: Vec<&str> = info.variables.iter().map(|it| it.name.as_str()).collect();
    for name in request.variables.keys() {
        if own.contains(&name.as_str()) {
            continue;
        }
        let settable = own.iter().copied().chain(NewRequest::fields().iter().copied());
        let refused = Refused::new(format!("the template `{}` has no variable `{name}`", info.name));
        return Err(match nearest(name, settable) {
            Some(near) => refused.hint(format!("did you mean `{near}`?")),
            None => refused.hint(format!("`ris new {} --variables` lists what can be set", info.name)),
        });
    }
    Ok(())
}

/// Returns the value of the variable `name` in the form of its default: a list of one text with commas, a number, a yes
/// or a no.
pub(super) fn fitted(name: &str, value: &Value, default: &Value) -> Result<Value, Refused> {
    let refused = |what: &str, hint: String| Err(Refused::new(format!("`{name}` is {what}")).hint(hint));
    match (value, default) {
        (Value::String(text), Value::Array(_)) => {
            Ok(text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect())
        }
        (Value::String(text), Value::Number(_)) => match text.trim().parse() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => refused("a number in this template", format!("write it like `{name}={default}`")),
        },
        (Value::String(text), Value::Bool(_)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Ok(Value::Bool(true)),
            "false" | "no" => Ok(Value::Bool(false)),
            _ => refused("a yes or a no in this template", format!("write `{name}=true` or `{name}=false`")),
        },
        _ => Ok(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_has_the_form_of_its_default() {
        for (value, default, expected) in [
            (json!("a, b,"), json!([]), json!(["a", "b"])),
            (json!("12"), json!(0), json!(12)),
            (json!("1.5"), json!(0), json!(1.5)),
            (json!("Yes"), json!(false), json!(true)),
            (json!("false"), json!(true), json!(false)),
            (json!("12"), json!(""), json!("12")),
            (json!([1]), json!(""), json!([1])),
        ] {
            assert_eq!(fitted("a", &value, &default), Ok(expected), "{value} for {default}");
        }
        let refused = |default| fitted("users", &json!("many"), &default).unwrap_err();
        assert_eq!(refused(json!(3)).hint.as_deref(), Some("write it like `users=3`"));
        assert!(refused(json!(false)).message.contains("`users` is a yes or a no"));
    }
}
