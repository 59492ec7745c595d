//! A commit read: its files, the documents among them, the incidents they are about.

use crate::config::Config;
use crate::evidence::{Case, CommitRow, Content, SourceFile};
use crate::index::{joins_of, parse_or_reject, path_key};
use crate::kb::incidents::{Member, Tie, group_all};
use crate::kb::{KbError, Progress};
use crate::model::Document;
use crate::parse::Parsed;
use crate::store::fs::is_no_document;
use crate::store::git::{Change, CommitFacts, Snapshot, TreeFile};

/// Documents read from git before they are parsed together.
const BATCH: usize = 512;

/// A commit, and what its files say.
pub(super) struct Commit {
    pub(super) facts: CommitFacts,
    pub(super) files: Vec<SourceFile>,
    pub(super) uncommitted: Vec<String>,
}

impl Commit {
    /// Reads every file of the commit.
    pub(super) fn read(
        snapshot: &Snapshot,
        tree: &[TreeFile],
        config: &Config,
        progress: &dyn Fn(Progress),
    ) -> Result<Self, KbError> {
        let total = tree.len();
        let mut files = Vec::with_capacity(total);
        for batch in tree.chunks(BATCH) {
            progress(Progress { done: files.len(), total });
            files.extend(read_batch(snapshot, config, batch)?);
        }
        Ok(Self { facts: snapshot.commit()?, files, uncommitted: snapshot.uncommitted()? })
    }

    /// Returns what its documents are about.
    pub(super) fn cases(&self) -> Vec<Case<'_>> {
        let documents: Vec<&Document> = self.files.iter().filter_map(SourceFile::document).collect();
        // The key that the index has, so that lists and evidence agree on which of two reports comes first.
        let member = |it: &&Document| Member { tie: Tie::of(it), key: path_key(&it.path) };
        let members: Vec<Member> = documents.iter().map(member).collect();
        let numbered = |(at, document): (usize, &&Document)| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            joins_of(document).map(move |join| (at, join)).collect::<Vec<_>>()
        };
        let joins: Vec<_> = documents.iter().enumerate().flat_map(numbered).collect();
        let sets = group_all(&members, &joins);
        sets.iter().map(|rows| Case { documents: rows.iter().map(|row| documents[*row]).collect() }).collect()
    }
}

fn read_batch(snapshot: &Snapshot, config: &Config, batch: &[TreeFile]) -> Result<Vec<SourceFile>, KbError> {
    let mut contents = Vec::with_capacity(batch.len());
    for file in batch {
        contents.push(match no_document(file, config) {
            Some(reason) => Err(reason),
            None => Ok(snapshot.read(&file.blob)?),
        });
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = batch.len().div_ceil(threads).max(1);
    let parse_share = |(files, contents): (&[TreeFile], &[Result<Vec<u8>, &'static str>])| -> Vec<SourceFile> {
        files.iter().zip(contents).map(|(file, content)| source_file(file, content, config)).collect()
    };
    Ok(std::thread::scope(|scope| {
        let shares = batch.chunks(share).zip(contents.chunks(share));
        let workers: Vec<_> = shares.map(|share| scope.spawn(move || parse_share(share))).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("faults of the reader are caught")).collect()
    }))
}

fn no_document(file: &TreeFile, config: &Config) -> Option<&'static str> {
    if file.is_repository {
        Some("a repository within, which has a history of its own")
    } else if file.is_link {
        Some("a symbolic link")
    } else {
        is_no_document(&file.path, config)
    }
}

fn source_file(file: &TreeFile, content: &Result<Vec<u8>, &'static str>, config: &Config) -> SourceFile {
    let content = match content {
        Err(reason) => Content::NoDocument(reason),
        Ok(bytes) => Content::Document(Box::new(parse_one(&file.path, bytes, config).document)),
    };
    SourceFile { path: file.path.clone(), blob: file.blob.clone(), content }
}

/// Reads one document; a fault of the reader costs the document, never the run.
pub(super) fn parse_one(path: &str, bytes: &[u8], config: &Config) -> Parsed {
    parse_or_reject(path, bytes, &config.parse_options())
}

/// Returns a commit as evidence tells of it.
pub(super) fn commit_row(change: &Change) -> CommitRow {
    facts_row(&change.commit, change.renamed_from.clone())
}

/// Returns what a commit says of itself as evidence tells of it.
pub(super) fn facts_row(commit: &CommitFacts, renamed_from: Option<String>) -> CommitRow {
    CommitRow {
        id: commit.id.clone(),
        author: commit.author.clone(),
        authored: commit.authored.to_rfc3339(),
        committer: commit.committer.clone(),
        committed: commit.committed.to_rfc3339(),
        day: commit.committed.to_utc().date_naive(),
        subject: commit.subject.clone(),
        is_signed: commit.is_signed,
        renamed_from,
    }
}
