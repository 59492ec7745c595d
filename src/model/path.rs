//! Paths below the root, with `/` on every system: folder, name, and which names are those of documents.

/// Returns the folder of the file at `path`; empty for the root.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns the last part of `path`.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the name by which a file is called: its last part without extensions.
#[must_use]
pub fn name_of(path: &str) -> &str {
    let name = file_name(path);
    name.split_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// Joins `relative` to the folder of the file at `from`; `None` where it leaves the root. A leading `/` means the root.
#[must_use]
pub fn join_path(from: &str, relative: &str) -> Option<String> {
    let base = if relative.starts_with('/') { "" } else { folder_of(from) };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Tells whether the name is one of a document: `*.{md,markdown,mdx,md.erb,yaml,yml}`, in any case.
#[must_use]
pub fn is_document_name(path: &str) -> bool {
    let Some((stem, extension)) = file_name(path).rsplit_once('.') else { return false };
    let is = |wanted: &str| extension.eq_ignore_ascii_case(wanted);
    let erb = is("erb") && stem.len() > 3 && stem.as_bytes()[stem.len() - 3..].eq_ignore_ascii_case(b".md");
    ["md", "markdown", "mdx", "yaml", "yml"].into_iter().any(is) || erb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_folder_and_a_name() {
        assert_eq!((folder_of("2025/12/a.b.md"), file_name("2025/12/a.b.md")), ("2025/12", "a.b.md"));
        assert_eq!((folder_of("a.md"), file_name("a.md"), name_of("x/a.b.md")), ("", "a.md", "a"));
        assert_eq!(name_of("a/.hidden"), ".hidden");
    }

    #[test]
    fn what_is_indexed_is_a_document_and_nothing_else() {
        for name in ["a.md", "b/A.MD", "a.markdown", "a.mdx", "a.md.erb", "a.yaml", "a.yml"] {
            assert!(is_document_name(name), "{name}");
        }
        for name in ["a.mdown", "a.mkd", "a.html.erb", ".erb", "md", "a.md/b", "a.png"] {
            assert!(!is_document_name(name), "{name}");
        }
    }
}
