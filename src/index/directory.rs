//! The engine's folder of files, opened leniently: an index in a read-only folder can still be read.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The file that names the segments of the last commit.
pub(super) const META: &str = "meta.json";
/// The engine's list of its own files.
pub(super) const MANAGED: &str = ".managed.json";

/// Bytes handed to the system at once.
const WRITTEN_TOGETHER: usize = 64 << 10;

/// Files that are complete and on their way to the disk.
type OnTheWay = Arc<Mutex<Vec<JoinHandle<std::io::Result<()>>>>>;

/// A memory-mapped folder whose reader's lock may be missing.
#[derive(Debug, Clone)]
pub(crate) struct IndexDirectory {
    files: MmapDirectory,
    folder: PathBuf,
    on_the_way: OnTheWay,
}

impl IndexDirectory {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(path)?, folder: path.to_owned(), on_the_way: OnTheWay::default() })
    }
}

/// A file that is being written. Whoever ends it does not wait for the disk; a commit waits for all that were ended.
struct NewFile {
    file: File,
    on_the_way: OnTheWay,
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for NewFile {
    fn terminate_ref(&mut self, _: AntiCallToken) -> std::io::Result<()> {
        let file = self.file.try_clone()?;
        match std::thread::Builder::new().spawn(move || file.sync_data()) {
            Ok(sync) => self.on_the_way.lock().unwrap_or_else(PoisonError::into_inner).push(sync),
            // Where no more threads may be, this one waits.
            Err(_) => self.file.sync_data()?,
        }
        Ok(())
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
        let file = File::options().write(true).create_new(true).open(self.folder.join(path));
        let file = file.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(BufWriter::with_capacity(
            WRITTEN_TOGETHER,
            Box::new(NewFile { file, on_the_way: Arc::clone(&self.on_the_way) }),
        ))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    /// A file like any other: what the engine makes itself nobody else may read, though all the rest of the index they may.
    ///
    /// The engine writes its list of files anew before each file that it begins, and would wait for the disk each time. A
    /// list that is lost with the power makes the index a damaged one, which is built anew.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        let target = self.folder.join(path);
        let new = target.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(data)?;
        if path != Path::new(MANAGED) {
            file.sync_data()?;
        }
        std::fs::rename(new, target)
    }

    /// The engine asks for this before each commit.
    fn sync_directory(&self) -> std::io::Result<()> {
        let on_the_way = std::mem::take(&mut *self.on_the_way.lock().unwrap_or_else(PoisonError::into_inner));
        let ended_early = |_| Err(std::io::Error::other("writing to the disk ended early"));
        // All are waited for, whatever became of one.
        let synced: Vec<_> = on_the_way.into_iter().map(|sync| sync.join().unwrap_or_else(ended_early)).collect();
        synced.into_iter().collect::<std::io::Result<()>>()?;
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
