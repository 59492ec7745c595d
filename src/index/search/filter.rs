//! Conditions of a query to engine queries that have no influence on the order.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, FuzzyTermQuery, RangeQuery, RegexQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::compile::{AnyQuery, Compiler};
use super::paths::PathContains;
use crate::index::facts;
use crate::index::query::Filter;

impl Compiler<'_> {
    pub(super) fn filter(&self, filter: &Filter) -> tantivy::Result<AnyQuery> {
        let silent = |query: AnyQuery| Box::new(ConstScoreQuery::new(query, 0.0)) as AnyQuery;
        let of_documents = |query: AnyQuery| {
            let kind = self.fact(&facts::document("type", "document"));
            Box::new(BooleanQuery::intersection(vec![silent(query), kind])) as AnyQuery
        };
        Ok(match filter {
            Filter::Facts(list) if list.len() == 1 => self.fact(&list[0]),
            Filter::Facts(list) => {
                let terms = list.iter().map(|fact| Term::from_field_text(self.fields.facts, fact));
                silent(Box::new(TermSetQuery::new(terms)))
            }
            Filter::FactsFrom(start) => {
                let term = Term::from_field_text(self.fields.facts, start);
                silent(Box::new(FuzzyTermQuery::new_prefix(term, 0, false)))
            }
            Filter::Below(start, value) => {
                let (value, open) = value.strip_suffix('*').map_or((value.as_str(), ""), |stem| (stem, ".*"));
                let pattern = format!("{}[^=]*={}{open}", escape(start), escape(value));
                silent(Box::new(RegexQuery::from_pattern(&pattern, self.fields.facts)?))
            }
            Filter::Path(text) => of_documents(Box::new(PathContains(text.clone()))),
            Filter::Days(from, to) => {
                let day = |day| Bound::Included(Term::from_field_i64(self.fields.date, day));
                of_documents(Box::new(RangeQuery::new(day(*from), day(*to))))
            }
        })
    }

    /// Returns the condition that a document has a fact, without influence on the order.
    pub(super) fn fact(&self, fact: &str) -> AnyQuery {
        let term = Term::from_field_text(self.fields.facts, fact);
        Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
    }

    /// Returns the condition that a document has one of these facts.
    pub(crate) fn one_of(&self, list: Vec<String>) -> tantivy::Result<AnyQuery> {
        self.filter(&Filter::Facts(list))
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' && c != '_' && c != '=' && c != ':' && c != '/' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
