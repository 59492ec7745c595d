//! Single values: setting one, and how a text is spelt in YAML.

use granit_parser::ScalarStyle;

use super::tree::{Node, NodeKind};
use super::{EditError, Splice, refuse};

/// Words that YAML readers take for something other than text.
const RESERVED: [&str; 12] = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf"];

/// Replaces the single value that `node` is.
pub(super) fn set(text: &str, node: &Located<'_>, value: &str) -> Result<Option<Splice>, EditError> {
    match &node.node.kind {
        NodeKind::Scalar { value: old, style } => {
            if old.trim() == value.trim() && !old.is_empty() {
                return Ok(None);
            }
            let span = &node.node.span;
            if is_empty(text, node.node) {
                return Ok(Some(after_colon(node, &spell(value, None)?)));
            }
            if text[span.clone()].contains('\n') {
                return Err(refuse(text, span.start, "the value goes over several lines"));
            }
            Ok(Some(Splice { range: span.clone(), text: spell(value, Some(*style))? }))
        }
        NodeKind::Alias => Err(refuse(text, node.node.span.start, "the value is an alias of another")),
        _ => Err(refuse(text, node.node.span.start, "the value is a list or a map, not a single value")),
    }
}

/// A value, and where the `:` behind its key ends.
#[derive(Debug)]
pub(super) struct Located<'a> {
    pub(super) node: &'a Node,
    pub(super) colon: usize,
}

/// Tells whether nothing is written for the value.
pub(super) fn is_empty(text: &str, node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar { style: ScalarStyle::Plain, .. })
        && text[node.span.clone()].trim().is_empty()
}

/// Writes a value where there is none.
pub(super) fn after_colon(node: &Located<'_>, value: &str) -> Splice {
    Splice { range: node.colon..node.colon, text: format!(" {value}") }
}

/// Returns how `value` is written, in quotes where `like` is or where it needs them.
pub(super) fn spell(value: &str, like: Option<ScalarStyle>) -> Result<String, EditError> {
    if value.chars().any(char::is_control) {
        return Err(EditError {
            line: 0,
            message: "a value with line breaks or control characters is not written".to_owned(),
            hint: "write it on one line".to_owned(),
        });
    }
    Ok(match like {
        Some(ScalarStyle::SingleQuoted) => format!("'{}'", value.replace('\'', "''")),
        Some(ScalarStyle::DoubleQuoted) => double_quoted(value),
        _ if is_plain(value) => value.to_owned(),
        _ => double_quoted(value),
    })
}

/// Returns how an item of a list is written. A day of a document's own keys is one, in a list of names it is a name.
pub(super) fn spell_item(value: &str, like: Option<ScalarStyle>) -> Result<String, EditError> {
    let spelt = spell(value, like)?;
    Ok(if spelt == value && is_day(value) { double_quoted(value) } else { spelt })
}

fn double_quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_plain(value: &str) -> bool {
    let first = value.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_'));
    let reserved = RESERVED.iter().any(|word| value.eq_ignore_ascii_case(word));
    let special = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | '"' | '\'' | '`');
    // A reader of YAML takes `164.530` for the number 164.53, and `007` for 7; an older one `1_000` for 1000.
    let number = value.parse::<f64>().is_ok() && (value.parse::<u64>().is_err() || value.starts_with('0'));
    let number = number || is_older_number(value);
    first
        && !reserved
        && !number
        && !value.contains(special)
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with([':', ' '])
}

/// Tells whether a reader of YAML 1.1 takes a text for a number: `0x1F`, `0b10`, `1_000`, and `12:30:45` for 45045.
fn is_older_number(value: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || c == '_';
    let number = value.replace('_', "");
    let based = value.starts_with('0')
        && value.get(1..2).is_some_and(|base| base.contains(['x', 'X', 'b', 'B', 'o', 'O']))
        && value[2..].chars().all(|c| c.is_ascii_hexdigit() || c == '_');
    let grouped = value.starts_with(|c: char| c.is_ascii_digit()) && number != value && number.parse::<f64>().is_ok();
    let mut parts = value.split(':');
    let first = parts.next().is_some_and(|part| !part.is_empty() && part.chars().all(is_digit));
    let is_sixtieth = |part: &str| {
        let whole = part.split('.').next().unwrap_or_default();
        matches!(whole.len(), 1 | 2) && part.chars().all(|c| is_digit(c) || c == '.')
    };
    based || grouped || first && value.contains(':') && parts.all(is_sixtieth)
}

/// Tells whether a reader of YAML takes a text for a day, or for one with its time.
fn is_day(value: &str) -> bool {
    let mut parts = value.splitn(3, '-');
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let day = |rest: &str| rest.split(['T', 't', ' ']).next().is_some_and(|day| is_number(day, 2));
    parts.next().is_some_and(|year| year.len() == 4 && is_number(year, 4))
        && parts.next().is_some_and(|month| is_number(month, 2))
        && parts.next().is_some_and(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_any_reader_takes_for_something_else_than_text_stands_in_quotes() {
        let numbers = ["0x1F", "0b10", "0o17", "017", "1_000", "1_0.5", "1e3", "12:30:45", "190:20:30.15", "8080:80"];
        for value in numbers.iter().chain(&["yes", "No", "on", "null", "~", "TRUE", ""]) {
            assert_eq!(spell(value, None).unwrap(), format!("\"{value}\""), "{value}");
        }
        for value in ["2026-01-01", "2026-01-01 10:00", "2026-01-01T10:00:00Z"] {
            assert_eq!(spell(value, None).unwrap(), value, "a day of the document");
            assert_eq!(spell_item(value, None).unwrap(), format!("\"{value}\""), "{value}");
        }
        for value in
            ["redis:6379", "10.0.3.7:80", "1-2-3", "2026-01-01-queue", "0xyz", "api_2", "12", "10:00 UTC", "a:b"]
        {
            assert_eq!([spell(value, None).unwrap(), spell_item(value, None).unwrap()], [value, value]);
        }
    }
}
