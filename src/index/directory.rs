//! The engine's folder of files, opened leniently: an index in a read-only folder can still be read.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The file that names the segments of the last commit.
pub(super) const META: &str = "meta.json";
/// The engine's list of its own files.
pub(super) const MANAGED: &str = ".managed.json";

/// A memory-mapped folder whose reader's lock may be missing.
#[derive(Debug, Clone)]
pub(crate) struct IndexDirectory {
    files: MmapDirectory,
    folder: PathBuf,
}

impl IndexDirectory {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(path)?, folder: path.to_owned() })
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    /// The engine writes its list of files anew before each file that it begins, and would wait for the disk each time. A
    /// list that is lost with the power makes the index a damaged one, which is built anew.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        if path != Path::new(MANAGED) {
            return self.files.atomic_write(path, data);
        }
        let path = self.folder.join(path);
        let new = path.with_extension("new");
        std::fs::write(&new, data)?;
        std::fs::rename(new, path)
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        self.files.sync_directory()
    }

    /// A reader locks so that no writer deletes files while it opens them. Where the lock file cannot be made, nobody
    /// can delete files either.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath
                    && matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
