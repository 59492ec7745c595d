//! Writes what changed into an index that stands, in one commit.

use std::path::Path;
use std::sync::Arc;

use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyError};

use crate::config::Config;

use super::answer::Progress;
use super::crew::{Crew, ended_early, thread_count};
use super::error::IndexError;
use super::gate::Gate;
use super::handover::Entry;
use super::merge::merge_small_segments;
use super::open::{OpenIndex, payload};
use super::plan::{Plan, ToRead};
use super::take::{Taken, Taker, Written};

/// Files from which a run counts as large: it gets more threads and memory.
const LARGE_RUN: usize = 200;
const MEMORY_PER_THREAD: usize = 56 << 20;
const MEMORY_SMALL: usize = 15 << 20;
/// Bytes of documents read but not yet written.
const MAX_WAITING: usize = 12 << 20;
/// Documents handed to the engine at once: between two of them the indexing thread neither sleeps nor is woken.
const BATCH: usize = 16;

/// Carries out `plan`.
pub(super) fn write(
    open: &OpenIndex,
    root: &Path,
    config: &Config,
    plan: &Plan,
    progress: &dyn Fn(Progress),
) -> Result<Written, IndexError> {
    let fail = |error| IndexError::engine("write the index in", open.folder(), error);
    let large = plan.read.len() >= LARGE_RUN;
    let threads = if large { thread_count(plan.read.len(), 1) } else { 1 };
    let memory = if large { MEMORY_PER_THREAD } else { MEMORY_SMALL };
    let mut writer: IndexWriter<Entry> = open.index.writer_with_num_threads(threads, threads * memory).map_err(fail)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for path in &plan.remove {
        writer.delete_term(open.fields.path_term(path));
    }
    let crew = Crew::new(&plan.read);
    let taker = Taker::new(root, config, open.fields.clone());
    let gate = Gate::new(MAX_WAITING);
    let work = || Part { open, writer: &writer, gate: &gate, batch: Vec::new(), rewritten: 0 }.run(&crew, &taker);
    let parts = crew.run(thread_count(plan.read.len(), 1), progress, work);
    let rewritten: usize = parts.iter().flatten().map(|(_, rewritten)| rewritten).sum();
    if rewritten == 0 && plan.remove.is_empty() && parts.is_ok() {
        return Ok(total(plan, parts.unwrap_or_default()));
    }
    let mut commit = writer.prepare_commit().map_err(|error| fail(failure_of(error)))?;
    let written = total(plan, parts.map_err(fail)?);
    commit.set_payload(&payload(config.read_by()));
    commit.commit().map_err(fail)?;
    if !large {
        merge_small_segments(&mut writer, &open.index).map_err(fail)?;
    }
    writer.wait_merging_threads().map_err(fail)?;
    Ok(written)
}

fn total(plan: &Plan, parts: Vec<(Written, usize)>) -> Written {
    let known = Written { removed: plan.remove.len(), unchanged: plan.same, ..Written::default() };
    parts.into_iter().fold(known, |sum, (written, _)| sum.and(written))
}

/// An indexing thread's panic message says nothing to people.
fn failure_of(error: TantivyError) -> TantivyError {
    match error {
        TantivyError::ErrorInThread(_) => ended_early(),
        other => other,
    }
}

/// What one thread reads and hands on.
struct Part<'a> {
    open: &'a OpenIndex,
    writer: &'a IndexWriter<Entry>,
    gate: &'a Arc<Gate>,
    /// Operations that wait to be handed on together.
    batch: Vec<UserOperation<Entry>>,
    /// Files that the commit will hold otherwise than the last.
    rewritten: usize,
}

impl Part<'_> {
    fn run(mut self, crew: &Crew<'_>, taker: &Taker<'_>) -> tantivy::Result<(Written, usize)> {
        let mut written = Written::default();
        while let Some(item) = crew.next() {
            let taken = taker.take(item);
            written.count(item, &taken);
            match taken {
                Taken::Same => {}
                Taken::Gone => self.replace(item, None)?,
                Taken::Added(entry) | Taken::Changed(entry) | Taken::Refreshed(entry) => {
                    self.replace(item, Some(entry))?;
                }
            }
        }
        self.hand_on()?;
        Ok((written, self.rewritten))
    }

    /// Puts on the batch what makes `entry` the only document of its file.
    fn replace(&mut self, item: &ToRead, entry: Option<Entry>) -> tantivy::Result<()> {
        self.rewritten += 1;
        if item.known.is_some() {
            self.batch.push(UserOperation::Delete(self.open.fields.path_term(&item.file.path)));
        }
        if let Some(mut entry) = entry {
            let size = entry.size();
            let permit = self.gate.try_enter(size);
            if permit.is_none() {
                // What waits here would not be written meanwhile, and so make no room.
                self.hand_on()?;
            }
            entry.permit = Some(permit.unwrap_or_else(|| self.gate.enter(size)));
            self.batch.push(UserOperation::Add(entry));
        }
        if self.batch.len() >= BATCH { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> tantivy::Result<()> {
        self.writer.run(self.batch.drain(..)).map(drop)
    }
}
