//! Files of the knowledge base as they lie on disk: images and raw documents.
//!
//! Never leaves the root, neither by `..` nor through a symbolic link, and never opens hidden files (`.git`, `.ris`).

use std::path::{Component, Path, PathBuf};

use super::KnowledgeBase;

/// Files above this many bytes are not handed out.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Why a file is not handed out.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Not a file below the root, or a hidden one. Which of these is not told.
    #[error("no such file in the knowledge base")]
    NotFound,
    /// Above the limit.
    #[error("the file is larger than {} MiB", MAX_FILE_BYTES >> 20)]
    TooLarge,
    /// The file is there and cannot be read.
    #[error("cannot read `{path}`")]
    Unreadable {
        /// Path relative to the root.
        path: String,
        /// Cause.
        source: std::io::Error,
    },
}

impl KnowledgeBase {
    /// Returns the real path of the file at `path` (relative to the root, `/` between folders).
    ///
    /// # Errors
    ///
    /// [`FileError::NotFound`] for anything that is not a plain, visible file below the root.
    pub fn locate_file(&self, path: &str) -> Result<PathBuf, FileError> {
        // Where a backslash parts folders, a name that holds one leads elsewhere.
        if path.contains('\0') || cfg!(windows) && path.contains('\\') || !is_visible(Path::new(path)) {
            return Err(FileError::NotFound);
        }
        let root = self.root().canonicalize().map_err(|_| FileError::NotFound)?;
        let Ok(real) = root.join(path).canonicalize() else {
            return self.origin.as_ref().map_or(Err(FileError::NotFound), |origin| origin.locate_file(path));
        };
        let inside = real.strip_prefix(&root).map_err(|_| FileError::NotFound)?;
        if is_visible(inside) && real.is_file() { Ok(real) } else { Err(FileError::NotFound) }
    }

    /// Reads the file at `path` (relative to the root) as it is on disk.
    ///
    /// # Errors
    ///
    /// See [`FileError`].
    pub fn load_file(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let real = self.locate_file(path)?;
        let unreadable = |source| FileError::Unreadable { path: path.to_owned(), source };
        if real.metadata().map_err(unreadable)?.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge);
        }
        std::fs::read(real).map_err(unreadable)
    }
}

/// Tells whether every part of `path` is a plain name that does not begin with a dot.
fn is_visible(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some()
        && parts.all(|part| match part {
            Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::is_visible;
    use std::path::Path;

    #[test]
    fn only_plain_names_are_visible() {
        for path in ["a.md", "a/b/c.md", "a b/ü.md", "a/..b.md/c"] {
            assert_eq!(is_visible(Path::new(path)), !path.contains("/."), "{path}");
        }
        for path in ["", "/etc/passwd", "..", "a/../../b", ".git/config", "a/.ris/index", "./a"] {
            assert!(!is_visible(Path::new(path)), "{path}");
        }
    }
}
