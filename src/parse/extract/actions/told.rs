//! Lists that tell what was done, or what nobody will do, and not what is to do.

use super::item;
use crate::model::ItemState;
use crate::parse::extract::Source;
use crate::parse::outline::{BlockKind, Section};
use crate::parse::vocabulary::{Tense, fold};

/// So many words of an item are looked at.
const NEAR: usize = 12;

/// Returns the state that the section gives its items by its heading (`Short term (completed)`, `Rejected`), or by the
/// words that they begin with (`Rotated all keys`).
pub(super) fn state(source: &Source<'_>, section: &Section) -> ItemState {
    let title = source.outline.plain[section.title.clone()].trim();
    stated(source, title).unwrap_or_else(|| match items_tell(source, section) {
        true => ItemState::Done,
        false => ItemState::Open,
    })
}

/// Returns what stands in brackets at the end of a heading says, or its last word where that is of an end (`Completed`,
/// `Actions completed`, `Rejected`, and not `Actions to be completed`).
fn stated(source: &Source<'_>, title: &str) -> Option<ItemState> {
    if let Some((_, inner)) = title.rsplit_once(['(', '（']) {
        return item::state(source, inner.trim_end_matches([')', '）', ':']));
    }
    let folded = fold(title);
    let mut words = folded.rsplit(' ');
    let state = words.next().and_then(|last| source.words.states_item(last));
    state.filter(|state| *state != ItemState::Open && words.next() != Some("be"))
}

/// Every item begins with a participle, and one at least with such as name no quality (`Improved alerting` may be meant
/// to come); or most say what was done to something (`Nightly copy completed`).
fn items_tell(source: &Source<'_>, section: &Section) -> bool {
    let outline = source.outline;
    let own = outline.blocks[section.blocks.start].section;
    let items = outline.blocks[section.blocks.clone()].iter().filter(|block| {
        matches!(block.kind, BlockKind::Item { checked: None, .. }) && block.parent.is_none() && block.section == own
    });
    let mut told = false;
    // A participle behind a thing is a weaker sign: `Commands used in tests`.
    let (mut inside, mut unclear) = (0, 0);
    for item in items {
        let text = outline.text(item);
        let folded = fold(text);
        match source.words.tense(&folded) {
            Tense::Past => told = true,
            Tense::Participle => {}
            Tense::Other if !has_past_inside(source, text) => return false,
            // `Clean copy restored` begins as an instruction does.
            Tense::Other if source.words.instructs(&folded) => unclear += 1,
            Tense::Other => inside += 1,
        }
    }
    if inside + unclear == 0 { told } else { inside > unclear && (told || inside > 1) }
}

/// `Nightly copy completed`, `Access revoked for all guests`, `After the restart: checked the queue`: a participle behind
/// the thing it is said of, with nothing or a small word behind it, or first behind a label.
fn has_past_inside(source: &Source<'_>, text: &str) -> bool {
    let words = source.words;
    let first = text.split(['.', ';', '\n']).next().unwrap_or(text);
    let folded = fold(first);
    if words.will.first(&folded).is_some() {
        return false;
    }
    // Where participles end otherwise, nouns look the same.
    let is_past = |word: &str| word.ends_with("ed") && words.tense(word) == Tense::Past;
    let behind_label = first.split_once(": ").is_some_and(|(_, rest)| words.tense(&fold(rest)) == Tense::Past);
    let mut rest = folded.split(' ').skip(1).take(NEAR).peekable();
    while let Some(word) = rest.next() {
        let ends = rest.peek().is_none_or(|next| !words.stopword_languages(next).is_empty());
        if ends && is_past(word) {
            return true;
        }
    }
    behind_label
}
