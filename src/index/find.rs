//! Looks documents up by id, path or name.

use tantivy::Term;
use tantivy::query::{Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::answer::{DocumentSummary, Sort};
use super::error::IndexError;
use super::facts;
use super::links::{at_path, with_id};
use super::names::{NameField, known_names};
use super::open::OpenIndex;
use super::records::file_records;
use super::search::{Collect, Snapshot, load};
use super::text::fold;
use crate::model::file_name;

/// Most documents returned for one key.
const MAX_FOUND: usize = 50;
/// Names offered for a key that leads to nothing.
const MAX_NEAREST: usize = 5;

/// Returns the documents whose id, path, file name or file stem is `key`, without regard to case, sorted by path. Where
/// `key` is the own id of just one document, those that name it as the id of their incident are left out.
pub(crate) fn find(open: &OpenIndex, key: &str) -> Result<Vec<DocumentSummary>, IndexError> {
    let path = key.trim_start_matches("./");
    let same = |path: &str, key: &str| fold(path) == fold(key);
    let exact = at_path(open, path)?;
    if !exact.is_empty() {
        return Ok(exact);
    }
    let id =
        TermQuery::new(Term::from_field_text(open.fields.facts, &facts::document("id", key)), IndexRecordOption::Basic);
    let mut by_id = run(open, Box::new(id))?;
    let own = |it: &DocumentSummary| it.id.as_deref().is_some_and(|id| same(id.trim(), key.trim()));
    if by_id.iter().filter(|it| own(it)).count() == 1 {
        by_id.retain(own);
    }
    if !by_id.is_empty() {
        return Ok(by_id);
    }
    let fail = |error| open.fail(error);
    let searcher = open.searcher();
    let records = file_records(&searcher).map_err(fail)?;
    let stem = |path: &str| file_name(path).split('.').next().unwrap_or_default().to_owned();
    let tests: [&dyn Fn(&str) -> bool; 3] =
        [&|it| same(it, path), &|it| same(file_name(it), path), &|it| same(&stem(it), path)];
    for test in tests {
        let found = records.iter().filter(|record| test(&record.path)).take(MAX_FOUND);
        let found: Vec<DocumentSummary> = found
            .map(|record| load(open, &searcher, record.address).map(|stored| stored.summary))
            .collect::<tantivy::Result<_>>()
            .map_err(fail)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Returns the ids and paths nearest to `key`, best first.
pub(crate) fn nearest(open: &OpenIndex, key: &str) -> Result<Vec<String>, IndexError> {
    let fail = |error| open.fail(error);
    let searcher = open.searcher();
    let wanted = fold(key);
    let mut names: Vec<(f64, String)> = Vec::new();
    let mut offer = |shown: String, compared: &str| {
        let likeness = strsim::jaro_winkler(&fold(compared), &wanted);
        if likeness > 0.8 {
            names.push((likeness, shown));
        }
    };
    for record in file_records(&searcher).map_err(fail)? {
        let stem = file_name(&record.path).split('.').next().unwrap_or_default().to_owned();
        offer(record.path, &stem);
    }
    for id in ids(open)? {
        offer(id.to_uppercase(), &id);
    }
    let is_path = |name: &str| name.contains(['/', '.']);
    names.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| is_path(&a.1).cmp(&is_path(&b.1))).then_with(|| a.1.cmp(&b.1))
    });
    names.dedup_by(|a, b| a.1 == b.1);
    let (mut nearest, mut told) = (Vec::new(), Vec::new());
    for (_, name) in names {
        let documents = if is_path(&name) {
            vec![name.clone()]
        } else {
            with_id(open, &name)?.into_iter().map(|it| it.path).collect()
        };
        // One that has an id that is as near goes by it.
        if documents.iter().any(|path| !told.contains(path)) {
            nearest.push(name);
            told.extend(documents);
        }
        if nearest.len() == MAX_NEAREST {
            break;
        }
    }
    Ok(nearest)
}

/// Returns those of `paths` that the index does not know.
pub(crate) fn not_indexed(open: &OpenIndex, paths: &[String]) -> Result<Vec<String>, IndexError> {
    let records = file_records(&open.searcher()).map_err(|error| open.fail(error))?;
    let known = |path: &String| records.binary_search_by(|record| record.path.as_str().cmp(path)).is_ok();
    Ok(paths.iter().filter(|path| !known(path)).cloned().collect())
}

/// Returns every id that a document has or names as that of its incident, folded and sorted.
pub(crate) fn ids(open: &OpenIndex) -> Result<Vec<String>, IndexError> {
    known_names(open, NameField::Id).map_err(|error| open.fail(error))
}

fn run(open: &OpenIndex, query: Box<dyn Query>) -> Result<Vec<DocumentSummary>, IndexError> {
    let searcher = open.searcher();
    let collect = |snapshot| searcher.search(query.as_ref(), &Collect::hits(&snapshot, Sort::Date, MAX_FOUND));
    let collected = Snapshot::of(open, &searcher).and_then(collect).map_err(|error| open.fail(error))?;
    let mut found: Vec<DocumentSummary> = collected
        .hits
        .iter()
        .map(|ranked| load(open, &searcher, ranked.address).map(|stored| stored.summary))
        .collect::<tantivy::Result<_>>()
        .map_err(|error| open.fail(error))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
