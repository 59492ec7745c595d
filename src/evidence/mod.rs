//! Evidence for an auditor: the complete list of incidents of a period, the documents of each as git has them, and how to
//! check all of it without this program; and, over all documents, which controls are cited, how long each record is kept,
//! which reviews took place. Pure: what is read and written, and the day, are handed in.
//!
//! The layout is a BagIt bag (RFC 8493). The same commit, period, day and settings give the same bytes.

mod about;
mod attachments;
pub mod bag;
pub mod breaches;
mod bundle;
mod candidates;
mod case;
mod check;
pub mod controls;
mod enclosed;
mod governed;
mod ledger;
mod lists;
mod material;
pub mod notices;
mod numbering;
mod oscal;
mod part;
mod population;
mod readme;
mod reconcile;
mod record;
mod redact;
pub mod retention;
pub mod reviews;
mod summary;
mod tables;
mod verify;
mod window;

pub use about::{About, CommitSignature, Source};
pub use attachments::attachments;
pub use case::{Case, Closing, PlacedBy, Standing};
pub use check::{Check, CheckResult, Checked};
pub use enclosed::{Enclosed, Withheld};
pub use governed::governed;
pub use ledger::{CommitRow, Deleted, DroppedItem, ItemMove, Moved, Proof, Proofs};
pub(crate) use ledger::{dropped, proofs};
pub use material::Evidence;
pub use population::{Content, FileRow, Placed, Population, SourceFile};
pub use reconcile::{OutsideRow, Reconciliation, read_outside, reconcile};
pub use record::{Named, Record};
pub use redact::{Profile, Redaction, find as find_sensitive, find_in_path, redacted};
pub use verify::{OnDisk, verify};
pub use window::Window;
