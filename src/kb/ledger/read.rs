//! The stories of all action items, read from the commits.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::index::parse_items_or_reject;
use crate::kb::{DocumentSummary, KbError, KnowledgeBase, Progress, Refused};
use crate::ledger::{LedgerItem, Step, Story, items, join_moved, stories};
use crate::parse::ParseOptions;
use crate::store::git::{BlobId, BlobStep, Blobs, GitError, StepCommit, Steps, Unverified};

/// Documents whose versions are read between two looks at the progress.
const BATCH: usize = 256;
/// How long the commits are read between two looks at the progress.
const SLICE: std::time::Duration = std::time::Duration::from_millis(200);

/// A document and the stories of its action items.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) id: Option<String>,
    pub(super) stories: Vec<Story>,
}

/// What the commits tell.
#[derive(Debug)]
pub(super) struct Tellings {
    /// The commit that is checked out.
    pub(super) head: Option<String>,
    pub(super) commits: Vec<StepCommit>,
    pub(super) documents: Vec<Told>,
    /// Why it may not be all.
    pub(super) lack: Option<&'static str>,
    /// Documents of repositories within, whose commits are not read.
    pub(super) elsewhere: usize,
}

/// A file and what is to be read of it.
struct Wanted<'a> {
    path: &'a str,
    /// What is known of it, where it is there.
    summary: Option<&'a DocumentSummary>,
    steps: &'a [BlobStep],
    /// Its bytes, where they are not as committed.
    changed: Option<Vec<u8>>,
}

/// A version of a document.
#[derive(Clone)]
struct Version {
    items: Arc<Vec<LedgerItem>>,
    title: String,
    id: Option<String>,
}

/// Reads the stories of the action items of `documents`, and of those that were deleted.
pub(super) fn read(
    kb: &KnowledgeBase,
    documents: &[DocumentSummary],
    progress: &dyn Fn(Progress),
) -> Result<Tellings, KbError> {
    let no_repository = || {
        let message = "what became of action items is told by commits, and this folder is in no git repository";
        Refused::new(message.to_owned()).hint("make one with `git init`, and commit")
    };
    let _unverified = Unverified::begin();
    let git = kb.history_read_whole(SLICE)?.ok_or_else(no_repository)?;
    let uncommitted: FxHashSet<String> = git.uncommitted()?.into_iter().collect();
    let Steps { commits, files, lack } = git.steps();
    let by_path: FxHashMap<&str, &[BlobStep]> = files.iter().map(|(path, steps)| (&**path, &**steps)).collect();
    let mut elsewhere = 0;
    let mut wanted: Vec<Wanted<'_>> = Vec::with_capacity(documents.len());
    for summary in documents {
        let steps = by_path.get(&*summary.path).copied().unwrap_or_default();
        let is_changed = uncommitted.contains(&summary.path);
        elsewhere += usize::from(steps.is_empty() && !is_changed);
        let changed = is_changed.then(|| kb.load_file(&summary.path).ok()).flatten();
        wanted.push(Wanted { path: &summary.path, summary: Some(summary), steps, changed });
    }
    let there: FxHashSet<&str> = documents.iter().map(|it| &*it.path).collect();
    let deleted = files
        .iter()
        .filter(|(path, steps)| !there.contains(&**path) && steps.first().is_some_and(|step| step.after.is_zero()));
    wanted.extend(deleted.map(|(path, steps)| Wanted { path, summary: None, steps, changed: None }));
    let options = kb.config().parse_options();
    let mut told: Vec<Told> = Vec::with_capacity(wanted.len());
    for batch in wanted.chunks(BATCH) {
        progress(Progress { done: told.len(), total: wanted.len() });
        told.extend(tell_batch(batch, &|| git.blobs(), &options)?);
    }
    let mut stories: Vec<(String, Vec<Story>)> =
        told.iter_mut().map(|it| (it.path.clone(), std::mem::take(&mut it.stories))).collect();
    join_moved(&mut stories);
    told.iter_mut().zip(stories).for_each(|(it, (_, stories))| it.stories = stories);
    told.retain(|it| !it.stories.is_empty());
    Ok(Tellings { head: git.head()?, commits, documents: told, lack, elsewhere })
}

fn tell_batch(
    batch: &[Wanted<'_>],
    blobs: &(dyn Fn() -> Result<Blobs, GitError> + Sync),
    options: &ParseOptions,
) -> Result<Vec<Told>, KbError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = batch.len().div_ceil(threads).max(1);
    let tell_share = |share: &[Wanted<'_>]| -> Result<Vec<Told>, GitError> {
        let blobs = blobs()?;
        Ok(share.iter().map(|wanted| tell(wanted, &blobs, options)).collect())
    };
    let shares: Result<Vec<Vec<Told>>, GitError> = std::thread::scope(|scope| {
        let workers: Vec<_> = batch.chunks(share).map(|share| scope.spawn(move || tell_share(share))).collect();
        workers.into_iter().map(|worker| worker.join().expect("faults of the reader are caught")).collect()
    });
    Ok(shares?.into_iter().flatten().collect())
}

fn tell(wanted: &Wanted<'_>, blobs: &Blobs, options: &ParseOptions) -> Told {
    let mut reader = Reader { read: &|blob| blobs.read(blob), options, known: FxHashMap::default() };
    let mut steps: Vec<Step> = Vec::with_capacity(wanted.steps.len() + 1);
    if let Some(bytes) = &wanted.changed {
        let before = wanted.steps.first().and_then(|step| reader.version(step.after, &step.path));
        let before = before.map(|it| it.items).unwrap_or_default();
        steps.push(Step { commit: None, before, after: reader.parse(wanted.path, bytes).items });
    }
    reader.steps(wanted.steps, &mut steps);
    let last = wanted.steps.first().filter(|_| wanted.summary.is_none());
    let last = last.and_then(|step| reader.version(step.before, &step.path_before));
    let (title, id) = match (wanted.summary, last) {
        (Some(summary), _) => (summary.title.clone(), summary.id.clone()),
        (None, Some(last)) => (last.title, last.id),
        (None, None) => (wanted.path.to_owned(), None),
    };
    Told { path: wanted.path.to_owned(), title, id, stories: stories(&steps) }
}

/// Returns the stories of the items of one document from what each commit did to it; `read` returns the bytes of a blob.
pub(in crate::kb) fn stories_of(
    steps: &[BlobStep],
    read: &dyn Fn(BlobId) -> Option<Vec<u8>>,
    options: &ParseOptions,
) -> Vec<Story> {
    let mut reader = Reader { read, options, known: FxHashMap::default() };
    let mut told = Vec::with_capacity(steps.len());
    reader.steps(steps, &mut told);
    stories(&told)
}

/// Reads the versions of one document, each once.
struct Reader<'a> {
    read: &'a dyn Fn(BlobId) -> Option<Vec<u8>>,
    options: &'a ParseOptions,
    known: FxHashMap<BlobId, Version>,
}

impl Reader<'_> {
    /// A blob that is not there (in a partial clone) ends what can be told.
    fn steps(&mut self, of: &[BlobStep], steps: &mut Vec<Step>) {
        for step in of {
            let Some(before) = self.version(step.before, &step.path_before) else { break };
            let Some(after) = self.version(step.after, &step.path) else { break };
            steps.push(Step { commit: Some(step.commit), before: before.items, after: after.items });
        }
    }

    fn version(&mut self, blob: BlobId, path: &str) -> Option<Version> {
        if blob.is_zero() {
            return Some(Version { items: Arc::default(), title: String::new(), id: None });
        }
        if let Some(known) = self.known.get(&blob) {
            return Some(known.clone());
        }
        let version = self.parse(path, &(self.read)(blob)?);
        self.known.insert(blob, version.clone());
        Some(version)
    }

    fn parse(&self, path: &str, bytes: &[u8]) -> Version {
        let document = parse_items_or_reject(path, bytes, self.options);
        let title = document.title.as_ref().map_or_else(|| path.to_owned(), |it| it.value.clone());
        Version { items: Arc::new(items(&document)), title, id: document.id.as_ref().map(|it| it.value.clone()) }
    }
}
