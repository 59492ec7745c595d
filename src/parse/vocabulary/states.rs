//! How far an action item is, in words.

use super::Vocabulary;
use crate::model::ItemState;
use crate::words::{fold, is_unsegmented};

impl Vocabulary {
    /// Returns how far a status cell says that an action is; `None` where it does not say.
    ///
    /// All of it is looked at first, then two words at a time, then one: `not started` is nearer than `started`. Words for
    /// what nobody will do count only at the beginning: `in review, rejected once` goes on; those for what is done not
    /// behind one that undoes them: `merged, not deployed`, `almost done`, `waiting on the closed one`.
    pub(crate) fn item_state(&self, folded: &str) -> Option<ItemState> {
        let known = |(start, end): (usize, usize)| {
            let before = &folded[..start];
            match self.states_item(&folded[start..end])? {
                ItemState::Done if self.negates(before) => Some(ItemState::Open),
                ItemState::Done if before.split(' ').any(|word| self.not_before_done.contains(word)) => None,
                ItemState::Cancelled if start > 0 => None,
                state => Some(state),
            }
        };
        let negated = |(start, end): (usize, usize)| {
            let (before, word) = folded[start..end].split_once(' ')?;
            (self.negations.contains(before) && self.done.contains(word)).then_some(ItemState::Open)
        };
        let gaps = || memchr::memchr_iter(b' ', folded.as_bytes());
        let starts = || std::iter::once(0).chain(gaps().map(|gap| gap + 1));
        let ends = || gaps().chain([folded.len()]);
        let mut pairs = starts().zip(ends().skip(1));
        known((0, folded.len()))
            .or_else(|| pairs.find_map(|pair| known(pair).or_else(|| negated(pair))))
            .or_else(|| starts().zip(ends()).find_map(known))
    }

    /// Tells whether the last words of a folded text negate the one behind them, as in `not fully`.
    pub(crate) fn negates(&self, before: &str) -> bool {
        let mut words = before.trim_end().rsplit(' ');
        let last = words.next().unwrap_or_default();
        let is_negation = |word: &str| self.negations.contains(word);
        is_negation(last)
            || self.degrees.contains(last) && words.next().is_some_and(is_negation)
            || last.ends_with(is_unsegmented) && self.negations.iter().any(|word| last.ends_with(*word))
    }

    /// Returns the state of an action item that a folded text names, where it names nothing else.
    pub(crate) fn states_item(&self, folded: &str) -> Option<ItemState> {
        let words =
            [(&self.not_done, ItemState::Open), (&self.done, ItemState::Done), (&self.cancelled, ItemState::Cancelled)];
        words.into_iter().find_map(|(words, state)| words.contains(folded).then_some(state))
    }

    /// Tells whether a text that is not folded may end with the state of an action item.
    pub(crate) fn may_state_item(&self, text: &str) -> bool {
        self.glances.states.may_end(text)
    }

    /// Tells whether a text that is not folded may begin with words that say that an action item is done.
    pub(crate) fn may_begin_done(&self, text: &str) -> bool {
        self.glances.done.may_begin(text)
    }

    /// Returns the state of an action item that a text that is not folded names, where it names nothing else.
    pub(crate) fn text_states_item(&self, text: &str) -> Option<ItemState> {
        self.may_state_item(text).then(|| self.states_item(&fold(text))).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_told_from_what_is_not_and_from_what_nobody_will_do() {
        let words = Vocabulary::get();
        let state = |text: &str| words.item_state(&fold(text));
        for text in ["Done", "Deployed 2026-01-02", "erledigt", "已完成"] {
            assert_eq!(state(text), Some(ItemState::Done), "{text}");
        }
        for text in [
            "not started",
            "In progress since Monday",
            "Not done",
            "not yet implemented",
            "nicht umgesetzt",
            "to be done",
            "PR merged, not deployed",
            "not all done",
        ] {
            assert_eq!(state(text), Some(ItemState::Open), "{text}");
        }
        for text in [
            "Cancelled",
            "Won't fix",
            "Won’t do (too dear)",
            "WONTFIX",
            "Not planned",
            "No longer needed",
            "Superseded by AI-7",
            "verworfen",
            "entfällt",
            "ya no es necesario",
            "却下",
            "已取消",
        ] {
            assert_eq!(state(text), Some(ItemState::Cancelled), "{text}");
        }
        for text in ["almost done", "Will be done in Q3", "never done", "waiting on closed PR", "nicht ganz fertig"] {
            assert_ne!(state(text), Some(ItemState::Done), "{text}");
        }
        assert_eq!(state("handed over to the desk, done"), Some(ItemState::Done));
        assert_eq!(state("frobnicated"), None);
        assert_eq!(state("with the vendor, rejected once"), None);
    }

    #[test]
    fn no_word_names_two_states() {
        let words = Vocabulary::get();
        for word in &words.cancelled {
            assert!(!words.done.contains(word) && !words.not_done.contains(word), "{word}");
        }
        assert!(words.done.iter().all(|word| !words.not_done.contains(word)));
    }
}
