//! nDCG@10 and success@1.

use crate::DEPTH;
use crate::judged::{Kind, Query};

/// How good one answer is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score {
    pub(crate) ndcg: f64,
    /// 1 where the first hit is a document one looks for (grade 3).
    pub(crate) first: f64,
}

impl Score {
    /// Of what could not be asked.
    pub(crate) const NONE: Self = Self { ndcg: f64::NAN, first: f64::NAN };

    /// Returns the score of `hits`, best first.
    pub(crate) fn of(query: &Query, hits: &[String]) -> Self {
        let grade = |path: &String| query.documents.get(path).copied().unwrap_or(0);
        let mut ideal: Vec<u32> = query.documents.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let ndcg = gain(hits.iter().map(grade)) / gain(ideal.into_iter());
        Self { ndcg, first: f64::from(hits.first().is_some_and(|path| grade(path) == 3)) }
    }
}

fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    let at = |(rank, grade): (usize, u32)| (2_f64.powi(grade.cast_signed()) - 1.0) / (rank as f64 + 2.0).log2();
    grades.take(DEPTH).enumerate().map(at).sum()
}

/// Kind of a query, whether it is held out, and the scores of `ris`, BM25 and ripgrep.
type Row = (Kind, bool, [Score; 3]);

/// The scores of every query.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds the scores of a query: of `ris`, plain BM25 and ripgrep.
    pub(crate) fn add(&mut self, query: &Query, scores: &[Score; 3]) {
        self.rows.push((query.kind, query.held_out, *scores));
    }

    /// Prints the means.
    pub(crate) fn print(&self, queries: &[Query]) {
        println!("{} queries, {} of them held out\n", queries.len(), queries.iter().filter(|it| it.held_out).count());
        println!("| Queries | n | ris nDCG@10 | BM25 | ripgrep | ris success@1 | BM25 | ripgrep |");
        println!("|---|---|---|---|---|---|---|---|");
        let kinds = [("words", Kind::Words), ("error pastes", Kind::Paste), ("related to", Kind::Related)];
        for (name, kind) in kinds {
            self.line(name, &|it| it.0 == kind);
            self.line(&format!("{name}, held out"), &|it| it.0 == kind && it.1);
        }
        self.line("all", &|_| true);
        self.line("all, held out", &|it| it.1);
    }

    fn line(&self, name: &str, wanted: &dyn Fn(&Row) -> bool) {
        let rows: Vec<&[Score; 3]> = self.rows.iter().filter(|it| wanted(it)).map(|it| &it.2).collect();
        if rows.is_empty() {
            return;
        }
        let mean = |of: &dyn Fn(&[Score; 3]) -> f64| rows.iter().map(|it| of(it)).sum::<f64>() / rows.len() as f64;
        let ndcg: Vec<String> = (0..3).map(|at| format!("{:.3}", mean(&|it| it[at].ndcg))).collect();
        let first: Vec<String> = (0..3).map(|at| format!("{:.2}", mean(&|it| it[at].first))).collect();
        println!("| {name} | {} | {} | {} |", rows.len(), ndcg.join(" | "), first.join(" | "));
    }
}
