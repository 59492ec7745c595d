//! What ties a document to others, and which others have it too. The cost grows with the documents that share
//! something rare, not with the knowledge base.

mod clues;
mod shared;
mod spot;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use super::answer::{DocumentSummary, Sort};
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::search::{Collect, Statistics, languages, load};
use super::text::Stemmers;
use crate::model::Kind;
use crate::parse::Parsed;

pub(crate) use clues::ClueKind;
use clues::clues;
use shared::Scan;

/// Documents looked at closely.
const MAX_CANDIDATES: usize = 40;
/// What a reference weighs when candidates are chosen: no number of shared words pushes one out.
const REFERENCE: f32 = 1000.0;

/// What ties a document to others besides its text.
#[derive(Debug, Default)]
pub(crate) struct Kin {
    /// Paths it refers to.
    pub(crate) paths: Vec<String>,
    /// Ids and file names it refers to.
    pub(crate) names: Vec<String>,
    /// What others refer to it by: its ids, its path, its file name.
    pub(crate) own: Vec<String>,
}

/// Something that two documents share.
#[derive(Debug)]
pub(crate) struct Tie {
    pub(crate) kind: ClueKind,
    /// How it is written in the document asked about.
    pub(crate) written: String,
    /// How much it tells.
    pub(crate) weight: f32,
    /// It is what one of the two is about: it stands in a title or in the root cause of the one asked about.
    pub(crate) is_subject: bool,
}

/// A document that shares something with the one asked about.
#[derive(Debug)]
pub(crate) struct Evidence {
    pub(crate) summary: DocumentSummary,
    pub(crate) text: String,
    /// What both have.
    pub(crate) shared: Vec<Tie>,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Documents that share something, most promising first.
    pub(crate) candidates: Vec<Evidence>,
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
    let stemmers = languages(searcher)?;
    let stemmers = Stemmers::new(stemmers.iter().map(String::as_str));
    let scan = Scan::new(&clues, &stemmers);
    let look = |address: &DocAddress| look(open, searcher, *address, &scan);
    Ok(Found {
        candidates: addresses.iter().map(look).collect::<tantivy::Result<_>>()?,
        reference_weight: statistics.weight(1),
    })
}

fn fact(open: &OpenIndex, key: &str, value: &str) -> Term {
    Term::from_field_text(open.fields.facts, &facts::document(key, value))
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(query, 1.0)), weight))
}

/// The documents that this one refers to, and those that refer to it.
fn references(open: &OpenIndex, kin: &Kin) -> Vec<Box<dyn Query>> {
    let to = kin.names.iter().flat_map(|name| [fact(open, "id", name), fact(open, "name", name)]);
    let from = kin.own.iter().map(|name| fact(open, "ref", name));
    let paths = kin.paths.iter().map(|path| Term::from_field_text(open.fields.path, path));
    let term = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
    to.chain(from).chain(paths).map(|it| boosted(term(it), REFERENCE)).collect()
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
    Ok(Evidence { shared, summary: stored.data.summary, text: stored.text })
}
