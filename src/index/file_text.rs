//! The texts of files, read when an answer shows a passage. The index keeps no copy: it would be two thirds of it, and take
//! a tenth of the time to write.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::model::{Outcome, without_questions};
use crate::parse::{ParseOptions, text_at};
use crate::store::fs;

use super::answer::DocumentSummary;

/// Reads the texts of the files of a knowledge base.
#[derive(Debug, Clone)]
pub(crate) struct FileTexts {
    /// The real path of the folder; `None` where it is gone.
    root: Option<PathBuf>,
    options: ParseOptions,
}

impl FileTexts {
    pub(crate) fn new(root: &Path, options: ParseOptions) -> Self {
        Self { root: root.canonicalize().ok(), options }
    }

    /// Returns what can be found in the file of a document, as it is now: nothing where it is gone or was rejected.
    pub(crate) fn text(&self, document: &DocumentSummary) -> String {
        if document.outcome == Outcome::Rejected {
            return String::new();
        }
        self.read(&document.path).unwrap_or_default()
    }

    fn read(&self, path: &str) -> Option<String> {
        // Between the sync and now a link may have come that leads outside.
        let file = fs::resolve_below(self.root.as_ref()?, path).ok()?;
        let bytes = fs::read(&file, self.options.max_bytes as u64).ok()?;
        let text = text_at(path, &bytes, &self.options);
        Some(match without_questions(&text) {
            Cow::Owned(blanked) => blanked,
            Cow::Borrowed(_) => text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::summary;
    use crate::parse::parse;

    fn text(root: &Path, path: &str, bytes: &[u8]) -> String {
        let options = ParseOptions { max_bytes: 100, ..ParseOptions::default() };
        FileTexts::new(root, options.clone()).text(&summary(&parse(path, bytes, &options).document))
    }

    #[test]
    fn reads_what_the_index_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let files: [(&str, &[u8]); 6] = [
            ("a.md", b"\xef\xbb\xbf# A\r\n\r\nx\r\n"),
            ("b.md", b"# B\n\n> ? who\n"),
            ("c.md", &[b'a'; 200]),
            ("d.md", b"\x89PNG\0\0"),
            ("e.yaml", b"title: Outage\nstatus: closed\n"),
            ("f.yml", b"---\ntitle: Outage\n---\n# Outage\n\nText\n"),
        ];
        for (path, bytes) in files {
            std::fs::write(folder.path().join(path), bytes).unwrap();
            let options = ParseOptions { max_bytes: 100, ..ParseOptions::default() };
            let parsed = parse(path, bytes, &options).text;
            assert_eq!(text(folder.path(), path, bytes), without_questions(&parsed), "{path}");
        }
    }

    #[test]
    fn a_file_that_is_gone_has_no_text() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(text(folder.path(), "gone.md", b"# Gone\n"), "");
        assert_eq!(text(folder.path(), "../gone.md", b"# Gone\n"), "");
    }
}
