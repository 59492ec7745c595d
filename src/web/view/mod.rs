//! What templates are given: plain texts, addresses and flags, worked out from the model.

mod document;
mod facts;
mod freshness;
mod related;
mod summary;
mod words;

pub(super) use document::{ActionGroup, Durations, Reference, TimelineDay, action_groups, durations, timeline};
pub(super) use facts::{Fact, compliance, facts, times};
pub(super) use freshness::Freshness;
pub(super) use related::RelatedView;
pub(super) use summary::{Badge, Part, SummaryView, message};
pub(super) use words::{age, capitalised, count, date_words, facet_label, field_label, grouped, kind_label};
