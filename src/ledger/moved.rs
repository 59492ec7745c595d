//! Items that one commit took out of a document and put into another.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::identity::plain_words;
use super::story::{Event, Happening, Story};

/// A commit, and the words of an item.
type Words = (Option<usize>, String);

/// Joins the stories of items that one commit took out of one document and wrote, in the same words, into another: they were
/// moved, not dropped. The old story goes on in the new place.
pub(crate) fn join_moved(documents: &mut [(String, Arc<Vec<Story>>)]) {
    let mut dropped: FxHashMap<Words, Vec<(usize, usize)>> = FxHashMap::default();
    for (document, (_, stories)) in documents.iter().enumerate() {
        for (at, story) in stories.iter().enumerate() {
            let last = story.events.last().filter(|it| it.what == Happening::Dropped);
            let Some(last) = last else { continue };
            dropped.entry((last.commit, plain_words(&story.item.text))).or_default().push((document, at));
        }
    }
    if dropped.is_empty() {
        return;
    }
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for document in 0..documents.len() {
        for at in 0..documents[document].1.len() {
            let story = &documents[document].1[at];
            let Some(Event { commit, what: Happening::Written(state) }) = story.events.first().cloned() else {
                continue;
            };
            let Some(from) = dropped.get_mut(&(commit, plain_words(&story.item.text))) else { continue };
            let Some(nth) = from.iter().position(|(other, _)| *other != document) else { continue };
            let (other, place) = from.remove(nth);
            let mut events = std::mem::take(&mut Arc::make_mut(&mut documents[other].1)[place].events);
            events.pop();
            events.push(Event { commit, what: Happening::Moved(documents[other].0.clone()) });
            // It was ticked on the way.
            events.extend((!state.is_open()).then_some(Event { commit, what: settled(state) }));
            let story = &mut Arc::make_mut(&mut documents[document].1)[at];
            events.extend(story.events.drain(1..));
            story.events = events;
            taken.push((other, place));
        }
    }
    taken.sort_unstable();
    for (document, at) in taken.into_iter().rev() {
        Arc::make_mut(&mut documents[document].1).remove(at);
    }
}

fn settled(state: crate::model::ItemState) -> Happening {
    match state {
        crate::model::ItemState::Cancelled => Happening::Cancelled,
        _ => Happening::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::made_up;
    use crate::model::ItemState;

    fn story(text: &str, is_gone: bool, events: &[(usize, Happening)]) -> Story {
        Story { is_gone, ..made_up::story(text, events) }
    }

    #[test]
    fn what_one_commit_moves_goes_on_in_its_new_place() {
        let open = || Happening::Written(ItemState::Open);
        let mut documents = [
            (
                "a.md".to_owned(),
                Arc::new(vec![
                    story("Add an alert", true, &[(1, open()), (2, Happening::Dropped)]),
                    story("Raise the limit", true, &[(1, open()), (2, Happening::Dropped)]),
                ]),
            ),
            (
                "b.md".to_owned(),
                Arc::new(vec![
                    story("Add an **alert**.", false, &[(2, open()), (5, Happening::Done)]),
                    story("Raise the limit", false, &[(4, open())]),
                ]),
            ),
        ];
        join_moved(&mut documents);
        let texts: Vec<&str> = documents[0].1.iter().map(|it| it.item.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Raise the limit"],
            "it was written again by another commit: nobody knows that it is the same"
        );
        let events: Vec<(Option<usize>, Happening)> =
            documents[1].1[0].events.iter().map(|it| (it.commit, it.what.clone())).collect();
        let wanted = [(Some(1), open()), (Some(2), Happening::Moved("a.md".to_owned())), (Some(5), Happening::Done)];
        assert_eq!(events, wanted);
    }
}
