//! A copy of the pages in a folder that needs no server: the pages of the router, with what only a server can do left out,
//! links that lead from file to file, and an index of words that a script of the page reads.

mod anchors;
mod crawl;
mod html;
mod lists;
mod names;
mod note;
mod page;
mod script;
mod search;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;

use self::crawl::{Crawl, Work};
use self::names::{Names, Place};
use super::options::ServeOptions;
use super::state::AppState;
use super::{assets, routes};
use crate::kb::{Copied, FolderError, KbError, KnowledgeCopy, NewFolder, Progress, SearchRequest};

pub(crate) use note::CopyNote;

/// Lists the files of an export, which tells it from every other folder.
const LIST: &str = "ris-export.txt";
/// Pages that the others lead on from.
const FIRST: [&str; 10] = [
    "/",
    "/incidents",
    "/actions",
    "/insights",
    "/tags",
    "/tags?by=family",
    "/causes",
    "/compliance",
    "/status",
    "/ledger",
];

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The knowledge base failed.
    #[error(transparent)]
    Kb(KbError),
    /// The folder is not written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A template failed.
    #[error("a page could not be made")]
    Template(#[from] askama::Error),
    /// No thread could be started.
    #[error("no thread could be started")]
    Threads(#[source] std::io::Error),
    /// Our bug.
    #[error("a page could not be made. This is a defect of ris")]
    Panicked,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// The folder.
    pub folder: PathBuf,
    /// What it is a copy of.
    #[serde(flatten)]
    pub about: Copied,
    /// Pages.
    pub pages: usize,
    /// Files, pages among them.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: usize,
    /// Bytes of what a search loads from.
    pub search_bytes: usize,
    /// Addresses of the server that it did not answer; the page in the folder says why.
    pub failed: Vec<String>,
}

/// Writes the pages of `copy` to the folder `out`, which becomes what they are in one step.
///
/// # Errors
/// Where `out` holds anything but an earlier export, or something cannot be read or written.
pub fn export(copy: KnowledgeCopy, out: &Path, progress: &dyn Fn(Progress)) -> Result<Exported, ExportError> {
    let folder = NewFolder::begin(out, LIST)?;
    let KnowledgeCopy { kb, about, keeper } = copy;
    let documents = lists::newest_first(&kb, SearchRequest::new(""))?;
    let has_ledger = about.commit.is_some() && !about.is_part;
    let mut paths: Vec<String> = documents.iter().map(|it| it.path.clone()).collect();
    paths.sort_unstable();
    let names = Names::new(paths.iter().map(String::as_str), has_ledger);
    let (_stop, stopped) = watch::channel(false);
    let options = ServeOptions { clock: kb.clock(), ..ServeOptions::default() };
    let app = AppState::of_copy(kb, &options, stopped, CopyNote::of(&about));
    let first: Vec<Place> = FIRST.iter().filter_map(|url| names.place(url)).collect();
    let crawl = Arc::new(Crawl::new(app.clone(), routes::router(app), names, folder));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().map_err(ExportError::Threads)?;
    let search_bytes = runtime.block_on(async {
        // Documents first, so that lists know the places in them.
        crawl.run(paths.into_iter().map(Work::Document).collect(), progress).await?;
        let search_bytes = search::write(&crawl, &documents)?;
        crawl.enqueue(first);
        crawl.put_page("search.html", &lists::search_page(crawl.app(), &documents)?)?;
        crawl.enqueue(lists::places_of_years(&documents));
        crawl.run(Vec::new(), progress).await?;
        Ok::<_, ExportError>(search_bytes)
    })?;
    for (file, bytes) in assets() {
        crawl.put(&file, &bytes)?;
    }
    drop(runtime);
    let crawl = Arc::into_inner(crawl).ok_or(ExportError::Panicked)?;
    let done = crawl.finish()?;
    let files = done.folder.put_in_place()?;
    drop(keeper);
    Ok(Exported {
        folder: out.to_owned(),
        about,
        pages: done.pages,
        files,
        bytes: done.bytes,
        search_bytes,
        failed: done.failed,
    })
}

/// Returns the files that every page uses.
fn assets() -> [(String, Vec<u8>); 4] {
    let given = |name: &str, bytes| (format!("static/{name}"), bytes);
    [
        given("app.css", assets::bytes("app.css")),
        given("icon.svg", assets::bytes("icon.svg")),
        given("app.js", script::page().into_bytes()),
        given("search.js", assets::bytes("copy/search.js")),
    ]
}
