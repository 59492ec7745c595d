//! Collects the best hits in a fixed order, their number, and the counts of every facet, in one pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::facets::FacetValues;
use super::snapshot::{Columns, Snapshot};
use crate::index::answer::Sort;
use crate::index::codes::kind_code;
use crate::model::Kind;

/// Part of its score that a document keeps which is no record of anything that happened.
const BESIDES: Score = 0.7;

/// What is collected.
pub(crate) struct Collect {
    sort: Sort,
    /// Hits wanted, from the first.
    limit: usize,
    snapshot: Arc<Snapshot>,
    /// What is counted, where it is.
    facets: Option<Arc<FacetValues>>,
}

impl Collect {
    /// Collects the first hits in an order.
    pub(crate) fn hits(snapshot: &Arc<Snapshot>, sort: Sort, limit: usize) -> Self {
        Self { sort, limit, snapshot: Arc::clone(snapshot), facets: None }
    }

    /// Counts values of facets as well.
    pub(super) fn counting(self, facets: Option<&Arc<FacetValues>>) -> Self {
        Self { facets: facets.cloned(), ..self }
    }
}

/// A hit and what it is ordered by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    key: u64,
    pub(crate) score: f32,
    /// Position of its path among those of its segment.
    file: u64,
    pub(crate) address: DocAddress,
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) total: usize,
    pub(crate) hits: Vec<Ranked>,
    /// How many hits have each value of facets, where these were counted.
    pub(super) counts: Vec<u32>,
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = SegmentCollect;

    fn for_segment(&self, ordinal: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentCollect> {
        Ok(SegmentCollect {
            ordinal,
            sort: self.sort,
            limit: self.limit,
            total: 0,
            best: BinaryHeap::with_capacity(self.limit.min(1024) + 1),
            snapshot: Arc::clone(&self.snapshot),
            counts: self.facets.as_ref().map_or_else(Vec::new, |facets| facets.zeros()),
            facets: self.facets.clone(),
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
            all.counts.resize(segment.counts.len(), 0);
            all.counts.iter_mut().zip(segment.counts).for_each(|(sum, count)| *sum += count);
        }
        self.order(&mut all.hits);
        all.hits.truncate(self.limit);
        Ok(all)
    }
}

impl Collect {
    /// Puts the best first, of equal ones those whose path comes first. Paths are read only where hits of several segments
    /// are equal.
    fn order(&self, hits: &mut [Ranked]) {
        hits.sort_unstable_by_key(|hit| (Reverse(hit.key), hit.address.segment_ord, hit.file));
        let mut start = 0;
        for equal in hits.chunk_by_mut(|a, b| a.key == b.key) {
            let segments =
                |hits: &[Ranked]| Some((hits.first()?.address.segment_ord, hits.last()?.address.segment_ord));
            if start < self.limit && segments(equal).is_some_and(|(first, last)| first != last) {
                equal.sort_by_cached_key(|hit| self.snapshot.segment(hit.address.segment_ord).path(hit.file));
            }
            start += equal.len();
        }
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
    snapshot: Arc<Snapshot>,
    facets: Option<Arc<FacetValues>>,
    counts: Vec<u32>,
}

impl SegmentCollect {
    fn columns(&self) -> &Columns {
        self.snapshot.segment(self.ordinal)
    }

    /// Index pages, templates and process notes name everything and solve nothing: they stand behind incidents.
    fn standing(&self, doc: DocId, score: Score) -> Score {
        if self.columns().kind.first(doc) == Some(kind_code(Kind::Other)) { score * BESIDES } else { score }
    }

    /// Returns a number that is larger for what comes first.
    fn key(&self, doc: DocId, score: Score) -> u64 {
        let columns = self.columns();
        // Days fit 32 bits; documents without a date come last.
        let day = || columns.date.first(doc).map_or(0, |day| u64::try_from(day + (1 << 31)).unwrap_or(0));
        match self.sort {
            // Scores are not negative, so their bits are ordered as they are.
            Sort::Relevance => u64::from(score.to_bits()),
            Sort::Date => day(),
            Sort::Severity => columns.severity.first(doc).map_or(0, |level| 6 - level.min(5)) << 33 | day(),
        }
    }

    /// Tells whether as many hits as are wanted come before one with this key.
    fn is_behind(&self, key: u64) -> bool {
        self.best.len() >= self.limit && self.best.peek().is_some_and(|Reverse(least)| key < least.0)
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if let Some(facets) = &self.facets {
            facets.count(self.ordinal, doc, &mut self.counts);
        }
        let score = score.max(0.0);
        // What a document is can only put it further back, so most need not be asked.
        if self.limit == 0 || self.sort == Sort::Relevance && self.is_behind(u64::from(score.to_bits())) {
            return;
        }
        let score = self.standing(doc, score);
        let key = self.key(doc, score);
        if self.is_behind(key) {
            return;
        }
        let file = self.columns().files.as_ref().and_then(|files| files.ords().first(doc)).unwrap_or(u64::MAX);
        self.best.push(Reverse((key, Reverse(file), doc, score.to_bits())));
        if self.best.len() > self.limit {
            self.best.pop();
        }
    }

    fn harvest(self) -> Collected {
        let hit = |Reverse((key, Reverse(file), doc, score)): Entry| Ranked {
            key,
            score: f32::from_bits(score),
            file,
            address: DocAddress::new(self.ordinal, doc),
        };
        let hits = self.best.into_iter().map(hit).collect();
        Collected { total: self.total, hits, counts: self.counts }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::AllQuery;

    use super::*;
    use crate::index::answer::FacetField;
    use crate::index::entry::{EntryMaker, FileStamp};
    use crate::index::open::OpenIndex;
    use crate::index::search::load;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn equal_hits_of_several_segments_come_by_path_and_are_counted_together() {
        let open = OpenIndex::create_in_memory(std::path::Path::new("x")).unwrap();
        let maker = EntryMaker::new(open.fields.clone());
        let mut writer = open.index.writer_with_num_threads(1, 15 << 20).unwrap();
        for paths in [["d.md", "b.md"], ["a.md", "c.md"]] {
            for path in paths {
                let text = format!("---\ndate: 2025-06-01\nservices: [db, {path}]\n---\n# Outage\n");
                let parsed = parse(path, text.as_bytes(), &ParseOptions::default());
                writer.add_document(maker.entry(parsed, &FileStamp { hash: [1, 2], size: 3, modified: 4 })).unwrap();
            }
            writer.commit().unwrap();
        }
        open.reload().unwrap();
        let searcher = open.searcher();
        assert_eq!(searcher.segment_readers().len(), 2);
        let snapshot = Snapshot::of(&open, &searcher).unwrap();
        let facets = FacetValues::of(&open, &searcher).unwrap();
        let collect = Collect::hits(&snapshot, Sort::Date, 3).counting(Some(&facets));
        let collected = searcher.search(&AllQuery, &collect).unwrap();
        let path = |hit: &Ranked| load(&open, &searcher, hit.address).unwrap().summary.path;
        assert_eq!(collected.hits.iter().map(path).collect::<Vec<_>>(), ["a.md", "b.md", "c.md"]);
        let values = |field| facets.facet(field, &collected.counts).values;
        assert_eq!(values(FacetField::Year), [("2025".to_owned(), 4)]);
        let services = ["db", "a.md", "b.md", "c.md", "d.md"].map(|it| (it.to_owned(), if it == "db" { 4 } else { 1 }));
        assert_eq!(values(FacetField::Service), services);
    }
}
