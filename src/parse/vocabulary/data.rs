//! The shape of `words.yaml`: one block a language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ColumnRole, HeadingRole, LabelRole};
use crate::model::Kind;
use crate::parse::when::LanguageCalendar;

/// The words of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LanguageWords {
    pub(super) stopwords: String,
    pub(super) labels: BTreeMap<LabelRole, Vec<String>>,
    pub(super) columns: BTreeMap<ColumnRole, Vec<String>>,
    pub(super) headings: BTreeMap<HeadingRole, Vec<String>>,
    pub(super) severity: BTreeMap<u8, Vec<String>>,
    pub(super) status: BTreeMap<StatusWord, Vec<String>>,
    pub(super) marks: BTreeMap<MarkWord, Vec<String>>,
    pub(super) kinds: BTreeMap<Kind, Vec<String>>,
    pub(super) verbs: Vec<String>,
    pub(super) will: Vec<String>,
    pub(super) not_verbs: Vec<String>,
    pub(super) task_names: Vec<String>,
    pub(super) nothing: Vec<String>,
    pub(super) not_names: Vec<String>,
    pub(super) quantifiers: Vec<String>,
    pub(super) sentence_ends: Vec<String>,
    pub(super) negations: Vec<String>,
    pub(super) not_after_marks: Vec<String>,
    pub(super) not_before_durations: Vec<String>,
    pub(super) done: Vec<String>,
    pub(super) not_done: Vec<String>,
    pub(super) within: BTreeMap<String, i64>,
    pub(super) prose: Vec<String>,
    pub(super) calendar: LanguageCalendar,
}

/// A state that a status word names: the incident's or the document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StatusWord {
    /// Nothing restored yet.
    Open,
    /// Being looked into.
    Investigating,
    /// Effect gone.
    Mitigated,
    /// Dealt with.
    Resolved,
    /// Followed up.
    Closed,
    /// A state of the text (draft, approved): says nothing of the incident.
    Document,
}

/// What a timeline entry marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MarkWord {
    /// It began.
    Started,
    /// It was noticed.
    Detected,
    /// Its effect ended.
    Mitigated,
    /// It was resolved.
    Resolved,
}
