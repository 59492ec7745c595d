//! Numbers that need no label: social security numbers in their groups, payment cards.

use super::{Sensitive, SensitiveKind, checks};

/// Looks at every run of digits of the text.
pub(super) fn scan(text: &str, found: &mut Vec<Sensitive>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most of a text has no digits: sixteen bytes are passed at once.
        if let Some(chunk) = bytes.get(at..at + 16)
            && !chunk.iter().fold(false, |any, byte| any | byte.is_ascii_digit())
        {
            at += 16;
            continue;
        }
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = Run::at(bytes, at);
        if run.begins_alone {
            found.extend(run.look(bytes));
        }
        at = run.end;
    }
}

/// Digits with single blanks or hyphens between groups.
struct Run {
    start: usize,
    end: usize,
    /// How many digits each group has; `0` behind the last.
    groups: [usize; 8],
    count: usize,
    joint: u8,
    begins_alone: bool,
}

impl Run {
    fn at(bytes: &[u8], start: usize) -> Self {
        let alone = |byte: Option<&u8>| {
            byte.is_none_or(|byte| {
                !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'+' | b'#' | b'=' | b'%'))
                    && byte.is_ascii()
            })
        };
        let mut run = Self {
            start,
            end: start,
            groups: [0; 8],
            count: 0,
            joint: 0,
            begins_alone: alone(start.checked_sub(1).and_then(|before| bytes.get(before))),
        };
        let mut at = start;
        loop {
            let digits = bytes[at..].iter().take(64).take_while(|byte| byte.is_ascii_digit()).count();
            at += digits;
            if let Some(group) = run.groups.get_mut(run.count) {
                *group = digits;
            }
            run.count += 1;
            run.end = at;
            let joint = bytes.get(at).copied().filter(|byte| matches!(byte, b'-' | b' '));
            let goes_on = joint.is_some_and(|joint| run.joint == 0 || run.joint == joint)
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !goes_on || run.count > 7 || digits == 64 {
                break;
            }
            run.joint = bytes[at];
            at += 1;
        }
        // A letter, or a joint with something behind it: part of a name.
        let behind = bytes.get(run.end);
        let ends_alone = behind.is_none_or(|byte| {
            !(byte.is_ascii_alphanumeric()
                || matches!(byte, b'-' | b'_' | b'/' | b'%')
                || (*byte == b'.' && bytes.get(run.end + 1).is_some_and(u8::is_ascii_digit)))
        });
        run.begins_alone &= ends_alone;
        run
    }

    fn look(&self, bytes: &[u8]) -> Option<Sensitive> {
        let digits = || -> Vec<u8> { bytes[self.start..self.end].iter().copied().filter(u8::is_ascii_digit).collect() };
        let found = |kind, what| Some(Sensitive::new(kind, what, self.start, self.end));
        match self.groups {
            [3, 2, 4, 0, ..] if self.joint == b'-' && checks::ssn(&digits()) => {
                found(SensitiveKind::SocialSecurity, "a social security number")
            }
            [4, 4, 4, 4, 0, ..] | [4, 6, 5, 0, ..] if checks::card(&digits()) => {
                found(SensitiveKind::Card, "a payment card number")
            }
            [13..=19, 0, ..] if checks::card(&digits()) && names_card(bytes, self.start) => {
                found(SensitiveKind::Card, "a payment card number")
            }
            _ => None,
        }
    }
}

/// Tells whether a word shortly before a number speaks of cards: numbers of that length also count messages and time.
fn names_card(bytes: &[u8], start: usize) -> bool {
    let before = bytes[start.saturating_sub(60)..start].to_ascii_lowercase();
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    [b"card".as_slice(), b"visa", b"amex", b"mastercard", b"maestro", b" pan"]
        .iter()
        .any(|word| memchr::memmem::find(line, word).is_some())
}
