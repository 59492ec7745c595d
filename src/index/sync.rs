//! Brings the index up to date with the folder: walk, compare, read what changed, commit once.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::config::Config;
use crate::parse::{self, PARSER_VERSION};
use crate::store::fs::{self, Walk};
use crate::store::state;

use super::answer::{Progress, SyncReport};
use super::build::build;
use super::check::{CommitMark, commit_mark};
use super::clean::{remove_orphans, remove_temporary_files};
use super::error::IndexError;
use super::guard::guarded;
use super::lock;
use super::open::OpenIndex;
use super::plan::Plan;
use super::records::{FileRecord, file_records};
use super::schema::SCHEMA_VERSION;
use super::take::Written;
use super::write::write;

/// File whose time tells when the index last saw the folder.
const SEEN: &str = "seen";

/// How a sync is to go about its work.
pub struct SyncOptions<'a> {
    /// Builds the index anew even where nothing changed.
    pub rebuild: bool,
    /// How long to wait for another process that is writing.
    pub patience: Duration,
    /// Called now and then during long runs.
    pub progress: &'a dyn Fn(Progress),
    /// Called at once with what a person should know while it happens (that another process is waited for).
    pub notice: &'a dyn Fn(&str),
}

impl SyncOptions<'_> {
    /// Returns options for a sync that nobody watches.
    #[must_use]
    pub fn quiet(patience: Duration) -> Self {
        Self { rebuild: false, patience, progress: &|_| {}, notice: &|_| {} }
    }
}

/// The index of one knowledge base: on disk, or in memory where the folder cannot be written.
pub(crate) struct IndexStore {
    root: PathBuf,
    folder: PathBuf,
    open: Mutex<Option<Held>>,
}

/// An open index and the commit it was opened at.
struct Held {
    index: OpenIndex,
    mark: Option<CommitMark>,
    in_memory: bool,
}

/// What was found, or what became of it.
enum State {
    Whole(Box<OpenIndex>, Plan),
    Missing,
    Damaged(String),
    /// It has been brought up to date.
    Written(Written),
}

/// Most changed files that a report names.
const MAX_PATHS: usize = 64;

impl IndexStore {
    pub(crate) fn new(root: &Path) -> Self {
        let folder = root.join(state::FOLDER).join(format!("index-{SCHEMA_VERSION}-{PARSER_VERSION}"));
        Self { root: root.to_owned(), folder, open: Mutex::new(None) }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the bytes of the index on disk.
    pub(crate) fn bytes(&self) -> u64 {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
    }

    /// Returns the last commit, opened.
    ///
    /// # Errors
    /// Where there is none or it is damaged.
    pub(crate) fn current(&self) -> Result<OpenIndex, IndexError> {
        self.settled(|| guarded(&self.folder, || self.open_current())).0
    }

    fn open_current(&self) -> Result<OpenIndex, IndexError> {
        let mut held = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = commit_mark(&self.folder);
        if let Some(it) = held.as_mut() {
            if it.in_memory {
                return Ok(it.index.clone());
            }
            if it.mark == mark && mark.is_some() {
                return Ok(it.index.clone());
            }
        }
        *held = None;
        let index = OpenIndex::open(&self.folder)?.ok_or_else(|| IndexError::Missing { root: self.root.clone() })?;
        // Opening may set the time of the commit; another one that was made meanwhile is not what was opened.
        let mark = commit_mark(&self.folder).filter(|now| mark.is_some_and(|mark| now.is_of(mark)));
        *held = Some(Held { index: index.clone(), mark, in_memory: false });
        Ok(index)
    }

    /// Forgets the open index, so that the next use opens it anew.
    pub(crate) fn forget(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns when the index last saw the folder.
    pub(crate) fn seen_at(&self) -> Option<SystemTime> {
        std::fs::metadata(self.root.join(state::FOLDER).join(SEEN)).and_then(|it| it.modified()).ok()
    }

    /// Brings the index up to date with the folder; returns also what was found there.
    pub(crate) fn sync(
        &self,
        config: &Config,
        now: SystemTime,
        options: &SyncOptions<'_>,
    ) -> Result<(SyncReport, Walk), IndexError> {
        let mark = commit_mark(&self.folder);
        let (mut walk, mut state) = self.look(config)?;
        let mut report = SyncReport::default();
        if let State::Whole(_, plan) = &state
            && plan.is_empty()
            && !options.rebuild
        {
            report.unchanged = plan.same;
            // Somebody may have deleted what keeps git away from it.
            let _ = self.prepare_folder();
            self.mark_seen(now);
            return Ok((report, walk));
        }
        match self.prepare_folder().and_then(|()| self.lock(options, &mut report)) {
            Ok(lock) => {
                if lock.waited || commit_mark(&self.folder) != mark {
                    // Another process has done the work, or a part of it, in the meantime.
                    (walk, state) = self.look(config)?;
                }
                self.sync_locked(config, &walk, state, options, &mut report)?;
            }
            Err(error @ IndexError::Busy { .. }) => {
                let State::Whole(_, plan) = &state else { return Err(error) };
                report
                    .notices
                    .push("Another process is still writing the index; answers come from the last commit.".into());
                (report.behind, report.unread) = (plan.changes(), plan.unread());
                return Ok((report, walk));
            }
            Err(IndexError::Io { source, .. }) if is_read_only(&source) => {
                let report = self.sync_read_only(config, &walk, &state, options, report)?;
                return Ok((report, walk));
            }
            Err(error) => return Err(error),
        }
        self.mark_seen(now);
        Ok((report, walk))
    }

    fn sync_locked(
        &self,
        config: &Config,
        walk: &Walk,
        state: State,
        options: &SyncOptions<'_>,
        report: &mut SyncReport,
    ) -> Result<(), IndexError> {
        remove_temporary_files(&self.folder);
        if let State::Whole(open, _) = &state {
            remove_orphans(open);
        }
        let state = match state {
            State::Whole(open, plan) if !options.rebuild && open.read_by == config.read_by() => {
                report.paths = plan.paths(MAX_PATHS);
                self.write(config, &open, &plan, options)?
            }
            other => other,
        };
        let done = match state {
            State::Written(written) => written,
            other => self.rebuild(config, walk, other, options, report)?,
        };
        count(report, done);
        self.forget();
        self.remove_other_versions();
        Ok(())
    }

    /// Carries a plan out; damage found on the way is a state, not an error.
    fn write(
        &self,
        config: &Config,
        open: &OpenIndex,
        plan: &Plan,
        options: &SyncOptions<'_>,
    ) -> Result<State, IndexError> {
        if plan.is_empty() {
            return Ok(State::Written(Written { unchanged: plan.same, ..Written::default() }));
        }
        let written = guarded(&self.folder, || write(open, &self.root, config, plan, options.progress));
        match written {
            Ok(written) => Ok(State::Written(written)),
            // What looks like damage while writing may as well be a full disk: an index that is whole is not thrown away.
            Err(IndexError::Damaged { reason, .. }) if self.is_whole() => {
                Err(IndexError::io("write the index in", &self.folder, std::io::Error::other(reason)))
            }
            Err(IndexError::Damaged { reason, .. }) => Ok(State::Damaged(reason)),
            Err(error) => Err(error),
        }
    }

    /// Reads every byte of the last commit to tell whether it is as it was written.
    fn is_whole(&self) -> bool {
        let checked = guarded(&self.folder, || {
            let open = OpenIndex::open(&self.folder)?;
            Ok(open.is_some_and(|open| open.index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())))
        });
        checked.unwrap_or(false)
    }

    /// Builds the index from nothing; an old commit stays until the new one stands.
    fn rebuild(
        &self,
        config: &Config,
        walk: &Walk,
        state: State,
        options: &SyncOptions<'_>,
        report: &mut SyncReport,
    ) -> Result<Written, IndexError> {
        let plan = Plan::new(&walk.files, &[]);
        let reason = match state {
            State::Whole(open, _) => {
                let changed = config.read_by().changed_from(open.read_by).unwrap_or_default();
                let reason = if options.rebuild { "asked for" } else { changed };
                report.rebuilt = Some(reason.to_owned());
                return build(&open, &self.root, config, &plan, options.progress);
            }
            State::Damaged(reason) => Some(reason),
            State::Missing | State::Written(_) => None,
        };
        if let Some(reason) = reason {
            report.notices.push(format!("The index was damaged ({reason}) and has been built anew."));
            report.rebuilt = Some(format!("the index was damaged: {reason}"));
        } else if !self.other_versions().is_empty() {
            report.rebuilt = Some("the index was written by another version of ris".to_owned());
        }
        let open = self.create()?;
        build(&open, &self.root, config, &plan, options.progress)
    }

    /// A folder that cannot be written: the index stays as it is, or is built in memory where there is none.
    fn sync_read_only(
        &self,
        config: &Config,
        walk: &Walk,
        state: &State,
        options: &SyncOptions<'_>,
        mut report: SyncReport,
    ) -> Result<SyncReport, IndexError> {
        if let State::Whole(_, plan) = state {
            (report.behind, report.unread) = (plan.changes(), plan.unread());
            report.unchanged = plan.same;
            report.notices.push(format!(
                "The knowledge base is read-only, so the index stays as it is: {} of {} files changed since.",
                report.behind,
                walk.files.len()
            ));
            return Ok(report);
        }
        let mut open = OpenIndex::create_in_memory(&self.folder)?;
        open.read_by = config.read_by();
        let plan = Plan::new(&walk.files, &[]);
        let written = build(&open, &self.root, config, &plan, options.progress)?;
        open.reload()?;
        count(&mut report, written);
        report
            .notices
            .push("The knowledge base is read-only, so its index is kept in memory and built for every run.".into());
        let held = Held { index: open, mark: None, in_memory: true };
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(report)
    }

    /// Walks the folder and reads what the index knows of it, both at the same time.
    fn look(&self, config: &Config) -> Result<(Walk, State), IndexError> {
        let (walk, known) = std::thread::scope(|scope| {
            let known = scope.spawn(|| {
                let known = self.known();
                if known.is_err() {
                    // All files will be read: the words for that are loaded while the folder is walked.
                    parse::load_words();
                }
                known
            });
            (fs::walk(&self.root, config), known.join().expect("reading the index turns panics into errors"))
        });
        let walk = walk?;
        let state = match known {
            Ok((open, records)) => {
                // Something else may be read from every file.
                let known = if open.read_by == config.read_by() { records.as_slice() } else { &[] };
                let plan = Plan::new(&walk.files, known);
                State::Whole(Box::new(open), plan)
            }
            Err(IndexError::Missing { .. }) => State::Missing,
            Err(IndexError::Damaged { reason, .. }) => State::Damaged(reason),
            Err(error) => return Err(error),
        };
        Ok((walk, state))
    }

    fn known(&self) -> Result<(OpenIndex, Vec<FileRecord>), IndexError> {
        let open = self.current()?;
        let records = guarded(&self.folder, || file_records(&open.searcher()).map_err(|error| open.fail(error)))?;
        Ok((open, records))
    }

    fn lock(&self, options: &SyncOptions<'_>, report: &mut SyncReport) -> Result<crate::store::lock::Held, IndexError> {
        let told = || (options.notice)("Another process is writing the index; waiting for it.");
        let lock = lock::acquire(&self.state_folder(), options.patience, &told)?;
        if lock.waited {
            report.notices.push("Waited for another process that was writing the index.".to_owned());
        }
        Ok(lock)
    }

    pub(super) fn state_folder(&self) -> PathBuf {
        self.root.join(state::FOLDER)
    }

    /// Makes `.ris/`, ignored by git.
    fn prepare_folder(&self) -> Result<(), IndexError> {
        let prepared = state::prepare(&self.root);
        prepared.map(drop).map_err(|(path, source)| IndexError::io("make", &path, source))
    }

    /// Makes an empty index in place of whatever stands there.
    fn create(&self) -> Result<OpenIndex, IndexError> {
        self.forget();
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder).map_err(|source| IndexError::io("remove", &self.folder, source))?;
        }
        std::fs::create_dir_all(&self.folder).map_err(|source| IndexError::io("make", &self.folder, source))?;
        OpenIndex::create(&self.folder)
    }

    fn other_versions(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.state_folder()).into_iter().flatten().flatten();
        let is_other = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with("index-") && *path != self.folder && path.is_dir()
        };
        entries.map(|entry| entry.path()).filter(is_other).collect()
    }

    fn remove_other_versions(&self) {
        for folder in self.other_versions() {
            // The next sync tries again.
            let _ = std::fs::remove_dir_all(folder);
        }
    }

    fn mark_seen(&self, now: SystemTime) {
        let path = self.state_folder().join(SEEN);
        let file = std::fs::File::options().create(true).truncate(false).write(true).open(path);
        // Only the age shown by `--status` depends on it.
        let _ = file.and_then(|file| file.set_modified(now));
    }
}

fn count(report: &mut SyncReport, written: Written) {
    report.added = written.added;
    report.changed = written.changed;
    report.removed = written.removed;
    report.unchanged = written.unchanged;
}

fn is_read_only(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
}
