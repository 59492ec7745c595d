//! Builds an index from nothing. Each thread reads its share of the files and writes segments of its own.
//!
//! The engine's writer, made for changes, would hand every document from the thread that reads it to one that indexes it.
//! Here nothing changes hands: what was read is indexed while it is at hand, and nothing waits for anything.

use std::path::Path;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Directory, Index, IndexMeta, Segment};

use crate::config::Config;

use super::answer::Progress;
use super::crew::{Crew, thread_count};
use super::directory::META;
use super::error::IndexError;
use super::handover::Entry;
use super::open::{OpenIndex, payload};
use super::plan::Plan;
use super::take::{Taken, Taker, Written};

/// Files that are worth a thread, and with it a segment, of their own.
const SHARE: usize = 100;
/// Memory at which a segment is written. More segments cost every search, more memory the machine.
const SEGMENT_MEMORY: usize = 55 << 20;
/// What the engine is told of it: a table of terms is laid out for so much, and grows with what it holds.
const FIRST_MEMORY: usize = 1 << 20;
/// Documents read before they are indexed: one by one takes a tenth more time, longer turns gain nothing.
const BATCH: usize = 16;

/// Makes the files of `plan` the whole content of the index, in one commit.
pub(super) fn build(
    open: &OpenIndex,
    root: &Path,
    config: &Config,
    plan: &Plan,
    progress: &dyn Fn(Progress),
) -> Result<Written, IndexError> {
    let built = segments(open, root, config, plan, progress).and_then(|(segments, written)| {
        commit(&open.index, segments, payload(config.read_by()))?;
        Ok(written)
    });
    // Whichever commit holds now, the files of no other are of use. What cannot be removed is tried again by the next run.
    let _ = remove_unnamed(&open.index);
    built.map_err(|error| IndexError::engine("write the index in", open.folder(), error))
}

/// Writes the files of `plan` as segments that no commit names yet.
fn segments(
    open: &OpenIndex,
    root: &Path,
    config: &Config,
    plan: &Plan,
    progress: &dyn Fn(Progress),
) -> tantivy::Result<(Vec<SegmentMeta>, Written)> {
    let crew = Crew::new(&plan.read);
    let taker = Taker::new(root, config, open.fields.clone());
    let work = || Part::new(&open.index).fill(&crew, &taker);
    let parts = crew.run(thread_count(plan.read.len(), SHARE), progress, work)?;
    let written = parts.iter().fold(Written::default(), |sum, part| sum.and(part.written));
    Ok((parts.into_iter().flat_map(|part| part.segments).collect(), written))
}

/// What one thread writes.
struct Part<'a> {
    index: &'a Index,
    open: Option<(Segment, SegmentWriter)>,
    segments: Vec<SegmentMeta>,
    written: Written,
}

impl<'a> Part<'a> {
    fn new(index: &'a Index) -> Self {
        Self { index, open: None, segments: Vec::new(), written: Written::default() }
    }

    fn fill(mut self, crew: &Crew<'_>, taker: &Taker<'_>) -> tantivy::Result<Self> {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(item) = crew.next() {
            let taken = taker.take(item);
            self.written.count(item, &taken);
            if let Taken::Added(entry) | Taken::Changed(entry) | Taken::Refreshed(entry) = taken {
                batch.push(entry);
            }
            if batch.len() == BATCH {
                self.add(&mut batch)?;
            }
        }
        self.add(&mut batch)?;
        self.end_segment()?;
        Ok(self)
    }

    fn add(&mut self, batch: &mut Vec<Entry>) -> tantivy::Result<()> {
        for document in batch.drain(..) {
            let (_, writer) = match &mut self.open {
                Some(open) => open,
                none => {
                    let segment = self.index.new_segment();
                    let writer = SegmentWriter::for_segment(FIRST_MEMORY, segment.clone())?;
                    none.insert((segment, writer))
                }
            };
            // The number of the operation counts only where documents are deleted from an uncommitted segment.
            writer.add_document(AddOperation { opstamp: 0, document })?;
            if writer.mem_usage() >= SEGMENT_MEMORY {
                self.end_segment()?;
            }
        }
        Ok(())
    }

    fn end_segment(&mut self) -> tantivy::Result<()> {
        let Some((segment, writer)) = self.open.take() else { return Ok(()) };
        let documents = writer.max_doc();
        writer.finalize()?;
        self.segments.push(segment.with_max_doc(documents).meta().clone());
        Ok(())
    }
}

/// Makes `segments` the content of the index.
fn commit(index: &Index, mut segments: Vec<SegmentMeta>, payload: String) -> tantivy::Result<()> {
    // Large ones first, as the engine orders them.
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.max_doc()));
    let last = index.load_metas()?;
    let meta = IndexMeta { segments, opstamp: last.opstamp + 1, payload: Some(payload), ..last };
    let directory = index.directory();
    directory.sync_directory()?;
    directory.atomic_write(Path::new(META), &serde_json::to_vec_pretty(&meta)?)?;
    Ok(())
}

/// Removes the files that the last commit does not name.
fn remove_unnamed(index: &Index) -> tantivy::Result<()> {
    let mut living = index.load_metas()?.list_segment_files();
    living.insert(META.into());
    index.clone().directory_mut().garbage_collect(|| living).map(drop)
}
