//! Stories made up for tests.

use super::identity::plain_words;
use super::{Event, Happening, LedgerItem, Story};
use crate::model::{ActionClass, ItemState};

/// Returns the story of an open item of these words; commits are numbers.
pub(super) fn story(text: &str, events: &[(usize, Happening)]) -> Story {
    let item = LedgerItem {
        identity: plain_words(text),
        text: text.to_owned(),
        state: ItemState::Open,
        class: ActionClass::Action,
        owner: None,
        due: None,
        line: 1,
    };
    let events = events.iter().map(|(commit, what)| Event { commit: Some(*commit), what: what.clone() }).collect();
    Story { item, is_gone: false, events }
}
