//! Repositories within the knowledge base: its commit holds only their names, and its lists read their documents.

use super::moved::is_near;
use super::read::parse_one;
use crate::config::Config;
use crate::evidence::Window;
use crate::kb::KbError;
use crate::model::{shell_path, short_id};
use crate::store::fs::is_no_document;
use crate::store::git::{Snapshot, TreeFile};

/// Repositories within repositories that are looked into.
const DEPTH: usize = 4;

/// Returns, of each repository within, the documents that may be incidents of `window`, or that it cannot be read.
pub(super) fn within(
    snapshot: &Snapshot,
    tree: &[TreeFile],
    config: &Config,
    window: &Window,
) -> Result<Vec<String>, KbError> {
    let mut found = Vec::new();
    look(snapshot, tree, config, window, ("", DEPTH), &mut found)?;
    Ok(found)
}

fn look(
    snapshot: &Snapshot,
    tree: &[TreeFile],
    config: &Config,
    window: &Window,
    (below, depth): (&str, usize),
    found: &mut Vec<String>,
) -> Result<(), KbError> {
    for file in tree.iter().filter(|file| file.is_repository) {
        let path = format!("{below}{}", file.path);
        let Some(inner) = snapshot.within(file).filter(|_| depth > 0) else {
            if config.excludes(&format!("{path}/document.md")) {
                continue;
            }
            found.push(format!(
                "{path} is a repository within, and its commit {} is not there to be read: `git submodule update --init`, or `exclude` it",
                short_id(&file.blob)
            ));
            continue;
        };
        let files = inner.files()?;
        for document in files.iter().filter(|it| !it.is_link && !it.is_repository) {
            let full = format!("{path}/{}", document.path);
            if is_no_document(&full, config).is_none()
                && is_near(&parse_one(&full, &inner.read(&document.blob)?, config).document, window)
            {
                let given = shell_path(&path);
                found.push(format!("{full} lies in a repository within: collect its evidence with `--kb {given}`"));
            }
        }
        look(&inner, &files, config, window, (&format!("{path}/"), depth - 1), found)?;
    }
    Ok(())
}
