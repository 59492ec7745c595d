//! A glance at a text that is not folded: most are none of the phrases that somebody looks for, by their first or last
//! word, and need no folding to be told so.

use super::{HeadingRole, LabelRole, Vocabulary};
use crate::words::{Lengths, Phrases, alphanumerics, alphanumerics_at_end, fold};

impl Vocabulary {
    /// Tells whether a text that is not folded may be a label, or one with something in brackets behind it.
    pub(crate) fn may_be_label(&self, text: &str) -> bool {
        let glances = &self.glances;
        glances.labels.may_end(text) || glances.durations.may_begin(text) || text.trim_end().ends_with(')')
    }

    /// Tells whether a text, folded or not, may be all of a heading that a section may have.
    pub(crate) fn may_be_heading(&self, text: &str) -> bool {
        may_be(&self.headings, text)
    }

    /// Tells the same of the headings that say something by their place.
    pub(crate) fn may_be_placed(&self, text: &str) -> bool {
        may_be(&self.headings_by_place, text)
    }

    /// Tells whether a text that is not folded may hold a heading that names a cause.
    pub(crate) fn may_name_cause(&self, text: &str) -> bool {
        self.glances.causes.may_be_in(text)
    }

    /// Tells whether a text that is not folded may begin or end as an instruction does.
    pub(crate) fn may_instruct(&self, text: &str) -> bool {
        self.glances.verbs.may_begin(text) || !text.is_ascii()
    }

    /// Tells whether a text that is not folded may begin with the name of a task.
    pub(crate) fn may_name_task(&self, text: &str) -> bool {
        self.glances.tasks.may_begin(text)
    }

    /// Tells whether a text that is not folded may be a label of work.
    pub(crate) fn may_name_work(&self, text: &str) -> bool {
        self.glances.work.may_end(text)
    }

    /// Tells whether a value that is not folded says nothing (`N/A`).
    pub(crate) fn says_nothing(&self, value: &str) -> bool {
        self.glances.nothing.may_end(value) && self.nothing.contains(fold(value).as_str())
    }
}

/// What a glance needs to know of the vocabulary.
#[derive(Debug)]
pub(super) struct Glances {
    pub(super) labels: Edges,
    /// Labels of one word that longer labels of a duration begin with.
    durations: Edges,
    /// Headings that name a cause.
    causes: Phrases<()>,
    pub(super) states: Edges,
    /// How words for what is done begin.
    pub(super) done: Edges,
    nothing: Edges,
    verbs: Edges,
    tasks: Edges,
    /// Labels of action items.
    work: Edges,
}

impl Glances {
    /// Returns what there is to know of `words`, which has these headings.
    pub(super) fn of(words: &Vocabulary, headings: impl Iterator<Item = (&'static str, HeadingRole)>) -> Self {
        let named = |role| words.labels.iter().filter(move |(_, roles)| roles.means(role)).map(|(label, _)| *label);
        let causes = headings.filter(|(_, role)| *role == HeadingRole::RootCause);
        Self {
            labels: Edges::ends(words.labels.keys().copied()),
            durations: Edges::starts(named(LabelRole::DurationTotal)),
            causes: Phrases::new(causes.map(|(heading, _)| (heading, ()))),
            states: Edges::ends(words.done.iter().chain(&words.not_done).chain(&words.cancelled).copied()),
            done: Edges::starts(words.done.iter().copied()),
            nothing: Edges::ends(words.nothing.iter().copied()),
            verbs: Edges::starts(words.verbs.iter().copied()),
            tasks: Edges::starts(words.task_names.iter().copied()),
            work: Edges::ends(named(LabelRole::Actions)),
        }
    }
}

impl Default for Glances {
    fn default() -> Self {
        let none = || Edges::ends(std::iter::empty());
        let causes = Phrases::new(std::iter::empty());
        Self {
            labels: none(),
            durations: none(),
            causes,
            states: none(),
            done: none(),
            nothing: none(),
            verbs: none(),
            tasks: none(),
            work: none(),
        }
    }
}

/// How each phrase of a set ends, or begins.
#[derive(Debug)]
pub(super) struct Edges(Lengths);

impl Edges {
    /// Returns the last words of folded phrases.
    pub(super) fn ends<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        Self(Lengths::of(phrases.map(end)))
    }

    /// Returns the first words of folded phrases.
    pub(super) fn starts<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let start = |phrase: &'a str| phrase.as_bytes().split(|byte| *byte == b' ').next().unwrap_or_default();
        Self(Lengths::of(phrases.map(start)))
    }

    /// Tells whether `text`, once folded, may end as a phrase does; if not, it certainly does not.
    pub(super) fn may_end(&self, text: &str) -> bool {
        last_word(text).is_none_or(|word| self.0.may_hold(word))
    }

    /// Tells whether `text`, once folded, may begin as a phrase does.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        first_word(text).is_none_or(|word| self.0.may_hold(word))
    }
}

/// Tells whether `text`, folded or not, may be all of a phrase.
fn may_be<T: Copy>(phrases: &Phrases<T>, text: &str) -> bool {
    !text.is_ascii() || last_word(text).is_none_or(|word| phrases.may_end(word))
}

fn end(folded: &str) -> &[u8] {
    let space = folded.bytes().rposition(|byte| byte == b' ');
    &folded.as_bytes()[space.map_or(0, |at| at + 1)..]
}

/// Returns the last word that `text` has once folded, but for its case; `None` where it takes folding to tell: beside
/// letters, only what is ASCII and no apostrophe separates words for certain.
fn last_word(text: &str) -> Option<&[u8]> {
    let bytes = text.as_bytes();
    let end = bytes.iter().rposition(|byte| is_part(*byte)).map_or(0, |at| at + 1);
    let start = end - alphanumerics_at_end(&bytes[..end]);
    let is_whole = start == 0 || !joins(bytes[start - 1]);
    is_whole.then_some(&bytes[start..end])
}

/// The same for the first word.
fn first_word(text: &str) -> Option<&[u8]> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| is_part(*byte)).unwrap_or(bytes.len());
    let end = start + alphanumerics(&bytes[start..]);
    let is_whole = bytes.get(end).is_none_or(|byte| !joins(*byte));
    is_whole.then_some(&bytes[start..end])
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn joins(byte: u8) -> bool {
    byte == b'\'' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn a_glance_sees_what_folding_gives() {
        for text in [
            "Root cause:",
            " (Done) ",
            "it isn't",
            "'s",
            "x'",
            "café bar",
            "bar café",
            "",
            "--",
            "a",
            "- a -",
            "1.2 b-c",
            "原因",
            "原因 b",
            "a’s b’",
            "d’a",
            "a’ b",
            "don't do",
            "DONE ✅",
            "ümlaut x ü",
            "a'",
            "' a '",
            "e\u{301} b e\u{301}",
        ] {
            let folded = fold(text);
            let lower = |word: &[u8]| String::from_utf8(word.to_ascii_lowercase()).unwrap();
            if let Some(word) = last_word(text) {
                assert_eq!(lower(word), folded.rsplit(' ').next().unwrap(), "{text:?}");
            }
            if let Some(word) = first_word(text) {
                assert_eq!(lower(word), folded.split(' ').next().unwrap(), "{text:?}");
            }
        }
        assert_eq!(last_word("Root cause: "), Some(&b"cause"[..]));
        assert_eq!(first_word("(Root cause)"), Some(&b"Root"[..]));
    }

    #[test]
    fn only_what_is_certain_is_turned_down() {
        let edges = Edges::ends(["root cause", "原因", "isnt"].into_iter());
        assert!(["The Root Cause", "原因", "it isn't", "é"].iter().all(|text| edges.may_end(text)));
        assert!(["", "root", "causes"].iter().all(|text| !edges.may_end(text)));
        let edges = Edges::starts(["duration"].into_iter());
        assert!(edges.may_begin("Duration of it") && !edges.may_begin("The duration"));
    }
}
