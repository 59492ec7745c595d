//! Why the index or a query failed.

use std::ops::Range;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;

/// A query that cannot be understood, and the place where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong: lower case, no period.
    pub message: String,
    /// Bytes of the query text to point at.
    pub span: Range<usize>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl QueryError {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Why the index could not do something.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index yet, and none may be made.
    #[error("there is no index of `{}`", root.display())]
    Missing {
        /// The knowledge base.
        root: PathBuf,
    },
    /// The index does not hold what it should.
    #[error("the index in `{}` is damaged: {reason}", path.display())]
    Damaged {
        /// Folder of the index.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A file of the index could not be written or read.
    #[error("cannot {operation} `{}`", path.display())]
    Io {
        /// What was tried (`write the index in`).
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// Another process kept the index locked.
    #[error("another process is writing the index in `{}`", path.display())]
    Busy {
        /// Folder of the index.
        path: PathBuf,
    },
    /// The folder could not be read.
    #[error(transparent)]
    Files(#[from] crate::store::fs::FsError),
    /// The query cannot be understood.
    #[error("cannot understand the query")]
    Query(#[from] QueryError),
    /// The engine failed in a way that has no better name.
    #[error("the search engine failed in `{}`", path.display())]
    Engine {
        /// Folder of the index.
        path: PathBuf,
        /// The cause.
        source: Box<TantivyError>,
    },
}

impl IndexError {
    pub(crate) fn io(operation: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { operation, path: path.to_owned(), source }
    }

    /// Sorts an error of the engine into damage, trouble with files, and the rest.
    pub(crate) fn engine(operation: &'static str, path: &Path, error: TantivyError) -> Self {
        let damaged = |reason: String| Self::Damaged { path: path.to_owned(), reason };
        match error {
            TantivyError::IoError(source) => match source.kind() {
                // Reading past the end or decoding garbage; the disk itself reports other kinds.
                std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData | std::io::ErrorKind::Other
                    if source.raw_os_error().is_none() =>
                {
                    // A buffer that could not be written out passes the system's error on as text.
                    match os_error(&source.to_string()) {
                        Some(source) => Self::io(operation, path, source),
                        None => damaged(source.to_string()),
                    }
                }
                _ => Self::io(operation, path, copy(&source)),
            },
            TantivyError::OpenReadError(tantivy::directory::error::OpenReadError::IoError { io_error, .. }) => {
                Self::io(operation, path, copy(&io_error))
            }
            TantivyError::OpenWriteError(tantivy::directory::error::OpenWriteError::IoError { io_error, .. }) => {
                Self::io(operation, path, copy(&io_error))
            }
            TantivyError::LockFailure(tantivy::directory::error::LockError::IoError(source), _) => {
                Self::io(operation, path, copy(&source))
            }
            TantivyError::LockFailure(..) => Self::Busy { path: path.to_owned() },
            TantivyError::DataCorruption(reason) => damaged(format!("{reason:?}")),
            TantivyError::OpenReadError(reason) => damaged(reason.to_string()),
            TantivyError::IncompatibleIndex(reason) => damaged(format!("{reason:?}")),
            TantivyError::SchemaError(reason) => damaged(reason),
            // Errors of the engine's threads come as text; the number of the system's error is what can be acted on.
            other => match os_error(&other.to_string()) {
                Some(source) => Self::io(operation, path, source),
                None => Self::Engine { path: path.to_owned(), source: Box::new(other) },
            },
        }
    }
}

/// Returns the error of the system that a message ends with (`… (os error 28)`).
fn os_error(message: &str) -> Option<std::io::Error> {
    let (_, rest) = message.rsplit_once("(os error ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().map(std::io::Error::from_raw_os_error)
}

/// Shared errors cannot be taken out of their `Arc`; the kind and text are what people need.
fn copy(error: &std::io::Error) -> std::io::Error {
    match error.raw_os_error() {
        Some(code) => std::io::Error::from_raw_os_error(code),
        None => std::io::Error::new(error.kind(), error.to_string()),
    }
}
