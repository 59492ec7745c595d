//! The scanner: cuts code into tokens by what the table says of its language.

use super::Token;
use super::languages::{Language, Lines, find};

/// Blocks above this many bytes stay plain: nobody reads so much for its colours.
const MAX_BYTES: usize = 64 << 10;
/// Longest name of a variable.
const MAX_NAME: usize = 128;
/// Words by which any log says that something is wrong.
const ALARMS: [&str; 9] = ["ERROR", "FATAL", "CRITICAL", "PANIC", "WARN", "WARNING", "SEVERE", "ALERT", "EMERG"];

/// Writes `code` as HTML with its tokens in spans; false, with nothing written, where the language is not known.
pub(in crate::web::markdown) fn highlight(name: &str, code: &str, out: &mut String) -> bool {
    let Some(language) = find(name).filter(|_| code.len() <= MAX_BYTES) else { return false };
    let mut scanner = Scanner { language, code, at: 0, plain: 0, at_line_start: true, out };
    match language.lines {
        Lines::Alike => scanner.scan_to(code.len()),
        Lines::Session => scanner.session(),
        Lines::Diff => scanner.diff(),
    }
    scanner.flush();
    true
}

struct Scanner<'a> {
    language: &'static Language,
    code: &'a str,
    at: usize,
    /// Where the text begins that has not been written yet.
    plain: usize,
    /// Nothing but blanks, dashes and opening brackets stands before this on its line.
    at_line_start: bool,
    out: &'a mut String,
}

impl Scanner<'_> {
    fn session(&mut self) {
        while self.at < self.code.len() {
            let end = self.line_end(self.at);
            let line = &self.code[self.at..end];
            let prompt = ["$ ", "# ", "> ", "% "].iter().find(|it| line.trim_start().starts_with(**it));
            let Some(prompt) = prompt else {
                self.at = (end + 1).min(self.code.len());
                continue;
            };
            let length = line.len() - line.trim_start().len() + prompt.len();
            self.put(Token::Meta, length);
            self.scan_to(end);
        }
    }

    fn diff(&mut self) {
        while self.at < self.code.len() {
            let end = self.line_end(self.at);
            let line = &self.code[self.at..end];
            let token = match line.as_bytes().first() {
                _ if line.starts_with("+++") || line.starts_with("---") => Some(Token::Key),
                Some(b'+') => Some(Token::Added),
                Some(b'-') => Some(Token::Removed),
                Some(b'@') => Some(Token::Meta),
                _ => None,
            };
            if let Some(token) = token {
                self.put(token, line.len());
            }
            self.at = (end + 1).min(self.code.len());
        }
    }

    fn scan_to(&mut self, end: usize) {
        while self.at < end {
            let rest = &self.code[self.at..end];
            match self.token(rest) {
                Some((token, length)) => self.put(token, length),
                None => self.advance(self.plain_length(rest)),
            }
        }
    }

    /// Returns the token that begins here and its length.
    fn token(&self, rest: &str) -> Option<(Token, usize)> {
        let first = rest.chars().next()?;
        if let Some(length) = self.comment(rest) {
            return Some((Token::Comment, length));
        }
        if let Some(key) = self.line_key(rest) {
            return Some(key);
        }
        if self.language.quotes.contains(first) && !self.inside_word() {
            return self.text(rest, first);
        }
        match first {
            '$' if self.language.variables => variable(rest).map(|length| (Token::Variable, length)),
            '-' if self.language.flags && self.after_blank() => flag(rest).map(|length| (Token::Meta, length)),
            '0'..='9' if !self.inside_word() => Some((Token::Number, number(rest))),
            'a'..='z' | 'A'..='Z' | '_' if !self.inside_word() => self.word(rest),
            _ => None,
        }
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let opens = |mark: &&&str| rest.starts_with(**mark) && (mark.len() > 1 || self.after_blank());
        if self.language.line_comments.iter().any(|mark| opens(&mark)) {
            return Some(rest.find('\n').unwrap_or(rest.len()));
        }
        let (open, close) = self.language.block_comment?;
        let inner = rest.strip_prefix(open)?;
        Some(inner.find(close).map_or(rest.len(), |at| open.len() + at + close.len()))
    }

    /// A key is the first word of its line (after the dash of a list) and followed by its sign.
    fn line_key(&self, rest: &str) -> Option<(Token, usize)> {
        if self.language.key_ends.is_empty() || self.inside_word() {
            return None;
        }
        let opens = self.at_line_start;
        if opens && rest.starts_with('[') && self.language.key_ends == "=" {
            let end = rest.find(['\n', ']'])?;
            return rest[end..].starts_with(']').then_some((Token::Keyword, end + 1));
        }
        let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '"' | '@');
        let length = rest.find(|c| !named(c)).unwrap_or(rest.len());
        let after = rest[length..].trim_start_matches(' ');
        let ends = after.starts_with(|c| self.language.key_ends.contains(c));
        if length == 0 || !ends {
            return None;
        }
        let quoted = rest.starts_with('"');
        let apart = !after.starts_with(':') || after[1..].is_empty() || after[1..].starts_with([' ', '\n', '\r']);
        (quoted || (opens && apart)).then_some((Token::Key, length))
    }

    fn text(&self, rest: &str, quote: char) -> Option<(Token, usize)> {
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        if let Some(inner) = rest.strip_prefix(triple.as_str()) {
            return Some((Token::Text, inner.find(&triple).map_or(rest.len(), |at| at + 6)));
        }
        let long = self.language.long_quotes.contains(quote);
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\n' if !long => return None,
                c if c == quote => {
                    let end = at + c.len_utf8();
                    let is_key = self.language.key_ends == ":" && rest[end..].trim_start().starts_with(':');
                    return Some((if is_key { Token::Key } else { Token::Text }, end));
                }
                _ => {}
            }
        }
        None
    }

    fn word(&self, rest: &str) -> Option<(Token, usize)> {
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let word = &rest[..length];
        let token = if self.language.is_keyword(word) {
            Token::Keyword
        } else if self.language.is_constant(word) {
            Token::Constant
        } else if ALARMS.contains(&word) {
            Token::Alarm
        } else {
            return None;
        };
        Some((token, length))
    }

    /// Returns how much of `rest` is surely plain: a word, or one sign.
    fn plain_length(&self, rest: &str) -> usize {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if word > 0 { word } else { rest.chars().next().map_or(1, char::len_utf8) }
    }

    fn before(&self) -> Option<char> {
        self.code[..self.at].chars().next_back()
    }

    fn inside_word(&self) -> bool {
        self.before().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn after_blank(&self) -> bool {
        self.before().is_none_or(char::is_whitespace)
    }

    fn line_end(&self, from: usize) -> usize {
        self.code[from..].find('\n').map_or(self.code.len(), |at| from + at)
    }

    fn advance(&mut self, length: usize) {
        for &byte in &self.code.as_bytes()[self.at..self.at + length] {
            let opening = matches!(byte, b' ' | b'\t' | b'-' | b'{' | b'[');
            self.at_line_start = byte == b'\n' || (self.at_line_start && opening);
        }
        self.at += length;
    }

    fn put(&mut self, token: Token, length: usize) {
        self.flush();
        let from = self.at;
        self.advance(length);
        self.out.push_str("<span class=\"");
        self.out.push_str(token.class());
        self.out.push_str("\">");
        push_escaped(self.out, &self.code[from..self.at]);
        self.out.push_str("</span>");
        self.plain = self.at;
    }

    fn flush(&mut self) {
        push_escaped(self.out, &self.code[self.plain..self.at]);
        self.plain = self.at;
    }
}

fn variable(rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    if let Some(name) = inner.strip_prefix('{') {
        let end = name.bytes().take(MAX_NAME).position(|byte| matches!(byte, b'}' | b'\n'))?;
        return name[end..].starts_with('}').then_some(end + 3);
    }
    let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inner.len());
    (length > 0).then_some(1 + length)
}

fn flag(rest: &str) -> Option<usize> {
    let name = rest.trim_start_matches('-');
    let dashes = rest.len() - name.len();
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len());
    (named && dashes <= 2).then_some(dashes + length)
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let point = matches!(byte, b'.' | b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_alphanumeric() || *byte == b'_' || point) {
            break;
        }
        end += 1;
    }
    end
}

/// Writes text so that it is only text.
pub(in crate::web::markdown) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
