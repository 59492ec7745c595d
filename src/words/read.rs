//! Reads the built-in files of words (`words.yaml`, `causes.yaml`). Every command begins with one, and a general YAML
//! reader takes ten times as long as all the rest of the loading: this one knows the forms that the files have, and tests
//! hold it against the general one.
//!
//! Forms: maps by indentation, `[a, b]`, `{a: 1}`, plain and quoted words without escapes, comments on their own lines.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Reads a value from the text of the file.
pub(crate) fn from_str<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    let is_content = |line: &&str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
    let lines: Vec<&str> = text.lines().filter(is_content).collect();
    T::deserialize(block(&mut lines.as_slice(), 0)?)
}

enum Node<'a> {
    Text(&'a str),
    List(Vec<Node<'a>>),
    Map(Vec<(Node<'a>, Node<'a>)>),
}

/// Reads the lines that are indented by `indent` or more as a map.
fn block<'a>(lines: &mut &[&'a str], indent: usize) -> Result<Node<'a>, Error> {
    let mut entries = Vec::new();
    while let Some((line, rest)) = lines.split_first() {
        let content = line.trim_start_matches(' ');
        let depth = line.len() - content.len();
        if depth < indent {
            break;
        }
        let entry = content.split_once(':').filter(|_| depth == indent);
        let (key, value) = entry.ok_or_else(|| Error::custom(format!("not a key at its depth: {line}")))?;
        *lines = rest;
        let value = match value.trim() {
            "" => block(lines, indent + 2)?,
            value => inline(value)?,
        };
        entries.push((Node::Text(unquoted(key)), value));
    }
    Ok(Node::Map(entries))
}

/// Reads the value of one line: a list, a map, or a text to the end of the line.
fn inline(value: &str) -> Result<Node<'_>, Error> {
    if !value.starts_with(['[', '{']) {
        return Ok(Node::Text(unquoted(value)));
    }
    let mut rest = value;
    let node = flow(&mut rest)?;
    if rest.trim().is_empty() { Ok(node) } else { Err(Error::custom(format!("text after the end: {value}"))) }
}

fn flow<'a>(rest: &mut &'a str) -> Result<Node<'a>, Error> {
    *rest = rest.trim_start_matches(' ');
    if let Some(inner) = rest.strip_prefix('[') {
        *rest = inner;
        let mut items = Vec::new();
        while !ends(rest, ']')? {
            let left = rest.len();
            items.push(flow(rest)?);
            if rest.len() == left {
                return Err(Error::custom(format!("quotes are missing: {rest}")));
            }
        }
        return Ok(Node::List(items));
    }
    if let Some(inner) = rest.strip_prefix('{') {
        *rest = inner;
        let mut entries = Vec::new();
        while !ends(rest, '}')? {
            let key = Node::Text(word(rest));
            *rest = rest.strip_prefix(':').ok_or_else(|| Error::custom(format!("no value: {rest}")))?;
            entries.push((key, flow(rest)?));
        }
        return Ok(Node::Map(entries));
    }
    Ok(Node::Text(word(rest)))
}

/// Steps over a comma, or over `close`, which ends a list or map.
fn ends(rest: &mut &str, close: char) -> Result<bool, Error> {
    let next = rest.trim_start_matches([' ', ',']);
    if next.is_empty() {
        return Err(Error::custom(format!("no `{close}`")));
    }
    *rest = next.strip_prefix(close).unwrap_or(next);
    Ok(rest.len() < next.len())
}

/// Reads a word up to what ends it in a list or map.
fn word<'a>(rest: &mut &'a str) -> &'a str {
    let text = *rest;
    let quoted = text.chars().next().filter(|c| matches!(c, '"' | '\'')).and_then(|quote| text[1..].find(quote));
    let end = match quoted {
        Some(close) => close + 2,
        None => text.bytes().position(|byte| matches!(byte, b',' | b']' | b'}' | b':')).unwrap_or(text.len()),
    };
    *rest = &text[end..];
    unquoted(text[..end].trim_end())
}

fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

impl<'de> IntoDeserializer<'de> for Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Node<'de> {
    fn text(&self) -> Result<&'de str, Error> {
        match self {
            Node::Text(text) => Ok(text),
            _ => Err(Error::custom("a list or map where a word is expected")),
        }
    }

    fn number<T: std::str::FromStr<Err: std::fmt::Display>>(&self) -> Result<T, Error> {
        self.text()?.parse().map_err(Error::custom)
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Node::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u8(self.number()?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.number()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u16 u32 u64 u128 f32 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Words = BTreeMap<String, BTreeMap<String, Vec<String>>>;

    #[test]
    fn what_has_another_form_is_an_error() {
        for text in [
            "en:\n  verbs: [add, fix\n",
            "en:\n  verbs: [add] fix\n",
            "en:\n    verbs: [add]\n",
            "en:\n  within: {today}\n",
            "en:\n  verbs: [[x]]\n",
        ] {
            assert!(from_str::<Words>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn quoted_words_are_words() {
        let text = "x: [\"on\", 's morgens, \"п'ять\", o'clock, 'a, b', ~]\n";
        let words: BTreeMap<String, Vec<String>> = from_str(&text.replace("'s morgens", "\"'s morgens\"")).unwrap();
        assert_eq!(words["x"], ["on", "'s morgens", "п'ять", "o'clock", "a, b", "~"]);
    }
}
