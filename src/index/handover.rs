//! An index document on its way to the engine, laid out so that handing it over copies and allocates next to nothing.
//!
//! The text of the file, by far the largest part, is moved in from the parser and lent to the engine.

use std::iter::Empty;
use std::ops::Range;
use std::slice;

use serde::Serialize;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Document, Field};

use super::gate::Permit;

/// The values of one index document.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The text of the file.
    text: String,
    /// All other texts, one after the other.
    scraps: String,
    values: Vec<(Field, Slot)>,
    /// Room for this document on its way; the engine gives it back by dropping the document.
    pub(crate) permit: Option<Permit>,
}

#[derive(Debug, Clone)]
enum Slot {
    /// The text of the file.
    Whole,
    Scrap(Range<usize>),
    Unsigned(u64),
    Signed(i64),
}

impl Entry {
    /// Makes an entry with room for what a document usually has.
    pub(crate) fn new() -> Self {
        Self { scraps: String::with_capacity(2048), values: Vec::with_capacity(48), ..Self::default() }
    }

    /// Adds the text of the file; there is one.
    pub(crate) fn add_whole_text(&mut self, field: Field, text: String) {
        self.text = text;
        self.values.push((field, Slot::Whole));
    }

    pub(crate) fn add_text(&mut self, field: Field, text: impl AsRef<str>) {
        self.add_written(field, |out| out.push_str(text.as_ref()));
    }

    /// Adds a text that `write` appends, so that it need not be made elsewhere first.
    pub(crate) fn add_written(&mut self, field: Field, write: impl FnOnce(&mut String)) {
        let from = self.scraps.len();
        write(&mut self.scraps);
        self.values.push((field, Slot::Scrap(from..self.scraps.len())));
    }

    /// Adds `data` as JSON. As text, since the engine stores bytes one by one.
    pub(crate) fn add_json(&mut self, field: Field, data: &impl Serialize) {
        self.add_text(field, serde_json::to_string(data).expect("plain data always has a JSON form"));
    }

    pub(crate) fn add_u64(&mut self, field: Field, value: u64) {
        self.values.push((field, Slot::Unsigned(value)));
    }

    pub(crate) fn add_i64(&mut self, field: Field, value: i64) {
        self.values.push((field, Slot::Signed(value)));
    }

    /// Returns the bytes that it takes, about.
    pub(crate) fn size(&self) -> usize {
        self.text.capacity() + self.scraps.capacity() + self.values.capacity() * size_of::<(Field, Slot)>()
    }

    fn lend(&self, slot: &Slot) -> Lent<'_> {
        match slot {
            Slot::Whole => Lent::Text(&self.text),
            Slot::Scrap(range) => Lent::Text(&self.scraps[range.clone()]),
            Slot::Unsigned(value) => Lent::Unsigned(*value),
            Slot::Signed(value) => Lent::Signed(*value),
        }
    }
}

/// A value as the engine sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lent<'a> {
    Text(&'a str),
    Unsigned(u64),
    Signed(i64),
}

impl<'a> Value<'a> for Lent<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Lent::Text(text) => ReferenceValueLeaf::Str(text),
            Lent::Unsigned(value) => ReferenceValueLeaf::U64(value),
            Lent::Signed(value) => ReferenceValueLeaf::I64(value),
        })
    }
}

/// The values of an entry, in the order in which they were added.
pub(crate) struct Values<'a> {
    entry: &'a Entry,
    slots: slice::Iter<'a, (Field, Slot)>,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Field, Lent<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.slots.next().map(|(field, slot)| (*field, self.entry.lend(slot)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.slots.size_hint()
    }
}

impl Document for Entry {
    type Value<'a> = Lent<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        Values { entry: self, slots: self.values.iter() }
    }
}
