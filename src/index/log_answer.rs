//! What the index is asked of a paste, and what it answers.

use serde::Serialize;

use super::answer::{Hit, SearchRequest};
use crate::model::{Command, Document, Fix};

/// A paste of an error, a stack trace or a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRequest {
    /// The paste; at most one megabyte is looked at.
    pub text: String,
    /// Number of incidents wanted.
    pub limit: usize,
    /// Where given, only documents that this search would find; its order and bounds say nothing.
    pub within: Option<SearchRequest>,
}

impl LogRequest {
    /// Returns a request for the `limit` best incidents of all.
    #[must_use]
    pub fn new(text: impl Into<String>, limit: usize) -> Self {
        Self { text: text.into(), limit, within: None }
    }
}

/// An incident that shares rare words with a pasted log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogHit {
    /// The hit.
    #[serde(flatten)]
    pub hit: Hit,
    /// The words shared with the paste, rarest first, as written in the paste.
    pub shared: Vec<String>,
    /// Whether the document has the message itself: its words in a row, not merely some of them.
    pub same_message: bool,
    /// The section that tells the way out of this message, as Markdown. Steps for what shares words by chance may do
    /// harm: neither they nor commands are given where the message is another one.
    pub resolution: Option<String>,
    /// The document that the resolution stands in, where it is another one of the same incident.
    pub resolution_path: Option<String>,
    /// Line of the resolution section in its file, counted from 1; 0 where there is none.
    pub resolution_line: u32,
    /// Code blocks of the resolution section.
    pub commands: Vec<Command>,
    /// Whether the document tells several incidents and says of others of them, not of this one, how they were fixed.
    pub fixes_elsewhere: bool,
}

impl LogHit {
    /// Takes the way out of the message from `fixes`, those of `document`: of those that are the fix of what stands at
    /// one of the bytes `quotes` the nearest and likeliest. Of another message only the place is told.
    pub(crate) fn choose_way_out(&mut self, document: &Document, fixes: &[Fix], quotes: &[usize]) {
        if !self.same_message {
            self.resolution_line = document.resolution.as_ref().map_or(0, |it| it.origin.line);
            return;
        }
        let of = |at: usize| {
            let these = fixes.iter().filter(|fix| (fix.scope.start..fix.scope.end).contains(&at));
            these.min_by_key(|fix| (fix.scope.end - fix.scope.start, fix.standing))
        };
        let chosen = quotes.iter().find_map(|&at| of(at));
        self.fixes_elsewhere = chosen.is_none() && !fixes.is_empty();
        if let Some(fix) = chosen {
            self.resolution_line = fix.text.origin.line;
            self.resolution = Some(fix.text.value.clone());
            self.commands.clone_from(&fix.commands);
        }
    }

    /// Takes resolution and commands from another document of the incident.
    pub(crate) fn take_way_out(&mut self, document: &Document) {
        self.resolution_line = document.resolution.as_ref().map_or(0, |it| it.origin.line);
        self.resolution = document.resolution.as_ref().map(|it| it.value.clone());
        self.commands.clone_from(&document.commands);
    }
}

/// The answer to a pasted log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogResults {
    /// Words that decided, rarest first.
    pub words: Vec<String>,
    /// Incidents, best first.
    pub hits: Vec<LogHit>,
    /// What a person should know about the answer; full sentences.
    pub notices: Vec<String>,
}
