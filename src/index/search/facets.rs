//! The values of facets of every document of a commit, as numbers in memory: counting them is adding.
//!
//! At 100,000 documents they are some 4 megabytes.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

use crate::index::answer::{Facet, FacetField};
use crate::index::codes::severity_from;
use crate::index::facts;
use crate::index::open::OpenIndex;
use crate::model::{Kind, Severity, StatusState};

/// Most values of one facet.
const MAX_FACET_VALUES: usize = 50;

/// A value as a column holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum FacetValue {
    Number(i64),
    Text(String),
}

/// A value with the position of its field among all.
type Value = (usize, FacetValue);

/// The values of facets of every document.
#[derive(Debug, Default)]
pub(crate) struct FacetValues {
    /// Every value there is, field by field and each field in its order.
    all: Vec<Value>,
    segments: Vec<Documents>,
}

/// The documents of a segment, each with the numbers of its values.
#[derive(Debug, Default)]
struct Documents {
    /// Where the numbers of each document begin; one more than documents.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl FacetValues {
    /// Returns the values of the commit that `searcher` sees.
    pub(crate) fn of(open: &OpenIndex, searcher: &Searcher) -> tantivy::Result<Arc<Self>> {
        open.facets.get(searcher, || Self::read(searcher))
    }

    fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut found = Found::default();
        let pairs = searcher.segment_readers().iter().map(|reader| found.read(reader));
        let pairs: Vec<_> = pairs.collect::<tantivy::Result<_>>()?;
        let mut all: Vec<(Value, u32)> = found.numbers.into_iter().collect();
        all.sort_unstable();
        let mut ordered = vec![0; all.len()];
        for (number, (_, found)) in (0..).zip(&all) {
            ordered[*found as usize] = number;
        }
        let readers = searcher.segment_readers().iter();
        let segments = readers.zip(pairs).map(|(reader, pairs)| Documents::new(reader.max_doc(), &pairs, &ordered));
        Ok(Self { segments: segments.collect(), all: all.into_iter().map(|(value, _)| value).collect() })
    }

    /// Returns counts of nothing.
    pub(super) fn zeros(&self) -> Vec<u32> {
        vec![0; self.all.len()]
    }

    /// Counts the values of a document.
    pub(super) fn count(&self, segment: SegmentOrdinal, doc: DocId, counts: &mut [u32]) {
        let documents = &self.segments[segment as usize];
        let doc = doc as usize;
        let range = documents.starts[doc] as usize..documents.starts[doc + 1] as usize;
        documents.numbers[range].iter().for_each(|number| counts[*number as usize] += 1);
    }

    /// Returns the values of a field that were counted, in the order shown.
    pub(super) fn facet(&self, field: FacetField, counts: &[u32]) -> Facet {
        let at = position(field);
        let start = self.all.partition_point(|(of, _)| *of < at);
        let of_field = self.all[start..].iter().zip(&counts[start..]).take_while(|((of, _), _)| *of == at);
        let mut values: Vec<(&FacetValue, u32)> =
            of_field.filter(|(_, count)| **count > 0).map(|((_, value), count)| (value, *count)).collect();
        match field {
            FacetField::Severity => {}
            FacetField::Year => values.reverse(),
            _ => values.sort_by_key(|(_, count)| std::cmp::Reverse(*count)),
        }
        let shown = values.into_iter().take(MAX_FACET_VALUES);
        Facet { field, values: shown.map(|(value, count)| (name(field, value), u64::from(count))).collect() }
    }
}

impl Documents {
    /// Sorts pairs of document and number, each number written as `ordered` says.
    fn new(max_doc: DocId, pairs: &[(DocId, u32)], ordered: &[u32]) -> Self {
        let mut starts = vec![0_u32; max_doc as usize + 2];
        // Two places on, so that filling the numbers in leaves each start where it belongs.
        pairs.iter().for_each(|(doc, _)| starts[*doc as usize + 2] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut numbers = vec![0; pairs.len()];
        for (doc, number) in pairs {
            let next = &mut starts[*doc as usize + 1];
            numbers[*next as usize] = ordered[*number as usize];
            *next += 1;
        }
        starts.pop();
        Self { starts, numbers }
    }
}

/// Values in the order in which they were found.
#[derive(Default)]
struct Found {
    numbers: FxHashMap<Value, u32>,
}

impl Found {
    fn number(&mut self, field: FacetField, value: FacetValue) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry((position(field), value)).or_insert(next)
    }

    /// Returns each document of a segment with the number of each of its values.
    fn read(&mut self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, u32)>> {
        let (columns, docs) = (reader.fast_fields(), 0..reader.max_doc());
        let mut pairs = Vec::new();
        for field in FacetField::ALL {
            match field {
                FacetField::Severity | FacetField::Status | FacetField::Kind => {
                    let column = columns.u64(field.as_str())?;
                    let value = |doc| i64::try_from(column.first(doc)?).ok();
                    let values = docs.clone().filter_map(|doc| Some((doc, FacetValue::Number(value(doc)?))));
                    pairs.extend(values.map(|(doc, value)| (doc, self.number(field, value))));
                }
                FacetField::Year => {
                    let column = columns.i64("date")?;
                    let value = |doc| Some(year_of(column.first(doc)?));
                    let values = docs.clone().filter_map(|doc| Some((doc, FacetValue::Number(value(doc)?))));
                    pairs.extend(values.map(|(doc, value)| (doc, self.number(field, value))));
                }
                FacetField::Service | FacetField::Tag => {
                    let Some(column) = columns.str(field.as_str())? else { continue };
                    let mut numbers = Vec::with_capacity(column.num_terms());
                    let mut terms = column.dictionary().stream()?;
                    while terms.advance() {
                        let text = String::from_utf8_lossy(terms.key()).into_owned();
                        numbers.push(self.number(field, FacetValue::Text(text)));
                    }
                    let number = |ord: u64| usize::try_from(ord).ok().and_then(|ord| numbers.get(ord)).copied();
                    for doc in docs.clone() {
                        let ords = column.ords().values_for_doc(doc);
                        pairs.extend(ords.filter_map(number).map(|number| (doc, number)));
                    }
                }
            }
        }
        Ok(pairs)
    }
}

/// Returns the position of a field among all.
fn position(field: FacetField) -> usize {
    FacetField::ALL.iter().position(|it| *it == field).unwrap_or(0)
}

/// Returns the fact that a document with this value has.
pub(crate) fn fact(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Severity => {
            let level = Severity::from_word(value).map(|it| it.level().to_string());
            facts::document("severity", level.as_deref().unwrap_or(value))
        }
        field => facts::document(field.as_str(), value),
    }
}

/// Returns what a value is called.
fn name(field: FacetField, value: &FacetValue) -> String {
    match (field, value) {
        (_, FacetValue::Text(text)) => text.clone(),
        (FacetField::Severity, FacetValue::Number(level)) => {
            u64::try_from(*level).ok().and_then(severity_from).map_or("", Severity::word).to_owned()
        }
        (FacetField::Status, FacetValue::Number(at)) => {
            nth(&StatusState::ALL, *at).map_or("", |it| it.as_str()).to_owned()
        }
        (FacetField::Kind, FacetValue::Number(at)) => nth(&Kind::ALL, *at).map_or("", |it| it.as_str()).to_owned(),
        (_, FacetValue::Number(number)) => number.to_string(),
    }
}

fn nth<T: Copy>(all: &[T], at: i64) -> Option<T> {
    usize::try_from(at).ok().and_then(|at| all.get(at)).copied()
}

fn year_of(day: i64) -> i64 {
    use chrono::Datelike;
    let date = i32::try_from(day).ok().and_then(chrono::NaiveDate::from_epoch_days);
    date.map_or(0, |date| i64::from(date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: FacetField, value: &str) -> Value {
        (position(field), FacetValue::Text(value.to_owned()))
    }

    #[test]
    fn documents_keep_their_values_whatever_the_order_of_reading() {
        let documents = Documents::new(4, &[(0, 1), (3, 1), (0, 0), (1, 2)], &[7, 8, 9]);
        let all = |doc: usize| &documents.numbers[documents.starts[doc] as usize..documents.starts[doc + 1] as usize];
        assert_eq!([all(0), all(1), all(2), all(3)], [&[8, 7][..], &[9], &[], &[8]]);
    }

    #[test]
    fn values_come_most_frequent_first_and_years_newest_first() {
        let year = |year| (position(FacetField::Year), FacetValue::Number(year));
        let (service, tag) = (FacetField::Service, FacetField::Tag);
        let all =
            vec![year(2024), year(2025), text(service, "a"), text(service, "b"), text(service, "c"), text(tag, "a")];
        let values = FacetValues { all, segments: Vec::new() };
        let shown = |field| values.facet(field, &[5, 1, 2, 3, 2, 0]).values;
        let pair = |name: &str, count| (name.to_owned(), count);
        assert_eq!(shown(service), [pair("b", 3), pair("a", 2), pair("c", 2)]);
        assert_eq!(shown(FacetField::Year), [pair("2025", 1), pair("2024", 5)]);
        assert_eq!([shown(tag), shown(FacetField::Kind)], [[], []]);
    }
}
