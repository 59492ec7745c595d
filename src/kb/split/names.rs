//! Paths and ids of the documents that a log becomes, and their texts, which name one another.

use std::collections::HashSet;

use crate::config::PatternFacts;
use crate::kb::new::Refused;
use crate::kb::{KbError, KnowledgeBase};
use crate::model::{Kind, PartialDate, file_name, folder_of};
use crate::parse::parse;
use crate::scaffold::{Cut, FrontMatterText, Home, Part, Taken, link, new_id, slug, usable_path};

/// The template whose pattern gives ids.
const TEMPLATE: &str = "incident";

/// What a document of the log is called.
pub(super) struct Name {
    pub(super) path: String,
    pub(super) id: String,
    pub(super) text: String,
    /// A file with this very text is there.
    pub(super) is_there: bool,
}

/// The names that are given out.
pub(super) struct Names<'a> {
    kb: &'a KnowledgeBase,
    log: &'a str,
    taken: Taken,
    /// Paths, in small letters: some file systems know no others.
    paths: HashSet<String>,
}

/// Returns the link from the document at `from` to a part of the log at `log`.
pub(super) fn link_to(from: &str, log: &str, paths: &[String], home: Home) -> String {
    match home {
        Home::Part(at) => link(from, paths.get(at).map_or(log, String::as_str)),
        Home::Log => link(from, log),
    }
}

impl<'a> Names<'a> {
    pub(super) fn new(kb: &'a KnowledgeBase, log: &'a str, taken: Taken) -> Self {
        Self { kb, log, taken, paths: HashSet::from([log.to_lowercase()]) }
    }

    /// Names the documents of `cut`. Where a file has the name, the next number is taken; one that holds the very text
    /// that would be written, as after a run that was cut short, is the document.
    pub(super) fn find(&mut self, cut: &Cut<'_>) -> Result<Vec<Name>, KbError> {
        let mut numbers = vec![1_usize; cut.parts.len()];
        loop {
            let paths = self.paths_of(cut, &mut numbers)?;
            let there: Vec<Option<Vec<u8>>> = paths.iter().map(|path| self.content(path)).collect();
            let ids = self.ids(cut, &paths, &there);
            let mut names = Vec::with_capacity(paths.len());
            for (at, (path, id)) in paths.iter().zip(ids).enumerate() {
                let text = self.text(cut, at, &id, &paths)?;
                let is_there = there[at].as_ref().is_some_and(|it| it == text.as_bytes());
                if there[at].is_some() && !is_there {
                    numbers[at] += 1;
                }
                names.push(Name { path: path.clone(), id, text, is_there });
            }
            if names.iter().zip(&there).all(|(name, there)| there.is_none() || name.is_there) {
                for name in &names {
                    self.paths.insert(name.path.to_lowercase());
                    self.taken.add(&name.id);
                }
                return Ok(names);
            }
        }
    }

    /// Returns the paths by day and title, beside the log; those that others of this run have get the next number.
    fn paths_of(&self, cut: &Cut<'_>, numbers: &mut [usize]) -> Result<Vec<String>, KbError> {
        let mut given = self.paths.clone();
        let mut paths = Vec::with_capacity(numbers.len());
        for (part, number) in cut.parts.iter().zip(numbers) {
            let path = loop {
                let path = self.path(part, *number);
                if given.insert(path.to_lowercase()) {
                    break path;
                }
                *number += 1;
            };
            usable_path(&path).map_err(Refused::new)?;
            if !self.kb.config().includes(&path) || self.kb.config().excludes(&path) {
                let message = format!("`{path}` would not be read as a document");
                return Err(Refused::new(message).hint("see `include` and `exclude` in `ris.toml`").into());
            }
            paths.push(path);
        }
        Ok(paths)
    }

    fn path(&self, part: &Part, number: usize) -> String {
        let day = part.told.day.and_then(PartialDate::known_day).map(|day| day.to_string());
        let first = day.or_else(|| part.told.id.as_ref().map(|id| id.to_lowercase()));
        let title = slug(&part.title);
        let is_said = first.as_ref().is_some_and(|first| title.starts_with(first.as_str()));
        let mut parts: Vec<String> = first.filter(|_| !is_said).into_iter().collect();
        parts.extend(Some(title).filter(|it| !it.is_empty()));
        parts.extend((number > 1).then(|| number.to_string()));
        let folder = folder_of(self.log);
        let between = if folder.is_empty() { "" } else { "/" };
        let extension = match file_name(self.log).rsplit_once('.') {
            Some((_, it)) if ["md", "markdown", "mdx"].contains(&it) => it,
            _ => "md",
        };
        format!("{folder}{between}{}.{extension}", parts.join("-"))
    }

    /// Returns what is at `path`; where it cannot be read, what no document is.
    fn content(&self, path: &str) -> Option<Vec<u8>> {
        let full = self.kb.root().join(path);
        full.symlink_metadata().is_ok().then(|| std::fs::read(full).unwrap_or_default())
    }

    /// Returns the id of each: as the log tells, as the file has it that is there, else by the pattern of ids, in the
    /// order of days.
    fn ids(&self, cut: &Cut<'_>, paths: &[String], there: &[Option<Vec<u8>>]) -> Vec<String> {
        let mut taken = self.taken.clone();
        let mut ids: Vec<Option<String>> = cut.parts.iter().map(|part| part.told.id.clone()).collect();
        for ((id, path), bytes) in ids.iter_mut().zip(paths).zip(there) {
            let read = |bytes: &Vec<u8>| parse(path, bytes, &self.kb.current_config().parse_options()).document.id;
            *id = id.take().or_else(|| bytes.as_ref().and_then(read).map(|it| it.value));
            id.iter().for_each(|id| taken.add(id));
        }
        let mut missing: Vec<usize> = (0..ids.len()).filter(|at| ids[*at].is_none()).collect();
        missing.sort_by_key(|at| cut.parts[*at].told.day.map(PartialDate::first_day));
        let documents = &self.kb.config().documents;
        let project = slug(documents.project.as_deref().unwrap_or_default());
        for at in missing {
            let part = &cut.parts[at];
            let Some(date) = part.told.day.map(PartialDate::first_day) else { continue };
            let title = slug(&part.title);
            let facts = PatternFacts { slug: &title, date, kind: TEMPLATE, project: &project, id: "" };
            let id = new_id(documents.id_pattern(TEMPLATE), &facts, &taken);
            taken.add(&id);
            ids[at] = Some(id);
        }
        ids.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Returns the document of incident `at`. Its kind is stated only where its text does not read as a report.
    fn text(&self, cut: &Cut<'_>, at: usize, id: &str, paths: &[String]) -> Result<String, KbError> {
        let part = &cut.parts[at];
        let link = |home: Home| link_to(&paths[at], self.log, paths, home);
        let with = |kind: &str| {
            let mut front = FrontMatterText::default();
            front.text("id", id)?;
            front.text("title", &part.title)?;
            front.text("kind", kind)?;
            front.text("date", &part.told.day.map(|it| it.to_string()).unwrap_or_default())?;
            Ok(cut.document(at, &front, &link))
        };
        let fail = |error| KbError::Edit { path: self.log.to_owned(), error };
        let text = with("").map_err(fail)?;
        let read = parse(&paths[at], text.as_bytes(), &self.kb.current_config().parse_options());
        if read.document.kind.value.is_report() { Ok(text) } else { with(Kind::Incident.as_str()).map_err(fail) }
    }
}
