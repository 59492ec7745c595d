//! A copy of the knowledge base, or of a part of it, in a folder that goes away with it.
//!
//! Whatever is asked of the copy is answered from the documents that are in it and from no other: a list, a count or a tie
//! to what was left out cannot come about. What a pattern can tell to be a secret or data of a patient is taken out before
//! anything is read. The commits are those of the original.

mod mask;
mod origin;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tempfile::TempDir;

use super::{KbError, KnowledgeBase, OpenOptions, Progress, Refused, SearchRequest};
use crate::clock::Clock;
use crate::config::FILE_NAME;
use crate::index::on_threads;
use crate::parse::text as text_of;
use crate::store::fs::{self, FsError};
use crate::store::taxonomy::TEAM_FILE;
use crate::store::write::WriteError;

pub(super) use mask::Masker;
pub(super) use origin::Origin;

/// How long the commits are read between two looks.
const SLICE: Duration = Duration::from_millis(200);
/// More threads would rather wait for the disk.
const MAX_THREADS: usize = 4;

/// What a copy is to hold.
#[derive(Debug, Clone, Default)]
pub struct CopyRequest {
    /// Only the documents that this search finds; all without it. Its order and bounds say nothing.
    pub only: Option<SearchRequest>,
    /// Secrets and data of patients stay in.
    pub with_sensitive: bool,
}

/// What is in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// The day as of which everything is told.
    pub on: NaiveDate,
    /// The commit that was checked out.
    pub commit: Option<CopiedCommit>,
    /// Documents in it.
    pub documents: usize,
    /// Whether others were left out.
    pub is_part: bool,
    /// Values that were taken out.
    pub masked: usize,
    /// Documents that had some.
    pub masked_documents: usize,
}

/// The commit that a copy was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopiedCommit {
    /// The id in full.
    pub id: String,
    /// There are files that differ from it.
    pub changed_since: bool,
}

/// A knowledge base that lasts as long as this.
#[derive(Debug)]
pub struct KnowledgeCopy {
    /// The knowledge base.
    pub kb: KnowledgeBase,
    /// What is in it.
    pub about: Copied,
    /// Its folder, removed when this is dropped; the knowledge base goes before.
    pub keeper: TempDir,
}

impl KnowledgeBase {
    /// Makes a copy, whose clock stands still at the end of today.
    ///
    /// # Errors
    /// Where the index, a file or the repository cannot be read, no document is found, or the copy cannot be written.
    pub fn copied(self, request: &CopyRequest, progress: &dyn Fn(Progress)) -> Result<KnowledgeCopy, KbError> {
        let paths = self.paths_of(request.only.as_ref())?;
        if paths.is_empty() {
            let refused = Refused::new("there is no document to be copied");
            return Err(refused.hint("`ris list` with the same filters shows what there is").into());
        }
        let folder = TempDir::with_prefix("ris-export-").map_err(|source| write_error(Path::new("."), source))?;
        let root = folder.path().join(self.folder_name());
        let masker = if request.with_sensitive { None } else { Some(Arc::new(self.masker(&paths)?)) };
        let renamed = masker.as_deref().map(|masker| new_names(&paths, masker)).unwrap_or_default();
        let staged = Staged::new(&self, &root, masker.as_deref(), &renamed);
        staged.settings()?;
        each_of(&paths, progress, |path| staged.document(path))?;
        let (masked, masked_documents) = (staged.masked.into_inner(), staged.masked_documents.into_inner());
        let (on, commit) = (self.today(), self.checked_out()?);
        let clock = Clock::Fixed(end_of_day(self.this_instant()));
        let is_part = request.only.is_some();
        let renamed = renamed.into_iter().map(|(there, here)| (here, there)).collect();
        let origin = Origin::new(self, is_part, masker, renamed, progress)?;
        let options = OpenOptions { root: Some(root.clone()), current_dir: root, clock };
        let kb = KnowledgeBase { origin: Some(Box::new(origin)), ..KnowledgeBase::open(&options)? };
        kb.sync(progress)?;
        let about = Copied { on, commit, documents: paths.len(), is_part, masked, masked_documents };
        Ok(KnowledgeCopy { kb, about, keeper: folder })
    }

    /// Returns an image that a copy shows. A drawing is text: one that does more than draw, or that holds what must not leave
    /// the house, is none.
    #[must_use]
    pub fn copied_image(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.load_file(path).ok()?;
        if !path.to_ascii_lowercase().ends_with(".svg") {
            return Some(bytes);
        }
        let text = text_of(&bytes)?;
        let masker = self.origin.as_ref().and_then(|origin| origin.masker());
        let is_clean = masker.is_none_or(|masker| masker.mask(&text).1 == 0);
        (!mask::acts(&text) && is_clean).then_some(bytes)
    }

    /// Tells before any work whether pages can be written to `out`.
    ///
    /// # Errors
    /// Where it lies in the knowledge base and the pages would be read as documents the next time.
    pub fn check_export(&self, out: &Path) -> Result<(), KbError> {
        let there = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let real = there.ancestors().find_map(|folder| {
            let rest = there.strip_prefix(folder).ok()?;
            Some(folder.canonicalize().ok()?.join(rest))
        });
        let root = self.root().canonicalize().unwrap_or_else(|_| self.root().to_owned());
        let Some(below) = real.as_ref().and_then(|real| real.strip_prefix(root).ok()) else { return Ok(()) };
        let below = fs::slashed(below);
        let config = self.config();
        let is_read = |name: &str| {
            let path = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            config.includes(&path) && !config.excludes(&path)
        };
        if !["index.html", "d/x.md.html", "raw/x.md.txt", "search/index.js", "incidents.csv"].into_iter().any(is_read) {
            return Ok(());
        }
        let message = format!("`{}` is in the knowledge base, and the pages would be read as documents", out.display());
        Err(Refused::new(message).hint("name a folder outside of it, or exclude it in `ris.toml`").into())
    }

    /// Returns the clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Returns the paths of the documents that a search finds, or of all, sorted.
    fn paths_of(&self, only: Option<&SearchRequest>) -> Result<Vec<String>, KbError> {
        let everything = SearchRequest::new("");
        let request = SearchRequest { offset: 0, limit: usize::MAX, ..only.unwrap_or(&everything).clone() };
        let found = self.search(&request)?;
        let mut paths: Vec<String> = found.hits.into_iter().map(|hit| hit.document.path).collect();
        paths.sort_unstable();
        Ok(paths)
    }

    fn folder_name(&self) -> String {
        let root = self.root().canonicalize().unwrap_or_else(|_| self.root().to_owned());
        root.file_name().map_or_else(|| "ris".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    fn this_instant(&self) -> DateTime<chrono::FixedOffset> {
        self.clock.now_in(self.config().documents.day_zone)
    }

    /// Returns what takes out the secrets and data of patients of these documents.
    fn masker(&self, paths: &[String]) -> Result<Masker, KbError> {
        let values: Mutex<BTreeSet<String>> = Mutex::default();
        each_of(paths, &|_| {}, |path| {
            let found = text_of(&self.bytes_of(path)?).map(|text| mask::values(&text)).unwrap_or_default();
            values.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            Ok(())
        })?;
        Ok(Masker::knowing(&values.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }

    fn bytes_of(&self, path: &str) -> Result<Vec<u8>, KbError> {
        let full = fs::resolve(self.root(), path)?;
        std::fs::read(&full).map_err(|source| KbError::Files(FsError::Read { path: full, source }))
    }

    /// Returns the commit that is checked out, once all commits have been read.
    fn checked_out(&self) -> Result<Option<CopiedCommit>, KbError> {
        let Some(git) = self.history_read_whole(SLICE)? else { return Ok(None) };
        let Some(id) = git.head()? else { return Ok(None) };
        Ok(Some(CopiedCommit { id, changed_since: !git.uncommitted()?.is_empty() }))
    }
}

/// Returns the last minute of a day: what is due by a time of the day is late in a copy that is read later.
fn end_of_day(now: DateTime<chrono::FixedOffset>) -> DateTime<Utc> {
    let last = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
    let end = now.offset().from_local_datetime(&now.date_naive().and_time(last)).single();
    end.map_or(now.to_utc(), |end| end.to_utc())
}

fn write_error(path: &Path, source: std::io::Error) -> KbError {
    KbError::Write(WriteError::Write { path: path.to_owned(), source })
}

/// Returns what stands for the paths that must not leave the house; no two documents get one name.
fn new_names(paths: &[String], masker: &Masker) -> FxHashMap<String, String> {
    let mut taken: FxHashSet<String> = paths.iter().cloned().collect();
    let mut names = FxHashMap::default();
    for path in paths {
        let (name, places) = masker.mask(path);
        if places == 0 {
            continue;
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "md"));
        let again = (2..).map(|number| format!("{stem}-{number}.{extension}"));
        let name = std::iter::once(name.clone()).chain(again).find(|it| taken.insert(it.clone()));
        names.insert(path.clone(), name.unwrap_or_default());
    }
    names
}

/// Does `work` for each path on all processors.
fn each_of(
    paths: &[String],
    progress: &dyn Fn(Progress),
    work: impl Fn(&str) -> Result<(), KbError> + Sync,
) -> Result<(), KbError> {
    let (next, total) = (AtomicUsize::new(0), paths.len());
    let threads = std::thread::available_parallelism().map_or(1, |it| it.get().min(MAX_THREADS));
    let meanwhile = || progress(Progress { done: next.load(Ordering::Relaxed).min(total), total });
    let done = on_threads(threads, meanwhile, || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(path)?;
        }
        Ok(())
    });
    done.into_iter().collect()
}

/// The folder of a copy while it is filled.
struct Staged<'a> {
    kb: &'a KnowledgeBase,
    root: &'a Path,
    /// Takes out what must not leave the house; nothing does without.
    masker: Option<&'a Masker>,
    masked: AtomicUsize,
    masked_documents: AtomicUsize,
    /// Paths that must not leave the house either, and what stands for them.
    renamed: &'a FxHashMap<String, String>,
}

impl<'a> Staged<'a> {
    fn new(
        kb: &'a KnowledgeBase,
        root: &'a Path,
        masker: Option<&'a Masker>,
        renamed: &'a FxHashMap<String, String>,
    ) -> Self {
        let (masked, masked_documents) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { kb, root, masker, renamed, masked, masked_documents }
    }

    /// Copies what decides how documents are read.
    fn settings(&self) -> Result<(), KbError> {
        // One that is empty marks the folder as a root.
        let settings = std::fs::read(self.kb.root().join(FILE_NAME)).unwrap_or_default();
        self.write(FILE_NAME, &settings)?;
        match std::fs::read(self.kb.root().join(TEAM_FILE)) {
            Ok(tags) => self.write(TEAM_FILE, &tags),
            Err(_) => Ok(()),
        }
    }

    fn document(&self, path: &str) -> Result<(), KbError> {
        let bytes = self.kb.bytes_of(path)?;
        let Some(masker) = self.masker else { return self.write(path, &bytes) };
        let (name, in_name) = self.renamed.get(path).map_or((path, 0), |name| (name.as_str(), 1));
        // What holds no text is shown on no page.
        let Some(text) = text_of(&bytes) else { return Ok(()) };
        let (text, in_text) = masker.mask(&text);
        if in_name + in_text > 0 {
            self.masked.fetch_add(in_name + in_text, Ordering::Relaxed);
            self.masked_documents.fetch_add(1, Ordering::Relaxed);
        }
        // What has nothing to be hidden stays as it is written, in its encoding.
        if in_text > 0 { self.write(name, text.as_bytes()) } else { self.write(name, &bytes) }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), KbError> {
        let full: PathBuf = self.root.join(path);
        let fail = |source| write_error(&full, source);
        std::fs::create_dir_all(full.parent().unwrap_or(self.root)).map_err(fail)?;
        std::fs::write(&full, bytes).map_err(fail)
    }
}

#[cfg(test)]
mod tests;
