//! What a folder holds before it becomes a knowledge base: what can be read, what most documents lack, which globs suit.

use std::collections::BTreeMap;

use crate::kb::{DocumentSummary, IndexStatus, KbError, KnowledgeBase, SearchRequest};
use crate::model::{Kind, file_name};

/// Pages beside incident documents from which globs are worth proposing.
const MANY_PAGES: usize = 5;
/// Part of the incident documents that the proposed folders must hold, in percent.
const COVERED: usize = 90;
/// Folders proposed.
const MAX_FOLDERS: usize = 6;

/// What is in the folder.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The accounting of every file.
    pub status: IndexStatus,
    /// Documents of incidents.
    pub documents: usize,
    /// Pages that are none.
    pub pages: usize,
    /// What documents lack, that most of them lack first.
    pub lacks: Vec<Lack>,
    /// Lines of `ris.toml` that suit.
    pub proposed: Vec<String>,
}

/// A fact that documents lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Which.
    pub what: &'static str,
    /// How many documents lack it.
    pub count: usize,
}

type Check = (&'static str, fn(&DocumentSummary) -> bool);

/// What is looked for, and whether a document has it.
const FACTS: [Check; 7] = [
    ("an id", |it| it.id.is_some()),
    ("a date", |it| it.date.is_some()),
    ("a severity", |it| it.severity.is_some()),
    ("a status", |it| it.status.is_some()),
    ("affected services", |it| !it.services.is_empty()),
    ("an owner", |it| !it.owners.is_empty()),
    ("stated root-cause tags", |it| it.tags.len() > it.inferred_tags.len()),
];

pub(super) fn survey(kb: &KnowledgeBase) -> Result<Survey, KbError> {
    let mut request = SearchRequest::new("");
    request.limit = usize::MAX;
    let all: Vec<DocumentSummary> = kb.search(&request)?.hits.into_iter().map(|hit| hit.document).collect();
    let (pages, documents): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.kind == Kind::Other);
    let lacks = |(what, has): Check| Lack { what, count: documents.iter().filter(|it| !has(it)).count() };
    let mut lacks: Vec<Lack> = FACTS.into_iter().map(lacks).filter(|it| it.count > 0).collect();
    lacks.sort_by_key(|it| std::cmp::Reverse(it.count));
    let paths = |of: &[&DocumentSummary]| of.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
    Ok(Survey {
        status: kb.status()?,
        documents: documents.len(),
        pages: pages.len(),
        lacks,
        proposed: propose(&paths(&documents), &paths(&pages)),
    })
}

/// Proposes to read only the folders that hold the incident documents, where many other pages lie elsewhere.
fn propose(documents: &[String], pages: &[String]) -> Vec<String> {
    let folders = folders(documents, pages);
    let is_in = |path: &String| folders.iter().any(|it| path.starts_with(&format!("{it}/")));
    let covered = documents.iter().filter(|it| is_in(it)).count();
    let spared = pages.iter().filter(|it| !is_in(it)).count();
    if folders.is_empty() || spared < MANY_PAGES || covered * 100 < documents.len() * COVERED {
        return Vec::new();
    }
    let mut endings: Vec<&str> = documents.iter().filter(|it| is_in(it)).filter_map(|it| ending(it)).collect();
    endings.sort_unstable();
    endings.dedup();
    let globs = folders.iter().flat_map(|folder| endings.iter().map(move |end| format!("\"{folder}/**/*.{end}\"")));
    let mut proposed = vec![format!("include = [{}]", globs.collect::<Vec<_>>().join(", "))];
    let left: Vec<&String> = documents.iter().filter(|it| !is_in(it)).collect();
    if !left.is_empty() {
        let names: Vec<&str> = left.iter().take(3).map(|it| it.as_str()).collect();
        proposed.push(format!(
            "# That would leave out {} of the incident documents: {} …",
            left.len(),
            names.join(", ")
        ));
    }
    proposed
}

/// Returns the highest folders in which at least half of what can be read is about incidents.
fn folders(documents: &[String], pages: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (path, is_document) in documents.iter().map(|it| (it, true)).chain(pages.iter().map(|it| (it, false))) {
        for (at, _) in path.match_indices('/') {
            let count = counts.entry(&path[..at]).or_default();
            *(if is_document { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    let mut found: Vec<String> = Vec::new();
    // A folder comes before those in it.
    for (folder, (documents, pages)) in counts {
        let inner = found.iter().any(|it| folder.starts_with(&format!("{it}/")));
        if documents > 0 && documents >= pages && !inner {
            found.push(folder.to_owned());
        }
    }
    if found.len() > MAX_FOLDERS { Vec::new() } else { found }
}

fn ending(path: &str) -> Option<&str> {
    let name = file_name(path);
    if name.ends_with(".md.erb") { Some("md.erb") } else { Some(name.rsplit_once('.')?.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn the_folders_of_incidents_are_proposed_where_much_else_is_there() {
        let documents = paths(&["docs/postmortems/2024/a.md", "docs/postmortems/b.markdown"]);
        let pages =
            paths(&["README.md", "docs/a.md", "docs/b.md", "docs/c.md", "guide/d.md", "docs/postmortems/README.md"]);
        let expected = "include = [\"docs/postmortems/**/*.markdown\", \"docs/postmortems/**/*.md\"]";
        assert_eq!(propose(&documents, &pages), [expected]);
        assert_eq!(propose(&documents, &pages[..2]), Vec::<String>::new(), "little would be spared");
        assert_eq!(propose(&paths(&["a.md"]), &pages), Vec::<String>::new(), "they lie in no folder");
        assert_eq!(propose(&[], &pages), Vec::<String>::new());
    }
}
