//! The stories of all action items, read from the commits.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::versions::{Reader, Versions, parse_version};
use crate::config::Config;
use crate::kb::{DocumentSummary, KbError, KnowledgeBase, Progress};
use crate::ledger::{Step, Story, items, join_moved, stories};
use crate::model::Document;
use crate::parse::ParseOptions;
use crate::store::git::{BlobId, BlobStep, Blobs, GitError, StepCommit, Steps, Unverified, blob_of};

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
    pub(super) stories: Arc<Vec<Story>>,
    /// Its stories before those of items that were moved to or from it were joined.
    own: Arc<Vec<Story>>,
    /// Of all that its own stories are made from.
    fingerprint: u64,
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
    /// The settings by which the versions were read.
    config: Arc<Config>,
}

impl Tellings {
    /// Returns the day of what is not committed yet: today, or later where the clock of a commit ran ahead.
    pub(super) fn last_day(&self, today: NaiveDate) -> NaiveDate {
        let newest = self.commits.iter().map(|it| it.at.date_naive()).max();
        newest.map_or(today, |newest| newest.max(today))
    }

    /// Returns what was told of each path, where it still holds: by the same settings, and of the same commits or more.
    fn by_path(&self, config: &Arc<Config>, commits: &[StepCommit]) -> FxHashMap<&str, &Told> {
        // Events name commits by their numbers.
        let is_same = Arc::ptr_eq(&self.config, config) && commits.starts_with(&self.commits);
        let documents = self.documents.iter().filter(|_| is_same);
        documents.map(|told| (&*told.path, told)).collect()
    }
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

impl Wanted<'_> {
    /// Returns what all versions and their commits make of it; another one means that there is something else to read.
    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for step in self.steps {
            (step.commit, &step.path, &step.path_before, step.before, step.after).hash(&mut hasher);
        }
        (self.summary.is_some(), &self.changed).hash(&mut hasher);
        hasher.finish()
    }
}

/// Reads the stories of the action items of `documents`, and of those that were deleted; those of a document that `before`
/// tells are not read again while the document is the same.
pub(super) fn read(
    kb: &KnowledgeBase,
    documents: &[DocumentSummary],
    before: Option<&Tellings>,
    progress: &dyn Fn(Progress),
) -> Result<Tellings, KbError> {
    let _unverified = Unverified::begin();
    let config = kb.config();
    let options = config.parse_options();
    let done = AtomicBool::new(false);
    let is_first = before.is_none();
    let (git, ahead) = std::thread::scope(|scope| {
        let ahead =
            scope.spawn(|| if is_first { read_ahead(kb, documents, &options, &done) } else { Versions::default() });
        let git = kb.history_read_whole(SLICE);
        done.store(true, Ordering::Relaxed);
        (git, ahead.join().expect("faults of the reader are caught"))
    });
    let git = git?.ok_or_else(super::no_repository)?;
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
    // A file that was deleted and whose deletion is not committed is there as if it were empty.
    for (path, steps) in files.iter().filter(|(path, _)| !there.contains(&**path)) {
        let is_committed = steps.first().is_some_and(|step| step.after.is_zero());
        if is_committed || uncommitted.contains(path) && !kb.root().join(path).exists() {
            let changed = (!is_committed).then(Vec::new);
            wanted.push(Wanted { path, summary: None, steps, changed });
        }
    }
    let known = before.map(|it| it.by_path(&config, &commits)).unwrap_or_default();
    let mut told: Vec<Told> = Vec::with_capacity(wanted.len());
    for batch in wanted.chunks(BATCH) {
        progress(Progress { done: told.len(), total: wanted.len() });
        told.extend(tell_batch(batch, (&known, &ahead), &|| git.blobs(), &options)?);
    }
    let mut stories: Vec<(String, Arc<Vec<Story>>)> =
        told.iter().map(|it| (it.path.clone(), Arc::clone(&it.own))).collect();
    join_moved(&mut stories);
    told.iter_mut().zip(stories).for_each(|(it, (_, stories))| it.stories = stories);
    Ok(Tellings { head: git.head()?, commits, documents: told, lack, elsewhere, config })
}

/// Reads the documents as they are, until the commits are read: most are as the last commit has them.
fn read_ahead(
    kb: &KnowledgeBase,
    documents: &[DocumentSummary],
    options: &ParseOptions,
    done: &AtomicBool,
) -> Versions {
    let mut versions = Versions::default();
    for document in documents.iter().take_while(|_| !done.load(Ordering::Relaxed)) {
        let Ok(bytes) = kb.load_file(&document.path) else { continue };
        if let Some(blob) = blob_of(&bytes) {
            versions.insert(blob, parse_version(&document.path, &bytes, options));
        }
    }
    versions
}

fn tell_batch(
    batch: &[Wanted<'_>],
    known: (&FxHashMap<&str, &Told>, &Versions),
    blobs: &(dyn Fn() -> Result<Blobs, GitError> + Sync),
    options: &ParseOptions,
) -> Result<Vec<Told>, KbError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = batch.len().div_ceil(threads).max(1);
    let tell_share = |share: &[Wanted<'_>]| -> Result<Vec<Told>, GitError> {
        let blobs = blobs()?;
        Ok(share.iter().map(|wanted| tell(wanted, known, &blobs, options)).collect())
    };
    let shares: Result<Vec<Vec<Told>>, GitError> = std::thread::scope(|scope| {
        let workers: Vec<_> = batch.chunks(share).map(|share| scope.spawn(move || tell_share(share))).collect();
        workers.into_iter().map(|worker| worker.join().expect("faults of the reader are caught")).collect()
    });
    Ok(shares?.into_iter().flatten().collect())
}

fn tell(
    wanted: &Wanted<'_>,
    (known, ahead): (&FxHashMap<&str, &Told>, &Versions),
    blobs: &Blobs,
    options: &ParseOptions,
) -> Told {
    let fingerprint = wanted.fingerprint();
    let told = |title: &str, id: Option<&String>, own: Arc<Vec<Story>>| {
        let (title, id) = wanted.summary.map_or((title, id), |it| (&it.title, it.id.as_ref()));
        let (path, title, id) = (wanted.path.to_owned(), title.to_owned(), id.cloned());
        Told { path, title, id, stories: Arc::clone(&own), own, fingerprint }
    };
    if let Some(known) = known.get(wanted.path).filter(|known| known.fingerprint == fingerprint) {
        return told(&known.title, known.id.as_ref(), Arc::clone(&known.own));
    }
    let mut reader = Reader { read: &|blob| blobs.read(blob), options, ahead: Some(ahead), known: Versions::default() };
    let mut steps: Vec<Step> = Vec::with_capacity(wanted.steps.len() + 1);
    if let Some(bytes) = &wanted.changed {
        let before = wanted.steps.first().and_then(|step| reader.version(step.after, &step.path));
        let before = before.map(|it| it.items).unwrap_or_default();
        steps.push(Step { commit: None, before, after: parse_version(wanted.path, bytes, options).items });
    }
    reader.steps(wanted.steps, &mut steps);
    let last = wanted.steps.first().filter(|_| wanted.summary.is_none());
    let last = last.and_then(|step| match step.after.is_zero() {
        true => reader.version(step.before, &step.path_before),
        false => reader.version(step.after, &step.path),
    });
    let own = Arc::new(stories(&steps));
    last.map_or_else(
        || told(wanted.path, None, Arc::clone(&own)),
        |last| told(&last.title, last.id.as_ref(), Arc::clone(&own)),
    )
}

/// Reads the stories of the items of one document as it is now; `steps` are those of its file alone. `None` where no commit has it.
pub(super) fn read_one(document: &Document, steps: Steps, blobs: &Blobs, config: Arc<Config>) -> Option<Tellings> {
    let Steps { commits, files, lack } = steps;
    let steps = files.into_iter().next().map(|(_, steps)| steps).filter(|steps| !steps.is_empty())?;
    let options = config.parse_options();
    let mut reader =
        Reader { read: &|blob| blobs.read(blob), options: &options, ahead: None, known: Versions::default() };
    let committed = reader.version(steps[0].after, &steps[0].path)?;
    // Where the file is as committed, nothing happened in this step.
    let mut told = vec![Step { commit: None, before: committed.items, after: Arc::new(items(document)) }];
    reader.steps(&steps, &mut told);
    let own = Arc::new(stories(&told));
    let told = Told {
        path: document.path.clone(),
        title: document.display_title().to_owned(),
        id: document.id.as_ref().map(|it| it.value.clone()),
        stories: Arc::clone(&own),
        own,
        fingerprint: 0,
    };
    Some(Tellings { head: None, commits, documents: vec![told], lack, elsewhere: 0, config })
}

/// Returns the stories of the items of one document from what each commit did to it; `read` returns the bytes of a blob.
pub(in crate::kb) fn stories_of(
    steps: &[BlobStep],
    read: &dyn Fn(BlobId) -> Option<Vec<u8>>,
    options: &ParseOptions,
) -> Vec<Story> {
    let mut reader = Reader { read, options, ahead: None, known: Versions::default() };
    let mut told = Vec::with_capacity(steps.len());
    reader.steps(steps, &mut told);
    stories(&told)
}
