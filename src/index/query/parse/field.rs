//! The fields of a query.

use std::ops::Range;

use super::super::values::known;
use super::super::{Filter, Node};
use crate::index::error::QueryError;
use crate::index::facts;
use crate::index::text::fold;
use crate::parse::SeverityScale;

/// A field that a value is asked of.
pub(super) enum Field {
    /// One that every knowledge base has.
    Known(&'static str),
    /// A path of the front matter.
    FrontMatter(String),
}

impl Field {
    /// Returns the condition that the field has `value`.
    pub(super) fn node(&self, value: &str, span: Range<usize>, severities: &SeverityScale) -> Result<Node, QueryError> {
        match self {
            Self::Known(name) => known(name, value, span, severities),
            Self::FrontMatter(path) => {
                let exact = facts::front_matter(path, value.trim_end_matches('*'));
                let here = if value.ends_with('*') { Filter::FactsFrom(exact) } else { Filter::Facts(vec![exact]) };
                let below = Filter::Below(facts::front_matter_below(path), fold(value.trim()));
                Ok(Node::Any(vec![Node::Filter(here), Node::Filter(below)]))
            }
        }
    }
}
