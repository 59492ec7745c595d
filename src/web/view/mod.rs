//! What templates are given: plain texts, addresses and flags, worked out from the model.

mod choice;
mod compliance;
mod document;
mod facts;
mod freshness;
mod history;
mod links;
mod notice;
mod pages;
mod past;
mod related;
mod summary;
mod words;

pub(super) use crate::api::{NONE, in_words, severity_from, severity_name};
pub(super) use choice::{Choice, misunderstood, severity_choices};
pub(super) use compliance::ComplianceView;
pub(super) use document::{ActionGroup, ActionsInShort, Durations, TimelineDay, action_groups, durations, timeline};
pub(super) use facts::{Fact, facts, times};
pub(super) use freshness::Freshness;
pub(super) use history::HistoryView;
pub(super) use links::{ReferenceView, SiblingView};
pub(super) use notice::{NoticeLine, UnclearLine};
pub(super) use pages::Pages;
pub(super) use past::{DroppedView, PastView};
pub(super) use related::RelatedView;
pub(super) use summary::{Badge, Part, SummaryView, message};
pub(super) use words::{
    age, begins_with, count, date_words, facet_label, field_label, grouped, held_names, kind_label,
};
