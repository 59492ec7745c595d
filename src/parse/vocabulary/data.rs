//! The shape of `words.yaml`: one block a language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ColumnRole, HeadingRole, LabelRole};
use crate::model::{Kind, Severity};
use crate::parse::when::LanguageCalendar;

/// The words of one language, borrowed from the text of the file or copied from it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Ord"))]
pub(super) struct LanguageWords<S> {
    pub(super) stopwords: S,
    pub(super) fillers: S,
    pub(super) labels: BTreeMap<LabelRole, Vec<S>>,
    pub(super) columns: BTreeMap<ColumnRole, Vec<S>>,
    pub(super) headings: BTreeMap<HeadingRole, Vec<S>>,
    pub(super) headings_by_place: BTreeMap<HeadingRole, Vec<S>>,
    pub(super) closings: Vec<S>,
    pub(super) gains: Vec<S>,
    pub(super) contributing: Vec<S>,
    pub(super) severity: BTreeMap<Severity, Vec<S>>,
    pub(super) severity_alone: BTreeMap<Severity, Vec<S>>,
    pub(super) status: BTreeMap<StatusWord, Vec<S>>,
    pub(super) marks: BTreeMap<MarkWord, Vec<S>>,
    pub(super) kinds: BTreeMap<Kind, Vec<S>>,
    pub(super) logs: Vec<S>,
    pub(super) verbs: Vec<S>,
    pub(super) will: Vec<S>,
    pub(super) promises: Vec<S>,
    pub(super) not_verbs: Vec<S>,
    pub(super) past: BTreeMap<S, Vec<S>>,
    pub(super) past_words: Vec<S>,
    pub(super) past_ends: Vec<S>,
    pub(super) participles: Vec<S>,
    pub(super) task_names: Vec<S>,
    pub(super) nothing: Vec<S>,
    pub(super) not_names: Vec<S>,
    pub(super) quantifiers: Vec<S>,
    pub(super) sentence_ends: Vec<S>,
    pub(super) negations: Vec<S>,
    pub(super) degrees: Vec<S>,
    pub(super) not_before_done: Vec<S>,
    pub(super) not_after_marks: Vec<S>,
    pub(super) not_before_durations: Vec<S>,
    pub(super) not_after_durations: Vec<S>,
    pub(super) lead_ups: Vec<S>,
    pub(super) day_parts: Vec<S>,
    pub(super) updates: Vec<S>,
    pub(super) done: Vec<S>,
    pub(super) not_done: Vec<S>,
    pub(super) cancelled: Vec<S>,
    pub(super) within: BTreeMap<S, i64>,
    pub(super) terms: Vec<S>,
    pub(super) prose: Vec<S>,
    pub(super) spans: BTreeMap<SpanWord, Vec<S>>,
    pub(super) calendar: LanguageCalendar<S>,
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
    /// Dealt with, unless it is still being watched.
    Deployed,
    /// Followed up.
    Closed,
    /// A state of the text (draft, approved): says nothing of the incident.
    Document,
}

/// What a verb before a duration says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SpanWord {
    /// So long it went on.
    Lasted,
    /// So long it took until it was over.
    Over,
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

impl MarkWord {
    /// How many there are.
    pub(crate) const COUNT: usize = 4;
}
