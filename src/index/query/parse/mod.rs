//! Query text to syntax tree, by recursive descent with a bounded depth.

mod field;

use std::ops::Range;

use super::super::error::QueryError;
use super::super::facts;
use super::values::{FIELDS, canonical, is_meant};
use super::{Form, Node, Parsed, Scope, Text};
use crate::parse::SeverityScale;
use field::Field;

/// Longest query; larger pastes are for the log search.
const MAX_BYTES: usize = 32 << 10;
/// Deepest nesting of parentheses.
const MAX_DEPTH: usize = 32;

/// What becomes of a bare value that its field cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is an error: a list that one narrows must not be another than was meant.
    Strict,
    /// Field and value are searched for as words, and that is told: whoever pastes `status:500` wants an answer.
    Forgiving,
    /// Every field with a bare value is searched for as words.
    Words,
}

/// Reads a query. `has_key` tells whether any document has a front-matter key at or below a dotted path.
pub(crate) fn parse(
    text: &str,
    has_key: &dyn Fn(&str) -> bool,
    severities: &SeverityScale,
    reading: Reading,
) -> Result<Parsed, QueryError> {
    if text.len() > MAX_BYTES {
        let error = QueryError::new(0..0, format!("the query has {} bytes, more than {MAX_BYTES}", text.len()));
        return Err(error.hint("paste logs into the log search (`ris search --log`)"));
    }
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        has_key,
        severities,
        reading,
        loosened: false,
        told: Vec::new(),
        is_stray: false,
        notices: Vec::new(),
    };
    let mut parts = vec![parser.any()?];
    parser.skip_space();
    while parser.at < text.len() {
        // Only a closing parenthesis ends `any` early.
        let at = parser.at;
        if reading == Reading::Strict {
            let error = QueryError::new(at..at + 1, "this `)` closes nothing");
            return Err(error.hint("remove it, or put the text in quotes"));
        }
        // Whoever pastes the end of an error wants an answer.
        let notice = "A `)` closes nothing, so it was left out.".to_owned();
        if !parser.notices.contains(&notice) {
            parser.notices.push(notice);
        }
        parser.at += 1;
        parts.push(parser.any()?);
        parser.skip_space();
    }
    let flat = parts.into_iter().flat_map(|part| if let Node::All(parts) = part { parts } else { vec![part] });
    let mut parts: Vec<Node> = flat.collect();
    let root = if parts.len() == 1 { parts.remove(0) } else { Node::All(parts) };
    Ok(Parsed { root, loosened: !parser.told.is_empty() || parser.is_stray, notices: parser.notices })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    has_key: &'a dyn Fn(&str) -> bool,
    severities: &'a SeverityScale,
    reading: Reading,
    /// Whether the part just read is a field that was taken for words.
    loosened: bool,
    /// Fields of which that was told.
    told: Vec<String>,
    /// Whether a name of a file or a key of the front matter has its value behind a blank, as in running text.
    is_stray: bool,
    notices: Vec<String>,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Node, QueryError> {
        let mut parts = vec![self.all()?];
        while let Some(operator) = self.keyword("OR") {
            if is_nothing(parts.last()) {
                return Err(QueryError::new(operator, "nothing stands before this `OR`"));
            }
            let part = self.all()?;
            if is_nothing(Some(&part)) {
                return Err(QueryError::new(operator, "nothing stands after this `OR`"));
            }
            parts.push(part);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Any(parts) })
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            if self.keyword("AND").is_some() {
                continue;
            }
            if self.rest().is_empty() || self.peek_keyword("OR") || (self.depth > 0 && self.rest().starts_with(')')) {
                break;
            }
            if self.depth == 0 && self.rest().starts_with(')') {
                break;
            }
            let part = self.unary()?;
            let loosened = std::mem::take(&mut self.loosened);
            match part {
                // Words like those beside them: some of them will do.
                Some(Node::All(words)) if loosened => parts.extend(words),
                part => parts.extend(part),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::All(parts) })
    }

    fn unary(&mut self) -> Result<Option<Node>, QueryError> {
        if let Some(operator) = self.keyword("NOT") {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Err(QueryError::new(operator, "nothing stands after this `NOT`"));
            }
            if self.peek_keyword("NOT") {
                return Err(QueryError::new(operator, "`NOT` stands twice").hint("leave both out"));
            }
            return Ok(self.unary()?.map(|node| Node::Not(Box::new(node))));
        }
        let mut rest = self.rest().chars();
        if rest.next() == Some('-') && rest.next().is_some_and(|c| c.is_alphabetic() || c == '"' || c == '(') {
            self.at += 1;
            return Ok(self.atom()?.map(|node| Node::Not(Box::new(node))));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Option<Node>, QueryError> {
        if self.rest().starts_with('(') {
            return self.group().map(Some);
        }
        if self.rest().starts_with('"') {
            let (text, span) = self.quoted();
            return Ok(text_node(text, Form::Phrase, span));
        }
        self.word()
    }

    fn group(&mut self) -> Result<Node, QueryError> {
        let open = self.at;
        if self.depth == MAX_DEPTH {
            return Err(QueryError::new(open..open + 1, format!("parentheses are nested more than {MAX_DEPTH} deep")));
        }
        self.at += 1;
        self.depth += 1;
        let inner = self.any()?;
        self.depth -= 1;
        self.skip_space();
        if self.rest().starts_with(')') {
            self.at += 1;
        } else {
            self.notice_unclosed("parenthesis");
        }
        if is_nothing(Some(&inner)) {
            return Err(QueryError::new(open..self.at, "there is nothing between these parentheses"));
        }
        Ok(inner)
    }

    fn quoted(&mut self) -> (String, Range<usize>) {
        let open = self.at;
        let end = match self.text[open + 1..].find('"') {
            Some(length) => open + 1 + length,
            None => {
                self.notice_unclosed("quotation mark");
                self.text.len()
            }
        };
        self.at = (end + 1).min(self.text.len());
        (self.text[open + 1..end].to_owned(), open..self.at)
    }

    /// Whoever is still typing, or pastes half an error, means what stands there so far.
    fn notice_unclosed(&mut self, what: &str) {
        let notice = format!(
            "The {what} is not closed; everything after it is taken as {}.",
            if what == "parenthesis" { "inside it" } else { "the phrase" }
        );
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// Reads a word, or a field with its value.
    fn word(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.at;
        let end = self.word_end();
        let word = &self.text[start..end];
        if let Some((name, _)) = word.split_once(':')
            && let Some(field) = self.field(name)
        {
            self.at = start + name.len() + 1;
            let is_bare = !self.rest().trim_start().starts_with(['(', '"']);
            let may_be_prose = matches!(field, Field::FrontMatter(_) | Field::Known("path" | "file"));
            self.is_stray |= is_bare && may_be_prose && self.rest().starts_with(char::is_whitespace);
            let value = self.value(&field, start);
            let written = &self.text[start + name.len() + 1..self.at];
            let is_paste = is_bare && !matches!(field, Field::Known(known) if is_meant(known, written));
            return match (value, self.reading) {
                (_, Reading::Words) if is_bare => Ok(self.as_words(start, name)),
                (Err(error), Reading::Forgiving) if is_paste => {
                    self.tell_words(start, name, &error);
                    Ok(self.as_words(start, name))
                }
                (node, _) => node.map(Some),
            };
        }
        self.at = end;
        self.notice_misspelt_field(word);
        Ok(word_node(word, start))
    }

    /// Tells that the field at `start` is taken for words, once for each field.
    fn tell_words(&mut self, start: usize, name: &str, error: &QueryError) {
        if self.told.iter().any(|it| it == name) {
            return;
        }
        self.told.push(name.to_owned());
        let what = error.hint.as_deref().unwrap_or(&error.message);
        let end = if what.ends_with('?') { "" } else { "." };
        let notice = format!("`{}` was searched for as words: {what}{end}", self.text[start..self.at].trim_end());
        self.notices.push(notice);
    }

    /// Takes the name of the field at `start` and its value for words.
    fn as_words(&mut self, start: usize, name: &str) -> Option<Node> {
        let value = self.text[start + name.len() + 1..self.at].trim_start();
        let words = [word_node(name, start), word_node(value, self.at - value.len())];
        self.loosened = true;
        Some(Node::All(words.into_iter().flatten().collect()))
    }

    /// A word ends at white space, or at a closing parenthesis that it did not open itself (`main()` is one word).
    fn word_end(&self) -> usize {
        let mut open = 0_usize;
        for (at, c) in self.rest().char_indices() {
            match c {
                c if c.is_whitespace() => return self.at + at,
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' if self.depth > 0 => return self.at + at,
                _ => {}
            }
        }
        self.text.len()
    }

    fn field(&self, name: &str) -> Option<Field> {
        if let Some(known) = canonical(name) {
            return Some(Field::Known(known));
        }
        let is_path = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        (is_path && (self.has_key)(&facts::key(name))).then(|| Field::FrontMatter(name.to_owned()))
    }

    fn value(&mut self, field: &Field, start: usize) -> Result<Node, QueryError> {
        // `service: claims-db`, as people write it elsewhere: without this it could only be an error.
        if !self.rest().trim_start().is_empty() {
            self.skip_space();
        }
        if self.rest().starts_with('(') {
            return self.value_group(field, start);
        }
        let mut nodes = Vec::new();
        let from = self.at;
        if self.rest().starts_with('"') {
            let (value, span) = self.quoted();
            nodes.push(field.node(&value, start..span.end, self.severities)?);
        } else {
            self.at = self.word_end();
            let mut at = from;
            for value in self.text[from..self.at].split(',') {
                if !value.is_empty() {
                    nodes.push(field.node(value, at..at + value.len(), self.severities)?);
                }
                at += value.len() + 1;
            }
        }
        match nodes.len() {
            0 => {
                let error = QueryError::new(start..from, format!("`{}` has no value", &self.text[start..from]));
                Err(error.hint("write the value right after the colon; put a bare colon in quotes"))
            }
            1 => Ok(nodes.remove(0)),
            _ => Ok(Node::Any(nodes)),
        }
    }

    /// `field:(a OR b)`: every value inside is one of the field's.
    fn value_group(&mut self, field: &Field, start: usize) -> Result<Node, QueryError> {
        let open = self.at;
        let Some(length) = self.rest().find(')') else {
            return Err(QueryError::new(open..open + 1, "this `(` is not closed").hint("add `)`"));
        };
        let inner = &self.text[open + 1..open + length];
        self.at = open + length + 1;
        let mut nodes = Vec::new();
        let mut offset = open + 1;
        for part in inner.split([' ', ',']) {
            if !part.is_empty() && part != "OR" {
                let span = offset..offset + part.len();
                nodes.push(field.node(part.trim_matches('"'), span, self.severities)?);
            }
            offset += part.len() + 1;
        }
        if nodes.is_empty() {
            return Err(QueryError::new(start..self.at, "there is nothing between these parentheses"));
        }
        Ok(Node::Any(nodes))
    }

    fn notice_misspelt_field(&mut self, word: &str) {
        let Some((name, value)) = word.split_once(':') else { return };
        let looks_like_field = name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_lowercase());
        let looks_like_value = value.chars().next().is_some_and(char::is_alphanumeric) && !value.contains(['/', ':']);
        if !looks_like_field || !looks_like_value {
            return;
        }
        if let Some(near) = FIELDS.into_iter().find(|field| field.len() > 3 && strsim::osa_distance(field, name) == 1) {
            self.notices.push(format!(
                "`{name}` is no field, so `{word}` was searched for as text; did you mean `{near}:{value}`?"
            ));
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn peek_keyword(&self, keyword: &str) -> bool {
        self.rest()
            .strip_prefix(keyword)
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '('))
    }

    fn keyword(&mut self, keyword: &str) -> Option<Range<usize>> {
        self.skip_space();
        self.peek_keyword(keyword).then(|| {
            let start = self.at;
            self.at += keyword.len();
            start..self.at
        })
    }
}

fn word_node(word: &str, start: usize) -> Option<Node> {
    let (text, form) = match word.strip_suffix('*') {
        Some(stem) if stem.chars().any(char::is_alphanumeric) => (stem, Form::Prefix),
        _ => (word, Form::Word),
    };
    text_node(text.to_owned(), form, start..start + word.len())
}

fn text_node(text: String, form: Form, span: Range<usize>) -> Option<Node> {
    let has_word = text.chars().any(char::is_alphanumeric);
    has_word.then_some(Node::Text(Text { text, form, scope: Scope::Everything, span }))
}

fn is_nothing(node: Option<&Node>) -> bool {
    matches!(node, None | Some(Node::All(_))) && !matches!(node, Some(Node::All(parts)) if !parts.is_empty())
}

#[cfg(test)]
mod tests;
