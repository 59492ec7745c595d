//! The difference between the folder and the index: what a sync has to read and to drop.

use crate::store::fs::FoundFile;

use super::entry::FileStamp;
use super::records::FileRecord;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToRead {
    pub(crate) file: FoundFile,
    /// What the index knows of it, where it knows it.
    pub(crate) known: Option<FileStamp>,
}

/// What is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files that are new or may have changed.
    pub(crate) read: Vec<ToRead>,
    /// Files that are gone.
    pub(crate) remove: Vec<String>,
    /// Files that are surely as before.
    pub(crate) same: usize,
}

impl Plan {
    pub(crate) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.remove.is_empty()
    }

    /// Returns the number of files that the index may show otherwise than they are.
    pub(crate) fn changes(&self) -> usize {
        self.read.len() + self.remove.len()
    }

    /// Returns the paths of the files that are to be read.
    pub(crate) fn unread(&self) -> Vec<String> {
        self.read.iter().map(|it| it.file.path.clone()).collect()
    }

    /// Returns the paths of these files; none where they are more than `limit`.
    pub(crate) fn paths(&self, limit: usize) -> Vec<String> {
        if self.changes() > limit {
            return Vec::new();
        }
        let read = self.read.iter().map(|it| &it.file.path);
        read.chain(&self.remove).cloned().collect()
    }

    /// Compares the folder with the index; both sorted by path.
    ///
    /// Size and time only spare the reading: a file that differs in either is read and compared by content.
    pub(crate) fn new(found: &[FoundFile], records: &[FileRecord]) -> Self {
        let mut plan = Self::default();
        let mut records = records.iter().peekable();
        for file in found {
            while let Some(gone) = records.next_if(|record| record.path < file.path) {
                plan.remove.push(gone.path.clone());
            }
            let mut known = records.next_if(|record| record.path == file.path).map(|record| record.stamp);
            // One path twice would be a fault of ours; writing the file anew heals it.
            while records.next_if(|record| record.path == file.path).is_some() {
                known = Some(FileStamp { hash: [0, 0], size: 0, modified: 0 });
            }
            match known {
                Some(stamp) if stamp.size == file.size && stamp.modified == file.modified => plan.same += 1,
                known => plan.read.push(ToRead { file: file.clone(), known }),
            }
        }
        plan.remove.extend(records.map(|gone| gone.path.clone()));
        plan
    }
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::*;
    use crate::model::Outcome;

    fn found(path: &str, size: u64, modified: u64) -> FoundFile {
        FoundFile { path: path.into(), size, modified }
    }

    fn record(path: &str, size: u64, modified: u64) -> FileRecord {
        let stamp = FileStamp { hash: [1, 2], size, modified };
        FileRecord { path: path.into(), stamp, outcome: Outcome::Parsed, address: DocAddress::new(0, 0) }
    }

    #[test]
    fn tells_new_changed_gone_and_same_apart() {
        let folder = [found("b", 1, 1), found("c", 2, 2), found("d", 3, 4), found("e", 9, 3)];
        let index = [record("a", 1, 1), record("c", 2, 2), record("d", 3, 3), record("e", 3, 3), record("f", 1, 1)];
        let plan = Plan::new(&folder, &index);
        let read: Vec<&str> = plan.read.iter().map(|it| it.file.path.as_str()).collect();
        assert_eq!(read, ["b", "d", "e"]);
        assert_eq!(plan.read[0].known, None);
        assert_eq!(plan.remove, ["a", "f"]);
        assert_eq!(plan.same, 1);
    }

    #[test]
    fn does_nothing_when_nothing_changed() {
        let plan = Plan::new(&[found("a", 1, 1)], &[record("a", 1, 1)]);
        assert!(plan.is_empty());
        assert!(Plan::new(&[], &[]).is_empty());
    }

    #[test]
    fn reads_again_where_the_time_could_not_be_trusted() {
        let plan = Plan::new(&[found("a", 1, 5)], &[record("a", 1, 0)]);
        assert_eq!(plan.read.len(), 1);
    }
}
