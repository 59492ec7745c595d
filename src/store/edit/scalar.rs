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

fn double_quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_plain(value: &str) -> bool {
    let first = value.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_'));
    let reserved = RESERVED.iter().any(|word| value.eq_ignore_ascii_case(word));
    let special = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | '"' | '\'' | '`');
    // A reader of YAML takes `164.530` for the number 164.53, and `007` for 7.
    let number = value.parse::<f64>().is_ok() && (value.parse::<u64>().is_err() || value.starts_with('0'));
    first
        && !reserved
        && !number
        && !value.contains(special)
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with([':', ' '])
}
