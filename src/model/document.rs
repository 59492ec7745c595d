//! A document: one file and everything read from it.

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Level, Span};

use super::{
    ActionItem, Compliance, Durations, Extracted, FrontMatter, Moment, Origin, OriginKind, OwnDays, PartialDate,
    Reference, RootCauseTag, Severity, StatusState, TimelineEntry, ToldIncident, name_of,
};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A report or postmortem.
    Incident,
    /// A resolution document (RIS).
    Resolution,
    /// A root-cause analysis.
    Rca,
    /// A plan or task list for a fix.
    FixPlan,
    /// An exercise.
    Drill,
    /// Something that almost happened.
    NearMiss,
    /// Index pages, templates, process notes: searchable, never counted as incidents.
    Other,
}

impl Kind {
    /// Every kind, in the order shown to people.
    pub const ALL: [Self; 7] =
        [Self::Incident, Self::Resolution, Self::Rca, Self::FixPlan, Self::Drill, Self::NearMiss, Self::Other];

    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Resolution => "resolution",
            Self::Rca => "rca",
            Self::FixPlan => "fix-plan",
            Self::Drill => "drill",
            Self::NearMiss => "near-miss",
            Self::Other => "other",
        }
    }

    /// Returns the kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// How well a file could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything.
    Parsed,
    /// The text, but some part not (broken front matter, undecodable bytes).
    Partial,
    /// Nothing: too large, unreadable, binary.
    Rejected,
}

/// What a section is about, where its heading says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionRole {
    /// Summary.
    Summary,
    /// Impact.
    Impact,
    /// Cause, root cause, contributing factors.
    RootCause,
    /// How it was fixed.
    Resolution,
    /// What happened when.
    Timeline,
    /// What is to be done.
    Actions,
    /// What was learnt.
    Lessons,
    /// Links to other documents.
    References,
}

/// One section: a heading and the text up to the next heading of the same or a higher level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading as plain text.
    pub title: String,
    /// 1 to 6.
    pub level: u8,
    /// Line of the heading in the file, counted from 1.
    pub line: u32,
    /// Bytes from the heading to the end of the section, sub-sections included.
    pub span: Span,
    /// What it is about.
    pub role: Option<SectionRole>,
    /// Its heading speaks of keeping it from happening again.
    pub prevention: bool,
    /// Its heading speaks of checking that the fix works.
    pub verification: bool,
}

/// A command or code block of the resolution section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Command {
    /// Language of the fence (`bash`), empty where none is given.
    pub language: String,
    /// The text inside the fence.
    pub text: String,
    /// Line of the opening fence in the file, counted from 1.
    pub line: u32,
}

/// Task-list boxes outside code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Checkboxes {
    /// All.
    pub total: usize,
    /// Ticked.
    pub checked: usize,
}

/// The moments that bound an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    /// It began.
    pub started: Option<Extracted<Moment>>,
    /// It was noticed.
    pub detected: Option<Extracted<Moment>>,
    /// Its effect ended.
    pub mitigated: Option<Extracted<Moment>>,
    /// It was resolved.
    pub resolved: Option<Extracted<Moment>>,
}

/// One file and everything read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Path relative to the knowledge base, `/` between folders.
    pub path: String,
    /// How well it could be read.
    pub outcome: Outcome,
    /// What it is.
    pub kind: Extracted<Kind>,
    /// Id as written; not unique in real registries.
    pub id: Option<Extracted<String>>,
    /// Ids of the incident this document belongs to, as front matter `incident:` states them.
    pub incident: Option<Extracted<String>>,
    /// Title.
    pub title: Option<Extracted<String>>,
    /// The day the incident began.
    pub date: Option<Extracted<PartialDate>>,
    /// Severity.
    pub severity: Option<Extracted<Severity>>,
    /// Status of the header zone.
    pub status: Option<Extracted<StatusState>>,
    /// Later readings that differ from `status` (a footer that says `CLOSED`).
    pub other_statuses: Vec<Extracted<StatusState>>,
    /// Affected services.
    pub services: Vec<Extracted<String>>,
    /// Owners and authors.
    pub owners: Vec<Extracted<String>>,
    /// Root-cause tags.
    pub tags: Vec<RootCauseTag>,
    /// The project it belongs to.
    pub project: Option<Extracted<String>>,
    /// Sections in the order written.
    pub sections: Vec<Section>,
    /// A heading or label names a cause.
    pub has_root_cause: bool,
    /// Text of the root-cause sections or labels, as Markdown.
    pub root_cause: Option<Extracted<String>>,
    /// Text of the resolution section, as Markdown.
    pub resolution: Option<Extracted<String>>,
    /// Code blocks of the resolution section.
    pub commands: Vec<Command>,
    /// Task-list boxes outside code.
    pub checkboxes: Checkboxes,
    /// Action items in the order written.
    pub action_items: Vec<ActionItem>,
    /// Timeline entries in the order written.
    pub timeline: Vec<TimelineEntry>,
    /// The moments that bound the incident.
    pub times: Times,
    /// Written and computed durations.
    pub durations: Durations,
    /// References to other documents.
    pub references: Vec<Reference>,
    /// What it states about compliance.
    pub compliance: Compliance,
    /// The days that it states of itself.
    pub days: OwnDays,
    /// The incidents that its sections tell of, where they are several; empty where it is one document of one incident.
    pub several: Vec<ToldIncident>,
    /// Front matter, where there is any.
    pub front_matter: Option<FrontMatter>,
    /// ISO 639-1 code of the language it is written in, where that is clear.
    pub language: Option<&'static str>,
    /// Byte in the decoded text where the body (after front matter) begins.
    pub body_start: usize,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Tells whether its status says that the incident is not over; without a status nothing is said.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.status.as_ref().is_some_and(|status| !status.value.is_over())
    }

    /// Returns when the incident was over. The last entry of a timeline reads like an end, also of what is said to go on.
    #[must_use]
    pub fn end(&self) -> Option<&Extracted<Moment>> {
        let is_told = |it: &&Extracted<Moment>| !matches!(it.origin.kind, OriginKind::Timeline | OriginKind::Inferred);
        self.times.resolved.as_ref().filter(|it| !self.goes_on() || is_told(it))
    }

    /// Returns an empty document for `path`.
    #[must_use]
    pub fn empty(path: impl Into<String>, kind: Extracted<Kind>) -> Self {
        Self {
            path: path.into(),
            outcome: Outcome::Parsed,
            kind,
            id: None,
            incident: None,
            title: None,
            date: None,
            severity: None,
            status: None,
            other_statuses: Vec::new(),
            services: Vec::new(),
            owners: Vec::new(),
            tags: Vec::new(),
            project: None,
            sections: Vec::new(),
            has_root_cause: false,
            root_cause: None,
            resolution: None,
            commands: Vec::new(),
            checkboxes: Checkboxes::default(),
            action_items: Vec::new(),
            timeline: Vec::new(),
            times: Times::default(),
            durations: Durations::default(),
            references: Vec::new(),
            compliance: Compliance::default(),
            days: OwnDays::default(),
            several: Vec::new(),
            front_matter: None,
            language: None,
            body_start: 0,
            diagnostics: Vec::new(),
        }
    }

    /// Returns the document of a file that could not be read: it says why and nothing else.
    #[must_use]
    pub fn rejected(path: &str, code: &'static str, reason: impl Into<String>) -> Self {
        let mut document = Self::empty(path, Extracted::new(Kind::Other, "", Origin::new(OriginKind::Inferred, 0)));
        document.outcome = Outcome::Rejected;
        document.diagnostics.push(Diagnostic::new(code, Level::Error, 0, reason));
        document
    }

    /// Returns the title, or the file name without its extension where there is none.
    #[must_use]
    pub fn display_title(&self) -> &str {
        match &self.title {
            Some(title) => &title.value,
            None => name_of(&self.path),
        }
    }

    /// Returns the first error-level diagnostic: the reason why the document is not fully parsed.
    #[must_use]
    pub fn first_error(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Error)
    }
}
