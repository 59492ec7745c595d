//! What people sign an item with at its end: `… (Ines Okafor, 2026-01-30). Done.`

use rustc_hash::FxHashMap;

use super::dropped::{BY, says_dropped};
use super::token::{self, is_name, split_at_last_bracket, split_at_near_colon};
use crate::model::{ActionItem, Document, Due, ItemState};
use crate::parse::extract::Source;
use crate::parse::vocabulary::{LabelRole, Vocabulary};
use crate::parse::when;
use crate::words::{Needle, trimmed};

/// A state that is a label has at least so many bytes: `No:` begins a sentence.
const SHORTEST_STATE: usize = 4;

/// Who did an item stands behind this word, or behind `by`.
const VON: Needle = Needle::new(" von ", 1);

/// What may stand between a name and a day.
const DASHES: [Needle; 4] =
    [Needle::new(" - ", 1), Needle::new(" – ", 3), Needle::new(" — ", 3), Needle::new(" | ", 1)];

/// `on`, `am`, `le`, `el`, `på`
const LONGEST_PREPOSITION: usize = 3;

/// `done on 2024-03-08 by Aiko Brandvold` has about so many bytes at most.
const LONGEST_COMPLETION: usize = 60;

/// And at most so many.
const LONGEST_STATE: usize = 30;

/// Cuts a last sentence that says only how far the item is: `… . Done.`, `… — erledigt`.
pub(super) fn without_state(text: &str) -> (&str, Option<ItemState>) {
    if !Vocabulary::get().may_state_item(text) {
        return (text, None);
    }
    let body = text.trim_end().trim_end_matches(['.', '!', '。']);
    let ends = |c: char| matches!(c, '.' | ')' | '!' | ']' | '。' | '）' | '—' | '–' | ':');
    let Some((at, end)) = body.char_indices().rfind(|(_, c)| ends(*c)) else { return (text, None) };
    let last = &body[at + end.len_utf8()..];
    // `v2.x` ends no sentence.
    let apart = !end.is_ascii() || last.starts_with(char::is_whitespace);
    // `Status: done` is a label and its value, `Rotate the keys: done` an item.
    let labels = end == ':' && body[..at].split_whitespace().nth(2).is_none();
    // `Show the status: cancelled` is about one.
    let is_value = || end == ':' && !Vocabulary::get().label_of(last_word(&body[..at])).is_empty();
    let state = Vocabulary::get().text_states_item(last).filter(|_| apart && !labels);
    let state = state.filter(|it| *it != ItemState::Cancelled || !is_value());
    if state.is_none() || body[..at].trim().is_empty() {
        return (text, None);
    }
    let brackets = matches!(end, ')' | ']' | '）');
    (if brackets { &body[..at + end.len_utf8()] } else { &body[..at] }, state)
}

/// Returns the last word of a text.
pub(super) fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

/// A cheap look: the last words hold a number or name somebody, one of them may be a state, and a state may begin behind a
/// sign.
pub(super) fn may_be_completed(text: &str) -> bool {
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_COMPLETION))..];
    let told = || tail.bytes().any(|byte| byte.is_ascii_digit()) || BY.find(tail).is_some() || VON.find(tail).is_some();
    let words = Vocabulary::get();
    let is_sign = |(at, byte): &(usize, u8)| match byte {
        b'.' | b'(' | b'[' | b':' | b';' | b',' => true,
        b'-' => text.as_bytes().get(at + 1) == Some(&b' '),
        byte => !byte.is_ascii(),
    };
    let mut signs = text.bytes().enumerate().filter(is_sign);
    let begins_done = |(at, _): (usize, u8)| words.may_begin_done(&text[text.ceil_char_boundary(at + 1)..]);
    let mut last_words = tail.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    told() && signs.any(begins_done) && (!tail.is_ascii() || last_words.any(|word| words.may_state_item(word)))
}

/// Cuts the last words that say when an item was done, or by whom: `… . Done on 2024-03-08 by Ana Ruiz.`, `(done 2026-03-08)`,
/// `- erledigt am 9.3.2026`.
pub(super) fn without_completion<'t>(source: &Source<'_>, text: &'t str) -> Option<&'t str> {
    let closed = text.trim_end().trim_end_matches(['.', '!', '。']);
    let body = closed.strip_suffix([')', ']', '）']).unwrap_or(closed);
    let (rest, by) = without_doer(body);
    let (found, at) = when::scan_end(rest, &source.when(None))
        .filter(|(found, _)| found.date.is_some_and(|it| it.day.is_some()))
        .map_or((false, rest.len()), |(_, at)| (true, at));
    if !by && !found {
        return None;
    }
    // `Done by Ana on 2024-03-08`
    let head = without_doer(without_preposition(rest[..at].trim_end())).0.trim_end();
    let begins = |c: char| matches!(c, '.' | '(' | '[' | ':' | ';' | ',' | '—' | '–' | '。' | '（');
    let start = head.char_indices().rfind(|(_, c)| begins(*c)).map(|(at, c)| at + c.len_utf8());
    let dashed = head.rfind(" - ").map(|at| at + " - ".len());
    let start = start.max(dashed)?;
    let said = trimmed(&head[start..]);
    if Vocabulary::get().text_states_item(said) != Some(ItemState::Done) {
        return None;
    }
    let item = head[..start].trim_end().trim_end_matches(|c| begins(c) && c != '.' || c == '-');
    Some(trimmed(item)).filter(|item| item.contains(char::is_alphanumeric))
}

/// Cuts ` by Ana Ruiz` off the end; tells whether somebody was named.
fn without_doer(text: &str) -> (&str, bool) {
    let doer = BY.rsplit(text).or_else(|| VON.rsplit(text));
    doer.filter(|(_, name)| is_full_name(name) || token::is_handle(name))
        .map_or((text, false), |(rest, _)| (rest, true))
}

/// Cuts a short word such as `on`, `am` or `le` off the end.
fn without_preposition(text: &str) -> &str {
    let last = text
        .rsplit_once(' ')
        .filter(|(_, word)| word.len() <= LONGEST_PREPOSITION && word.chars().all(char::is_lowercase));
    last.map_or(text, |(rest, _)| rest)
}

/// Cuts a state that stands before an item or in brackets behind it: `[DONE] …`, `(done) …`, `DONE: …`, `… [done]`,
/// `… (won't do: too dear)`.
pub(super) fn without_mark(text: &str) -> (&str, Option<ItemState>) {
    let states = |inner: &str| Vocabulary::get().text_states_item(inner);
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let bracketed = bracketed.or_else(|| text.strip_prefix('(').and_then(|rest| rest.split_once(')')));
    let labelled = || split_at_near_colon(text, LONGEST_STATE).filter(|(name, _)| name.len() >= SHORTEST_STATE);
    let last = || text.trim_end().strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map(|(rest, it)| (it, rest));
    let behind = || last().filter(|(mark, _)| mark.len() >= SHORTEST_STATE);
    let reasoned = || {
        let inner = text.trim_end().trim_end_matches('.').strip_suffix([')', '）'])?;
        let (rest, mark) = split_at_last_bracket(inner)?;
        // A list of states (`open, closed`) and a value (`true`) are things that the item is about.
        let state = mark.split([':', ';', '：', '—', '–']).next().unwrap_or(mark).trim();
        (state.len() >= SHORTEST_STATE && !matches!(state, "true" | "false")).then_some((state, rest))
    };
    let marked = [bracketed, labelled(), behind(), reasoned()].into_iter().flatten();
    let says = |mark: &str| states(mark).or_else(|| says_dropped(mark).then_some(ItemState::Cancelled));
    let found = marked.into_iter().find_map(|(mark, rest)| Some((rest.trim(), says(mark)?)));
    found.filter(|(rest, _)| !rest.is_empty()).map_or((text, None), |(rest, state)| (rest, Some(state)))
}

/// Reads `Ines Okafor, 2026-01-30`, `Ines - 2026-01-30` and `Ines Okafor, by 2026-01-30.`: who does it, and by when.
///
/// In brackets one name is enough before a word such as `by`.
pub(super) fn signature(source: &Source<'_>, inner: &str, in_brackets: bool) -> Option<(String, Due)> {
    // A day has a digit, and most lists of fields have none.
    if !inner.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let dashed = || DASHES.iter().find_map(|dash| dash.split(inner));
    let separates = |c: char| matches!(c, ',' | ';' | '，' | '、' | '；');
    let (name, date) = inner.split_once(separates).or_else(dashed)?;
    let (name, date) = (name.trim(), date.trim().trim_end_matches(['.', '。']));
    if !name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) {
        return None;
    }
    let due = |(word, _): &(&str, &str)| source.words.label_of(word).means(LabelRole::Due);
    let date = date
        .split_once(' ')
        .filter(due)
        .filter(|_| in_brackets || is_full_name(name))
        .map_or(date, |(_, date)| date.trim());
    if !is_name(name) {
        return None;
    }
    let (found, range) = when::find_date(date, &source.when(None))?;
    let day = found.with_year(None)?.known_day()?;
    let whole = range.start == 0 && range.end == date.len();
    whole.then(|| (name.to_owned(), Due { date: day, raw: date.to_owned(), inferred: false }))
}

/// `Add an alert (Ana)`: a name in brackets is the owner's where the document names that person elsewhere, and where every
/// item of a list ends with a person's name.
pub(super) fn sign(document: &mut Document) {
    let Document { action_items, owners, .. } = document;
    for list in action_items.chunk_by_mut(|a, b| a.group == b.group) {
        let all_signed = is_signed_throughout(list);
        for item in list.iter_mut().filter(|item| item.owner.is_none()) {
            let Some((head, name)) = signed(&item.text) else { continue };
            if all_signed || owners.iter().any(|owner| owner.value.eq_ignore_ascii_case(name)) {
                item.owner = Some(name.to_owned());
                item.text = head.trim_end().to_owned();
            }
        }
    }
}

fn signed(text: &str) -> Option<(&str, &str)> {
    text.strip_suffix(')')?.rsplit_once(" (")
}

/// Tells whether each of several items has an owner or ends with the name of a person. Names of one pattern are of
/// something else: `(Phase One)`, `(Phase Two)`, `(High Priority)`, `(Low Priority)`.
fn is_signed_throughout(list: &[ActionItem]) -> bool {
    let names: Vec<&str> =
        list.iter().filter(|it| it.owner.is_none()).filter_map(|it| signed(&it.text)).map(|it| it.1).collect();
    let owned = list.iter().filter(|it| it.owner.is_some()).count();
    list.len() > 1
        && owned + names.len() == list.len()
        && names.iter().all(|name| is_full_name(name))
        && !are_of_one_pattern(&names)
}

/// Tells whether two different names have their first or their last word in common.
fn are_of_one_pattern(names: &[&str]) -> bool {
    let (mut firsts, mut lasts) = (FxHashMap::default(), FxHashMap::default());
    names.iter().any(|name| {
        let first = *firsts.entry(name.split(' ').next()).or_insert(name);
        let last = *lasts.entry(name.rsplit(' ').next()).or_insert(name);
        first != name || last != name
    })
}

/// `Priya Halloran`: two or three capitalised words that state nothing.
fn is_full_name(name: &str) -> bool {
    let words = name.split(' ').count();
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    (2..=3).contains(&words)
        && name.split(' ').all(capital)
        && is_name(name)
        && Vocabulary::get().text_states_item(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_sentence_of_state_is_cut() {
        for (text, expected) in [
            ("Add a test. Done.", ("Add a test", Some(ItemState::Done))),
            ("Add a test (Ana, 2026-01-02). Done", ("Add a test (Ana, 2026-01-02)", Some(ItemState::Done))),
            ("Testfall ergänzen — erledigt", ("Testfall ergänzen ", Some(ItemState::Done))),
            ("Add a test. Not started.", ("Add a test", Some(ItemState::Open))),
            ("Say when the copy is done.", ("Say when the copy is done.", None)),
            ("Add a test. Nobody is done.", ("Add a test. Nobody is done.", None)),
            (". Done.", (". Done.", None)),
            ("Done.", ("Done.", None)),
            ("Done", ("Done", None)),
            ("Rotate the keys: done.", ("Rotate the keys", Some(ItemState::Done))),
            ("Status: done", ("Status: done", None)),
            ("Move from v1.x to v2.x", ("Move from v1.x to v2.x", None)),
        ] {
            assert_eq!(without_state(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_done_may_say_when_and_by_whom() {
        let read = |item: &str| {
            let text = format!("# T\n\n**Date:** 2026-03-01\n\n## Action items\n\n- {item}\n");
            let item =
                crate::parse::parse("a.md", text.as_bytes(), &Default::default()).document.action_items.remove(0);
            (item.text, item.state, item.due.is_some())
        };
        for item in [
            "Rotate the keys. Done on 2026-03-08 by Aiko Brandvold.",
            "Rotate the keys. Done by @aiko on 2026-03-08.",
            "Rotate the keys. Completed 8 March 2026 by Maximiliane Oberhollenzer.",
            "Rotate the keys (erledigt von Ana Ruiz)",
            "Rotate the keys (Done 2026-03-08)",
            "Rotate the keys - completed 2026-03-09",
            "Rotate the keys: done.",
            "Rotate the keys — erledigt am 9.3.2026.",
        ] {
            let (text, state, due) = read(item);
            assert_eq!((text.trim_end_matches('.'), state, due), ("Rotate the keys", ItemState::Done, false), "{item}");
        }
        for item in ["Say that the copy was done by 2026-03-08", "Ask the vendor why it was closed on 2026-03-08"] {
            assert_eq!(read(item).1, ItemState::Open, "{item}");
        }
    }

    #[test]
    fn a_state_before_an_item_is_cut() {
        for (text, expected) in [
            ("[DONE] Add a test", ("Add a test", Some(ItemState::Done))),
            ("(done) Add a test", ("Add a test", Some(ItemState::Done))),
            ("DONE: add a test", ("add a test", Some(ItemState::Done))),
            ("Add a test [in progress]", ("Add a test", Some(ItemState::Open))),
            ("Add a test (cancelled)", ("Add a test", Some(ItemState::Cancelled))),
            ("Add a test (won't do: too dear).", ("Add a test", Some(ItemState::Cancelled))),
            ("Add a test (cancelled jobs too)", ("Add a test (cancelled jobs too)", None)),
            ("Count tickets (open, closed)", ("Count tickets (open, closed)", None)),
            ("Set the flag (true)", ("Set the flag (true)", None)),
            ("[docs] Add a test", ("[docs] Add a test", None)),
            ("No: add no test", ("No: add no test", None)),
            ("[done]", ("[done]", None)),
            ("- [ ] / - [x]", ("- [ ] / - [x]", None)),
        ] {
            assert_eq!(without_mark(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_and_a_day_at_the_end_sign_an_item() {
        let read = |item: &str| {
            let text = format!("# T\n\n## Action items\n\n- {item}\n");
            let item =
                crate::parse::parse("a.md", text.as_bytes(), &Default::default()).document.action_items.remove(0);
            (item.text, item.owner.unwrap_or_default(), item.due.map(|it| it.date.to_string()).unwrap_or_default())
        };
        let signed = |text: &str| (text.to_owned(), "Ines Okafor".to_owned(), "2024-04-30".to_owned());
        assert_eq!(read("Rotate the keys. Ines Okafor, by 2024-04-30."), signed("Rotate the keys."));
        assert_eq!(
            read("Rotate the keys, all of them; Ines Okafor, 2024-04-30"),
            signed("Rotate the keys, all of them")
        );
        let nobody = read("Rotate the keys. Update the runbook, by 2024-04-30.");
        assert_eq!((nobody.1.as_str(), nobody.2.as_str()), ("", "2024-04-30"));
    }

    #[test]
    fn names_that_end_every_item_of_a_list_are_owners() {
        let owners = |items: [&str; 2]| {
            let text = format!("# T\n\n## Action items\n\n- {}\n- {}\n", items[0], items[1]);
            let items = crate::parse::parse("a.md", text.as_bytes(), &Default::default()).document.action_items;
            items.into_iter().map(|it| it.owner.unwrap_or_default()).collect::<Vec<_>>()
        };
        let both = ["Page the desk for a silent payer (Jonas Reimann)", "Check the other rules (Priya Halloran)"];
        assert_eq!(owners(both), ["Jonas Reimann", "Priya Halloran"]);
        assert_eq!(owners(["Add a test (@ana)", "Check the rules (Priya Halloran)"]), ["@ana", "Priya Halloran"]);
        for items in [
            ["Page the desk", "Check the rules (Priya Halloran)"],
            ["Page the desk (Phase One)", "Check the rules (Phase Two)"],
            ["Page the desk (High Priority)", "Check the rules (Low Priority)"],
            ["Page the desk (Not Started)", "Check the rules (In Progress)"],
            ["Move to the new one (Redis)", "Check the rules (TTL)"],
        ] {
            assert_eq!(owners(items), ["", ""], "{items:?}");
        }
    }
}
