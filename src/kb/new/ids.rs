//! The id and the path of a new document: by their patterns, unlike every other in this tree and on other branches.

use chrono::NaiveDate;

use super::{NewRequest, Refused};
use crate::config::PatternFacts;
use crate::index;
use crate::kb::{KbError, KnowledgeBase};
use crate::scaffold::{Taken, new_id, slug, usable_path};
use crate::store::git;

/// Names of a new document.
pub(in crate::kb) struct Names {
    pub(in crate::kb) id: String,
    pub(in crate::kb) path: String,
}

/// Returns the names that a request asks for, or that the patterns give.
pub(in crate::kb) fn names(
    kb: &KnowledgeBase,
    request: &NewRequest,
    title: &str,
    date: NaiveDate,
    project: &str,
    notices: &mut Vec<String>,
) -> Result<Names, KbError> {
    let (taken, elsewhere) = taken(kb, notices)?;
    let documents = &kb.config().documents;
    let title_slug = slug(title);
    let project = slug(project);
    let facts = PatternFacts { slug: &title_slug, date, kind: &request.template, project: &project, id: "" };
    let id = match &request.id {
        None => new_id(documents.id_pattern(&request.template), &facts, &taken),
        Some(id) => {
            check_id(id)?;
            if taken.has(id) {
                let place = place_of(kb, id, &elsewhere);
                return Err(Refused::new(format!("the id `{id}` is taken{place}"))
                    .hint("leave `--id` out to get one")
                    .into());
            }
            id.clone()
        }
    };
    if id.is_empty() {
        let message = "the pattern of ids gives nothing for this title";
        return Err(Refused::new(message).hint("give an id with `--id`").into());
    }
    let path = match &request.path {
        Some(path) => path.trim_start_matches("./").to_owned(),
        None => documents.path_pattern(&request.template).fill(&PatternFacts { id: &id, ..facts }, 1),
    };
    check_path(kb, &path, request.path.is_some())?;
    if let Some(branch) = elsewhere.iter().find(|it| it.path == path).map(|it| &it.branch) {
        notices.push(format!("The branch `{branch}` has a file `{path}` too; the two will meet when it is merged."));
    }
    Ok(Names { id, path })
}

/// A file of another branch and its id.
struct Elsewhere {
    branch: String,
    path: String,
    id: Option<String>,
}

/// Returns every id that is taken, and what other branches have. Branches that cannot be read are told.
fn taken(kb: &KnowledgeBase, notices: &mut Vec<String>) -> Result<(Taken, Vec<Elsewhere>), KbError> {
    let mut taken = Taken::default();
    for id in kb.ask(index::ids)? {
        taken.add(&id);
    }
    // Where the index cannot be written it lacks what was written since. A file that cannot be read has no id.
    let unread = kb.unread().into_iter().filter_map(|path| Some(kb.read(&path).ok()?.document));
    unread.flat_map(|it| it.id.into_iter().chain(it.incident)).for_each(|id| taken.add(&id.value));
    let wanted = |path: &str| kb.config().includes(path) && !kb.config().excludes(path);
    let files = match git::on_other_branches(kb.root(), &wanted) {
        Ok(files) => files,
        Err(error) => {
            notices.push(format!("The ids on other branches are not known: {error}."));
            Vec::new()
        }
    };
    let options = kb.config().parse_options();
    let read = |file: git::BranchFile| {
        let id = crate::parse::parse(&file.path, &file.bytes, &options).document.id.map(|id| id.value);
        Elsewhere { branch: file.branch, path: file.path, id }
    };
    let elsewhere: Vec<Elsewhere> = files.into_iter().map(read).collect();
    elsewhere.iter().filter_map(|it| it.id.as_deref()).for_each(|id| taken.add(id));
    Ok((taken, elsewhere))
}

/// Returns every id that is taken, here and on other branches.
pub(in crate::kb) fn taken_ids(kb: &KnowledgeBase, notices: &mut Vec<String>) -> Result<Taken, KbError> {
    Ok(taken(kb, notices)?.0)
}

fn place_of(kb: &KnowledgeBase, id: &str, elsewhere: &[Elsewhere]) -> String {
    if let Ok(crate::kb::Found::One(document)) = kb.find(id) {
        return format!(" by `{}`", document.path);
    }
    let other = elsewhere.iter().find(|it| it.id.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(id)));
    other.map_or(String::new(), |it| format!(" by `{}` on the branch `{}`", it.path, it.branch))
}

fn check_id(id: &str) -> Result<(), Refused> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || id.len() > 120 || !id.chars().all(plain) {
        let hint = "an id has letters, digits, `-`, `_` and `.`, and no blanks";
        return Err(Refused::new(format!("`{id}` is no id")).hint(hint));
    }
    Ok(())
}

/// A path by the pattern that is taken is the pattern's fault, one that the user named is theirs.
fn check_path(kb: &KnowledgeBase, path: &str, is_named: bool) -> Result<(), Refused> {
    let advice = if is_named { "name another with `--path`" } else { "see `path` below `[documents]` in `ris.toml`" };
    usable_path(path).map_err(|message| Refused::new(message).hint(advice))?;
    if !kb.config().includes(path) || kb.config().excludes(path) {
        let message = format!("`{path}` would not be read as a document");
        return Err(Refused::new(message).hint("see `include` and `exclude` in `ris.toml`"));
    }
    let full = kb.root().join(path);
    if full.symlink_metadata().is_ok() {
        let hint = if is_named {
            advice
        } else {
            "put `{ID}` into `path` below `[documents]` in `ris.toml`, or give `--path`"
        };
        return Err(Refused::new(format!("`{path}` is there already")).hint(hint));
    }
    // A link in the path may lead out of the knowledge base.
    let above = full.ancestors().skip(1).find(|folder| folder.exists());
    let real = |path: &std::path::Path| path.canonicalize().ok();
    let inside = above.and_then(real).zip(real(kb.root())).is_some_and(|(above, root)| above.starts_with(root));
    if inside { Ok(()) } else { Err(Refused::new(format!("`{path}` leads out of the knowledge base")).hint(advice)) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::Clock;
    use crate::kb::{OpenOptions, SyncOptions};
    use crate::store::lock::acquire;

    #[test]
    fn an_id_that_the_index_could_not_learn_of_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("ris.toml", "[documents]\nid = \"INC-{NN}\"\n");
        let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let options = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let kb = KnowledgeBase::open(&options).unwrap();
        kb.sync(&|_| {}).unwrap();
        write("a.md", "---\nid: INC-07\n---\n# Disk full\n");
        let _other = acquire(&folder.path().join(".ris/lock"), Duration::ZERO, &|| {}).unwrap();
        let impatient = SyncOptions { rebuild: false, patience: Duration::ZERO, progress: &|_| {}, notice: &|_| {} };
        assert_eq!(kb.sync_with(&impatient).unwrap().behind, 1);
        let request = NewRequest { template: "incident".into(), title: "Disk full again".into(), ..Default::default() };
        assert_eq!(kb.draft(&request).unwrap().id, "INC-08");
    }
}
