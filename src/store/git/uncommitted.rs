//! What lies in a folder and is not as the commit checked out has it.

use git2::{Repository, Status, StatusOptions};

/// Returns the files below the folder at `prefix` that are changed, new or deleted and that git does not ignore, sorted.
pub(super) fn uncommitted(repository: &Repository, prefix: &str) -> Result<Vec<String>, git2::Error> {
    let mut options = StatusOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false).exclude_submodules(true);
    if !prefix.is_empty() {
        options.pathspec(prefix).disable_pathspec_match(true);
    }
    let statuses = repository.statuses(Some(&mut options))?;
    let changed = statuses.iter().filter(|entry| entry.status() != Status::CURRENT);
    let path = |entry: git2::StatusEntry<'_>| String::from_utf8_lossy(entry.path_bytes()).into_owned();
    let below = |path: String| path.strip_prefix(prefix).map(|rest| rest.trim_start_matches('/').to_owned());
    let mut paths: Vec<String> = changed.map(path).filter_map(below).collect();
    paths.sort_unstable();
    Ok(paths)
}
