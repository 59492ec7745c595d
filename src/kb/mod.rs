//! The knowledge base: the only door for every face. A capability is built once and every face shows it.

mod actions;
mod adopt;
mod calendar;
mod causes;
mod changes;
mod check;
mod compliance;
mod copy;
mod edits;
mod error;
mod evidence;
mod files;
mod history;
mod incident;
mod incidents;
mod init;
mod insights;
mod ledger;
mod log;
mod mask;
mod new;
mod page;
mod references;
mod related;
mod resolve;
mod review;
mod root;
mod search;
mod settings;
mod split;
mod tags;
mod taxonomy;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::clock::Clock;
use crate::config::Config;
use crate::index::{self, FileTexts, IndexStore, OpenIndex};
use crate::parse::{ParseOptions, parse};
use crate::store::fs::{self, Walk};

pub use crate::compliance::{Framework, Group, Lookup, RetentionRule, look_up, minimum_retention, retention_rules};
pub use crate::evidence::{Check, CheckResult, PlacedBy, Profile, Window, controls, notices, retention, reviews};
pub use crate::index::{
    Correction, DocumentSummary, Facet, FacetField, FileProblem, Hit, IndexError, IndexStatus, KnownName, LogHit,
    LogRequest, LogResults, NameField, Passage, Progress, QueryError, SearchRequest, SearchResults, Shortfall, Snippet,
    Sort, SyncOptions, SyncReport, UnknownWord,
};
pub(crate) use crate::index::{TokenKind, pieces as words_of};
pub use crate::ledger::{LedgerStretch, Totals as LedgerTotals};
pub use crate::lint::{Baseline, BaselineError, Explanation, Finding, RULES, Rule, RuleLevel, explain, nearest_code};
pub use crate::parse::{MomentError, Parsed, SeverityScale, text as text_of_log};
pub use crate::scaffold::{Ci, StarterProfile, TemplateError, TemplateInfo, TemplateOrigin, Templates};
pub use crate::store::edit::{Change, EditError};
pub use crate::store::folder::{FolderError, NewFolder};
pub use crate::store::fs::slashed;
pub use crate::store::git::{FileCommit, FileHistory, GitError, Older, WorkingState};
pub use crate::taxonomy::{Family, Tag, Taxonomy, TeamError};
pub use actions::{
    ActionEntry, ActionFilter, ActionGroup, ActionGrouping, ActionItems, ActionRequest, ActionSort, ActionState,
    ActionTotals, OwnerFilter,
};
pub use adopt::{AddedKey, AdoptRequest, Adopter, Adoption, AdoptionPlan};
pub use causes::{Cause, CauseFamily, CausePair, CauseTag, Causes};
pub use changes::{LastCommit, last_commit};
pub use check::{CheckReport, CheckRequest, PlannedFix, RefusedFix};
pub use compliance::{Commits, Compliance, NoticesDue, Retention, ReviewPlan, ReviewRequest};
pub use copy::{Copied, CopiedCommit, CopyRequest, KnowledgeCopy};
pub use edits::{DiffLine, PlannedEdit};
pub use error::KbError;
pub use evidence::{
    EvidenceReport, EvidenceRequest, EvidenceRow, SignerKeys, Verification, VerifiedStep, WrittenBundle, verify_bundle,
};
pub use files::FileError;
use history::HistoryCell;
pub use incident::{Joined, Sibling};
pub use incidents::{Incident, IncidentFilter, IncidentRequest, IncidentSort, Incidents, Part, Period, Scope, Took};
pub use init::{InitPlan, InitRequest, Lack, StarterFile, Step, Survey, plan_init, write_init};
pub use insights::{
    AgeBucket, Bucket, ByName, Completion, Dot, Insights, InsightsRequest, NameCount, Times, TrendStep, Unit,
};
pub use ledger::{ItemsPast, Ledger, LedgerBook, LedgerEntry, LedgerKind, LedgerRequest, LedgerTimes};
pub use log::LogEntry;
pub use mask::{Mask, Removed};
pub use new::{Draft, GitWindow, NewRequest, Refused, SeenBefore, TEMPLATES, check_control, common_variables};
pub use references::ResolvedReference;
pub use related::{Reason, RelatedDocument, RelatedResults, SharedTag};
pub use resolve::{Resolution, ResolutionUpdate, ResolveRequest};
pub use review::{NeedsReview, ReviewDue, Unexplained};
pub use search::is_period;
pub use split::{SplitDocument, SplitPlan};
pub use tags::{MergePlan, Suggestion, TagCount, TagRow};

/// How long a sync waits for another process before it answers from the last commit.
const PATIENCE: Duration = Duration::from_secs(30);

/// How to find and open a knowledge base.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// The root, where the user named one (`--kb`, `RIS_KB`).
    pub root: Option<PathBuf>,
    /// Where to start looking for `ris.toml` upward.
    pub current_dir: PathBuf,
    /// The clock.
    pub clock: Clock,
}

/// A document looked up by id or path.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Exactly one.
    One(Box<DocumentSummary>),
    /// Several documents carry the id.
    Many(Vec<DocumentSummary>),
    /// None; the nearest ids and paths.
    None(Vec<String>),
}

/// An open knowledge base. Can be shared between threads.
pub struct KnowledgeBase {
    root: PathBuf,
    settings: settings::Settings,
    clock: Clock,
    index: IndexStore,
    /// Files that the index does not show as they are, since it could not be written at the last sync.
    unread: Mutex<Vec<String>>,
    team: Arc<taxonomy::TeamFile>,
    history: HistoryCell,
    related: related::RelatedMemory,
    ledger: ledger::LedgerMemory,
    /// Of a copy, what it was made from.
    origin: Option<Box<copy::Origin>>,
}

impl fmt::Debug for KnowledgeBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnowledgeBase").field("root", &self.root).finish_non_exhaustive()
    }
}

impl KnowledgeBase {
    /// Opens the knowledge base. Reads its settings; touches neither documents nor index.
    ///
    /// # Errors
    /// Where the root is no folder or `ris.toml` cannot be used.
    pub fn open(options: &OpenOptions) -> Result<Self, KbError> {
        let root = root::locate(options)?;
        let settings = settings::Settings::open(&root)?;
        let index = IndexStore::new(&root);
        let (unread, team, history) = (Mutex::default(), Arc::default(), HistoryCell::default());
        Ok(Self {
            root,
            settings,
            clock: options.clock,
            index,
            unread,
            team,
            history,
            related: Default::default(),
            ledger: Default::default(),
            origin: None,
        })
    }

    /// Returns the root of the knowledge base that `path` lies in: the nearest folder upward with a `ris.toml`.
    #[must_use]
    pub fn root_above(path: &Path) -> Option<PathBuf> {
        root::above(path)
    }

    /// Returns the root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Brings the index up to date with the folder; `progress` is called now and then during long runs.
    ///
    /// # Errors
    /// Where the folder cannot be read or the index cannot be written.
    pub fn sync(&self, progress: &dyn Fn(Progress)) -> Result<SyncReport, KbError> {
        self.sync_with(&SyncOptions { progress, ..SyncOptions::quiet(PATIENCE) })
    }

    /// Builds the index anew.
    ///
    /// # Errors
    /// As [`KnowledgeBase::sync`].
    pub fn rebuild(&self, progress: &dyn Fn(Progress)) -> Result<SyncReport, KbError> {
        self.sync_with(&SyncOptions { rebuild: true, progress, ..SyncOptions::quiet(PATIENCE) })
    }

    /// Brings the index up to date as `options` say.
    ///
    /// # Errors
    /// As [`KnowledgeBase::sync`].
    pub fn sync_with(&self, options: &SyncOptions<'_>) -> Result<SyncReport, KbError> {
        Ok(self.bring_up_to_date(options)?.0)
    }

    /// Brings the index up to date as `options` say, and accounts for every file that was found.
    ///
    /// # Errors
    /// As [`KnowledgeBase::sync`].
    pub fn sync_and_account(&self, options: &SyncOptions<'_>) -> Result<(SyncReport, IndexStatus), KbError> {
        let (report, walk) = self.bring_up_to_date(options)?;
        Ok((report, self.account(&walk)?))
    }

    /// Accounts for every file, as it is on disk now.
    ///
    /// # Errors
    /// Where the folder or the index cannot be read.
    pub fn status(&self) -> Result<IndexStatus, KbError> {
        if let Some(status) = self.origin.as_ref().and_then(|origin| origin.status()) {
            return Ok(status.clone());
        }
        self.account(&fs::walk(&self.root, &self.config())?)
    }

    fn account(&self, walk: &Walk) -> Result<IndexStatus, KbError> {
        let open = match self.index.current() {
            Ok(open) => Some(open),
            Err(IndexError::Missing { .. } | IndexError::Damaged { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let config = self.current_config();
        let ask = || index::status(open.as_ref(), &self.root, &config, walk);
        let mut status = index::guarded(self.index.folder(), ask)?;
        status.synced_at = open.as_ref().and_then(|_| self.seen_at());
        status.bytes = self.index.bytes();
        Ok(status)
    }

    /// Tells whether there is an index that can be read, however old.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.index.current().is_ok()
    }

    /// Returns when the index last saw the folder: seconds since 1970.
    #[must_use]
    pub fn seen_at(&self) -> Option<i64> {
        let since = self.index.seen_at()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    }

    /// Returns what tells the commit that questions are answered from now from every other that this process saw.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn commit(&self) -> Result<(u64, u64), KbError> {
        self.ask(|open| Ok(open.commit()))
    }

    /// Searches the index as it is. An empty query matches everything (so that lists are searches with filters).
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, KbError> {
        let request = self.with_tag_names(request);
        Ok(self.answer(|open| index::search(open, &request), |results, notice| results.notices.push(notice))?)
    }

    /// Finds the incidents that share rare words with a pasted log.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn search_log(&self, request: &LogRequest) -> Result<LogResults, KbError> {
        let within = request.within.as_ref().map(|within| self.with_tag_names(within));
        let request = LogRequest { within, ..request.clone() };
        let mut results =
            self.answer(|open| index::search_log(open, &request), |results, notice| results.notices.push(notice))?;
        results.hits.iter_mut().filter(|hit| hit.same_message).for_each(|hit| self.find_way_out(hit));
        Ok(results)
    }

    /// Looks a document up by id, path, file name or file stem, without regard to case.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn find(&self, key: &str) -> Result<Found, KbError> {
        let mut found = self.ask(|open| index::find(open, key))?;
        Ok(match found.len() {
            0 => Found::None(self.ask(|open| index::nearest(open, key))?),
            1 => Found::One(Box::new(found.remove(0))),
            _ => Found::Many(found),
        })
    }

    /// Reads and parses the document at `path` (relative to the root) from disk as it is now.
    ///
    /// # Errors
    /// Where the path leads outside the knowledge base or the file cannot be read.
    pub fn read(&self, path: &str) -> Result<Parsed, KbError> {
        let full = fs::resolve(&self.root, path)?;
        let bytes = fs::read(&full, self.config().max_file_size)?;
        Ok(parse(path, &bytes, &self.current_config().parse_options()))
    }

    /// Answers from the last commit, where the answer has no place for a notice.
    fn ask<T>(&self, ask: impl Fn(&OpenIndex) -> Result<T, IndexError>) -> Result<T, KbError> {
        Ok(self.answer(ask, |_, _| {})?)
    }

    /// Answers from the last commit; an index found damaged is built anew, once.
    fn answer<T>(
        &self,
        ask: impl Fn(&OpenIndex) -> Result<T, IndexError>,
        tell: impl FnOnce(&mut T, String),
    ) -> Result<T, IndexError> {
        let asked = || {
            let mut open = self.current_index()?;
            open.tag_names = Some(self.tag_names());
            open.tags_of_query = Some(self.tags_of_query());
            index::guarded(open.folder(), || ask(&open))
        };
        match self.index.settled(asked) {
            (Err(IndexError::Damaged { reason, .. }), mark) => {
                let discarded = self.index.discard_damaged(mark, PATIENCE)?;
                // Built anew by this or by another process that found the same.
                self.bring_up_to_date(&SyncOptions::quiet(PATIENCE))?;
                let mut answer = asked()?;
                if discarded {
                    tell(&mut answer, format!("The index was damaged ({reason}) and has been built anew."));
                }
                Ok(answer)
            }
            (other, _) => other,
        }
    }

    /// Returns today, from which whatever is due or overdue is counted.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.clock.today(self.config().documents.day_zone)
    }

    /// Returns the moment from which clocks of hours are counted.
    #[must_use]
    pub fn this_minute(&self) -> notices::Point {
        self.clock.now_in(self.config().documents.day_zone).into()
    }

    /// Returns the last commit, the way to the texts of its files, and what names of severities mean.
    fn current_index(&self) -> Result<OpenIndex, IndexError> {
        let mut open = self.index.current()?;
        let config = self.config();
        open.texts = Some(FileTexts::new(&self.root, config.parse_options()));
        open.conventions = Arc::clone(&config.conventions);
        Ok(open)
    }

    /// Returns the files that the index does not show as they are, as of the last sync.
    fn unread(&self) -> Vec<String> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn now(&self) -> SystemTime {
        self.clock.now().into()
    }

    /// Looks at the settings and the team's tags anew, then at the files.
    fn bring_up_to_date(&self, options: &SyncOptions<'_>) -> Result<(SyncReport, Walk), IndexError> {
        let problems = [self.reload_settings(), self.team.reload(&self.root)];
        let (mut report, walk) = self.index.sync(&self.current_config(), self.now(), options)?;
        report.notices.extend(problems.into_iter().flatten());
        *self.unread.lock().unwrap_or_else(PoisonError::into_inner) = report.unread.clone();
        Ok((report, walk))
    }
}

/// Reads and parses any file, inside a knowledge base or not; inside, the team's root-cause tags and conventions hold.
///
/// # Errors
/// Where the file, or the settings of its knowledge base, cannot be read or used.
pub fn inspect_file(path: &Path) -> Result<Parsed, KbError> {
    let root = std::path::absolute(path).ok().and_then(|path| root::above(&path));
    let mut options = ParseOptions::default();
    if let Some(root) = root {
        options.taxonomy = taxonomy::of_root(&root);
        options.conventions = Config::load(&root)?.conventions;
    }
    let bytes = fs::read(path, options.max_bytes as u64)?;
    Ok(parse(&fs::slashed(path), &bytes, &options))
}
