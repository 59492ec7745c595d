//! The folder of an incident in a bundle: its documents, what they link to, and who changed them when.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::BagFile;
use super::part::Part;
use super::{Evidence, Placed, tables};

/// A file of an incident as it goes into the bundle.
#[derive(Debug, Clone)]
pub struct Enclosed {
    /// Path below the knowledge base.
    pub path: String,
    /// The document that it belongs to: itself, or the one that links to it.
    pub of: String,
    /// What it is to the incident.
    pub role: &'static str,
    /// What goes in; `None` where it is withheld.
    pub bytes: Option<Vec<u8>>,
    /// Something was taken out of it.
    pub is_redacted: bool,
}

impl Evidence<'_> {
    /// Returns the files of every incident that was asked for.
    pub(super) fn incident_files(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let blobs: BTreeMap<&str, &str> = self.files.iter().map(|it| (it.path.as_str(), it.blob.as_str())).collect();
        for it in self.sampled() {
            parts.extend(self.files_of(it, &blobs));
            parts.push(self.history_of(it));
        }
        parts
    }

    fn files_of(&self, it: &Placed<'_>, blobs: &BTreeMap<&str, &str>) -> Vec<Part> {
        let folder = folder_of(it);
        let is_own = |file: &&Enclosed| it.case.documents.iter().any(|document| document.path == file.of);
        let (mut names, mut attached, mut seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let part = |file: &Enclosed| {
            let bytes = file.bytes.clone().filter(|_| seen.insert(file.path.clone()))?;
            let path = match file.path == file.of {
                true => format!("{folder}/{}", free_name(&file.path, &mut names)),
                false => format!("{folder}/attachments/{}", free_name(&file.path, &mut attached)),
            };
            let blob = blobs.get(file.path.as_str()).filter(|_| !file.is_redacted);
            Some(Part {
                file: BagFile { path, bytes },
                role: file.role,
                incident: Some(it.case.name().to_owned()),
                source: blob.map(|blob| (file.path.clone(), (*blob).to_owned())),
            })
        };
        self.enclosed.iter().filter(is_own).filter_map(part).collect()
    }

    fn history_of(&self, it: &Placed<'_>) -> Part {
        let mut commits = Vec::new();
        for document in &it.case.documents {
            let of = self.histories.get(&document.path).into_iter().flatten();
            commits.extend(of.map(|commit| (document.path.clone(), commit.clone())));
        }
        let table = tables::history(&commits);
        let part = self.table(&format!("{}/history.csv", folder_of(it)), "history", table);
        Part { incident: Some(it.case.name().to_owned()), ..part }
    }
}

fn folder_of(it: &Placed<'_>) -> String {
    format!("data/incidents/{}", it.folder.as_deref().unwrap_or_default())
}

/// Returns the file name of `path`, or one beside it where another file of the folder has it already.
fn free_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    // Where the bundle is unpacked it may part names, so no manifest may hold it.
    let name = path.rsplit('/').next().unwrap_or(path).replace('\\', "_");
    let (stem, extension) =
        name.rsplit_once('.').map_or((name.as_str(), String::new()), |(stem, it)| (stem, format!(".{it}")));
    let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{stem}-{number}{extension}")));
    let reserved = |name: &str| name.eq_ignore_ascii_case("history.csv") || name.eq_ignore_ascii_case("attachments");
    let mut free = names.filter(|name| !reserved(name) && taken.insert(name.to_lowercase()));
    free.next().unwrap_or_else(|| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_apart_and_hold_nothing_that_parts_names() {
        let mut taken = BTreeSet::new();
        let mut name = |path: &str| free_name(path, &mut taken);
        assert_eq!(name("x/a_b.md"), "a_b.md");
        assert_eq!(name("a\\b.md"), "a_b-2.md");
        assert_eq!(name("y/A_B.md"), "A_B-3.md");
        assert_eq!(name("history.csv"), "history-2.csv");
    }
}
