//! The account of every file, and the look-up of documents by id or path.

use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query, RegexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::model::Outcome;
use crate::parse::Parsed;
use crate::store::fs::Walk;

use super::answer::{DocumentSummary, FileProblem, IndexStatus, Sort};
use super::entry::problem;
use super::error::IndexError;
use super::facts;
use super::open::OpenIndex;
use super::plan::Plan;
use super::records::file_records;
use super::search::{Collect, load};
use super::text::fold;

/// Most documents returned for one key.
const MAX_FOUND: usize = 50;

/// Accounts for the files of `walk`; files that the index has not seen as they are now are counted as `behind` and
/// judged by `judge`.
pub(crate) fn status(
    open: Option<&OpenIndex>,
    walk: &Walk,
    judge: &dyn Fn(&str) -> (Outcome, Option<FileProblem>),
) -> Result<IndexStatus, IndexError> {
    let mut status = IndexStatus { found: walk.files.len() + walk.left_out.len(), ..IndexStatus::default() };
    let mut add = |outcome: Outcome| match outcome {
        Outcome::Parsed => status.parsed += 1,
        Outcome::Partial => status.partial += 1,
        Outcome::Rejected => status.rejected += 1,
    };
    let mut problems = Vec::new();
    let (records, searcher) = match open {
        Some(open) => {
            let searcher = open.searcher();
            (file_records(&searcher).map_err(|error| open.fail(error))?, Some(searcher))
        }
        None => (Vec::new(), None),
    };
    let plan = Plan::new(&walk.files, &records);
    for item in &plan.read {
        let (outcome, problem) = judge(&item.file.path);
        add(outcome);
        problems.extend(problem);
    }
    let mut unseen = plan.read.iter().map(|item| item.file.path.as_str()).peekable();
    let mut gone = plan.remove.iter().map(String::as_str).peekable();
    for record in &records {
        while unseen.next_if(|path| *path < record.path.as_str()).is_some() {}
        while gone.next_if(|path| *path < record.path.as_str()).is_some() {}
        if unseen.peek() == Some(&record.path.as_str()) || gone.peek() == Some(&record.path.as_str()) {
            continue;
        }
        add(record.outcome);
        if record.outcome != Outcome::Parsed
            && let (Some(open), Some(searcher)) = (open, &searcher)
        {
            let stored = load(open, searcher, record.address).map_err(|error| open.fail(error))?;
            let (line, reason) = stored.data.problem.unwrap_or_default();
            let outcome = if record.outcome == Outcome::Partial { "partial" } else { "rejected" };
            problems.push(FileProblem { path: record.path.clone(), outcome, line, reason });
        }
    }
    for left in &walk.left_out {
        let outcome = if left.rejected { "rejected" } else { "skipped" };
        *(if left.rejected { &mut status.rejected } else { &mut status.skipped }) += 1;
        problems.push(FileProblem { path: left.path.clone(), outcome, line: 0, reason: left.reason.clone() });
    }
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    status.problems = problems;
    status.behind = plan.read.len() + plan.remove.len();
    Ok(status)
}

/// Returns how well a file could be read that the index has not seen, and why not fully.
pub(crate) fn judge<E: std::error::Error>(read: Result<Parsed, E>, path: &str) -> (Outcome, Option<FileProblem>) {
    match read {
        Ok(parsed) => (parsed.document.outcome, problem(&parsed.document)),
        Err(error) => {
            let cause = error.source().map_or_else(|| error.to_string(), |cause| format!("cannot be read: {cause}"));
            let problem = FileProblem { path: path.to_owned(), outcome: "rejected", line: 0, reason: cause };
            (Outcome::Rejected, Some(problem))
        }
    }
}

/// Returns the documents whose id, path, file name or file stem is `key`, without regard to case, sorted by path.
pub(crate) fn find(open: &OpenIndex, key: &str) -> Result<Vec<DocumentSummary>, IndexError> {
    let id =
        TermQuery::new(Term::from_field_text(open.fields.facts, &facts::document("id", key)), IndexRecordOption::Basic);
    let by_id = run(open, Box::new(id))?;
    let path = key.trim_start_matches("./");
    let same = |path: &str, key: &str| fold(path) == fold(key);
    let exact: Vec<DocumentSummary> = run(open, Box::new(term(open, path)))?;
    if !exact.is_empty() {
        return Ok(exact);
    }
    if !by_id.is_empty() {
        return Ok(by_id);
    }
    let fail = |error| open.fail(error);
    let searcher = open.searcher();
    let records = file_records(&searcher).map_err(fail)?;
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let stem = |path: &str| name(path).split('.').next().unwrap_or_default().to_owned();
    let tests: [&dyn Fn(&str) -> bool; 3] =
        [&|it| same(it, path), &|it| same(&name(it), path), &|it| same(&stem(it), path)];
    for test in tests {
        let found = records.iter().filter(|record| test(&record.path)).take(MAX_FOUND);
        let found: Vec<DocumentSummary> = found
            .map(|record| load(open, &searcher, record.address).map(|stored| stored.data.summary))
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
        let name = record.path.rsplit('/').next().unwrap_or(&record.path).to_owned();
        let stem = name.split('.').next().unwrap_or_default().to_owned();
        offer(record.path, &stem);
    }
    let start = facts::document("id", "");
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(open.fields.facts).map_err(fail)?;
        let mut terms = index.terms().range().ge(start.as_bytes()).into_stream().map_err(|error| fail(error.into()))?;
        while terms.advance() && terms.key().starts_with(start.as_bytes()) {
            let id = String::from_utf8_lossy(&terms.key()[start.len()..]).into_owned();
            offer(id.to_uppercase(), &id);
        }
    }
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    names.dedup_by(|a, b| a.1 == b.1);
    Ok(names.into_iter().take(5).map(|(_, name)| name).collect())
}

fn term(open: &OpenIndex, path: &str) -> BooleanQuery {
    let path = TermQuery::new(Term::from_field_text(open.fields.path, path), IndexRecordOption::Basic);
    let file = RegexQuery::from_pattern("d:type=.*", open.fields.facts).expect("a fixed pattern is valid");
    BooleanQuery::new(vec![(Occur::Must, Box::new(path)), (Occur::Must, Box::new(file))])
}

fn run(open: &OpenIndex, query: Box<dyn Query>) -> Result<Vec<DocumentSummary>, IndexError> {
    let searcher = open.searcher();
    let collect = Collect { sort: Sort::Date, limit: MAX_FOUND, facets: Vec::new() };
    let collected = searcher.search(query.as_ref(), &collect).map_err(|error| open.fail(error))?;
    let mut found: Vec<DocumentSummary> = collected
        .hits
        .iter()
        .map(|ranked| load(open, &searcher, ranked.address).map(|stored| stored.data.summary))
        .collect::<tantivy::Result<_>>()
        .map_err(|error| open.fail(error))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
