//! A knowledge base in a temporary folder.

use std::path::{Path, PathBuf};

use ris::clock::Clock;
use ris::kb::{KnowledgeBase, OpenOptions, SearchRequest, SearchResults, SyncReport};

/// A temporary folder with documents.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder can be made"));
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("files stand in folders")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    }

    pub(crate) fn open(&self) -> KnowledgeBase {
        open(self.path())
    }

    /// Returns the folder of the index.
    pub(crate) fn index_folder(&self) -> PathBuf {
        let entries = std::fs::read_dir(self.path().join(".ris")).expect("there is an index").flatten();
        let folder = entries.map(|entry| entry.path()).find(|path| path.is_dir());
        folder.expect("there is an index")
    }

    /// Returns the names of the files of the index, sorted.
    pub(crate) fn index_files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.index_folder()).expect("there is an index").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Opens the knowledge base in `root`.
pub(crate) fn open(root: &Path) -> KnowledgeBase {
    let options = OpenOptions { root: None, current_dir: root.to_owned(), clock: Clock::System };
    KnowledgeBase::open(&options).expect("the folder can be opened")
}

/// Syncs without showing progress.
pub(crate) fn sync(kb: &KnowledgeBase) -> SyncReport {
    kb.sync(&|_| {}).expect("the folder can be synced")
}

/// Returns the paths of the hits.
pub(crate) fn paths(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.document.path.as_str()).collect()
}

/// Returns the paths of the hits of a query that must be understood.
pub(crate) fn hits(kb: &KnowledgeBase, query: &str) -> Vec<String> {
    let results = kb.search(&SearchRequest::new(query)).expect("the query is understood");
    paths(&results).into_iter().map(str::to_owned).collect()
}
