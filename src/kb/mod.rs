//! The knowledge base: the only door for `cli` and `web`. A capability is built once and every face shows it.

use std::path::{Path, PathBuf};

use crate::clock::Clock;
pub use crate::index::{
    Correction, DocumentSummary, Facet, FacetField, FileProblem, Hit, IndexStatus, LogCommand, LogHit, LogRequest,
    LogResults, Passage, Progress, SearchRequest, SearchResults, Snippet, Sort, SyncReport,
};

mod files;

pub use crate::parse::Parsed;
pub use files::FileError;

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

/// An open knowledge base.
#[derive(Debug)]
pub struct KnowledgeBase {
    root: PathBuf,
}

/// Why the knowledge base could not do something.
#[derive(Debug, thiserror::Error)]
pub enum KbError {
    /// Placeholder.
    #[error("not built yet")]
    Unbuilt,
}

#[expect(clippy::todo, clippy::missing_errors_doc, reason = "contract only; bodies follow")]
impl KnowledgeBase {
    /// Opens the knowledge base.
    pub fn open(options: &OpenOptions) -> Result<Self, KbError> {
        Ok(Self { root: options.root.clone().unwrap_or_else(|| options.current_dir.clone()) })
    }

    /// Returns the root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Brings the index up to date with the folder; `progress` is called now and then during long runs.
    pub fn sync(&self, _progress: &dyn Fn(Progress)) -> Result<SyncReport, KbError> {
        todo!()
    }

    /// Builds the index anew.
    pub fn rebuild(&self, _progress: &dyn Fn(Progress)) -> Result<SyncReport, KbError> {
        todo!()
    }

    /// Accounts for every file.
    pub fn status(&self) -> Result<IndexStatus, KbError> {
        todo!()
    }

    /// Searches the index as it is. An empty query matches everything (so that lists are searches with filters).
    pub fn search(&self, _request: &SearchRequest) -> Result<SearchResults, KbError> {
        todo!()
    }

    /// Finds the incidents that share rare words with a pasted log.
    pub fn search_log(&self, _request: &LogRequest) -> Result<LogResults, KbError> {
        todo!()
    }

    /// Looks a document up by id, path, file name or file stem, without regard to case.
    pub fn find(&self, _key: &str) -> Result<Found, KbError> {
        todo!()
    }

    /// Reads and parses the document at `path` (relative to the root) from disk as it is now.
    pub fn read(&self, _path: &str) -> Result<Parsed, KbError> {
        todo!()
    }
}

/// Reads and parses any file, inside a knowledge base or not.
#[expect(clippy::todo, clippy::missing_errors_doc, reason = "contract only; bodies follow")]
pub fn inspect_file(_path: &Path) -> Result<Parsed, KbError> {
    todo!()
}
