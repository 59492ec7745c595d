//! What people write behind an item that nobody will do: `…, cancelled`, `… → won't do`, `… (superseded by INC-3)`.

use std::ops::Range;

use super::ending::last_word;
use super::marks::strip_marks;
use crate::model::ItemState;
use crate::parse::extract::Source;
use crate::parse::vocabulary::{Vocabulary, fold};
use crate::words::Needle;

/// Signs between an item and what is said of it.
const SIGNS: [&str; 10] = [", ", "; ", ": ", ". ", " - ", " – ", " — ", " → ", " -> ", " => "];
/// What replaces an item is named behind this word.
pub(super) const BY: Needle = Needle::new(" by ", 2);
/// The state of what something else replaces. (Who cancels something is told of jobs and orders too.)
const REPLACED: &str = "superseded";
/// A member of a list has at most so many words: `paid, sent back, cancelled`.
const LONGEST_MEMBER: usize = 2;

/// Cuts a sign and what it stands before, where that says that nobody will do the item.
pub(super) fn without_dropped<'t>(source: &Source<'_>, text: &'t str) -> Option<&'t str> {
    if !Vocabulary::get().may_state_item(text) && BY.find(text).is_none() {
        return None;
    }
    let body = text.trim_end().trim_end_matches(['.', '!', '。']);
    let (at, behind) = last_sign(body)?;
    if !says_dropped(&body[behind..]) {
        return None;
    }
    let (item, sign) = (body[..at].trim_end(), body[at..behind].trim());
    let belongs = match sign {
        "," | ";" | "→" | "->" | "=>" => is_listed(item),
        ":" => is_label(source, item),
        _ => false,
    };
    (!belongs && item.contains(char::is_alphanumeric)).then_some(item)
}

/// Returns where the last sign of a text begins and ends.
fn last_sign(text: &str) -> Option<(usize, usize)> {
    // Each ends with a space.
    let ends = memchr::memrchr_iter(b' ', text.as_bytes()).map(|space| space + 1);
    ends.into_iter().find_map(|end| {
        let sign = SIGNS.iter().find(|sign| text[..end].ends_with(**sign))?;
        Some((end - sign.len(), end))
    })
}

/// Returns the part of an item that stands before bold words that say that nobody will do it: `… **cancelled**`.
pub(super) fn before_bold(source: &Source<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let outline = source.outline;
    let bold = outline.strong_in(range).last()?;
    let is_last = outline.plain[bold.end..range.end].chars().all(|c| c == '.' || c.is_whitespace());
    if !is_last || !says_dropped(outline.plain[bold.clone()].trim_matches(|c: char| c == '.' || c.is_whitespace())) {
        return None;
    }
    let before = &outline.plain[range.start..bold.start];
    let item = before.trim_end_matches(|c: char| c.is_whitespace() || ",;:.-–—→>=".contains(c));
    let is_item = strip_marks(item).contains(char::is_alphanumeric) && !is_label(source, item);
    is_item.then_some(range.start..range.start + item.len())
}

/// Tells whether words say that nobody will do an item, and nothing else but what replaces it.
pub(super) fn says_dropped(said: &str) -> bool {
    let states = |text: &str| Vocabulary::get().text_states_item(text) == Some(ItemState::Cancelled);
    let is_named =
        |what: &str| what.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "#@[`".contains(c));
    let replaced = || {
        let (state, by) = BY.split(said)?;
        Some(states(state) && (fold(state.trim()) == REPLACED || is_named(by)))
    };
    states(said) || replaced().unwrap_or(false)
}

/// Tells whether what stands before a sign is a member of a list of states, or the state before another one.
fn is_listed(item: &str) -> bool {
    let member = item.rsplit([',', ';', '→', '>']).next().unwrap_or(item).trim();
    let is_member = member.len() < item.len() && member.split_whitespace().count() <= LONGEST_MEMBER;
    let last = last_word(member);
    is_member || last.ends_with("ed") || Vocabulary::get().text_states_item(last).is_some()
}

/// Tells whether what stands before a colon is a label (`Status`), or a verb whose object stands behind it (`Log`).
fn is_label(source: &Source<'_>, item: &str) -> bool {
    let last = last_word(item);
    let is_verb = || last.len() == item.len() && Vocabulary::get().instructs(&fold(last));
    !source.words.label_of(item).is_empty() || !source.words.label_of(last).is_empty() || is_verb()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn read(item: &str) -> (String, ItemState) {
        let text = format!("# T\n\n## Action items\n\n- [ ] {item}\n- [ ] Rotate the other keys\n");
        let item = parse("a.md", text.as_bytes(), &Default::default()).document.action_items.remove(0);
        (item.text, item.state)
    }

    #[test]
    fn a_sign_before_the_word_is_enough() {
        for item in [
            "Rotate the keys (cancelled)",
            "Rotate the keys [cancelled]",
            "Rotate the keys — cancelled",
            "Rotate the keys. Cancelled.",
            "Rotate the keys, cancelled",
            "Rotate the keys; cancelled.",
            "Rotate the keys - cancelled",
            "Rotate the keys: cancelled",
            "Rotate the keys → cancelled",
            "Rotate the keys -> obsolete",
            "Rotate the keys **cancelled**",
            "Rotate the keys, **won't do**.",
            "Rotate the keys, superseded",
            "Rotate the keys (superseded by INC-3)",
            "Rotate the keys (superseded by the new gateway)",
            "Rotate the keys. Superseded by AI-7.",
            "Rotate the keys — rejected by Ana Ruiz",
            "Rotate the keys, won't do",
            "Rotate the keys - won't do",
            "Rotate the keys, verworfen",
        ] {
            let (text, state) = read(item);
            assert_eq!((text.as_str(), state), ("Rotate the keys", ItemState::Cancelled), "{item}");
        }
        assert_eq!(read("gone: cancelled"), ("gone".to_owned(), ItemState::Cancelled));
    }

    #[test]
    fn what_an_item_is_about_is_no_state_of_it() {
        for item in [
            "Retry jobs that were cancelled",
            "gone cancelled",
            "Count orders that are open, closed, cancelled",
            "Count orders that are open, cancelled",
            "Show jobs as paid, sent back, cancelled",
            "Set the state from open → cancelled",
            "Alert on jobs that failed, cancelled",
            "Show the status: cancelled",
            "Log: rejected",
            "Retry jobs (cancelled by the user)",
            "Send mail, cancelled by the user or not",
            "Tell **cancelled** from failed",
        ] {
            assert_eq!(read(item).1, ItemState::Open, "{item}");
        }
    }
}
