//! Where the front matter stands, where a key stands in it, and where a new one goes.

use std::ops::Range;

use super::scalar::Located;
use super::tree::{self, Node, NodeKind};
use super::{EditError, Splice, refuse};
use crate::model::{FrontMatterEntry, FrontMatterFormat};
use crate::parse::front_matter_of;
use crate::taxonomy::kebab;

/// The YAML of a document.
#[derive(Debug)]
pub(super) struct Block {
    /// The YAML between the fences; `None` where there is no front matter.
    inner: Option<Range<usize>>,
    tree: Option<Node>,
    pub(super) entries: Vec<FrontMatterEntry>,
}

/// What was found of a key.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// Its value.
    Value(Located<'a>),
    /// Where it goes.
    Missing(Place),
}

/// Where a new key goes, and what of its path is still to be made.
#[derive(Debug)]
pub(super) struct Place {
    path: Vec<String>,
    spot: Spot,
}

#[derive(Debug)]
enum Spot {
    /// The document has no front matter.
    NewBlock,
    /// On a line of its own at this byte, indented like its neighbours.
    Line { at: usize, indent: String },
    /// Inside `{}`, before this byte, as the first entry or not.
    Flow { at: usize, first: bool },
}

impl Block {
    /// Finds the front matter of the document at `path`.
    ///
    /// # Errors
    /// Where it is broken or in TOML.
    pub(super) fn find(path: &str, text: &str) -> Result<Self, EditError> {
        let (front_matter, diagnostics) = front_matter_of(path, text);
        let Some(front_matter) = front_matter else {
            let name = path.to_ascii_lowercase();
            if name.ends_with(".yaml") || name.ends_with(".yml") {
                return Err(refuse(text, 0, "the file is no record that can be edited"));
            }
            return Ok(Self { inner: None, tree: None, entries: Vec::new() });
        };
        let span = front_matter.span.start..front_matter.span.end;
        let line = text[..span.start].matches('\n').count() + 1;
        if front_matter.format == FrontMatterFormat::Toml {
            let message = "front matter in TOML is not edited".to_owned();
            return Err(EditError { line, message, hint: "edit it by hand".to_owned() });
        }
        if !front_matter.valid {
            let broken = diagnostics.into_iter().find(|it| it.level == crate::diag::Level::Error);
            let (line, message) = broken.map_or((line, String::new()), |it| (it.line as usize, it.message));
            let message = format!("the front matter is broken: {message}");
            return Err(EditError { line, message, hint: "mend it first; `ris inspect` shows the place".to_owned() });
        }
        let inner = match front_matter.format {
            FrontMatterFormat::Record => 0..text.len(),
            _ => between_fences(text, span),
        };
        let tree = tree::read(text, inner.clone());
        Ok(Self { inner: Some(inner), tree, entries: front_matter.entries })
    }

    /// Tells whether the document has front matter.
    pub(super) fn is_there(&self) -> bool {
        self.inner.is_some()
    }

    /// Returns the place behind everything else.
    pub(super) fn end(&self, text: &str) -> Place {
        let spot = match (&self.inner, &self.tree) {
            (None, _) => Spot::NewBlock,
            (Some(inner), Some(tree)) if matches!(tree.kind, NodeKind::Map { flow: false, .. }) => {
                on_line(text, tree, inner.end)
            }
            (Some(inner), _) => Spot::Line { at: inner.end, indent: String::new() },
        };
        Place { path: Vec::new(), spot }
    }

    /// Returns the value of `key`, or where it goes.
    ///
    /// # Errors
    /// Where a part of the path holds something else than keys.
    pub(super) fn locate(&self, text: &str, key: &str) -> Result<Found<'_>, EditError> {
        let path: Vec<String> = key.split('.').map(str::to_owned).collect();
        let Some(inner) = &self.inner else { return Ok(Found::Missing(Place { path, spot: Spot::NewBlock })) };
        let Some(mut map) = self.tree.as_ref().filter(|tree| matches!(tree.kind, NodeKind::Map { .. })) else {
            let spot = Spot::Line { at: inner.end, indent: String::new() };
            return Ok(Found::Missing(Place { path, spot }));
        };
        let mut limit = inner.end;
        for depth in 0..path.len() {
            let NodeKind::Map { flow, entries } = &map.kind else {
                let message = format!("`{}` holds no keys", path[..depth].join("."));
                return Err(refuse(text, map.span.start, message));
            };
            let Some((at, whole)) = position(entries, &path[depth..]) else {
                let spot = if *flow { in_flow(map, entries.is_empty()) } else { on_line(text, map, limit) };
                return Ok(Found::Missing(Place { path: path[depth..].to_vec(), spot }));
            };
            let (key, value) = &entries[at];
            if whole {
                let colon = text[key.span.end..].find(':').map_or(key.span.end, |at| key.span.end + at + 1);
                return Ok(Found::Value(Located { node: value, colon }));
            }
            limit = entries.get(at + 1).map_or(limit, |(next, _)| line_start(text, next.span.start));
            map = value;
        }
        Err(refuse(text, inner.start, format!("`{key}` is no key")))
    }
}

/// Returns the entry that the path names, and whether it is all of the path; a key may have dots of its own.
fn position(entries: &[(Node, Node)], path: &[String]) -> Option<(usize, bool)> {
    let find = |name: &str, is: &dyn Fn(&str, &str) -> bool| {
        entries.iter().position(|(key, _)| matches!(&key.kind, NodeKind::Scalar { value, .. } if is(value, name)))
    };
    let either = |name: &str| {
        find(name, &|key, name| key == name).or_else(|| find(name, &|key, name| kebab(key) == kebab(name)))
    };
    let whole = either(&path.join(".")).map(|at| (at, true));
    whole.or_else(|| if path.len() > 1 { either(&path[0]).map(|at| (at, false)) } else { None })
}

fn in_flow(map: &Node, first: bool) -> Spot {
    Spot::Flow { at: map.span.end - 1, first }
}

/// Returns the place behind the last entry of a block map, before `limit` and the blank lines and comments above it
/// that belong to what follows.
fn on_line(text: &str, map: &Node, limit: usize) -> Spot {
    let begin = line_start(text, map.span.start);
    let indent = text[begin..map.span.start].to_owned();
    let mut at = limit;
    while at > map.span.start {
        let start = line_start(text, at - 1);
        let line = &text[start..at];
        let content = line.trim();
        let outer = line.len() - line.trim_start().len() < indent.len();
        if start <= begin || !(content.is_empty() || content.starts_with('#') && outer) {
            break;
        }
        at = start;
    }
    Spot::Line { at, indent }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

impl Place {
    /// Writes the key with its value, which is spelt already.
    pub(super) fn insert(&self, text: &str, value: &str) -> Splice {
        let eol = eol(text);
        match &self.spot {
            Spot::NewBlock => new_block(text, &self.lines("", value, eol), eol),
            Spot::Line { at, indent } => on_lines(text, *at, self.lines(indent, value, eol), eol),
            Spot::Flow { at, first } => {
                let inner = self.path.iter().rev().fold(value.to_owned(), |value, key| {
                    if value.len() > 1 && self.path.last() != Some(key) {
                        format!("{key}: {{{value}}}")
                    } else {
                        format!("{key}: {value}")
                    }
                });
                let comma = if *first { "" } else { ", " };
                Splice { range: *at..*at, text: format!("{comma}{inner}") }
            }
        }
    }

    /// Writes whole lines, of a place that is not inside `{}`.
    pub(super) fn insert_lines(&self, text: &str, lines: &[String]) -> Splice {
        let eol = eol(text);
        let whole = |indent: &str| lines.iter().map(|line| format!("{indent}{line}{eol}")).collect::<String>();
        match &self.spot {
            Spot::NewBlock => new_block(text, &whole(""), eol),
            Spot::Line { at, indent } => on_lines(text, *at, whole(indent), eol),
            Spot::Flow { at, .. } => Splice { range: *at..*at, text: String::new() },
        }
    }

    fn lines(&self, indent: &str, value: &str, eol: &str) -> String {
        let last = self.path.len() - 1;
        let line = |(depth, key): (usize, &String)| {
            let value = if depth == last { format!(" {value}") } else { String::new() };
            format!("{indent}{}{key}:{value}{eol}", "  ".repeat(depth))
        };
        self.path.iter().enumerate().map(line).collect()
    }
}

fn new_block(text: &str, lines: &str, eol: &str) -> Splice {
    let gap = if text.is_empty() || text.starts_with(['\n', '\r']) { "" } else { eol };
    Splice { range: 0..0, text: format!("---{eol}{lines}---{eol}{gap}") }
}

fn on_lines(text: &str, at: usize, lines: String, eol: &str) -> Splice {
    let unended = at > 0 && !text[..at].ends_with('\n');
    let lines = if unended { format!("{eol}{}", lines.trim_end()) } else { lines };
    Splice { range: at..at, text: lines }
}

/// Returns the bytes between the first and the last line of a block.
fn between_fences(text: &str, span: Range<usize>) -> Range<usize> {
    let block = &text[span.clone()];
    let start = block.find('\n').map_or(block.len(), |newline| newline + 1);
    let end = block.trim_end().rfind('\n').map_or(start, |newline| newline + 1);
    span.start + start..span.start + end.max(start)
}

/// Returns the line end that `text` uses.
pub(super) fn eol(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
