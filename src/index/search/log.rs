//! The search by a pasted error, stack trace or log: incidents that share its rare words, best first.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::answer::{Opened, hit, open_document};
use super::collect::Collect;
use super::highlight::{Finder, Matcher};
use super::noise::is_step;
use super::paste::Paste;
use super::runs::{Compared, Runs};
use super::snapshot::Snapshot;
use super::statistics::Statistics;
use super::wanted::Wanted;
use super::within::within;
use crate::index::answer::{LogHit, LogRequest, LogResults, Sort};
use crate::index::error::IndexError;
use crate::index::open::OpenIndex;
use crate::index::text::{TokenKind, pieces};
use crate::model::{Kind, counted};
use crate::parse::{ParseOptions, parse};

/// Words that decide: the rarest.
const MAX_WORDS: usize = 48;
/// Words shown of them.
const MAX_SHOWN: usize = 16;
/// Incidents looked at closely.
const MAX_CANDIDATES: usize = 40;
/// A word in more than this part of the documents is frequent.
const FREQUENT: f32 = 0.25;
/// In a small knowledge base no word in so few documents is frequent.
const NEVER_FREQUENT: u64 = 4;
/// What a word gains that stands in the title, as a part of its weight.
const IN_TITLE: f32 = 0.5;
/// Hits below this part of the best score are left out.
const FAINT: f32 = 0.06;

/// A word of the paste that the index knows.
struct Shared {
    term: String,
    written: String,
    kind: TokenKind,
    documents: u64,
    /// What it tells beside another word that is as rare.
    worth: f32,
    weight: f32,
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

    fn hit(self, words: &[Shared], frequent: &[Shared], finder: &Finder<'_>) -> LogHit {
        let Self { score, compared, opened } = self;
        let options = ParseOptions { max_bytes: usize::MAX, ..ParseOptions::default() };
        let document = parse(&opened.data.summary.path, opened.text.as_bytes(), &options).document;
        let is_shared = |word: &Shared| compared.shared.contains(&word.term);
        let telling = if words.iter().any(is_shared) { words } else { frequent };
        let mut found = LogHit {
            hit: hit(opened.data, &opened.text, score, finder, true),
            shared: shown(telling, &is_shared),
            same_message: compared.same_message,
            resolution: None,
            resolution_path: None,
            resolution_line: 0,
            commands: Vec::new(),
        };
        found.set_way_out(&document);
        found
    }
}

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
        results.notices.extend(left_out(&ask(None, MAX_CANDIDATES)?.hits, results.hits.is_empty()));
    }
    Ok(results)
}

/// Returns what to say of `all` incidents where none that quotes the message is left, or `none` at all.
fn left_out(all: &[LogHit], none: bool) -> Option<String> {
    let quoting: Vec<&LogHit> = all.iter().filter(|hit| hit.same_message).collect();
    let name = |hit: &LogHit| hit.hit.document.id.clone().unwrap_or_else(|| hit.hit.document.path.clone());
    match (quoting.as_slice(), all) {
        ([best], _) => Some(format!("The filters leave out the document that quotes this message: `{}`.", name(best))),
        ([best, ..], _) => {
            let documents = quoting.len();
            Some(format!(
                "The filters leave out {documents} documents that quote this message, `{}` first.",
                name(best)
            ))
        }
        ([], [_, ..]) if none => {
            let documents = counted(all.len(), "document that shares", "documents that share");
            Some(format!("The filters leave out {documents} words with this log; none of them quotes it."))
        }
        _ => None,
    }
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
    let Chosen { words, frequent, only_frequent } = choose_words(open, searcher, paste, &statistics)?;
    let mut notices = Vec::new();
    if words.is_empty() {
        notices.push("No document contains any word of this paste.".to_owned());
    } else if only_frequent {
        notices.push("The paste has no rare words, so frequent ones decided.".to_owned());
    }
    let runs = Runs::new(paste, words.iter().map(|word| (word.term.as_str(), word.weight)).collect());
    let runs = runs.noting(frequent.iter().map(|word| word.term.as_str()));
    let ask = |words: &[Shared]| -> tantivy::Result<Vec<Candidate>> {
        let mut query = BooleanQuery::new(words.iter().flat_map(|word| scored(open, word)).collect());
        if let Some(within) = within {
            query = BooleanQuery::intersection(vec![Box::new(query), within.box_clone()]);
        }
        let collect = Collect::hits(&snapshot, Sort::Relevance, MAX_CANDIDATES.max(limit));
        let found = searcher.search_with_statistics_provider(&query, &collect, &statistics)?.hits;
        found
            .into_iter()
            .map(|it| Ok(Candidate::new(&runs, it.score, open_document(open, searcher, it.address)?)))
            .collect()
    };
    let mut ranked = ask(&words)?;
    let mut matched: Vec<&Shared> = words.iter().collect();
    if !frequent.is_empty() && !ranked.iter().any(|it| it.compared.same_message) {
        // Of a message that many documents quote no word decided.
        ranked.extend(ask(&frequent)?.into_iter().filter(|it| it.compared.same_message));
        matched.extend(&frequent);
    }
    rank(&mut ranked, limit);
    let matcher = matcher(&matched);
    let finder = matcher.ready();
    let hits = ranked.into_iter().map(|it| it.hit(&words, &frequent, &finder));
    Ok(LogResults { hits: hits.collect(), words: shown(&words, &|_| true), notices })
}

/// Puts the best first and leaves out what is far below it.
fn rank(ranked: &mut Vec<Candidate>, limit: usize) {
    ranked.sort_by(|a, b| {
        let same_first = b.compared.same_message.cmp(&a.compared.same_message);
        let path = |it: &Candidate| it.opened.data.summary.path.clone();
        same_first.then_with(|| b.score.total_cmp(&a.score)).then_with(|| path(a).cmp(&path(b)))
    });
    let best = ranked.first().map_or(0.0, |it| it.score);
    ranked.retain(|it| it.score >= best * FAINT);
    ranked.truncate(limit);
}

fn matcher(words: &[&Shared]) -> Matcher {
    let mut matcher = Matcher::default();
    for word in words {
        match word.kind {
            TokenKind::Whole => {
                let parts = pieces(&word.term).into_iter().filter(|piece| is_step(piece.kind));
                matcher.add_phrase(parts.map(|part| part.text).collect(), false, word.weight);
            }
            _ => matcher.add_word(&word.term, word.weight),
        }
    }
    matcher
}

/// What is looked up of a paste.
struct Chosen {
    /// The words that decide, rarest first.
    words: Vec<Shared>,
    /// Words that do not, since too many documents have them.
    frequent: Vec<Shared>,
    /// Whether the words that decide are frequent, as all are.
    only_frequent: bool,
}

/// Tells the words that decide from those that do not.
fn choose_words(
    open: &OpenIndex,
    searcher: &Searcher,
    paste: &Paste,
    statistics: &Statistics<'_>,
) -> tantivy::Result<Chosen> {
    let mut words = known_words(open, searcher, paste, statistics, false)?;
    if words.is_empty() {
        words = known_words(open, searcher, paste, statistics, true)?;
    }
    let most = NEVER_FREQUENT.max((statistics.documents() as f32 * FREQUENT) as u64);
    let only_frequent = words.iter().all(|word| word.documents > most);
    let mut frequent = Vec::new();
    if !only_frequent {
        (words, frequent) = words.into_iter().partition(|word| word.documents <= most);
    }
    weightiest(&mut words);
    weightiest(&mut frequent);
    words.sort_by(|a, b| a.documents.cmp(&b.documents).then_with(|| b.weight.total_cmp(&a.weight)));
    Ok(Chosen { words, frequent, only_frequent })
}

/// Keeps the words that weigh most; those of one weight stay in the order written.
fn weightiest(words: &mut Vec<Shared>) {
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    words.truncate(MAX_WORDS);
}

/// Returns the words that stand in documents: either those that are boilerplate, or the others.
fn known_words(
    open: &OpenIndex,
    searcher: &Searcher,
    paste: &Paste,
    statistics: &Statistics<'_>,
    boilerplate: bool,
) -> tantivy::Result<Vec<Shared>> {
    let mut words = Vec::new();
    let mut counted = 0;
    for word in paste.words.iter().filter(|word| word.is_boilerplate == boilerplate) {
        let query = Wanted::new(open, &word.term, word.kind);
        let documents = query.documents(statistics.living(), searcher, &mut counted)?;
        if documents == 0 {
            continue;
        }
        let kind_weight = match word.kind {
            TokenKind::Whole => 1.5,
            TokenKind::Hump => 0.5,
            _ if word.is_part => 0.7,
            _ => 1.0,
        };
        words.push(Shared {
            term: word.term.clone(),
            written: word.written.clone(),
            kind: word.kind,
            documents,
            worth: kind_weight,
            weight: statistics.weight(documents) * kind_weight,
        });
    }
    Ok(words)
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

/// Returns words as written, rarest first; parts of an identifier that is shown itself are left out.
fn shown(words: &[Shared], has: &dyn Fn(&Shared) -> bool) -> Vec<String> {
    let present: Vec<&Shared> = words.iter().filter(|word| has(word)).collect();
    let wholes: Vec<&str> =
        present.iter().filter(|word| word.kind == TokenKind::Whole).map(|word| word.written.as_str()).collect();
    let covered = |word: &Shared| {
        word.kind == TokenKind::Hump
            || word.kind != TokenKind::Whole && wholes.iter().any(|whole| whole.contains(&word.written))
    };
    let uncovered: Vec<String> =
        present.iter().filter(|word| !covered(word)).map(|word| word.written.clone()).collect();
    let all = if uncovered.is_empty() { present.iter().map(|word| word.written.clone()).collect() } else { uncovered };
    all.into_iter().take(MAX_SHOWN).collect()
}
