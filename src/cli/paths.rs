//! Paths as the user can click or paste them: relative to the current folder, not to the knowledge base.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::CommandError;

/// Turns paths of the knowledge base into paths from the current folder.
#[derive(Debug, Clone)]
pub(crate) struct PathView {
    root: PathBuf,
    current_dir: PathBuf,
}

impl PathView {
    /// Returns the view from `current_dir` on the knowledge base at `root`.
    pub(crate) fn new(root: &Path, current_dir: &Path) -> Self {
        let absolute = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Self { root: absolute(root), current_dir: absolute(current_dir) }
    }

    /// Returns the path of the document at `path` (relative to the root).
    pub(crate) fn show(&self, path: &str) -> String {
        relative(&self.root.join(path), &self.current_dir).to_string_lossy().into_owned()
    }

    /// Returns the path of the document at `path` as a diff has it, so that `git apply` takes it: from the root of the
    /// repository, else as [`Self::show`] has it.
    pub(crate) fn in_repository(&self, path: &str) -> String {
        match self.root.ancestors().find(|folder| folder.join(".git").exists()) {
            Some(top) => relative(&self.root.join(path), top).to_string_lossy().into_owned(),
            None => self.show(path),
        }
    }

    /// Returns `path:line`, or the path alone where there is no line.
    pub(crate) fn at(&self, path: &str, line: u32) -> String {
        let shown = self.show(path);
        if line == 0 { shown } else { format!("{shown}:{line}") }
    }
}

/// Returns `path` as seen from `current_dir`, or that folder itself.
pub(crate) fn absolute(current_dir: &Path, path: Option<&Path>) -> PathBuf {
    path.map_or_else(|| current_dir.to_owned(), |path| current_dir.join(path))
}

/// Returns what is there under the name that the user gave, seen from `current_dir`.
pub(crate) fn given(current_dir: &Path, path: &Path) -> Result<PathBuf, CommandError> {
    let full = current_dir.join(path);
    match full.symlink_metadata() {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let error = CommandError::new(format!("there is no file or folder `{}`", path.display()));
            Err(error.hint("a path counts from the folder that you are in; `ris list` names the documents"))
        }
        _ => Ok(full),
    }
}

/// Returns the way from folder `from` to the file or folder `to`, or `to` itself where that is shorter to read.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let shared = to.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().count() - shared;
    let roots_only = to.components().take(shared).all(|it| !matches!(it, Component::Normal(_)));
    if up > 0 && roots_only {
        return to.to_owned();
    }
    std::iter::repeat_n(Component::ParentDir, up).chain(to.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_short_and_never_through_the_file_system_root() {
        let way = |to: &str, from: &str| relative(Path::new(to), Path::new(from)).to_string_lossy().into_owned();
        assert_eq!(way("/a/kb", "/a"), "kb");
        assert_eq!(way("/a/kb", "/a/kb"), "");
        assert_eq!(way("/a/kb", "/a/kb/2025"), "..");
        assert_eq!(way("/b/kb", "/a"), "/b/kb");
    }

    #[test]
    fn a_document_of_the_folder_one_stands_in_has_no_detour_and_a_diff_counts_from_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let (root, year) = (folder.path().join("kb"), folder.path().join("kb/2025"));
        std::fs::create_dir_all(&year).unwrap();
        let view = PathView::new(&root, &year);
        assert_eq!((view.show("2025/a.md").as_str(), view.show("2024/a.md").as_str()), ("a.md", "../2024/a.md"));
        assert_eq!(view.in_repository("2025/a.md"), "a.md", "there is none");
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        assert_eq!(view.in_repository("2025/a.md"), "kb/2025/a.md");
    }
}
