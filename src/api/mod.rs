//! The contract with programs, version 1: parameters as they are named in `openapi.json`, read strictly, and answers as
//! JSON. The server hands them out over HTTP, `ris mcp` to assistants.
//!
//! Every answer carries `"schema": 1` and every list is bounded. Knows no HTTP and no protocol.

mod compliance;
mod documents;
mod lists;
mod params;
mod search;

use serde::Serialize;
use serde_json::{Value, json};

use crate::kb::{KbError, KnowledgeBase, QueryError};
use crate::model::Severity;
pub(crate) use compliance::{controls, notices, period_query, retention, reviews};
pub(crate) use documents::{document, documents, find, related};
pub(crate) use lists::{actions, incidents, insights, ledger_request, status, tags};
pub(crate) use params::Params;
pub(crate) use search::{log, search};

/// The description of the contract.
pub(crate) const OPENAPI: &str = include_str!("openapi.json");
/// Most bytes of a pasted log.
pub(crate) const MAX_LOG: usize = 1 << 20;
/// What stands for documents without a value.
pub(crate) const NONE: &str = "none";

/// The parameters of a request as they came; one that has several values comes several times.
pub(crate) type Pairs = Vec<(String, String)>;
/// An answer, or why there is none.
pub(crate) type Answer = Result<Value, Refusal>;

/// Why a question is not answered.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It means nothing: all that is wrong with its parameters, as a sentence.
    Parameters(String),
    /// No document goes by this name.
    Unknown {
        /// The name.
        key: String,
        /// The ids and paths that are like it, nearest first.
        nearest: Vec<String>,
    },
    /// Several documents go by this name.
    Ambiguous {
        /// The name.
        key: String,
        /// Their paths.
        paths: Vec<String>,
    },
    /// The knowledge base failed, or cannot understand the query.
    Failed(KbError),
}

impl Refusal {
    /// Returns what is wrong with the name of a document, as a sentence, and what may have been meant.
    pub(crate) fn named(&self) -> Option<(String, &[String])> {
        match self {
            Self::Unknown { key, nearest } => Some((format!("There is no document `{key}`."), nearest)),
            Self::Ambiguous { key, paths } => {
                Some((format!("Several documents go by `{key}`; name the one you mean by its path."), paths))
            }
            Self::Parameters(_) | Self::Failed(_) => None,
        }
    }
}

impl From<KbError> for Refusal {
    fn from(error: KbError) -> Self {
        Self::Failed(error)
    }
}

/// Returns an answer with its schema.
pub(crate) fn answer(fields: impl Serialize) -> Value {
    let mut value = json!({ "schema": 1 });
    let fields = serde_json::to_value(fields).unwrap_or_default();
    if let (Value::Object(answer), Value::Object(fields)) = (&mut value, fields) {
        answer.extend(fields);
    }
    value
}

/// Returns what an answer says of a query that cannot be understood.
fn query_problem(problem: &QueryError) -> Value {
    json!({
        "message": problem.message,
        "from": problem.span.start,
        "to": problem.span.end,
        "hint": problem.hint,
    })
}

/// Returns the name of a severity in parameters.
pub(crate) fn severity_name(severity: Option<Severity>) -> &'static str {
    severity.map_or(NONE, Severity::word)
}

/// Returns the severity with this name; the inner `None` stands for those without.
pub(crate) fn severity_from(name: &str) -> Option<Option<Severity>> {
    if name == NONE {
        return Some(None);
    }
    Severity::from_word(name).map(Some)
}

/// Returns parameters with every severity by its word, however it is named: by a level, or as the settings of the
/// knowledge base have it, as in a query.
pub(crate) fn in_words(kb: &KnowledgeBase, mut pairs: Pairs) -> Pairs {
    for (_, value) in pairs.iter_mut().filter(|(name, value)| name == "severity" && value.trim() != NONE) {
        if let Ok(severity) = kb.severity(value.trim()) {
            severity.word().clone_into(value);
        }
    }
    pairs
}
