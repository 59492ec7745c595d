//! What git ignores, also where there is no git.

use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The rules that hold in a folder: its own and those of the folders above.
#[derive(Debug, Clone, Default)]
pub(super) struct Ignored {
    /// Nearest first.
    rules: Option<Arc<Rules>>,
}

#[derive(Debug)]
struct Rules {
    own: Gitignore,
    above: Option<Arc<Rules>>,
}

impl Ignored {
    /// Returns the rules that hold above `root`: those of its git work tree, where it lies in one.
    pub(super) fn above(root: &Path) -> Self {
        let Ok(root) = std::path::absolute(root) else { return Self::default() };
        let Some(top) = root.ancestors().find(|folder| folder.join(".git").exists()) else { return Self::default() };
        let mut rules = Self::default().with_file(top, &top.join(".git/info/exclude"));
        let mut between: Vec<&Path> = root.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).collect();
        between.reverse();
        for folder in between {
            rules = rules.with(folder);
        }
        rules
    }

    /// Returns the rules that hold in `folder`, inside the one that these are of.
    pub(super) fn with(&self, folder: &Path) -> Self {
        self.with_file(folder, &folder.join(".gitignore"))
    }

    fn with_file(&self, folder: &Path, file: &Path) -> Self {
        if !file.is_file() {
            return self.clone();
        }
        let mut builder = GitignoreBuilder::new(folder);
        // A rule that cannot be read is passed over, as git does.
        let _ = builder.add(file);
        match builder.build() {
            Ok(own) if !own.is_empty() => Self { rules: Some(Arc::new(Rules { own, above: self.rules.clone() })) },
            _ => self.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_none()
    }

    /// Tells whether the file or folder at `path` is ignored; the nearest rule that says anything decides.
    pub(super) fn matches(&self, path: &Path, is_dir: bool) -> bool {
        let mut rules = self.rules.as_deref();
        while let Some(here) = rules {
            match here.own.matched(path, is_dir) {
                ignore::Match::None => rules = here.above.as_deref(),
                found => return found.is_ignore(),
            }
        }
        false
    }
}
