//! Opens an index and tells a whole one from a damaged one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::RamDirectory;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory, Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError};

use crate::config::ReadBy;
use crate::parse::Conventions;

use super::check::check_files;
use super::directory::{IndexDirectory, META};
use super::error::IndexError;
use super::file_text::FileTexts;
use super::frequencies::Frequencies;
use super::living::Living;
use super::overview::Table;
use super::per_commit::PerCommit;
use super::schema::{Fields, schema, tokenizers};
use super::search::{FacetValues, Snapshot};

/// Bytes of stored data that are compressed, and unpacked for an answer, together: a few documents'.
const STORED_TOGETHER: usize = 4 << 10;
/// What a commit carries, so that an index that never saw one is told from an empty knowledge base.
const COMMITTED: &str = "committed";

/// Gives the name under which a root-cause tag is found.
pub(crate) type TagNames = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// Gives the root-cause tags that a search speaks of.
pub(crate) type TagsOfQuery = Arc<dyn Fn(&str) -> Vec<String> + Send + Sync>;

/// An index that can be read.
#[derive(Clone)]
pub(crate) struct OpenIndex {
    pub(crate) index: Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    /// Folder; names the index in messages where it is held in memory.
    folder: PathBuf,
    /// Turns a name of a root-cause tag into the one under which it is found.
    pub(crate) tag_names: Option<TagNames>,
    /// Tells which root-cause tags a search speaks of.
    pub(crate) tags_of_query: Option<TagsOfQuery>,
    /// Reads the texts of which passages are shown.
    pub(crate) texts: Option<FileTexts>,
    /// What the settings were that the files of the last commit were read by.
    pub(crate) read_by: ReadBy,
    /// What names of severities in a query mean.
    pub(crate) conventions: Arc<Conventions>,
    /// The facts of every document, once somebody asked for them.
    pub(crate) table: PerCommit<Table>,
    /// What every search uses, once somebody searched.
    pub(crate) snapshot: PerCommit<Snapshot>,
    /// The values of facets of every document, once somebody had them counted.
    pub(crate) facets: PerCommit<FacetValues>,
    /// How many documents have the words by which related ones are found.
    pub(crate) frequencies: PerCommit<Frequencies>,
    /// What is counted without the documents that have gone.
    pub(crate) living: PerCommit<Living>,
    /// Tells this reader from every other of the process.
    serial: u64,
}

static OPENED: AtomicU64 = AtomicU64::new(0);

impl OpenIndex {
    /// Opens the last commit of the index in `folder`: `None` where none was ever made.
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, IndexError> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let fail = |error: TantivyError| IndexError::engine("open the index in", folder, error);
        let directory = IndexDirectory::open(folder).map_err(|error| fail(error.into()))?;
        let mut index = match Index::open(directory) {
            Ok(index) => index,
            Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) if is_fresh(folder) => {
                return Ok(None);
            }
            Err(error) => return Err(fail(error)),
        };
        let (wanted, fields) = schema();
        if index.schema() != wanted {
            let reason = "its fields are not those of this program".to_owned();
            return Err(IndexError::Damaged { path: folder.to_owned(), reason });
        }
        let payload = index.load_metas().map_err(fail)?.payload;
        let Some(read_by) = payload.as_deref().and_then(read_by_of) else { return Ok(None) };
        check_files(&index, folder)?;
        index.set_tokenizers(tokenizers());
        Ok(Some(Self { read_by, ..Self::with_reader(index, fields, folder)? }))
    }

    /// Makes an empty index in `folder`, which must exist.
    pub(crate) fn create(folder: &Path) -> Result<Self, IndexError> {
        let fail = |error: TantivyError| IndexError::engine("write the index in", folder, error);
        let directory = IndexDirectory::open(folder).map_err(|error| fail(error.into()))?;
        Self::create_in(directory, folder)
    }

    /// Makes an empty index in memory, for a folder that cannot be written.
    pub(crate) fn create_in_memory(folder: &Path) -> Result<Self, IndexError> {
        Self::create_in(RamDirectory::create(), folder)
    }

    fn create_in(directory: impl Into<Box<dyn Directory>>, folder: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        // As many threads index as there are processors: one more, to compress, would only be waited for.
        let settings = IndexSettings {
            docstore_compress_dedicated_thread: false,
            docstore_blocksize: STORED_TOGETHER,
            ..IndexSettings::default()
        };
        let index = Index::create(directory, schema, settings);
        let mut index = index.map_err(|error| IndexError::engine("write the index in", folder, error))?;
        index.set_tokenizers(tokenizers());
        Self::with_reader(index, fields, folder)
    }

    fn with_reader(index: Index, fields: Fields, folder: &Path) -> Result<Self, IndexError> {
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(8);
        let reader: tantivy::Result<IndexReader> = builder.try_into();
        let reader = reader.map_err(|error| IndexError::engine("open the index in", folder, error))?;
        let serial = OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            index,
            fields,
            reader,
            folder: folder.to_owned(),
            tag_names: None,
            tags_of_query: None,
            texts: None,
            read_by: ReadBy::default(),
            conventions: Arc::default(),
            table: PerCommit::default(),
            snapshot: PerCommit::default(),
            facets: PerCommit::default(),
            frequencies: PerCommit::default(),
            living: PerCommit::default(),
            serial,
        })
    }

    /// Shows the last commit to later searchers.
    pub(crate) fn reload(&self) -> Result<(), IndexError> {
        self.reader.reload().map_err(|error| self.fail(error))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Tells the commit that later searchers see from every other that this process saw.
    pub(crate) fn commit(&self) -> (u64, u64) {
        (self.serial, self.searcher().generation().generation_id())
    }

    /// Returns the folder of the index.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Turns an error of the engine while reading into one of ours.
    pub(crate) fn fail(&self, error: TantivyError) -> IndexError {
        IndexError::engine("read the index in", &self.folder, error)
    }
}

/// Returns what a commit carries whose files were read by these settings.
pub(crate) fn payload(read_by: ReadBy) -> String {
    format!("{COMMITTED} {:x} {:x}", read_by.taxonomy, read_by.conventions)
}

fn read_by_of(payload: &str) -> Option<ReadBy> {
    let mut numbers = payload.strip_prefix(COMMITTED)?.split_whitespace().map(|it| u64::from_str_radix(it, 16).ok());
    // Older commits carry the first alone.
    Some(ReadBy { taxonomy: numbers.next()??, conventions: numbers.next().unwrap_or(Some(0))? })
}

/// Tells whether the folder was made but no index was begun in it (a run was stopped at that moment).
fn is_fresh(folder: &Path) -> bool {
    let is_segment = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        !name.starts_with('.') && name != META
    };
    std::fs::read_dir(folder).is_ok_and(|entries| !entries.flatten().any(is_segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_tells_what_its_files_were_read_by() {
        let read_by = ReadBy { taxonomy: 0xab, conventions: 0xcd };
        assert_eq!(read_by_of(&payload(read_by)), Some(read_by));
        assert_eq!(read_by_of("committed ab"), Some(ReadBy { conventions: 0, ..read_by }));
        assert_eq!([read_by_of("committed"), read_by_of("committed x"), read_by_of("other ab")], [None; 3]);
    }
}
