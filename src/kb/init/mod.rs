//! A new knowledge base in a folder, empty or not. Documents that are there are read, never changed.

mod survey;

use std::path::{Path, PathBuf};

use super::{KbError, KnowledgeBase, OpenOptions, Refused, SyncOptions, TEMPLATES};
use crate::config::FILE_NAME;
use crate::scaffold::{Ci, FIRST_DOCUMENT, StarterProfile, TEMPLATES_README, Templates, settings_with};
use crate::store::write::{self, WriteError};
use crate::store::{fs, git};

pub use survey::{Lack, Survey};

/// What git leaves out stands there.
const GIT_IGNORE: &str = ".gitignore";
/// What git is to leave out.
const IGNORED: &str = ".ris/";
/// Names of the first document, the first that is free.
const FIRST_NAMES: [&str; 2] = ["README.md", "how-to.md"];

/// How a knowledge base is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InitRequest {
    /// The folder; made where it is not there.
    pub root: PathBuf,
    /// Services that are to run `ris check`.
    pub ci: Vec<Ci>,
    /// Frameworks whose block new documents are to have.
    pub profiles: Vec<StarterProfile>,
    /// Also copy the built-in templates, to be changed.
    pub copy_templates: bool,
}

/// A file of a new knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFile {
    /// Full path.
    pub path: PathBuf,
    /// What is to stand in it.
    pub text: String,
    /// What is to be done.
    pub step: Step,
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is made.
    Create,
    /// The text is added at its end.
    Append,
    /// It is there and left alone; the text is for a person to put into it.
    Show,
    /// It is there and holds what it should.
    Keep,
}

/// A planned knowledge base.
#[derive(Debug, Clone)]
pub struct InitPlan {
    /// The folder.
    pub root: PathBuf,
    /// Its files, in the order in which they are made.
    pub files: Vec<StarterFile>,
    /// There was no knowledge base before; to one that is there only what was asked for is added.
    pub is_new: bool,
    /// What is in the folder already.
    pub survey: Survey,
    /// What a person should know; full sentences.
    pub notices: Vec<String>,
}

/// Plans a knowledge base: looks at what is there and writes nothing but the index.
///
/// # Errors
/// Where there is a knowledge base already and nothing was asked for that it may lack, or the folder cannot be read or made.
pub fn plan_init(request: &InitRequest, options: &OpenOptions) -> Result<InitPlan, KbError> {
    let root = &request.root;
    let settings = root.join(FILE_NAME);
    let is_new = settings.symlink_metadata().is_err();
    if !is_new && !request.profiles.is_empty() {
        // What stands there is a person's.
        let message = format!("`{}` is there already, and `--profile` is for a new one", settings.display());
        return Err(Refused::new(message).hint("add `[profiles.NAME]` to it; README.md has the keys").into());
    }
    if !is_new && request.ci.is_empty() && !request.copy_templates {
        let message = format!("`{}` is there already", settings.display());
        return Err(Refused::new(message)
            .hint(
                "the folder is a knowledge base; `ris index --status` says what is in it, and `--ci` and `--templates` \
                 add what it lacks",
            )
            .into());
    }
    // What cannot be written is seen before the folder is read, which leaves an index there.
    let ignored = root.join(GIT_IGNORE);
    if std::fs::read(&ignored).is_err() && ignored.symlink_metadata().is_ok() {
        return Err(KbError::Write(WriteError::Exists { path: ignored }));
    }
    let survey = if root.exists() { survey(root, options)? } else { Survey::default() };
    let mut plan = InitPlan { root: root.clone(), files: Vec::new(), is_new, notices: Vec::new(), survey };
    if is_new {
        plan.create(settings, settings_with(&plan.survey.proposed, &request.profiles));
    } else {
        plan.survey.proposed.clear();
        plan.files.push(StarterFile { path: settings, text: String::new(), step: Step::Keep });
    }
    if is_new || request.copy_templates {
        plan.add_templates(request.copy_templates);
    }
    plan.add_ignored();
    if is_new && plan.survey.documents == 0 {
        plan.add_first_document();
    }
    plan.add_ci(&request.ci)?;
    if is_new {
        plan.look_above();
    }
    Ok(plan)
}

/// Looks at what is in the folder.
fn survey(root: &Path, options: &OpenOptions) -> Result<Survey, KbError> {
    let kb = KnowledgeBase::open(&OpenOptions { root: Some(root.to_owned()), ..options.clone() })?;
    let quiet = SyncOptions::quiet(super::PATIENCE);
    kb.sync_with(&quiet)?;
    survey::survey(&kb)
}

/// Writes the files of a plan; nothing that is there is replaced.
///
/// # Errors
/// Where something stands in the place of a new file, which is seen before any is written; or where one cannot be written:
/// those before it stand.
pub fn write_init(plan: &InitPlan) -> Result<(), KbError> {
    let new = plan.files.iter().filter(|it| it.step == Step::Create);
    if let Some(there) = new.map(|it| &it.path).find(|path| path.symlink_metadata().is_ok()) {
        return Err(KbError::Write(WriteError::Exists { path: there.clone() }));
    }
    for file in &plan.files {
        match file.step {
            Step::Show | Step::Keep => {}
            Step::Create => write::create(&file.path, file.text.as_bytes()).map_err(KbError::Write)?,
            Step::Append => {
                let before = fs::read(&file.path, u64::MAX - 1)?;
                let gap = if before.is_empty() || before.ends_with(b"\n") { "" } else { "\n" };
                let after = [&before, gap.as_bytes(), file.text.as_bytes()].concat();
                write::replace(&file.path, &before, &after).map_err(KbError::Write)?;
            }
        }
    }
    Ok(())
}

/// Tells whether a `.gitignore` leaves out what `ris` derives.
fn is_ignored(text: &str) -> bool {
    text.lines().any(|line| matches!(line.trim().trim_start_matches('/'), ".ris" | IGNORED))
}

impl InitPlan {
    fn create(&mut self, path: PathBuf, text: String) {
        self.files.push(StarterFile { path, text, step: Step::Create });
    }

    fn add_templates(&mut self, copy: bool) {
        let folder = self.root.join(TEMPLATES);
        let mut add = |name: String, text: String| {
            let path = folder.join(name);
            if path.symlink_metadata().is_err() {
                self.files.push(StarterFile { path, text, step: Step::Create });
            }
        };
        add("README.md".to_owned(), TEMPLATES_README.to_owned());
        if copy {
            let templates = Templates::new(&[]);
            for name in templates.names() {
                if let Some(Ok(info)) = templates.get(name) {
                    add(format!("{name}.md"), info.source.clone());
                }
            }
        }
    }

    fn add_ignored(&mut self) {
        let path = self.root.join(GIT_IGNORE);
        // Any bytes may name files: what is no text is looked at all the same, and kept.
        match std::fs::read(&path) {
            Err(_) => self.create(path, format!("{IGNORED}\n")),
            Ok(bytes) if is_ignored(&String::from_utf8_lossy(&bytes)) => {}
            Ok(_) => self.files.push(StarterFile { path, text: format!("{IGNORED}\n"), step: Step::Append }),
        }
    }

    fn add_first_document(&mut self) {
        let free = |name: &&&str| self.root.join(name).symlink_metadata().is_err();
        if let Some(name) = FIRST_NAMES.iter().find(free) {
            self.create(self.root.join(name), FIRST_DOCUMENT.to_owned());
        }
    }

    /// The files of services stand at the top of the repository; one that is there is a person's.
    fn add_ci(&mut self, services: &[Ci]) -> Result<(), KbError> {
        if services.is_empty() {
            return Ok(());
        }
        let (top, below) = git::place(&self.root)?.unwrap_or_else(|| (self.root.clone(), String::new()));
        for service in services {
            let path = top.join(service.path());
            let text = service.text(&below);
            let step = match std::fs::read_to_string(&path) {
                Ok(there) if there.contains(text.trim()) => Step::Keep,
                _ if path.symlink_metadata().is_ok() => Step::Show,
                _ => Step::Create,
            };
            self.files.push(StarterFile { path, text, step });
        }
        Ok(())
    }

    fn look_above(&mut self) {
        let above = |root: &Path| root.ancestors().skip(1).find(|it| it.join(FILE_NAME).is_file()).map(Path::to_owned);
        if let Some(above) = self.root.canonicalize().ok().and_then(|root| above(&root)) {
            self.notices.push(format!(
                "The folder lies in the knowledge base `{}`, which reads it too; leave it out there with `exclude`.",
                above.display()
            ));
        }
    }
}
