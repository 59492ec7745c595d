//! What the text of an action item says beside what is to be done: owner, due date, priority, ticket, state.

use std::ops::Range;

use super::cuts::{may_hold_signs, without_trailing_fields};
use super::fields::Fields;
use super::marks::{leading_mark, strip_marks, trailing_mark};
use super::token::{is_ticket_url, split_at_colon};
use super::{dropped, due, ending};
use crate::model::ItemState;
use crate::parse::extract::{Source, in_one_line};
use crate::parse::outline::Block;
use crate::parse::vocabulary::{LabelRole, Vocabulary, fold};
use crate::words::trimmed;

impl Fields {
    /// Reads the item whose text is `range` of the plain text.
    pub(super) fn read(source: &Source<'_>, block: &Block, range: Range<usize>) -> Self {
        let outline = source.outline;
        let text = &outline.plain[range.clone()];
        let struck: usize = outline.struck_in(&range).iter().map(Range::len).sum();
        let is_struck = struck > 0 && struck * 2 > text.trim().len();
        let mut fields = match is_struck {
            true => Self::of_text(source, text),
            // An owner or a day that is struck out is one no more.
            false => match dropped::before_bold(source, &range) {
                Some(item) => {
                    let fields = Self::of_text(source, &outline.standing(&item));
                    Self { state: Some(ItemState::Cancelled), ..fields }
                }
                None => Self::of_text(source, &outline.standing(&range)),
            },
        };
        fields.struck = is_struck;
        if fields.struck && fields.state != Some(ItemState::Cancelled) {
            fields.state = Some(ItemState::Done);
        }
        let first = outline.links.partition_point(|link| link.text.start < range.start);
        let links = outline.links[first..].iter().take_while(|link| link.text.end <= range.end);
        for link in links.filter(|link| link.line >= block.line && is_ticket_url(&link.target)) {
            fields.tickets.push(link.target.clone());
        }
        fields
    }

    /// Reads an item from plain text.
    pub(super) fn of_text(source: &Source<'_>, text: &str) -> Self {
        let mut fields = Self { state: leading_mark(text).or(trailing_mark(text)), ..Self::default() };
        let joined = in_one_line(trimmed(text));
        let (rest, mark) = ending::without_mark(strip_marks(&joined));
        let rest = fields.without_handle(rest);
        let completed = ending::may_be_completed(rest).then(|| ending::without_completion(source, rest)).flatten();
        let (rest, state) = completed.map_or_else(|| ending::without_state(rest), |rest| (rest, Some(ItemState::Done)));
        let dropped = if mark.or(state).is_none() { dropped::without_dropped(source, rest) } else { None };
        let (rest, state) = dropped.map_or((rest, state), |rest| (rest, Some(ItemState::Cancelled)));
        fields.state = beside_mark(fields.state, mark.or(state));
        let rest = fields.without_brackets(source, rest);
        let rest = fields.without_tail(source, rest);
        let rest = fields.without_due(source, rest);
        let rest = match may_hold_signs(rest) {
            true => {
                fields.take_words(source, rest);
                without_trailing_fields(rest)
            }
            false => rest,
        };
        let rest = trimmed(trimmed(rest).trim_end_matches(['-', '–', '—', '|', ',', ';']));
        fields.text = if rest.is_empty() { joined.into_owned() } else { rest.to_owned() };
        fields
    }

    /// Reads a child line: `Owner: Priya`, `Due: 2026-01-15`.
    pub(super) fn detail(&mut self, source: &Source<'_>, text: &str) {
        for line in text.lines() {
            if let Some((label, value)) = split_at_colon(line) {
                self.labelled(source, label, value);
            }
        }
    }

    /// Takes `label: value`; tells whether the label is one of an item.
    pub(super) fn labelled(&mut self, source: &Source<'_>, label: &str, value: &str) -> bool {
        if label.len() > 40 && label.chars().count() > 40 {
            return false;
        }
        let roles = source.words.label_of(label);
        if roles.is_empty() {
            return false;
        }
        let mut value = trimmed(value);
        if value.starts_with(['*', '`']) || value.ends_with(['*', '`']) {
            value = value.trim_matches(['*', '`']).trim();
        }
        if value.is_empty() {
            return false;
        }
        if roles.means(LabelRole::Due) {
            self.due = due::stated(source, None, value).or(self.due.take());
            self.due_raw = Some(value.to_owned());
        } else if roles.means(LabelRole::ItemOwner) || roles.means(LabelRole::Owners) {
            let sentence =
                value.strip_suffix('.').filter(|name| name.rsplit(' ').next().is_some_and(|it| it.len() > 2));
            self.owner.get_or_insert_with(|| sentence.unwrap_or(value).to_owned());
        } else if roles.means(LabelRole::Priority) {
            self.priority.get_or_insert_with(|| value.to_owned());
        } else if roles.means(LabelRole::Estimate) {
            self.estimate.get_or_insert_with(|| value.to_owned());
        } else if roles.means(LabelRole::DependsOn) {
            self.depends_on = dependencies(value);
        } else if roles.means(LabelRole::Ticket) {
            self.tickets.push(value.to_owned());
        } else if roles.means(LabelRole::Status) {
            self.state = state(source, value).or(self.state);
        } else {
            return false;
        }
        true
    }
}

/// Returns what a status says: by its mark, by its share (`60% complete` is not done), by its words.
pub(super) fn state(source: &Source<'_>, value: &str) -> Option<ItemState> {
    beside_mark(leading_mark(value).or_else(|| share(value)), source.words.item_state(&fold(value)))
}

/// What a mark and the words beside it say together: the mark counts, but for what nobody will do it only shows how the
/// writer feels about it (`❌ Cancelled`).
fn beside_mark(mark: Option<ItemState>, words: Option<ItemState>) -> Option<ItemState> {
    words.filter(|state| *state == ItemState::Cancelled).or(mark).or(words)
}

fn share(value: &str) -> Option<ItemState> {
    let (number, _) = value.split_once('%')?;
    let number = number.trim_end();
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let share: u32 = number[number.len() - digits..].parse().ok()?;
    Some(if share >= 100 { ItemState::Done } else { ItemState::Open })
}

/// `Task 1.1: …`, `Fix 2 - …`, `Aufgabe 3`: returns the name and number.
pub(super) fn task_number(text: &str) -> Option<String> {
    if !Vocabulary::get().may_name_task(text) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut words = text.split([' ', ':']).filter(|word| !word.is_empty());
    let (word, number) = (words.next()?, words.next()?);
    let known = || Vocabulary::get().task_names.contains(fold(word).as_str());
    let number = number.trim_end_matches(['.', ':', ')', '-']);
    let numbered =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    (numbered && known()).then(|| format!("{word} {number}"))
}

/// Splits a list of dependencies; `None` written out gives none.
pub(super) fn dependencies(value: &str) -> Vec<String> {
    let parts = value.split([',', ';']).map(str::trim);
    let named = parts.filter(|part| !part.is_empty() && !Vocabulary::get().says_nothing(part));
    named.map(str::to_owned).collect()
}
