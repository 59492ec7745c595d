//! What is cut off the text of an item: its owner, due day, priority and tickets, wherever they stand.

use super::fields::Fields;
use super::separators::last_separator;
use super::token::{
    is_handle, is_issue_number, is_mail, is_name, is_priority, is_ticket_key, is_ticket_url, split_at_colon,
    split_at_last_bracket,
};
use super::{due, ending};
use crate::parse::extract::Source;
use crate::parse::vocabulary::LabelRole;
use crate::parse::when;
use crate::words::trimmed;

/// So many of the last bytes hold a digit where a day ends a text (`10 March`).
const LONGEST_NUMBER: usize = 14;
/// A day takes so many words at most (`10 March 2026`).
const DAY_WORDS: usize = 3;
/// No item has more fields at its end.
const MAX_FIELDS: usize = 32;
/// `assigned to` are two.
const ASSIGNING_WORDS: usize = 2;

impl Fields {
    /// `@handle text` or `@handle: text`.
    pub(super) fn without_handle<'a>(&mut self, text: &'a str) -> &'a str {
        if !text.starts_with('@') {
            return text;
        }
        let Some((head, rest)) = text.split_once(' ') else { return text };
        let handle = head.trim_end_matches([':', ',']);
        if !is_handle(handle) || rest.trim().is_empty() {
            return text;
        }
        self.owner = Some(handle.to_owned());
        rest.trim_start()
    }

    /// `[INFRA-9068] text`, `text [Jerry]`, `text (owner: @x, due: 2026-01-15)`, `text (hugo@example.com, by 22 Jan 2024)`.
    pub(super) fn without_brackets<'t>(&mut self, source: &Source<'_>, text: &'t str) -> &'t str {
        let mut rest = text;
        let ticket = rest.strip_prefix('[').and_then(|text| text.split_once(']'));
        if let Some((ticket, behind)) = ticket.filter(|(ticket, _)| is_ticket_key(ticket)) {
            self.tickets.push(ticket.to_owned());
            rest = behind.trim_start();
        }
        let trimmed = rest.trim_end();
        if trimmed.ends_with(']')
            && let Some(open) = rest.rfind('[').filter(|open| *open > 0)
        {
            let inner = trimmed[open + 1..].trim_end_matches(']');
            // Beside a handle it is the sort of the item (`Alert on load @ana [detect]`).
            if is_name(inner) && !rest[..open].split_whitespace().any(is_handle) {
                self.owner.get_or_insert_with(|| inner.to_owned());
                rest = &rest[..open];
            }
        }
        let inner =
            rest.trim_end().trim_end_matches(['.', '。']).strip_suffix([')', '）']).and_then(split_at_last_bracket);
        match inner {
            Some((head, inner)) if self.take_signature(source, inner, true) || self.take_list(source, inner) => head,
            _ => rest,
        }
    }

    fn take_signature(&mut self, source: &Source<'_>, inner: &str, in_brackets: bool) -> bool {
        let Some((name, due)) = ending::signature(source, inner, in_brackets) else { return false };
        self.owner.get_or_insert(name);
        self.due_raw = Some(due.raw.clone());
        self.due = Some(due);
        true
    }

    /// Reads a comma-separated list of fields; tells whether every part is one.
    fn take_list(&mut self, source: &Source<'_>, list: &str) -> bool {
        let (mut taken, mut left) = (0, None);
        let separates = |c: char| matches!(c, ',' | ';' | '|' | '，' | '、' | '；');
        for part in list.split(separates).map(str::trim) {
            match self.take_part(source, part) {
                true => taken += 1,
                false if left.is_none() => left = Some(part),
                false => return false,
            }
        }
        // `due 2026-01-15, Ines Okafor`: beside fields, a name is the owner's.
        let named = |part: &&str| part.starts_with(char::is_uppercase) && part.contains(' ') && is_name(part);
        match left {
            Some(part) if taken > 0 && named(&part) => {
                self.owner.get_or_insert_with(|| part.to_owned());
                true
            }
            left => left.is_none(),
        }
    }

    fn take_part(&mut self, source: &Source<'_>, part: &str) -> bool {
        if let Some((label, value)) = split_at_colon(part)
            && self.labelled(source, label, value)
        {
            return true;
        }
        let (head, tail) = part.split_once(' ').unwrap_or((part, ""));
        if is_handle(head) && !tail.is_empty() && self.take_part(source, tail) {
            self.owner.get_or_insert_with(|| head.to_owned());
            return true;
        }
        if !tail.is_empty() && source.words.label_of(head).means(LabelRole::Due) {
            self.due_raw = Some(tail.to_owned());
            self.due = due::stated(source, None, tail).or(self.due.take());
            return self.due.is_some() || due::is_named(source, tail);
        }
        if let Some(name) = assigned(source, part) {
            self.owner.get_or_insert_with(|| name.to_owned());
            return true;
        }
        if is_handle(part) || is_mail(part) {
            self.owner.get_or_insert_with(|| part.to_owned());
            return true;
        }
        if is_priority(part) {
            self.priority.get_or_insert_with(|| part.trim_start_matches('#').to_owned());
            return true;
        }
        if is_ticket_key(part) || part.strip_prefix("PR ").is_some_and(|number| number.starts_with('#')) {
            self.tickets.push(part.to_owned());
            return true;
        }
        false
    }

    /// `text | Owner: Ximena | Due: Oct 10, 2023`, `text — @lukasz — due 2023-11-02`, `text. Owner: Ana. Due: 2025-01-31.`
    pub(super) fn without_tail<'t>(&mut self, source: &Source<'_>, text: &'t str) -> &'t str {
        let mut rest = text;
        for _ in 0..MAX_FIELDS {
            let Some((at, len)) = last_separator(rest) else { break };
            let before = last_separator(&rest[..at]);
            if let Some((head, whole)) = before.map(|(at, len)| rest.split_at(at + len))
                && self.take_signature(source, whole, false)
            {
                rest = head.trim_end().trim_end_matches(['|', '—', '–', '-', ';', ',']);
                continue;
            }
            let part = trimmed(&rest[at + len..]).trim_end_matches(['.', '。']);
            // `bis 31.10.2025)` belongs to what stands before the comma.
            let is_whole = part.matches(')').count() <= part.matches('(').count();
            if !part.is_empty() && is_whole && self.take_part(source, part) {
                rest = &rest[..at];
                continue;
            }
            // A comma also stands inside a date: `due: Oct 10, 2023`.
            let Some((at, len)) = before else { break };
            let (head, whole) = rest.split_at(at + len);
            if split_at_colon(whole).is_none() || !self.take_part(source, whole) {
                break;
            }
            rest = head.trim_end().trim_end_matches(['|', '—', '–', '-', ';', ',']);
        }
        rest
    }

    /// `Rotate all keys by 2026-03-10.`: a day that ends the sentence, behind a word that says it is due then.
    pub(super) fn without_due<'t>(&mut self, source: &Source<'_>, text: &'t str) -> &'t str {
        let body = text.trim_end().trim_end_matches(['.', '。']);
        let numbered = body.bytes().rev().take(LONGEST_NUMBER).any(|byte| byte.is_ascii_digit());
        if self.due_raw.is_some() || !numbered {
            return text;
        }
        let gaps: Vec<usize> = body.rmatch_indices(' ').map(|(at, _)| at).take(DAY_WORDS + 1).collect();
        for (behind, before) in gaps.iter().zip(gaps.iter().skip(1)) {
            let (word, day) = (&body[before + 1..*behind], &body[behind + 1..]);
            let is_day = || when::find_date(day, &source.when(None)).is_some_and(|(_, range)| range == (0..day.len()));
            if !source.words.label_of(word).means(LabelRole::Due) || !is_day() {
                continue;
            }
            let due = due::stated(source, None, day);
            // Numbers alone may be a version (`by 1.2`).
            if due.is_some() || day.contains(char::is_alphabetic) {
                self.due_raw = Some(day.to_owned());
                self.due = due;
                return &body[..*before];
            }
        }
        text
    }

    /// `@handle`, `due:2023-10-10`, `#P2`, issue keys anywhere in the text.
    pub(super) fn take_words(&mut self, source: &Source<'_>, rest: &str) {
        for word in words_with_signs(rest) {
            let bare = word.trim_matches(['(', ')', ',', '.', ';', '[', ']']);
            if is_handle(bare) {
                self.owner.get_or_insert_with(|| bare.to_owned());
            } else if let Some((label, value)) = split_at_colon(bare).filter(|(_, value)| !value.starts_with('/')) {
                self.labelled(source, label, value);
            } else if bare.starts_with('#') && is_priority(bare) {
                self.priority.get_or_insert_with(|| bare.trim_start_matches('#').to_owned());
            } else if is_ticket_key(bare) || is_ticket_url(bare) || is_issue_number(bare) {
                self.tickets.push(bare.to_owned());
            }
        }
    }
}

/// `assigned to Frank`, `owner Ines Okafor`.
fn assigned<'t>(source: &Source<'_>, part: &'t str) -> Option<&'t str> {
    let gaps = part.match_indices(' ').map(|(at, _)| at).take(ASSIGNING_WORDS);
    gaps.into_iter().find_map(|at| {
        let name = part[at..].trim();
        let says_owner = source.words.label_of(&part[..at]).means(LabelRole::ItemOwner);
        (says_owner && (is_handle(name) || name.starts_with(char::is_uppercase) && is_name(name))).then_some(name)
    })
}

/// Returns the words that hold a sign which every field has, and few other words.
fn words_with_signs(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let sign = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b'@' | b':' | b'#' | b'-' | b'/'))?;
        let start = text[..from + sign].rfind(char::is_whitespace).map_or(0, |at| text.ceil_char_boundary(at + 1));
        let end = text[from + sign..].find(char::is_whitespace).map_or(text.len(), |at| from + sign + at);
        from = end;
        Some(&text[start..end])
    })
}

/// A look at many bytes at once: a hyphen that is the sign of a field has a digit behind it. Beside characters beyond
/// ASCII, a colon of full width among them, any hyphen may show a field.
pub(super) fn may_hold_signs(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |byte: u8| (byte == b'@') | (byte == b':') | (byte == b'#') | (byte == b'/') | (byte >= 0x80);
    let numbered = |(byte, next): (&u8, &u8)| (*byte == b'-') & (next.wrapping_sub(b'0') < 10);
    bytes.iter().fold(false, |any, byte| any | is_sign(*byte))
        || bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, pair| any | numbered(pair))
}

/// Cuts `@hana due:2023-10-10 #P2` off the end; a handle alone may be the object of the sentence (`ask @hana`).
pub(super) fn without_trailing_fields(text: &str) -> &str {
    let (mut end, mut certain) = (text.len(), false);
    while let Some((head, last)) = text[..end].trim_end().rsplit_once(' ') {
        let date = |value: &str| value.starts_with(|c: char| c.is_ascii_digit());
        let labelled = last.split_once(':').is_some_and(|(_, value)| date(value));
        let field = labelled || (last.starts_with('#') && is_priority(last));
        if !field && !is_handle(last) {
            break;
        }
        certain |= field;
        end = head.len();
    }
    if certain { &text[..end] } else { text }
}
