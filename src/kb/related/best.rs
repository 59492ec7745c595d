//! Which of the documents looked at are listed.

use super::Judged;
use crate::index::Candidate;

/// Below this part of the best score a document is only faintly related.
const FAINT: f32 = 0.15;

/// The most related documents among those that were looked at.
pub(super) struct Best<'a> {
    pub(super) limit: usize,
    /// A score that is large: one that shares more makes others no less related.
    pub(super) much: f32,
    pub(super) judged: Vec<(Judged, &'a Candidate)>,
}

impl<'a> Best<'a> {
    pub(super) fn extend(&mut self, judged: Option<(Judged, &'a Candidate)>) {
        let Some((judged, candidate)) = judged else { return };
        self.judged.push((judged, candidate));
        self.judged.sort_by(|(a, _), (b, _)| {
            let (a, b) = (&a.related, &b.related);
            b.score.total_cmp(&a.score).then_with(|| a.document.path.cmp(&b.document.path))
        });
        for at in 0..self.judged.len() {
            let (before, rest) = self.judged.split_at_mut(at);
            let (judged, candidate) = &mut rest[0];
            let first = before.iter().find(|(_, it)| it.may_belong_to(candidate)).map(|(it, _)| it.incident);
            judged.incident = first.unwrap_or(at);
        }
    }

    /// Returns the scores of the best document of each incident, best first.
    fn incidents(&self) -> impl Iterator<Item = f32> {
        let first = self.judged.iter().enumerate().filter(|(at, (it, _))| it.incident == *at);
        first.map(|(_, (it, _))| it.related.score)
    }

    /// Returns the score below which a document is only faintly related.
    fn faint(&self) -> f32 {
        self.incidents().next().map_or(0.0, |best| best.min(self.much) * FAINT)
    }

    /// Returns the score below which no further incident is listed.
    pub(super) fn least(&self) -> f32 {
        let Some(last) = self.limit.checked_sub(1) else { return f32::INFINITY };
        self.incidents().nth(last).unwrap_or(0.0).max(self.faint())
    }

    /// Leaves what is listed: all documents of the best incidents but the faint ones.
    pub(super) fn cut(&mut self) {
        let (least, faint) = (self.least(), self.faint());
        let scores: Vec<f32> = self.judged.iter().map(|(it, _)| it.related.score).collect();
        let mut listed = 0;
        let mut kept: Vec<usize> = Vec::new();
        for (at, (judged, _)) in self.judged.iter().enumerate() {
            if judged.incident == at && scores[at] >= least && listed < self.limit {
                listed += 1;
                kept.push(at);
            }
        }
        self.judged.retain(|(it, _)| kept.contains(&it.incident) && it.related.score >= faint);
        let incidents: Vec<usize> = self.judged.iter().map(|(it, _)| it.incident).collect();
        for (at, (judged, _)) in self.judged.iter_mut().enumerate() {
            judged.may_be_joined = incidents.iter().filter(|it| **it == incidents[at]).count() > 1;
        }
        for (judged, _) in &mut self.judged {
            judged.incident = incidents.iter().position(|it| *it == judged.incident).unwrap_or(0);
        }
    }
}
