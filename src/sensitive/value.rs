//! Values: where one begins and ends, and what it is made of.

use std::cell::Cell;

/// A value as written behind a separator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// At most [`LONGEST`] bytes of it: enough to tell what it is.
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// The byte behind all of it, however long it is.
    pub(super) end: usize,
    /// In quotes or backticks.
    pub(super) quoted: bool,
}

/// So many bytes are looked at to tell what a value is.
const LONGEST: usize = 256;

/// What ends a value.
#[derive(Debug, Clone, Copy)]
enum Closing {
    /// A blank, or what no value outside quotes has in it.
    Bare,
    /// The quote that closes it.
    Quote(char),
}

impl Closing {
    const COUNT: usize = 6;

    fn of(quote: char) -> Self {
        Self::Quote(match quote {
            '“' | '„' => '”',
            '«' => '»',
            _ => quote,
        })
    }

    fn number(self) -> usize {
        match self {
            Self::Bare => 0,
            Self::Quote('"') => 1,
            Self::Quote('`') => 2,
            Self::Quote('”') => 3,
            Self::Quote('»') => 4,
            Self::Quote(_) => 5,
        }
    }

    fn ends(self, c: char) -> bool {
        match self {
            Self::Bare => c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '|' | '<' | '>' | '\\'),
            Self::Quote(quote) => c == quote || c.is_whitespace(),
        }
    }

    /// Takes away what stands at the end of a value and is none of it.
    fn trimmed(self, value: &str) -> &str {
        match self {
            Self::Bare => value.trim_end_matches([',', ';', '.', ':', ')', ']', '}', '*', '_', '?']),
            Self::Quote(_) => value.trim_end_matches('\\'),
        }
    }
}

/// A stretch of the text in which no value of one sort ends, and where one ends behind it: with what is none of it, and
/// without.
#[derive(Debug, Clone, Copy, Default)]
struct Walked {
    from: usize,
    to: usize,
    trimmed: usize,
}

/// The values of a text. Long ones may lie in each other: what was walked over is known, so that a text of nothing but
/// beginnings of values takes no longer than any other.
pub(super) struct Values<'a> {
    pub(super) text: &'a str,
    walked: [Cell<Walked>; Closing::COUNT],
}

impl<'a> Values<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, walked: Default::default() }
    }

    /// Reads the value that begins at byte `at`, on the same line.
    pub(super) fn read(&self, at: usize) -> Option<Value<'a>> {
        let rest = head(self.text, at, LONGEST);
        let (escaped, rest) = rest.strip_prefix('\\').map_or((0, rest), |rest| (1, rest));
        let at = at + escaped;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“' | '„' | '«'));
        if let Some(quote) = quote {
            let closing @ Closing::Quote(close) = Closing::of(quote) else { return None };
            let (start, inner) = (at + quote.len_utf8(), &rest[quote.len_utf8()..]);
            return match inner.find([close, '\n']) {
                Some(end) if inner[end..].starts_with('\n') => None,
                Some(end) => Some(self.short(start, closing.trimmed(&inner[..end]), true)),
                // A key or a token has no blanks; a sentence in quotes has.
                None if inner.contains(char::is_whitespace) || at + rest.len() >= self.text.len() => None,
                None => Some(self.long(start, inner, closing)),
            };
        }
        // A template (`<password>`) is one value.
        if rest.starts_with('<') {
            let end = rest.find(['>', '\n'])?;
            return Some(self.short(at, Closing::Bare.trimmed(&rest[..end]), false));
        }
        match rest.find(|c| Closing::Bare.ends(c)) {
            Some(end) => Some(self.short(at, Closing::Bare.trimmed(&rest[..end]), false)),
            None if at + rest.len() >= self.text.len() => Some(self.short(at, Closing::Bare.trimmed(rest), false)),
            None => Some(self.long(at, rest, Closing::Bare)),
        }
    }

    fn short(&self, start: usize, text: &'a str, quoted: bool) -> Value<'a> {
        Value { text, start, end: start + text.len(), quoted }
    }

    /// The value that begins with `head` and goes on behind it.
    fn long(&self, start: usize, head: &'a str, closing: Closing) -> Value<'a> {
        let known = self.walked[closing.number()].get();
        let walked = if (known.from..known.to).contains(&start) { known } else { self.walk(start, closing) };
        let end = walked.trimmed.max(start);
        let text = head.get(..end - start).unwrap_or(head);
        Value { text, start, end, quoted: matches!(closing, Closing::Quote(_)) }
    }

    fn walk(&self, from: usize, closing: Closing) -> Walked {
        let rest = &self.text[from..];
        let value = &rest[..rest.find(|c| closing.ends(c)).unwrap_or(rest.len())];
        let walked = Walked { from, to: from + value.len(), trimmed: from + closing.trimmed(value).len() };
        self.walked[closing.number()].set(walked);
        walked
    }
}

/// Returns at most `length` bytes of `text` from `at` on, whole characters.
pub(super) fn head(text: &str, at: usize, length: usize) -> &str {
    let mut end = text.len().min(at.saturating_add(length));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}

/// Returns at most `length` bytes of `text` up to `at`, whole characters.
pub(super) fn tail(text: &str, at: usize, length: usize) -> &str {
    let mut start = at.saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or_default()
}

/// Which sorts of characters a value has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Make {
    pub(super) lower: usize,
    pub(super) upper: usize,
    pub(super) digits: usize,
    /// Signs other than those that join words.
    pub(super) signs: usize,
    /// `-`, `_`, `.` and `/`.
    pub(super) joints: usize,
}

impl Make {
    pub(super) fn of(value: &str) -> Self {
        let mut make = Self::default();
        for c in value.chars() {
            match c {
                _ if c.is_lowercase() => make.lower += 1,
                _ if c.is_uppercase() => make.upper += 1,
                '0'..='9' => make.digits += 1,
                '-' | '_' | '.' | '/' => make.joints += 1,
                _ if c.is_alphabetic() => make.lower += 1,
                _ => make.signs += 1,
            }
        }
        make
    }

    /// Returns how many of lower case, upper case, digits and signs there are.
    pub(super) fn sorts(self) -> usize {
        [self.lower, self.upper, self.digits, self.signs].iter().filter(|count| **count > 0).count()
    }
}

/// Returns the bits of information in a character of `value`, by how often each occurs.
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    value.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let total = value.len() as f64;
    let share = |count: u32| f64::from(count) / total;
    counts.iter().filter(|count| **count > 0).map(|count| -share(*count) * share(*count).log2()).sum()
}

/// Tells whether a value longer than what people type is a token: letters and digits by lot, with what joins its parts.
pub(super) fn looks_like_token(value: &str) -> bool {
    let plain = value.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-' | b'.' | b'~' | b'%' | b':')
    });
    let count = |is: fn(&u8) -> bool| value.as_bytes().iter().filter(|byte| is(byte)).count();
    let mixed = || count(u8::is_ascii_digit) >= 2 && count(u8::is_ascii_alphabetic) >= 6;
    plain && mixed() && entropy(value) >= 3.4 && !is_in_words(value)
}

/// Tells whether a value looks as if a machine had drawn it by lot.
pub(super) fn looks_random(value: &str) -> bool {
    let make = Make::of(value);
    let plain =
        value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-'));
    if value.len() < 16 || !plain || make.digits < 2 || make.lower + make.upper < 2 {
        return false;
    }
    let is_hex = value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    entropy(value) >= if is_hex { 2.8 } else { 3.4 } && !is_in_words(value)
}

/// Names of things are words joined by signs, with a number or a date among them.
fn is_in_words(value: &str) -> bool {
    let parts = value.split(['-', '_', '/', '.', ':']);
    let words = parts.filter(|part| part.len() > 2 && part.bytes().all(|it| it.is_ascii_alphabetic()));
    words.map(str::len).sum::<usize>() * 2 >= value.len()
}
