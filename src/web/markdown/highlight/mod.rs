//! Colours for code: what a reader tells apart at a glance (comments, strings, numbers, keywords, keys, flags, lines of a
//! diff) as spans with a class each.
//!
//! A table of languages over one scanner, linear in the text and ready at once. A grammar engine knows more of each
//! language; for the short blocks of an incident report it would cost more time than the rest of the page.

mod languages;
mod scan;

pub(super) use scan::{highlight, push_escaped};

/// What a piece of code is; the class of its span is `hl-` and this letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Comment,
    Text,
    Number,
    Keyword,
    /// `true`, `null` and their like, names of types.
    Constant,
    /// The name before a value.
    Key,
    Variable,
    /// An option of a command, the sign in front of a command line.
    Meta,
    Added,
    Removed,
    /// Words by which a log says that something is wrong.
    Alarm,
}

impl Token {
    fn class(self) -> &'static str {
        match self {
            Self::Comment => "hl-c",
            Self::Text => "hl-s",
            Self::Number => "hl-n",
            Self::Keyword => "hl-k",
            Self::Constant => "hl-t",
            Self::Key => "hl-a",
            Self::Variable => "hl-v",
            Self::Meta => "hl-m",
            Self::Added => "hl-i",
            Self::Removed => "hl-d",
            Self::Alarm => "hl-e",
        }
    }
}

/// Every class that [`highlight`] writes.
pub(super) const CLASSES: [&str; 11] =
    ["hl-c", "hl-s", "hl-n", "hl-k", "hl-t", "hl-a", "hl-v", "hl-m", "hl-i", "hl-d", "hl-e"];
