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
mod fix;
mod front_matter;
mod generated;
mod html;
mod incident;
mod inspect;
mod markup;
mod origin;
mod path;
mod period;
mod question;
mod reference;
mod root_cause;
mod severity;
mod shell;
mod status;
mod text;
mod timeline;
mod told;

pub use action_item::{ActionClass, ActionItem, ActionSource, Due, ItemState};
pub use anchor::anchor_of;
pub use compliance::{Compliance, Control, OwnDays, ReviewFacts};
pub use date::{Moment, PartialDate, ZoneOrigin, calendar_day, working_days_after};
pub use deadline::{Anchor, Deadline, Milestone};
pub use document::{Checkboxes, Command, Document, Kind, Outcome, Section, SectionRole, Times};
pub use duration::{ComputedDuration, DurationKind, Durations, StatedDuration, format_minutes};
pub(crate) use each::Each;
pub use fix::{Fix, FixStanding};
pub use front_matter::{FrontMatter, FrontMatterEntry, FrontMatterFormat, OFFER};
pub use generated::{OWN_BOXES, PartMark, fingerprint, part, part_lines, part_mark};
pub use html::{HTML_ELEMENTS, HtmlPiece, HtmlReader, HtmlTag};
pub(crate) use incident::status_of;
pub use inspect::Inspected;
pub use markup::is_placeholder;
pub use origin::{Extracted, Origin, OriginKind};
pub use path::{file_name, folder_of, is_document_name, join_path, name_of};
pub use period::Period;
pub use question::{QUESTION_LEAD, is_empty_quote, question, question_of, without_questions};
pub use reference::{Reference, ReferenceKey, ReferenceKind};
pub use root_cause::{RootCauseTag, TagWords};
pub use severity::Severity;
pub use shell::{is_harmless, shell_path, shell_word};
pub use status::StatusState;
pub(crate) use text::add_new;
pub use text::{at_line, capitalised, counted, hex, nearest, one_line, short_id};
pub use timeline::{TimelineEntry, TimelineMark};
pub use told::ToldIncident;
