//! Words: how they are compared (folded), and how the built-in files of words are read. Does no I/O.

mod fold;
mod read;

pub(crate) use fold::{fold, fold_into, fold_static, is_gap, is_unsegmented, is_whole_word};
pub(crate) use read::from_str;
