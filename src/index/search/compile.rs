//! Syntax tree to engine query, keeping what is needed to explain the hits: matched words and forgiven typos.

use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{Searcher, Term};

use super::highlight::Matcher;
use super::statistics::Statistics;
use crate::index::answer::Correction;
use crate::index::facts;
use crate::index::query::{Form, Node, Scope, Text};
use crate::index::schema::Fields;
use crate::index::text::Stemmers;

pub(super) type AnyQuery = Box<dyn Query>;

/// Words of a long query that are searched for: the rarest.
const MAX_WORDS: usize = 24;

/// How many of the words of a query must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// All.
    All,
    /// Half of them.
    Half,
    /// One.
    Any,
}

/// Turns syntax trees into queries.
pub(crate) struct Compiler<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) stemmers: &'a Stemmers,
    pub(crate) statistics: Statistics<'a>,
    pub(crate) matcher: Matcher,
    pub(crate) corrections: Vec<Correction>,
    /// Whether the query names text to be found, so that hits have a score.
    pub(crate) has_text: bool,
}

/// A query that is understood but for how many of its words must match.
pub(crate) struct Prepared {
    clauses: Vec<(Occur, AnyQuery)>,
    words: Vec<Word>,
    /// What every hit must be, where the clauses do not say so.
    documents: Option<AnyQuery>,
    /// Whether a loose demand gives another query than a strict one.
    pub(crate) can_relax: bool,
}

impl Prepared {
    /// Returns the query.
    pub(crate) fn query(&self, demand: Demand) -> AnyQuery {
        let mut clauses: Vec<(Occur, AnyQuery)> =
            self.clauses.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
        if !self.words.is_empty() {
            clauses.push((Occur::Must, join(&self.words, demand)));
        }
        clauses.extend(self.documents.iter().map(|query| (Occur::Must, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }
}

fn join(words: &[Word], demand: Demand) -> AnyQuery {
    let occur = if demand == Demand::All { Occur::Must } else { Occur::Should };
    let clauses = words.iter().map(|word| (occur, word.query.box_clone())).collect();
    match demand {
        Demand::All => Box::new(BooleanQuery::new(clauses)),
        Demand::Half => Box::new(BooleanQuery::with_minimum_required_clauses(clauses, words.len().div_ceil(2))),
        Demand::Any => Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 1)),
    }
}

/// A word of the query, ready to be joined with the others.
pub(super) struct Word {
    pub(super) query: AnyQuery,
    /// About how many documents have it.
    pub(super) documents: u64,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields, stemmers: &'a Stemmers) -> tantivy::Result<Self> {
        let documents =
            searcher.doc_freq(&Term::from_field_text(fields.facts, &facts::document("type", "document")))?;
        Ok(Self {
            searcher,
            fields,
            stemmers,
            statistics: Statistics::new(searcher, documents),
            matcher: Matcher::default(),
            corrections: Vec::new(),
            has_text: false,
        })
    }

    /// Looks up what a whole tree names, once for every demand.
    pub(crate) fn prepare(&mut self, node: &Node) -> tantivy::Result<Prepared> {
        let parts = match node {
            Node::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let is_word = |part: &&Node| matches!(part, Node::Text(text) if text.form == Form::Word && text.scope == Scope::Everything);
        let mut clauses = Vec::new();
        let mut words = Vec::new();
        for part in parts {
            match part {
                Node::Text(text) if is_word(&part) => words.push(self.word(text)?),
                other => self.clause(other, &mut clauses)?,
            }
        }
        let can_relax = words.len() > 1;
        if words.len() > MAX_WORDS {
            words.sort_by_key(|word| if word.documents == 0 { u64::MAX } else { word.documents });
            words.truncate(MAX_WORDS);
        }
        let has_words = !words.is_empty() || self.has_must(&clauses);
        let documents = (!has_words).then(|| self.is_document());
        Ok(Prepared { clauses, words, documents, can_relax })
    }

    fn clause(&mut self, node: &Node, clauses: &mut Vec<(Occur, AnyQuery)>) -> tantivy::Result<()> {
        let clause = match node {
            Node::Not(inner) => {
                // What is excluded is neither highlighted nor corrected.
                let (matcher, corrections) = (self.matcher.clone(), self.corrections.clone());
                let had_text = self.has_text;
                let query = self.node(inner)?;
                (self.matcher, self.corrections, self.has_text) = (matcher, corrections, had_text);
                (Occur::MustNot, query)
            }
            other => (Occur::Must, self.node(other)?),
        };
        clauses.push(clause);
        Ok(())
    }

    fn conjunction(&self, mut clauses: Vec<(Occur, AnyQuery)>) -> AnyQuery {
        if !self.has_must(&clauses) {
            clauses.push((Occur::Must, self.is_document()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Tells whether clauses find documents by themselves: text stands in nothing else.
    fn has_must(&self, clauses: &[(Occur, AnyQuery)]) -> bool {
        self.has_text && clauses.iter().any(|(occur, _)| *occur == Occur::Must)
    }

    fn is_document(&self) -> AnyQuery {
        self.fact(&facts::document("type", "document"))
    }

    fn node(&mut self, node: &Node) -> tantivy::Result<AnyQuery> {
        match node {
            Node::All(parts) => {
                let mut clauses = Vec::new();
                for part in parts {
                    self.clause(part, &mut clauses)?;
                }
                Ok(self.conjunction(clauses))
            }
            Node::Any(parts) => {
                let parts: tantivy::Result<Vec<_>> =
                    parts.iter().map(|part| Ok((Occur::Should, self.node(part)?))).collect();
                Ok(Box::new(BooleanQuery::new(parts?)))
            }
            Node::Not(_) => {
                let mut clauses = Vec::new();
                self.clause(node, &mut clauses)?;
                Ok(self.conjunction(clauses))
            }
            Node::Text(text) => Ok(self.text(text)?.query),
            Node::Filter(filter) => self.filter(filter),
        }
    }

    fn text(&mut self, text: &Text) -> tantivy::Result<Word> {
        match text.form {
            Form::Word => self.word(text),
            Form::Phrase => self.phrase(text),
            Form::Prefix => self.prefix(text),
        }
    }
}
