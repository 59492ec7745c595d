//! Words: how they are compared (folded), how the built-in files of words are read, and what names of time zones mean.
//! Does no I/O.

mod fold;
mod lengths;
mod letters;
mod needle;
mod phrases;
mod read;
mod trim;
mod zones;

pub(crate) use fold::{fold, fold_into, fold_static, folded_from, is_unsegmented, is_whole_word};
pub(crate) use lengths::Lengths;
pub(crate) use letters::{Head, alphanumerics, alphanumerics_at_end, ascii_letters, first_eight, may_hold_colon};
pub(crate) use needle::Needle;
pub(crate) use phrases::Phrases;
pub(crate) use read::from_str;
pub(crate) use trim::trimmed;
pub(crate) use zones::{Zone, ZoneReading};
