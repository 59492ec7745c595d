//! From a request to an answer: understand, search strictly, loosen where little is found, load what is shown.

use std::collections::BTreeSet;

use tantivy::error::DataCorruption;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError};

use super::collect::{Collect, Collected, FacetValue, Ranked};
use super::compile::{Compiler, Demand, Prepared};
use super::expand::Dictionary;
use super::highlight::{Finder, Matcher};
use crate::index::answer::{Facet, FacetField, Hit, SearchRequest, SearchResults, Sort};
use crate::index::entry::{StoredData, days};
use crate::index::error::IndexError;
use crate::index::facts;
use crate::index::open::OpenIndex;
use crate::index::query::{self, Filter};
use crate::index::text::Stemmers;
use crate::model::{Kind, Severity, StatusState};

/// Hits below which a looser reading of the query is tried as well: documents with some of the words fill the first
/// page, those with all of them weigh more.
const FEW: usize = 10;
/// In a small knowledge base a page would hold nearly everything: one of so many documents is enough there.
const PART_SHOWN: u64 = 10;
/// Days since 1970 that no document is outside of.
const FIRST_DAY: i64 = i32::MIN as i64;
const LAST_DAY: i64 = i32::MAX as i64;
/// Most values of one facet.
const MAX_FACET_VALUES: usize = 50;

/// Answers `request` from `searcher`.
pub(crate) fn search(open: &OpenIndex, request: &SearchRequest) -> Result<SearchResults, IndexError> {
    let searcher = open.searcher();
    let stemmers = Stemmers::new(languages(&searcher).map_err(|error| open.fail(error))?.iter().map(String::as_str));
    let parsed = understand(open, &searcher, &request.query)?;
    let search = Search { open, searcher: &searcher, stemmers: &stemmers, request };
    let mut results = search.run(&parsed.root).map_err(|error| open.fail(error))?;
    results.notices.extend(parsed.notices);
    Ok(results)
}

/// Reads a query; which front-matter keys there are is looked up.
pub(super) fn understand(open: &OpenIndex, searcher: &Searcher, query: &str) -> Result<query::Parsed, IndexError> {
    let facts = Dictionary::new(searcher, open.fields.facts);
    // A dictionary that cannot be read fails again, loudly, in the search itself.
    let has = |start: String| facts.has_any(&start).unwrap_or(false);
    let has_key = |path: &str| has(facts::front_matter(path, "")) || has(facts::front_matter_below(path));
    let mut parsed = query::parse(query, &has_key)?;
    if let Some(names) = &open.tag_names {
        parsed.root.rename_facts(&facts::document("tag", ""), &|name| facts::document("tag", &names(name)));
    }
    Ok(parsed)
}

/// Returns the languages of the documents; English where none is known.
pub(crate) fn languages(searcher: &Searcher) -> tantivy::Result<BTreeSet<String>> {
    let mut languages = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str("language")? else { continue };
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            languages.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    if languages.is_empty() {
        languages.insert("en".to_owned());
    }
    Ok(languages)
}

struct Search<'a> {
    open: &'a OpenIndex,
    searcher: &'a Searcher,
    stemmers: &'a Stemmers,
    request: &'a SearchRequest,
}

/// One attempt at a query.
struct Attempt {
    query: Box<dyn Query>,
    collected: Collected,
}

impl Search<'_> {
    fn run(&self, root: &query::Node) -> tantivy::Result<SearchResults> {
        let mut compiler = Compiler::new(self.open, self.searcher, self.stemmers)?;
        let prepared = compiler.prepare(root)?;
        let mut best = self.attempt(&compiler, &prepared, Demand::All)?;
        let mut relaxed = false;
        let all_words = best.collected.total;
        // In the order of days a document with some of the words would stand anywhere.
        let some = usize::try_from(compiler.statistics.documents() / PART_SHOWN).unwrap_or(FEW);
        let few = if self.request.sort == Sort::Relevance { some.clamp(1, FEW) } else { 1 };
        for demand in [Demand::Half, Demand::Any] {
            if best.collected.total >= few || !prepared.can_relax {
                break;
            }
            let looser = self.attempt(&compiler, &prepared, demand)?;
            if looser.collected.total > best.collected.total {
                (best, relaxed) = (looser, true);
            }
        }
        let Attempt { query, collected } = best;
        let tags: Vec<&str> = if relaxed { prepared.tags().collect() } else { Vec::new() };
        let by_tag = (!tags.is_empty()).then(|| format!("Also found by root cause: {}.", tags.join(", ")));
        let facets =
            if self.request.with_facets { self.facets(&compiler, query.as_ref(), &collected)? } else { Vec::new() };
        let matcher = &compiler.matcher.ready();
        let page = collected.hits.iter().skip(self.request.offset);
        let hits = page.map(|ranked| load_hit(self.open, self.searcher, ranked, matcher, compiler.has_text));
        Ok(SearchResults {
            total: collected.total,
            all_words,
            hits: hits.collect::<tantivy::Result<_>>()?,
            facets,
            corrections: compiler.corrections,
            relaxed,
            notices: by_tag.into_iter().collect(),
        })
    }

    fn attempt(&self, compiler: &Compiler<'_>, prepared: &Prepared, demand: Demand) -> tantivy::Result<Attempt> {
        let query = prepared.query(demand);
        let chosen = self.with_choices(compiler, query.as_ref(), None)?;
        let sort = match self.request.sort {
            Sort::Relevance if !compiler.has_text => Sort::Date,
            sort => sort,
        };
        let free =
            FacetField::ALL.into_iter().filter(|field| self.request.with_facets && self.choice(*field).is_none());
        let limit = self.request.offset.saturating_add(self.request.limit);
        let collect = Collect { sort, limit, facets: free.collect() };
        let collected =
            self.searcher.search_with_statistics_provider(chosen.as_ref(), &collect, &compiler.statistics)?;
        Ok(Attempt { query, collected })
    }

    fn choice(&self, field: FacetField) -> Option<&[String]> {
        let chosen = self.request.facets.iter().find(|(it, values)| *it == field && !values.is_empty());
        chosen.map(|(_, values)| values.as_slice())
    }

    fn days(&self) -> Option<Filter> {
        let (from, to) = self.request.days;
        (from.is_some() || to.is_some()).then(|| Filter::Days(from.map_or(FIRST_DAY, days), to.map_or(LAST_DAY, days)))
    }

    /// Adds the chosen days and facet values to a query, all values but those of `left_out`.
    fn with_choices(
        &self,
        compiler: &Compiler<'_>,
        query: &dyn Query,
        left_out: Option<FacetField>,
    ) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = vec![(Occur::Must, query.box_clone())];
        for (field, values) in &self.request.facets {
            if Some(*field) != left_out && !values.is_empty() {
                let list = values.iter().map(|value| facet_fact(*field, value)).collect();
                clauses.push((Occur::Must, compiler.one_of(list)?));
            }
        }
        if let Some(filter) = self.days() {
            clauses.push((Occur::Must, compiler.filter(&filter)?));
        }
        Ok(if clauses.len() == 1 { query.box_clone() } else { Box::new(BooleanQuery::new(clauses)) })
    }

    /// Returns every facet; a chosen field is counted as if it were not chosen.
    fn facets(&self, compiler: &Compiler<'_>, query: &dyn Query, collected: &Collected) -> tantivy::Result<Vec<Facet>> {
        let mut facets = Vec::new();
        for field in FacetField::ALL {
            let values = if self.choice(field).is_some() {
                let without = self.with_choices(compiler, query, Some(field))?;
                let collect = Collect { sort: Sort::Date, limit: 0, facets: vec![field] };
                self.searcher.search(without.as_ref(), &collect)?.facets.remove(&field)
            } else {
                collected.facets.get(&field).cloned()
            };
            let values = values.unwrap_or_default().into_iter().collect();
            facets.push(Facet { field, values: named_values(field, values) });
        }
        Ok(facets)
    }
}

fn facet_fact(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Severity => {
            let level = (1..=5).filter_map(Severity::from_level).find(|it| it.word() == value);
            facts::document("severity", &level.map_or_else(|| value.to_owned(), |level| level.level().to_string()))
        }
        field => facts::document(field.as_str(), value),
    }
}

fn named_values(field: FacetField, mut values: Vec<(FacetValue, u64)>) -> Vec<(String, u64)> {
    match field {
        FacetField::Severity => values.sort(),
        FacetField::Year => values.sort_by(|a, b| b.cmp(a)),
        _ => values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
    }
    let name = |value: FacetValue| match (field, value) {
        (_, FacetValue::Text(text)) => text,
        (FacetField::Severity, FacetValue::Number(level)) => {
            let level = u8::try_from(level).ok().and_then(Severity::from_level);
            level.map_or_else(String::new, |level| level.word().to_owned())
        }
        (FacetField::Status, FacetValue::Number(at)) => {
            nth(&StatusState::ALL, at).map_or("", |it| it.as_str()).to_owned()
        }
        (FacetField::Kind, FacetValue::Number(at)) => nth(&Kind::ALL, at).map_or("", |it| it.as_str()).to_owned(),
        (_, FacetValue::Number(number)) => number.to_string(),
    };
    values.into_iter().take(MAX_FACET_VALUES).map(|(value, count)| (name(value), count)).collect()
}

fn nth<T: Copy>(all: &[T], at: i64) -> Option<T> {
    usize::try_from(at).ok().and_then(|at| all.get(at)).copied()
}

/// What is known of one file, and its text.
pub(crate) struct Opened {
    pub(crate) data: StoredData,
    pub(crate) text: String,
}

/// Loads what the store holds of a file and reads its text.
pub(crate) fn open_document(open: &OpenIndex, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Opened> {
    let data = load(open, searcher, address)?;
    let text = open.texts.as_ref().map_or_else(String::new, |texts| texts.text(&data.summary));
    Ok(Opened { data, text })
}

/// Loads what the store holds of a file.
pub(crate) fn load(open: &OpenIndex, searcher: &Searcher, address: DocAddress) -> tantivy::Result<StoredData> {
    let entry: TantivyDocument = searcher.doc(address)?;
    let data = entry.get_first(open.fields.data).and_then(|value| value.as_str()).unwrap_or_default();
    serde_json::from_str(data).map_err(|error| unreadable(&error))
}

/// Stored data that is not what was written.
pub(crate) fn unreadable(error: &serde_json::Error) -> TantivyError {
    DataCorruption::comment_only(format!("a stored document cannot be read: {error}")).into()
}

fn load_hit(
    open: &OpenIndex,
    searcher: &Searcher,
    ranked: &Ranked,
    matcher: &Finder<'_>,
    has_text: bool,
) -> tantivy::Result<Hit> {
    let opened = open_document(open, searcher, ranked.address)?;
    Ok(hit(opened.data, &opened.text, ranked.score, matcher, has_text))
}

/// Returns a hit with its best passage.
pub(crate) fn hit(data: StoredData, text: &str, score: f32, matcher: &Finder<'_>, has_text: bool) -> Hit {
    let passage = if has_text { matcher.passage(text) } else { Matcher::lead(text) };
    Hit { title_snippet: matcher.snippet(&data.summary.title), document: data.summary, score, passage }
}
