//! The account of every file: found = parsed + partial + rejected + skipped.

use std::collections::HashSet;
use std::path::Path;

use tantivy::DocAddress;

use crate::config::Config;
use crate::model::Outcome;
use crate::parse::parse;
use crate::store::fs::{self, Walk};

use super::answer::{FileProblem, IndexStatus, Shortfall};
use super::entry::problem;
use super::error::IndexError;
use super::hash::content_hash;
use super::open::OpenIndex;
use super::plan::{Plan, ToRead};
use super::records::{FileRecord, file_records};
use super::search::load;

/// Accounts for the files of `walk`. What the index has not seen as it is now is read here and counted as `behind`.
pub(crate) fn status(
    open: Option<&OpenIndex>,
    root: &Path,
    config: &Config,
    walk: &Walk,
) -> Result<IndexStatus, IndexError> {
    let records = match open {
        Some(open) => file_records(&open.searcher()).map_err(|error| open.fail(error))?,
        None => Vec::new(),
    };
    let plan = Plan::new(&walk.files, &records);
    let mut account = Account::default();
    let mut elsewhere: HashSet<&str> = plan.remove.iter().map(String::as_str).collect();
    for item in &plan.read {
        match read_again(root, config, item) {
            Reading::AsKnown => {}
            Reading::Gone => {
                elsewhere.insert(&item.file.path);
                account.found_less += 1;
            }
            Reading::New(outcome, problem) => {
                elsewhere.insert(&item.file.path);
                account.behind += 1;
                account.add(outcome, problem);
            }
        }
    }
    for record in records.iter().filter(|record| !elsewhere.contains(record.path.as_str())) {
        account.add(record.outcome, stored_problem(open, record)?);
    }
    for left in &walk.left_out {
        account.leave_out(left);
    }
    let mut status = account.status;
    status.found = walk.files.len() + walk.left_out.len() - account.found_less;
    status.behind = account.behind + plan.remove.len();
    let (read_by, now) = (open.map(|open| open.read_by), config.read_by());
    status.taxonomy_changed = read_by.is_some_and(|it| it.taxonomy != now.taxonomy);
    status.reading_changed = read_by.is_some_and(|it| it.conventions != now.conventions);
    status.why_all_are_behind = read_by.and_then(|it| now.changed_from(it));
    if status.why_all_are_behind.is_some() {
        // Something else may be read from every file.
        status.behind = walk.files.len() + plan.remove.len();
    }
    status.problems.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(status)
}

#[derive(Default)]
struct Account {
    status: IndexStatus,
    behind: usize,
    /// Files that left the folder while it was looked at.
    found_less: usize,
}

impl Account {
    fn add(&mut self, outcome: Outcome, problem: Option<FileProblem>) {
        match outcome {
            Outcome::Parsed => self.status.parsed += 1,
            Outcome::Partial => self.status.partial += 1,
            Outcome::Rejected => self.status.rejected += 1,
        }
        self.status.problems.extend(problem);
    }

    fn leave_out(&mut self, left: &fs::LeftOut) {
        let (count, outcome) = if left.rejected.is_some() {
            (&mut self.status.rejected, Shortfall::Rejected)
        } else {
            (&mut self.status.skipped, Shortfall::Skipped)
        };
        *count += 1;
        let problem = FileProblem { path: left.path.clone(), outcome, line: 0, reason: left.reason.clone() };
        self.status.problems.push(problem);
    }
}

enum Reading {
    /// The content is what the index knows, whatever the time says.
    AsKnown,
    Gone,
    New(Outcome, Option<FileProblem>),
}

fn read_again(root: &Path, config: &Config, item: &ToRead) -> Reading {
    let path = &item.file.path;
    let options = config.parse_options();
    match fs::read(&root.join(path), config.max_file_size) {
        Ok(bytes) if item.known.is_some_and(|known| known.hash == content_hash(&bytes)) => Reading::AsKnown,
        Ok(bytes) => {
            let document = parse(path, &bytes, &options).document;
            Reading::New(document.outcome, problem(&document))
        }
        Err(fs::FsError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Reading::Gone,
        Err(error) => {
            let cause = std::error::Error::source(&error).map_or_else(String::new, |cause| format!(": {cause}"));
            let reason = format!("cannot be read{cause}");
            let problem = FileProblem { path: path.clone(), outcome: Shortfall::Rejected, line: 0, reason };
            Reading::New(Outcome::Rejected, Some(problem))
        }
    }
}

fn stored_problem(open: Option<&OpenIndex>, record: &FileRecord) -> Result<Option<FileProblem>, IndexError> {
    let Some((outcome, open)) = Shortfall::of(record.outcome).zip(open) else { return Ok(None) };
    let address: DocAddress = record.address;
    let stored = load(open, &open.searcher(), address).map_err(|error| open.fail(error))?;
    let (line, reason) = stored.problem.unwrap_or_default();
    Ok(Some(FileProblem { path: record.path.clone(), outcome, line, reason }))
}
