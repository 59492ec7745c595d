//! Where a knowledge base is: named, found upward, or the project's own `incidents/`.

use std::path::{Path, PathBuf};

use crate::config::FILE_NAME;

use super::{KbError, OpenOptions};

/// Sample knowledge base of a project's own repository.
const SAMPLE: &str = "incidents";

/// Returns the root: the folder named, or the nearest one from here upward with `ris.toml`, or the current folder. A
/// folder without `ris.toml` stands for `incidents/` below it, where that has one.
pub(super) fn locate(options: &OpenOptions) -> Result<PathBuf, KbError> {
    let root = match &options.root {
        Some(named) => named_root(options.current_dir.join(named)),
        None => find(&options.current_dir),
    };
    if root.is_dir() { Ok(root) } else { Err(KbError::NotAFolder { path: root }) }
}

/// Returns the nearest folder from `path` upward that is marked as a root.
pub(super) fn above(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join(FILE_NAME).is_file()).map(Path::to_owned)
}

fn find(current: &Path) -> PathBuf {
    if let Some(root) = above(current) {
        return root;
    }
    below(current)
}

/// A folder that somebody named is taken as it is, wherever it lies: only what is below it may stand for it.
fn named_root(folder: PathBuf) -> PathBuf {
    if folder.join(FILE_NAME).is_file() { folder } else { below(&folder) }
}

fn below(folder: &Path) -> PathBuf {
    let sample = folder.join(SAMPLE);
    if sample.join(FILE_NAME).is_file() { sample } else { folder.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn options(current: &Path, root: Option<&str>) -> OpenOptions {
        OpenOptions { root: root.map(PathBuf::from), current_dir: current.to_owned(), clock: Clock::System }
    }

    #[test]
    fn prefers_the_named_then_upward_then_the_sample() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        std::fs::create_dir_all(base.join("incidents/2025")).unwrap();
        assert_eq!(locate(&options(base, None)).unwrap(), base);
        std::fs::write(base.join("incidents/ris.toml"), "").unwrap();
        assert_eq!(locate(&options(base, None)).unwrap(), base.join("incidents"));
        assert_eq!(locate(&options(&base.join("incidents/2025"), None)).unwrap(), base.join("incidents"));
        assert_eq!(locate(&options(base, Some("incidents/2025"))).unwrap(), base.join("incidents/2025"));
        assert_eq!(locate(&options(&base.join("incidents"), Some(".."))).unwrap(), base.join("incidents/../incidents"));
        std::fs::write(base.join("ris.toml"), "").unwrap();
        assert_eq!(locate(&options(base, None)).unwrap(), base);
        assert!(matches!(locate(&options(base, Some("nowhere"))), Err(KbError::NotAFolder { .. })));
    }
}
