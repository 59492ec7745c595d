//! New documents: drafted from a template, shown or written. A draft is made anew for each look, so that what is written
//! is what the knowledge base says at that moment.

mod clocks;
mod commits;
pub(super) mod controls;
mod draft;
pub(super) mod ids;
mod parent;
mod precedent;
mod request;
mod seen;
mod tags;
mod variables;

use std::time::Duration;

use super::{KbError, KnowledgeBase, SyncOptions};
use crate::scaffold::{TemplateFile, Templates};
use crate::store::fs;
use crate::store::write::{self, WriteError};

pub use commits::GitWindow;
pub use controls::check_control;
pub use draft::common_variables;
pub(super) use ids::taken_ids;
pub use request::NewRequest;
pub(super) use request::severity as named_severity;
pub use seen::SeenBefore;

/// Folder of a team's templates, below the root.
pub const TEMPLATES: &str = "templates";
/// A larger file is no template.
const MAX_TEMPLATE: u64 = 256 << 10;
/// How long `ris` waits for another that is making a document.
const PATIENCE: Duration = Duration::from_secs(30);
/// Drafts made before a path that is taken each time is an error.
const MAX_TRIES: usize = 5;

/// What a caller asked for cannot be done as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Refused {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Returns message and hint on one line.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.hint.as_ref().map_or_else(|| self.message.clone(), |hint| format!("{}: {hint}", self.message))
    }
}

/// A document that can be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Its path relative to the knowledge base.
    pub path: String,
    /// Title.
    pub title: String,
    /// The template it was made from.
    pub template: String,
    /// Its text.
    pub text: String,
    /// Incidents like it, most alike first.
    pub seen: Vec<SeenBefore>,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

impl KnowledgeBase {
    /// Returns the templates: the built-in ones with those of the team over them.
    ///
    /// # Errors
    /// Where the folder of the team's templates is there and cannot be read.
    pub fn templates(&self) -> Result<Templates, KbError> {
        let folder = self.root().join(TEMPLATES);
        let fail = |source| KbError::Files(fs::FsError::Read { path: folder.clone(), source });
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Templates::new(&[])),
            Err(error) => return Err(fail(error)),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_template =
                name.ends_with(".md") && !name.starts_with('.') && !name.eq_ignore_ascii_case("readme.md");
            if is_template && entry.path().is_file() {
                let text = String::from_utf8_lossy(&fs::read(&entry.path(), MAX_TEMPLATE)?).into_owned();
                if text.trim().is_empty() {
                    // `ris new incident --source > templates/incident.md`: the shell makes the file before ris reads it.
                    continue;
                }
                files.push(TemplateFile { path: format!("{TEMPLATES}/{name}"), text });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Templates::new(&files))
    }

    /// Drafts a document and writes nothing.
    ///
    /// # Errors
    /// Where the request cannot be met, or the template fails.
    pub fn draft(&self, request: &NewRequest) -> Result<Draft, KbError> {
        draft::draft(self, request)
    }

    /// Drafts a document and writes it; nothing that is there is ever overwritten. Two that do so at once get two ids.
    ///
    /// # Errors
    /// Where the request cannot be met, the template fails, or the document cannot be written.
    pub fn create(&self, request: &NewRequest) -> Result<Draft, KbError> {
        let _lock = self.lock_documents()?;
        let mut tries = 0;
        loop {
            // What another process wrote a moment ago counts.
            let quiet = SyncOptions::quiet(PATIENCE);
            self.sync_with(&quiet)?;
            let draft = self.draft(request)?;
            tries += 1;
            match write::create(&self.root().join(&draft.path), draft.text.as_bytes()) {
                Ok(()) => return Ok(draft),
                Err(WriteError::Exists { .. }) if request.path.is_none() && tries < MAX_TRIES => {}
                Err(error) => return Err(KbError::Write(error)),
            }
        }
    }
}
