//! Collects the best hits in a fixed order, their number, and the counts of every facet, in one pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap as HashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::index::answer::{FacetField, Sort};
use crate::index::entry::kind_code;
use crate::model::Kind;

/// Part of its score that a document keeps which is no record of anything that happened.
const BESIDES: Score = 0.7;

/// What is collected.
#[derive(Debug, Clone)]
pub(crate) struct Collect {
    pub(crate) sort: Sort,
    /// Hits wanted, from the first.
    pub(crate) limit: usize,
    pub(crate) facets: Vec<FacetField>,
}

/// A hit and what it is ordered by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    key: u64,
    pub(crate) score: f32,
    pub(crate) path: String,
    pub(crate) address: DocAddress,
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) total: usize,
    pub(crate) hits: Vec<Ranked>,
    pub(crate) facets: HashMap<FacetField, HashMap<FacetValue, u64>>,
}

/// A value as a column holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum FacetValue {
    Number(i64),
    Text(String),
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = SegmentCollect;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCollect> {
        let columns = segment.fast_fields();
        let counters = self.facets.iter().map(|&field| Ok((field, Counter::open(field, segment)?)));
        Ok(SegmentCollect {
            ordinal,
            sort: self.sort,
            limit: self.limit,
            total: 0,
            best: BinaryHeap::with_capacity(self.limit.min(1024) + 1),
            date: columns.i64("date")?,
            severity: columns.u64("severity")?,
            kind: columns.u64("kind")?,
            files: columns.str("file")?,
            counters: counters.collect::<tantivy::Result<_>>()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for segment in segments {
            all.total += segment.total;
            all.hits.extend(segment.hits);
            for (field, values) in segment.facets {
                let counts = all.facets.entry(field).or_default();
                values.into_iter().for_each(|(value, count)| *counts.entry(value).or_default() += count);
            }
        }
        all.hits.sort_by(|a, b| b.key.cmp(&a.key).then_with(|| a.path.cmp(&b.path)));
        all.hits.truncate(self.limit);
        Ok(all)
    }
}

/// Orders by key, then by path: within a segment the order of paths is that of their ordinals.
type Entry = Reverse<(u64, Reverse<u64>, DocId, u32)>;

pub(crate) struct SegmentCollect {
    ordinal: SegmentOrdinal,
    sort: Sort,
    limit: usize,
    total: usize,
    best: BinaryHeap<Entry>,
    date: Column<i64>,
    severity: Column<u64>,
    kind: Column<u64>,
    files: Option<StrColumn>,
    counters: Vec<(FacetField, Counter)>,
}

impl SegmentCollect {
    /// Index pages, templates and process notes name everything and solve nothing: they stand behind incidents.
    fn standing(&self, doc: DocId, score: Score) -> Score {
        if self.kind.first(doc) == Some(kind_code(Kind::Other)) { score * BESIDES } else { score }
    }

    /// Returns a number that is larger for what comes first.
    fn key(&self, doc: DocId, score: Score) -> u64 {
        // Days fit 32 bits; documents without a date come last.
        let day = || self.date.first(doc).map_or(0, |day| u64::try_from(day + (1 << 31)).unwrap_or(0));
        match self.sort {
            // Scores are not negative, so their bits are ordered as they are.
            Sort::Relevance => u64::from(score.to_bits()),
            Sort::Date => day(),
            Sort::Severity => self.severity.first(doc).map_or(0, |level| 6 - level.min(5)) << 33 | day(),
        }
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        for (_, counter) in &mut self.counters {
            counter.count(doc);
        }
        if self.limit == 0 {
            return;
        }
        let score = self.standing(doc, score.max(0.0));
        let key = self.key(doc, score);
        if self.best.len() >= self.limit && self.best.peek().is_some_and(|Reverse(least)| key < least.0) {
            return;
        }
        let file = self.files.as_ref().and_then(|files| files.ords().first(doc)).unwrap_or(u64::MAX);
        self.best.push(Reverse((key, Reverse(file), doc, score.to_bits())));
        if self.best.len() > self.limit {
            self.best.pop();
        }
    }

    fn harvest(self) -> Collected {
        let path = |ord: u64| {
            let mut path = String::new();
            // A path that cannot be read sorts first and shows when the hit is loaded.
            let _ = self.files.as_ref().map(|files| files.ord_to_str(ord, &mut path));
            path
        };
        let hits = self.best.iter().map(|&Reverse((key, Reverse(file), doc, score))| Ranked {
            key,
            score: f32::from_bits(score),
            path: path(file),
            address: DocAddress::new(self.ordinal, doc),
        });
        let hits = hits.collect();
        let facets = self.counters.into_iter().map(|(field, counter)| (field, counter.values())).collect();
        Collected { total: self.total, hits, facets }
    }
}

/// Counts the values of one column.
enum Counter {
    Numbers { column: Column<u64>, counts: HashMap<i64, u64> },
    Years { column: Column<i64>, counts: HashMap<i64, u64> },
    Texts { column: Option<StrColumn>, counts: Vec<u32> },
}

impl Counter {
    fn open(field: FacetField, segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let texts = |name: &str| -> tantivy::Result<Self> {
            let column = columns.str(name)?;
            let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
            Ok(Self::Texts { column, counts })
        };
        let numbers = |name: &str| -> tantivy::Result<Self> {
            Ok(Self::Numbers { column: columns.u64(name)?, counts: HashMap::default() })
        };
        match field {
            FacetField::Severity => numbers("severity"),
            FacetField::Status => numbers("status"),
            FacetField::Kind => numbers("kind"),
            FacetField::Year => Ok(Self::Years { column: columns.i64("date")?, counts: HashMap::default() }),
            FacetField::Service => texts("service"),
            FacetField::Tag => texts("tag"),
        }
    }

    fn count(&mut self, doc: DocId) {
        match self {
            Self::Numbers { column, counts } => {
                if let Some(value) = column.first(doc) {
                    *counts.entry(i64::try_from(value).unwrap_or(0)).or_default() += 1;
                }
            }
            Self::Years { column, counts } => {
                if let Some(day) = column.first(doc) {
                    *counts.entry(day).or_default() += 1;
                }
            }
            Self::Texts { column: Some(column), counts } => {
                for ord in column.ords().values_for_doc(doc) {
                    if let Some(count) = usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord)) {
                        *count += 1;
                    }
                }
            }
            Self::Texts { column: None, .. } => {}
        }
    }

    fn values(self) -> HashMap<FacetValue, u64> {
        let mut values = HashMap::default();
        match self {
            Self::Numbers { counts, .. } => {
                values.extend(counts.into_iter().map(|(it, count)| (FacetValue::Number(it), count)));
            }
            Self::Years { counts, .. } => {
                for (day, count) in counts {
                    *values.entry(FacetValue::Number(year_of(day))).or_default() += count;
                }
            }
            Self::Texts { column: Some(column), counts } => {
                let (ords, counts): (Vec<u64>, Vec<u32>) = (0..).zip(counts).filter(|&(_, count)| count > 0).unzip();
                let mut counts = counts.into_iter();
                let mut add = |term: &[u8]| {
                    let text = String::from_utf8_lossy(term).into_owned();
                    values.insert(FacetValue::Text(text), counts.next().map_or(0, u64::from));
                };
                // A dictionary that cannot be read shows when the hits are loaded.
                let _ = column.dictionary().sorted_ords_to_term_cb(&ords, &mut add);
            }
            Self::Texts { column: None, .. } => {}
        }
        values
    }
}

fn year_of(day: i64) -> i64 {
    use chrono::Datelike;
    let date = i32::try_from(day).ok().and_then(chrono::NaiveDate::from_epoch_days);
    date.map_or(0, |date| i64::from(date.year()))
}
