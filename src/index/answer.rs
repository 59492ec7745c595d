//! What the index is asked and what it answers. Plain types, re-exported by `kb`.

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::log_answer::{LogHit, LogRequest, LogResults};
use crate::model::{Kind, Outcome, Severity, StatusState};

/// A search: the query text and how to present its hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// Query text in the query language.
    pub query: String,
    /// Facet values chosen beside the query: a hit must have one of the values of each field named.
    pub facets: Vec<(FacetField, Vec<String>)>,
    /// First and last day on which the incident of a hit may have begun.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// Order of the hits.
    pub sort: Sort,
    /// First hit wanted, from 0.
    pub offset: usize,
    /// Number of hits wanted.
    pub limit: usize,
    /// Whether to count facets.
    pub with_facets: bool,
}

impl SearchRequest {
    /// Returns a request for the ten best hits of `query`, without facets.
    #[must_use]
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            facets: Vec::new(),
            days: (None, None),
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
            with_facets: false,
        }
    }
}

/// Order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Best first.
    Relevance,
    /// Newest incident first.
    Date,
    /// Most severe first.
    Severity,
}

/// A field with countable values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FacetField {
    /// `critical` to `info`.
    Severity,
    /// `open` to `closed`.
    Status,
    /// Year of the incident.
    Year,
    /// Affected service.
    Service,
    /// Root-cause tag.
    Tag,
    /// Kind of document.
    Kind,
}

impl FacetField {
    /// Every facet, in the order shown.
    pub const ALL: [Self; 6] = [Self::Severity, Self::Status, Self::Year, Self::Service, Self::Tag, Self::Kind];

    /// Returns the name, which is also its name in the query language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Status => "status",
            Self::Year => "year",
            Self::Service => "service",
            Self::Tag => "tag",
            Self::Kind => "kind",
        }
    }
}

/// The values of one field among the hits, counted with the field's own choice left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Values and their number of hits, most frequent first (years newest first, severities most severe first).
    pub values: Vec<(String, u64)>,
}

/// A document in lists and hits: what the index keeps of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSummary {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Kind.
    pub kind: Kind,
    /// How well it could be read.
    pub outcome: Outcome,
    /// Id as written.
    pub id: Option<String>,
    /// Title, or the file name where there is none.
    pub title: String,
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub date: Option<String>,
    /// Severity.
    pub severity: Option<Severity>,
    /// State.
    pub status: Option<StatusState>,
    /// Affected services.
    pub services: Vec<String>,
    /// Root-cause tags: those that people stated, then those that `ris` inferred.
    pub tags: Vec<String>,
    /// Those of `tags` that `ris` inferred.
    #[serde(default)]
    pub inferred_tags: Vec<String>,
    /// Owners.
    pub owners: Vec<String>,
    /// Project.
    pub project: Option<String>,
    /// Action items that are not done (class `action` only).
    pub actions_open: u32,
    /// Action items, without those that nobody will do (class `action` only).
    pub actions_total: u32,
}

/// A piece of text with the parts that matched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Snippet {
    /// Plain text on one line.
    pub text: String,
    /// Byte ranges of `text` to highlight, in order, not overlapping.
    pub highlights: Vec<Range<usize>>,
}

/// The best passage of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Heading it stands under.
    pub section: Option<String>,
    /// The text.
    pub snippet: Snippet,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentSummary,
    /// BM25 score; comparable only within one answer.
    pub score: f32,
    /// The title with its matches.
    pub title_snippet: Snippet,
    /// The best passage, where the body matched or the query names no words.
    pub passage: Option<Passage>,
}

/// A word of the query that was not found and what was searched for instead or besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// As typed.
    pub word: String,
    /// Indexed words within one or two edits, best first.
    pub used: Vec<String>,
    /// Documents that have the word as typed; where there are none, only the others were searched for.
    pub found: u64,
}

/// A word of a query that no document has, and what it may have meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownWord {
    /// As typed.
    pub word: String,
    /// Indexed words that look like it, nearest first.
    pub nearest: Vec<String>,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResults {
    /// Documents that match.
    pub total: usize,
    /// Documents that have all words of the query, where it was relaxed; else `total`.
    pub all_words: usize,
    /// The hits of the page asked for.
    pub hits: Vec<Hit>,
    /// Facets, where asked for.
    pub facets: Vec<Facet>,
    /// Typos forgiven.
    pub corrections: Vec<Correction>,
    /// True where few or no documents have all words of the query, so that those with some of them are shown behind.
    pub relaxed: bool,
    /// What a person should know about how the query was understood; full sentences.
    pub notices: Vec<String>,
}

/// What became of a file that is not fully parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shortfall {
    /// Some part of it could not be read.
    Partial,
    /// Nothing of it could be read.
    Rejected,
    /// It was left out.
    Skipped,
}

impl Shortfall {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
        }
    }

    /// Returns what a file fell short by, where it did.
    pub(crate) fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Parsed => None,
            Outcome::Partial => Some(Self::Partial),
            Outcome::Rejected => Some(Self::Rejected),
        }
    }
}

/// A file that is not fully parsed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileProblem {
    /// Path relative to the knowledge base.
    pub path: String,
    /// What became of it.
    pub outcome: Shortfall,
    /// Line in the file, 0 for the whole file.
    pub line: u32,
    /// Reason.
    pub reason: String,
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncReport {
    /// Files new to the index.
    pub added: usize,
    /// Files whose content changed.
    pub changed: usize,
    /// Files that left the index.
    pub removed: usize,
    /// Files as before.
    pub unchanged: usize,
    /// Why everything was read again, where it was (new schema, new parser, damage).
    pub rebuilt: Option<String>,
    /// What was found wrong and healed, or could not be done; full sentences.
    pub notices: Vec<String>,
    /// Changed files that the index does not show, since it could not be written.
    pub behind: usize,
    /// Paths of those that are there.
    #[serde(skip)]
    pub unread: Vec<String>,
    /// Paths of the files that were read again or left the index; none where they are many.
    #[serde(skip)]
    pub paths: Vec<String>,
}

/// The account of every file: `found = parsed + partial + rejected + skipped`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct IndexStatus {
    /// Files found in the folder.
    pub found: usize,
    /// Read fully.
    pub parsed: usize,
    /// Read in part.
    pub partial: usize,
    /// Not readable.
    pub rejected: usize,
    /// Left out on purpose.
    pub skipped: usize,
    /// Every file that is not parsed.
    pub problems: Vec<FileProblem>,
    /// When the index last saw the folder: seconds since 1970, where there is an index.
    pub synced_at: Option<i64>,
    /// Files in the folder that the index has not seen or has seen otherwise.
    pub behind: usize,
    /// The team's root-cause tags are others than those the index was made with, so that it is behind in every file.
    pub taxonomy_changed: bool,
    /// The same of `[reading]` of `ris.toml`.
    pub reading_changed: bool,
    /// Both in words, where one of them holds.
    #[serde(skip)]
    pub why_all_are_behind: Option<&'static str>,
    /// Bytes on disk.
    pub bytes: u64,
}

/// Progress of a long run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files to do.
    pub total: usize,
}
