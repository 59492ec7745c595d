//! The query language: text to a syntax tree. Knows nothing of the engine.
//!
//! Words, `"phrases"`, `prefix*`, `-exclusion`, `OR`, parentheses and `field:value`. What is not one of these is text:
//! people paste errors, URLs and log lines, and those must be found rather than refused.

mod parse;
mod values;

use std::ops::Range;

pub(crate) use parse::{Reading, parse};
pub(crate) use values::{FIELDS, canonical as known_field, is_period};

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// Every part must match.
    All(Vec<Node>),
    /// One part must match.
    Any(Vec<Node>),
    /// The part must not match.
    Not(Box<Node>),
    /// Text to find.
    Text(Text),
    /// A condition on facts, without influence on the order.
    Filter(Filter),
}

impl Node {
    /// Replaces every fact that begins with `start` by what `rename` makes of the rest.
    pub(crate) fn rename_facts(&mut self, start: &str, rename: &dyn Fn(&str) -> String) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.rename_facts(start, rename)),
            Self::Not(part) => part.rename_facts(start, rename),
            Self::Filter(Filter::Facts(list)) => {
                for fact in list {
                    if let Some(rest) = fact.strip_prefix(start) {
                        *fact = rename(rest);
                    }
                }
            }
            Self::Filter(_) | Self::Text(_) => {}
        }
    }
}

/// Text to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// As typed, without quotes or star.
    pub(crate) text: String,
    /// How it is to be matched.
    pub(crate) form: Form,
    /// Where to look.
    pub(crate) scope: Scope,
    /// Bytes of the query.
    pub(crate) span: Range<usize>,
}

/// How text is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a word in any of its forms.
    Word,
    /// As consecutive words exactly as typed.
    Phrase,
    /// As the beginning of a word.
    Prefix,
}

/// Where text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everywhere.
    Everything,
    /// In titles.
    Title,
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// One of these facts, spelt as `facts` spells them.
    Facts(Vec<String>),
    /// A fact that begins like this.
    FactsFrom(String),
    /// A front-matter key below this path with this value.
    Below(String, String),
    /// A path that begins with, or contains, this text.
    Path(String),
    /// The day of the incident, in days since 1970, both ends included.
    Days(i64, i64),
}

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) root: Node,
    /// What a person should know about how it was understood; full sentences.
    pub(crate) notices: Vec<String>,
    /// Whether a field was taken for words, so that the query is probably a paste.
    pub(crate) loosened: bool,
}
