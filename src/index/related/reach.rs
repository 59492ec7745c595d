//! Which documents share most: every clue's documents are counted together, in one pass over postings.

use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::Kin;
use super::clues::{Clue, fact};
use super::spot::SHORTEST;
use crate::index::open::OpenIndex;
use crate::index::overview::{Join, JoinKind, join};
use crate::index::postings::addresses;
use crate::index::search::Snapshot;
use crate::model::Kind;

/// Documents looked at closely.
const MAX_CANDIDATES: usize = 64;
/// What a reference weighs when candidates are chosen: no number of shared words pushes one out.
const REFERENCE: f32 = 1000.0;

/// A clue that a document has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reached {
    /// Position among the clues.
    pub(super) clue: usize,
    /// How much the document speaks of it.
    pub(super) strength: f32,
    pub(super) title: InTitle,
}

/// How much of a clue stands in the title of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InTitle {
    Nothing,
    /// A word of it that is long enough to tell something.
    Part,
    Whole,
}

/// A document that seems to share much with the one asked about.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(super) address: DocAddress,
    pub(crate) kind: Kind,
    /// The one asked about refers to it.
    pub(crate) cited: bool,
    /// It refers to the one asked about.
    pub(crate) cites: bool,
    /// What it shares.
    pub(super) reached: Vec<Reached>,
    /// Made from its path: the same in every index of these files.
    pub(crate) key: u64,
    joins: Vec<u64>,
}

impl Candidate {
    /// Tells whether the two may be documents of one incident.
    pub(crate) fn may_belong_to(&self, other: &Self) -> bool {
        self.joins.iter().any(|key| other.joins.contains(key))
    }
}

/// Returns the documents that share most: no index pages and process notes, and not `own`.
pub(super) fn reach(
    open: &OpenIndex,
    searcher: &Searcher,
    clues: &[Clue],
    kin: &Kin,
    own: &str,
) -> tantivy::Result<Vec<Candidate>> {
    let mut tallies = Tallies::new(searcher, clues.iter().map(|clue| clue.documents.len()).sum());
    for (at, clue) in clues.iter().enumerate() {
        clue.documents.iter().for_each(|&(address, strength)| tallies.add(address, at, strength, clue.weight));
    }
    let to = kin.names.iter().flat_map(|name| [fact(open, "id", name), fact(open, "name", name)]);
    let path = |path: &String| open.fields.path_term(path);
    for term in to.chain(kin.paths.iter().map(path)) {
        addresses(searcher, &term)?.into_iter().for_each(|it| tallies.referring(it).cited = true);
    }
    for name in &kin.own {
        addresses(searcher, &fact(open, "ref", name))?.into_iter().for_each(|it| tallies.referring(it).cites = true);
    }
    let own = addresses(searcher, &open.fields.path_term(own))?;
    let snapshot = Snapshot::of(open, searcher)?;
    let mut candidates = tallies.best(searcher, &snapshot, &own)?;
    mark_titles(open, searcher, clues, &mut candidates)?;
    Ok(candidates)
}

/// Notes which clues of the candidates stand in their titles.
fn mark_titles(
    open: &OpenIndex,
    searcher: &Searcher,
    clues: &[Clue],
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    candidates.sort_unstable_by_key(|it| it.address);
    let mut steps: Vec<&str> = clues.iter().flat_map(|clue| &clue.steps).map(String::as_str).collect();
    steps.sort_unstable();
    steps.dedup();
    let mut titles: Vec<Vec<&str>> = vec![Vec::new(); candidates.len()];
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let from = candidates.partition_point(|it| it.address.segment_ord < segment);
        let to = candidates.partition_point(|it| it.address.segment_ord <= segment);
        let index = reader.inverted_index(open.fields.title)?;
        for &step in &steps {
            let term = Term::from_field_text(open.fields.title, step);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            for at in from..to {
                let wanted = candidates[at].address.doc_id;
                let doc = if postings.doc() < wanted { postings.seek(wanted) } else { postings.doc() };
                if doc == wanted {
                    titles[at].push(step);
                }
            }
        }
    }
    for (candidate, title) in candidates.iter_mut().zip(titles) {
        for it in &mut candidate.reached {
            it.title = in_title(&clues[it.clue].steps, &title);
        }
    }
    Ok(())
}

fn in_title(steps: &[String], title: &[&str]) -> InTitle {
    let stands = |step: &String| title.contains(&step.as_str());
    if !steps.is_empty() && steps.iter().all(stands) {
        InTitle::Whole
    } else if steps.iter().any(|step| step.len() >= SHORTEST && stands(step)) {
        InTitle::Part
    } else {
        InTitle::Nothing
    }
}

/// What was counted of every document that was reached.
struct Tallies {
    /// For each document of each segment the position of its tally, from 1; 0 where it was not reached.
    places: Vec<Vec<u32>>,
    tallies: Vec<Tally>,
    links: Vec<Link>,
}

struct Tally {
    address: DocAddress,
    score: f32,
    cited: bool,
    cites: bool,
    /// Position of its last link, from 1.
    last: u32,
}

impl Tally {
    /// Returns what may join the document to others.
    fn joins(&self, marks: &[Column<u64>]) -> impl Iterator<Item = Join> {
        marks[self.address.segment_ord as usize].values_for_doc(self.address.doc_id).filter_map(join)
    }
}

/// Returns what is made from the path of a document.
fn here(mut joins: impl Iterator<Item = Join>) -> u64 {
    joins.find(|it| it.kind == JoinKind::Here).map_or(0, |it| it.key)
}

/// A clue that a document has, and the link before it.
struct Link {
    clue: usize,
    strength: f32,
    before: u32,
}

impl Tallies {
    /// Makes room for `links` clues, counted for each document that has them.
    fn new(searcher: &Searcher, links: usize) -> Self {
        let documents = searcher.segment_readers().iter().map(|it| it.max_doc() as usize);
        let places = documents.map(|count| vec![0; count]).collect();
        Self { places, tallies: Vec::with_capacity(links), links: Vec::with_capacity(links) }
    }

    fn of(&mut self, address: DocAddress) -> &mut Tally {
        let place = &mut self.places[address.segment_ord as usize][address.doc_id as usize];
        if *place == 0 {
            self.tallies.push(Tally { address, score: 0.0, cited: false, cites: false, last: 0 });
            *place = number(self.tallies.len());
        }
        &mut self.tallies[*place as usize - 1]
    }

    fn add(&mut self, address: DocAddress, clue: usize, strength: f32, weight: f32) {
        let link = number(self.links.len() + 1);
        let tally = self.of(address);
        tally.score += weight * strength;
        let before = std::mem::replace(&mut tally.last, link);
        self.links.push(Link { clue, strength, before });
    }

    fn referring(&mut self, address: DocAddress) -> &mut Tally {
        let tally = self.of(address);
        tally.score += REFERENCE;
        tally
    }

    fn best(&self, searcher: &Searcher, snapshot: &Snapshot, own: &[DocAddress]) -> tantivy::Result<Vec<Candidate>> {
        let marks = searcher.segment_readers().iter().map(|reader| reader.fast_fields().u64("marks"));
        let marks: Vec<Column<u64>> = marks.collect::<tantivy::Result<_>>()?;
        // Scores are not negative, so their bits are ordered as they are.
        let order = (0..).zip(&self.tallies).map(|(at, tally): (usize, _)| (tally.score.to_bits(), at));
        let mut order: BinaryHeap<(u32, usize)> = order.collect();
        let mut best: Vec<Candidate> = Vec::new();
        while best.len() < MAX_CANDIDATES
            && let Some((score, _)) = order.peek().copied()
        {
            // Of those that seem equally good the path decides, never the order of the index.
            let mut equal: Vec<(u64, &Tally, Kind)> = Vec::new();
            while let Some((_, at)) = order.peek().copied().filter(|(it, _)| *it == score) {
                order.pop();
                let tally = &self.tallies[at];
                let kind = snapshot.kind(tally.address).filter(|kind| *kind != Kind::Other);
                if let Some(kind) = kind.filter(|_| !own.contains(&tally.address)) {
                    equal.push((here(tally.joins(&marks)), tally, kind));
                }
            }
            equal.sort_unstable_by_key(|(key, ..)| *key);
            let wanted = equal.into_iter().take(MAX_CANDIDATES - best.len());
            best.extend(wanted.map(|(_, tally, kind)| self.candidate(tally, kind, &marks)));
        }
        Ok(best)
    }

    fn candidate(&self, tally: &Tally, kind: Kind, marks: &[Column<u64>]) -> Candidate {
        let here = here(tally.joins(marks));
        let mut reached = Vec::new();
        let mut at = tally.last;
        while at > 0 {
            let link = &self.links[at as usize - 1];
            reached.push(Reached { clue: link.clue, strength: link.strength, title: InTitle::Nothing });
            at = link.before;
        }
        reached.reverse();
        let joins = tally.joins(marks).map(|it| it.key).collect();
        Candidate { address: tally.address, kind, cited: tally.cited, cites: tally.cites, reached, key: here, joins }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
