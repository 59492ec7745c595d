//! How good the answers are: nDCG@10 and success@1 of `ris` over judged queries, beside plain BM25 over the whole text
//! and beside counting the matches of ripgrep.
//!
//!     cargo run --release --example relevance                       over the sample in incidents/
//!     cargo run --release --example relevance -- FOLDER…            over these folders together
//!     cargo run --release --example relevance -- --each FOLDER…     and every query by itself
//!
//! Each folder is copied below its own name (`incidents`, …): judgements name documents so.

#![allow(clippy::print_stdout, reason = "a program of its own, not part of the library")]

mod corpus;
mod judged;
mod rivals;
mod score;

use std::error::Error;
use std::path::PathBuf;

use ris::clock::Clock;
use ris::kb::{Found, KnowledgeBase, LogRequest, OpenOptions, SearchRequest};

use judged::{Kind, Query};
use rivals::{Bm25, Ripgrep};
use score::{Score, Table};

/// Hits that count.
const DEPTH: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, folders): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with("--"));
    let folders = if folders.is_empty() { vec!["incidents".to_owned()] } else { folders };
    let folder = corpus::gather(&folders.iter().map(PathBuf::from).collect::<Vec<_>>())?;
    let root = folder.path().to_owned();
    let options = OpenOptions { root: Some(root.clone()), current_dir: root.clone(), clock: Clock::System };
    let kb = KnowledgeBase::open(&options)?;
    kb.sync(&|_| {})?;
    let bm25 = Bm25::build(&root)?;
    let queries = judged::load(&root)?;
    let mut table = Table::default();
    for query in &queries {
        let ours = ask(&kb, query)?;
        let scores = [
            Score::of(query, &ours),
            Score::of(query, &bm25.ask(&root, query)?),
            Ripgrep::ask(&root, query).map_or(Score::NONE, |hits| Score::of(query, &hits)),
        ];
        if flags.iter().any(|it| it == "--each") && !(query.held_out && flags.iter().any(|it| it == "--tuning")) {
            println!(
                "{:<12} {:.2} {:.2} {:.2}  {}",
                query.id,
                scores[0].ndcg,
                scores[1].ndcg,
                scores[2].ndcg,
                query.first_line()
            );
            for (rank, path) in ours.iter().enumerate() {
                println!(
                    "    {:>2} {} {path}",
                    rank + 1,
                    query.documents.get(path).map_or("-".into(), ToString::to_string)
                );
            }
            for path in query.documents.iter().filter(|(path, _)| !ours.contains(path)) {
                println!("     . {} {}", path.1, path.0);
            }
        }
        table.add(query, &scores);
    }
    table.print(&queries);
    Ok(())
}

/// Returns the paths that `ris` answers, best first.
fn ask(kb: &KnowledgeBase, query: &Query) -> Result<Vec<String>, Box<dyn Error>> {
    let mut paths: Vec<String> = match query.kind {
        Kind::Words => {
            let results = kb.search(&SearchRequest { limit: DEPTH, ..SearchRequest::new(&query.query) })?;
            results.hits.into_iter().map(|hit| hit.document.path).collect()
        }
        Kind::Paste => {
            let results = kb.search_log(&LogRequest::new(&query.query, DEPTH))?;
            results.hits.into_iter().map(|hit| hit.hit.document.path).collect()
        }
        Kind::Related => {
            let Found::One(document) = kb.find(&query.query)? else { return Ok(Vec::new()) };
            let results = kb.related(&kb.read(&document.path)?, DEPTH)?;
            let same = results.same_incident.into_iter().map(|it| it.path);
            let others = results.related.into_iter().flat_map(|it| std::iter::once(it.document).chain(it.also));
            same.chain(others.map(|it| it.path)).collect()
        }
    };
    paths.truncate(DEPTH);
    Ok(paths)
}
