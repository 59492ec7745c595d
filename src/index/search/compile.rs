//! Syntax tree to engine query, keeping what is needed to explain the hits: matched words and forgiven typos.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query};
use tantivy::{Searcher, Term};

use super::exact::exact;
use super::highlight::Matcher;
use super::snapshot::Snapshot;
use super::statistics::Statistics;
use crate::index::answer::Correction;
use crate::index::facts;
use crate::index::living::Living;
use crate::index::open::{OpenIndex, TagsOfQuery};
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
/// What a document gains that has a root-cause tag of which the query speaks, as a part of the weight of its words.
const TAGGED: f32 = 0.4;
/// How far apart neighbours may stand; less than it takes to change places: a full disk scan is no full disk.
const NEAR: u32 = 1;
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
    pub(super) living: &'a Living,
    /// Tells which root-cause tags a search speaks of.
    tags_of_query: Option<&'a TagsOfQuery>,
    pub(crate) statistics: Statistics<'a>,
    pub(crate) matcher: Matcher,
    pub(crate) corrections: Vec<Correction>,
    /// Whether the query names text to be found, so that hits have a score.
    pub(crate) has_text: bool,
    /// Whether typos are forgiven: only where somebody is told so.
    pub(crate) forgives: bool,
}

/// A query that is understood but for how many of its words must match.
pub(crate) struct Prepared {
    clauses: Vec<(Occur, AnyQuery)>,
    words: Vec<Word>,
    /// What lifts documents in which words of the query stand beside each other.
    near: Vec<AnyQuery>,
    /// The root-cause tags that the words speak of, and what finds their documents.
    tagged: Vec<(String, AnyQuery)>,
    /// What every hit must be, where the clauses do not say so.
    documents: Option<AnyQuery>,
    /// Whether a loose demand gives another query than a strict one.
    pub(crate) can_relax: bool,
}

impl Prepared {
    /// Returns the root-cause tags by which a loose demand finds documents that have none of the words.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.tagged.iter().map(|(tag, _)| tag.as_str())
    }

    /// Returns the query.
    pub(crate) fn query(&self, demand: Demand) -> AnyQuery {
        let mut clauses: Vec<(Occur, AnyQuery)> =
            self.clauses.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
        if !self.words.is_empty() {
            let tagged = || self.tagged.iter().map(|(_, query)| (Occur::Should, query.box_clone()));
            let words = join(&self.words, demand);
            if demand == Demand::All {
                clauses.push((Occur::Must, words));
                clauses.extend(tagged());
            } else {
                let either = std::iter::once((Occur::Should, words)).chain(tagged());
                clauses.push((Occur::Must, Box::new(BooleanQuery::new(either.collect()))));
            }
            clauses.extend(self.near.iter().map(|query| (Occur::Should, query.box_clone())));
        }
        clauses.extend(self.documents.iter().map(|query| (Occur::Must, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }
}

/// Joins the words of a query. Where some of them would do, those that have all weigh more.
fn join(words: &[Word], demand: Demand) -> AnyQuery {
    let each = |occur| words.iter().map(|word| (occur, word.query.box_clone())).collect();
    let all = BooleanQuery::new(each(Occur::Must));
    let needed = match demand {
        Demand::All => return Box::new(all),
        Demand::Half => words.len().div_ceil(2),
        Demand::Any => 1,
    };
    let weight: f32 = words.iter().map(|word| word.weight).sum();
    let some = Box::new(BooleanQuery::with_minimum_required_clauses(each(Occur::Should), needed));
    let bonus = flat(Box::new(all), weight * WHOLE);
    Box::new(BooleanQuery::new(vec![(Occur::Must, some as AnyQuery), (Occur::Should, bonus)]))
}

fn flat(query: AnyQuery, score: f32) -> AnyQuery {
    Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(query, 1.0)), exact(score)))
}

/// A word of the query, ready to be joined with the others.
pub(super) struct Word {
    pub(super) query: AnyQuery,
    /// The word as the index has it, where it is a single one.
    pub(super) plain: Option<String>,
    /// How much it tells.
    pub(super) weight: f32,
    /// About how many documents have it.
    pub(super) documents: u64,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(open: &'a OpenIndex, searcher: &'a Searcher, snapshot: &'a Snapshot) -> Self {
        Self {
            searcher,
            fields: &open.fields,
            stemmers: &snapshot.stemmers,
            tags_of_query: open.tags_of_query.as_ref(),
            living: &snapshot.living,
            statistics: Statistics::new(searcher, snapshot, 1),
            matcher: Matcher::default(),
            corrections: Vec::new(),
            has_text: false,
            forgives: true,
        }
    }

    /// Returns the number of documents that have a term.
    pub(super) fn documents(&self, term: &Term) -> tantivy::Result<u64> {
        self.living.documents(self.searcher, term)
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
        let mut typed = String::new();
        let mut side_by_side = Vec::new();
        for part in parts {
            match part {
                Node::Text(text) if is_word(&part) => {
                    typed.extend([text.text.as_str(), " "]);
                    let own = self.words_of(text)?;
                    if own.len() > 1 {
                        let weight: f32 = own.iter().map(|word| word.weight).sum();
                        side_by_side.push(flat(self.as_written(text), weight * BESIDE));
                    }
                    words.extend(own);
                }
                other => self.clause(other, &mut clauses)?,
            }
        }
        let mut near = self.neighbours(&words);
        near.extend(side_by_side);
        let tagged = self.tagged(&typed, &words)?;
        let can_relax = words.len() > 1 || !tagged.is_empty();
        if words.len() > MAX_WORDS {
            words.sort_by_key(|word| if word.documents == 0 { u64::MAX } else { word.documents });
            words.truncate(MAX_WORDS);
        }
        let has_words = !words.is_empty() || self.has_must(&clauses);
        let documents = (!has_words).then(|| self.is_document());
        Ok(Prepared { clauses, words, near, tagged, documents, can_relax })
    }

    /// Returns what finds the documents with a root-cause tag of which `typed` speaks.
    fn tagged(&self, typed: &str, words: &[Word]) -> tantivy::Result<Vec<(String, AnyQuery)>> {
        let weight: f32 = words.iter().map(|word| word.weight).sum();
        let mut queries = Vec::new();
        for tag in self.tags_of_query.map_or_else(Vec::new, |tags| tags(typed)) {
            let fact = facts::document("tag", &tag);
            if self.documents(&Term::from_field_text(self.fields.facts, &fact))? > 0 {
                queries.push((tag, flat(self.fact(&fact), weight * TAGGED)));
            }
        }
        Ok(queries)
    }

    /// Returns what lifts documents in which neighbouring words of the query are neighbours: they are probably one
    /// thing there, as they are in the query.
    fn neighbours(&self, words: &[Word]) -> Vec<AnyQuery> {
        let mut queries: Vec<AnyQuery> = Vec::new();
        for pair in words.windows(2) {
            let [Some(first), Some(second)] = [&pair[0].plain, &pair[1].plain] else { continue };
            // Places of two frequent words are too dear to compare.
            let rarer = pair[0].documents.min(pair[1].documents);
            if rarer == 0 || rarer > MAX_COMPARED {
                continue;
            }
            for field in [self.fields.body, self.fields.title] {
                let terms = [first, second].map(|word| Term::from_field_text(field, word)).to_vec();
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(NEAR);
                queries.push(flat(Box::new(phrase), (pair[0].weight + pair[1].weight) * BESIDE));
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
            Form::Word => self.whole(text),
            Form::Phrase => self.phrase(text),
            Form::Prefix => self.prefix(text),
        }
    }
}
