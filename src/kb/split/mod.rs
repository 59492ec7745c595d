//! `split`: the incidents of a log become documents of their own, beside it; the log becomes a list of links.
//!
//! What would be written is read again before anybody is asked: each document must give the very day and id that the log
//! told, and the log must tell of no incident any more. New files come first and the log last, so that a run that is cut
//! short leaves text twice and never none; the next one uses the files that are there.

mod links;
mod names;
mod verify;

use chrono::NaiveDate;

use super::edits::PlannedEdit;
use super::new::taken_ids;
use super::{KbError, KnowledgeBase};
use crate::model::{Kind, PartialDate};
use crate::parse::{Parsed, parse};
use crate::scaffold::{Anchors, Cut, Part};
use crate::store::edit::{Change, EditError, conflict_in, edit, utf8};
use crate::store::fs;
use crate::store::write::{self, WriteError};
use names::{Name, Names};

/// A log with incidents on several levels is cut level by level.
const MOST_LEVELS: usize = 8;

/// A document that an incident of the log becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitDocument {
    /// The new file; nothing changes where it is there with the very text.
    pub edit: PlannedEdit,
    /// Title.
    pub title: String,
    /// Its id.
    pub id: String,
    /// Its day, where the log tells it.
    pub date: Option<NaiveDate>,
    /// The line of the log on which it begins.
    pub line: u32,
}

impl SplitDocument {
    /// Tells whether the file is there already, from a run that was cut short.
    #[must_use]
    pub fn is_there(&self) -> bool {
        !self.edit.changes_anything()
    }
}

/// What would become of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitPlan {
    /// The documents, in the order of the log.
    pub documents: Vec<SplitDocument>,
    /// Other documents whose links to the log's headings would lead nowhere.
    pub links: Vec<PlannedEdit>,
    /// The log.
    pub log: PlannedEdit,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

/// One cut through the log and the names of what came of it.
struct Round {
    anchors: Anchors,
    paths: Vec<String>,
}

impl KnowledgeBase {
    /// Plans to split the log at `path` (relative to the root); `None` where it tells of one incident at most.
    ///
    /// # Errors
    /// Where the file cannot be read or edited, or a document would not read as the log told.
    pub fn plan_split(&self, path: &str) -> Result<Option<SplitPlan>, KbError> {
        let full = fs::resolve(self.root(), path)?;
        let before = fs::read(&full, self.config().max_file_size)?;
        let fail = |error: EditError| KbError::Edit { path: path.to_owned(), error };
        let parsed = self.parsed(path, &before);
        if parsed.document.several.len() < 2 {
            return Ok(None);
        }
        let text = utf8(&before).and_then(|text| conflict_in(&before).map(|()| text)).map_err(fail)?;
        let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
        may_cut(&parsed, text).map_err(fail)?;
        // Refuses front matter that is broken or in TOML.
        edit(path, &before, &[Change::Flag { key: "split".to_owned(), value: true }]).map_err(fail)?;
        let mut notices = Vec::new();
        let mut names = Names::new(self, path, taken_ids(self, &mut notices)?);
        let (mut documents, mut rounds, mut left) = (Vec::new(), Vec::new(), text.to_owned());
        for _ in 0..MOST_LEVELS {
            let parsed = self.parsed(path, left.as_bytes());
            let Parsed { document, .. } = &parsed;
            if document.several.len() < 2 {
                break;
            }
            let front_matter = document.front_matter.as_ref();
            let cut = Cut::new(&left, document.body_start, front_matter, &document.several).map_err(fail)?;
            let named = names.find(&cut)?;
            for (part, name) in cut.parts.iter().zip(&named) {
                verify::holds(self, document, part, name).map_err(fail)?;
                documents.push(split_document(part, name));
            }
            let paths: Vec<String> = named.into_iter().map(|it| it.path).collect();
            let rest = cut.rest(&|home| names::link_to(path, path, &paths, home));
            rounds.push(Round { anchors: cut.anchors.clone(), paths });
            left = rest;
        }
        let log = self.index_page(path, left, &mut notices).map_err(fail)?;
        let links = links::mended(self, path, &rounds, &documents, &mut notices)?;
        let log = PlannedEdit { path: path.to_owned(), before, after: format!("{mark}{log}") };
        Ok(Some(SplitPlan { documents, links, log, notices }))
    }

    /// Writes what was planned: the documents, then the links of others, then the log. Returns how many documents are new.
    ///
    /// # Errors
    /// Where the log or another document changed in the meantime, a file stands in the way, or one cannot be written.
    pub fn write_split(&self, plan: &SplitPlan) -> Result<usize, KbError> {
        let _lock = self.lock_documents()?;
        let log = fs::resolve(self.root(), &plan.log.path)?;
        if fs::read(&log, self.config().max_file_size)? != plan.log.before {
            return Err(KbError::Write(WriteError::Changed { path: log }));
        }
        let mut written = 0;
        for document in &plan.documents {
            let full = self.root().join(&document.edit.path);
            if document.is_there() {
                // As it was when it was compared.
                let same = std::fs::read(&full).is_ok_and(|it| it == document.edit.before);
                if !same {
                    return Err(KbError::Write(WriteError::Changed { path: full }));
                }
                continue;
            }
            write::create(&full, document.edit.after.as_bytes()).map_err(KbError::Write)?;
            written += 1;
        }
        plan.links.iter().try_for_each(|it| self.write_held(it))?;
        self.write_held(&plan.log)?;
        Ok(written)
    }

    fn parsed(&self, path: &str, bytes: &[u8]) -> Parsed {
        parse(path, bytes, &self.current_config().parse_options())
    }

    /// Returns what is left of a log, as a page that is no incident.
    fn index_page(&self, path: &str, left: String, notices: &mut Vec<String>) -> Result<String, EditError> {
        let document = self.parsed(path, left.as_bytes()).document;
        if let Some(told) = document.several.first() {
            let message = "what is left of the log would still tell of several incidents".to_owned();
            let hint = "put them beside the others, or cut them out by hand".to_owned();
            return Err(EditError { line: told.line as usize, message, hint });
        }
        if !document.kind.value.is_report() {
            return Ok(left);
        }
        // A label or a heading without words below it is a form to fill in.
        if document.root_cause.as_ref().is_some_and(|it| !it.value.trim().is_empty()) {
            notices.push(
                "What is left of the log tells a cause, without a day or an id beside it: the log stays an incident. Give its \
                 heading a day and split again, or state `kind: other`."
                    .to_owned(),
            );
            return Ok(left);
        }
        let kind = Kind::Other.as_str().to_owned();
        edit(path, left.as_bytes(), &[Change::Set { key: "kind".to_owned(), value: kind }])
    }
}

fn split_document(part: &Part, name: &Name) -> SplitDocument {
    let before = if name.is_there { name.text.clone().into_bytes() } else { Vec::new() };
    SplitDocument {
        edit: PlannedEdit { path: name.path.clone(), before, after: name.text.clone() },
        title: part.title.clone(),
        id: name.id.clone(),
        date: part.told.day.and_then(PartialDate::known_day),
        line: part.told.line,
    }
}

/// Refuses a text whose parts nobody can tell apart by certain.
fn may_cut(parsed: &Parsed, text: &str) -> Result<(), EditError> {
    if parsed.text != text {
        let message = "its characters are damaged and read otherwise than they are written".to_owned();
        return Err(EditError { line: 0, message, hint: "`ris check --fix` mends them".to_owned() });
    }
    let unsure = ["unclosed-fence", "too-many-blocks"];
    match parsed.document.diagnostics.iter().find(|it| unsure.contains(&it.code)) {
        Some(found) => Err(EditError {
            line: found.line as usize,
            message: found.message.clone(),
            hint: "close it first, so that it is sure where each incident ends".to_owned(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
