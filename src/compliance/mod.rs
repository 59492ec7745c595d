//! The built-in catalogues of compliance: controls of SOC 2, HIPAA and ISO/IEC 27001, what took the place of what, how
//! long records are kept, when somebody must be told. Data and how it is looked up; knows no document and does no I/O.
//!
//! The files are in `data/`. Titles are our own words, except those of the CFR, which is public. None of it is legal
//! advice, and what is not certain says so.

mod assessment;
mod breach;
mod catalogue;
mod clocks;
mod lookup;
mod notices;
mod point;
mod reading;
mod retention;
mod several;
mod tsv;
mod unclear;
mod who;

pub(crate) use assessment::{Assessment, odd_day, regime};
pub(crate) use breach::{BREACH_BLOCK, FACTORS, weighed};
pub use catalogue::Framework;
pub(crate) use catalogue::{Control, controls};
pub(crate) use clocks::{Clock, Trigger, Unit, regimes};
pub(crate) use lookup::look_up_in;
pub use lookup::{Group, Lookup, look_up};
pub(crate) use notices::Notice;
pub use notices::NoticeState;
pub use point::Point;
pub(crate) use retention::breach_retention;
pub use retention::{RetentionRule, minimum_retention, retention_rules};
pub(crate) use several::{each_control, is_only_a_control};
pub(crate) use who::{Role, USUAL_REGIME, clocks_for, people};

#[cfg(test)]
mod tests;
