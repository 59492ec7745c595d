//! Why the knowledge base could not do something: operation and path in the message, cause in `source`, advice apart.

use std::path::PathBuf;

use super::new::Refused;
use crate::config::ConfigError;
use crate::index::{IndexError, QueryError};
use crate::lint::BaselineError;
use crate::model::{at_line, shell_word};
use crate::scaffold::TemplateError;
use crate::store::edit::EditError;
use crate::store::fs::FsError;
use crate::store::git::GitError;
use crate::store::lock::LockError;
use crate::store::write::WriteError;

/// Why the knowledge base could not do something.
#[derive(Debug, thiserror::Error)]
pub enum KbError {
    /// The folder named as the root is not one.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// `ris.toml` cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The query cannot be understood; the error says where.
    #[error("cannot understand the query: {0}")]
    Query(#[source] QueryError),
    /// A file could not be read.
    #[error(transparent)]
    Files(FsError),
    /// No document goes by this name. It is the answer to a question, and no failure.
    #[error("there is no document `{key}`")]
    NoSuchDocument {
        /// The name.
        key: String,
        /// The ids and paths that are like it, nearest first.
        nearest: Vec<String>,
    },
    /// The path leads out of the knowledge base.
    #[error("`{path}` is outside the knowledge base")]
    Outside {
        /// The path as given.
        path: String,
    },
    /// A document is not edited.
    #[error("cannot edit `{path}`{}: {error}", at_line(error.line))]
    Edit {
        /// Path relative to the knowledge base.
        path: String,
        /// What is in the way.
        error: EditError,
    },
    /// A rule was named that does not exist.
    #[error("{message}")]
    NoSuchRule {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// The file of known findings cannot be used.
    #[error("cannot use the baseline `{}`: {error}", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: BaselineError,
    },
    /// A document could not be written.
    #[error(transparent)]
    Write(WriteError),
    /// The index could not be read or written.
    #[error(transparent)]
    Index(IndexError),
    /// A template cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// What was asked for cannot be done as asked.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Another process is writing, or no lock can be kept.
    #[error(transparent)]
    Lock(LockError),
    /// The git history could not be read.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl KbError {
    /// Returns what to do about it, where something can be said.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Config(error) => error.hint.clone(),
            Self::Query(error) => error.hint.clone(),
            Self::NotAFolder { .. } => Some("name the folder of the knowledge base with `--kb`".to_owned()),
            Self::Index(error) => index_hint(error),
            Self::Git(error) => error.hint(),
            Self::NoSuchDocument { key, nearest } => Some(nearest_hint(key, nearest)),
            Self::Outside { .. } => Some("name a file in the folder of the knowledge base, or another knowledge base with `--kb`".to_owned()),
            Self::Edit { error, .. } => Some(error.hint.clone()),
            Self::Write(WriteError::Changed { .. }) => {
                Some("run the command again to see what would change now".to_owned())
            }
            Self::NoSuchRule { hint, .. } => Some(hint.clone()),
            Self::Baseline { .. } => {
                Some("write it anew with `ris check --write-baseline`, or put back the version in git".to_owned())
            }
            Self::Template(error) => error.hint.clone(),
            Self::Refused(error) => error.hint.clone(),
            Self::Write(WriteError::Exists { .. }) => Some("it was left as it is; choose another path".to_owned()),
            Self::Write(WriteError::Write { source, .. }) => write_hint(source),
            Self::Lock(LockError::Busy(_)) => Some("wait until it is done, then run the command again".to_owned()),
            Self::Lock(LockError::Io { .. }) => Some("nothing was written, since another ris may be writing; check the permissions of the folder and of `.ris` in it".to_owned()),
            Self::Files(error) => files_hint(error),
        }
    }

    /// Returns the place in the query that cannot be understood, where that is the trouble.
    #[must_use]
    pub fn query_error(&self) -> Option<&QueryError> {
        match self {
            Self::Query(error) => Some(error),
            _ => None,
        }
    }
}

fn nearest_hint(key: &str, nearest: &[String]) -> String {
    if nearest.is_empty() {
        return format!("`ris search {}` looks inside the documents", shell_word(key));
    }
    let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", names.join(" or "))
}

fn files_hint(error: &FsError) -> Option<String> {
    use std::io::ErrorKind::{InvalidData, IsADirectory, NotFound, PermissionDenied};
    let FsError::Read { source, .. } = error else { return None };
    let hint = match source.kind() {
        NotFound => "a path counts from the folder that you are in",
        IsADirectory => "name the files in it",
        PermissionDenied => "check the permissions of the file",
        InvalidData => "it has to be text in UTF-8",
        _ => return None,
    };
    Some(hint.to_owned())
}

fn write_hint(source: &std::io::Error) -> Option<String> {
    match source.kind() {
        std::io::ErrorKind::PermissionDenied => {
            Some("check the permissions of the folder; nothing was written".to_owned())
        }
        std::io::ErrorKind::ReadOnlyFilesystem => Some("the file system is read-only; nothing was written".to_owned()),
        std::io::ErrorKind::StorageFull => Some("free some space; nothing was written".to_owned()),
        _ => None,
    }
}

fn index_hint(error: &IndexError) -> Option<String> {
    let hint = match error {
        IndexError::Missing { root } if root.join(".ris").is_file() => {
            "`.ris` is a file, where the folder of the index goes; move it away"
        }
        IndexError::Missing { .. } => "run `ris index` first, or leave out `--no-sync`",
        IndexError::Damaged { .. } => "run `ris index --rebuild`; the documents themselves are not touched",
        IndexError::Busy { .. } => "wait until it is done, or search with `--no-sync`",
        IndexError::Io { source, .. } => match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
                "free some space; the index of the last successful run still stands and the documents are not touched"
            }
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                "check the permissions of the `.ris` folder"
            }
            _ => return None,
        },
        IndexError::Engine { .. } => "run `ris index --rebuild`; if that does not help, please report it",
        IndexError::Files(_) | IndexError::Query(_) => return None,
    };
    Some(hint.to_owned())
}

impl From<IndexError> for KbError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Query(error) => Self::Query(error),
            IndexError::Files(error) => error.into(),
            other => Self::Index(other),
        }
    }
}

impl From<FsError> for KbError {
    fn from(error: FsError) -> Self {
        match error {
            FsError::Outside { path } => Self::Outside { path },
            other => Self::Files(other),
        }
    }
}
