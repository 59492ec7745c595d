//! Values: where one begins and ends, and what it is made of.

/// A value as written behind a separator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// In quotes or backticks.
    pub(super) quoted: bool,
}

/// Longer values are no secrets that somebody wrote.
const LONGEST: usize = 256;

/// Reads the value that begins at byte `at`, on the same line.
pub(super) fn read(text: &str, at: usize) -> Option<Value<'_>> {
    let rest = head(text, at, LONGEST);
    let (escaped, rest) = rest.strip_prefix('\\').map_or((0, rest), |rest| (1, rest));
    let at = at + escaped;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“' | '„' | '«'));
    if let Some(quote) = quote {
        let inner = &rest[quote.len_utf8()..];
        let close = match quote {
            '“' | '„' => &['”', '“', '\n'][..],
            '«' => &['»', '\n'],
            '"' => &['"', '\n'],
            '`' => &['`', '\n'],
            _ => &['\'', '\n'],
        };
        let end = inner.find(close).filter(|end| !inner[*end..].starts_with('\n'))?;
        let value = inner[..end].trim_end_matches('\\');
        return Some(Value { text: value, start: at + quote.len_utf8(), quoted: true });
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '|' | '<' | '>' | '\\');
    // A template (`<password>`) is one value.
    let end = if rest.starts_with('<') { rest.find(['>', '\n'])? } else { rest.find(ends).unwrap_or(rest.len()) };
    let value = rest[..end].trim_end_matches([',', ';', '.', ':', ')', ']', '}', '*', '_', '?']);
    Some(Value { text: value, start: at, quoted: false })
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

/// Tells whether a value looks as if a machine had drawn it by lot.
pub(super) fn looks_random(value: &str) -> bool {
    let make = Make::of(value);
    let plain =
        value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-'));
    if value.len() < 16 || !plain || make.digits < 2 || make.lower + make.upper < 2 {
        return false;
    }
    let is_hex = value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let words =
        value.split(['-', '_', '/']).filter(|part| part.len() > 2 && part.bytes().all(|it| it.is_ascii_alphabetic()));
    // Names of things are words joined by signs, with a number or a date among them.
    let in_words: usize = words.map(str::len).sum();
    entropy(value) >= if is_hex { 2.8 } else { 3.4 } && in_words * 2 < value.len()
}
