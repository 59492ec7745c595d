//! What every search of one commit uses, opened once: columns by which hits are ordered, stemmers, the number of documents.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, Searcher, SegmentOrdinal, SegmentReader, Term};

use crate::index::facts;
use crate::index::living::Living;
use crate::index::open::OpenIndex;
use crate::index::text::Stemmers;
use crate::model::Kind;

/// What is opened once for all searches of a commit.
pub(crate) struct Snapshot {
    segments: Vec<Columns>,
    /// The stemmers of the languages of the documents.
    pub(crate) stemmers: Stemmers,
    /// Number of documents; files that could not be read are none.
    pub(crate) documents: u64,
    /// What is counted without the documents that have gone.
    pub(crate) living: Arc<Living>,
}

/// The columns of one segment by which hits are ordered.
pub(super) struct Columns {
    pub(super) date: Column<i64>,
    pub(super) severity: Column<u64>,
    pub(super) kind: Column<u64>,
    pub(super) files: Option<StrColumn>,
}

impl Snapshot {
    /// Returns what was opened of the commit that `searcher` sees.
    pub(crate) fn of(open: &OpenIndex, searcher: &Searcher) -> tantivy::Result<Arc<Self>> {
        open.snapshot.get(searcher, || Self::read(open, searcher))
    }

    fn read(open: &OpenIndex, searcher: &Searcher) -> tantivy::Result<Self> {
        let is_document = Term::from_field_text(open.fields.facts, &facts::document("type", "document"));
        let living = Living::of(open, searcher);
        let segments = searcher.segment_readers().iter().map(Columns::open);
        Ok(Self {
            segments: segments.collect::<tantivy::Result<_>>()?,
            stemmers: Stemmers::new(languages(searcher)?.iter().map(String::as_str)),
            documents: living.documents(searcher, &is_document)?,
            living,
        })
    }

    /// Returns the position of the path of a document among those of its segment.
    pub(crate) fn file(&self, address: DocAddress) -> Option<u64> {
        self.segment(address.segment_ord).files.as_ref()?.ords().first(address.doc_id)
    }

    /// Returns the path of a document.
    pub(crate) fn path(&self, address: DocAddress) -> String {
        self.file(address).map_or_else(String::new, |file| self.segment(address.segment_ord).path(file))
    }

    /// Returns the kind of a document; `None` for a file that could not be read.
    pub(crate) fn kind(&self, address: DocAddress) -> Option<Kind> {
        let code = self.segment(address.segment_ord).kind.first(address.doc_id)?;
        usize::try_from(code).ok().and_then(|at| Kind::ALL.get(at)).copied()
    }

    /// Returns the columns of a segment.
    pub(super) fn segment(&self, ordinal: SegmentOrdinal) -> &Columns {
        &self.segments[ordinal as usize]
    }
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            date: columns.i64("date")?,
            severity: columns.u64("severity")?,
            kind: columns.u64("kind")?,
            files: columns.str("file")?,
        })
    }

    /// Returns a path; one that cannot be read sorts first and shows when its document is loaded.
    pub(super) fn path(&self, file: u64) -> String {
        let mut path = String::new();
        let _ = self.files.as_ref().map(|files| files.ord_to_str(file, &mut path));
        path
    }
}

/// Returns the languages of the documents; English where none is known.
fn languages(searcher: &Searcher) -> tantivy::Result<BTreeSet<String>> {
    let mut languages = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str("language")? else { continue };
        let mut spoken = vec![!reader.has_deletes(); column.num_terms()];
        let ords = |doc| column.ords().values_for_doc(doc).filter_map(|ord| usize::try_from(ord).ok());
        if reader.has_deletes() {
            reader.doc_ids_alive().flat_map(ords).for_each(|ord| spoken[ord] = true);
        }
        let mut terms = column.dictionary().stream()?;
        for is_spoken in spoken {
            if terms.advance() && is_spoken {
                languages.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
    }
    if languages.is_empty() {
        languages.insert("en".to_owned());
    }
    Ok(languages)
}
