//! What templates can do with values besides printing them.

use minijinja::{Environment, Error, ErrorKind, Value};

use crate::model::{one_line, question};
use crate::store::edit::{spell, spell_item};

/// Adds the filters.
pub(super) fn add(env: &mut Environment<'_>) {
    env.add_filter("yaml", yaml);
    env.add_filter("cell", cell);
    env.add_filter("question", |text: &str| question(text));
    env.add_filter("code", code);
    env.add_filter("one_line", |text: &str| one_line(text));
}

/// A value of front matter: quoted where it must be; a list as `[a, b]`.
fn yaml(value: &Value) -> Result<String, Error> {
    let refused = |error: crate::store::edit::EditError| Error::new(ErrorKind::InvalidOperation, error.message);
    if let Some(flag) = value.as_str().is_none().then(|| bool::try_from(value.clone()).ok()).flatten() {
        return Ok(flag.to_string());
    }
    if value.as_str().is_none() && value.kind() == minijinja::value::ValueKind::Seq {
        let parts: Vec<String> =
            value.try_iter()?.map(|it| spell_item(&it.to_string()).map_err(refused)).collect::<Result<_, _>>()?;
        return Ok(format!("[{}]", parts.join(", ")));
    }
    spell(&value.to_string()).map_err(refused)
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// A code block whose fence is longer than any in the text.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}", text.trim_end())
}
