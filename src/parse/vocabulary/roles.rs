//! What labels, headings and columns can mean.

use serde::Deserialize;

/// The meaning of a labelled value, wherever the label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LabelRole {
    Title,
    Id,
    Incident,
    Kind,
    Date,
    DateWeak,
    DocumentDate,
    Started,
    Detected,
    Mitigated,
    Resolved,
    Severity,
    SeverityWeak,
    Status,
    /// A word for how it ended; counts at the top only.
    StatusWeak,
    DocumentStatus,
    Services,
    /// A word for a service that also names other things; counts at the top only.
    ServicesWeak,
    Owners,
    Reviewer,
    NextReview,
    LastReview,
    Tags,
    Category,
    Project,
    RootCause,
    Resolution,
    Impact,
    Timeline,
    Actions,
    DurationTotal,
    DurationDetect,
    DurationMitigate,
    DurationResolve,
    Due,
    ItemOwner,
    Priority,
    Estimate,
    DependsOn,
    Ticket,
    References,
    Summary,
}

/// The meaning of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ColumnRole {
    Time,
    /// A time counted from the start.
    Elapsed,
    Event,
    Action,
    Status,
    Number,
    /// When an action was done.
    Completed,
    /// What sort of action it is: corrective, preventive.
    Sort,
    /// What shows that an action is done.
    DoneWhen,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum HeadingRole {
    Summary,
    Impact,
    Affected,
    RootCause,
    Resolution,
    Timeline,
    Actions,
    Prevention,
    Lessons,
    WentWell,
    References,
    Verification,
    Checklist,
    Metadata,
    Detection,
    Appendix,
    /// A name that holds a word of another role and says nothing (`GitHub Actions`).
    Name,
}

/// What the first word of an item says of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It was done (`Rotated the keys`).
    Past,
    /// It was done, or it is how something shall be (`Improved alerts`).
    Participle,
    Other,
}

/// A set of [`LabelRole`]s or [`HeadingRole`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RoleSet(u64);

impl RoleSet {
    /// The empty set.
    pub(crate) const NONE: Self = Self(0);

    /// Returns the set of one heading role.
    pub(crate) const fn heading(role: HeadingRole) -> Self {
        Self(1 << role as u64)
    }

    /// Returns the set of one label role.
    pub(crate) const fn label(role: LabelRole) -> Self {
        Self(1 << role as u64)
    }

    /// Returns the set of these label roles.
    pub(crate) const fn labels(roles: &[LabelRole]) -> Self {
        let mut set = Self::NONE;
        let mut index = 0;
        while index < roles.len() {
            set = set.with(Self::label(roles[index]));
            index += 1;
        }
        set
    }

    /// Returns both together.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the set without one section role.
    pub(crate) const fn without(self, role: HeadingRole) -> Self {
        Self(self.0 & !(1 << role as u64))
    }

    /// Returns the set without one label role.
    pub(crate) const fn without_label(self, role: LabelRole) -> Self {
        Self(self.0 & !(1 << role as u64))
    }

    /// Tells whether the section role is in the set.
    pub(crate) const fn has(self, role: HeadingRole) -> bool {
        self.0 & (1 << role as u64) != 0
    }

    /// Tells whether the label role is in the set.
    pub(crate) const fn means(self, role: LabelRole) -> bool {
        self.0 & (1 << role as u64) != 0
    }

    /// Tells whether the two sets share a role.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Tells whether the set is empty.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
