//! Which documents lie at a path that contains a text: read from the column of paths, each path of a segment once.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader, TantivyError};

/// Finds the documents whose path contains a text.
#[derive(Debug, Clone)]
pub(super) struct PathContains(pub(super) String);

impl Query for PathContains {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PathContains {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(reader.max_doc());
        if let Some(files) = reader.fast_fields().str("file")? {
            let text = memchr::memmem::Finder::new(&self.0);
            let mut contains = Vec::with_capacity(files.num_terms());
            let mut paths = files.dictionary().stream()?;
            while paths.advance() {
                contains.push(text.find(paths.key()).is_some());
            }
            let is_match = |doc: &DocId| {
                let path = files.ords().first(*doc).and_then(|at| usize::try_from(at).ok());
                path.and_then(|at| contains.get(at)).copied().unwrap_or(false)
            };
            for doc in (0..reader.max_doc()).filter(is_match) {
                found.insert(doc);
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("path contains the text", 1.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;

    use super::*;
    use crate::index::entry::{EntryMaker, FileStamp};
    use crate::index::open::OpenIndex;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn finds_what_lies_at_a_path_with_the_text() {
        let open = OpenIndex::create_in_memory(std::path::Path::new("x")).unwrap();
        let maker = EntryMaker::new(open.fields.clone());
        let mut writer = open.index.writer_with_num_threads(1, 15 << 20).unwrap();
        for path in ["api/redis.md", "api/dns (1).md", "été/redis.md"] {
            let stamp = FileStamp { hash: [1, 2], size: 3, modified: 4 };
            writer.add_document(maker.entry(parse(path, b"# Outage\n", &ParseOptions::default()), &stamp)).unwrap();
        }
        writer.delete_term(open.fields.path_term("api/redis.md"));
        writer.commit().unwrap();
        open.reload().unwrap();
        let count = |text: &str| open.searcher().search(&PathContains(text.to_owned()), &Count).unwrap();
        assert_eq!(["redis", "Redis", "s (1).", "é/", ""].map(count), [1, 0, 1, 1, 2]);
    }
}
