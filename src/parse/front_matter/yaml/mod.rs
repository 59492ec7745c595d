//! YAML to flat entries, straight from the parser's events and within fixed bounds.

mod simple;

use super::problem::{self, Codes};
use crate::diag::{Diagnostic, Level, Span};
use crate::model::FrontMatterEntry;
use crate::parse::lines::LineIndex;
use granit_parser::{Event, Parser, ScalarStyle};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// How deep maps and lists may nest.
const MAX_DEPTH: usize = 32;
/// How many scalars, maps and lists there may be, copies by alias included.
const MAX_NODES: usize = 20_000;
/// How many anchors, and how many aliases, there may be.
const MAX_ANCHORS: usize = 64;
/// How many bytes all paths and values together may have, copies by alias included.
const MAX_BYTES: usize = 8 << 20;
/// How many duplicate keys are told.
const MAX_WARNINGS: usize = 10;

/// What a piece of YAML holds.
#[derive(Debug, Default)]
pub(in crate::parse) struct Yaml {
    pub(in crate::parse) entries: Vec<FrontMatterEntry>,
    /// Why reading stopped, where it did; the entries up to there are kept.
    pub(in crate::parse) failure: Option<Diagnostic>,
    /// Duplicate keys.
    pub(in crate::parse) warnings: Vec<Diagnostic>,
    /// Whether the top is a map.
    pub(in crate::parse) is_map: bool,
}

/// Reads the first YAML document in `text[range]`; failures are reported under `codes`.
pub(in crate::parse) fn read(text: &str, range: Range<usize>, lines: &LineIndex, codes: Codes) -> Yaml {
    if let Some(yaml) = simple::read(text, range.clone(), lines) {
        return yaml;
    }
    read_general(text, range, lines, codes)
}

fn read_general(text: &str, range: Range<usize>, lines: &LineIndex, codes: Codes) -> Yaml {
    // One more than our own limit, so that it is ours that speaks.
    let mut options = granit_parser::options! { flow_nesting_limit: MAX_DEPTH + 1, block_nesting_limit: MAX_DEPTH + 1 };
    options.set_emit_comments(false);
    let slice = &text[range.clone()];
    let mut reader = Reader::new(range.start, lines);
    for next in Parser::new_from_str_with_options(slice, options) {
        let outcome = match next {
            Ok((event, span)) => reader.event(event, span.byte_range().unwrap_or_default()),
            Err(error) => {
                reader.yaml.failure = Some(problem::explain(&error, slice, range.start, lines, codes));
                break;
            }
        };
        match outcome {
            Step::Next => {}
            Step::End => break,
            Step::TooComplex(what) => {
                let line = lines.line(range.start + reader.last);
                let message = format!("the YAML is too complex: {what}; read up to here");
                reader.yaml.failure = Some(Diagnostic::new(codes.too_complex, Level::Error, line, message));
                break;
            }
        }
    }
    reader.yaml
}

enum Step {
    Next,
    End,
    TooComplex(&'static str),
}

/// What the next node is to the innermost map or list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Key,
    Value,
    /// The value of a duplicate key, or anything inside a key that is itself a map or list.
    Ignored,
}

/// A map or list that is open.
struct Frame<'a> {
    is_map: bool,
    /// The role of the whole map or list in the one around it.
    role: Role,
    /// The role of the next node inside.
    next: Role,
    in_list: bool,
    /// Length of the path outside.
    outer: usize,
    anchor: usize,
    first_entry: usize,
    /// Keys seen so far.
    keys: HashSet<Cow<'a, str>>,
}

/// Entries that an alias copies.
struct Anchor {
    id: usize,
    entries: Range<usize>,
    /// Length of the path they were read under.
    prefix: usize,
    in_list: bool,
}

struct Reader<'a, 'l> {
    base: usize,
    lines: &'l LineIndex,
    yaml: Yaml,
    frames: Vec<Frame<'a>>,
    path: String,
    anchors: Vec<Anchor>,
    aliases: usize,
    nodes: usize,
    bytes: usize,
    last: usize,
}

impl<'a, 'l> Reader<'a, 'l> {
    fn new(base: usize, lines: &'l LineIndex) -> Self {
        Self {
            base,
            lines,
            yaml: Yaml::default(),
            frames: Vec::new(),
            path: String::new(),
            anchors: Vec::new(),
            aliases: 0,
            nodes: 0,
            bytes: 0,
            last: 0,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) -> Step {
        self.last = self.last.max(span.start);
        self.nodes += usize::from(event.is_node());
        match event {
            Event::Scalar(value, style, anchor, _) => self.scalar(value, style, anchor, span),
            Event::MappingStart(_, anchor, _) => self.open(true, anchor),
            Event::SequenceStart(_, anchor, _) => self.open(false, anchor),
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Alias(id) => self.alias(id, &span),
            Event::DocumentEnd => return Step::End,
            _ => {}
        }
        if self.nodes > MAX_NODES {
            Step::TooComplex("more than 20,000 values")
        } else if self.frames.len() > MAX_DEPTH {
            Step::TooComplex("nested more than 32 deep")
        } else if self.aliases > MAX_ANCHORS || self.anchors.len() > MAX_ANCHORS {
            Step::TooComplex("more than 64 anchors or aliases")
        } else if self.bytes > MAX_BYTES {
            Step::TooComplex("its keys and values are too long")
        } else {
            Step::Next
        }
    }

    fn role(&self) -> Role {
        self.frames.last().map_or(Role::Value, |frame| frame.next)
    }

    fn in_list(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.in_list)
    }

    fn scalar(&mut self, value: Cow<'a, str>, style: ScalarStyle, anchor: usize, span: Range<usize>) {
        let role = self.role();
        if role == Role::Key {
            return self.key(value, span.start);
        }
        let first = self.yaml.entries.len();
        if role == Role::Value {
            // The parser gives `~` for a value that is not there.
            let absent = style == ScalarStyle::Plain && span.is_empty();
            let value = if absent { String::new() } else { value.into_owned() };
            self.bytes += self.path.len() + value.len();
            self.yaml.entries.push(FrontMatterEntry {
                path: self.path.clone(),
                value,
                in_list: self.in_list(),
                line: self.lines.line(self.base + span.start),
                span: Some(Span::new(self.base + span.start, self.base + span.end)),
            });
        }
        self.remember(anchor, first, self.path.len());
        self.after_value();
    }

    fn open(&mut self, is_map: bool, anchor: usize) {
        self.yaml.is_map |= is_map && self.frames.is_empty();
        let role = self.role();
        let next = match (role, is_map) {
            (Role::Value, true) => Role::Key,
            (Role::Value, false) => Role::Value,
            _ => Role::Ignored,
        };
        self.frames.push(Frame {
            is_map,
            role,
            next,
            in_list: self.in_list() || !is_map,
            outer: self.path.len(),
            anchor,
            first_entry: self.yaml.entries.len(),
            keys: HashSet::new(),
        });
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.path.truncate(frame.outer);
        if frame.role == Role::Key {
            // Nobody asks for a value whose key is a map or list; `?` at least says that there is one.
            return self.key(Cow::Borrowed("?"), self.last);
        }
        self.remember(frame.anchor, frame.first_entry, frame.outer);
        self.after_value();
    }

    fn alias(&mut self, id: usize, span: &Range<usize>) {
        self.aliases += 1;
        match self.role() {
            Role::Key => return self.key(Cow::Borrowed("*"), span.start),
            Role::Value => self.copy(id, self.lines.line(self.base + span.start)),
            Role::Ignored => {}
        }
        self.after_value();
    }

    /// Repeats the entries of an anchor here. Their line is the alias's, their span the original's.
    fn copy(&mut self, id: usize, line: u32) {
        let in_list = self.in_list();
        let Some(anchor) = self.anchors.iter().rev().find(|anchor| anchor.id == id) else { return };
        for index in anchor.entries.clone() {
            let original = &self.yaml.entries[index];
            let rest = &original.path[anchor.prefix..];
            let rest = if self.path.is_empty() { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            let separator = if self.path.is_empty() || rest.is_empty() || rest.starts_with('.') { "" } else { "." };
            let path = [self.path.as_str(), separator, rest].concat();
            let in_list = in_list || (original.in_list && !anchor.in_list);
            let entry = FrontMatterEntry { path, in_list, line, ..original.clone() };
            self.nodes += 1;
            self.bytes += entry.path.len() + entry.value.len();
            self.yaml.entries.push(entry);
            if self.nodes > MAX_NODES || self.bytes > MAX_BYTES {
                return;
            }
        }
    }

    fn remember(&mut self, id: usize, first_entry: usize, prefix: usize) {
        if id != 0 {
            let entries = first_entry..self.yaml.entries.len();
            self.anchors.push(Anchor { id, entries, prefix, in_list: self.in_list() });
        }
    }

    fn key(&mut self, key: Cow<'a, str>, at: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        // `<<` merges a map into the one around it.
        if key != "<<" {
            if !self.path.is_empty() {
                self.path.push('.');
            }
            self.path.push_str(&key);
        }
        if frame.keys.contains(&key) {
            frame.next = Role::Ignored;
            if self.yaml.warnings.len() >= MAX_WARNINGS {
                return;
            }
            let line = self.lines.line(self.base + at);
            let message = format!("`{}` is there twice; the first one counts", self.path);
            self.yaml.warnings.push(Diagnostic::new("duplicate-key", Level::Warning, line, message));
        } else {
            frame.keys.insert(key);
            frame.next = Role::Value;
        }
    }

    fn after_value(&mut self) {
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.is_map) else { return };
        // Inside a duplicate's value every node is ignored, keys and values alike.
        if matches!(frame.role, Role::Value) {
            frame.next = Role::Key;
            self.path.truncate(frame.outer);
        }
    }
}

#[cfg(test)]
mod tests;
