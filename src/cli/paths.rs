//! Paths as the user can click or paste them: relative to the current folder, not to the knowledge base.

use std::path::{Component, Path, PathBuf};

/// Turns paths of the knowledge base into paths from the current folder.
#[derive(Debug, Clone)]
pub(crate) struct PathView {
    prefix: PathBuf,
}

impl PathView {
    /// Returns the view from `current_dir` on the knowledge base at `root`.
    pub(crate) fn new(root: &Path, current_dir: &Path) -> Self {
        let absolute = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Self { prefix: relative(&absolute(root), &absolute(current_dir)) }
    }

    /// Returns the path of the document at `path` (relative to the root).
    pub(crate) fn show(&self, path: &str) -> String {
        self.prefix.join(path).to_string_lossy().into_owned()
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

/// Returns the way from folder `from` to folder `to`, or `to` itself where that is shorter to read.
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
}
