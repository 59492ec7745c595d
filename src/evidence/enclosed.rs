//! The folder of an incident in a bundle: its documents, what they link to, and who changed them when.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::BagFile;
use super::part::Part;
use super::{Check, Evidence, Placed, Profile, find_in_path, redacted, tables};
use crate::model::file_name;

/// A file of an incident as it goes into the bundle.
#[derive(Debug, Clone)]
pub struct Enclosed {
    /// Path below the knowledge base.
    pub path: String,
    /// The document that it belongs to: itself, or the one that links to it.
    pub of: String,
    /// What it is to the incident.
    pub role: &'static str,
    /// What goes in; why it is withheld otherwise.
    pub bytes: Result<Vec<u8>, Withheld>,
    /// Something was taken out of it.
    pub is_redacted: bool,
}

/// Why a file is not in the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// It is no text, and the bundle is to hold nothing sensitive.
    Unsearchable,
    /// It is larger than what is attached.
    TooLarge,
}

impl Withheld {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unsearchable => "it cannot be searched for what is sensitive",
            Self::TooLarge => "it is larger than 16 MiB",
        }
    }
}

impl Enclosed {
    /// Returns the check that what belongs to the incidents is in the bundle. Pictures are withheld from every redacted one, and
    /// counted; a document or a file that lacks for another reason fails it.
    #[must_use]
    pub fn check(enclosed: &[Self]) -> Check {
        let (mut lacking, mut pictures) = (BTreeSet::new(), BTreeSet::new());
        for (file, why) in enclosed.iter().filter_map(|file| Some((file, file.bytes.as_ref().err()?))) {
            if *why == Withheld::Unsearchable && file.path != file.of {
                pictures.insert(&file.path);
            } else {
                lacking.insert(format!("{} is not in the bundle: {}", file.path, why.as_str()));
            }
        }
        let count = pictures.len();
        let settled = (count > 0).then(|| {
            format!("files that cannot be searched for what is sensitive, and were withheld: {count} (bundle.json names them)")
        });
        Check::unless(
            "enclosed",
            "Is every document in the bundle, and every text that it links to?",
            lacking.into_iter().collect(),
            settled.into_iter().collect(),
        )
    }
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
            let bytes = file.bytes.clone().ok().filter(|_| seen.insert(file.path.clone()))?;
            let name = self.name_of(&file.path);
            let path = match file.path == file.of {
                true => format!("{folder}/{}", free_name(&name, &mut names)),
                false => format!("{folder}/attachments/{}", free_name(&name, &mut attached)),
            };
            let blob = blobs.get(file.path.as_str()).filter(|_| !file.is_redacted && !self.is_hidden(&file.path));
            Some(Part {
                file: BagFile { path, bytes },
                role: file.role,
                incident: Some(it.case.name().to_owned()),
                source: blob.map(|blob| (file.path.clone(), (*blob).to_owned())),
            })
        };
        self.enclosed.iter().filter(is_own).filter_map(part).collect()
    }

    /// Returns the name of a file in the bundle, without what is sensitive in it.
    fn name_of(&self, path: &str) -> String {
        let name = file_name(path);
        if self.about.profile == Profile::Full || find_in_path(path).is_empty() {
            return name.to_owned();
        }
        let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        redacted(name).chars().map(plain).collect()
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
    let name = file_name(path).replace('\\', "_");
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
