//! From a request to an answer: understand, search strictly, loosen where little is found, load what is shown.

use std::sync::Arc;

use tantivy::error::DataCorruption;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Field, OwnedValue};
use tantivy::{DocAddress, Searcher, TantivyError};

use super::collect::{Collect, Collected, Ranked};
use super::compile::{Compiler, Demand, Prepared};
use super::expand::Dictionary;
use super::facets::{self, FacetValues};
use super::highlight::{Finder, Matcher};
use super::snapshot::Snapshot;
use crate::index::answer::{Facet, FacetField, Hit, SearchRequest, SearchResults, Sort};
use crate::index::codes::days;
use crate::index::entry::StoredData;
use crate::index::error::IndexError;
use crate::index::facts;
use crate::index::living::Living;
use crate::index::open::OpenIndex;
use crate::index::query::{self, Filter, Reading};

/// Hits below which a looser reading of the query is tried as well: documents with some of the words fill the first
/// page, those with all of them weigh more.
const FEW: usize = 10;
/// In a small knowledge base a page would hold nearly everything: one of so many documents is enough there.
const PART_SHOWN: u64 = 10;
/// What is said where one field of a query cannot be meant as one, and nothing is found while the others are.
const ALL_WORDS: &str = "Nothing meets the conditions of this query, so all of it was searched for as words.";
/// Days since 1970 that no document is outside of.
const FIRST_DAY: i64 = i32::MIN as i64;
const LAST_DAY: i64 = i32::MAX as i64;

/// Answers `request` from `searcher`.
pub(crate) fn search(open: &OpenIndex, request: &SearchRequest) -> Result<SearchResults, IndexError> {
    let searcher = open.searcher();
    let parsed = understand(open, &searcher, &request.query, Reading::Forgiving)?;
    let run = |parsed: &query::Parsed| {
        let results = Search::new(open, &searcher, request).and_then(|search| search.run(&parsed.root));
        results.map_err(|error| open.fail(error))
    };
    let mut results = run(&parsed)?;
    results.notices.extend(parsed.notices);
    if results.total == 0 && parsed.loosened {
        let words = run(&understand(open, &searcher, &request.query, Reading::Words)?)?;
        if words.total > 0 {
            let told = std::mem::replace(&mut results, words).notices;
            results.notices.extend(told.into_iter().chain([ALL_WORDS.to_owned()]));
        }
    }
    Ok(results)
}

/// Reads a query; which front-matter keys there are is looked up.
pub(crate) fn understand(
    open: &OpenIndex,
    searcher: &Searcher,
    query: &str,
    reading: Reading,
) -> Result<query::Parsed, IndexError> {
    let living = Living::of(open, searcher);
    let facts = Dictionary::new(searcher, &living, open.fields.facts);
    // A dictionary that cannot be read fails again, loudly, in the search itself.
    let has = |start: String| facts.has_any(&start).unwrap_or(false);
    let has_key = |path: &str| has(facts::front_matter(path, "")) || has(facts::front_matter_below(path));
    let mut parsed = query::parse(query, &has_key, &open.conventions.severities, reading)?;
    if let Some(names) = &open.tag_names {
        parsed.root.rename_facts(&facts::document("tag", ""), &|name| facts::document("tag", &names(name)));
    }
    Ok(parsed)
}

pub(super) struct Search<'a> {
    open: &'a OpenIndex,
    searcher: &'a Searcher,
    snapshot: Arc<Snapshot>,
    /// What is counted, where that is wanted.
    facets: Option<Arc<FacetValues>>,
    request: &'a SearchRequest,
}

/// One attempt at a query.
struct Attempt {
    query: Box<dyn Query>,
    collected: Collected,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        open: &'a OpenIndex,
        searcher: &'a Searcher,
        request: &'a SearchRequest,
    ) -> tantivy::Result<Self> {
        let facets = request.with_facets.then(|| FacetValues::of(open, searcher)).transpose()?;
        Ok(Self { open, searcher, snapshot: Snapshot::of(open, searcher)?, facets, request })
    }

    fn run(&self, root: &query::Node) -> tantivy::Result<SearchResults> {
        let mut compiler = Compiler::new(self.open, self.searcher, &self.snapshot);
        let prepared = compiler.prepare(root)?;
        let mut best = self.attempt(&compiler, &prepared, Demand::All)?;
        let mut relaxed = false;
        let all_words = best.collected.total;
        // In the order of days a document with some of the words would stand anywhere.
        let some = usize::try_from(compiler.statistics.documents() / PART_SHOWN).unwrap_or(FEW);
        let few = if self.request.sort == Sort::Relevance { some.clamp(1, FEW) } else { 1 };
        let mut found = self.found(&compiler, &best)?;
        for demand in [Demand::Half, Demand::Any] {
            // Where nothing is left of many, some of the words are better than no document at all.
            let is_enough = found >= few && best.collected.total > 0;
            if is_enough || !prepared.can_relax {
                break;
            }
            let looser = self.attempt(&compiler, &prepared, demand)?;
            let more = self.found(&compiler, &looser)?;
            if more > found && (found < few || looser.collected.total > 0) {
                (best, found, relaxed) = (looser, more, true);
            }
        }
        let Attempt { query, collected } = best;
        let tags: Vec<&str> = if relaxed { prepared.tags().collect() } else { Vec::new() };
        let by_tag = (!tags.is_empty()).then(|| format!("Also found by root cause: {}.", tags.join(", ")));
        let facets = match &self.facets {
            Some(values) => self.count(values, &compiler, query.as_ref(), &collected)?,
            None => Vec::new(),
        };
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
        let chosen = self.with_choices(compiler, query.as_ref(), &|_| true)?;
        let sort = match self.request.sort {
            Sort::Relevance if !compiler.has_text => Sort::Date,
            sort => sort,
        };
        let limit = self.request.offset.saturating_add(self.request.limit);
        let collect = Collect::hits(&self.snapshot, sort, limit).counting(self.facets.as_ref());
        let collected =
            self.searcher.search_with_statistics_provider(chosen.as_ref(), &collect, &compiler.statistics)?;
        Ok(Attempt { query, collected })
    }

    /// Returns how many documents an attempt finds without the chosen facet values. By these it is judged, so that a
    /// value that is chosen among others never widens the list.
    fn found(&self, compiler: &Compiler<'_>, attempt: &Attempt) -> tantivy::Result<usize> {
        if self.request.facets.iter().all(|(_, values)| values.is_empty()) {
            return Ok(attempt.collected.total);
        }
        let unchosen = self.with_choices(compiler, attempt.query.as_ref(), &|_| false)?;
        let collect = Collect::hits(&self.snapshot, Sort::Date, 0);
        Ok(self.searcher.search(unchosen.as_ref(), &collect)?.total)
    }

    fn choice(&self, field: FacetField) -> Option<&[String]> {
        let chosen = self.request.facets.iter().find(|(it, values)| *it == field && !values.is_empty());
        chosen.map(|(_, values)| values.as_slice())
    }

    fn days(&self) -> Option<Filter> {
        let (from, to) = self.request.days;
        (from.is_some() || to.is_some()).then(|| Filter::Days(from.map_or(FIRST_DAY, days), to.map_or(LAST_DAY, days)))
    }

    /// Adds the chosen days to a query, and the chosen values of the facets that are `taken`.
    pub(super) fn with_choices(
        &self,
        compiler: &Compiler<'_>,
        query: &dyn Query,
        taken: &dyn Fn(FacetField) -> bool,
    ) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = vec![(Occur::Must, query.box_clone())];
        for (field, values) in &self.request.facets {
            if taken(*field) && !values.is_empty() {
                let list = values.iter().map(|value| facets::fact(*field, value)).collect();
                clauses.push((Occur::Must, compiler.one_of(list)?));
            }
        }
        if let Some(filter) = self.days() {
            clauses.push((Occur::Must, compiler.filter(&filter)?));
        }
        Ok(if clauses.len() == 1 { query.box_clone() } else { Box::new(BooleanQuery::new(clauses)) })
    }

    /// Returns every facet; a chosen field is counted as if it were not chosen.
    fn count(
        &self,
        values: &Arc<FacetValues>,
        compiler: &Compiler<'_>,
        query: &dyn Query,
        collected: &Collected,
    ) -> tantivy::Result<Vec<Facet>> {
        let facet = |field| {
            if self.choice(field).is_none() {
                return Ok(values.facet(field, &collected.counts));
            }
            let without = self.with_choices(compiler, query, &|it| it != field)?;
            let collect = Collect::hits(&self.snapshot, Sort::Date, 0).counting(Some(values));
            Ok(values.facet(field, &self.searcher.search(without.as_ref(), &collect)?.counts))
        };
        FacetField::ALL.into_iter().map(facet).collect()
    }
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
    let mut texts: Texts = searcher.doc(address)?;
    serde_json::from_str(&texts.first(open.fields.data)).map_err(|error| unreadable(&error))
}

/// The texts that the store holds of a file, read into no other form first.
struct Texts(Vec<(Field, String)>);

impl Texts {
    /// Takes the first text of a field out.
    fn first(&mut self, field: Field) -> String {
        let text = self.0.iter_mut().find(|(of, _)| *of == field);
        text.map(|(_, text)| std::mem::take(text)).unwrap_or_default()
    }
}

impl DocumentDeserialize for Texts {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut stored: D) -> Result<Self, DeserializeError> {
        let mut texts = Vec::with_capacity(stored.size_hint());
        while let Some((field, value)) = stored.next_field()? {
            if let OwnedValue::Str(text) = value {
                texts.push((field, text));
            }
        }
        Ok(Self(texts))
    }
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
