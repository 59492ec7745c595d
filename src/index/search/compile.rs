//! Syntax tree to engine query, keeping what is needed to explain the hits: matched words and forgiven typos.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query};
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

/// What having all words of the query adds, as a part of their weight, where some would do.
const WHOLE: f32 = 0.25;
/// What two neighbouring words of the query add where they are neighbours in the document, as a part of their weight.
const BESIDE: f32 = 0.5;
/// How far apart neighbours may stand.
const NEAR: u32 = 2;
/// Documents of the rarer one of two words up to which their places are compared.
const MAX_COMPARED: u64 = 5000;

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
    /// Whether a loose demand gives another query than a strict one.
    pub(crate) can_relax: bool,
    /// Whether the query names text to be found, so that hits have a score.
    pub(crate) has_text: bool,
}

/// A word of the query, ready to be joined with the others.
pub(super) struct Word {
    pub(super) query: AnyQuery,
    /// The word as the index has it, where it is a single one.
    pub(super) plain: Option<String>,
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
            can_relax: false,
            has_text: false,
        })
    }

    /// Returns the query for a whole tree.
    pub(crate) fn root(&mut self, node: &Node, demand: Demand) -> tantivy::Result<AnyQuery> {
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
        self.can_relax = words.len() > 1;
        if words.len() > MAX_WORDS {
            words.sort_by_key(|word| if word.documents == 0 { u64::MAX } else { word.documents });
            words.truncate(MAX_WORDS);
        }
        if !words.is_empty() {
            let near = self.neighbours(&words);
            clauses.push((Occur::Must, self.join(words, demand)));
            clauses.extend(near.into_iter().map(|query| (Occur::Should, query)));
        }
        Ok(self.conjunction(clauses))
    }

    fn join(&self, words: Vec<Word>, demand: Demand) -> AnyQuery {
        let count = words.len();
        let all = BooleanQuery::new(words.iter().map(|word| (Occur::Must, word.query.box_clone())).collect());
        let needed = match demand {
            Demand::All => return Box::new(all),
            Demand::Half => count.div_ceil(2),
            Demand::Any => 1,
        };
        let weight: f32 = words.iter().map(|word| self.statistics.weight(word.documents)).sum();
        let bonus = Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(Box::new(all), 1.0)), weight * WHOLE));
        let clauses = words.into_iter().map(|word| (Occur::Should, word.query)).collect();
        let some = Box::new(BooleanQuery::with_minimum_required_clauses(clauses, needed));
        Box::new(BooleanQuery::new(vec![(Occur::Must, some as AnyQuery), (Occur::Should, bonus)]))
    }

    /// Returns what lifts documents in which words of the query stand beside each other: they are probably one thing
    /// there, as they are in the query.
    fn neighbours(&self, words: &[Word]) -> Vec<AnyQuery> {
        let mut queries: Vec<AnyQuery> = Vec::new();
        for pair in words.windows(2) {
            let [Some(first), Some(second)] = [&pair[0].plain, &pair[1].plain] else { continue };
            // Positions of two frequent words are too dear to compare.
            let rarer = pair[0].documents.min(pair[1].documents);
            if rarer == 0 || rarer > MAX_COMPARED {
                continue;
            }
            let weight = self.statistics.weight(pair[0].documents) + self.statistics.weight(pair[1].documents);
            for (field, boost) in [(self.fields.body, 1.0), (self.fields.title, 1.0)] {
                let terms = [first, second].map(|word| Term::from_field_text(field, word)).to_vec();
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(NEAR);
                let flat = Box::new(ConstScoreQuery::new(Box::new(phrase), 1.0));
                queries.push(Box::new(BoostQuery::new(flat, weight * boost * BESIDE)));
            }
        }
        queries
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
        let documents_only = clauses.iter().any(|(occur, _)| *occur == Occur::Must) && self.has_text;
        if !documents_only {
            clauses.push((Occur::Must, self.fact(&facts::document("type", "document"))));
        }
        Box::new(BooleanQuery::new(clauses))
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
