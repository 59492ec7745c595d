//! Syntax tree to engine query, keeping what is needed to explain the hits: matched words and forgiven typos.

use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query, RangeQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::expand::{Dictionary, Indexed};
use super::highlight::Matcher;
use super::statistics::Statistics;
use crate::index::answer::Correction;
use crate::index::facts;
use crate::index::query::{Filter, Form, Node, Scope, Text};
use crate::index::schema::Fields;
use crate::index::text::{Piece, Stemmers, TokenKind, pieces};

type AnyQuery = Box<dyn Query>;

/// How much of the sum of the other fields counts beside the best one.
const TIE_BREAKER: f32 = 0.2;
/// Weight of another form of the word, beside the word as typed.
const FORM_BOOST: f32 = 0.8;
/// Weight of a likely spelling.
const SPELLING_BOOST: f32 = 0.5;
/// Completions that are scored one by one; more are matched without score.
const SCORED_COMPLETIONS: usize = 24;
/// Words of a long query that are searched for: the rarest.
const MAX_WORDS: usize = 24;
/// Documents below which a word is so rare that it may be a typo of a frequent one.
const RARE: u64 = 2;
/// How many times more frequent the spelling must be that replaces such a word.
const MUCH_MORE: u64 = 20;

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
    searcher: &'a Searcher,
    fields: &'a Fields,
    stemmers: &'a Stemmers,
    pub(crate) statistics: Statistics<'a>,
    pub(crate) matcher: Matcher,
    pub(crate) corrections: Vec<Correction>,
    /// Whether a loose demand gives another query than a strict one.
    pub(crate) can_relax: bool,
    /// Whether the query names text to be found, so that hits have a score.
    pub(crate) has_text: bool,
}

/// A word of the query, ready to be joined with the others.
struct Word {
    query: AnyQuery,
    documents: u64,
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
            clauses.push((Occur::Must, Self::join(words, demand)));
        }
        Ok(self.conjunction(clauses))
    }

    fn join(words: Vec<Word>, demand: Demand) -> AnyQuery {
        let count = words.len();
        let occur = if demand == Demand::All { Occur::Must } else { Occur::Should };
        let clauses = words.into_iter().map(|word| (occur, word.query)).collect();
        match demand {
            Demand::All => Box::new(BooleanQuery::new(clauses)),
            Demand::Half => Box::new(BooleanQuery::with_minimum_required_clauses(clauses, count.div_ceil(2))),
            Demand::Any => Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 1)),
        }
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

    /// The fields that text of this scope is looked for in, with their weights.
    fn scope(&self, scope: Scope) -> Vec<(Field, f32)> {
        let fields = self.fields;
        match scope {
            Scope::Title => vec![(fields.title, 1.0)],
            Scope::Everything => {
                vec![(fields.body, 1.0), (fields.labels, 2.0), (fields.title, 2.5), (fields.id, 4.0)]
            }
        }
    }

    fn word(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        let scope = self.scope(text.scope);
        match parts.as_slice() {
            [] => match pieces.first() {
                Some(tail) => self.completed(&tail.text, &scope),
                None => Ok(Word { query: Box::new(EmptyQuery), documents: 0 }),
            },
            [one] => self.single(&text.text, &one.text, &scope),
            parts => self.identifier(text, &pieces, parts, &scope),
        }
    }

    /// A word on its own: as typed, in its other forms, or as it was probably meant.
    fn single(&mut self, typed: &str, word: &str, scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let dictionary = Dictionary::new(self.searcher, self.fields.body);
        let mut exact = 0;
        for &(field, _) in scope {
            exact = exact.max(self.searcher.doc_freq(&Term::from_field_text(field, word))?);
        }
        let forms = dictionary.forms(word, self.stemmers)?;
        let known = exact + forms.iter().map(|form| form.documents).sum::<u64>();
        let mut variants = vec![(Indexed { word: word.to_owned(), documents: exact }, 1.0)];
        variants.extend(forms.into_iter().map(|form| (form, FORM_BOOST)));
        if known <= RARE {
            let mut spellings = dictionary.spellings(word)?;
            spellings.retain(|it| known == 0 || it.documents >= MUCH_MORE * known);
            if !spellings.is_empty() {
                let used = spellings.iter().map(|it| it.word.clone()).collect();
                self.corrections.push(Correction { word: typed.to_owned(), used });
            }
            variants.extend(spellings.into_iter().map(|spelling| (spelling, SPELLING_BOOST)));
        }
        self.variants(&variants, scope)
    }

    /// One of several indexed words in one of several fields; the best counts.
    fn variants(&mut self, variants: &[(Indexed, f32)], scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let mut parts: Vec<AnyQuery> = Vec::new();
        let mut documents = 0;
        for &(field, field_boost) in scope {
            let mut found = Vec::new();
            for (variant, boost) in variants {
                let term = Term::from_field_text(field, &variant.word);
                let frequency = self.searcher.doc_freq(&term)?;
                if frequency > 0 {
                    found.push((term, frequency, *boost));
                }
            }
            let together = found.iter().map(|it| it.1).sum::<u64>();
            documents = documents.max(together);
            for (term, _, boost) in found {
                self.statistics.set_group(term.clone(), together);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                parts.push(Box::new(BoostQuery::new(Box::new(query), boost * field_boost)));
            }
        }
        let weight = self.statistics.weight(documents);
        for (variant, boost) in variants {
            self.matcher.add_word(&variant.word, weight * boost);
        }
        Ok(Word { query: best_of(parts), documents })
    }

    /// An identifier: whole, or its parts one after the other; where a part is unknown, all its parts anywhere.
    fn identifier(
        &mut self,
        text: &Text,
        pieces: &[Piece],
        parts: &[&Piece],
        scope: &[(Field, f32)],
    ) -> tantivy::Result<Word> {
        let mut queries: Vec<AnyQuery> = Vec::new();
        let mut rarest = u64::MAX;
        for part in parts {
            let mut known = 0;
            for &(field, _) in scope {
                known = known.max(self.searcher.doc_freq(&Term::from_field_text(field, &part.text))?);
            }
            rarest = rarest.min(known);
        }
        if let Some(whole) = pieces.iter().find(|piece| piece.kind == TokenKind::Whole) {
            for &(field, boost) in scope {
                let term = Term::from_field_text(field, &whole.text);
                if self.searcher.doc_freq(&term)? > 0 {
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    queries.push(Box::new(BoostQuery::new(Box::new(query), boost)));
                }
            }
        }
        if rarest > 0 {
            queries.extend(self.phrase_of(parts, scope));
            self.matcher
                .add_phrase(parts.iter().map(|part| part.text.clone()).collect(), self.statistics.weight(rarest));
        } else if queries.is_empty() {
            let mut clauses = Vec::new();
            for part in parts {
                clauses.push((Occur::Must, self.single(&text.text[part.span.clone()], &part.text, scope)?.query));
            }
            queries.push(Box::new(BooleanQuery::new(clauses)));
        }
        Ok(Word { query: best_of(queries), documents: rarest })
    }

    fn phrase(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        let scope = self.scope(text.scope);
        if let [one] = parts.as_slice() {
            let exact = Indexed { word: one.text.clone(), documents: 0 };
            return self.variants(&[(exact, 1.0)], &scope);
        }
        if parts.is_empty() {
            return self.word(&Text { form: Form::Word, ..text.clone() });
        }
        let queries = self.phrase_of(&parts, &scope);
        self.matcher.add_phrase(parts.iter().map(|part| part.text.clone()).collect(), self.statistics.weight(1));
        Ok(Word { query: best_of(queries), documents: 1 })
    }

    fn phrase_of(&self, parts: &[&Piece], scope: &[(Field, f32)]) -> Vec<AnyQuery> {
        let first = parts.first().map_or(0, |part| part.position);
        scope
            .iter()
            .map(|&(field, boost)| {
                let terms = parts.iter().map(|part| (part.position - first, Term::from_field_text(field, &part.text)));
                let query: AnyQuery = Box::new(PhraseQuery::new_with_offset(terms.collect()));
                Box::new(BoostQuery::new(query, boost)) as AnyQuery
            })
            .collect()
    }

    fn prefix(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let scope = self.scope(text.scope);
        // Of an identifier the whole is completed; of a plain word the word.
        let start = pieces.iter().find(|it| it.kind == TokenKind::Whole).or_else(|| pieces.first());
        match start {
            Some(start) => self.completed(&start.text, &scope),
            None => Ok(Word { query: Box::new(EmptyQuery), documents: 0 }),
        }
    }

    fn completed(&mut self, start: &str, scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let dictionary = Dictionary::new(self.searcher, scope.first().map_or(self.fields.body, |it| it.0));
        if let Some(words) = dictionary.completions(start, SCORED_COMPLETIONS)?
            && scope.len() == 1
        {
            let variants: Vec<_> = words.into_iter().map(|word| (word, 1.0)).collect();
            self.matcher.add_prefix(start, 1.0);
            return self.variants(&variants, scope);
        }
        let weight = self.statistics.weight(self.statistics.documents() / 10);
        self.matcher.add_prefix(start, weight);
        let mut queries: Vec<AnyQuery> = Vec::new();
        for &(field, boost) in scope {
            let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, start), 0, false);
            queries.push(Box::new(ConstScoreQuery::new(Box::new(query), boost * weight)));
        }
        Ok(Word { query: best_of(queries), documents: self.statistics.documents() / 10 })
    }

    fn filter(&self, filter: &Filter) -> tantivy::Result<AnyQuery> {
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
            Filter::Path(text) => {
                let pattern = format!(".*{}.*", escape(text));
                of_documents(Box::new(RegexQuery::from_pattern(&pattern, self.fields.path)?))
            }
            Filter::Days(from, to) => {
                let day = |day| Bound::Included(Term::from_field_i64(self.fields.date, day));
                of_documents(Box::new(RangeQuery::new(day(*from), day(*to))))
            }
        })
    }

    fn fact(&self, fact: &str) -> AnyQuery {
        let term = Term::from_field_text(self.fields.facts, fact);
        Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
    }

    /// Returns the condition that a document has one of these facts.
    pub(crate) fn one_of(&self, list: Vec<String>) -> tantivy::Result<AnyQuery> {
        self.filter(&Filter::Facts(list))
    }
}

fn best_of(mut queries: Vec<AnyQuery>) -> AnyQuery {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, TIE_BREAKER)),
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
