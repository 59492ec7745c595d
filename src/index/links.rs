//! Which documents refer to which: looked up by exact terms, so that a page costs the same however many there are.

use tantivy::{DocAddress, Searcher, Term};

use super::answer::DocumentSummary;
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::postings::having;
use super::search::{Snapshot, load};
use super::text::fold;
use crate::model::{ReferenceKey, file_name, name_of};

/// Most documents that one name is followed to.
const MAX_NAMED: usize = 20;
/// Most documents of one name whose paths are compared.
const MAX_ALIKE: usize = 200;

/// Returns the documents that a reference leads to: the file at a path; or those with an id, or else with a file name.
pub(crate) fn resolve(open: &OpenIndex, key: &ReferenceKey) -> Result<Vec<DocumentSummary>, IndexError> {
    match key {
        ReferenceKey::Path(path) => at_path(open, path),
        ReferenceKey::Name(name) => {
            let by_id = with_id(open, name)?;
            if by_id.is_empty() { by_fact(open, "name", &[name], MAX_NAMED) } else { Ok(by_id) }
        }
    }
}

/// Returns the file at a path, where there is one.
pub(crate) fn at_path(open: &OpenIndex, path: &str) -> Result<Vec<DocumentSummary>, IndexError> {
    files(open, &[open.fields.path_term(path)], 1)
}

/// Returns the documents that carry `id` as their own or as that of their incident.
pub(crate) fn with_id(open: &OpenIndex, id: &str) -> Result<Vec<DocumentSummary>, IndexError> {
    by_fact(open, "id", &[id], MAX_NAMED)
}

/// Returns those of `keys` (paths, ids, names) that lead to no document, without regard to case.
pub(crate) fn leading_nowhere(open: &OpenIndex, keys: &[String]) -> Result<Vec<String>, IndexError> {
    let mut lost = Vec::new();
    for key in keys {
        if !leads_somewhere(open, key)? {
            lost.push(key.clone());
        }
    }
    Ok(lost)
}

fn leads_somewhere(open: &OpenIndex, key: &str) -> Result<bool, IndexError> {
    if !at_path(open, key)?.is_empty() || !with_id(open, key)?.is_empty() {
        return Ok(true);
    }
    // Most files that are named like their id are known by the id alone.
    let (stem, key) = (name_of(key), fold(key));
    let mut alike = by_fact(open, "name", &[stem], MAX_ALIKE)?;
    alike.extend(by_fact(open, "id", &[stem], MAX_ALIKE)?);
    let is_meant = |path: &str| [path, file_name(path), name_of(path)].contains(&key.as_str());
    Ok(alike.iter().any(|it| is_meant(&fold(&it.path))))
}

/// Returns at most `limit` documents that refer to one of `names` (ids, paths, file names), sorted by path.
pub(crate) fn referring(open: &OpenIndex, names: &[&str], limit: usize) -> Result<Vec<DocumentSummary>, IndexError> {
    by_fact(open, "ref", names, limit)
}

fn by_fact(open: &OpenIndex, key: &str, values: &[&str], limit: usize) -> Result<Vec<DocumentSummary>, IndexError> {
    let term = |value: &&str| Term::from_field_text(open.fields.facts, &facts::document(key, value));
    let terms: Vec<Term> = values.iter().map(term).collect();
    files(open, &terms, limit)
}

fn files(open: &OpenIndex, terms: &[Term], limit: usize) -> Result<Vec<DocumentSummary>, IndexError> {
    let searcher = open.searcher();
    let read = || -> tantivy::Result<Vec<DocumentSummary>> {
        let snapshot = Snapshot::of(open, &searcher)?;
        let addresses = addresses(&searcher, &snapshot, terms, limit)?;
        addresses.into_iter().map(|at| load(open, &searcher, at).map(|stored| stored.summary)).collect()
    };
    read().map_err(|error| open.fail(error))
}

/// Returns the first files, by their paths, that have one of the terms, each once.
fn addresses(
    searcher: &Searcher,
    snapshot: &Snapshot,
    terms: &[Term],
    limit: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let mut docs = Vec::new();
        for term in terms {
            docs.extend(having(reader, term)?);
        }
        let at = |doc| Some((DocAddress::new(segment, doc), snapshot.file(DocAddress::new(segment, doc))?));
        let mut files: Vec<(DocAddress, u64)> = docs.into_iter().filter_map(at).collect();
        files.sort_unstable_by_key(|(_, file)| *file);
        files.dedup();
        found.extend(files.into_iter().take(limit).map(|(at, _)| at));
    }
    found.sort_by_cached_key(|at| snapshot.path(*at));
    found.truncate(limit);
    Ok(found)
}
