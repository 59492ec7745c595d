//! What ties a document to others, and which others have it too. The cost grows with the documents that share
//! something rare, not with the knowledge base.

mod clues;
mod shared;
mod spot;

use std::collections::HashSet;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use super::answer::{DocumentSummary, Sort};
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::search::{Collect, Statistics, Wanted, load};
use super::text::TokenKind;
use crate::model::Kind;
use crate::parse::Parsed;

pub(crate) use clues::ClueKind;
use clues::clues;
use shared::Scan;

/// Documents looked at closely.
const MAX_CANDIDATES: usize = 40;
/// A folder with more files is a registry, not the record of one incident.
const MAX_SIBLINGS: usize = 24;
/// What a reference weighs when candidates are chosen: no number of shared words pushes one out.
const REFERENCE: f32 = 1000.0;

/// What ties a document to others besides its text.
#[derive(Debug, Default)]
pub(crate) struct Kin {
    /// Paths it refers to.
    pub(crate) paths: Vec<String>,
    /// Ids it refers to.
    pub(crate) ids: Vec<String>,
    /// Ids of its own incident.
    pub(crate) own_ids: Vec<String>,
    /// What others may call it by.
    pub(crate) names: Vec<String>,
}

/// A document that shares something with the one asked about.
#[derive(Debug)]
pub(crate) struct Evidence {
    pub(crate) summary: DocumentSummary,
    pub(crate) text: String,
    /// What both have: how it is written, and how much it tells.
    pub(crate) shared: Vec<(ClueKind, String, f32)>,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Documents that share something, most promising first.
    pub(crate) candidates: Vec<Evidence>,
    /// Files of the same folder and documents with the same id, those of the candidates left out.
    pub(crate) siblings: Vec<Evidence>,
    /// What a reference tells: as much as the rarest fact could.
    pub(crate) reference_weight: f32,
}

/// Finds the documents that share something with `parsed`, which need not be in the index.
pub(crate) fn evidence(open: &OpenIndex, parsed: &Parsed, kin: &Kin) -> Result<Found, IndexError> {
    let searcher = open.searcher();
    run(open, &searcher, parsed, kin).map_err(|error| open.fail(error))
}

fn run(open: &OpenIndex, searcher: &Searcher, parsed: &Parsed, kin: &Kin) -> tantivy::Result<Found> {
    let statistics = Statistics::new(searcher, searcher.doc_freq(&fact(open, "type", "document"))?);
    let clues = clues(open, searcher, parsed, kin, &statistics)?;
    let mut wanted: Vec<Box<dyn Query>> = clues.iter().map(|clue| boosted(clue.query(open), clue.weight)).collect();
    wanted.extend(references(open, kin));
    let own = &parsed.document.path;
    let addresses = best(open, searcher, wanted, own, MAX_CANDIDATES)?;
    let siblings = best(open, searcher, siblings(open, searcher, parsed, kin)?, own, MAX_SIBLINGS)?;
    let scan = Scan::new(&clues);
    let look = |address: &DocAddress| look(open, searcher, *address, &scan);
    let known: HashSet<&DocAddress> = addresses.iter().collect();
    Ok(Found {
        candidates: addresses.iter().map(look).collect::<tantivy::Result<_>>()?,
        siblings: siblings.iter().filter(|it| !known.contains(it)).map(look).collect::<tantivy::Result<_>>()?,
        reference_weight: statistics.weight(1),
    })
}

fn fact(open: &OpenIndex, key: &str, value: &str) -> Term {
    Term::from_field_text(open.fields.facts, &facts::document(key, value))
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(query, 1.0)), weight))
}

/// The documents that this one refers to, and those that name it.
fn references(open: &OpenIndex, kin: &Kin) -> Vec<Box<dyn Query>> {
    let term = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
    let paths = kin.paths.iter().map(|path| term(Term::from_field_text(open.fields.path, path)));
    let ids = kin.ids.iter().map(|id| term(fact(open, "id", id)));
    let names = kin.names.iter().map(|name| Wanted::new(open, name, TokenKind::Whole).query());
    paths.chain(ids).chain(names).map(|query| boosted(query, REFERENCE)).collect()
}

/// The files of the same folder where it is small, and the documents with an id of the same incident.
fn siblings(open: &OpenIndex, searcher: &Searcher, parsed: &Parsed, kin: &Kin) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let mut queries: Vec<Box<dyn Query>> = Vec::new();
    for id in &kin.own_ids {
        queries.push(Box::new(TermQuery::new(fact(open, "id", id), IndexRecordOption::Basic)));
    }
    let Some((folder, _)) = parsed.document.path.rsplit_once('/') else { return Ok(queries) };
    let mut paths = Vec::new();
    let start = format!("{folder}/");
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(open.fields.path)?;
        let mut terms = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while terms.advance() && terms.key().starts_with(start.as_bytes()) {
            paths.push(String::from_utf8_lossy(terms.key()).into_owned());
            if paths.len() > MAX_SIBLINGS {
                return Ok(queries);
            }
        }
    }
    for path in &paths {
        let path = Term::from_field_text(open.fields.path, path);
        queries.push(Box::new(TermQuery::new(path, IndexRecordOption::Basic)));
    }
    Ok(queries)
}

/// Returns the best documents that match any of `queries`: no index pages and process notes, and not `own`.
fn best(
    open: &OpenIndex,
    searcher: &Searcher,
    queries: Vec<Box<dyn Query>>,
    own: &str,
    limit: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let basic = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
    let any = BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect());
    let query = BooleanQuery::new(vec![
        (Occur::Must, Box::new(any)),
        (Occur::Must, Box::new(ConstScoreQuery::new(basic(fact(open, "type", "document")), 0.0))),
        (Occur::MustNot, basic(fact(open, "kind", Kind::Other.as_str()))),
        (Occur::MustNot, basic(Term::from_field_text(open.fields.path, own))),
    ]);
    let collect = Collect { sort: Sort::Relevance, limit, facets: Vec::new() };
    Ok(searcher.search(&query, &collect)?.hits.into_iter().map(|hit| hit.address).collect())
}

fn look(open: &OpenIndex, searcher: &Searcher, address: DocAddress, scan: &Scan<'_>) -> tantivy::Result<Evidence> {
    let stored = load(open, searcher, address)?;
    let shared = scan.shared(&stored.data.summary, &stored.text);
    let shared = shared.into_iter().map(|(clue, weight)| (clue.kind, clue.written.clone(), weight));
    Ok(Evidence { shared: shared.collect(), summary: stored.data.summary, text: stored.text })
}
