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

pub use assessment::{Assessment, odd_day, regime};
pub use breach::{BREACH_BLOCK, BREACH_KEYS, FACTORS, Factor, weighed};
pub use catalogue::{Control, Framework, controls};
pub use clocks::{Clock, Trigger, Unit, clock, clocks, regimes};
pub use lookup::{Group, Lookup, look_up, look_up_in};
pub use notices::{Notice, NoticeState};
pub use point::Point;
pub use retention::{RetentionRule, minimum_retention, retention_rules};
pub use several::{each_control, is_only_a_control};
pub use who::{Role, USUAL_REGIME, clocks_for, people};

#[cfg(test)]
mod tests;
