//! The search by a pasted error, stack trace or log: incidents that share its rare words, best first.

mod by_line;
mod left_out;
mod words;

use std::collections::HashSet;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use super::answer::{Opened, hit, open_document};
use super::collect::Collect;
use super::highlight::Finder;
use super::paste::Paste;
use super::runs::{Compared, Known, Runs};
use super::snapshot::Snapshot;
use super::statistics::Statistics;
use super::wanted::Wanted;
use super::within::within;
use crate::index::answer::{LogHit, LogRequest, LogResults, Sort};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::text::TokenKind;
use crate::model::Kind;
use crate::parse::{ParseOptions, is_filler, parse_with_fixes};
use words::{Chosen, Shared, matcher};

/// Incidents looked at closely.
const MAX_CANDIDATES: usize = 40;
/// What a word gains that stands in the title, as a part of its weight.
const IN_TITLE: f32 = 0.5;
/// Hits below this part of the best score are left out.
const FAINT: f32 = 0.06;
/// Hits that share words by chance, behind one that has the message.
const MAX_CHANCE: usize = 3;

/// Finds the incidents that share rare words with a paste.
pub(crate) fn search_log(open: &OpenIndex, request: &LogRequest) -> Result<LogResults, IndexError> {
    let searcher = open.searcher();
    let paste = Paste::read(&request.text);
    let within = request.within.as_ref().map(|request| within(open, &searcher, request)).transpose()?;
    let ask = |within: Option<&dyn Query>, limit| {
        run(open, &searcher, &paste, within, limit).map_err(|error| open.fail(error))
    };
    let mut results = ask(within.as_deref(), request.limit)?;
    if within.is_some() && !results.hits.iter().any(|hit| hit.same_message) {
        results.notices.extend(left_out::told(&ask(None, MAX_CANDIDATES)?.hits, results.hits.is_empty()));
    }
    Ok(results)
}

fn run(
    open: &OpenIndex,
    searcher: &Searcher,
    paste: &Paste,
    within: Option<&dyn Query>,
    limit: usize,
) -> tantivy::Result<LogResults> {
    let snapshot = Snapshot::of(open, searcher)?;
    let statistics = Statistics::new(searcher, &snapshot, 1);
    let chosen = Chosen::of(open, searcher, paste, &statistics)?;
    let runs = Runs::new(paste, known(&chosen));
    let (snapshot, statistics, runs) = (&snapshot, &statistics, &runs);
    let mut search = LogSearch { open, searcher, snapshot, statistics, runs, within, looked: HashSet::new() };
    let mut ranked = search.candidates(&chosen.words, MAX_CANDIDATES.max(limit))?;
    let is_seen = |ranked: &[Candidate]| ranked.iter().any(|it| it.compared.same_message);
    if !chosen.frequent.is_empty() && !is_seen(&ranked) {
        // Of a message that many documents quote no word decided.
        let more = search.candidates(&chosen.frequent, MAX_CANDIDATES.max(limit))?;
        ranked.extend(more.into_iter().filter(|it| it.compared.same_message));
    }
    if !is_seen(&ranked) {
        ranked.extend(by_line::candidates(&mut search, paste, &chosen)?);
    }
    // Words of any text are in common by chance.
    let tells =
        |it: &Candidate| chosen.telling().any(|word| it.compared.shared.contains(&word.term) && !is_filler(&word.term));
    ranked.retain(|it| it.compared.same_message || tells(it));
    rank(&mut ranked, limit);
    let notice = notice(&chosen, ranked.is_empty() && within.is_none());
    let frequent: &[Shared] = if is_seen(&ranked) { &chosen.frequent } else { &[] };
    let matcher = matcher(chosen.telling().chain(frequent));
    let finder = matcher.ready();
    let hits = ranked.into_iter().map(|it| it.hit(&chosen, &finder));
    let notices = notice.map(str::to_owned).into_iter().collect();
    Ok(LogResults { hits: hits.collect(), words: chosen.looked_up(), notices })
}

/// Returns what to say of the words, where `no_hits` are left of all documents.
fn notice(chosen: &Chosen, no_hits: bool) -> Option<&'static str> {
    if chosen.words.is_empty() {
        Some("No document contains any word of this paste.")
    } else if no_hits {
        Some("No document shares more than common words with this paste.")
    } else if chosen.only_frequent {
        Some("The paste has no rare words, so frequent ones decided.")
    } else {
        None
    }
}

/// Returns what the comparison knows of the words.
fn known(chosen: &Chosen) -> Known<'_> {
    Known {
        weights: chosen.words.iter().map(|word| (word.term.as_str(), word.weight)).collect(),
        telling: chosen.telling().map(|word| word.term.as_str()).collect(),
        noted: chosen.others.iter().chain(&chosen.frequent).map(|word| word.term.as_str()).collect(),
        naming: chosen.telling().filter(|word| word.is_naming()).map(|word| word.term.as_str()).collect(),
    }
}

/// One search.
struct LogSearch<'a> {
    open: &'a OpenIndex,
    searcher: &'a Searcher,
    snapshot: &'a std::sync::Arc<Snapshot>,
    statistics: &'a Statistics<'a>,
    runs: &'a Runs<'a>,
    /// What the filters leave.
    within: Option<&'a dyn Query>,
    /// Documents that have been compared.
    looked: HashSet<DocAddress>,
}

impl LogSearch<'_> {
    /// Returns the documents that have most of `words`, compared with the paste; none that was compared before.
    fn candidates<'w>(
        &mut self,
        words: impl IntoIterator<Item = &'w Shared>,
        most: usize,
    ) -> tantivy::Result<Vec<Candidate>> {
        self.compared(words.into_iter().flat_map(|word| scored(self.open, word)).collect(), most)
    }

    /// Returns the documents that a query of these clauses puts first, compared with the paste.
    fn compared(&mut self, clauses: Vec<(Occur, Box<dyn Query>)>, most: usize) -> tantivy::Result<Vec<Candidate>> {
        let mut query = BooleanQuery::new(clauses);
        if let Some(within) = self.within {
            query = BooleanQuery::intersection(vec![Box::new(query), within.box_clone()]);
        }
        let collect = Collect::hits(self.snapshot, Sort::Relevance, most);
        let found = self.searcher.search_with_statistics_provider(&query, &collect, self.statistics)?.hits;
        let new = found.into_iter().filter(|it| self.looked.insert(it.address));
        new.map(|it| {
            let opened = open_document(self.open, self.searcher, it.address)?;
            Ok(Candidate::new(self.runs, it.score, opened))
        })
        .collect()
    }
}

/// A document that may be about the fault.
struct Candidate {
    score: f32,
    compared: Compared,
    opened: Opened,
}

impl Candidate {
    fn new(runs: &Runs<'_>, score: f32, opened: Opened) -> Self {
        let compared = runs.compare(&opened.text);
        Self { score: (score + compared.worth) * standing(&opened), compared, opened }
    }

    fn hit(self, chosen: &Chosen, finder: &Finder<'_>) -> LogHit {
        let Self { score, compared, opened } = self;
        let options = ParseOptions { max_bytes: usize::MAX, ..ParseOptions::default() };
        let (parsed, fixes) = parse_with_fixes(&opened.data.summary.path, opened.text.as_bytes(), &options);
        let mut found = LogHit {
            hit: hit(opened.data, &opened.text, score, finder, true),
            shared: chosen.shown(&|word| compared.shared.contains(&word.term)),
            same_message: compared.same_message,
            resolution: None,
            resolution_path: None,
            resolution_line: 0,
            commands: Vec::new(),
            fixes_elsewhere: false,
        };
        let quotes: Vec<usize> = compared.lines.iter().map(|&line| start_of(&opened.text, line)).collect();
        let passage =
            quotes.first().filter(|_| compared.same_message).and_then(|&at| finder.passage_in(&opened.text, at));
        found.hit.passage = passage.or(found.hit.passage);
        found.choose_way_out(&parsed.document, &fixes, &quotes);
        found
    }
}

/// Returns the first byte of a line, counted from 0.
fn start_of(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}

/// Puts the best first and leaves out what is far below it, and most of what is there by chance behind what is not.
fn rank(ranked: &mut Vec<Candidate>, limit: usize) {
    ranked.sort_by(|a, b| {
        let same_first = b.compared.same_message.cmp(&a.compared.same_message);
        let path = || a.opened.data.summary.path.cmp(&b.opened.data.summary.path);
        same_first.then_with(|| b.score.total_cmp(&a.score)).then_with(path)
    });
    let best = ranked.first().map_or(0.0, |it| it.score);
    ranked.retain(|it| it.compared.same_message || it.score >= best * FAINT);
    let seen = ranked.iter().filter(|it| it.compared.same_message).count();
    if seen > 0 {
        ranked.truncate(seen + MAX_CHANCE);
    }
    ranked.truncate(limit);
}

/// A word on its own counts by how often it stands there and how long the document is, so that a long one that has a
/// bit of everything does not win; a whole identifier tells by being there.
fn scored(open: &OpenIndex, word: &Shared) -> Vec<(Occur, Box<dyn Query>)> {
    let flat = |query, weight| Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(query, 1.0)), weight));
    let whole = || Wanted::new(open, &word.term, word.kind).query();
    if word.kind == TokenKind::Whole {
        return vec![(Occur::Should, flat(whole(), word.weight))];
    }
    let term = |field| TermQuery::new(Term::from_field_text(field, &word.term), IndexRecordOption::WithFreqs);
    let body = BoostQuery::new(Box::new(term(open.fields.body)), word.worth);
    let title = flat(Box::new(term(open.fields.title)), word.weight * IN_TITLE);
    vec![(Occur::Should, Box::new(body)), (Occur::Should, title)]
}

/// A known way out counts more than a mere mention, an incident more than a process note.
fn standing(opened: &Opened) -> f32 {
    let resolution = if opened.data.has_resolution { 1.3 } else { 1.0 };
    let kind = match opened.data.summary.kind {
        Kind::Incident | Kind::Resolution | Kind::Rca | Kind::NearMiss => 1.0,
        Kind::FixPlan | Kind::Drill => 0.9,
        Kind::Other => 0.7,
    };
    resolution * kind
}
