//! What ties a document to others, and which others have it too. The cost grows with the documents that share
//! something rare, not with the knowledge base.
//!
//! Postings tell which documents share what and how much each speaks of it, so that a stored document is opened only
//! where it may be among the best.

mod clues;
mod reach;
mod shared;
mod speaking;
mod spot;

use std::cell::OnceCell;

use tantivy::Searcher;

use super::answer::DocumentSummary;
use super::error::IndexError;
use super::open::OpenIndex;
use super::search::{Opened, Snapshot, Statistics, open_document};
use super::text::fold;
use crate::parse::Parsed;

pub(crate) use clues::ClueKind;
use clues::{Clue, clues};
pub(crate) use reach::Candidate;
use reach::reach;
use shared::Shared;

/// What ties a document to others besides its text.
#[derive(Debug, Default)]
pub(crate) struct Kin {
    /// Paths it refers to.
    pub(crate) paths: Vec<String>,
    /// Ids and file names it refers to.
    pub(crate) names: Vec<String>,
    /// What others refer to it by: its ids, its path, its file name.
    pub(crate) own: Vec<String>,
}

/// Something that two documents share.
#[derive(Debug)]
pub(crate) struct Tie<'a> {
    pub(crate) kind: ClueKind,
    /// How it is written in the document asked about.
    pub(crate) written: &'a str,
    /// How much it tells.
    pub(crate) weight: f32,
    /// It is what one of the two is about.
    pub(crate) is_subject: bool,
    /// It is what both are about, and few others.
    pub(crate) is_of_both: bool,
}

/// A document that shares something with the one asked about.
#[derive(Debug)]
pub(crate) struct Evidence<'a> {
    pub(crate) summary: DocumentSummary,
    pub(crate) text: String,
    /// What both have, most telling first.
    pub(crate) shared: Vec<Tie<'a>>,
}

/// What was found.
pub(crate) struct Found<'a> {
    open: &'a OpenIndex,
    searcher: Searcher,
    clues: Vec<Clue>,
    /// For each clue the first one that is the same word in another form.
    forms: Vec<usize>,
    /// Documents that share something, those that seem to share most.
    pub(crate) candidates: Vec<Candidate>,
    /// What a reference tells: as much as the rarest fact could.
    pub(crate) reference_weight: f32,
}

impl Found<'_> {
    /// Returns at least what a candidate may turn out to have in common.
    pub(crate) fn at_most(&self, candidate: &Candidate) -> Vec<Tie<'_>> {
        self.shared().at_most(&candidate.reached)
    }

    /// Opens a candidate and looks at what it shares.
    pub(crate) fn look(&self, candidate: &Candidate) -> Result<Evidence<'_>, IndexError> {
        let Opened { data, text } =
            open_document(self.open, &self.searcher, candidate.address).map_err(|error| self.open.fail(error))?;
        let folded = OnceCell::new();
        let holds = |text: &str, name: &str| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some();
        let is_written =
            |name: &Clue| holds(&text, &name.written) || holds(folded.get_or_init(|| fold(&text)), &name.term);
        Ok(Evidence { shared: self.shared().ties(&candidate.reached, is_written), summary: data.summary, text })
    }

    fn shared(&self) -> Shared<'_> {
        Shared { clues: &self.clues, forms: &self.forms }
    }
}

/// Finds the documents that share something with `parsed`, which need not be in the index.
pub(crate) fn evidence<'a>(open: &'a OpenIndex, parsed: &Parsed, kin: &Kin) -> Result<Found<'a>, IndexError> {
    run(open, parsed, kin).map_err(|error| open.fail(error))
}

fn run<'a>(open: &'a OpenIndex, parsed: &Parsed, kin: &Kin) -> tantivy::Result<Found<'a>> {
    let searcher = open.searcher();
    let snapshot = Snapshot::of(open, &searcher)?;
    let statistics = Statistics::new(&searcher, &snapshot, clues::FEWEST_DOCUMENTS);
    let clues = clues(open, &searcher, parsed, kin, &statistics)?;
    let candidates = reach(open, &searcher, &clues, kin, &parsed.document.path)?;
    let is_word = |clue: &Clue| clue.kind == ClueKind::Word;
    let words: Vec<&str> = clues.iter().map(|it| if is_word(it) { it.term.as_str() } else { "" }).collect();
    let forms = snapshot.stemmers.first_forms(&words);
    let reference_weight = statistics.weight(1);
    Ok(Found { open, searcher, clues, forms, candidates, reference_weight })
}
