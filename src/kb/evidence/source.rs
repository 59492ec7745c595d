//! Checking the documents of a bundle against the commit that it names.

use std::path::Path;

use serde_json::Value;

use crate::evidence::bag::sha256;
use crate::evidence::{Check, CheckResult, OnDisk};
use crate::kb::{KbError, Refused};
use crate::model::short_id;
use crate::store::git::{GitError, Snapshot, SnapshotError};

/// What is asked.
const QUESTION: &str = "Are its documents those of the commit?";
/// Files named.
const MAX_NAMED: usize = 20;

/// Returns the step, and whether the repository has the commit that the bundle names.
pub(super) fn source(disk: &OnDisk, repository: Option<&Path>) -> Result<(Check, bool), KbError> {
    let Some(repository) = repository else {
        return Ok((not_made("`--source DIR` names the repository to compare with".to_owned()), true));
    };
    let index = disk.texts.get("data/bundle.json").and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(index) = index else {
        return Ok((failed(vec!["there is no data/bundle.json to read the commit from".to_owned()]), true));
    };
    let revision = index["source"]["commit"].as_str().unwrap_or_default();
    match Snapshot::open(repository, Some(revision)) {
        Ok(snapshot) => Ok((compared(disk, &index, &snapshot, revision), true)),
        Err(SnapshotError::NoRevision(_)) => {
            let detail = format!(
                "`{}` does not have its commit {}: it is another repository, or the commit was not fetched",
                repository.display(),
                short_id(revision)
            );
            Ok((failed(vec![detail]), false))
        }
        Err(SnapshotError::Git(error)) => Err(GitError::into(error)),
        Err(error @ SnapshotError::NoRepository(_)) => {
            Err(Refused::new(error.to_string()).hint("name the folder of the repository").into())
        }
    }
}

fn compared(disk: &OnDisk, index: &Value, snapshot: &Snapshot, revision: &str) -> Check {
    // A bundle that does not say where the knowledge base lies is older than the question: it is the folder that was named.
    let folder = index["source"]["folder"].as_str().unwrap_or_else(|| snapshot.folder());
    let is_whole = index["classification"]["profile"] == "full";
    let (mut wrong, mut compared, mut redacted) = (Vec::new(), 0_usize, 0_usize);
    for file in index["files"].as_array().into_iter().flatten() {
        let path = file["path"].as_str().unwrap_or_default();
        let (Some(of), Some(blob)) = (file["source_path"].as_str(), file["blob"].as_str()) else {
            let is_document = ["incident", "attachment"].iter().any(|role| file["role"] == *role);
            if is_document && is_whole {
                wrong.push(format!("{path}: bundle.json does not say which file of the commit it is"));
            }
            redacted += usize::from(is_document);
            continue;
        };
        compared += 1;
        // Any other version of the file is in the repository too; only the one in the tree is that of the commit.
        let theirs = snapshot.blob_of(folder, of).filter(|theirs| theirs == blob);
        let theirs = theirs.and_then(|blob| snapshot.read(&blob).ok()).map(|bytes| sha256(&bytes));
        let ours = disk.files.get(path).and_then(|(_, digest)| digest.clone().ok());
        if theirs.is_none() || theirs != ours {
            wrong.push(format!("{path} is not what the commit has as {of}"));
        }
    }
    if !wrong.is_empty() {
        wrong.truncate(MAX_NAMED);
        if index["source"]["folder"].is_null() {
            wrong.push(
                "bundle.json does not say where the knowledge base lies in the repository: name that folder".to_owned(),
            );
        }
        return failed(wrong);
    }
    let left = (redacted > 0).then(|| format!("not compared, since something was taken out of them: {redacted}"));
    if compared == 0 {
        return not_made(left.unwrap_or_else(|| "the bundle holds no file of the commit".to_owned()));
    }
    let place = if folder.is_empty() { String::new() } else { format!(", folder `{folder}`") };
    let told = format!("{compared} files compared with {}{place}", short_id(revision));
    let details = [told].into_iter().chain(left).collect();
    Check { id: "source", question: QUESTION, result: CheckResult::Pass, details }
}

fn failed(details: Vec<String>) -> Check {
    Check { id: "source", question: QUESTION, result: CheckResult::Fail, details }
}

fn not_made(why: String) -> Check {
    Check { id: "source", question: QUESTION, result: CheckResult::NotRun, details: vec![why] }
}
