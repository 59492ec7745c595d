//! From a file of the plan to its entry, whichever way entries get into the index.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::config::Config;
use crate::parse::ParseOptions;
use crate::store::fs;

use super::entry::{EntryMaker, FileStamp};
use super::handover::Entry;
use super::hash::content_hash;
use super::plan::ToRead;
use super::reading::{parse_or_reject, unreadable};
use super::schema::Fields;

/// A file changed this shortly before it was read may change again without a new time.
const CLOCK_TICK_NS: u64 = 20_000_000;

/// What was found of one file, and with it what the index is to hold of it.
pub(super) enum Taken {
    Added(Entry),
    Changed(Entry),
    /// Same content; written again only for its new time.
    Refreshed(Entry),
    Same,
    Gone,
}

/// What became of the files of a plan.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) added: usize,
    pub(crate) changed: usize,
    pub(crate) removed: usize,
    pub(crate) unchanged: usize,
}

impl Written {
    /// Counts what became of `item`.
    pub(super) fn count(&mut self, item: &ToRead, taken: &Taken) {
        match taken {
            Taken::Added(_) => self.added += 1,
            Taken::Changed(_) => self.changed += 1,
            Taken::Refreshed(_) | Taken::Same => self.unchanged += 1,
            Taken::Gone => self.removed += usize::from(item.known.is_some()),
        }
    }

    /// Returns both counts together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            changed: self.changed + other.changed,
            removed: self.removed + other.removed,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

/// Reads files below one folder.
pub(super) struct Taker<'a> {
    root: &'a Path,
    options: ParseOptions,
    maker: EntryMaker,
}

impl<'a> Taker<'a> {
    pub(super) fn new(root: &'a Path, config: &Config, fields: Fields) -> Self {
        Self { root, options: config.parse_options(), maker: EntryMaker::new(fields) }
    }

    /// Reads a file, whatever its state: one that cannot be read is kept as a rejected one.
    pub(super) fn take(&self, item: &ToRead) -> Taken {
        let path = &item.file.path;
        let read_at = now_ns();
        let bytes = match fs::read(&self.root.join(path), self.options.max_bytes as u64) {
            Ok(bytes) => bytes,
            Err(fs::FsError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Taken::Gone;
            }
            Err(error) => return self.take_unreadable(item, &error),
        };
        let trusted = item.file.modified.saturating_add(CLOCK_TICK_NS) < read_at;
        let modified = if trusted && bytes.len() as u64 == item.file.size { item.file.modified } else { 0 };
        let stamp = FileStamp { hash: content_hash(&bytes), size: item.file.size, modified };
        let entry = || self.maker.entry(parse_or_reject(path, &bytes, &self.options), &stamp);
        match item.known {
            None => Taken::Added(entry()),
            Some(known) if known == stamp => Taken::Same,
            Some(known) if known.hash == stamp.hash => Taken::Refreshed(entry()),
            Some(_) => Taken::Changed(entry()),
        }
    }

    /// Keeps a file that cannot be read as a rejected one, so that it is accounted for; it is tried again every time.
    fn take_unreadable(&self, item: &ToRead, error: &fs::FsError) -> Taken {
        let stamp = FileStamp { hash: [0, 0], size: item.file.size, modified: 0 };
        if item.known == Some(stamp) {
            return Taken::Same;
        }
        let entry = self.maker.entry(unreadable(&item.file.path, error), &stamp);
        if item.known.is_some() { Taken::Changed(entry) } else { Taken::Added(entry) }
    }
}

fn now_ns() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
