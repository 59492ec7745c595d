//! The story of each action item of a document, from what every commit did to it.

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::item::LedgerItem;
use super::pairs::pairs;
use crate::model::ItemState;

/// What one commit did to a document.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Number of the commit; `None` for what was not committed yet.
    pub commit: Option<usize>,
    /// Its items before, on the branch of the commit.
    pub before: Arc<Vec<LedgerItem>>,
    /// Its items after.
    pub after: Arc<Vec<LedgerItem>>,
}

/// What happened to an action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// It was written down, in this state.
    Written(ItemState),
    /// It was marked as done.
    Done,
    /// It was marked as what nobody will do.
    Cancelled,
    /// It was settled and is to be done again.
    Reopened,
    /// It is due on another day.
    DueMoved {
        /// The day before.
        from: Option<NaiveDate>,
        /// The day since.
        to: Option<NaiveDate>,
    },
    /// It is somebody else's.
    Handed {
        /// Whose it was.
        from: Option<String>,
        /// Whose it is.
        to: Option<String>,
    },
    /// It was put into this document from the one at that path.
    Moved(String),
    /// It was taken out, or deleted with its document, while it was still to be done.
    Dropped,
}

impl Happening {
    /// Returns the state that the item has since, where it tells one.
    pub(crate) fn state(&self) -> Option<ItemState> {
        match self {
            Self::Written(state) => Some(*state),
            Self::Done => Some(ItemState::Done),
            Self::Cancelled => Some(ItemState::Cancelled),
            Self::Reopened => Some(ItemState::Open),
            Self::DueMoved { .. } | Self::Handed { .. } | Self::Moved(_) | Self::Dropped => None,
        }
    }

    /// Returns the state after it of an item whose state was `state`; `None` for one that is not there.
    pub(super) fn leads_to(&self, state: Option<ItemState>) -> Option<ItemState> {
        match self {
            Self::Dropped => None,
            _ => self.state().or(state),
        }
    }
}

/// Something that happened to an action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Number of the commit; `None` for what was not committed yet.
    pub commit: Option<usize>,
    /// What it did.
    pub what: Happening,
}

/// An action item and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story {
    /// The item as it was last seen.
    pub item: LedgerItem,
    /// It is in its document no more.
    pub is_gone: bool,
    /// What happened, the oldest first.
    pub events: Vec<Event>,
}

/// Returns the stories of all items that a document has or had; `steps` are what each commit did to it, the newest first.
#[must_use]
pub(crate) fn stories(steps: &[Step]) -> Vec<Story> {
    let mut teller = Teller::default();
    if let Some(newest) = steps.first() {
        newest.after.iter().for_each(|item| {
            teller.story_of(item, false);
        });
    }
    steps.iter().for_each(|step| teller.step(step));
    teller.stories.iter_mut().for_each(Story::settle);
    // They are kept, and there may be very many.
    teller.stories.shrink_to_fit();
    teller.stories
}

#[derive(Default)]
struct Teller {
    stories: Vec<Story>,
    /// The story of each identity in the version looked at.
    by_identity: FxHashMap<String, usize>,
}

impl Teller {
    fn step(&mut self, step: &Step) {
        let (before, after) = (&step.before, &step.after);
        let found = pairs(before, after);
        let note = |story: &mut Story, what| story.events.push(Event { commit: step.commit, what });
        for at in found.new {
            let of = self.story_of(&after[at], true);
            note(&mut self.stories[of], Happening::Written(after[at].state));
        }
        for (from, to) in found.same {
            let of = self.story_of(&after[to], true);
            self.by_identity.insert(before[from].identity.clone(), of);
            changes(&before[from], &after[to]).for_each(|what| note(&mut self.stories[of], what));
        }
        for at in found.gone {
            let of = self.story_of(&before[at], true);
            note(&mut self.stories[of], Happening::Dropped);
        }
    }

    fn story_of(&mut self, item: &LedgerItem, is_gone: bool) -> usize {
        *self.by_identity.entry(item.identity.clone()).or_insert_with(|| {
            self.stories.push(Story { item: item.clone(), is_gone, events: Vec::new() });
            self.stories.len() - 1
        })
    }
}

/// Returns what changed, in an order that is the other way round, as commits are read.
fn changes(before: &LedgerItem, after: &LedgerItem) -> impl Iterator<Item = Happening> {
    let state = (before.state != after.state).then_some(match after.state {
        ItemState::Open => Happening::Reopened,
        ItemState::Done => Happening::Done,
        ItemState::Cancelled => Happening::Cancelled,
    });
    let due = (before.due != after.due).then_some(Happening::DueMoved { from: before.due, to: after.due });
    let owner = (plain(before.owner.as_deref()) != plain(after.owner.as_deref()))
        .then(|| Happening::Handed { from: before.owner.clone(), to: after.owner.clone() });
    [state, owner, due].into_iter().flatten()
}

/// Returns the name of an owner as names are compared.
fn plain(owner: Option<&str>) -> Option<String> {
    owner.map(|it| it.trim_start_matches('@').to_lowercase())
}

impl Story {
    /// Puts what happened in order, and leaves out what a merge tells a second time.
    fn settle(&mut self) {
        let mut told: Vec<Event> = Vec::with_capacity(self.events.len());
        let (mut is_there, mut state) = (false, ItemState::Open);
        // What it was last changed to, where it was changed: a merge tells that of its other parent.
        let (mut due, mut owner) = (None, None);
        for event in self.events.drain(..).rev() {
            let is_new = match &event.what {
                Happening::Written(_) => !is_there,
                Happening::Dropped => is_there,
                Happening::Done => !is_there || state != ItemState::Done,
                Happening::Cancelled => !is_there || state != ItemState::Cancelled,
                Happening::Reopened => !is_there || state != ItemState::Open,
                Happening::DueMoved { to, .. } => due.replace(*to) != Some(*to),
                Happening::Handed { to, .. } => owner.replace(plain(to.as_deref())) != Some(plain(to.as_deref())),
                Happening::Moved(_) => true,
            };
            if !is_new {
                continue;
            }
            is_there = event.what != Happening::Dropped && (is_there || event.what.state().is_some());
            state = event.what.state().unwrap_or(state);
            put(&mut told, event);
        }
        // What was settled may be taken out.
        if told.last().is_some_and(|it| it.what == Happening::Dropped) && state != ItemState::Open {
            told.pop();
        }
        told.shrink_to_fit();
        self.events = told;
    }
}

/// What was taken out and is put back was there all the time.
fn put(told: &mut Vec<Event>, event: Event) {
    let Happening::Written(state) = event.what else { return told.push(event) };
    if told.last().is_none_or(|last| last.what != Happening::Dropped) {
        return told.push(event);
    }
    told.pop();
    let before = told.iter().rev().find_map(|it| it.what.state()).unwrap_or_default();
    let what = match state {
        _ if before == state => return,
        ItemState::Open => Happening::Reopened,
        ItemState::Done => Happening::Done,
        ItemState::Cancelled => Happening::Cancelled,
    };
    told.push(Event { commit: event.commit, what });
}

#[cfg(test)]
mod tests;
