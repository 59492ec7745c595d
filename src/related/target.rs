//! What the references of a document point to.

use crate::model::{Document, Reference, ReferenceKind};

/// What a reference points to: a path below the root, or an id or file stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Path(String),
    Id(String),
}

impl Target {
    /// Returns what `reference`, written in the document at `from`, points to; nothing where it leaves the root.
    pub(crate) fn of(from: &str, reference: &Reference) -> Option<Self> {
        match reference.kind {
            ReferenceKind::Link => join(from, &reference.target).map(Self::Path),
            ReferenceKind::Id | ReferenceKind::Wiki => Some(Self::Id(reference.target.clone())),
        }
    }

    /// Tells whether this points to the document at `path` with this id.
    pub(crate) fn is(&self, path: &str, id: Option<&str>) -> bool {
        match self {
            Self::Path(target) => target == path,
            Self::Id(target) => {
                id.is_some_and(|id| same(id, target)) || same(stem(path), target) || same(file_name(path), target)
            }
        }
    }
}

/// Returns what the references of `document` point to, with the line each stands on.
pub(crate) fn targets(document: &Document) -> Vec<(Target, u32)> {
    let of = |it: &Reference| Some((Target::of(&document.path, it)?, it.line));
    document.references.iter().filter_map(of).collect()
}

/// Returns the name of a file without its extensions.
pub(crate) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Joins `relative` to the folder of `from`; `None` where it leaves the root.
fn join(from: &str, relative: &str) -> Option<String> {
    let folder = if relative.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(kind: ReferenceKind, target: &str, path: &str, id: Option<&str>) -> bool {
        let reference = Reference { kind, target: target.into(), line: 1 };
        Target::of("2025/a/plan.md", &reference).is_some_and(|target| target.is(path, id))
    }

    #[test]
    fn links_are_read_from_the_folder_of_their_document() {
        assert!(points(ReferenceKind::Link, "../b.md", "2025/b.md", None));
        assert!(points(ReferenceKind::Link, "./rca.md", "2025/a/rca.md", None));
        assert!(!points(ReferenceKind::Link, "rca.md", "2024/a/rca.md", None));
        assert!(!points(ReferenceKind::Link, "../../../b.md", "b.md", None));
    }

    #[test]
    fn ids_are_found_whatever_their_case() {
        assert!(points(ReferenceKind::Id, "inc-7", "x.md", Some("INC-7")));
        assert!(points(ReferenceKind::Wiki, "INC-7", "2025/inc-7.html.md", None));
        assert!(!points(ReferenceKind::Id, "INC-7", "x.md", Some("INC-77")));
    }
}
