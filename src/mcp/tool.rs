//! What a tool is.

use serde_json::Value;

use crate::api::{Pairs, Refusal};
use crate::kb::KnowledgeBase;

/// A tool: what it is called, what it takes and gives, and what answers it.
#[derive(Debug)]
pub(super) struct Tool {
    /// The name by which it is called.
    pub(super) name: &'static str,
    /// The name for people.
    pub(super) title: &'static str,
    /// What it does and when to use it, for a model that knows nothing of `ris`.
    pub(super) about: &'static str,
    /// The path in the contract whose parameters it takes.
    pub(super) like: &'static str,
    /// Its parameters.
    pub(super) takes: &'static [Takes],
    /// What it gives.
    pub(super) gives: Gives,
    /// The member of the answer that is a list, which is cut first where the answer is too long.
    pub(super) list: Option<&'static str>,
    /// Asks the knowledge base.
    pub(super) ask: fn(&KnowledgeBase, Pairs) -> Result<Found, Refusal>,
    /// What is done to an answer once it is masked.
    pub(super) finish: fn(&Pairs, &mut Value),
}

/// A parameter.
#[derive(Debug)]
pub(super) enum Takes {
    /// One of the contract, as it is described there.
    Like(&'static str),
    /// One of the tool's own.
    Own {
        /// The name.
        name: &'static str,
        /// What it is.
        about: &'static str,
        /// Its JSON Schema.
        schema: &'static str,
        /// Whether there is no answer without it.
        required: bool,
    },
}

impl Takes {
    /// Returns the name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Like(name) | Self::Own { name, .. } => name,
        }
    }
}

/// The shape of an answer.
#[derive(Debug)]
pub(super) enum Gives {
    /// This schema of the contract.
    Like(&'static str),
    /// An object with these members, whose schemas may refer to the contract.
    Members(&'static str),
}

/// An answer before it is masked.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The answer.
    pub(super) value: Value,
    /// Paths of documents that it was made from and does not name.
    pub(super) paths: Vec<String>,
    /// Why there is no answer, where something of these documents is to be told.
    pub(super) refused: Option<String>,
}

impl From<Value> for Found {
    fn from(value: Value) -> Self {
        Self { value, ..Self::default() }
    }
}

impl Tool {
    /// Returns how the rest of an answer that was cut can be had.
    pub(super) fn rest(&self) -> &'static str {
        match self.is_paged() {
            true => {
                "the rest of the list comes with `offset` set to `next_offset`; `document` reads what was cut of a text"
            }
            false => "ask for less, or read what was cut with the tool `document`",
        }
    }

    /// Tells whether it gives a list in parts.
    pub(super) fn is_paged(&self) -> bool {
        self.list.is_some() && self.takes.iter().any(|it| it.name() == "offset")
    }
}

/// Leaves an answer as it is.
pub(super) fn as_it_is(_: &Pairs, _: &mut Value) {}
