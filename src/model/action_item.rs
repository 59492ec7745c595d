//! Action items: what is to be done after an incident, by whom and by when.

use chrono::NaiveDate;
use serde::Serialize;

/// The form in which an action item was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionSource {
    /// `- [ ]` or `- [x]`.
    Checkbox,
    /// A row of an action table.
    Table,
    /// A bullet, number or paragraph under an action heading.
    List,
    /// A heading that is itself the task.
    Heading,
}

/// What kind of item it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionClass {
    /// Something to do so that it does not happen again.
    Action,
    /// A check that the fix worked.
    Verification,
    /// A standing list for reviewers, auditors or developers: not work of this incident.
    Checklist,
}

impl ActionClass {
    /// Every class, in the order shown.
    pub const ALL: [Self; 3] = [Self::Action, Self::Verification, Self::Checklist];

    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Verification => "verification",
            Self::Checklist => "checklist",
        }
    }
}

/// How far an action item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// To be done, begun or not.
    #[default]
    Open,
    /// Done, by a ticked box, a status word or a mark such as ✅.
    Done,
    /// Nobody will do it: cancelled, rejected, overtaken by something else.
    Cancelled,
}

impl ItemState {
    /// Every state, in the order shown.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Cancelled];

    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Tells whether something is still to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

/// When an action item is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub date: NaiveDate,
    /// The text it was read from (`2026-01-15`, `This Week`).
    pub raw: String,
    /// True where it was worked out from a heading such as "This Week" and the incident's date.
    pub inferred: bool,
}

/// One action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionItem {
    /// What is to be done, as plain text without owner and due date markers where they could be told apart.
    pub text: String,
    /// How far it has come.
    pub state: ItemState,
    /// The form it was written in.
    pub source: ActionSource,
    /// What kind of item it is.
    pub class: ActionClass,
    /// The nearest heading inside the action section (`Immediate (This Week)`).
    pub group: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// The due text where it is no date (`Q4 2025`).
    pub due_raw: Option<String>,
    /// Priority as written.
    pub priority: Option<String>,
    /// What sort of action it is, as written (`Preventive`).
    pub sort: Option<String>,
    /// What shows that it is done, as written.
    pub done_when: Option<String>,
    /// Effort as written.
    pub estimate: Option<String>,
    /// Items or tasks it waits for, as written.
    pub depends_on: Vec<String>,
    /// Issue keys and URLs.
    pub tickets: Vec<String>,
    /// An id of its own (`Task 1.1`, `AI-3`).
    pub id: Option<String>,
    /// Index of the parent in [`Document::action_items`](super::Document::action_items).
    pub parent: Option<usize>,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Shown here but kept in another document, which counts it: a row of a generated part.
    pub carried: bool,
}

impl ActionItem {
    /// Tells whether it is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// Tells whether it is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.state == ItemState::Done
    }

    /// Tells whether it counts among what there was to do: what nobody will do does not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.state != ItemState::Cancelled
    }
}
