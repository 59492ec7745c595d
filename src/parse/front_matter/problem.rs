//! A YAML error in plain words: which line, why, and what to do.

use crate::diag::{Diagnostic, Level};
use crate::parse::lines::LineIndex;
use granit_parser::{ErrorKind, ScanError};

/// The codes under which failures are reported.
#[derive(Debug, Clone, Copy)]
pub(in crate::parse) struct Codes {
    pub(in crate::parse) invalid: &'static str,
    pub(in crate::parse) too_complex: &'static str,
}

/// The advice for values that YAML takes for something else.
const QUOTE: &str = "put the value in quotes";

/// Returns the diagnostic for an error in `slice`, which begins at `base` in the text of `lines`.
pub(super) fn explain(error: &ScanError, slice: &str, base: usize, lines: &LineIndex, codes: Codes) -> Diagnostic {
    let at = offset(error, slice);
    let line = lines.line(base + at);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        let message = "the YAML is too complex: nested more than 32 deep; read up to here";
        return Diagnostic::new(codes.too_complex, Level::Error, line, message);
    }
    let (what, hint) = words(error.kind(), line_at(slice, at));
    let diagnostic = Diagnostic::new(codes.invalid, Level::Error, line, format!("not valid YAML: {what}"));
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

fn words(kind: &ErrorKind, line: &str) -> (String, Option<String>) {
    let tab = line.trim_start_matches(' ').starts_with('\t');
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => tabs(),
        _ if tab => tabs(),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement if value_of(line).contains(": ") => {
            ("a value holds `: `, which begins another key".to_owned(), Some(quote(line)))
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quote is opened here or above and not closed".to_owned(), Some("close the quote".to_owned()))
        }
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator => {
            let hint = "close it, or put the value in quotes";
            ("a `[` or `{` is opened here or above and not closed".to_owned(), Some(hint.to_owned()))
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            (format!("`{open}` is opened and not closed"), Some(QUOTE.to_owned()))
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let what = format!("a value cannot begin with `{}`", character.escape_default());
            (what, Some(QUOTE.to_owned()))
        }
        ErrorKind::UnknownAnchor => ("`*` names an anchor that is not there".to_owned(), Some(QUOTE.to_owned())),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::ExpectedBlockMappingKey => {
            let hint = "write `key: value`, or indent a line that continues the one above";
            let hint = if needs_quotes(line) { quote(line) } else { hint.to_owned() };
            ("a line is neither `key: value` nor part of the value above".to_owned(), Some(hint))
        }
        other => (other.to_string(), needs_quotes(line).then(|| quote(line))),
    }
}

fn tabs() -> (String, Option<String>) {
    ("a tab is used for indentation".to_owned(), Some("indent with spaces".to_owned()))
}

fn value_of(line: &str) -> &str {
    line.split_once(':').map_or("", |(_, value)| value.trim())
}

/// Whether the value begins with a character that means something to YAML.
fn needs_quotes(line: &str) -> bool {
    value_of(line).starts_with(['@', '`', '%', '*', '&', '!', '{', '[', '|', '>', '"', '\''])
}

fn quote(line: &str) -> String {
    let Some((key, value)) = line.split_once(':') else { return QUOTE.to_owned() };
    let (key, value) = (key.trim(), value.trim());
    if value.len() > 60 || value.contains(['"', '\\']) {
        return format!("put the value of `{key}` in quotes");
    }
    format!("put the value in quotes: `{key}: \"{value}\"`")
}

/// Returns where the error is; never past the last character of `slice`.
fn offset(error: &ScanError, slice: &str) -> usize {
    let marker = error.marker();
    let at = marker.byte_offset().or_else(|| slice.char_indices().nth(marker.index()).map(|(at, _)| at));
    let mut at = at.unwrap_or(slice.len()).min(slice.trim_end().len());
    while !slice.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn line_at(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    text[start..].lines().next().unwrap_or_default()
}
