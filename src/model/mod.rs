//! The model: plain types for documents and what is read from them.
//!
//! Owns the vocabulary of the product (one concept a file). Does no I/O, never reads the clock, knows nothing of
//! Markdown, terminals or HTTP.

mod action_item;
mod anchor;
mod compliance;
mod contradiction;
mod date;
mod deadline;
mod document;
mod duration;
mod each;
mod front_matter;
mod generated;
mod inspect;
mod markup;
mod origin;
mod period;
mod question;
mod reference;
mod root_cause;
mod severity;
mod status;
mod timeline;

pub use action_item::{ActionClass, ActionItem, ActionSource, Due, ItemState};
pub use anchor::anchor_of;
pub use compliance::{Compliance, Control, OwnDays, ReviewFacts};
pub use date::{Moment, PartialDate, ZoneOrigin};
pub use deadline::Deadline;
pub use document::{Checkboxes, Command, Document, Kind, Outcome, Section, SectionRole, Times};
pub use duration::{ComputedDuration, DurationKind, Durations, StatedDuration, format_minutes};
pub(crate) use each::Each;
pub use front_matter::{FrontMatter, FrontMatterEntry, FrontMatterFormat};
pub use generated::{OWN_BOXES, PartMark, fingerprint, part, part_lines, part_mark};
pub use inspect::Inspected;
pub use markup::{is_no_element, is_placeholder};
pub use origin::{Extracted, Origin, OriginKind};
pub use period::Period;
pub use question::{QUESTION_LEAD, is_empty_quote, question, question_of, without_questions};
pub use reference::{Reference, ReferenceKey, ReferenceKind, join_path, name_of};
pub use root_cause::{Evidence, RootCauseTag};
pub use severity::Severity;
pub use status::{Status, StatusState};
pub use timeline::{TimelineEntry, TimelineMark};
