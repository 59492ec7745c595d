//! Lists: adding elements and replacing one, in any of the forms in which people write lists.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::scalar::{Located, after_colon, is_empty, spell, spell_item};
use super::tree::{Node, NodeKind};
use super::{EditError, Splice, refuse};
use crate::taxonomy::kebab;

/// What parts several values in one text.
const SEPARATORS: [char; 4] = [',', ';', '/', '|'];

/// Returns the values that one text holds.
pub(super) fn parts(value: &str) -> Vec<&str> {
    value.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Returns `[a, b]`; `None` for no values.
pub(super) fn flow(values: &[String]) -> Result<Option<String>, EditError> {
    let spelt: Vec<String> = values.iter().map(|value| spell_item(value, None)).collect::<Result<_, _>>()?;
    Ok((!spelt.is_empty()).then(|| format!("[{}]", spelt.join(", "))))
}

/// Adds those of `values` to the list that are not in it.
pub(super) fn extend(text: &str, node: &Located<'_>, values: &[String]) -> Result<Option<Splice>, EditError> {
    let present = present(node.node);
    let missing: Vec<String> = values.iter().filter(|value| !present.contains(&kebab(value))).cloned().collect();
    let Some(list) = flow(&missing)? else { return Ok(None) };
    let more = list[1..list.len() - 1].to_owned();
    let at = |at: usize, text: String| Ok(Some(Splice { range: at..at, text }));
    match &node.node.kind {
        NodeKind::Scalar { .. } if is_empty(text, node.node) => Ok(Some(after_colon(node, &list))),
        NodeKind::Scalar { value, style } => extend_scalar(text, node.node, value, *style, &more, &missing),
        NodeKind::List { flow: true, items } => match items.last() {
            None => at(node.node.span.start + 1, more),
            Some(last) => at(last.span.end, format!(", {more}")),
        },
        NodeKind::List { flow: false, items } => match items.last() {
            Some(last) => {
                let lead = lead_of(text, last)?;
                let (end, eol) = line_end(text, last.span.end);
                let spelt = missing.iter().map(|value| Ok(format!("{eol}{lead}{}", spell_item(value, None)?)));
                at(end, spelt.collect::<Result<String, EditError>>()?)
            }
            None => Err(refuse(text, node.node.span.start, "the list is empty")),
        },
        NodeKind::Map { .. } => Err(refuse(text, node.node.span.start, "the value is a map, not a list")),
        NodeKind::Alias => Err(refuse(text, node.node.span.start, "the value is an alias of another")),
    }
}

/// A single value becomes a list, unless it holds several already.
fn extend_scalar(
    text: &str,
    node: &Node,
    value: &str,
    style: ScalarStyle,
    more: &str,
    missing: &[String],
) -> Result<Option<Splice>, EditError> {
    let span = node.span.clone();
    let written = &text[span.clone()];
    if written.contains('\n') || matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return Err(refuse(text, span.start, "the value goes over several lines"));
    }
    if !value.contains(SEPARATORS) {
        return Ok(Some(Splice { range: span, text: format!("[{written}, {more}]") }));
    }
    let plain = missing.iter().all(|value| spell(value, None).is_ok_and(|spelt| spelt == *value));
    if !plain {
        return Err(refuse(text, span.start, "the value holds several, and the new ones need quotes"));
    }
    let quote = usize::from(style != ScalarStyle::Plain);
    let separator = value.chars().find(|c| SEPARATORS.contains(c)).unwrap_or(',');
    let joint = if separator == ',' || separator == ';' { format!("{separator} ") } else { format!(" {separator} ") };
    let end = span.end - quote;
    Ok(Some(Splice { range: end..end, text: format!("{joint}{}", missing.join(&joint)) }))
}

/// Puts `to` in the place of `from`, or takes `from` out where `to` is there.
pub(super) fn replace(text: &str, node: &Located<'_>, from: &str, to: &str) -> Result<Option<Splice>, EditError> {
    let wanted = kebab(from);
    match &node.node.kind {
        NodeKind::Scalar { value, style } if kebab(value) == wanted => {
            Ok(Some(Splice { range: node.node.span.clone(), text: spell(to, Some(*style))? }))
        }
        NodeKind::Scalar { .. } => replace_part(text, node.node.span.clone(), &wanted, to),
        NodeKind::List { flow, items } => {
            let is =
                |item: &Node, name: &str| matches!(&item.kind, NodeKind::Scalar { value, .. } if kebab(value) == name);
            let Some(at) = items.iter().position(|item| is(item, &wanted)) else { return Ok(None) };
            let there = kebab(to) != wanted && items.iter().any(|item| is(item, &kebab(to)));
            if there {
                return Ok(Some(removal(text, items, at, *flow)));
            }
            let NodeKind::Scalar { style, .. } = &items[at].kind else { return Ok(None) };
            Ok(Some(Splice { range: items[at].span.clone(), text: spell_item(to, Some(*style))? }))
        }
        NodeKind::Map { .. } | NodeKind::Alias => Ok(None),
    }
}

/// Replaces one of several values in one text.
fn replace_part(text: &str, span: Range<usize>, wanted: &str, to: &str) -> Result<Option<Splice>, EditError> {
    let written = &text[span.clone()];
    let all = parts(written.trim_matches(['"', '\'']));
    let Some(part) = all.iter().find(|part| kebab(part) == wanted) else { return Ok(None) };
    // Another spelling of one name is no second value.
    if kebab(to) != wanted && all.iter().any(|it| kebab(it) == kebab(to)) {
        return Err(refuse(text, span.start, format!("both `{part}` and `{to}` stand in one text")));
    }
    if spell(to, None)? != to {
        return Err(refuse(text, span.start, format!("`{to}` needs quotes of its own")));
    }
    let start = span.start + (part.as_ptr() as usize - written.as_ptr() as usize);
    Ok(Some(Splice { range: start..start + part.len(), text: to.to_owned() }))
}

/// Returns the change by which item `at` is gone. What people wrote beside it stays, for it may say why it was there.
fn removal(text: &str, items: &[Node], at: usize, flow: bool) -> Splice {
    let span = &items[at].span;
    if !flow {
        let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[span.end..].find('\n').map_or(text.len(), |newline| span.end + newline + 1);
        let behind = text[span.end..end].trim_start_matches([' ', '\t']);
        let indent = text[start..].len() - text[start..].trim_start_matches(' ').len();
        let kept = if behind.starts_with('#') { format!("{}{behind}", " ".repeat(indent)) } else { String::new() };
        return Splice { range: start..end, text: kept };
    }
    let (range, gap) = match items.get(at + 1) {
        Some(next) => (span.start..next.span.start, span.end..next.span.start),
        None => (items[at - 1].span.end..span.end, items[at - 1].span.end..span.start),
    };
    Splice { range, text: comments_of(&text[gap]) }
}

/// Returns what stands between two items without their comma; nothing where it holds no comment.
fn comments_of(gap: &str) -> String {
    let (mut kept, mut comma, mut comments) = (String::new(), false, 0);
    for (number, line) in gap.split_inclusive('\n').enumerate() {
        let begins = |at: &usize| line[..*at].ends_with([' ', '\t']) || *at == 0 && number > 0;
        let at = line.match_indices('#').map(|it| it.0).find(begins).unwrap_or(line.len());
        let (code, comment) = line.split_at(at);
        comments += usize::from(!comment.is_empty());
        // A comma in a comment parts nothing.
        kept.push_str(&if comma { code.to_owned() } else { code.replacen(',', "", 1) });
        comma |= code.contains(',');
        kept.push_str(comment);
    }
    if comments > 0 { kept } else { String::new() }
}

fn present(node: &Node) -> Vec<String> {
    match &node.kind {
        NodeKind::Scalar { value, .. } => parts(value).into_iter().chain([value.as_str()]).map(kebab).collect(),
        NodeKind::List { items, .. } => items.iter().flat_map(present).collect(),
        _ => Vec::new(),
    }
}

/// Returns what stands before an item on its line: indentation, dash and blanks.
fn lead_of<'a>(text: &'a str, item: &Node) -> Result<&'a str, EditError> {
    let start = text[..item.span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let lead = &text[start..item.span.start];
    let dash = lead.find('-').map(|at| &lead[..at + 1 + lead[at + 1..].len() - lead[at + 1..].trim_start().len()]);
    match dash {
        Some(lead) if lead.trim() == "-" => Ok(lead),
        _ => Err(refuse(text, item.span.start, "the last element of the list begins on another line than its dash")),
    }
}

/// Returns where the line of byte `at` ends, and the line end that the text uses.
fn line_end(text: &str, at: usize) -> (usize, &'static str) {
    let rest = &text[at..];
    let end = at + rest.find('\n').map_or(rest.len(), |newline| newline);
    let carriage = text[..end].ends_with('\r');
    (end - usize::from(carriage), super::block::eol(text))
}
