//! A commit read: its files, the documents among them, the incidents they are about.

use rustc_hash::FxHashSet;

use super::moved::{is_of, last_counted};
use crate::config::Config;
use crate::evidence::{Case, CommitRow, Content, Deleted, SourceFile, Standing, Window};
use crate::index::{joins_of, quietly};
use crate::kb::incidents::{Member, group_all};
use crate::kb::{KbError, Progress};
use crate::model::{Document, Kind};
use crate::parse::{Parsed, parse};
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
    pub(super) fn read(snapshot: &Snapshot, config: &Config, progress: &dyn Fn(Progress)) -> Result<Self, KbError> {
        let tree = snapshot.files()?;
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
        let member = |(at, document): (usize, &&Document)| Member {
            kind: document.kind.value,
            date: document.date.as_ref().map(|date| date.value.first_day().to_epoch_days()),
            key: at as u64,
        };
        let members: Vec<Member> = documents.iter().enumerate().map(member).collect();
        let numbered = |(at, document): (usize, &&Document)| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            joins_of(document).map(move |join| (at, join)).collect::<Vec<_>>()
        };
        let joins: Vec<_> = documents.iter().enumerate().flat_map(numbered).collect();
        let sets = group_all(&members, &joins);
        sets.iter().map(|rows| Case { documents: rows.iter().map(|row| documents[*row]).collect() }).collect()
    }

    /// Returns the incident documents of `window`, and those without a day, that commits deleted and that are not there
    /// under another name.
    pub(super) fn deleted(
        &self,
        snapshot: &Snapshot,
        config: &Config,
        window: &Window,
    ) -> Result<Vec<Deleted>, KbError> {
        let here: FxHashSet<&str> =
            self.files.iter().flat_map(|file| [file.path.as_str(), file.blob.as_str()]).collect();
        let mut told = FxHashSet::default();
        let mut found = Vec::new();
        for deletion in snapshot.deletions()? {
            let is_there = here.contains(deletion.path.as_str()) || here.contains(deletion.blob.as_str());
            if is_there || is_no_document(&deletion.path, config).is_some() || !told.insert(deletion.path.clone()) {
                continue;
            }
            let last = parse_one(&deletion.path, &snapshot.read(&deletion.blob)?, config).document;
            let counts = matches!(last.kind.value, Kind::Incident | Kind::Rca | Kind::Resolution);
            let standing = Case { documents: vec![&last] }.standing(window);
            let counted = if counts && !matches!(standing, Standing::Earlier | Standing::Later) {
                Some(last)
            } else {
                // It may have been given another day or kind first, and deleted then.
                last_counted(snapshot, config, window, &deletion.path, Some(&deletion.blob), |was| is_of(was, window))?
                    .map(|(was, _)| was)
            };
            if let Some(document) = counted {
                found.push(Deleted {
                    path: deletion.path,
                    id: document.id.as_ref().map(|id| id.value.clone()),
                    day: deletion.commit.committed.to_utc().date_naive(),
                    author: deletion.commit.author,
                    commit: deletion.commit.id,
                });
            }
        }
        Ok(found)
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
    match () {
        () if file.is_repository => Some("a repository within, which has a history of its own"),
        () if file.is_link => Some("a symbolic link"),
        () => is_no_document(&file.path, config),
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
    let options = config.parse_options();
    quietly(|| parse(path, bytes, &options)).unwrap_or_else(|| {
        let document = Document::rejected(path, "internal-error", "the reader failed on it; please report this");
        Parsed { document, text: String::new() }
    })
}

/// Returns a commit as evidence tells of it.
pub(super) fn commit_row(change: &Change) -> CommitRow {
    let commit = &change.commit;
    CommitRow {
        id: commit.id.clone(),
        author: commit.author.clone(),
        authored: commit.authored.to_rfc3339(),
        committer: commit.committer.clone(),
        committed: commit.committed.to_rfc3339(),
        day: commit.committed.to_utc().date_naive(),
        subject: commit.subject.clone(),
        is_signed: commit.is_signed,
        renamed_from: change.renamed_from.clone(),
    }
}
