//! Opens an index and tells a whole one from a damaged one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tantivy::directory::RamDirectory;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory, Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError};

use super::directory::IndexDirectory;
use super::error::IndexError;
use super::schema::{Fields, schema, tokenizers};

/// The file that names the segments of the last commit.
const META: &str = "meta.json";
/// Files that every segment of this schema has; some are opened only when they are needed.
const PARTS: [&str; 6] = [".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm"];
/// What a commit carries, so that an index that never saw one is told from an empty knowledge base.
pub(crate) const COMMITTED: &str = "committed";

/// An index that can be read.
#[derive(Clone)]
pub(crate) struct OpenIndex {
    pub(crate) index: Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    /// Folder; names the index in messages where it is held in memory.
    folder: PathBuf,
}

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
        if index.load_metas().map_err(fail)?.payload.as_deref() != Some(COMMITTED) {
            return Ok(None);
        }
        check_files(&index, folder)?;
        index.set_tokenizers(tokenizers());
        Self::with_reader(index, fields, folder).map(Some)
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
        let index = Index::create(directory, schema, IndexSettings::default());
        let mut index = index.map_err(|error| IndexError::engine("write the index in", folder, error))?;
        index.set_tokenizers(tokenizers());
        Self::with_reader(index, fields, folder)
    }

    fn with_reader(index: Index, fields: Fields, folder: &Path) -> Result<Self, IndexError> {
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(8);
        let reader: tantivy::Result<IndexReader> = builder.try_into();
        let reader = reader.map_err(|error| IndexError::engine("open the index in", folder, error))?;
        Ok(Self { index, fields, reader, folder: folder.to_owned() })
    }

    /// Shows the last commit to later searchers.
    pub(crate) fn reload(&self) -> Result<(), IndexError> {
        self.reader.reload().map_err(|error| self.fail(error))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
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

/// Tells whether the folder was made but no index was begun in it (a run was stopped at that moment).
fn is_fresh(folder: &Path) -> bool {
    let is_segment = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        !name.starts_with('.') && name != META
    };
    std::fs::read_dir(folder).is_ok_and(|entries| !entries.flatten().any(is_segment))
}

/// Checks the content of every file that changed after the commit that names it.
///
/// Files of the index are written once, before the commit. A later change is damage or a copy; checksums tell which,
/// and only then are whole files read.
fn check_files(index: &Index, folder: &Path) -> Result<(), IndexError> {
    let modified = |path: &Path| std::fs::metadata(path).and_then(|metadata| metadata.modified());
    let committed = modified(&folder.join(META)).unwrap_or(SystemTime::UNIX_EPOCH);
    let ids = index.searchable_segment_ids().map_err(|error| IndexError::engine("open the index in", folder, error))?;
    let ids: HashSet<String> = ids.iter().map(tantivy::index::SegmentId::uuid_string).collect();
    let mut latest = None;
    let mut parts = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let file = PathBuf::from(&name);
        if !name.split('.').next().is_some_and(|id| ids.contains(id)) {
            continue;
        }
        parts += usize::from(PARTS.iter().any(|part| name.ends_with(part)));
        let Ok(changed) = modified(&entry.path()) else { continue };
        if changed < committed {
            continue;
        }
        latest = latest.max(Some(changed));
        let whole = index.directory().validate_checksum(&file);
        if !whole.is_ok_and(|whole| whole) {
            let reason = format!("`{}` does not hold what was written", file.display());
            return Err(IndexError::Damaged { path: folder.to_owned(), reason });
        }
    }
    if parts < ids.len() * PARTS.len() {
        let reason = "files are missing".to_owned();
        return Err(IndexError::Damaged { path: folder.to_owned(), reason });
    }
    if let Some(latest) = latest {
        // Whole after all: remember that it was checked. In a read-only folder it is checked again next time.
        let latest = latest + Duration::from_nanos(1);
        let _ =
            std::fs::File::options().append(true).open(folder.join(META)).and_then(|meta| meta.set_modified(latest));
    }
    Ok(())
}

/// Returns time and size of the last commit, by which a change is noticed without opening anything.
pub(crate) fn commit_mark(folder: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(folder.join(META)).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
