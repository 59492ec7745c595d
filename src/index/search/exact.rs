//! Scores whose sum is the same in whatever order they are added.
//!
//! The engine adds the scores of words in the order that is cheapest in a segment, and a sum of fractions depends on its
//! order. Which documents share a segment would so decide which of two equal hits comes first.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, Term};

/// Steps between one score and the next whole number: few enough that sums up to 16,384 are exact.
const STEPS: Score = 1024.0;

/// Returns a score of which sums are exact.
pub(super) fn exact(score: Score) -> Score {
    (score * STEPS).round() / STEPS
}

/// Finds what a query finds, with scores of which sums are exact.
#[derive(Debug)]
pub(super) struct Exact(pub(super) Box<dyn Query>);

impl Clone for Exact {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Exact {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let is_scored = scoring.is_scoring_enabled();
        let weight = self.0.weight(scoring)?;
        Ok(if is_scored { Box::new(ExactWeight(weight)) } else { weight })
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct ExactWeight(Box<dyn Weight>);

impl Weight for ExactWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.0.scorer(reader, boost)?;
        // The engine looks for these, and then asks no other.
        Ok(if scorer.is::<EmptyScorer>() { scorer } else { Box::new(ExactScorer(scorer)) })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.0.count(reader)
    }
}

struct ExactScorer(Box<dyn Scorer>);

impl Scorer for ExactScorer {
    fn score(&mut self) -> Score {
        exact(self.0.score())
    }
}

impl DocSet for ExactScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.0.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn sums_do_not_depend_on_their_order() {
        let scores = [0.1, 7.3, 12.7, 1e-3, 311.9, 0.333_333].map(|it: f32| it * 1.1);
        let sum = |of: &dyn Fn(f32) -> f32, back: bool| {
            let all: Vec<f32> = scores.iter().map(|it| of(*it)).collect();
            if back { all.iter().rev().sum::<f32>() } else { all.iter().sum() }
        };
        assert_ne!(sum(&|it| it, false).to_bits(), sum(&|it| it, true).to_bits(), "as they are");
        assert_eq!(sum(&exact, false).to_bits(), sum(&exact, true).to_bits());
        assert!((exact(2.345_678) - 2.345_678).abs() < 0.001);
    }
}
