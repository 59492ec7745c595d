//! One call, from its arguments to what goes out: brought up to date, asked, masked, cut. Blocking.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::sync::Mutex;

use serde_json::{Map, Value, json};

use super::arguments;
use super::fit::{MOST, fit, size};
use super::serve::Report;
use super::tool::{Found, Tool};
use crate::api::{Pairs, Refusal};
use crate::clock::Clock;
use crate::kb::{KbError, KnowledgeBase};
use crate::model::capitalised;

/// Bytes that are left for what an answer says of itself.
const ENVELOPE: usize = 4_000;
/// Most notes on what was cut.
const MAX_CUT: usize = 20;
/// Longest message of an error, in characters.
const LONGEST: usize = 4_000;

/// The knowledge base and what belongs to one running server.
pub(super) struct Desk {
    pub(super) kb: KnowledgeBase,
    pub(super) clock: Clock,
    pub(super) report: Report,
    pub(super) syncing: Mutex<()>,
    pub(super) warned: Mutex<BTreeSet<String>>,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Reply {
    /// An answer.
    Answer(Value),
    /// Why there is none, and what to do about it.
    Error(String),
}

impl Desk {
    pub(super) fn new(kb: KnowledgeBase, clock: Clock, report: Report) -> Self {
        Self { kb, clock, report, syncing: Mutex::default(), warned: Mutex::default() }
    }

    /// Answers a call; the second value says how fresh the answer is.
    pub(super) fn answer(&self, tool: &Tool, arguments: &Map<String, Value>) -> (Reply, Value) {
        let index = self.bring_up_to_date();
        let reply = match arguments::pairs(tool, arguments) {
            Ok(pairs) => self.ask(tool, &pairs, &index),
            Err(problem) => self.refused(&Refusal::Parameters(problem)),
        };
        (reply, index)
    }

    fn ask(&self, tool: &Tool, pairs: &Pairs, index: &Value) -> Reply {
        match (tool.ask)(&self.kb, pairs.clone()) {
            Ok(Found { refused: Some(refused), paths, .. }) => {
                self.error(&refused, &paths.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Ok(found) => match problem(&found.value) {
                Some(problem) => self.error(&problem, &[]),
                None => self.prepared(tool, pairs, found, index),
            },
            Err(refusal) => self.refused(&refusal),
        }
    }

    /// Returns an answer as it may go out.
    fn prepared(&self, tool: &Tool, pairs: &Pairs, found: Found, index: &Value) -> Reply {
        let Found { mut value, paths, .. } = found;
        let mut all: BTreeSet<String> = paths.into_iter().collect();
        add_paths(&value, &mut all);
        let mut mask = self.kb.mask(all.iter().map(String::as_str));
        mask.json(&mut value);
        (tool.finish)(pairs, &mut value);
        let total = value["total"].as_u64();
        let mut cut: Vec<String> = serde_json::from_value(value["cut"].take()).unwrap_or_default();
        cut.extend(fit(&mut value, tool.list, MOST - ENVELOPE));
        if cut.len() > MAX_CUT {
            let more = cut.len() - MAX_CUT;
            cut.truncate(MAX_CUT);
            cut.push(format!("and {more} more"));
        }
        if !cut.is_empty() {
            cut.push(tool.rest().to_owned());
        }
        if tool.is_paged() {
            value["next_offset"] = next_offset(tool, pairs, &value, total).into();
        }
        value["index"] = index.clone();
        value["removed"] = json!(mask.removed());
        value["cut"] = cut.into();
        if size(&value) > MOST {
            return self.error("The answer is too long, however much of it is left out. Ask for less.", &[]);
        }
        Reply::Answer(value)
    }

    fn refused(&self, refusal: &Refusal) -> Reply {
        if let Some((message, nearest)) = refusal.named() {
            let nearest: Vec<&str> = nearest.iter().map(String::as_str).collect();
            let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
            let hint = match (refusal, names.is_empty()) {
                (_, true) => "The tool `search` finds documents by words.".to_owned(),
                (Refusal::Ambiguous { .. }, _) => names.join(", "),
                _ => format!("Did you mean {}?", names.join(" or ")),
            };
            return self.error(&format!("{message} {hint}"), &nearest);
        }
        match refusal {
            Refusal::Parameters(message) => self.error(message, &[]),
            Refusal::Failed(error) => self.error(&told(error), &[]),
            Refusal::Unknown { .. } | Refusal::Ambiguous { .. } => self.error("There is no such document.", &[]),
        }
    }

    /// Returns the error that says `message`, which names the documents at `paths`.
    fn error(&self, message: &str, paths: &[&str]) -> Reply {
        let message = self.kb.mask(paths.iter().copied()).text(message);
        Reply::Error(message.chars().take(LONGEST).collect())
    }
}

/// Returns what is wrong with a query that cannot be understood.
fn problem(value: &Value) -> Option<String> {
    let problem = value.get("problem").filter(|it| it.is_object())?;
    let mut message = format!("The query cannot be understood: {}", problem["message"].as_str().unwrap_or_default());
    if let (Some(from), Some(to)) = (problem["from"].as_u64(), problem["to"].as_u64()) {
        let _ = write!(message, " (bytes {from} to {to} of it)");
    }
    message.push('.');
    if let Some(hint) = problem["hint"].as_str() {
        let _ = write!(message, " Hint: {hint}.");
    }
    Some(message)
}

/// Returns an error with what caused it and what to do about it.
fn told(error: &KbError) -> String {
    let text = capitalised(&chain(error));
    match error.hint() {
        Some(hint) => format!("{text}. Hint: {hint}."),
        None => format!("{text}."),
    }
}

/// Returns the message of `error` and of its causes, one behind the other.
pub(super) fn chain(error: &KbError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            let _ = write!(text, ": {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// Returns where the next part of a list begins.
fn next_offset(tool: &Tool, pairs: &Pairs, value: &Value, total: Option<u64>) -> Option<u64> {
    let offset = pairs.iter().find(|(name, _)| name == "offset").and_then(|(_, value)| value.parse::<u64>().ok());
    let shown = tool.list.and_then(|list| value[list].as_array()).map_or(0, Vec::len);
    let next = offset.unwrap_or(0) + u64::try_from(shown).unwrap_or(u64::MAX);
    total.filter(|total| shown > 0 && next < *total).map(|_| next)
}

/// Adds the path of every document that an answer names.
fn add_paths(value: &Value, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(path) if name == "path" || name.ends_with("_path") => {
                        paths.insert(path.clone());
                    }
                    member => add_paths(member, paths),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| add_paths(item, paths)),
        _ => {}
    }
}
